//! Values made from the types in the spec, for what an operation's example does not show.
//!
//! They are chosen to be hard on the way: text with every kind of reserved character, numbers that
//! a float cannot hold.

use serde_json::{Map, Value as Json, json};
use serde_yaml::{Mapping, Value as Yaml};

use super::one_of::TAG;
use super::spec::{Operation, Spec, fields, json as as_json, text};

/// A whole number that is lost where numbers are kept as floats.
const LARGE: i64 = 9_007_199_254_740_993;

/// Deeper than this, an object has only its required fields and lists are empty, so that an object that contains itself
/// ends.
const DEPTH: usize = 6;

/// A request with every field set.
#[derive(Debug, Clone, Default)]
pub struct Request {
    pub path: Map<String, Json>,
    pub query: Map<String, Json>,
    pub headers: Map<String, Json>,
    pub body: Option<Json>,
}

impl Request {
    /// The values at a place (`query`, `headers`, `body`), as one document.
    pub fn part(&self, place: &str) -> Json {
        match place {
            "query" => self.query.clone().into(),
            "headers" => self.headers.clone().into(),
            _ => self.body.clone().unwrap_or_default(),
        }
    }

    /// Puts a document in the place of such values.
    pub fn set_part(&mut self, place: &str, document: Json) {
        match (place, document) {
            ("query", Json::Object(values)) => self.query = values,
            ("headers", Json::Object(values)) => self.headers = values,
            (_, document) => self.body = Some(document),
        }
    }
}

/// A value of an enum somewhere in a JSON document.
#[derive(Debug)]
pub struct Site {
    /// Where it is, as a JSON pointer.
    pub pointer: String,
    /// What the spec lists for it.
    pub values: Vec<Json>,
}

impl Site {
    /// The values, and one that is not listed.
    pub fn with_an_unknown_one(&self) -> Vec<Json> {
        let unknown = match self.values.first() {
            Some(Json::Number(_)) => json!(987_654_321),
            _ => json!("a value of tomorrow"),
        };
        let known = self.values.iter().cloned();
        known.chain([unknown]).collect()
    }
}

/// Makes values for one operation.
#[derive(Debug, Clone, Copy)]
pub struct Sampler<'a> {
    spec: &'a Spec,
    operation: &'a Operation,
}

impl<'a> Sampler<'a> {
    pub fn new(spec: &'a Spec, operation: &'a Operation) -> Self {
        Self { spec, operation }
    }

    /// A request with every field set.
    pub fn request(self) -> Request {
        let object = |place| match self.node(place).map(|node| self.value(place, &node, 0)) {
            Some(Json::Object(fields)) => fields,
            _ => Map::new(),
        };
        let mut request = Request {
            path: object("path_params"),
            query: object("query"),
            headers: object("headers"),
            body: self.node("body").map(|node| self.value("body", &node, 0)),
        };
        if let Some(body) = &mut request.body {
            self.name_files(body);
        }
        for (name, value) in &mut request.path {
            if value.is_string() {
                *value = format!("{name} &=+/:$%#?é中").into();
            }
        }
        // A header cannot hold the text of the samples.
        for (name, value) in &mut request.headers {
            if value.as_str().is_some_and(|text| text.contains('中')) {
                *value = format!("h-{name}").into();
            }
        }
        request
    }

    /// Gives each file of a body a name that its other fields allow.
    pub fn name_files(self, body: &mut Json) {
        for (name, field) in self.operation.fields("body") {
            let case = fields(field.get("limits_by")).into_iter().next();
            let case = case.and_then(|(other, cases)| cases.get(body[other].as_str()?));
            if let Some(extension) = case.and_then(extension) {
                body[name] = file_name(name, extension);
            }
        }
    }

    /// The request of the example, if there is one.
    pub fn example_request(self) -> Option<Request> {
        self.operation.example(&["request"])?;
        let part = |place: &str| match self.operation.example(&["request", place]) {
            Some(Json::Object(fields)) => fields,
            _ => Map::new(),
        };
        Some(Request {
            path: part("path"),
            query: part("query"),
            headers: part("headers"),
            body: self.operation.example(&["request", "body"]),
        })
    }

