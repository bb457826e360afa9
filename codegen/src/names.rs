//! How a name on the wire becomes a name in Rust.
//!
//! Any wire name gives a valid Rust name: words are split as heck does, characters that Rust does
//! not allow become their code points, keywords become raw identifiers, and names that the
//! generated code or the prelude needs are avoided. Two wire names may end up equal; `check`
//! reports that and asks for a `rust_name`.

mod element;

use std::fmt::Write as _;

use heck::{ToSnakeCase, ToUpperCamelCase};

pub use element::noun;

/// The keywords of edition 2024, in which the generated crate is compiled, those in reserve among them.
/// The list is our own because a parser of Rust need not know the newest.
const KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Keywords that cannot be raw identifiers.
const NEVER_RAW: &[&str] = &["Self", "crate", "self", "super"];

/// Signs of which an enum's value may consist, longer ones first, and the words for them.
const SIGNS: &[(&str, &str)] = &[
    (">=", "GreaterOrEqual"),
    ("<=", "LessOrEqual"),
    ("!=", "NotEqual"),
    ("<>", "NotEqual"),
    ("==", "Equal"),
    ("≥", "GreaterOrEqual"),
    ("≤", "LessOrEqual"),
    ("≠", "NotEqual"),
    ("=", "Equal"),
    (">", "Greater"),
    ("<", "Less"),
    ("+", "Plus"),
    ("-", "Minus"),
    ("*", "Star"),
    ("/", "Slash"),
    ("%", "Percent"),
    ("&", "And"),
    ("|", "Or"),
    ("!", "Not"),
    ("#", "Hash"),
    ("@", "At"),
    ("$", "Dollar"),
    ("_", "Underscore"),
    (".", "Dot"),
    (" ", "Space"),
];

/// Types of the prelude that generated code uses by their short names.
const RESERVED_TYPES: &[&str] = &[
    "Box", "Default", "Err", "None", "Ok", "Option", "Result", "Self", "Some", "String", "Vec",
];

/// Associated functions of a model that a setter of the same name would hide.
const RESERVED_FIELDS: &[&str] = &["clone", "clone_from", "default", "eq", "fmt", "ne", "new"];

/// Methods of a service handle that an operation of the same name would hide.
const RESERVED_METHODS: &[&str] = &["clone", "clone_from", "new"];

/// The name of a field and its setter: `unionId` gives `union_id`, `type` gives `r#type`.
pub fn field(wire: &str) -> String {
    keep_off(&snake(wire, "field"), RESERVED_FIELDS)
}

/// The name of an operation's method and module: `StartCloudRecord` gives `start_cloud_record`.
pub fn method(action: &str) -> String {
    keep_off(&snake(action, "call"), RESERVED_METHODS)
}

/// The name of a type made for a field or declared under `types`.
pub fn type_name(wire: &str) -> String {
    let name = camel(wire, "Type");
    if RESERVED_TYPES.contains(&name.as_str()) {
        format!("{name}Type")
    } else {
        name
    }
}

/// The name of a type described where it is used: that of its field; for the element of a list or the value of a map
/// the field's in the singular.
pub fn inline_type(wire: &str, element: bool) -> String {
    if element {
        element::type_name(wire)
    } else {
        type_name(wire)
    }
}

/// The static that holds a grant's operation: `user_refresh` gives `USER_REFRESH`.
pub fn grant_operation(key: &str) -> String {
    key.to_uppercase()
}

/// The prefix that all types of an operation's own share: `StartCloudRecord`.
pub fn operation_type(action: &str) -> String {
    camel(action, "Call")
}

/// The name of an enum's variant. Whole numbers give `Value1`; `Unknown` is taken.
pub fn variant(wire: &str) -> String {
    match camel(wire, "Value").as_str() {
        reserved @ ("Unknown" | "Self") => format!("{reserved}Value"),
        name => name.to_owned(),
    }
}

/// The name of a one-of's kind, both as a type and as a variant. `Unknown` is taken.
pub fn kind(tag: &str) -> String {
    match type_name(tag).as_str() {
        "Unknown" => "UnknownType".to_owned(),
        name => name.to_owned(),
    }
}

