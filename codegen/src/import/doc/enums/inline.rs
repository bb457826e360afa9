//! Values in a sentence: behind "values:", between bars, or each with its meaning.

use super::token::{Link, Token, is_value, read as token};
use super::{Ask, Found, KEYWORDS, examples_agree, is_truth, not_taken, value};

/// The values of a description without a list.
pub(super) fn read(text: &str, ask: &Ask<'_>) -> Option<Found> {
    behind_keyword(text, ask)
        .or_else(|| between_bars(text, ask))
        .or_else(|| fixed(text, ask))
        .or_else(|| pairs(text, ask))
        .or_else(|| kind(text, ask))
}

fn found(tokens: Vec<Token>) -> Found {
    Found {
        values: tokens.into_iter().map(value).collect(),
        notes: Vec::new(),
    }
}

/// `Values: a, b or c`, each with or without a meaning.
fn behind_keyword(text: &str, ask: &Ask<'_>) -> Option<Found> {
    let low = text.to_lowercase();
    // Small letters may take other room than the large ones they stand for.
    let text = if low.len() == text.len() {
        text
    } else {
        low.as_str()
    };
    let mut places: Vec<usize> = KEYWORDS
        .iter()
        .flat_map(|word| low.match_indices(word).map(|(at, word)| at + word.len()))
        .collect();
    places.sort_unstable();
    places.dedup();
    for place in places {
        if is_condition(text, place) {
            continue;
        }
        let rest = text.get(place..).unwrap_or_default();
        let Some(list) = behind_colon(rest) else {
            continue;
        };
        let tokens = sequence(list, ask.integer);
        let range = rest.starts_with("范围") && tokens.iter().all(|token| token.link == Link::End);
        if tokens.is_empty()
            || (range && tokens.iter().all(|token| token.text.parse::<f64>().is_ok()))
        {
            continue;
        }
        return Some(found(tokens));
    }
    None
}

/// What follows the colon that belongs to a keyword, or a word like "are".
fn behind_colon(rest: &str) -> Option<&str> {
    const JOINTS: &[&str] = &[
        "范围", "包括", "包含", "为", "是", "有", "如下", "以下", "之一", "列表", "分别", "类型",
        "含义", "are", "is", "includes", "include",
    ];
    let plural = rest
        .strip_prefix('s')
        .filter(|rest| !rest.starts_with(char::is_alphanumeric));
    let mut rest = plural.unwrap_or(rest);
    for _ in 0..6 {
        let trimmed = rest.trim_start();
        if let Some(behind) = trimmed.strip_prefix(['：', ':']) {
            let behind = behind.trim_start();
            let behind = JOINTS
                .iter()
                .find_map(|word| behind.strip_prefix(word))
                .unwrap_or(behind);
            return Some(behind.trim_start());
        }
        for (open, close) in [('（', '）'), ('(', ')')] {
            if let Some((_, behind)) = trimmed.strip_prefix(open).and_then(|r| r.split_once(close))
            {
                rest = behind;
            }
        }
        match JOINTS
            .iter()
            .find_map(|word| rest.trim_start().strip_prefix(word))
        {
            Some(behind) => rest = behind,
            None => break,
        }
        // `the value is x`: no colon has to come.
        if rest
            .trim_start()
            .starts_with(|c: char| c.is_ascii_alphanumeric() || "'\"“`*‘".contains(c))
        {
            return Some(rest.trim_start());
        }
    }
    None
}

/// Words parted by commas and the like, as far as all are values.
fn sequence(text: &str, integer: bool) -> Vec<Token> {
    let mut tokens = Vec::new();
    for part in parts(text, integer) {
        let part = part.trim();
        if part.is_empty() {
            continue;
        }
        match token(part) {
            Some(token) if is_value(&token.text, integer) && fits(&token) => tokens.push(token),
            // What follows the values is a sentence.
            _ => break,
        }
    }
    tokens
}

/// In a row of values the meaning is a few words.
fn fits(token: &Token) -> bool {
    match token.link {
        Link::End => true,
        Link::Sign => token.meaning.chars().count() <= 60,
        Link::Comma => false,
        Link::Space => token.marked || !token.meaning.trim().starts_with(|c: char| c.is_ascii()),
    }
}

