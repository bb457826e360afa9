//! The words that pages have for types.

use super::among;
use super::inline::named;
use crate::diagnostic::quoted;

/// What a cell says of a type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Ty {
    Text,
    Integer,
    Number,
    Boolean,
    /// Anything.
    Any,
    /// An object; its fields are in the rows that follow, or nowhere.
    Object,
    /// A list, with what its elements are if the cell says it.
    List(Option<Box<Ty>>),
    /// An object with free keys, with what its values are if the cell says it.
    Map(Option<Box<Ty>>),
    /// A type by its name.
    Named(String),
    /// The cell is empty.
    #[default]
    Missing,
    /// Words that are not a type, or several types.
    Unclear(String),
}

const WORDS: &[(Ty, &str)] = &[
    (
        Ty::Text,
        "string|str|text|char|varchar|字符串|文本|enum|枚举|jsonstring|json string|\
         json字符串",
    ),
    (
        Ty::Integer,
        "integer|int|long|int32|int64|short|byte|bigint|biginteger|整型|整数|长整型|\
         长整数",
    ),
    (
        Ty::Number,
        "number|float|double|decimal|bigdecimal|数字|浮点|浮点型|浮点数",
    ),
    (Ty::Boolean, "boolean|bool|布尔|布尔值|布尔型"),
    (Ty::Any, "any|不限|任意"),
    (Ty::Object, "object|jsonobject|json object|json|struct|对象"),
    (
        Ty::List(None),
        "array|list|jsonarray|arraylist|set|collection|数组|列表",
    ),
    (Ty::Map(None), "map|hashmap|dict|dictionary"),
];

/// Reads a cell without marks of layout.
pub(super) fn read(cell: &str) -> Ty {
    match cell.trim().trim_end_matches(['。', '.']) {
        "" | "-" => Ty::Missing,
        text => nested(text, 0),
    }
}

fn nested(text: &str, depth: usize) -> Ty {
    let text = text.trim();
    let low = text.to_ascii_lowercase();
    if let Some(ty) = named(WORDS, &low).or_else(|| named(WORDS, low.strip_suffix('s')?)) {
        return ty;
    }
    let inner = |text| Some(Box::new(nested(text, depth + 1)));
    let behind = |words: &str| low.starts_with(words).then(|| text.get(words.len()..))?;
    if depth > 8 || text.is_empty() {
        Ty::Unclear(text.to_owned())
    } else if let Some(element) = text.strip_suffix("[]") {
        Ty::List(inner(element))
    } else if let Some(element) = behind("array of ").or_else(|| behind("list of ")) {
        Ty::List(inner(element))
    } else if let Some((outer, arguments)) = brackets(text) {
        let outer = outer.trim().to_ascii_lowercase();
        match named(WORDS, &outer) {
            Some(Ty::List(_)) => Ty::List(inner(arguments)),
            Some(Ty::Map(_)) => {
                let value = arguments.split_once([',', '，']);
                Ty::Map(inner(value.map_or(arguments, |(_, value)| value)))
            }
            _ => Ty::Unclear(text.to_owned()),
        }
    } else if is_name(text) {
        Ty::Named(text.to_owned())
    } else {
        Ty::Unclear(text.to_owned())
    }
}

/// `Outer<inner>`, with brackets of any kind.
fn brackets(text: &str) -> Option<(&str, &str)> {
    let pairs = [
        ('<', '>'),
        ('(', ')'),
        ('[', ']'),
        ('（', '）'),
        ('《', '》'),
    ];
    pairs
        .iter()
        .find_map(|(open, close)| text.strip_suffix(*close)?.split_once(*open))
}

fn is_name(text: &str) -> bool {
    const NO_TYPE: &str = "date|datetime|timestamp|time|file|binary|null|void";
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic());
    let letters = text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    begins && letters && !among(NO_TYPE, &text.to_ascii_lowercase())
}

impl Ty {
    /// The type in words.
    pub(super) fn words(&self) -> String {
        let word = match self {
            Self::Text => "String",
            Self::Integer => "a whole number",
            Self::Number => "a number",
            Self::Boolean => "Boolean",
            Self::Any => "Any",
            Self::Object => "Object",
            Self::List(_) => "Array",
            Self::Map(_) => "Map",
            Self::Named(name) => return format!("the type {}", quoted(name)),
            Self::Missing => "nothing",
            Self::Unclear(words) => return quoted(words),
        };
        word.to_owned()
    }

    /// Whether rows behind this one may say what is inside.
    pub(super) fn may_have_fields(&self) -> bool {
        match self {
            Self::Object | Self::Named(_) | Self::Map(None) | Self::List(None) => true,
            Self::List(Some(inner)) | Self::Map(Some(inner)) => inner.may_have_fields(),
            _ => false,
        }
    }

    /// Whether rows behind this one should say what is inside.
    pub(super) fn needs_fields(&self) -> bool {
        match self {
            Self::Object | Self::List(None) => true,
            // `Array of Array` is of single values as a rule.
            Self::List(Some(inner)) => **inner != Self::List(None) && inner.needs_fields(),
            Self::Map(Some(inner)) => inner.needs_fields(),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(inner: Ty) -> Ty {
        Ty::List(Some(Box::new(inner)))
    }

    fn map(inner: Ty) -> Ty {
        Ty::Map(Some(Box::new(inner)))
    }

    #[test]
    fn all_ways_to_write_a_type_are_known() {
        let cases = [
            ("String", Ty::Text),
            ("LONG", Ty::Integer),
            ("Double", Ty::Number),
            ("布尔值", Ty::Boolean),
            ("Array", Ty::List(None)),
            ("Array of String", list(Ty::Text)),
            ("Array<Object>", list(Ty::Object)),
            ("List<Long>", list(Ty::Integer)),
            ("Array of Array", list(Ty::List(None))),
            ("String[]", list(Ty::Text)),
            ("Array(String)", list(Ty::Text)),
            ("Map", Ty::Map(None)),
            ("Map<String, Any>", map(Ty::Any)),
            ("Map<String, Array of Long>", map(list(Ty::Integer))),
            ("Map<String, Array>", map(Ty::List(None))),
            ("Map<String, Map<String, Boolean>>", map(map(Ty::Boolean))),
            ("FormComponent", Ty::Named("FormComponent".to_owned())),
            ("Array of Strings", list(Ty::Text)),
            ("JSON String", Ty::Text),
            ("String(date)", Ty::Unclear("String(date)".to_owned())),
            ("", Ty::Missing),
            ("String/Integer", Ty::Unclear("String/Integer".to_owned())),
            ("Date", Ty::Unclear("Date".to_owned())),
            ("Array of Date", list(Ty::Unclear("Date".to_owned()))),
        ];
        for (text, ty) in cases {
            assert_eq!(read(text), ty, "{text}");
        }
    }
}
