//! Types in words, for findings.

use super::rows::FieldRow;
use super::spec_type::SpecType;
use super::types::Ty;
use crate::diagnostic::quoted;
use crate::spec::{ScalarOrNamed, Shape};

/// A row as it is called.
pub(super) fn shown_name(row: &FieldRow) -> String {
    if row.name.is_empty() {
        "the elements".to_owned()
    } else {
        quoted(&row.name)
    }
}

/// With its first letter in upper case.
pub(super) fn upper(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}

/// A type in words.
pub(super) fn words(ty: &Ty) -> String {
    let name = match ty {
        Ty::Text => "String",
        Ty::Integer => "a whole number",
        Ty::Number => "a number",
        Ty::Boolean => "Boolean",
        Ty::Any => "Any",
        Ty::Object => "Object",
        Ty::List(_) => "Array",
        Ty::Map(_) => "Map",
        Ty::Named(name) => return format!("the type {}", quoted(name)),
        Ty::Missing => "nothing",
        Ty::Unclear(words) => return quoted(words),
    };
    name.to_owned()
}

/// What the spec has, in words.
pub(super) fn words_of(spec_type: SpecType<'_>) -> String {
    match spec_type.shape {
        Shape::Name(name) => match name {
            ScalarOrNamed::String => "`string`".to_owned(),
            ScalarOrNamed::Integer => "`integer`".to_owned(),
            ScalarOrNamed::Number => "`number`".to_owned(),
            ScalarOrNamed::Boolean => "`boolean`".to_owned(),
            ScalarOrNamed::Json => "`json`".to_owned(),
            ScalarOrNamed::Named(name) => quoted(name),
        },
        Shape::Enum(..) => "an enum".to_owned(),
        Shape::List(_) => "a list".to_owned(),
        Shape::Map(_) => "a map".to_owned(),
        Shape::Object(_) => "an object".to_owned(),
    }
}
