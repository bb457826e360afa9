//! Values in a sentence: behind "values:", between bars, or each with its meaning.

use std::collections::BTreeSet;

use super::pairs::pairs;
use super::sequence::{count_up, read as sequence};
use super::token::{Link, Token, bracketed, is_value, read as token};
use super::{Ask, Found, KEYWORDS, examples_agree, found, not_taken, says_kind};

/// The values of a description without a list.
pub(super) fn read(text: &str, ask: &Ask<'_>) -> Option<Found> {
    behind_keyword(text, ask)
        .or_else(|| between_bars(text, ask))
        .or_else(|| fixed(text, ask))
        .or_else(|| pairs(text, ask))
        .or_else(|| quoted(text, ask))
        .or_else(|| kind(text, ask))
}

/// `Values: a, b or c`, each with or without a meaning.
fn behind_keyword(text: &str, ask: &Ask<'_>) -> Option<Found> {
    let low = text.to_lowercase();
    // Lower case may take a different number of bytes than upper case.
    let text = if low.len() == text.len() { text } else { &low };
    let behind = |word: &'static str| low.match_indices(word).map(|(at, word)| at + word.len());
    let places: BTreeSet<usize> = KEYWORDS.split('|').flat_map(behind).collect();
    places.into_iter().find_map(|place| {
        if is_condition(text, place) || is_bound(text, place) {
            return None;
        }
        let rest = text.get(place..)?;
        let tokens = sequence(behind_colon(rest)?, ask.integer);
        // `The value is userId`: the name of another field.
        let name = matches!(tokens.as_slice(), [token]
            if token.link == Link::End && !token.marked && (ask.is_field)(&token.text));
        let range = rest.starts_with("范围") && is_range(&tokens);
        (!tokens.is_empty() && !name && !range).then(|| found(tokens))
    })
}

/// Two numbers are the ends of a range, unless nothing is between them.
fn is_range(tokens: &[Token]) -> bool {
    let is_end = |token: &Token| token.link == Link::End && token.text.parse::<f64>().is_ok();
    tokens.iter().all(is_end) && tokens.len() < 3 && !(tokens.len() == 2 && count_up(tokens))
}

/// What follows the colon that belongs to a keyword, or a word like "are".
fn behind_colon<'t>(rest: &'t str) -> Option<&'t str> {
    const JOINTS: &str = "范围|包括|包含|可以|为|是|有|如下|以下|下列|所示|几种|之一|列表|分别|\
        类型|说明|含义|the following|are|is|includes|include";
    let joint = |text: &'t str| JOINTS.split('|').find_map(|word| text.strip_prefix(word));
    let mut rest = match rest.strip_prefix('s') {
        Some(behind) if !behind.starts_with(char::is_alphanumeric) => behind,
        _ => rest,
    };
    for _ in 0..6 {
        let trimmed = rest.trim_start();
        if let Some(behind) = trimmed.strip_prefix(['：', ':']) {
            let behind = behind.trim_start();
            return Some(joint(behind).unwrap_or(behind).trim_start());
        }
        if let Some((_, behind)) = bracketed(trimmed) {
            rest = behind;
        }
        rest = joint(rest.trim_start())?;
        // `the value is x`: no colon has to come.
        let begins = |c: char| c.is_ascii_alphanumeric() || "'\"“`*‘".contains(c);
        if rest.trim_start().starts_with(begins) {
            return Some(rest.trim_start());
        }
    }
    None
}

/// `a | b | c`
fn between_bars(text: &str, ask: &Ask<'_>) -> Option<Found> {
    let (_, rest) = text.rsplit_once(['：', ':'])?;
    let rest = rest.split('。').next().unwrap_or_default();
    let is = |token: &Token| token.link == Link::End && is_value(&token.text, ask.integer);
    let tokens = rest.split('|').map(|part| token(part.trim()).filter(is));
    let tokens = tokens.collect::<Option<Vec<Token>>>()?;
    (tokens.len() > 1).then(|| found(tokens))
}

