//! Values with a meaning each, anywhere in a sentence: `1: open, 2: closed`.

use super::sequence::{begins_words, count_up};
use super::token::{Link, Token, is_value, read as token};
use super::{Ask, Found, examples_agree, found, is_truth, not_taken, says_kind};
use crate::import::doc::among;

/// Two values at least, each with its meaning.
pub(super) fn pairs(text: &str, ask: &Ask<'_>) -> Option<Found> {
    let mut intro = "";
    let mut sure: Vec<Token> = Vec::new();
    let mut loose: Vec<Token> = Vec::new();
    let sentences = text.split('。');
    for part in sentences.flat_map(|sentence| pair_parts(sentence, ask.integer)) {
        let read = token(part.trim()).filter(|token| is_value(&token.text, ask.integer));
        match read {
            Some(token) if token.link == Link::Sign && begins_words(&token.meaning) => {
                loose.push(token.clone());
                sure.push(token);
            }
            // Numbers that count up need no sign, and may mean words of any script.
            Some(token) if ask.integer && means_words(&token) => loose.push(token),
            _ if loose.is_empty() => intro = part,
            _ => {}
        }
    }
    let counted = ask.integer && count_up(&loose);
    let tokens = if counted { loose } else { sure };
    if tokens.len() < 2 {
        return None;
    }
    if tokens.iter().all(|token| is_truth(&token.text)) {
        return Some(found(tokens));
    }
    let words = || tokens.iter().map(|token| token.text.as_str());
    let none = ask.examples.is_empty();
    let unseen = !examples_agree(&tokens, ask.examples) || (none && !says_kind(intro));
    let fields = || words().all(|word| (ask.is_field)(word));
    let is_pair = || words().all(|word| matches!(word, "key" | "value"));
    if !ask.integer && (unseen || fields() || is_pair()) {
        return Some(not_taken(&tokens));
    }
    Some(found(tokens))
}

fn means_words(token: &Token) -> bool {
    match token.link {
        Link::Sign => token.meaning.trim_start().starts_with(char::is_alphabetic),
        Link::Space | Link::Joined => begins_words(&token.meaning) && !is_unit(&token.meaning),
        Link::End | Link::Comma => false,
    }
}

/// `2 years`: an amount, not a value with its meaning.
fn is_unit(meaning: &str) -> bool {
    const UNITS: &str = "年|月|日|天|周|小时|分钟|分|秒|个|次|条|页|元|岁";
    among(UNITS, meaning.trim_matches(|c: char| !c.is_alphabetic()))
}

/// Where a value with its meaning may begin: behind a sign, or for numbers behind a space.
fn pair_parts(sentence: &str, integer: bool) -> Vec<&str> {
    let signs = if integer {
        "、，,；; （(\n："
    } else {
        "、，,；;\n"
    };
    let mut parts: Vec<&str> = Vec::new();
    let mut from = 0;
    for (at, sign) in sentence.match_indices(|c| signs.contains(c)) {
        let rest = sentence[at + sign.len()..].trim_start();
        if rest.starts_with(|c: char| c.is_ascii_alphanumeric() || "*`\"'“-".contains(c)) {
            parts.push(&sentence[from..at]);
            from = at + sign.len();
        }
    }
    parts.push(&sentence[from..]);
    parts
}
