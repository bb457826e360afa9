//! The examples in the spec's guide are a spec, and a good one.
#![allow(clippy::expect_used, clippy::panic, reason = "tests may")]

mod common;

use dingtalk_codegen::check::examine_parts;
use dingtalk_codegen::names;
use dingtalk_codegen::sources::Sources;

const README: &str = include_str!("../../spec/README.md");

/// The blocks of YAML in the guide, with the word behind `yaml`.
fn blocks() -> impl Iterator<Item = (&'static str, &'static str)> {
    README.split("\n```yaml").skip(1).map(|block| {
        let (word, rest) = block.split_once('\n').expect("a block");
        let (text, _) = rest.split_once("\n```").expect("the block's end");
        (word.trim(), text)
    })
}

#[test]
fn the_examples_of_the_guide_are_a_good_spec() {
    let mut files = common::Files::new();
    for (word, text) in blocks().filter(|(word, _)| *word != "apis") {
        let path = match word {
            "platform" => "platform.yaml".to_owned(),
            "glossary" => "glossary.yaml".to_owned(),
            "service" => "example_1_0/_service.yaml".to_owned(),
            "group" => "events/example/_group.yaml".to_owned(),
            "event" => "events/example/user_add_org.yaml".to_owned(),
            "callback" => "events/example/card_action.yaml".to_owned(),
            _ => {
                let first = text.lines().next().unwrap_or_default();
                let operation = first.strip_prefix("operation: ").expect("an operation");
                let service = match word {
                    "" => "example_1_0",
                    _ => "oapi_example",
                };
                format!("{service}/{}.yaml", names::method(operation))
            }
        };
        assert!(
            files.insert(path.clone(), format!("{text}\n")).is_none(),
            "{path} twice"
        );
    }
    files.insert(
        "oapi_example/_service.yaml".to_owned(),
        "api: oapi\n".to_owned(),
    );
    // The guide's shared type is there to be looked at; here something must use it.
    let user = "operation: UsePerson\nsummary: Uses it\nmethod: GET\npath: /v1.0/example/person\n\
                response: { person: { type: Person } }\n";
    files.insert("example_1_0/use_person.yaml".to_owned(), user.to_owned());
    if let Err(report) = common::check(&files) {
        panic!("{report}");
    }
}

#[test]
fn the_apis_of_the_guide_extend_a_crate() {
    let (_, apis) = blocks().find(|(word, _)| *word == "apis").expect("a block");
    let operation = "operation: Look\nsummary: Looks\nmethod: GET\npath: /look\n";
    let files = [
        ("platform.yaml", apis),
        ("own/_service.yaml", "api: intranet\n"),
        ("own/look.yaml", operation),
    ];
    let entries = files.map(|(path, text)| (path.to_owned(), Ok(text.into())));
    let sources = Sources::from_entries("spec", entries.into()).expect("readable");
    if let Err(report) = examine_parts(&sources) {
        panic!("{report}");
    }
}

/// What the format has and the guide does not name would not be found by its readers.
#[test]
fn the_guide_names_every_key_and_every_value() {
    use dingtalk_codegen::schema::File;
    let mut words = Vec::new();
    for (file, _) in File::ALL {
        let schema = serde_json::from_str(file.schema()).expect("a schema");
        collect(&schema, &mut words);
    }
    assert!(words.len() > 60);
    for word in words {
        assert!(README.contains(&word), "{word}");
    }
}

fn collect(schema: &serde_json::Value, words: &mut Vec<String>) {
    if let Some(properties) = schema.get("properties").and_then(|p| p.as_object()) {
        words.extend(properties.keys().cloned());
    }
    words.extend(
        schema
            .get("const")
            .and_then(|c| c.as_str())
            .map(str::to_owned),
    );
    let values = schema
        .get("enum")
        .and_then(|e| e.as_array())
        .into_iter()
        .flatten();
    words.extend(values.filter_map(|value| value.as_str()).map(str::to_owned));
    match schema {
        serde_json::Value::Object(map) => map.values().for_each(|inner| collect(inner, words)),
        serde_json::Value::Array(list) => list.iter().for_each(|inner| collect(inner, words)),
        _ => {}
    }
}
