#!/usr/bin/env python3
"""Records what the official SDK sends, as tests/spec_against_crate/wire.rs compares it.

    pip install alibabacloud-dingtalk==2.2.65
    tests/wire/record.py OUT [SERVICE ...]

OUT is a folder; SERVICE a service of the package, as `ai_paa_s_1_0`, all by default. For each service two files are
written, a request a line: SERVICE.full.jsonl, where every field is set, and SERVICE.required.jsonl, where only what must
be there is. Nothing is sent: the SDK is stopped at the door, and what it was about to send is written down.
"""

import importlib
import inspect
import json
import re
import sys
import typing
from pathlib import Path

PACKAGE = "alibabacloud_dingtalk"
# What has to be encoded in a query, and must arrive as it is in a body.
HARD = " &=+/é中"


class Stop(BaseException):
    """Leaves the SDK, which catches every exception."""


def camel(name):
    first, *rest = name.split("_")
    return first + "".join(word[:1].upper() + word[1:] for word in rest)


class Recorder:
    def __init__(self):
        from alibabacloud_openapi_util.client import Client as Encoder
        from alibabacloud_tea_openapi import models as openapi
        from alibabacloud_tea_util import models as util
        from darabonba.core import DaraCore

        self.config = openapi.Config(protocol="https", endpoint="api.dingtalk.com")
        self.options = util.RuntimeOptions
        self.types = {}
        self.number = 0
        encode = Encoder.query

        def query(fields):
            # The package joins and encodes some fields before, but their names are still those of the request.
            self.query_names = list(fields or {})
            return encode(fields)

        def send(request, *_, **__):
            self.sent = request
            raise Stop

        Encoder.query = staticmethod(query)
        DaraCore.do_action = staticmethod(send)

    # Values.

    def fields(self, model):
        """Attribute, type and whether it is required, of each field of a model."""
        if model not in self.types:
            source = inspect.getsource(model.__init__)
            marked = set(re.findall(r"# This parameter is required\.\s+self\.(\w+) =", source))
            hints = typing.get_type_hints(model.__init__, vars(sys.modules[model.__module__]))
            hints.pop("return", None)
            self.types[model] = [(name, kind, name in marked) for name, kind in hints.items()]
        return self.types[model]

    def value(self, kind, name, full, inside):
        """A value of a type: the SDK's object, and its JSON."""
        self.number += 1
        origin, arguments = typing.get_origin(kind), typing.get_args(kind)
        if origin is list:
            items = [self.value(arguments[0], f"{name}{at}", full, inside) for at in (0, 1)]
            return [item for item, _ in items], [plain for _, plain in items]
        if origin is dict:
            values = {key: self.value(arguments[1], f"{name}.{key}", full, inside) for key in ("k1", "k2")}
            return {key: value for key, (value, _) in values.items()}, {key: plain for key, (_, plain) in values.items()}
        if hasattr(kind, "to_map"):
            return self.model(kind, full, inside)
        plain = {
            bool: self.number % 2 == 0,
            int: 1_000_000_000 + self.number * 7919,
            float: self.number % 1000 + 0.5,
            typing.Any: {"any": name + HARD},
            dict: {"k1": name + HARD},
        }.get(kind, name + HARD)
        return plain, plain

    def model(self, kind, full, inside=()):
        set_fields, plain = {}, {}
        # One that contains itself has an end.
        for name, of, required in self.fields(kind) if inside.count(kind) < 2 else ():
            if full or required:
                value, json_value = self.value(of, camel(name), full, (*inside, kind))
                set_fields[name] = value
                plain[wire_name(kind, name)] = json_value
        return kind(**set_fields), plain

    # Calls.

    def call(self, service, module, client, function, full):
        """What a method sends, and what was given to it."""
        action = re.search(r"action='(\w+)'", inspect.getsource(function))[1]
        arguments, given, request = [], {}, {}
        for name, parameter in list(inspect.signature(function).parameters.items())[1:]:
            kind = parameter.annotation
            if name == "runtime":
                arguments.append(self.options())
            elif name == "headers":
                headers = {}
                if hasattr(kind, "to_map"):
                    names = [name for name, *_ in self.fields(kind) if name != "common_headers"]
                    given["headers"] = {wire_name(kind, name): f"h-{wire_name(kind, name)}" for name in names}
                    headers = kind(**{name: f"h-{wire_name(kind, name)}" for name in names})
                arguments.append(headers)
            elif name in ("request", "tmp_req"):
                value, request = self.model(kind, full)
                arguments.append(value)
            else:
                given.setdefault("path", {})[camel(name)] = f"p-{camel(name)}"
                arguments.append(f"p-{camel(name)}")
        self.query_names = []
        try:
            function(client, *arguments)
        except Stop:
            pass
        query = {name: request.pop(name) for name in self.query_names if name in request}
        if query:
            given["query"] = query
        body = json.loads(self.sent.body) if self.sent.body else None
        if isinstance(body, list):
            request = request.get("body")
        body = None if body == [] else without_unset(body, request)
        if request:
            given["body"] = request
        sent_query = [[name, text(value)] for name, value in (self.sent.query or {}).items() if value != []]
        expect = {
            "method": self.sent.method,
            "path": self.sent.pathname,
            "query": sorted(sent_query),
            "headers": {name: value for name, value in self.sent.headers.items() if name in given.get("headers", {})},
            "body": body,
        }
        variant = "full" if full else "required"
        return {"service": service, "action": action, "variant": variant, "input": given, "expect": expect}


def wire_name(kind, name):
    """An attribute's name on the wire."""
    return re.search(rf"if self\.{name} is not None:.*?result\['([^']+)'\]", inspect.getsource(kind.to_map), re.DOTALL)[1]


def without_unset(sent, given):
    """The package's models write `[]` for a list and `{}` for a map that is not set: what was not given goes."""
    if isinstance(sent, list) and isinstance(given, list):
        return [without_unset(*pair) for pair in zip(sent, given, strict=True)]
    if isinstance(sent, dict) and isinstance(given, dict):
        kept = {name: value for name, value in sent.items() if name in given or value not in ([], {})}
        return {name: without_unset(value, given.get(name)) for name, value in kept.items()}
    return sent


def text(value):
    return str(value).lower() if isinstance(value, bool) or value in ("True", "False") else str(value)


def main():
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    root = Path(importlib.import_module(PACKAGE).__file__).parent
    services = sys.argv[2:] or sorted(file.parent.name for file in root.glob("*/client.py"))
    recorder = Recorder()
    for service in services:
        module = importlib.import_module(f"{PACKAGE}.{service}.client")
        client = module.Client(recorder.config)
        methods = inspect.getmembers(module.Client, inspect.isfunction)
        methods = [function for name, function in methods if name.endswith("with_options")]
        for full, variant in ((True, "full"), (False, "required")):
            with open(out / f"{service}.{variant}.jsonl", "w", encoding="utf-8") as file:
                for function in methods:
                    recorded = recorder.call(service, module, client, function, full)
                    file.write(json.dumps(recorded, ensure_ascii=False, sort_keys=True) + "\n")
        print(f"{service}: {len(methods)} operations", file=sys.stderr)


if __name__ == "__main__":
    main()