    /// The reply: that of the example, or one made from the types; `None` if nothing comes back.
    pub fn reply(self) -> Option<Json> {
        let example = self.operation.example(&["response", "body"]);
        example.or_else(|| self.full_reply())
    }

    /// A reply with every field set, whatever the example says.
    pub fn full_reply(self) -> Option<Json> {
        let node = self.node("response")?;
        let mut reply = self.value("response", &node, 0);
        // Any other code would make it an error.
        if let Some(code) = reply.get_mut("errcode") {
            *code = if code.is_string() {
                json!("0")
            } else {
                json!(0)
            };
        }
        Some(reply)
    }

    /// What is declared for a place (`path_params`, `query`, `headers`, `body`, `response`), as if
    /// it were a field.
    pub fn node(self, place: &str) -> Option<Yaml> {
        let given = |key: &str| {
            let none = |value: &Yaml| value.is_null() || key == "response" && is_empty(value);
            self.operation.yaml.get(key).filter(|value| !none(value))
        };
        let object = given(place).map(|fields| {
            let mut node = Mapping::new();
            node.insert("object".into(), fields.clone());
            Yaml::Mapping(node)
        });
        object.or_else(|| given(&format!("{place}_type")).cloned())
    }

    /// Whether a place holds an object of named fields, and is not one value as a whole.
    pub fn is_object_of_fields(self, place: &str) -> bool {
        self.operation
            .yaml
            .get(place)
            .is_some_and(|fields| !fields.is_null())
    }

    /// Where in a document are values of enums.
    pub fn sites(self, node: &Yaml, document: &Json) -> Vec<Site> {
        let mut found = Vec::new();
        self.find(node, document, String::new(), &mut found);
        found
    }

    /// What a document looks like in a body: a `json_string` is marked, so that it cannot be taken
    /// for the bare value.
    pub fn marked(self, node: &Yaml, value: &Json) -> Json {
        if text(node, "encoding") == Some("json_string") {
            // An example has the text as it is sent.
            let object = node.get("object").and(value.as_str());
            let held = object.and_then(|text| serde_json::from_str(text).ok());
            return json!({ "text that holds": held.unwrap_or_else(|| value.clone()) });
        }
        if let (Some("comma"), Json::Array(items)) = (text(node, "encoding"), value) {
            let items = items.iter().map(|item| {
                item.as_str()
                    .map_or_else(|| item.to_string(), str::to_owned)
            });
            return items.collect::<Vec<_>>().join(",").into();
        }
        self.descend(node, value, Self::marked)
    }

    /// A body as it was received, marked in the same way.
    pub fn received(self, node: &Yaml, value: &Json) -> Json {
        if text(node, "encoding") == Some("json_string") {
            let held = value
                .as_str()
                .and_then(|text| serde_json::from_str(text).ok());
            let held = held.map(|held: Json| json!({ "text that holds": held }));
            return held.unwrap_or_else(|| value.clone());
        }
        self.descend(node, value, Self::received)
    }

    /// A document as it is on the wire: a `json_string` is the text of its value.
    pub fn on_the_wire(self, node: &Yaml, value: &Json) -> Json {
        if text(node, "encoding") == Some("json_string") {
            return value.to_string().into();
        }
        self.descend(node, value, Self::on_the_wire)
    }

    fn descend(self, node: &Yaml, value: &Json, next: fn(Self, &Yaml, &Json) -> Json) -> Json {
        match value {
            Json::Array(items) => {
                let items = items.iter().enumerate();
                items
                    .map(|(at, item)| self.into(node, &at.to_string(), item, next))
                    .collect()
            }
            Json::Object(entries) => entries
                .iter()
                .map(|(key, value)| (key.clone(), self.into(node, key, value, next)))
                .collect(),
            _ => value.clone(),
        }
    }

    fn into(
        self,
        node: &Yaml,
        key: &str,
        value: &Json,
        next: fn(Self, &Yaml, &Json) -> Json,
    ) -> Json {
        self.child(node, key)
            .map_or_else(|| value.clone(), |child| next(self, child, value))
    }

