//! Whether both YAML parsers read a file the same way.
//!
//! The parser of the model keeps no comments, so `fmt` works on the tree of another one. A file that they read
//! differently must not be formatted: its meaning would change.

use serde_yaml::Value;

use crate::diagnostic::{Diagnostic, Place};
use crate::spanned::{Content, Node};

/// The first place that this parser and that of the model read differently.
pub(super) fn disagreement(file: &str, text: &str, root: &Node) -> Option<Diagnostic> {
    let value: Value = serde_yaml::from_str(text).ok()?;
    let node = unlike(root, &value)?;
    let message = "what not every parser of YAML reads alike";
    let help = "put texts with special characters in double quotes";
    Some(Diagnostic::new(Place::span(file, node.span), message).help(help))
}

/// The first node that differs from its value.
fn unlike<'a>(node: &'a Node, value: &Value) -> Option<&'a Node> {
    match (&node.content, value) {
        (Content::Scalar(text, _), Value::String(other)) => (text != other).then_some(node),
        (Content::Scalar(..), Value::Null | Value::Bool(_) | Value::Number(_)) => None,
        (Content::List(items), Value::Sequence(values)) if items.len() == values.len() => {
            let mut pairs = items.iter().zip(values);
            pairs.find_map(|(item, value)| unlike(item, value))
        }
        (Content::Map(entries), Value::Mapping(values)) if entries.len() == values.len() => {
            entries.iter().zip(values).find_map(|(entry, value)| {
                unlike(&entry.0, value.0).or_else(|| unlike(&entry.1, value.1))
            })
        }
        _ => Some(node),
    }
}
