//! All that the official package holds is in the spec, and all of the spec in the crate: what the import counted in
//! the package's classes against what is found here in the YAML, read without the generator, and that against the
//! registry of operations.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use dingtalk_api::operation::{Description, FieldDescription, Type};
use serde_yaml::Value as Yaml;

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

/// Of the operations that reply a token for the next page, each has pages, or a reason in `import/marks.yaml`.
#[test]
fn no_operation_that_replies_a_next_token_is_without_pages_and_without_a_reason() {
    let marks = read(&spec().join("import/marks.yaml"));
    let exceptions = marks["paging"]["except"].as_sequence().expect("a list");
    let excepted: BTreeSet<&str> = exceptions
        .iter()
        .map(|exception| exception["operation"].as_str().expect("each names one"))
        .collect();
    let (mut marked, mut reasons) = (0, BTreeSet::new());
    let mut neither = Vec::new();
    for folder in fs::read_dir(spec()).unwrap() {
        let folder = folder.unwrap().path();
        let service = folder.file_name().unwrap().to_str().unwrap().to_owned();
        if !folder.join("_service.yaml").is_file() {
            continue;
        }
        let shared = read(&folder.join("_service.yaml"));
        for file in fs::read_dir(&folder).unwrap() {
            let operation = read(&file.unwrap().path());
            let types = [&operation["types"], &shared["types"]];
            let reply = [&operation["response_type"], &object(&operation["response"])];
            let Some(action) = operation["operation"].as_str() else {
                continue;
            };
            let name = format!("{service}/{action}");
            let numbered = ["query", "body"].iter().any(|part| {
                ["pageNumber", "offset"]
                    .iter()
                    .any(|name| operation[*part].get(name).is_some())
            });
            // Of the operations whose pages or items are counted, only the exceptions are looked at.
            let has_token = reply.iter().any(|reply| gives_token(reply, types, 4));
            let is_excepted = numbered && excepted.contains(&*name);
            if !has_token && !is_excepted {
                continue;
            }
            match (operation.get("paging").is_some(), excepted.get(&*name)) {
                (true, None) => marked += 1,
                (false, Some(name)) => _ = reasons.insert(*name),
                _ => neither.push(name),
            }
        }
    }
    assert_eq!(neither, Vec::<String>::new());
    assert_eq!(reasons, excepted, "exceptions that no longer apply");
    assert_eq!((marked, excepted.len()), (278, 17));
}

/// Fields as the object that holds them.
fn object(fields: &Yaml) -> Yaml {
    Yaml::Mapping([("object".into(), fields.clone())].into_iter().collect())
}

/// Whether a field holds the token of a next page in some object, that of a list's elements excepted.
fn gives_token(field: &Yaml, types: [&Yaml; 2], depth: u32) -> bool {
    const NAMES: [&str; 7] = [
        "nextToken",
        "nextCursor",
        "nextOffset",
        "nextPageToken",
        "nextPageCursor",
        "next_cursor",
        "next_token",
    ];
    if depth == 0 {
        return false;
    }
    if let Some(name) = field["type"].as_str() {
        let named = types.iter().map(|all| &all[name]);
        return named
            .into_iter()
            .any(|def| gives_token(def, types, depth - 1));
    }
    let fields = field["object"].as_mapping();
    fields.into_iter().flatten().any(|(name, field)| {
        name.as_str().is_some_and(|name| NAMES.contains(&name))
            || gives_token(field, types, depth - 1)
    })
}

/// Services that are not compiled in are left out; with the feature `full`, none is.
#[test]
fn the_registry_holds_all_that_the_spec_holds() {
    for service in dingtalk_api::services() {
        let Some(operations) = service.operations else {
            continue;
        };
        let folder = spec().join(service.name);
        let described: Vec<(String, BTreeSet<String>)> = operations
            .iter()
            .map(|operation| {
                (
                    operation.action.to_owned(),
                    registered(&operation.describe()),
                )
            })
            .collect();
        let mut here = paths_of_service(&folder);
        for (action, fields) in described {
            let there = here.remove(&action).unwrap_or_default();
            let lost: Vec<_> = there.symmetric_difference(&fields).collect();
            assert!(lost.is_empty(), "{}.{action}: {lost:?}", service.name);
        }
        assert!(
            here.is_empty(),
            "{}: the crate has no {:?}",
            service.name,
            here.keys()
        );
    }
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

fn spec() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/spec"))
}

