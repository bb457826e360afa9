//! What the import counted in the package's classes, against the YAML.

use std::fs;
use std::path::Path;

use serde_yaml::Value as Yaml;

use super::{read, spec};

/// What a service holds.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Count {
    operations: u64,
    models: u64,
    fields: u64,
    required: u64,
    path_values: u64,
}

#[test]
fn the_spec_holds_all_that_the_package_holds() {
    let counts = read(&spec().join("import/counts.yaml"));
    let services = counts["services"].as_mapping().expect("there are services");
    let mut missing = Vec::new();
    for (name, package) in services {
        let name = name.as_str().unwrap();
        let mut here = Count::of_service(&spec().join(name));
        here.required += decided_to_be_optional(name);
        for (what, here) in here.named() {
            let there = package[what].as_u64().expect("each is counted");
            if here < there {
                missing.push(format!(
                    "{name}: the package has {there} {what}, the spec {here}"
                ));
            }
        }
    }
    assert!(
        missing.is_empty(),
        "something was lost; `dingtalk-spec import sdk` adds what is not there:\n{}",
        missing.join("\n")
    );
}

/// Fields of a service that the package requires and the spec does not, by a decision in `import/disagreements.yaml`.
fn decided_to_be_optional(service: &str) -> u64 {
    let list = read(&spec().join("import/disagreements.yaml"));
    let rows = list["rows"].as_sequence().expect("a list").iter();
    let decided = rows.filter(|row| {
        let operation = row["operation"].as_str().expect("each names one");
        operation.starts_with(&format!("{service}/"))
            && row["package"] == "required"
            && row["spec"] == "optional"
    });
    decided.count() as u64
}

#[test]
fn what_is_said_of_the_sources_is_true() {
    let counts = read(&spec().join("import/counts.yaml"));
    let services = counts["services"].as_mapping().expect("there are services");
    let operations: u64 = services
        .values()
        .map(|count| count["operations"].as_u64().unwrap())
        .sum();
    let version = counts["version"].as_str().expect("the version is known");
    let sources = fs::read_to_string(spec().join("SOURCES.md")).unwrap();
    for fact in [
        format!("alibabacloud-dingtalk {version}"),
        format!("{} services", services.len()),
        format!("{operations} operations"),
    ] {
        assert!(sources.contains(&fact), "SOURCES.md does not say: {fact}");
    }
}

#[test]
fn a_field_that_is_taken_away_is_missed() {
    let whole: Yaml = serde_yaml::from_str(
        "{ method: GET, path_params: { id: { type: string } }, query: { a: { type: string, required: true } },
           response: { list: { list: { object: { b: { type: string } } } }, node: { type: Node } },
           types: { Node: { object: { children: { list: Node } } } } }",
    )
    .unwrap();
    let mut count = Count::default();
    count.operation(&whole);
    let expected = Count {
        operations: 1,
        models: 4,
        fields: 5,
        required: 1,
        path_values: 1,
    };
    assert_eq!(count, expected);
    let mut less = whole;
    less["response"]["list"]["list"]["object"] = Yaml::Mapping(serde_yaml::Mapping::new());
    let mut count = Count::default();
    count.operation(&less);
    assert_eq!(
        count,
        Count {
            fields: 4,
            ..expected
        }
    );
}

impl Count {
    fn named(self) -> [(&'static str, u64); 5] {
        [
            ("operations", self.operations),
            ("models", self.models),
            ("fields", self.fields),
            ("required", self.required),
            ("path_values", self.path_values),
        ]
    }

    fn of_service(folder: &Path) -> Self {
        let mut count = Self::default();
        let files = fs::read_dir(folder)
            .map(Iterator::collect::<Vec<_>>)
            .unwrap_or_default();
        for file in files {
            let yaml = read(&file.unwrap().path());
            if yaml.get("operation").is_some() {
                count.operation(&yaml);
            } else {
                count.types(&yaml);
            }
        }
        count
    }

    fn operation(&mut self, operation: &Yaml) {
        self.operations += 1;
        self.path_values += size(operation.get("path_params"));
        let sent = size(operation.get("query")) > 0
            || operation.get("body").is_some()
            || operation.get("body_type").is_some();
        self.models += u64::from(sent) + u64::from(operation.get("response").is_some());
        for section in ["query", "headers", "body", "response"] {
            self.fields(operation.get(section));
        }
        if let Some(whole) = operation.get("body_type") {
            self.field(whole);
        }
        if let Some(whole) = operation.get("response_type") {
            self.inside(whole);
        }
        self.types(operation);
    }

    fn types(&mut self, file: &Yaml) {
        for def in file
            .get("types")
            .and_then(Yaml::as_mapping)
            .into_iter()
            .flat_map(serde_yaml::Mapping::values)
        {
            self.inside(def);
        }
    }

    fn fields(&mut self, fields: Option<&Yaml>) {
        for field in fields
            .and_then(Yaml::as_mapping)
            .into_iter()
            .flat_map(serde_yaml::Mapping::values)
        {
            self.field(field);
        }
    }

    fn field(&mut self, field: &Yaml) {
        self.fields += 1;
        self.required += u64::from(field.get("required") == Some(&Yaml::Bool(true)));
        self.inside(field);
    }

    fn inside(&mut self, field: &Yaml) {
        for inner in ["list", "map"].into_iter().filter_map(|key| field.get(key)) {
            self.inside(inner);
        }
        if let Some(object) = field.get("object") {
            self.models += 1;
            self.fields(Some(object));
        }
    }
}

fn size(mapping: Option<&Yaml>) -> u64 {
    mapping
        .and_then(Yaml::as_mapping)
        .map_or(0, |mapping| mapping.len() as u64)
}
