#!/usr/bin/env bash
# What a person sees who extends the crate without forking it: the example, taken out of this workspace, with the crates
# as they are published. And all that the format has compiles in a crate of an older edition that denies every warning.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec </dev/null

project=$PWD
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}
export CARGO_TERM_COLOR=never
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
fail() {
    echo "FAILED: $*" >&2
    exit 1
}

# A manifest of its own; of this project it takes crates alone.
manifest() {
    cat <<TOML
[package]
name = "$1"
version = "0.1.0"
edition = "$2"

[dependencies]
dingtalk-api = { path = "$project/generated", features = ["conference_1_0"] }
dingtalk-runtime = { path = "$project/runtime" }
tokio = { version = "1.47", features = ["macros", "rt"], default-features = false }

[build-dependencies]
dingtalk-codegen = { path = "$project/codegen" }

[workspace]
TOML
}

cp -R examples/own_endpoints "$scratch/own"
manifest own 2024 >"$scratch/own/Cargo.toml"
rm -r "$scratch/own/tests"
cp Cargo.lock "$scratch/own/"
cd "$scratch/own"
files() { find . -type f ! -name Cargo.lock | sort; }
before=$(files)
output=$(cargo run --quiet)
grep -q '8 requests, 1 for a token, 1 connection' <<<"$output" || fail "the example says: $output"
[ "$(files)" = "$before" ] || fail "the build wrote beside its own folder: $(files)"
echo "the example runs outside the workspace, and its build writes into its own folder alone"
if tree=$(cargo tree --edges normal,build --prefix none | grep -E '^(clap|schemars) '); then
    fail "a user's build compiles the command-line program: $tree"
fi

built() { cargo build 2>&1 | grep -c Compiling || true; }
[ "$(built)" = 0 ] || fail "a build with nothing to do compiles something"
booking=spec/facilities_1_0/book_room.yaml
cp "$booking" original.yaml
sed 's/^\( *\)lunch: .*/&\n\1cake: A cake/' original.yaml >"$booking"
sed -i.bak 's/Catering::Coffee/Catering::Cake/' src/main.rs
output=$(cargo run --quiet)
grep -q '"catering":"cake"' <<<"$output" || fail "a value added to an enum is not there"
sed -e 's/^operation: .*/operation: HoldRoom/' -e 's#/bookings#/holds#' original.yaml >spec/facilities_1_0/hold_room.yaml
cargo build --quiet
grep -q 'pub fn hold_room' "$CARGO_TARGET_DIR"/debug/build/own-*/out/dingtalk.rs || fail "an operation added is not there"
rm spec/facilities_1_0/hold_room.yaml
[ "$(built)" = 1 ] || fail "removing an operation changes nothing"
echo "an edit of the spec is built, and nothing else is"

sed 's/type: json/type: jsno/' original.yaml >"$booking"
for attempt in first second; do
    if output=$(cargo build 2>&1); then fail "a spec with a mistake was built, on the $attempt attempt"; fi
    grep -qx 'error: own@0.1.0: spec/facilities_1_0/book_room.yaml:17:18: unknown type `jsno`; did you mean `json`?' \
        <<<"$output" || fail "the $attempt build says: $output"
done
printf '%s\n' "$output"

mkdir -p "$scratch/all/src"
cd "$scratch/all"
manifest all 2021 >Cargo.toml
cp "$project/Cargo.lock" .
sed 's#"spec"#"'"$project"'/tests/golden/spec"#' "$project/examples/own_endpoints/build.rs" >build.rs
cat >src/lib.rs <<'RUST'
//! All that the format has.
#![deny(warnings, missing_docs, unsafe_code)]

/// Made from the golden spec.
pub mod own {
    include!(concat!(env!("OUT_DIR"), "/dingtalk.rs"));
}

/// Takes a client of the crate.
pub fn is_called_with_the_same_client(client: &dingtalk_api::Client) {
    use own::Services as _;
    drop(client.constructs_1_0().call_open());
    drop(own::names_1_0::Names1_0::new(client).r#move());
}
RUST
cargo clippy --quiet -- -D warnings
RUSTDOCFLAGS="-D warnings" cargo doc --quiet --no-deps
cargo test --quiet --doc >/dev/null
echo "all that the format has compiles in another edition, without a warning, with its documentation"
