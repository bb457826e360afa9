//! A summary made of a name: its words, and nothing that the name does not say.
//!
//! It stands until a person writes a better one, which no import replaces.

use heck::ToSnakeCase;

/// `StartCloudRecord` gives "Start cloud record", `BatchSendOTO` "Batch send OTO".
pub(super) fn of_operation(action: &str) -> String {
    let mut letters = action.chars().filter(|letter| letter.is_alphanumeric());
    let snake = action.to_snake_case();
    let words = snake.split('_').map(|word| {
        let written: String = letters.by_ref().take(word.chars().count()).collect();
        if is_acronym(&written) {
            written
        } else {
            word.to_owned()
        }
    });
    sentence(words)
}

/// `app_market_1_0` gives "App market", `wiki_2_0` "Wiki, version 2.0".
pub(super) fn of_service(name: &str) -> String {
    let mut words: Vec<&str> = name.split('_').collect();
    let minor = words.pop().unwrap_or_default();
    let major = words.pop().unwrap_or_default();
    let summary = sentence(words.into_iter().map(str::to_owned));
    if (major, minor) == ("1", "0") {
        summary
    } else {
        format!("{summary}, version {major}.{minor}")
    }
}

fn is_acronym(word: &str) -> bool {
    word.chars().nth(1).is_some() && !word.contains(char::is_lowercase)
}

fn sentence(words: impl Iterator<Item = String>) -> String {
    let text = words.collect::<Vec<_>>().join(" ");
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_is_the_words_of_the_name() {
        let cases = [
            ("StartCloudRecord", "Start cloud record"),
            ("BatchSendOTO", "Batch send OTO"),
            ("OptsRecordWhiteAccount", "Opts record white account"),
            ("GetTalentV2Tag", "Get talent V2 tag"),
            ("A1BindingQuery", "A1 binding query"),
            ("update", "Update"),
            ("", ""),
        ];
        for (action, summary) in cases {
            assert_eq!(of_operation(action), summary, "{action}");
        }
        assert_eq!(of_service("app_market_1_0"), "App market");
        assert_eq!(of_service("wiki_2_0"), "Wiki, version 2.0");
    }
}
