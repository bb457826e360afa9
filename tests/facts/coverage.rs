//! How much of the documentation is in the spec. The test prints the numbers, by section and by service, and fails if one
//! falls below its floor in `floors.yaml`, of all operations or of those of the legacy API. Raise the floors with the spec:
//!
//!     cargo test --test facts coverage -- --nocapture

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use serde_yaml::{Mapping, Value as Yaml};

use crate::spec::{Spec, file, inside, walk};

/// Where a field's text comes from.
#[derive(Debug, Default, Clone, Copy)]
struct Texts {
    own: u64,
    glossary: u64,
    none: u64,
}

#[derive(Debug, Default, Clone)]
struct Count {
    operations: u64,
    /// Fields, those whose type is not free JSON, and those that are marked as required.
    fields: u64,
    typed: u64,
    required: u64,
    sources: u64,
    error_rows: u64,
    error_texts: u64,
    examples: u64,
    enums: u64,
    values: u64,
    value_texts: u64,
    texts: Texts,
}

#[test]
fn coverage_does_not_fall() {
    let spec = Spec::get();
    let glossary = file("glossary.yaml");
    let mut services: BTreeMap<&str, Count> = BTreeMap::new();
    let mut sections: BTreeMap<&str, Texts> = BTreeMap::new();
    let mut documented = Texts::default();
    for (name, operation) in &spec.operations {
        let service = name.split('/').next().unwrap();
        let count = services.entry(service).or_default();
        count.operation(operation, &glossary);
        for (section, field) in fields(operation) {
            let texts = Texts::of(spec, name, field, &glossary);
            count.field(spec, name, field.1, texts);
            sections.entry(section).or_default().add(texts);
            if operation.get("source").is_some() {
                documented.add(texts);
            }
        }
    }
    for (service, types) in &spec.shared {
        let count = services.entry(service).or_default();
        for definition in types.values() {
            count.enums(definition);
            inside(definition, &mut |name, field| {
                let operation = format!("{service}/");
                let texts = Texts::of(spec, &operation, (name, field), &glossary);
                count.field(spec, &operation, field, texts);
                sections.entry("shared types").or_default().add(texts);
            });
        }
    }
    println!("{:<28}{}", "service", Count::HEADINGS);
    let (mut all, mut legacy) = (Count::default(), Count::default());
    for (service, count) in &services {
        println!("{service:<28}{count}");
        all.add(count);
        if service.starts_with("oapi_") {
            legacy.add(count);
        }
    }
    println!("{:<28}{all}\n{:<28}{legacy}\n", "all", "legacy API");
    for (section, texts) in &sections {
        println!("{section:<28}{texts}");
    }
    println!("{:<28}{documented}", "documented operations");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/facts/floors.yaml");
    let floors: BTreeMap<String, Floors> =
        serde_yaml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut fallen = Vec::new();
    for (of, numbers) in [
        (
            "all",
            all.numbers(&[("documented_texts_permille", documented.permille())]),
        ),
        ("legacy", legacy.numbers(&[])),
    ] {
        fallen.extend(below(of, &numbers, &floors[of]));
    }
    assert!(fallen.is_empty(), "{}", fallen.join("\n"));
}

/// The calls of the legacy API that programs make most, by the names of their operations.
const CALLS: &str = include_str!("../spec_against_crate/legacy_goldens/calls.yaml");

#[test]
fn each_of_the_most_called_legacy_operations_has_texts_a_source_and_an_example() {
    let calls: Mapping = serde_yaml::from_str(CALLS).unwrap();
    let mut lacking = Vec::new();
    for name in calls.keys().filter_map(Yaml::as_str) {
        let operation = &Spec::get().operations[name];
        for key in ["doc", "summary", "source", "example"] {
            if operation.get(key).is_none() {
                lacking.push(format!("{name}: no `{key}`"));
            }
        }
        let untold = fields(operation)
            .into_iter()
            .filter(|(_, (_, field))| field.get("doc").is_none());
        lacking.extend(untold.map(|(section, (field, _))| format!("{name}: {section}.{field}")));
    }
    assert!(lacking.is_empty(), "{}", lacking.join("\n"));
}

/// Floors by the name of the number.
type Floors = BTreeMap<String, u64>;

/// The numbers that are below their floors, which name exactly these.
fn below(of: &str, numbers: &[(&str, u64)], floors: &Floors) -> Vec<String> {
    assert_eq!(
        floors.len(),
        numbers.len(),
        "{of}: a number without a floor"
    );
    let numbers = numbers
        .iter()
        .inspect(|(name, number)| println!("{of:<8}{name:<28}{number:>10}"));
    let fallen = numbers.filter(|(name, number)| *number < floors[*name]);
    fallen
        .map(|(name, number)| format!("{of}: {name}: {number}, the floor is {}", floors[*name]))
        .collect()
}

/// An operation's fields by section, as name and description; those of its own types count as `types`.
fn fields(operation: &Yaml) -> Vec<(&'static str, (&str, &Yaml))> {
    let mut found = Vec::new();
    for section in ["path_params", "query", "headers", "body", "response"] {
        if let Some(fields) = operation[section].as_mapping() {
            walk(fields, &mut |name, field| {
                found.push((section, (name, field)));
            });
        }
    }
    for (key, section) in [("body_type", "body"), ("response_type", "response")] {
        inside(&operation[key], &mut |name, field| {
            found.push((section, (name, field)));
        });
    }
    for definition in operation["types"]
        .as_mapping()
        .into_iter()
        .flat_map(|m| m.values())
    {
        inside(definition, &mut |name, field| {
            found.push(("types", (name, field)));
        });
    }
    found
}

