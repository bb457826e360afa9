//! The Rust in the guides is that of this crate.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

#[test]
fn each_piece_of_rust_in_the_guides_is_a_part_of_this_crate() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |file: &str| fs::read_to_string(here.join(file)).unwrap();
    let sources = [read("src/lib.rs"), read("tests/move_members.rs")];
    for guide in ["../../TESTING.md", "../../TESTING.zh-CN.md"] {
        let text = read(guide);
        let pieces: Vec<_> = text
            .split("```rust\n")
            .skip(1)
            .filter_map(|rest| rest.split("```").next())
            .collect();
        assert!(pieces.len() >= 5, "{guide} has {} pieces", pieces.len());
        for piece in pieces {
            let found = sources
                .iter()
                .any(|source| source.contains(piece.trim_end()));
            assert!(
                found,
                "{guide} has Rust that this crate does not have:\n{piece}"
            );
        }
    }
}
