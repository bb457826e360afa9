//! The words that pages have for the parts of an operation, in Chinese and English: `words.yaml`.

use super::{Column, Fact, Section};
use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// Lists of words by what they stand for.
type Lists<T> = BTreeMap<T, Vec<String>>;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    columns: Lists<Column>,
    sections: Lists<Section>,
    basics: Lists<Fact>,
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
