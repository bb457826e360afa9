#!/usr/bin/env bash
# The OpenAPI documents of the golden spec and of the platform's are valid, says a validator that is not ours. It is
# taken from Python's package index if it is not installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec </dev/null

target=${CARGO_TARGET_DIR:-$PWD/target}
validate() {
    if command -v openapi-spec-validator >/dev/null; then
        openapi-spec-validator "$@"
    else
        PYTHONPATH=$target/tools/openapi python3 -m openapi_spec_validator "$@"
    fi
}
if ! command -v openapi-spec-validator >/dev/null && [ ! -d "$target/tools/openapi" ]; then
    python3 -m pip install --quiet --root-user-action=ignore --target "$target/tools/openapi.partial" \
        openapi-spec-validator==0.9.0
    mv "$target/tools/openapi.partial" "$target/tools/openapi"
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
document() { cargo run --quiet --locked -p dingtalk-spec -- openapi "$@"; }
document --out "$scratch/platform.json"
document --api oapi --spec tests/golden/spec --out "$scratch/oapi.json"
validate --schema 3.1 tests/golden/openapi.json "$scratch/platform.json" "$scratch/oapi.json"
# It would also say no.
sed '0,/"operationId"/s//"operationIdent"/' tests/golden/openapi.json >"$scratch/bad.json"
if validate --schema 3.1 "$scratch/bad.json" >/dev/null 2>&1; then
    echo "the validator lets an unknown key pass" >&2
    exit 1
fi
