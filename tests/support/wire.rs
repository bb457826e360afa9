//! Recorded requests of the official SDK: how they are read, and how ours are compared with them.

use std::path::Path;

use serde_json::Value as Json;

use super::stand_in::Recorded;

/// One recorded request: what went into the SDK, and what came out on the wire.
#[derive(Debug, Clone)]
pub struct Fixture {
    /// The file and the line it is from.
    pub origin: String,
    pub service: String,
    pub action: String,
    pub input: Json,
    pub expect: Json,
}

impl Fixture {
    /// Reads a file with a recording a line.
    ///
    /// # Panics
    /// If the file cannot be read or has another form, naming file and line.
    pub fn read(file: &Path) -> Vec<Self> {
        let text = match std::fs::read_to_string(file) {
            Ok(text) => text,
            Err(error) => panic!("{}: {error}", file.display()),
        };
        let lines = text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty());
        lines
            .map(|(number, line)| Self::parse(line, format!("{}:{}", file.display(), number + 1)))
            .collect()
    }

    fn parse(line: &str, origin: String) -> Self {
        let mut json: Json = match serde_json::from_str(line) {
            Ok(json) => json,
            Err(error) => panic!("{origin}: {error}"),
        };
        let text = |key: &str| match json[key].as_str() {
            Some(text) => text.to_owned(),
            None => panic!("{origin}: no `{key}`"),
        };
        Self {
            service: text("service"),
            action: text("action"),
            input: json["input"].take(),
            expect: json["expect"].take(),
            origin,
        }
    }

    /// How a failure names the recording.
    pub fn name(&self) -> String {
        format!("{}.{} ({})", self.service, self.action, self.origin)
    }
}

/// Everything in which a request is not as it was recorded.
pub fn differences(expect: &Json, sent: &Recorded, token_header: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut compare = |part: &str, wanted: &Json, given: &Json| {
        if wanted != given {
            found.push(format!("{part}: recorded {wanted}, ours {given}"));
        }
    };
    compare("method", &expect["method"], &sent.method.as_str().into());
    // A path of the package ends in a space, which is not part of it: see `spec/import/corrections.yaml`.
    let path = expect["path"].as_str().map(str::trim_end);
    compare("path", &path.into(), &sent.path.as_str().into());
    compare("query", &sorted(&expect["query"]), &query(sent));
    // A request with no body and one with the body `null` are not told apart in a recording.
    compare("body", &expect["body"], &body(sent));
    let recorded = expect["headers"].as_object();
    for (name, value) in recorded.into_iter().flatten() {
        let given = sent.header(name).map_or(Json::Null, Json::from);
        compare(&format!("header `{name}`"), value, &given);
    }
    if expect["headers"].get(token_header).is_none() {
        let given = sent.header(token_header).map_or(Json::Null, Json::from);
        compare(&format!("header `{token_header}`"), &Json::Null, &given);
    }
    found
}

/// The decoded pairs of a query, in an order that does not depend on how they were sent.
fn query(sent: &Recorded) -> Json {
    let pairs = sent.query.iter();
    sorted(
        &pairs
            .map(|(name, value)| Json::from(vec![name.as_str(), value]))
            .collect(),
    )
}

fn sorted(pairs: &Json) -> Json {
    let mut pairs = pairs.as_array().cloned().unwrap_or_default();
    pairs.sort_by_key(Json::to_string);
    pairs.into()
}

fn body(sent: &Recorded) -> Json {
    if sent.body.is_empty() {
        return Json::Null;
    }
    let text = String::from_utf8_lossy(&sent.body);
    serde_json::from_slice(&sent.body).unwrap_or_else(|_| text.into_owned().into())
}
