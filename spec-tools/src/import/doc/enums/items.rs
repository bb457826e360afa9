//! Values in a list: each item begins with one.

use super::token::{Link, Token, is_value, read as token};
use super::{Ask, Found, Note, examples_agree, found, has_keyword, is_truth, not_taken, says_kind};
use crate::import::doc::among;

/// An item of a list.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) text: String,
    /// True if the item is in a list inside an item.
    pub(super) inner: bool,
}

/// The text before the first item, and the items. A cell has its lists on one line, with spaces
/// for new lines.
pub(super) fn split(text: &str) -> (String, Vec<Item>) {
    let mut starts: Vec<(usize, usize, bool)> = Vec::new();
    for (at, c) in text.char_indices() {
        let (before, rest) = text.split_at(at);
        let mark = c.len_utf8();
        let numbered = is_number(rest);
        let marked = "-•·*●".contains(c) && rest[mark..].starts_with(char::is_whitespace);
        if !(numbered || marked) || !(at == 0 || before.ends_with(char::is_whitespace)) {
            continue;
        }
        let space = &before[before.trim_end().len()..];
        let indented = space.len() - space.trim_end_matches(' ').len() >= 2;
        let inner = !starts.is_empty() && indented;
        starts.push((at, at + if numbered { 2 } else { mark }, inner));
    }
    let Some((first, ..)) = starts.first() else {
        return by_lines(text).unwrap_or((text.trim().to_owned(), Vec::new()));
    };
    let intro = text[..*first].trim().to_owned();
    let ends = starts
        .iter()
        .skip(1)
        .map(|(at, ..)| *at)
        .chain([text.len()]);
    let items = starts.iter().zip(ends).map(|((_, from, inner), to)| Item {
        text: paragraph(text[*from..to].trim()).to_owned(),
        inner: *inner,
    });
    (intro, items.collect())
}

/// `1. ` before what has marks of its own: the item's number, not its value.
fn is_number(text: &str) -> bool {
    matches!(text.as_bytes(), [b'0'..=b'9', b'.', b' ', b'*' | b'`', ..])
}

/// The first paragraph of an item; on one line several spaces stand for an empty one.
fn paragraph(item: &str) -> &str {
    let gaps = ["   ", "\n\n"].into_iter().filter_map(|gap| item.find(gap));
    gaps.min().and_then(|end| item.get(..end)).unwrap_or(item)
}

/// A copy from a browser may have lost the marks of a list, with each item on a line of its own.
fn by_lines(text: &str) -> Option<(String, Vec<Item>)> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let intro = lines.next()?.to_owned();
    let item = |line: &str| Item {
        text: line.to_owned(),
        inner: false,
    };
    let items: Vec<Item> = lines.map(item).collect();
    (!items.is_empty() && has_keyword(&intro)).then_some((intro, items))
}

/// The values of a list; none if it has none, so that they are to be looked for elsewhere.
pub(super) fn read(intro: &str, items: &[Item], ask: &Ask<'_>) -> Option<Found> {
    let outer: Vec<&Item> = items.iter().filter(|item| !item.inner).collect();
    let tokens = tokens(&outer, intro, ask);
    if !tokens.is_empty() {
        return Some(decide(intro, tokens, outer.len(), ask));
    }
    // Lists of values, each under a condition.
    let inner: Vec<&Item> = items.iter().filter(|item| item.inner).collect();
    let found = self::tokens(&inner, intro, ask);
    if found.is_empty() {
        return None;
    }
    if has_keyword(intro) && found.len() == inner.len() {
        return Some(decide(intro, found, inner.len(), ask));
    }
    Some(not_taken(&found)).filter(|_| !found.iter().all(|token| is_truth(&token.text)))
}

fn tokens(items: &[&Item], intro: &str, ask: &Ask<'_>) -> Vec<Token> {
    let keyword = has_keyword(intro);
    let is = |token: &Token| {
        let link = match token.link {
            Link::Sign => true,
            // `1、open` for numbers.
            Link::End => {
                token.marked || keyword || (ask.integer && token.meaning.starts_with('、'))
            }
            Link::Joined => keyword && !token.marked,
            Link::Comma => keyword,
            Link::Space => keyword || (ask.integer && token.marked),
        };
        let sign = token.link == Link::Sign;
        let own_script = token.marked && sign && is_word(&token.text);
        let words = token.marked && is_words(&token.text);
        let told = own_script || words || (sign && is_sign(&token.text));
        link && (is_value(&token.text, ask.integer) || (keyword && !ask.integer && told))
    };
    items
        .iter()
        .filter_map(|item| token(&item.text))
        .filter(is)
        .collect()
}

/// A short word in a script that wire values do not use.
fn is_word(text: &str) -> bool {
    text.chars().count() <= 12 && text.chars().all(|c| !c.is_ascii() && c.is_alphabetic())
}

/// A sign that compares: `>=`.
fn is_sign(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= 3 && text.chars().all(|c| "<>=!".contains(c))
}

/// A few words of the wire's script: `In progress`.
fn is_words(text: &str) -> bool {
    let words: Vec<&str> = text.split(' ').collect();
    (2..=3).contains(&words.len()) && words.iter().all(|word| is_value(word, false))
}

fn decide(intro: &str, tokens: Vec<Token>, items: usize, ask: &Ask<'_>) -> Found {
    let keyword = has_keyword(intro);
    let all = |is: &dyn Fn(&str) -> bool| tokens.iter().all(|token| is(&token.text));
    let key_and_value = all(&|word| among("key|value", &word.to_ascii_lowercase()));
    let fields = !ask.integer && !keyword && all(ask.is_field);
    let few = tokens.len() * 2 < items || (tokens.len() < items && tokens.len() < 2 && !keyword);
    // Without a word that says so, texts are values only if the example does not say otherwise.
    let plain = tokens.iter().all(|token| !token.marked);
    let disagree = !examples_agree(&tokens, ask.examples);
    let unlike =
        !keyword && !says_kind(intro) && !ask.integer && ((plain && tokens.len() < 2) || disagree);
    if key_and_value || fields || few || unlike {
        return not_taken(&tokens);
    }
    let others = items - tokens.len();
    let mut found = found(tokens);
    if others > 0 {
        found.notes.push(Note::Others(others));
    }
    found
}
