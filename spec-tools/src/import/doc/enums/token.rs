//! A single value at the beginning of a text, and what may follow it.

/// A value, what follows it, and how sure it is that it is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) text: String,
    pub(super) meaning: String,
    /// The value has marks or quotes of its own.
    pub(super) marked: bool,
    pub(super) link: Link,
}

impl Token {
    fn new(text: &str, meaning: &str, marked: bool, link: Link) -> Self {
        Self {
            text: text.to_owned(),
            meaning: meaning.to_owned(),
            marked,
            link,
        }
    }
}

/// What is between a value and its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// Nothing follows.
    End,
    /// A colon, an equals sign or a dash.
    Sign,
    /// A comma.
    Comma,
    /// No more than space, or a word like "means".
    Space,
    /// Nothing: the meaning is in another script.
    Joined,
}

/// Marks around a value.
const MARKS: &str = "**` `** `** **` ** ** ` ` \" \" ' ' “ ” ‘ ’ 「 」 【 】";

/// Reads the value that a text begins with.
pub(super) fn read(text: &str) -> Option<Token> {
    let text = text.trim_start();
    let mut marks = MARKS.split(' ');
    while let (Some(open), Some(close)) = (marks.next(), marks.next()) {
        let Some(rest) = text.strip_prefix(open) else {
            continue;
        };
        let (inside, after) = rest.split_once(close)?;
        let inside = unescape(inside);
        // The meaning may be inside the marks too, if none follows them.
        let outside = matches!(link(after), Some((Link::Sign, _)));
        if let Some(token) = bare(inside.trim()).filter(|t| t.link == Link::Sign && !outside) {
            let meaning = format!("{} {after}", token.meaning);
            return Some(Token::new(&token.text, &meaning, true, token.link));
        }
        let word = inside.trim().trim_end_matches([':', '：']);
        let word = word.split(['（', '(']).next().unwrap_or_default().trim();
        if word.is_empty() || word.chars().count() > 64 {
            return None;
        }
        let closed = inside.trim().ends_with([':', '：']);
        let (link, meaning) = if closed {
            (Link::Sign, after)
        } else {
            link(after)?
        };
        return Some(Token::new(word, meaning, true, link));
    }
    bare(&unescape(text))
}

/// A value without marks: letters that wire values have, up to a sign.
fn bare(text: &str) -> Option<Token> {
    let end = text.find(|c: char| !is_wire(c)).unwrap_or(text.len());
    let mut word = text.get(..end)?;
    // A dash before the meaning is none of the value's.
    word = word.trim_end_matches(['-', '.', '+', '/']);
    if word.is_empty() || word.len() > 64 {
        return None;
    }
    let (link, meaning) = link(&text[word.len()..])?;
    Some(Token::new(word, meaning, false, link))
}

fn is_wire(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '+' | '/' | '#' | '@')
}

/// What links a value to the text behind it; none if the text goes on as a sentence does.
fn link(after: &str) -> Option<(Link, &str)> {
    const MEANS: [&str; 4] = ["表示", "代表", "means", "stands for"];
    const WORDS: [&str; 5] = ["为", "是", "即", "指", "for"];
    let rest = after.trim_start();
    let spaced = rest.len() < after.len();
    if rest.is_empty() || rest.starts_with(['。', '；', ';', '、', '\n', '|', '）', ')']) {
        return Some((Link::End, rest));
    }
    // A word in brackets may come first: "(default)".
    if let Some((inside, behind)) = bracketed(rest) {
        return match link(behind) {
            Some((Link::End, _)) | None => Some((Link::Sign, inside)),
            some => some,
        };
    }
    if let Some(rest) = rest.strip_prefix(['：', ':', '=', '-', '—', '–', '－', '→']) {
        return Some((Link::Sign, rest.trim_start_matches(['-', '—', '>', '='])));
    }
    if let Some(rest) = rest.strip_prefix(['，', ',']) {
        return Some((Link::Comma, rest));
    }
    if let Some(meaning) = MEANS.iter().find_map(|word| rest.strip_prefix(word)) {
        return Some((Link::Sign, meaning));
    }
    if WORDS.iter().any(|word| rest.starts_with(word)) || spaced {
        return Some((Link::Space, rest));
    }
    let joined = rest.starts_with(|c: char| !c.is_ascii() && c.is_alphabetic());
    joined.then_some((Link::Joined, rest))
}

/// The text in the brackets that a text begins with, and the text behind them.
pub(super) fn bracketed(text: &str) -> Option<(&str, &str)> {
    let pairs = [('（', '）'), ('(', ')')];
    pairs
        .iter()
        .find_map(|(open, close)| text.strip_prefix(*open)?.split_once(*close))
}

/// Without the backslashes before signs.
fn unescape(text: &str) -> String {
    let mut chars = text.chars().peekable();
    let kept = std::iter::from_fn(|| match chars.next()? {
        '\\' if chars.peek().is_some_and(char::is_ascii_punctuation) => chars.next(),
        c => Some(c),
    });
    kept.collect()
}

/// Whether a word can be a value at all, of whole numbers or of texts.
pub(super) fn is_value(word: &str, integer: bool) -> bool {
    if integer {
        return word.parse::<i64>().is_ok();
    }
    let letters = word.chars().all(|c| is_wire(c) || c == ':');
    let plain = !is_date(word) && !is_range(word) && !word.eq_ignore_ascii_case("null");
    letters && plain && word.chars().any(|c| c.is_ascii_alphanumeric())
}

/// `true` and `false`, in letters of any size.
pub(super) fn is_truth(word: &str) -> bool {
    matches!(word.to_ascii_lowercase().as_str(), "true" | "false")
}

/// A date, or the form of one.
fn is_date(word: &str) -> bool {
    let low = word.to_ascii_lowercase();
    if low.contains("yyyy") || low.contains("hh:mm") || low.contains("mm-dd") {
        return true;
    }
    let parts: Vec<&str> = word.split(['-', '/', '.']).collect();
    // `2021-08-17T10` too.
    let number = |part: &&str| is_number(part.split(['T', 't']).next().unwrap_or_default());
    let year = parts[0].len() == 4 && is_number(parts[0]);
    year && (2..=3).contains(&parts.len()) && parts.iter().all(number)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// `1-100`
fn is_range(word: &str) -> bool {
    let number = |part: &str| is_number(&part.replace('.', "0"));
    word.split_once('-')
        .is_some_and(|(from, to)| number(from) && number(to))
}
