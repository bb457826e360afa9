//! Shows an event.

use std::fmt::Write as _;

use dingtalk_catalogue::{Event, EventDescription, NotFound};

use super::tree::Tree;
use super::{indent, line};
use crate::failure::Failure;
use crate::output::table;

/// The event that is meant: by its type alone, or in its group. `None` if an operation is meant.
pub(super) fn wanted(group: &str, name: &str) -> Result<Option<Event<'static>>, Failure> {
    let catalogue = dingtalk_catalogue::open()?;
    let alone = name.is_empty();
    let is_group = catalogue.event_groups().any(|known| known.name() == group);
    if alone && (is_group || catalogue.service(group).is_some()) {
        let hint = format!("`dingtalk list {group}` lists what `{group}` has");
        return Err(Failure::usage("ACTION is missing").hint(&hint));
    }
    if !alone && !is_group {
        return Ok(None);
    }
    let unknown = |unknown: NotFound| {
        Failure::usage(unknown.to_string())
            .hint("`dingtalk list events` lists all events, `dingtalk list WORDS` searches them")
    };
    let event = catalogue.event(if alone { group } else { name });
    let event = event.map_err(unknown)?;
    if !alone && event.group().name() != group {
        let message = format!(
            "`{group}` has no event `{name}`; it is in `{}`",
            event.group().name()
        );
        return Err(Failure::usage(message));
    }
    Ok(Some(event))
}

pub(super) fn describe(described: &EventDescription) -> String {
    let wire = described.event.or(described.topic).unwrap_or_default();
    let mut text = format!("{wire}: {}\n{}", described.summary, line(described.title));
    let mut section = |title: &str, body: &str| {
        if !body.is_empty() {
            // Writing to a String cannot fail.
            let _ = write!(text, "{title}\n{body}");
        }
    };
    section("", &indent(&table(&facts(described))));
    section("\nNotes", &indent(described.doc.unwrap_or_default()));
    let mut tree = Tree::new(&described.types);
    section("\nData", &tree.fields(&described.data));
    if let Some(response) = &described.response {
        section("\nAnswer", &tree.fields(response));
    }
    if let Some(example) = &described.example {
        // Free JSON is always text.
        let example = serde_json::to_string_pretty(example).unwrap_or_default();
        section("\nExample", &indent(&example));
    }
    text
}

fn facts(described: &EventDescription) -> Vec<[String; 2]> {
    let kinds = described.app_types.iter().map(ToString::to_string);
    let facts = [
        ("group", described.group.to_owned()),
        ("Rust type", described.rust_type.to_owned()),
        (
            "permission",
            described.permission.unwrap_or_default().to_owned(),
        ),
        ("applications", kinds.collect::<Vec<_>>().join("; ")),
        ("delivered by", described.delivery.join(", ")),
        (
            "documentation",
            described.source.unwrap_or_default().to_owned(),
        ),
    ];
    let facts = facts.into_iter().filter(|(_, value)| !value.is_empty());
    facts
        .map(|(name, value)| [name.to_owned(), value])
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn each_construct_of_an_event_is_shown() {
        let golden = crate::golden();
        for (name, shown) in [
            (
                "thing_add",
                include_str!("../../tests/golden/show_thing_add.txt"),
            ),
            (
                "question",
                include_str!("../../tests/golden/show_question.txt"),
            ),
        ] {
            let event = golden.event(name).unwrap_or_else(|error| panic!("{error}"));
            let described = event.describe().unwrap_or_else(|error| panic!("{error}"));
            assert_eq!(super::describe(&described), shown);
        }
    }
}
