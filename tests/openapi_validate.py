#!/usr/bin/env python3
"""Validates OpenAPI 3.1 documents with openapi-spec-validator: tests/openapi_validate.py DOCUMENT ...

The package's command takes three minutes for the document of the whole platform. Here it checks the same with three
slow parts replaced: it reads JSON as JSON rather than as YAML, a compiled validator (jsonschema-rs) holds each schema
against the dialect's meta-schema, and what has been checked is kept in sets rather than in lists.
"""

import json
import sys

import jsonschema_rs
from jsonschema.exceptions import SchemaError
from openapi_schema_validator._specifications import REGISTRY
from openapi_spec_validator import OpenAPIV31SpecValidator
from openapi_spec_validator.validation.keywords import OpenAPIV31SchemaValidator


class Seen(set):
    append = set.add


class SchemaValidator(OpenAPIV31SchemaValidator):
    def __init__(self, registry):
        super().__init__(registry)
        self.visited_schema_ids = Seen()
        self.meta_checked_schema_ids = Seen()
        self.meta_schema = jsonschema_rs.validator_for(
            REGISTRY.contents(self.default_jsonschema_dialect_id),
            validate_formats=True,
            retriever=REGISTRY.contents,
        )

    def _get_schema_checker(self, schema, schema_value):
        dialect = self._get_schema_dialect_id(schema, schema_value)
        if dialect != self.default_jsonschema_dialect_id:
            raise ValueError(f"another dialect: {dialect}")
        return self._check

    def _check(self, value):
        for error in self.meta_schema.iter_errors(value):
            raise SchemaError(error.message, path=error.instance_path)


class Validator(OpenAPIV31SpecValidator):
    keyword_validators = {**OpenAPIV31SpecValidator.keyword_validators, "schema": SchemaValidator}


def main():
    valid = True
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as file:
            errors = list(Validator(json.load(file)).iter_errors())
        for error in errors[:20]:
            print(f"{path}: {error.json_path}: {error.message}")
        print(f"{path}: {len(errors)} errors")
        valid = valid and not errors
    return 0 if valid else 1


if __name__ == "__main__":
    sys.exit(main())