impl Count {
    const HEADINGS: &str =
        "operations sources  errors examples   enums  values  fields: own, glossary, none";

    fn operation(&mut self, operation: &Yaml, glossary: &Yaml) {
        self.operations += 1;
        self.sources += u64::from(operation.get("source").is_some());
        self.examples += u64::from(operation.get("example").is_some());
        for row in operation["errors"].as_sequence().into_iter().flatten() {
            self.error_rows += 1;
            let term = &glossary["errors"][row["code"].as_str().unwrap_or_default()];
            let told = row.get("doc").or_else(|| term.get("doc")).is_some();
            self.error_texts += u64::from(told);
        }
        for key in ["body_type", "response_type"] {
            self.enums(&operation[key]);
        }
        for definition in operation["types"]
            .as_mapping()
            .into_iter()
            .flat_map(|m| m.values())
        {
            self.enums(definition);
        }
    }

    fn field(&mut self, spec: &Spec, operation: &str, field: &Yaml, texts: Texts) {
        self.fields += 1;
        self.typed += u64::from(spec.kind(operation, field) != Some("json"));
        self.required += u64::from(field["required"].as_bool() == Some(true));
        self.texts.add(texts);
        self.enums(field);
    }

    /// The enum that a field is, or a list or map of which it is.
    fn enums(&mut self, mut field: &Yaml) {
        while let Some(inner) = field.get("list").or_else(|| field.get("map")) {
            field = inner;
        }
        if let Some(values) = field.get("enum").and_then(Yaml::as_mapping) {
            self.enums += 1;
            self.values += values.len() as u64;
            let told = |value: &&Yaml| value.is_string() || value.get("doc").is_some();
            self.value_texts += values.values().filter(told).count() as u64;
        }
    }

    /// The numbers that have floors, and more of them.
    fn numbers<'a>(&self, more: &[(&'a str, u64)]) -> Vec<(&'a str, u64)> {
        let mut numbers = vec![
            ("operations", self.operations),
            ("fields", self.fields),
            ("typed_permille", permille(self.typed, self.fields)),
            ("required", self.required),
            ("sources", self.sources),
            ("error_rows", self.error_rows),
            (
                "error_texts_permille",
                permille(self.error_texts, self.error_rows),
            ),
            ("examples", self.examples),
            ("enums", self.enums),
            ("values", self.values),
            (
                "value_texts_permille",
                permille(self.value_texts, self.values),
            ),
            ("texts_permille", self.texts.permille()),
        ];
        numbers.extend(more);
        numbers
    }

    fn add(&mut self, other: &Self) {
        self.operations += other.operations;
        self.fields += other.fields;
        self.typed += other.typed;
        self.required += other.required;
        self.sources += other.sources;
        self.error_rows += other.error_rows;
        self.error_texts += other.error_texts;
        self.examples += other.examples;
        self.enums += other.enums;
        self.values += other.values;
        self.value_texts += other.value_texts;
        self.texts.add(other.texts);
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:>10}{:>8}{:>8}{:>9}{:>8}{:>8}  {}",
            self.operations,
            self.sources,
            self.error_rows,
            self.examples,
            self.enums,
            self.values,
            self.texts
        )
    }
}

impl Texts {
    fn of(spec: &Spec, operation: &str, (name, field): (&str, &Yaml), glossary: &Yaml) -> Self {
        let mut texts = Self::default();
        if field.get("doc").is_some() {
            texts.own = 1;
        } else if in_glossary(spec, operation, (name, field), glossary) {
            texts.glossary = 1;
        } else {
            texts.none = 1;
        }
        texts
    }

    fn add(&mut self, other: Self) {
        self.own += other.own;
        self.glossary += other.glossary;
        self.none += other.none;
    }

    fn permille(self) -> u64 {
        let told = self.own + self.glossary;
        permille(told, told + self.none)
    }
}

impl fmt::Display for Texts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:>11}{:>8}{:>8}", self.own, self.glossary, self.none)
    }
}

fn permille(part: u64, whole: u64) -> u64 {
    part * 1000 / whole.max(1)
}

/// Whether the glossary has the name with the field's type.
fn in_glossary(
    spec: &Spec,
    operation: &str,
    (name, field): (&str, &Yaml),
    glossary: &Yaml,
) -> bool {
    let entry = &glossary["fields"][name];
    if field["glossary"].as_bool() == Some(false) {
        return false;
    }
    let Some(kind) = spec.kind(operation, field) else {
        return false;
    };
    let (key, kind) = match field.get("list") {
        Some(element) => match spec.kind(operation, element) {
            Some(kind) => ("list", kind),
            None => return false,
        },
        None => ("type", kind),
    };
    let is = |term: &Yaml| term[key].as_str() == Some(kind);
    match entry.as_sequence() {
        Some(terms) => terms.iter().any(is),
        None => is(entry),
    }
}
