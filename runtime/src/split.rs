//! Splits texts that are too long for one message.

/// Splits a text into parts of at most `max_bytes` bytes of UTF-8. Joined again, the parts are the text.
///
/// A part ends after a line if it can, otherwise after white space, otherwise between characters. What readers see as
/// one character stays whole: an emoji with its modifiers, a flag, a letter with its accents. Only one that is longer
/// than a part is taken apart, and a code point that is longer makes a part of its own.
///
/// ```
/// # use dingtalk_runtime::split_text;
/// assert_eq!(split_text("one line\nanother one", 12), ["one line\n", "another one"]);
/// assert_eq!(split_text("你好👨‍👩‍👧", 20), ["你好", "👨‍👩‍👧"]);
/// ```
pub fn split_text(text: &str, max_bytes: usize) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (part, after) = rest.split_at(cut(rest, max_bytes));
        parts.push(part);
        rest = after;
    }
    parts
}

/// Splits a text in Markdown like [`split_text`], and keeps blocks of code whole: a fence that is open at the end of a
/// part is closed there, and opened again at the beginning of the next.
///
/// ```
/// # use dingtalk_runtime::split_markdown;
/// let parts = split_markdown("```rust\nlet a = 1;\nlet b = 2;\n```\n", 30);
/// assert_eq!(parts, ["```rust\nlet a = 1;\n```", "```rust\nlet b = 2;\n```\n"]);
/// ```
pub fn split_markdown(text: &str, max_bytes: usize) -> Vec<String> {
    let mut parts = Vec::new();
    let mut rest = text;
    let mut fence: Option<&str> = None;
    while !rest.is_empty() {
        let opening = fence.map(|fence| format!("{fence}\n")).unwrap_or_default();
        if opening.len() + rest.len() <= max_bytes {
            parts.push(opening + rest);
            break;
        }
        let room = max_bytes.saturating_sub(opening.len() + "\n```".len());
        // Where the fences take up the part, the limit counts more.
        let (opening, room) = if room < MIN_ROOM {
            (String::new(), max_bytes)
        } else {
            (opening, room)
        };
        let (part, after) = rest.split_at(cut(rest, room));
        let open = fence_after(part, fence);
        let mut made = opening + part;
        if open.is_some() && made.len() + "\n```".len() <= max_bytes {
            if !made.ends_with('\n') {
                made.push('\n');
            }
            made.push_str("```");
        }
        parts.push(made);
        fence = open;
        rest = after;
    }
    parts
}

/// The least number of bytes of a part beside its fences.
const MIN_ROOM: usize = 8;

/// The line that opens the block of code in which a text ends, if it ends in one.
fn fence_after<'a>(text: &'a str, before: Option<&'a str>) -> Option<&'a str> {
    let lines = text.lines().filter(|line| line.starts_with("```"));
    lines.fold(before, |open, line| match open {
        None => Some(line),
        Some(_) => None,
    })
}

/// Where a part of at most so many bytes ends.
fn cut(text: &str, max_bytes: usize) -> usize {
    if text.len() <= max_bytes {
        return text.len();
    }
    let [mut line, mut space, mut whole, mut any] = [0; 4];
    for (start, c) in text.char_indices() {
        let end = start + c.len_utf8();
        if end > max_bytes && any > 0 {
            break;
        }
        any = end;
        if !is_between(text, end) {
            continue;
        }
        whole = end;
        if c == '\n' {
            line = end;
        }
        if c.is_whitespace() {
            space = end;
        }
    }
    let found = [line, space, whole].into_iter().find(|end| *end > 0);
    found.unwrap_or(any)
}

/// Whether a place in a text is between what readers see as two characters.
fn is_between(text: &str, at: usize) -> bool {
    let (Some(before), Some(after)) = (text.get(..at), text.get(at..)) else {
        return false;
    };
    let (Some(last), Some(next)) = (before.chars().next_back(), after.chars().next()) else {
        return true;
    };
    let flag = |c: char| matches!(c, '\u{1F1E6}'..='\u{1F1FF}');
    let letters = before.chars().rev().take_while(|c| flag(*c)).count();
    let in_flag = flag(next) && letters % 2 == 1;
    !(joins(next) || last == ZERO_WIDTH_JOINER || in_flag || (last, next) == ('\r', '\n'))
}

const ZERO_WIDTH_JOINER: char = '\u{200D}';

/// Whether a code point belongs to the one before it.
fn joins(c: char) -> bool {
    matches!(
        c,
        ZERO_WIDTH_JOINER
            // Accents and other marks.
            | '\u{0300}'..='\u{036F}'
            | '\u{1AB0}'..='\u{1AFF}'
            | '\u{1DC0}'..='\u{1DFF}'
            | '\u{20D0}'..='\u{20FF}'
            | '\u{FE20}'..='\u{FE2F}'
            | '\u{3099}'..='\u{309A}'
            // Variations, skin tones, and the tags of flags.
            | '\u{FE00}'..='\u{FE0F}'
            | '\u{E0100}'..='\u{E01EF}'
            | '\u{1F3FB}'..='\u{1F3FF}'
            | '\u{E0020}'..='\u{E007F}'
    )
}