/// A value that never differs.
fn fixed(text: &str, ask: &Ask<'_>) -> Option<Found> {
    const WORDS: &str = "固定值填写为|固定值为|固定值是|固定值：|固定值|固定填写|固定传入|\
        固定为|固定传|固定填|统一为|统一填写|仅支持取值为|仅支持|只支持|取值为|must be |always ";
    let all = |word: &'static str| text.match_indices(word);
    WORDS.split('|').flat_map(all).find_map(|(at, word)| {
        if is_condition(text, at) || is_bound(text, at) {
            return None;
        }
        let rest = text[at + word.len()..].trim_start_matches(['：', ':', ' ']);
        let tokens = sequence(first(rest, &['。', '，', '；', ',', '\n']), ask.integer);
        let alone = tokens.iter().all(|token| token.link == Link::End);
        // In English any word may follow.
        let sure = !word.is_ascii() || tokens.iter().all(|token| token.marked);
        let good = !tokens.is_empty() && alone && sure && examples_agree(&tokens, ask.examples);
        good.then(|| found(tokens))
    })
}

/// A text up to a sign.
fn first<'t>(text: &'t str, signs: &[char]) -> &'t str {
    text.split(signs).next().unwrap_or_default()
}

/// The text before a place in its part of a sentence.
fn clause(text: &str, at: usize) -> &str {
    text[..at]
        .rsplit(['。', '，', '；', '\n', '：'])
        .next()
        .unwrap_or_default()
}

/// Whether the words at a place say when something holds, rather than what it is.
fn is_condition(text: &str, at: usize) -> bool {
    const WORDS: &str = "当|如果|若|只有|when |if ";
    let before = clause(text, at);
    let behind = first(&text[at..], &['。', '，', '；', '\n']);
    let begins = WORDS.split('|').any(|word| before.contains(word));
    begins || behind.ends_with('时') || behind.ends_with("时候")
}

/// Whether the words before a place say what the value is if none is given, or how large it may be.
fn is_bound(text: &str, at: usize) -> bool {
    const WORDS: &str = "默认|最大|最小|最多|最少|上限|下限|default|maximum|minimum";
    let clause = clause(text, at).to_lowercase();
    WORDS.split('|').any(|word| clause.contains(word))
}

/// `It may be a, b or c`: several words of which the example is one. Without an example they are values of
/// what has a few, as a type has; of anything else nobody knows.
fn quoted(text: &str, ask: &Ask<'_>) -> Option<Found> {
    const WORDS: &str = "支持|包括|包含|分为|可以为|可以是|可为|只能为|只能是|传入|填写|：|:";
    const SAMPLES: &str = "例|比如|如|格式|e.g.|such as";
    let all = |word: &'static str| text.match_indices(word);
    for (at, word) in WORDS.split('|').flat_map(all) {
        let place = at + word.len();
        let clause = clause(text, at);
        let sample = SAMPLES.split('|').any(|word| clause.contains(word));
        if sample || is_condition(text, place) || is_bound(text, at) {
            continue;
        }
        let tokens = sequence(text[place..].trim_start_matches(['：', ':']), ask.integer);
        let fields = tokens.iter().all(|token| (ask.is_field)(&token.text));
        if tokens.len() < 2 || !examples_agree(&tokens, ask.examples) {
            continue;
        }
        if !ask.examples.is_empty() || (says_kind(&text[..at]) && !fields) {
            return Some(found(tokens));
        }
        return (!fields).then(|| not_taken(&tokens));
    }
    None
}

/// `Type: a`, where the example is the same.
fn kind(text: &str, ask: &Ask<'_>) -> Option<Found> {
    let (label, rest) = text.split_once(['：', ':'])?;
    if !says_kind(label) {
        return None;
    }
    let token = token(rest.trim())?;
    let alone = token.link == Link::End && token.meaning.trim_matches(['。', ' ']).is_empty();
    let same = ask.examples.contains(&token.text);
    (alone && same && is_value(&token.text, ask.integer)).then(|| found(vec![token]))
}
