//! Each event's example, as each delivery spells it, is the same event in Rust, and its type has the fields that the
//! catalogue describes.

use std::fs;

use dingtalk_api::model::Json;
use dingtalk_api::operation::{FieldDescription, Type};
use dingtalk_api::{Event, EventHeader, FromCallback, RawEvent, Received, events_callbacks};
use dingtalk_catalogue::EventDescription;
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

/// Data with a value of its own in each field that the catalogue describes.
struct Full<'a> {
    described: &'a EventDescription,
    /// The texts that are in it.
    texts: Vec<String>,
}

impl Full<'_> {
    fn object(&mut self, fields: &[FieldDescription]) -> Value {
        let fields = fields.iter().map(|field| {
            let value = self.value(&field.field_type);
            let value = match field.encoding {
                Some("json_string") => value.to_string().into(),
                _ => value,
            };
            (field.name.to_owned(), value)
        });
        Value::Object(fields.collect())
    }

    fn value(&mut self, kind: &Type) -> Value {
        match kind {
            Type::List(items) => Value::Array(vec![self.value(items)]),
            Type::Map(values) => serde_json::json!({ "key": self.value(values) }),
            Type::Enum(values) => values.last().unwrap().clone(),
            Type::Type(name) => match name.as_str() {
                "string" | "json" => {
                    self.texts.push(format!("text{}.", self.texts.len()));
                    self.texts.last().unwrap().clone().into()
                }
                "integer" => 7.into(),
                "number" => 1.5.into(),
                "boolean" => true.into(),
                name => {
                    let described = self.described;
                    self.object(&described.types[name])
                }
            },
            _ => panic!("a type of no known kind: {kind}"),
        }
    }
}

/// Data with every field of the catalogue, and the texts in it.
fn full(described: &EventDescription) -> (Value, Vec<String>) {
    let mut full = Full {
        described,
        texts: Vec::new(),
    };
    let data = full.object(&described.data);
    (data, full.texts)
}

/// Fails unless a typed event that was decoded from full data has each of its fields.
fn has_all(shown: &str, texts: &[String], at: &str) {
    // A value of an enum that the type lacks is unknown.
    assert!(!shown.contains("Unknown("), "{at}: {shown}");
    // A field that the type does not have is not shown. Secrets are never shown.
    let hidden = shown.matches("***").count();
    let absent = texts.iter().filter(|text| !shown.contains(text.as_str()));
    let absent: Vec<_> = absent.collect();
    assert!(absent.len() <= hidden, "{at}: {absent:?} in {shown}");
}

/// Fails unless the module of an event has as many fields as the catalogue describes.
fn has_no_others(event: dingtalk_catalogue::Event<'_>, described: &EventDescription) {
    let module = event.rust_name();
    let file = format!("generated/src/{}/{module}.rs", event.group().name());
    let source = fs::read_to_string(project(&file)).unwrap();
    let lines = source.lines().map(str::trim_start);
    let fields = lines.filter(|line| line.starts_with("pub ") && line.contains(": Option<"));
    let objects = described.types.values().chain(&described.response);
    let objects = objects.chain([&described.data]);
    assert_eq!(
        fields.count(),
        objects.map(Vec::len).sum::<usize>(),
        "{file}"
    );
}

#[test]
fn a_typed_event_has_the_fields_that_the_catalogue_describes_and_no_others() {
    let catalogue = dingtalk_catalogue::open().unwrap();
    let mut compared = 0;
    for event in catalogue.events().unwrap() {
        if event.is_callback() {
            continue;
        }
        let described = event.describe().unwrap();
        has_no_others(event, &described);
        let (data, texts) = full(&described);
        let typed = decoded(event.wire(), &data);
        assert!(!matches!(typed, Event::Unknown(_)), "{event}");
        assert_eq!(typed.misfits(), [], "{event}: {data}");
        let shown = format!("{typed:?}");
        let (_, shown) = shown.split_once("data: ").unwrap();
        has_all(shown, &texts, event.wire());
        compared += 1;
    }
    assert_eq!(compared, self::described().len());
}

fn callback<T: FromCallback + std::fmt::Debug>() -> &'static str {
    let event = dingtalk_catalogue::open().unwrap().event(T::TOPIC).unwrap();
    let described = event.describe().unwrap();
    let (data, texts) = full(&described);
    has_no_others(event, &described);
    let shown = format!("{:?}", T::from_callback(data.to_string().parse().unwrap()));
    let (_, data) = shown.split_once("data: ").unwrap();
    has_all(data, &texts, T::TOPIC);
    assert!(shown.contains("misfits: []"), "{shown}");
    event.wire()
}

#[test]
fn a_typed_callback_has_the_fields_that_the_catalogue_describes_and_no_others() {
    let typed = [
        callback::<Received<events_callbacks::BotMessage>>(),
        callback::<Received<events_callbacks::CardAction>>(),
        callback::<Received<events_callbacks::CardDynamicData>>(),
    ];
    let events = dingtalk_catalogue::open().unwrap().events().unwrap();
    let topics = events.iter().filter(|event| event.is_callback());
    assert!(topics.map(|event| event.wire()).eq(typed));
}