fn read(path: &Path) -> Yaml {
    let text =
        fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
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

/// The ways to all fields of an operation in the registry. An object inside itself is not entered again.
fn registered(operation: &Description) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut walk = Registered {
        types: &operation.types,
        inside: Vec::new(),
        found: &mut found,
    };
    let sections = [
        ("path_params", Some(&operation.path_params)),
        ("query", Some(&operation.query)),
        ("headers", Some(&operation.headers)),
        ("body", operation.body.as_ref()),
        ("response", operation.response.as_ref()),
    ];
    for (section, fields) in sections {
        if let Some(fields) = fields {
            walk.fields(section, fields);
        }
    }
    if let Some(whole) = &operation.body_type {
        walk.holds("body_type", &whole.field_type);
    }
    if let Some(whole) = &operation.response_type {
        // An object is one however it is described.
        walk.holds("response", whole);
    }
    found
}

struct Registered<'a> {
    types: &'a BTreeMap<String, Vec<FieldDescription>>,
    inside: Vec<&'a str>,
    found: &'a mut BTreeSet<String>,
}

impl<'a> Registered<'a> {
    fn fields(&mut self, path: &str, fields: &'a [FieldDescription]) {
        for field in fields {
            let path = format!("{path}.{}", field.name);
            self.holds(&path, &field.field_type);
            self.found.insert(path);
        }
    }

    fn holds(&mut self, path: &str, holds: &'a Type) {
        match holds {
            Type::List(inner) | Type::Map(inner) => self.holds(path, inner),
            Type::Type(name) if !self.inside.contains(&name.as_str()) => {
                if let Some(fields) = self.types.get(name) {
                    self.inside.push(name);
                    self.fields(path, fields);
                    self.inside.pop();
                }
            }
            _ => {}
        }
    }
}

/// The ways to all fields of each operation in a service's folder.
fn paths_of_service(folder: &Path) -> BTreeMap<String, BTreeSet<String>> {
    let files: Vec<Yaml> = fs::read_dir(folder)
        .unwrap()
        .map(|file| read(&file.unwrap().path()))
        .collect();
    let shared = files.iter().find(|file| file.get("operation").is_none());
    let operations = files
        .iter()
        .filter_map(|file| Some((file.get("operation")?.as_str()?, file)));
    let paths = operations.map(|(action, file)| {
        let mut found = BTreeSet::new();
        let types = [Some(file), shared]
            .into_iter()
            .flatten()
            .filter_map(|file| file.get("types"))
            .collect();
        let mut walk = Written {
            types,
            inside: Vec::new(),
            found: &mut found,
        };
        for section in ["path_params", "query", "headers", "body", "response"] {
            walk.fields(section, file.get(section));
        }
        for (whole, section) in [("body_type", "body_type"), ("response_type", "response")] {
            if let Some(whole) = file.get(whole) {
                walk.holds(section, whole);
            }
        }
        (action.to_owned(), found)
    });
    paths.collect()
}

struct Written<'a> {
    types: Vec<&'a Yaml>,
    inside: Vec<&'a str>,
    found: &'a mut BTreeSet<String>,
}

impl<'a> Written<'a> {
    fn fields(&mut self, path: &str, fields: Option<&'a Yaml>) {
        for (name, field) in fields.and_then(Yaml::as_mapping).into_iter().flatten() {
            let path = format!("{path}.{}", name.as_str().expect("a name"));
            self.holds(&path, field);
            self.found.insert(path);
        }
    }

    fn holds(&mut self, path: &str, holds: &'a Yaml) {
        for inner in ["list", "map"].into_iter().filter_map(|key| holds.get(key)) {
            self.holds(path, inner);
        }
        self.fields(path, holds.get("object"));
        let Some(name) = holds.as_str().or_else(|| holds.get("type")?.as_str()) else {
            return;
        };
        let def = self.types.iter().find_map(|types| types.get(name));
        if let (Some(def), false) = (def, self.inside.contains(&name)) {
            self.inside.push(name);
            self.fields(path, def.get("object"));
            self.inside.pop();
        }
    }
}