/// The parts of a sentence between commas, and before its end. Behind a space a part begins if it is a
/// value with its meaning.
fn parts(text: &str, integer: bool) -> Vec<&str> {
    const SIGNS: &[char] = &['、', '，', ',', '；', ';', '|', '\n', '/'];
    let end = text.find('。').unwrap_or(text.len());
    let sentence = text.get(..end).unwrap_or_default();
    let begins = |at: usize| {
        let rest = sentence.get(at..).unwrap_or_default();
        let token = token(rest);
        token.is_some_and(|token| token.link == Link::Sign && is_value(&token.text, integer))
    };
    let mut parts = Vec::new();
    let mut depth = 0_usize;
    let mut from = 0;
    for (at, c) in sentence.char_indices() {
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => depth = depth.saturating_sub(1),
            c if depth == 0 && (SIGNS.contains(&c) || (c == ' ' && begins(at))) => {
                parts.extend(by_words(sentence.get(from..at).unwrap_or_default()));
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.extend(by_words(sentence.get(from..).unwrap_or_default()));
    parts
}

fn by_words(part: &str) -> Vec<&str> {
    for word in ["或者", "以及", " or ", " and ", "或", "和"] {
        if let Some((one, other)) = part.split_once(word) {
            let ascii = |text: &str| {
                text.trim()
                    .chars()
                    .all(|c| c.is_ascii() || "“”‘’".contains(c))
            };
            if ascii(one) && ascii(other) {
                return vec![one, other];
            }
        }
    }
    vec![part]
}

/// `a | b | c`
fn between_bars(text: &str, ask: &Ask<'_>) -> Option<Found> {
    let start = text.rfind(['：', ':'])?;
    let rest = text.get(start..)?.trim_start_matches(['：', ':']);
    let rest = rest.split('。').next().unwrap_or_default();
    let parts: Vec<&str> = rest.split('|').map(str::trim).collect();
    let tokens: Vec<Token> = parts.iter().filter_map(|part| token(part)).collect();
    let all = tokens.len() == parts.len()
        && tokens
            .iter()
            .all(|token| token.link == Link::End && is_value(&token.text, ask.integer));
    (all && tokens.len() > 1).then(|| found(tokens))
}

/// A value that never differs.
fn fixed(text: &str, ask: &Ask<'_>) -> Option<Found> {
    const WORDS: &[&str] = &[
        "固定值填写为",
        "固定值为",
        "固定值是",
        "固定值：",
        "固定值",
        "固定填写",
        "固定传入",
        "固定为",
        "固定传",
        "固定填",
        "统一为",
        "统一填写",
        "仅支持取值为",
        "仅支持",
        "只支持",
        "取值为",
        "must be ",
        "always ",
    ];
    for word in WORDS {
        for (at, _) in text.match_indices(word) {
            let rest = text.get(at + word.len()..).unwrap_or_default();
            let rest = rest.trim_start_matches(['：', ':', ' ']);
            if is_condition(text, at) {
                continue;
            }
            let clause = rest
                .split(['。', '，', '；', ',', '\n'])
                .next()
                .unwrap_or_default();
            let tokens = sequence(clause, ask.integer);
            let whole = tokens.iter().all(|token| token.link == Link::End);
            if !tokens.is_empty() && whole {
                return Some(found(tokens));
            }
        }
    }
    None
}

/// Whether the words at a place say when something holds, rather than what it is.
fn is_condition(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let clause = before
        .rsplit(['。', '，', '；', '\n', '：'])
        .next()
        .unwrap_or_default();
    let after = text.get(at..).unwrap_or_default();
    let behind = after
        .split(['。', '，', '；', '\n'])
        .next()
        .unwrap_or_default();
    let begins = ["当", "如果", "若", "只有", "when ", "if "]
        .iter()
        .any(|word| clause.contains(word));
    begins || behind.ends_with('时') || behind.ends_with("时候")
}

/// `1: open, 2: closed`: two at least, each with its meaning.
fn pairs(text: &str, ask: &Ask<'_>) -> Option<Found> {
    let mut tokens: Vec<Token> = Vec::new();
    for part in text
        .split('。')
        .flat_map(|sentence| pair_parts(sentence, ask.integer))
    {
        match token(part.trim()) {
            Some(token)
                if token.link == Link::Sign
                    && is_value(&token.text, ask.integer)
                    && begins_words(&token.meaning) =>
            {
                tokens.push(token);
            }
            _ => {}
        }
    }
    if tokens.len() < 2 {
        return None;
    }
    if tokens.iter().all(|token| is_truth(&token.text)) {
        return Some(found(tokens));
    }
    let words = || tokens.iter().map(|token| token.text.as_str());
    let doubtful = !ask.integer
        && (words().all(|word| (ask.is_field)(word))
            || words().all(|word| matches!(word, "key" | "value"))
            || ask.examples.is_empty()
            || !examples_agree(&tokens, ask.examples));
    Some(if doubtful {
        not_taken(&tokens)
    } else {
        found(tokens)
    })
}

/// Where a value with its meaning may begin: behind a sign, or for numbers behind a space.
fn pair_parts(sentence: &str, integer: bool) -> Vec<&str> {
    let signs: &[char] = if integer {
        &['、', '，', ',', '；', ';', ' ', '（', '(', '\n', '：']
    } else {
        &['、', '，', ',', '；', ';', '\n']
    };
    let mut parts: Vec<&str> = Vec::new();
    let mut from = 0;
    for (at, c) in sentence.char_indices() {
        if signs.contains(&c) {
            let rest = sentence.get(at + c.len_utf8()..).unwrap_or_default();
            let value = rest
                .trim_start()
                .starts_with(|c: char| c.is_ascii_alphanumeric() || "*`\"'“-".contains(c));
            if value {
                parts.push(sentence.get(from..at).unwrap_or_default());
                from = at + c.len_utf8();
            }
        }
    }
    parts.push(sentence.get(from..).unwrap_or_default());
    parts
}

/// Whether a meaning is in words, not another number or name.
fn begins_words(meaning: &str) -> bool {
    meaning
        .trim_start()
        .starts_with(|c: char| !c.is_ascii() && c.is_alphabetic())
}

/// `Type: a`, where the example is the same.
fn kind(text: &str, ask: &Ask<'_>) -> Option<Found> {
    const KINDS: &[&str] = &["类型", "方式", "模式", "状态", "type", "mode"];
    let (label, rest) = text.split_once(['：', ':'])?;
    if !KINDS
        .iter()
        .any(|kind| label.trim_end().to_lowercase().ends_with(kind))
    {
        return None;
    }
    let token = token(rest.trim())?;
    let alone = token.link == Link::End && token.meaning.trim_matches(['。', ' ']).is_empty();
    let same = ask.examples.contains(&token.text);
    (alone && same && is_value(&token.text, ask.integer)).then(|| found(vec![token]))
}