/// Whether [`variant`] makes a name of a value that a person would recognize. Of signs alone nobody would.
pub fn is_readable(wire: &str) -> bool {
    let rest = wire.strip_prefix(['+', '-']);
    let number = rest.filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let rest = number.unwrap_or(wire);
    rest.contains(stays) && rest.chars().all(|c| stays(c) || parts_words(c))
}

/// A variant's name that spells out the signs of a value: `>=` gives `GreaterOrEqual`. `None` if a sign has no word.
pub fn in_words(wire: &str) -> Option<String> {
    let mut name = String::new();
    let mut rest = wire;
    while let Some(c) = rest.chars().next() {
        let kept = stays(c).then(|| rest.split_at(c.len_utf8()));
        let sign = SIGNS
            .iter()
            .find_map(|(sign, word)| Some((*word, rest.strip_prefix(sign)?)));
        let (word, behind) = kept.or(sign)?;
        name.push_str(word);
        rest = behind;
    }
    Some(variant(if name.is_empty() { "empty" } else { &name }))
}

/// The name of an error enum's variant. `Other` is taken for codes that no row names.
pub fn error_variant(code: &str) -> String {
    match camel(code, "Code").as_str() {
        reserved @ ("Other" | "Self") => format!("{reserved}Code"),
        name => name.to_owned(),
    }
}

/// The name of a service's handle: `conference_1_0` gives `Conference1_0`.
///
/// The underscore between the digits stays: versions 1.0 and 10 must not be one name.
pub fn service_type(service: &str) -> String {
    let mut name = String::new();
    for part in service.split('_') {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        if digit(name.chars().last()) && digit(part.chars().next()) {
            name.push('_');
        }
        name.push_str(&part.to_upper_camel_case());
    }
    name
}

/// A name as part of a file name: without the prefix of a raw identifier.
pub fn file_stem(ident: &str) -> &str {
    ident.strip_prefix("r#").unwrap_or(ident)
}

fn snake(wire: &str, prefix: &str) -> String {
    let name = spell_out(wire).to_snake_case();
    match name.chars().next() {
        None => format!("{prefix}_empty"),
        Some(first) if first.is_ascii_digit() => format!("{prefix}_{name}"),
        // A combining mark, say, may be inside a name but not begin it.
        Some(_) if !is_ident(&name) => format!("{prefix}_{name}"),
        Some(_) => name,
    }
}

fn camel(wire: &str, prefix: &str) -> String {
    let name = spell_out(wire).to_upper_camel_case();
    match name.chars().next() {
        None => format!("{prefix}Empty"),
        Some(first) if first.is_ascii_digit() => format!("{prefix}{name}"),
        Some(_) if !is_ident(&name) => format!("{prefix}{name}"),
        Some(_) => name,
    }
}

/// Separators become `_`, the sign of a number a word, and what Rust has no use for in a name
/// its code point, so that different wire names stay different.
fn spell_out(wire: &str) -> String {
    let mut out = String::with_capacity(wire.len());
    for (at, c) in wire.char_indices() {
        match c {
            '-' | '+' if at == 0 && wire[1..].starts_with(|c: char| c.is_ascii_digit()) => {
                out.push_str(if c == '-' { "minus_" } else { "plus_" });
            }
            c if parts_words(c) => out.push('_'),
            c if stays(c) => out.push(c),
            c => {
                let _ = write!(out, "_u{:x}_", u32::from(c));
            }
        }
    }
    out
}

/// Whether a name keeps a character as it is.
fn stays(c: char) -> bool {
    c.is_ascii_alphanumeric() || (!c.is_ascii() && is_ident(&format!("a{c}")))
}

fn parts_words(c: char) -> bool {
    matches!(c, '_' | '-' | '.' | ' ' | '/' | ':')
}

fn is_ident(name: &str) -> bool {
    // The parser knows best, but is slow, and nearly all names are plain.
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.bytes().all(plain) {
        return true;
    }
    syn::parse_str::<syn::Ident>(name).is_ok()
}

