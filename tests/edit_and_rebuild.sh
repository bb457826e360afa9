#!/usr/bin/env bash
# What a person who edits the spec sees: after each edit one `cargo build` is enough. Works in a copy of the tree.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
exec </dev/null

# The dependencies in this target folder are used again.
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$PWD/target}
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
git ls-files -z --cached --others --exclude-standard | while IFS= read -r -d '' file; do
    # A file that was removed and not committed yet is still listed.
    [ ! -e "$file" ] || printf '%s\0' "$file"
done | tar --null --files-from=- --create --file=- | tar --extract --file=- --directory="$copy"
cd "$copy"

conference=spec/conference_1_0
made=generated/src/conference_1_0

timed() {
    local what=$1 started ended
    shift
    started=$(date +%s%N)
    "$@"
    ended=$(date +%s%N)
    printf '%6d ms  %s\n' $(((ended - started) / 1000000)) "$what"
}
build() { cargo build --quiet "$@"; }
fail() {
    echo "FAILED: $*" >&2
    exit 1
}
same_as_before() { diff -r "$copy/before" generated >&2 || fail "generated/ is not as it was $*"; }

cp "$conference/start_cloud_record.yaml" original.yaml
timed "the first build of the copy" build
cp -R generated "$copy/before"
timed "a build with nothing to do" build

cat >examples/gallery.rs <<'EOF'
//! Uses a value that the spec did not have a moment ago.
use dingtalk_api::conference_1_0::start_cloud_record::Mode;

fn main() {
    assert_eq!(Mode::Gallery.as_str(), "gallery");
}
EOF
if cargo build --quiet --example gallery 2>/dev/null; then fail "Mode::Gallery was there before"; fi
sed 's/^\( *\)full_screen: .*/&\n\1gallery: Gallery of participants/' original.yaml >"$conference/start_cloud_record.yaml"
timed "a build after a value was added to an enum" build
timed "an example that uses the value" cargo run --quiet --example gallery
cp original.yaml "$conference/start_cloud_record.yaml"
rm examples/gallery.rs
timed "a build after the value was taken out" build
same_as_before "before the enum was edited"

sed -e 's/^operation: .*/operation: PauseThings/' -e 's#cloudRecords/start#cloudRecords/pauseThings#' \
    "$conference/start_cloud_record.yaml" >"$conference/pause_things.yaml"
timed "a build after a spec file was added" build
[ -f "$made/pause_things.rs" ] || fail "no $made/pause_things.rs after its spec was added"
timed "the command dingtalk, which knows it too" \
    cargo run --quiet -p dingtalk-command -- list PauseThings
rm "$conference/pause_things.yaml"
timed "a build after it was removed" build
same_as_before "before the file was added"

mkdir spec/added_9_9
sed -e 's/^operation: .*/operation: TryThings/' -e 's#^path: .*#path: /v9.9/added/{conferenceId}/things#' \
    "$conference/start_cloud_record.yaml" >spec/added_9_9/try_things.yaml
timed "a build after a service was added" build
grep -q '^added_9_9 *=' generated/Cargo.toml || fail "no feature added_9_9 after the service was added"
rm -r spec/added_9_9
timed "a build after it was removed" build
same_as_before "before the service was added"

echo "this is not Rust" >>"$made/start_cloud_record.rs"
timed "a build after a generated file was damaged" build
same_as_before "before it was damaged"
rm "$made/start_cloud_record.rs"
timed "a build after a generated file was removed" build
same_as_before "before it was removed"

sed 's/^method: POST/methd: POST/' original.yaml >"$conference/start_cloud_record.yaml"
if output=$(cargo build 2>&1); then fail "a spec with a mistake was built"; fi
grep -q 'start_cloud_record.yaml:[0-9]*:[0-9]*' <<<"$output" || fail "the error has no place: $output"
same_as_before "before the mistake was made"
echo "           a mistake is reported with its place, and nothing is written"
