//! Texts that are too long for one message.
#![allow(missing_docs, clippy::unwrap_used)]

use dingtalk_runtime::{split_markdown, split_text};
use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::strategy::Strategy;

/// What readers see as one character.
const WHOLE: &[&str] = &[
    "a",
    "\n",
    " ",
    "é",
    "e\u{301}",
    "中",
    "😀",
    "👍🏽",
    "👨‍👩‍👧‍👦",
    "🇨🇳",
    "❤️",
    "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    "が",
    "か\u{3099}",
    "\r\n",
    "```\n",
];

fn texts() -> impl Strategy<Value = Vec<&'static str>> {
    let piece = prop_oneof![8 => proptest::sample::select(WHOLE), 1 => proptest::sample::select(&["中文", "a word "][..])];
    proptest::collection::vec(piece, 0..200)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn parts_joined_are_the_text_and_none_is_too_long(text in any::<String>(), most in 4_usize..60) {
        let parts = split_text(&text, most);
        prop_assert_eq!(parts.concat(), text.as_str());
        prop_assert!(parts.iter().all(|part| !part.is_empty() && part.len() <= most));
    }

    #[test]
    fn no_cut_is_inside_what_readers_see_as_one_character(pieces in texts(), most in 30_usize..90) {
        let text = pieces.concat();
        // Where pieces begin: no cut may be elsewhere. Flags side by side are one run, cut in pairs.
        let mut bounds = vec![0];
        for piece in &pieces {
            bounds.push(bounds.last().unwrap() + piece.len());
        }
        let mut at = 0;
        for part in split_text(&text, most) {
            at += part.len();
            // A fence is no single character either.
            let inside_words = text[..at].ends_with(|c: char| "中a word`".contains(c));
            prop_assert!(bounds.contains(&at) || inside_words, "{at} of {text:?}");
        }
    }

    #[test]
    fn a_cut_is_at_the_last_line_end_that_fits(lines in proptest::collection::vec("[a-z中 ]{0,12}", 1..20), most in 50_usize..120) {
        let text = lines.join("\n");
        let parts = split_text(&text, most);
        for (part, next) in parts.iter().zip(parts.iter().skip(1)) {
            prop_assert!(part.ends_with('\n'), "{part:?}");
            let line = next.split_inclusive('\n').next().unwrap();
            prop_assert!(part.len() + line.len() > most);
        }
    }

    #[test]
    fn each_part_of_markdown_closes_its_code(pieces in texts(), most in 40_usize..90) {
        let text = pieces.concat();
        for part in split_markdown(&text, most) {
            prop_assert!(part.len() <= most);
        }
        let code = format!("```rust\n{}\n```\n", "let a = \"中\";\n".repeat(pieces.len()));
        for part in split_markdown(&code, most) {
            prop_assert!(part.starts_with("```rust\n"), "{part}");
            prop_assert_eq!(part.matches("```").count(), 2, "{}", part);
        }
    }
}

#[test]
fn without_line_ends_a_cut_is_after_white_space_or_between_characters() {
    assert_eq!(split_text("one two three", 9), ["one two ", "three"]);
    assert_eq!(split_text("一二三四", 7), ["一二", "三四"]);
    assert_eq!(split_text("", 7), [""; 0]);
}

#[test]
fn what_is_longer_than_a_part_is_taken_apart() {
    assert_eq!(split_text("👨‍👩‍👧", 8).concat(), "👨‍👩‍👧");
    assert_eq!(split_text("中文", 1), ["中", "文"]);
    assert_eq!(split_text("ab", 0), ["a", "b"]);
}