/// A name that is neither a keyword nor reserved.
fn keep_off(name: &str, reserved: &[&str]) -> String {
    if reserved.contains(&name) || NEVER_RAW.contains(&name) {
        format!("{name}_")
    } else if KEYWORDS.contains(&name) {
        format!("r#{name}")
    } else {
        name.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_wire_name_gives_a_rust_name() {
        let cases = [
            ("unionId", "union_id"),
            ("client_id", "client_id"),
            ("x-client-token", "x_client_token"),
            ("a.b", "a_b"),
            ("type", "r#type"),
            ("self", "self_"),
            ("new", "new_"),
            ("default", "default_"),
            ("2fa", "field_2fa"),
            ("", "field_empty"),
            ("名称", "名称"),
            ("a+b", "a_u2b_b"),
            ("gen", "r#gen"),
            ("crate", "crate_"),
            ("Super", "super_"),
        ];
        for (wire, rust) in cases {
            assert_eq!(field(wire), rust, "{wire}");
            let ident = syn::parse_str::<syn::Ident>(rust);
            assert!(ident.is_ok(), "{rust}");
        }
    }

    #[test]
    fn variants_and_types_keep_off_taken_names() {
        assert_eq!(variant("full_screen"), "FullScreen");
        assert_eq!(variant("Unknown"), "UnknownValue");
        assert_eq!(variant("1"), "Value1");
        assert_eq!(variant("-1"), "Minus1");
        assert_eq!(variant(""), "ValueEmpty");
        assert_eq!(type_name("option"), "OptionType");
        assert_eq!(error_variant("other"), "OtherCode");
        assert_eq!(error_variant("invalid.client"), "InvalidClient");
    }

    #[test]
    fn no_name_is_a_keyword_of_the_edition() {
        for keyword in KEYWORDS {
            let name = field(keyword);
            assert!(name.starts_with("r#") || name.ends_with('_'), "{name}");
            assert_eq!(method(keyword), name, "{keyword}");
            let types = [type_name(keyword), variant(keyword), error_variant(keyword)];
            for name in types {
                assert!(!KEYWORDS.contains(&name.as_str()), "{name}");
            }
        }
        // What the parser knows for a keyword is on the list.
        for word in KEYWORDS.iter().filter(|word| **word != "gen") {
            assert!(syn::parse_str::<syn::Ident>(word).is_err(), "{word}");
        }
    }

    #[test]
    fn signs_have_words_or_no_name() {
        let cases = [
            ("=", Some("Equal")),
            (">", Some("Greater")),
            ("<", Some("Less")),
            ("≥", Some("GreaterOrEqual")),
            (">=", Some("GreaterOrEqual")),
            ("≤", Some("LessOrEqual")),
            ("<=", Some("LessOrEqual")),
            ("≠", Some("NotEqual")),
            ("!=", Some("NotEqual")),
            ("", Some("Empty")),
            ("-", Some("Minus")),
            (">10", Some("Greater10")),
            ("C++", Some("CPlusPlus")),
            ("🎉", None),
        ];
        for (wire, words) in cases {
            assert_eq!(in_words(wire).as_deref(), words, "{wire}");
        }
        for wire in ["=", "≥", "!=", "🎉", "", "_", "C++", "a b!"] {
            assert!(!is_readable(wire), "{wire}");
        }
        for (wire, name) in [
            ("男", "男"),
            ("+1", "Plus1"),
            ("-1", "Minus1"),
            ("aB", "AB"),
            ("a_b", "AB"),
        ] {
            assert!(is_readable(wire), "{wire}");
            assert_eq!(variant(wire), name);
        }
    }

    #[test]
    fn service_names_keep_their_version() {
        assert_eq!(service_type("conference_1_0"), "Conference1_0");
        assert_eq!(service_type("h3yun_1_0"), "H3yun1_0");
        assert_eq!(service_type("oauth2_1_0"), "Oauth2_1_0");
    }
}
