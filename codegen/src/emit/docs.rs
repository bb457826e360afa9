//! Texts of the spec as Rust documentation.

use proc_macro2::TokenStream;
use quote::quote;

use crate::spec::{Field, Operation};

/// A doc comment: paragraphs with an empty line between.
pub(super) fn comment<S: AsRef<str>>(paragraphs: impl IntoIterator<Item = S>) -> TokenStream {
    let text = paragraphs
        .into_iter()
        .map(|paragraph| paragraph.as_ref().trim().to_owned())
        .filter(|paragraph| !paragraph.is_empty())
        .collect::<Vec<_>>()
        .join("\n\n");
    let lines = text.lines().map(|line| {
        // rustfmt's and rustdoc's form: a space before each text, none on empty lines.
        let line = if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        };
        quote!(#[doc = #line])
    });
    quote!(#(#lines)*)
}

/// A text of the spec as paragraphs: what Markdown or rustdoc would take for a link, a tag or a
/// heading is escaped, addresses become links, and text in backticks is left alone.
pub fn text(text: &str) -> String {
    let paragraphs = text
        .split("\n\n")
        .map(paragraph)
        .filter(|text| !text.is_empty());
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

/// What a field is, with its limits.
pub(super) fn field(field: &Field) -> String {
    let doc = field.doc.as_deref().map(sentence).unwrap_or_default();
    format!("{doc} {}", field.limits_in_words())
        .trim()
        .to_owned()
}

/// A title as a paragraph; empty if there is none.
pub(super) fn title(title: Option<&str>) -> String {
    title.map(text).unwrap_or_default()
}

/// A title by which the search of the documentation finds an item; nothing if there is none.
pub(super) fn alias(title: Option<&str>) -> TokenStream {
    // rustdoc takes neither quotes nor any other white space than single spaces.
    let words = title.unwrap_or_default().split_whitespace();
    let alias = words.collect::<Vec<_>>().join(" ").replace(['"', '\''], "");
    if alias.is_empty() {
        return TokenStream::new();
    }
    quote!(#[doc(alias = #alias)])
}

/// Texts of the wire as code, in a row.
pub(super) fn codes(texts: &[String]) -> String {
    let texts: Vec<_> = texts.iter().map(|text| code(text)).collect();
    texts.join(", ")
}

/// A text of the wire as code.
pub fn code(text: &str) -> String {
    match text {
        "" => "`\"\"`".to_owned(),
        text if text.contains('`') => format!("`` {text} ``"),
        text => format!("`{text}`"),
    }
}

/// A text of the spec that ends as a sentence does.
pub fn sentence(words: &str) -> String {
    let text = text(words);
    match text.chars().last() {
        None | Some('.' | '!' | '?' | ':' | '。') => text,
        Some(_) => format!("{text}."),
    }
}

fn paragraph(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let parts: Vec<_> = text.split('`').collect();
    // An odd number of backticks opens code that never ends: none of them is meant as code.
    if parts.len() % 2 == 0 {
        return plain(&text).replace('`', "'");
    }
    let part = |(at, part): (usize, &&str)| match at % 2 {
        0 => plain(part),
        _ => format!("`{part}`"),
    };
    parts.iter().enumerate().map(part).collect()
}

/// Text without code in it.
fn plain(text: &str) -> String {
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

fn word(word: &str) -> String {
    if word.starts_with("http://") || word.starts_with("https://") {
        let end = word.trim_end_matches(['.', ',', ';', ')', ':']).len();
        let (address, rest) = word.split_at(end);
        return format!("<{address}>{rest}");
    }
    let mut out = String::with_capacity(word.len());
    for (at, c) in word.char_indices() {
        let marks = matches!(
            c,
            '[' | ']' | '<' | '>' | '*' | '_' | '\\' | '|' | '~' | '$'
        );
        if marks || (at == 0 && word.len() > 1 && matches!(c, '#' | '+' | '-' | '=')) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// What only a few operations require of a request, as items of a list.
pub(super) fn sending(spec: &Operation) -> impl Iterator<Item = String> {
    let webhook = spec.webhook.as_ref();
    let webhook = webhook.map(|_| "- Webhook: set with `.webhook(..)`".to_owned());
    let whose = if spec.webhook.is_some() {
        "the webhook's secret, if it has one"
    } else {
        "the application's secret"
    };
    let signature = spec.signature.as_deref();
    let signature = signature.map(|name| format!("- Signature: {}, with {whose}", code(name)));
    let limit = spec.max_bytes;
    let limit = limit.map(|bytes| format!("- Body: at most {bytes} bytes"));
    [webhook, signature, limit].into_iter().flatten()
}
