//! The words that pages have for the parts of an operation, in Chinese and English: `words.yaml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Column, Fact, Section};
use crate::spec::{AppType, TokenKind};

/// Lists of words by what they stand for.
type Lists<T> = BTreeMap<T, Vec<String>>;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    columns: Lists<Column>,
    sections: Lists<Section>,
    basics: Lists<Fact>,
    tokens: Vec<Inside<TokenKind>>,
    app_types: Vec<Inside<AppType>>,
}

/// What a text is about that holds one of some words.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Inside<T> {
    is: T,
    words: Vec<String>,
}

impl<T> Inside<T> {
    /// What a text is about, in any case.
    fn all<'a>(list: &'a [Self], text: &str) -> impl Iterator<Item = &'a T> {
        let text = text.to_lowercase();
        let has = move |words: &[String]| words.iter().any(|word| text.contains(word));
        list.iter()
            .filter(move |one| has(&one.words))
            .map(|one| &one.is)
    }
}

// A test reads the file, so the command need not panic on a mistake in it.
static WORDS: LazyLock<Words> = LazyLock::new(|| read().unwrap_or_default());

fn read() -> Result<Words, serde_yaml::Error> {
    serde_yaml::from_str(include_str!("words.yaml"))
}

pub(super) fn column(label: &str) -> Option<Column> {
    find(&WORDS.columns, label)
}

pub(super) fn section(label: &str) -> Option<Section> {
    find(&WORDS.sections, label)
}

pub(super) fn fact(label: &str) -> Option<Fact> {
    find(&WORDS.basics, label)
}

/// The kinds of tokens that a text names.
pub(super) fn tokens(text: &str) -> Vec<TokenKind> {
    Inside::all(&WORDS.tokens, text).copied().collect()
}

pub(super) fn app_type(text: &str) -> Option<AppType> {
    Inside::all(&WORDS.app_types, text).next().copied()
}

fn find<T: Copy>(lists: &Lists<T>, label: &str) -> Option<T> {
    let has = |words: &Vec<String>| words.iter().any(|word| word == label);
    let mut lists = lists.iter();
    lists.find_map(|(one, words)| has(words).then_some(*one))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_word_stands_for_one_thing() {
        fn check<T>(lists: Lists<T>) {
            let mut seen = BTreeSet::new();
            for word in lists.into_values().flatten() {
                assert_eq!(word, super::super::inline::label(&word), "not a label");
                assert!(seen.insert(word.clone()), "`{word}` is in two lists");
            }
        }
        let words = read().unwrap();
        check(words.columns);
        check(words.sections);
        check(words.basics);
    }
}
