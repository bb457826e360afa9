//! Lists that are sent as one text, joined by commas.

use super::json::text;
use super::{Encoding, FieldInfo, Json, View};

/// The items of a list, joined by commas.
pub(crate) fn joined(view: View<'_>) -> Result<String, serde_json::Error> {
    let plain = |value: &Json| match value {
        Json::String(text) => text.clone(),
        value => value.to_string(),
    };
    Ok(match text(view)?.parse::<Json>()? {
        Json::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
        other => plain(&other),
    })
}

impl FieldInfo {
    /// What is wrong with the field's value if it is joined by commas: an item with a comma in it would arrive as two.
    pub(crate) fn comma_mistake(&self, view: &View<'_>, secret: bool) -> Option<String> {
        if self.encoding() != Encoding::Comma {
            return None;
        }
        let split = |text: &str| text.contains(',').then(|| text.to_owned());
        let item = match view {
            View::List(items) => items.iter().find_map(|item| match item {
                View::String(text) => split(text),
                _ => None,
            }),
            View::Json(Json::Array(items)) => items.iter().find_map(|item| split(item.as_str()?)),
            _ => None,
        }?;
        let item = if secret {
            "an item".to_owned()
        } else {
            format!("the item `{item}`")
        };
        Some(format!(
            "has {item} with a comma, which would arrive as two: items are joined by commas"
        ))
    }
}
