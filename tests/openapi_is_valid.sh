#!/usr/bin/env bash
# The OpenAPI documents of the golden spec and of the platform are valid, says a public validator. It is taken from
# Python's package index.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec </dev/null

tools=${CARGO_TARGET_DIR:-$PWD/target}/tools/openapi-0.9.0
if [ ! -d "$tools" ]; then
    python3 -m pip install --quiet --root-user-action=ignore --target "$tools.partial" \
        openapi-spec-validator==0.9.0 openapi-schema-validator==0.9.0 jsonschema-rs==0.61.2
    mv "$tools.partial" "$tools"
fi
validate() { PYTHONPATH=$tools python3 tests/openapi_validate.py "$@"; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
document() { cargo run --quiet --locked -p dingtalk-spec -- openapi "$@"; }
document --out "$scratch/platform.json"
document --api oapi --out "$scratch/oapi.json"
validate tests/golden/openapi.json "$scratch/platform.json" "$scratch/oapi.json"

# A validator that lets everything pass proves nothing.
refused() {
    sed "0,/$1/s//$2/" tests/golden/openapi.json >"$scratch/bad.json"
    if validate "$scratch/bad.json" >/dev/null 2>&1; then
        echo "the validator accepts $2 instead of $1" >&2
        exit 1
    fi
}
refused '"operationId"' '"operationIdent"'
refused '"type": "string"' '"type": "text"'
refused '#\/components\/schemas\/' '#\/components\/schemas\/Missing'
