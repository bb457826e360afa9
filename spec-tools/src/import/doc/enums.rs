//! The values that a description lists.
//!
//! Descriptions are prose. A value is taken only where its form says that it is one: an item of a
//! list that begins with it, or a row of words behind "values:". What looks like values and is not
//! taken is told.

use super::plain;
mod inline;
mod items;
mod pairs;
mod sequence;
mod token;

use std::collections::BTreeSet;

use token::{Token, is_truth};

/// A description to search for values.
pub(super) struct Ask<'a> {
    /// The description as the page has it.
    pub(super) raw: &'a str,
    /// Whether the values are whole numbers.
    pub(super) integer: bool,
    /// The values that examples give the field.
    pub(super) examples: &'a [String],
    /// Whether a word is the name of a field of the operation.
    pub(super) is_field: &'a dyn Fn(&str) -> bool,
}

/// What was found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) values: Vec<Value>,
    /// What else to report.
    pub(super) notes: Vec<Note>,
}

/// A value with the page's words on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) text: String,
    pub(super) meaning: String,
}

/// Something that looks like values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Note {
    /// Only `true` and `false`.
    Truth,
    /// Words that could be values; they were not taken.
    NotTaken(Vec<String>),
    /// Items of a list of values that are not values themselves.
    Others(usize),
    /// A value that is listed twice.
    Twice(String),
    /// A table inside the description.
    Table,
}

/// The values that a description lists.
pub(super) fn find(ask: &Ask<'_>) -> Found {
    let (text, aside, has_table) = body(ask.raw);
    let mut found = read(&text, ask);
    if found == Found::default() && has_keyword(&aside) {
        let words = read(&aside, ask).values.into_iter().map(|value| value.text);
        let words: Vec<String> = words.collect();
        if !words.iter().all(|word| is_truth(word)) {
            found.notes.push(Note::NotTaken(words));
        }
    }
    if has_table {
        found.notes.push(Note::Table);
    }
    let mut seen = BTreeSet::new();
    let notes = &mut found.notes;
    found.values.retain(|value| {
        let new = seen.insert(value.text.clone());
        if !new {
            notes.push(Note::Twice(value.text.clone()));
        }
        new
    });
    if !found.values.is_empty() && found.values.iter().all(|value| is_truth(&value.text)) {
        found.values.clear();
        found.notes.push(Note::Truth);
    }
    found
}

fn read(text: &str, ask: &Ask<'_>) -> Found {
    let (intro, items) = items::split(text);
    let listed = items::read(&intro, &items, ask);
    let found = listed.or_else(|| inline::read(text, ask));
    found.unwrap_or_default()
}

/// The description without code, what it notes at its end, and whether there is a table inside the cell, which is not read.
fn body(raw: &str) -> (String, String, bool) {
    let mut text = without_addresses(raw)
        .replace(['\u{a0}', '\u{3000}'], " ")
        .replace("&nbsp;", " ");
    for end in ["<br>", "<br/>", "<br />", "</ul>", "</p>"] {
        text = text.replace(end, "\n");
    }
    text = text.replace("<li>", "\n- ").replace("</li>", "");
    while let Some(start) = text.find("```") {
        let end = text[start + 3..]
            .find("```")
            .map_or(text.len(), |at| start + 3 + at + 3);
        text.replace_range(start..end, " ");
    }
    let ruler = text.find("| ---").or_else(|| text.find("|---"));
    if let Some(ruler) = ruler {
        text.truncate(text[..ruler].find('|').unwrap_or(ruler));
    }
    let note = note_start(&text).unwrap_or(text.len());
    let aside = text.split_off(note);
    (text, aside, ruler.is_some())
}

/// The text without addresses, in links and bare.
fn without_addresses(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, behind)) = rest.split_once("](") {
        out.push_str(before);
        out.push_str("]()");
        rest = behind.split_once(')').map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    while let Some(at) = out.find("://") {
        let address = |c: char| c.is_ascii_graphic() && !matches!(c, '`' | '"' | '|');
        let start = out[..at]
            .trim_end_matches(|c: char| c.is_ascii_alphanumeric())
            .len();
        let end = out[at..]
            .find(|c| !address(c))
            .map_or(out.len(), |end| at + end);
        out.replace_range(start..end, "");
    }
    out
}

/// Where a note begins, which says something about the values but lists none.
fn note_start(text: &str) -> Option<usize> {
    const SIGNS: &str = "[!|**说明|**注意|**重要|**备注";
    const WORDS: &str = "说明|注意|重要|备注|Note|NOTE";
    let signs = SIGNS.split('|').filter_map(|sign| text.find(sign));
    let words = WORDS.split('|').filter_map(|word| {
        let mut places = text.match_indices(word).map(|(at, _)| at);
        places.find(|at| {
            let ends = |c: char| c.is_whitespace() || matches!(c, '：' | ':');
            let after = &text[at + word.len()..];
            text[..*at].ends_with(char::is_whitespace) && after.starts_with(ends)
        })
    });
    signs.chain(words).min()
}

/// Words that say that what follows are values.
const KEYWORDS: &str = "取值|可选值|可取值|枚举|枚举值|有效值|合法值|可选项|可选类型|可用值|\
    值包括|valid value|possible value|allowed value|available value|one of|values:|value:|\
    options:|enum";

fn has_keyword(text: &str) -> bool {
    let low = text.to_lowercase();
    KEYWORDS.split('|').any(|word| low.contains(word))
}

/// Whether words name something that has a few values, at their end.
fn says_kind(text: &str) -> bool {
    const KINDS: &str = "类型|类别|方式|模式|状态|级别|等级|性别|策略|type|mode|status";
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || "。，：:,".contains(c));
    let text = text.trim_end_matches(['值', '码']).to_lowercase();
    KINDS.split('|').any(|kind| text.ends_with(kind))
}

/// Whether what the examples show speaks for these values; if they show nothing, nothing does
/// against.
fn examples_agree(tokens: &[Token], examples: &[String]) -> bool {
    let mut examples = examples.iter();
    examples.len() == 0
        || examples.any(|one| {
            tokens
                .iter()
                .any(|token| token.text.eq_ignore_ascii_case(one))
        })
}

fn found(tokens: Vec<Token>) -> Found {
    let value = |token: Token| Value {
        meaning: plain(&token.meaning),
        text: token.text,
    };
    Found {
        values: tokens.into_iter().map(value).collect(),
        notes: Vec::new(),
    }
}

fn not_taken(tokens: &[Token]) -> Found {
    let words = tokens.iter().map(|token| token.text.clone()).collect();
    Found {
        values: Vec::new(),
        notes: vec![Note::NotTaken(words)],
    }
}

#[cfg(test)]
mod tests;