    fn find(self, node: &Yaml, value: &Json, pointer: String, found: &mut Vec<Site>) {
        let values = self.values(node);
        if !values.is_empty() && node.get(TAG).is_none() {
            found.push(Site { pointer, values });
            return;
        }
        let entries: Vec<(String, &Json)> = match value {
            // One element represents all.
            Json::Array(items) => items
                .iter()
                .take(1)
                .map(|item| ("0".to_owned(), item))
                .collect(),
            Json::Object(entries) => entries.iter().map(|(k, v)| (k.clone(), v)).collect(),
            _ => Vec::new(),
        };
        for (key, value) in entries {
            if let Some(child) = self.child(node, &key) {
                let escaped = key.replace('~', "~0").replace('/', "~1");
                self.find(child, value, format!("{pointer}/{escaped}"), found);
            }
        }
    }

    /// What is declared for an element, a map's value or an object's field.
    fn child<'b>(self, node: &'b Yaml, key: &str) -> Option<&'b Yaml>
    where
        'a: 'b,
    {
        let element = node.get("list").or_else(|| node.get("map"));
        element.or_else(|| self.declared(node, "object")?.get(key))
    }

    /// What is under a key of the node, or of the type that it names.
    pub fn declared<'b>(self, node: &'b Yaml, key: &str) -> Option<&'b Yaml>
    where
        'a: 'b,
    {
        let named = text(node, "type").or(node.as_str());
        let named = named.and_then(|name| self.spec.named_type(self.operation, name));
        node.get(key).or_else(|| named?.get(key))
    }

    /// The values of an enum, wherever it is declared; none if it is not an enum.
    pub fn values(self, node: &Yaml) -> Vec<Json> {
        let listed = self.declared(node, "enum").and_then(Yaml::as_mapping);
        listed
            .into_iter()
            .flatten()
            .map(|(key, _)| as_json(key))
            .collect()
    }

    fn value(self, name: &str, node: &Yaml, depth: usize) -> Json {
        if let Some(element) = node.get("list") {
            let items = if depth > DEPTH { 0 } else { 2 };
            let item = |at| self.value(&format!("{name}{at}"), element, depth + 1);
            return (0..items).map(item).collect();
        }
        if let Some(element) = node.get("map") {
            return json!({ "key /é": self.value(name, element, depth + 1) });
        }
        if let Some(value) = self.values(node).into_iter().next() {
            return value;
        }
        if let Some(object) = self.declared(node, "object") {
            let required = |field: &Yaml| field.get("required") == Some(&true.into());
            let known = fields(Some(object)).into_iter();
            let known = known.filter(|(_, field)| depth <= DEPTH || required(field));
            return known
                .map(|(name, field)| (name.to_owned(), self.value(name, field, depth + 1)))
                .collect();
        }
        match text(node, "type").or(node.as_str()) {
            Some("integer") => node.get("max").map_or(json!(LARGE), as_json),
            Some("number") => node.get("max").map_or(json!(2.5), as_json),
            Some("boolean") => json!(true),
            Some("json") => json!({ "free": [1, "x", true] }),
            Some("file") => file_name(name, extension(node).unwrap_or("txt")),
            Some("string") => {
                let text = format!("{name} &=+/é中");
                let limit = |key| node.get(key).and_then(Yaml::as_u64);
                match limit("max_length").or(limit("max_bytes")) {
                    Some(limit) if text.len() as u64 > limit => "é".into(),
                    _ => text.into(),
                }
            }
            other => panic!(
                "{}: `{name}` has the unknown type {other:?}",
                self.operation.name()
            ),
        }
    }
}

fn file_name(name: &str, extension: &str) -> Json {
    format!("中 {name}.{extension}").into()
}

/// The first extension that a file may have, if only some are allowed.
fn extension(limits: &Yaml) -> Option<&str> {
    limits.get("extensions")?.get(0)?.as_str()
}

/// A reply without fields counts as none.
fn is_empty(fields: &Yaml) -> bool {
    fields.as_mapping().is_some_and(Mapping::is_empty)
}
