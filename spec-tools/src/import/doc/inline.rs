//! The text of a piece of a page without its markup.

/// The text without emphasis, code marks, links, escapes and HTML.
pub(super) fn plain(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let chars: Vec<char> = raw.chars().collect();
    let mut at = 0;
    let mut code = false;
    while let Some(&c) = chars.get(at) {
        let rest = chars.get(at..).unwrap_or_default();
        let next = rest.get(1).copied();
        match c {
            '`' => code = !code,
            _ if code => out.push(c),
            '\\' if next.is_some_and(|c| c.is_ascii_punctuation()) => {
                out.extend(next);
                at += 1;
            }
            '*' if next == Some('*') => at += 1,
            '!' if next == Some('[') => {
                if let Some((_, length)) = link(rest.get(1..).unwrap_or_default()) {
                    at += length;
                } else {
                    out.push(c);
                }
            }
            '[' => match link(rest) {
                Some((text, length)) => {
                    out.push_str(&plain(&text));
                    at += length - 1;
                }
                None => out.push(c),
            },
            '<' => match tag(rest) {
                Some((text, length)) => {
                    out.push_str(text);
                    at += length - 1;
                }
                None => out.push(c),
            },
            '&' => match entity(rest) {
                Some((c, length)) => {
                    out.push(c);
                    at += length - 1;
                }
                None => out.push(c),
            },
            '\u{a0}' | '\u{3000}' => out.push(' '),
            c if is_nothing(c) => {}
            c => out.push(c),
        }
        at += 1;
    }
    out.trim().to_owned()
}

/// Invisible characters without a meaning.
fn is_nothing(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// `[text](address)`: the text, and how many characters the whole has.
fn link(chars: &[char]) -> Option<(String, usize)> {
    let close = chars.iter().position(|c| *c == ']')?;
    if chars.get(close + 1) != Some(&'(') {
        return None;
    }
    let mut depth = 0_usize;
    for (at, c) in chars.iter().enumerate().skip(close + 1) {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            let text = chars.get(1..close).unwrap_or_default();
            return Some((text.iter().collect(), at + 1));
        }
    }
    None
}

/// `<br>` is a new line; other layout tags are dropped.
fn tag(chars: &[char]) -> Option<(&'static str, usize)> {
    const LAYOUT: &[&str] = &[
        "a", "b", "code", "div", "em", "font", "i", "li", "ol", "p", "pre", "span", "strong",
        "sub", "sup", "u", "ul",
    ];
    let close = chars.iter().take(200).position(|c| *c == '>')?;
    let inside: String = chars.get(1..close).unwrap_or_default().iter().collect();
    let name = inside.trim_matches('/').trim();
    let name = name.split([' ', '\t']).next().unwrap_or_default();
    let name = name.to_ascii_lowercase();
    if name == "br" {
        Some(("\n", close + 1))
    } else if LAYOUT.contains(&name.as_str()) {
        Some(("", close + 1))
    } else {
        None
    }
}

fn entity(chars: &[char]) -> Option<(char, usize)> {
    const KNOWN: &[(&str, char)] = &[
        ("&lt;", '<'),
        ("&gt;", '>'),
        ("&amp;", '&'),
        ("&quot;", '"'),
        ("&#39;", '\''),
        ("&#124;", '|'),
        ("&nbsp;", ' '),
        ("&emsp;", ' '),
        ("&ensp;", ' '),
    ];
    KNOWN.iter().find_map(|(name, c)| {
        let length = name.chars().count();
        let found: String = chars.iter().take(length).collect();
        (found == *name).then_some((*c, length))
    })
}

/// A heading or a table's label in the form in which it is compared: small letters, no marks, no
/// number before it, no spaces between words of which one is Chinese.
pub(super) fn label(raw: &str) -> String {
    let text = plain(raw.trim().trim_start_matches('#'));
    let text = text.trim_end_matches([':', '：', '。', '.']).trim();
    let text = without_number(text);
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_whitespace() {
            gap = true;
            continue;
        }
        let ascii = |c: Option<char>| c.is_some_and(|c| c.is_ascii());
        if gap && ascii(out.chars().last()) && c.is_ascii() {
            out.push(' ');
        }
        gap = false;
        out.push(c);
    }
    out
}

/// With its first letter in upper case.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}

/// Whether a word is one of those between bars.
pub(super) fn among(words: &str, word: &str) -> bool {
    words.split('|').any(|one| one == word)
}

/// What a word in a table says of whether something is required or supported.
pub(super) fn yes_or_no(word: &str) -> Option<bool> {
    const YES: &str = "是|必填|必须|必选|支持|yes|y|true|required|mandatory|supported";
    const NO: &str = "否|可选|选填|非必填|暂不支持|不支持|no|n|false|optional|not supported|-|—";
    let word = label(word);
    (among(YES, &word) || among(NO, &word)).then(|| among(YES, &word))
}

/// Without `1.`, `2、`, `（三）` and the like in front.
fn without_number(text: &str) -> &str {
    const MARKS: &[char] = &['、', '.', ' ', '．', '）', ')'];
    let rest = text
        .trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十（(".contains(c));
    let marked = rest.len() < text.len() && rest.starts_with(MARKS);
    if marked {
        rest.trim_start_matches(MARKS)
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::{label, plain};

    #[test]
    fn marks_of_layout_are_taken_off() {
        assert_eq!(plain(r"client\_id"), "client_id");
        assert_eq!(plain("**a** and `b_c`"), "a and b_c");
        assert_eq!(plain(r"\*\*\*\*"), "****");
        assert_eq!(plain("see [the **page**](x_(y).md)."), "see the page.");
        assert_eq!(plain("![image](x.png)left"), "left");
        assert_eq!(plain("Map&lt;String, Any&gt;"), "Map<String, Any>");
        assert_eq!(plain("Map<String, Any>"), "Map<String, Any>");
        assert_eq!(plain("a<br/>b<span>c</span>"), "a\nbc");
        assert_eq!(plain("[ unclosed"), "[ unclosed");
    }

    #[test]
    fn labels_are_compared_without_form() {
        assert_eq!(label("### **请求体**"), "请求体");
        assert_eq!(label("## Header 参数："), "header参数");
        assert_eq!(label("2. Request Body"), "request body");
        assert_eq!(label("（一）响应"), "响应");
    }
}
