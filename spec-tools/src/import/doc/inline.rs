//! The text of a piece of a page without its markup.

use std::borrow::Cow;

/// The text without emphasis, code marks, links, escapes and HTML.
pub(super) fn plain(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    let mut code = false;
    while let Some(c) = rest.chars().next() {
        let behind = &rest[c.len_utf8()..];
        // What the markup here stands for, and what follows it.
        let markup: Option<(Cow<'_, str>, &str)> = match c {
            '`' => {
                code = !code;
                Some(("".into(), behind))
            }
            _ if code => None,
            '\\' if behind.starts_with(|c: char| c.is_ascii_punctuation()) => {
                let (escaped, behind) = behind.split_at(1);
                Some((escaped.into(), behind))
            }
            '*' => behind.strip_prefix('*').map(|behind| ("".into(), behind)),
            '!' => link(behind).map(|(_, behind)| ("".into(), behind)),
            '[' => link(rest).map(|(text, behind)| (plain(text).into(), behind)),
            '<' => tag(rest).map(|(text, behind)| (text.into(), behind)),
            '&' => entity(rest).map(|(text, behind)| (text.into(), behind)),
            '\u{a0}' | '\u{3000}' => Some((" ".into(), behind)),
            // Invisible characters without a meaning.
            '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => Some(("".into(), behind)),
            _ => None,
        };
        if let Some((text, behind)) = markup {
            out.push_str(&text);
            rest = behind;
        } else {
            out.push(c);
            rest = behind;
        }
    }
    out.trim().to_owned()
}

/// The text of `[text](address)`, and what is behind.
fn link(text: &str) -> Option<(&str, &str)> {
    let (inside, behind) = text.strip_prefix('[')?.split_once(']')?;
    let address = behind.strip_prefix('(')?;
    let mut depth = 1;
    for (at, c) in address.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((inside, &address[at + 1..]));
        }
    }
    None
}

/// `<br>` is a new line; other layout tags are dropped.
fn tag(text: &str) -> Option<(&'static str, &str)> {
    const LAYOUT: &str = "a|b|code|div|em|font|i|li|ol|p|pre|span|strong|sub|sup|u|ul";
    let (end, _) = text.char_indices().take(200).find(|(_, c)| *c == '>')?;
    let name = text[1..end].trim_matches('/').trim();
    let name = name.split([' ', '\t']).next().unwrap_or_default();
    let behind = &text[end + 1..];
    match name.to_ascii_lowercase().as_str() {
        "br" => Some(("\n", behind)),
        name => among(LAYOUT, name).then_some(("", behind)),
    }
}

fn entity(text: &str) -> Option<(&'static str, &str)> {
    const KNOWN: [(&str, &str); 9] = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#124;", "|"),
        ("&nbsp;", " "),
        ("&emsp;", " "),
        ("&ensp;", " "),
    ];
    let mut known = KNOWN.iter();
    known.find_map(|(name, sign)| Some((*sign, text.strip_prefix(name)?)))
}

/// A heading or a table's label in the form in which it is compared: small letters, no marks, no
/// number before it, no spaces between words of which one is Chinese.
pub(super) fn label(raw: &str) -> String {
    let text = plain(raw.trim().trim_start_matches('#'));
    let text = text.trim_end_matches([':', '：', '。', '.']).trim();
    let text = without_number(text);
    let mut out = String::with_capacity(text.len());
    for word in text.to_lowercase().split_whitespace() {
        let ascii = word.starts_with(|c: char| c.is_ascii());
        if ascii && out.ends_with(|c: char| c.is_ascii()) {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// With its first letter in upper case.
pub(super) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}

/// What a word stands for, of several things with words each.
pub(super) fn named<T: Clone>(all: &[(T, &str)], word: &str) -> Option<T> {
    let found = all.iter().find(|(_, words)| among(words, word));
    found.map(|(one, _)| one.clone())
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
