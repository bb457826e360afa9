//! Values one behind the other in a sentence: `a, b or c`, `0: closed, 1: open`.

use super::token::{Link, Token, is_value, read as token};

/// The values that a text begins with. Text between two values that have a meaning each belongs to
/// the first one's.
pub(super) fn read(text: &str, integer: bool) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let mut gap = false;
    for (sign, part) in parts(text, integer) {
        let part = part.trim();
        if part.is_empty() {
            continue;
        }
        let told = tokens.last().is_some_and(|last| last.link != Link::End);
        match token(part).filter(|token| is_value(&token.text, integer) && fits(token)) {
            Some(token) if token.link != Link::End && (sign != '。' || told) => tokens.push(token),
            Some(token) if sign != '。' && !gap && !told => tokens.push(token),
            // What follows the values is a sentence, or goes on with what the last one means.
            _ if told && sign != '。' => gap = true,
            _ => break,
        }
    }
    // A word that runs on is a value only next to others.
    if let [only] = tokens.as_slice()
        && only.link == Link::Joined
    {
        tokens.clear();
    }
    tokens
}

/// In a row of values the meaning is a few words.
fn fits(token: &Token) -> bool {
    match token.link {
        Link::End => true,
        Link::Sign => token.meaning.chars().count() <= 60,
        Link::Comma => false,
        Link::Joined => !token.meaning.starts_with(['到', '至', '以']),
        Link::Space => token.marked || !token.meaning.trim().starts_with(|c: char| c.is_ascii()),
    }
}

/// Numbers each one more than the one before.
pub(super) fn count_up(tokens: &[Token]) -> bool {
    let numbers: Option<Vec<i64>> = tokens.iter().map(|t| t.text.parse().ok()).collect();
    numbers.is_some_and(|all| all.is_sorted_by(|one, next| one.checked_add(1) == Some(*next)))
}

/// The parts of a text between commas and the like, each with the sign before it. Behind a space a part
/// begins if it is a value with its meaning.
fn parts(text: &str, integer: bool) -> Vec<(char, &str)> {
    const SIGNS: &[char] = &['、', '，', ',', '；', ';', '|', '\n', '/', '。'];
    let begins = |at: usize| {
        token(&text[at..]).is_some_and(|token| {
            let linked = match token.link {
                Link::Sign => true,
                Link::Space | Link::Joined => integer && begins_words(&token.meaning),
                Link::End | Link::Comma => false,
            };
            linked && is_value(&token.text, integer)
        })
    };
    let mut parts = Vec::new();
    let mut depth = 0_usize;
    let mut from = 0;
    let mut sign = ' ';
    for (at, c) in text.char_indices() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            c if depth == 0 && (SIGNS.contains(&c) || (c == ' ' && begins(at))) => {
                by_words(sign, &text[from..at], &mut parts);
                from = at + c.len_utf8();
                sign = c;
            }
            _ => {}
        }
    }
    by_words(sign, &text[from..], &mut parts);
    parts
}

/// Two values with a word like "or" between them are two parts.
fn by_words<'t>(sign: char, part: &'t str, parts: &mut Vec<(char, &'t str)>) {
    let ascii = |text: &str| {
        text.trim()
            .chars()
            .all(|c| c.is_ascii() || "“”‘’".contains(c))
    };
    let mut words = ["或者", "以及", " or ", " and ", "或", "和"].iter();
    let two = words.find_map(|word| part.split_once(word).filter(|(a, b)| ascii(a) && ascii(b)));
    match two {
        Some((one, other)) => parts.extend([(sign, one), ('、', other)]),
        None => parts.push((sign, part)),
    }
}

/// Whether a meaning is in words of another script, not another number or name.
pub(super) fn begins_words(meaning: &str) -> bool {
    let is_word = |c: char| !c.is_ascii() && c.is_alphabetic();
    meaning.trim_start().starts_with(is_word)
}
