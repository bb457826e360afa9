//! Values in a list: each item begins with one.

use super::inline::found;
use super::token::{Link, Token, is_value, read as token};
use super::{Ask, Found, Note, examples_agree, has_keyword, is_truth, not_taken, says_kind};
use crate::import::doc::inline::among;

/// An item of a list.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) text: String,
    /// True if the item is in a list inside an item.
    pub(super) inner: bool,
}

/// What stands before the first item, and the items. A cell has its lists on one line, with spaces
/// for new lines.
pub(super) fn split(text: &str) -> (String, Vec<Item>) {
    let chars: Vec<char> = text.chars().collect();
    let mut starts: Vec<(usize, usize, bool)> = Vec::new();
    for (at, c) in chars.iter().enumerate() {
        let marker = matches!(c, '-' | '•' | '·' | '*' | '●');
        let space = |at: usize| chars.get(at).is_some_and(|c| c.is_whitespace());
        let begins = at == 0 || space(at - 1);
        let numbered = begins && is_number(chars.get(at..).unwrap_or_default());
        if !(numbered || (marker && begins && space(at + 1))) {
            continue;
        }
        let before = chars.get(..at).unwrap_or_default().iter().rev();
        let before: Vec<char> = before.take_while(|c| c.is_whitespace()).copied().collect();
        let indented = before.iter().take_while(|c| **c == ' ').count() >= 2;
        let own_line = before.contains(&'\n');
        let inner = !starts.is_empty() && indented && (own_line || before.len() >= 2);
        let length = if numbered { 2 } else { 1 };
        starts.push((at, at + length, inner));
    }
    let first = starts.first().map_or(chars.len(), |(at, ..)| *at);
    let collect = |from: usize, to: usize| -> String {
        chars.get(from..to).unwrap_or_default().iter().collect()
    };
    let intro = collect(0, first).trim().to_owned();
    let ends = starts.iter().skip(1).map(|(at, ..)| *at);
    let ends = ends.chain([chars.len()]);
    let items = starts.iter().zip(ends).map(|((_, from, inner), to)| Item {
        text: paragraph(collect(*from, to).trim()).to_owned(),
        inner: *inner,
    });
    let items: Vec<Item> = items.collect();
    if items.is_empty() {
        return by_lines(text).unwrap_or((intro, items));
    }
    (intro, items)
}

/// `1. ` before what has marks of its own: the item's number, not its value.
fn is_number(chars: &[char]) -> bool {
    matches!(chars, [digit, '.', ' ', '*' | '`', ..] if digit.is_ascii_digit())
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
    let items: Vec<Item> = lines
        .map(|line| Item {
            text: line.to_owned(),
            inner: false,
        })
        .collect();
    (!items.is_empty() && has_keyword(&intro)).then_some((intro, items))
}

/// The values of a list; none if it has none, so that they are to be looked for elsewhere.
pub(super) fn read(intro: &str, items: &[Item], ask: &Ask<'_>) -> Option<Found> {
    let outer: Vec<&Item> = items.iter().filter(|item| !item.inner).collect();
    let tokens = tokens(&outer, intro, ask);
    if !tokens.is_empty() {
        return Some(decide(intro, tokens, outer.len(), ask));
    }
    // Values that stand in lists by a condition each.
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
    let found = items.iter().filter_map(|item| token(&item.text));
    found
        .filter(|token| {
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
            let own_script = keyword
                && token.marked
                && token.link == Link::Sign
                && !ask.integer
                && is_word(&token.text);
            let words = keyword && token.marked && !ask.integer && is_words(&token.text);
            let sign = keyword && token.link == Link::Sign && !ask.integer && is_sign(&token.text);
            link && (is_value(&token.text, ask.integer) || own_script || words || sign)
        })
        .collect()
}

/// A short word in another script than that of the wire.
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
