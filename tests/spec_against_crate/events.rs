//! Each event's example, as each delivery spells it, is the same event in Rust.

use std::fs;

use dingtalk_api::model::Json;
use dingtalk_api::{Event, EventHeader, RawEvent};
use serde_json::Value;

use crate::support::project;

/// An event in the spec: its file, its type and an example of its data.
struct Described {
    file: String,
    event_type: String,
    example: Value,
}

fn described() -> Vec<Described> {
    let mut all = Vec::new();
    for group in fs::read_dir(project("spec/events")).unwrap() {
        for file in fs::read_dir(group.unwrap().path()).unwrap() {
            let path = file.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            let yaml: Value = serde_yaml::from_str(&text).unwrap();
            if let Some(event_type) = yaml["event"].as_str() {
                all.push(Described {
                    file: path.display().to_string(),
                    event_type: event_type.to_owned(),
                    example: yaml["example"].clone(),
                });
            }
        }
    }
    all
}

/// The data with its keys in another spelling.
fn spelled(data: &Value, spell: fn(&str) -> String) -> Value {
    let entries = data.as_object().into_iter().flatten();
    let entries = entries.map(|(name, value)| (spell(name), value.clone()));
    Value::Object(entries.collect())
}

fn pascal(key: &str) -> String {
    let mut letters = key.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

fn snake(key: &str) -> String {
    let mut out = String::new();
    for c in key.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

fn decoded(event_type: &str, data: &Value) -> Event {
    let mut header = EventHeader::default();
    header.event_type = Some(event_type.to_owned());
    let data: Json = data.to_string().parse().unwrap();
    RawEvent::new(header, data).into()
}

#[test]
fn an_events_example_is_the_same_event_in_each_spelling_and_nothing_of_it_misfits() {
    let all = described();
    assert!(all.len() > 200, "{}", all.len());
    for event in &all {
        let camel = decoded(&event.event_type, &event.example);
        assert!(!matches!(camel, Event::Unknown(_)), "{}", event.file);
        assert_eq!(camel.misfits(), [], "{}", event.file);
        assert_eq!(camel.event_type(), Some(event.event_type.as_str()));
        for spell in [pascal, snake] {
            let data = spelled(&event.example, spell);
            let other = decoded(&event.event_type, &data);
            // `Debug` leaves out the data as it came, which differs.
            assert_eq!(format!("{other:?}"), format!("{camel:?}"), "{}", event.file);
        }
    }
}

#[test]
fn an_event_of_unknown_type_is_kept() {
    let data = serde_json::json!({"a": 1});
    let event = decoded("no_such_event", &data);
    assert!(matches!(event, Event::Unknown(_)));
    assert_eq!(event.event_type(), Some("no_such_event"));
    assert_eq!(event.raw()["a"], 1);
    assert_eq!(event.misfits(), []);
}
