//! Descriptions: Markdown, as the generated crate's documentation.

use crate::docs;
use crate::spec::{ErrorRow, Operation};

/// Paragraphs with an empty line between.
pub(super) fn paragraphs(texts: impl IntoIterator<Item = String>) -> String {
    let texts = texts.into_iter().filter(|text| !text.is_empty());
    texts.collect::<Vec<_>>().join("\n\n")
}

/// What an operation's description says in addition to its summary.
pub(super) fn operation(op: &Operation) -> String {
    let permission = op.permission.iter();
    let permission = permission.map(|name| format!("- Permission: {}", docs::code(name)));
    let kinds: Vec<_> = op.app_types.iter().map(|kind| kind.words()).collect();
    let applications = (!kinds.is_empty()).then(|| format!("- Applications: {}", kinds.join(", ")));
    let token = op
        .token
        .iter()
        .map(|token| format!("- Token: {}", token.words()));
    let facts = permission.chain(token).chain(applications);
    let facts = facts.collect::<Vec<_>>();
    paragraphs([
        op.title.as_deref().map(docs::text).unwrap_or_default(),
        op.doc.as_deref().map(docs::text).unwrap_or_default(),
        facts.join("\n"),
    ])
}

/// A row of an error table as an item of a list.
pub(super) fn error(row: &ErrorRow) -> String {
    let message = row.message.as_deref().filter(|text| !text.is_empty());
    let message = message.map(|text| format!(" ({})", docs::code(text)));
    let doc = row
        .doc
        .as_deref()
        .map(|text| format!(": {}", docs::text(text)));
    let [message, doc] = [message, doc].map(Option::unwrap_or_default);
    format!("- {}{message}{doc}", docs::code(&row.code))
}
