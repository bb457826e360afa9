use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::diagnostic::{Diagnostic, Place, Span, alternatives, shown};
use crate::marked::{Kind, Node, Scalar};
use crate::schema::File;
use crate::similar::nearest;

/// Reports where a tree does not fit the schema of its file.
pub(super) fn walk(kind: File, file: &str, root: &Node, mistakes: &mut Vec<Diagnostic>) {
    let Ok(schema) = serde_json::from_str::<Json>(kind.schema()) else {
        return;
    };
    let mut walker = Walker {
        file,
        root: &schema,
        mistakes,
    };
    walker.node(&schema, root, root.span, kind.describes());
}

struct Walker<'a> {
    file: &'a str,
    root: &'a Json,
    mistakes: &'a mut Vec<Diagnostic>,
}

impl<'a> Walker<'a> {
    /// `at` is where a mistake that concerns the whole node is marked, `name` what it is called.
    fn node(&mut self, schema: &'a Json, node: &Node, at: Span, name: &str) {
        let schema = self.resolve(schema);
        if let Some(branches) = branches(schema) {
            self.either(branches, node, at, name);
        } else if let Some(allowed) = allowed(schema) {
            self.among(&allowed, node, at, name);
        } else if self.accepts(schema, node) {
            self.inside(schema, node, at, name);
        } else {
            self.wrong_kind(&[schema], node, at, name);
        }
    }

    fn inside(&mut self, schema: &'a Json, node: &Node, at: Span, name: &str) {
        match &node.kind {
            Kind::Map(pairs) => self.mapping(schema, node, pairs, at, name),
            Kind::List(items) => {
                for item in items {
                    if let Some(schema) = schema.get("items") {
                        self.node(schema, item, item.span, name);
                    }
                }
            }
            // Nothing at all stands for an empty mapping.
            Kind::Scalar(text, true) if text.is_empty() => {
                if !self.kinds(schema).contains(&"null") {
                    self.mapping(schema, node, &[], at, name);
                }
            }
            Kind::Scalar(..) => {
                let Some(Scalar::Integer(number)) = node.scalar() else {
                    return;
                };
                let limit = |key: &str| schema.get(key).and_then(Json::as_i64).map(i128::from);
                let low = limit("minimum").unwrap_or(i128::from(i64::MIN));
                let high = limit("maximum").unwrap_or(i128::from(i64::MAX));
                let numeric = types(schema).any(|t| t == "integer");
                if numeric && !number.is_some_and(|number| (low..=high).contains(&number)) {
                    let message = format!("{} is too large or too small for {name}", text(node));
                    let help = format!("it must be between {low} and {high}");
                    self.report(node.span, message, Some(help));
                }
            }
        }
    }

    fn mapping(
        &mut self,
        schema: &'a Json,
        node: &Node,
        pairs: &[(Node, Node)],
        at: Span,
        name: &str,
    ) {
        let properties = schema.get("properties").and_then(Json::as_object);
        let keys = schema.get("propertyNames").map(|keys| self.resolve(keys));
        if keys.is_some_and(|keys| types(keys).any(|kind| kind == "integer")) {
            self.numbers(pairs);
        }
        for (key, value) in pairs.iter().filter(|(key, _)| !key.is_merge()) {
            let Some(word) = key.text() else {
                self.report(key.span, "a key must be a text".to_owned(), None);
                continue;
            };
            if let Some(keys) = keys.filter(|keys| !self.accepts_strictly(keys, key)) {
                self.wrong_kind(&[keys], key, key.span, &format!("a key of {name}"));
            }
            let known = properties.and_then(|properties| properties.get(word));
            let free = schema
                .get("additionalProperties")
                .filter(|free| free.is_object());
            // What has no brackets is marked at its key.
            let span = if is_block(value) {
                key.span
            } else {
                value.span
            };
            match known.or(free) {
                Some(inner) => self.node(inner, value, span, &shown(word)),
                None if schema.get("additionalProperties") == Some(&Json::Bool(false)) => {
                    self.unknown_key(properties, key, word);
                }
                None => {}
            }
        }
        let required = schema
            .get("required")
            .and_then(Json::as_array)
            .into_iter()
            .flatten();
        for missing in required.filter_map(Json::as_str) {
            if pairs.iter().any(|(key, _)| key.text() == Some(missing)) {
                continue;
            }
            let about = properties
                .and_then(|p| p.get(missing))
                .and_then(|p| self.description(p));
            let help = about.map(|about| format!("{}: {about}", shown(missing)));
            // The first key stands for the mapping, which may be long.
            let first = pairs
                .first()
                .filter(|_| is_block(node))
                .map(|(key, _)| key.span);
            let span = if at == node.span {
                first.unwrap_or(at)
            } else {
                at
            };
            let mut message = format!("the key {} is missing", shown(missing));
            if name.starts_with('`') {
                message.push_str(" in ");
                message.push_str(name);
            }
            self.report(span, message, help);
        }
    }

    /// Keys that are numbers: each fits, and is there once, however it is written.
    fn numbers(&mut self, pairs: &[(Node, Node)]) {
        let mut seen: BTreeMap<i64, &Node> = BTreeMap::new();
        for (key, _) in pairs {
            let Some(Scalar::Integer(number)) = key.scalar() else {
                continue;
            };
            let Some(number) = number.and_then(|number| i64::try_from(number).ok()) else {
                let message = format!("{} does not fit into 64 bits", text(key));
                self.report(
                    key.span,
                    message,
                    Some("put it in quotes, if it is a text".to_owned()),
                );
                continue;
            };
            match seen.get(&number) {
                // The same text twice is found in any mapping.
                Some(first) if first.text() != key.text() => {
                    let message = format!("duplicate value: {} is {number}", text(key));
                    let also = Place::span(self.file, first.span);
                    self.mistakes.push(
                        Diagnostic::new(Place::span(self.file, key.span), message)
                            .help("keep one of the two")
                            .also(also, "the first"),
                    );
                }
                Some(_) => {}
                None => drop(seen.insert(number, key)),
            }
        }
    }

    fn unknown_key(
        &mut self,
        properties: Option<&'a serde_json::Map<String, Json>>,
        key: &Node,
        word: &str,
    ) {
        let known = || {
            properties
                .into_iter()
                .flat_map(|p| p.keys().map(String::as_str))
        };
        let allowed = format!("allowed here: {}", alternatives(known()));
        let help = match nearest(word, known()) {
            Some(near) => format!("did you mean {}? {allowed}", shown(near)),
            None if word.trim().contains(' ') => {
                "put a text with commas in quotes: inside `{ }` a comma ends it".to_owned()
            }
            None => allowed,
        };
        self.report(key.span, format!("unknown key {}", shown(word)), Some(help));
    }

    /// A value of which the schema knows several kinds.
    fn either(&mut self, branches: &'a [Json], node: &Node, at: Span, name: &str) {
        let branches: Vec<&Json> = branches.iter().map(|branch| self.resolve(branch)).collect();
        let fitting: Vec<&Json> = branches
            .iter()
            .copied()
            .filter(|branch| self.accepts_strictly(branch, node))
            .collect();
        let before = self.mistakes.len();
        for (index, branch) in fitting.iter().enumerate() {
            self.mistakes.truncate(before);
            self.node(branch, node, at, name);
            if self.mistakes.len() == before {
                return;
            }
            // Prefer what the first says: the last is often the one that takes any text.
            if index + 1 == fitting.len() {
                return;
            }
        }
        self.wrong_kind(&branches, node, at, name);
    }

    fn among(&mut self, allowed: &[&'a str], node: &Node, at: Span, name: &str) {
        match node.text() {
            Some(word) if allowed.contains(&word) => {}
            Some(word) => {
                let mut help = format!("allowed: {}", alternatives(allowed.iter().copied()));
                if let Some(near) = nearest(word, allowed.iter().copied()) {
                    help = format!("did you mean {}? {help}", shown(near));
                }
                self.report(
                    at,
                    format!("{} is no value of {name}", shown(word)),
                    Some(help),
                );
            }
            None => {
                let help = format!("allowed: {}", alternatives(allowed.iter().copied()));
                let message = format!("{name} must be one word, not {}", found(node));
                self.report(at, message, Some(help));
            }
        }
    }

    fn wrong_kind(&mut self, schemas: &[&'a Json], node: &Node, at: Span, name: &str) {
        let mut wanted: Vec<&str> = Vec::new();
        for kind in schemas.iter().flat_map(|schema| self.kinds(schema)) {
            let word = match kind {
                "object" => "a mapping",
                "array" => "a list",
                "string" => "text",
                "integer" => "a whole number",
                "number" => "a number",
                "boolean" => "`true` or `false`",
                _ => continue,
            };
            if !wanted.contains(&word) {
                wanted.push(word);
            }
        }
        let message = format!(
            "{name} must be {}, not {}",
            wanted.join(" or "),
            found(node)
        );
        let quoted = matches!(node.kind, Kind::Scalar(_, false));
        let help = match node.scalar() {
            Some(Scalar::Null) => Some("give it a value, or leave the key out"),
            Some(Scalar::Text)
                if quoted
                    && !wanted.contains(&"text")
                    && wanted != ["a list"]
                    && wanted != ["a mapping"] =>
            {
                Some("leave the quotes out")
            }
            Some(_) if wanted.contains(&"text") && !wanted.contains(&"a mapping") => {
                Some("put it in quotes")
            }
            Some(_) if wanted == ["a list"] => Some("put it in brackets: `[...]`"),
            _ => None,
        };
        self.report(at, message, help.map(str::to_owned));
    }

    fn resolve(&self, schema: &'a Json) -> &'a Json {
        let mut schema = schema;
        // A reference to a reference does not occur; the limit keeps a damaged schema from looping.
        for _ in 0..8 {
            let Some(name) = schema.get("$ref").and_then(Json::as_str) else {
                break;
            };
            let target = match name.strip_prefix("#") {
                Some(pointer) => self.root.pointer(pointer),
                None => None,
            };
            match target {
                Some(target) => schema = target,
                None => break,
            }
        }
        schema
    }

    /// Whether serde would take a node of this kind. It takes any scalar for a text, and nothing
    /// for what may be left out.
    fn accepts(&self, schema: &'a Json, node: &Node) -> bool {
        let kinds = self.kinds(schema);
        kinds.is_empty()
            || self.accepts_strictly(schema, node)
            || (kinds.contains(&"string") && node.scalar().is_some())
            || (matches!(&node.kind, Kind::Scalar(text, true) if text.is_empty())
                && kinds.iter().any(|kind| matches!(*kind, "object" | "array")))
    }

    fn accepts_strictly(&self, schema: &'a Json, node: &Node) -> bool {
        let kinds = self.kinds(schema);
        let kind = match (&node.kind, node.scalar()) {
            (Kind::Map(_), _) => "object",
            (Kind::List(_), _) => "array",
            (_, Some(Scalar::Null)) => "null",
            (_, Some(Scalar::Boolean)) => "boolean",
            (_, Some(Scalar::Integer(_))) => "integer",
            (_, Some(Scalar::Float)) => "number",
            _ => "string",
        };
        kinds.is_empty()
            || kinds.contains(&kind)
            || (kind == "integer" && kinds.contains(&"number"))
    }

    /// The kinds of value that a schema allows; none if it allows all.
    fn kinds(&self, schema: &'a Json) -> Vec<&'a str> {
        let schema = self.resolve(schema);
        match branches(schema) {
            Some(branches) => branches
                .iter()
                .flat_map(|branch| self.kinds(branch))
                .collect(),
            None => types(schema).collect(),
        }
    }

    /// The first sentence of what the schema says of a key.
    fn description(&self, schema: &'a Json) -> Option<&'a str> {
        let own = schema
            .get("description")
            .or_else(|| self.resolve(schema).get("description"));
        let text = own.and_then(Json::as_str)?;
        let end = text
            .find(". ")
            .or_else(|| text.find(".\n"))
            .unwrap_or(text.len());
        text.get(..end).map(|text| text.trim_end_matches('.'))
    }

    fn report(&mut self, span: Span, message: String, help: Option<String>) {
        let mut diagnostic = Diagnostic::new(Place::span(self.file, span), message);
        diagnostic.help = help;
        self.mistakes.push(diagnostic);
    }
}

fn types(schema: &Json) -> impl Iterator<Item = &str> {
    let one = schema.get("type").and_then(Json::as_str);
    let many = schema
        .get("type")
        .and_then(Json::as_array)
        .into_iter()
        .flatten();
    one.into_iter().chain(many.filter_map(Json::as_str))
}

/// The kinds between which a schema lets one choose, unless they are all single words.
fn branches(schema: &Json) -> Option<&[Json]> {
    let branches = schema
        .get("anyOf")
        .or_else(|| schema.get("oneOf"))?
        .as_array()?;
    allowed(schema).is_none().then_some(branches)
}

/// The words that a schema allows, if it allows nothing else.
fn allowed(schema: &Json) -> Option<Vec<&str>> {
    if let Some(words) = schema.get("enum").and_then(Json::as_array) {
        return words.iter().map(Json::as_str).collect();
    }
    if let Some(word) = schema.get("const") {
        return word.as_str().map(|word| vec![word]);
    }
    let branches = schema.get("oneOf")?.as_array()?;
    let words: Option<Vec<Vec<&str>>> = branches.iter().map(allowed).collect();
    words.map(|words| words.into_iter().flatten().collect())
}

fn is_block(node: &Node) -> bool {
    !matches!(node.kind, Kind::Scalar(..)) && node.span.end_line > node.span.line
        || (node.span.line, node.span.column) == (node.span.end_line, node.span.end_column)
}

fn text(node: &Node) -> String {
    shown(node.text().unwrap_or_default())
}

fn found(node: &Node) -> String {
    match (&node.kind, node.scalar()) {
        (Kind::Map(_), _) => "a mapping".to_owned(),
        (Kind::List(_), _) => "a list".to_owned(),
        (_, Some(Scalar::Null)) => "nothing".to_owned(),
        (_, Some(Scalar::Boolean)) => format!("the truth value {}", text(node)),
        (_, Some(Scalar::Integer(_) | Scalar::Float)) => format!("the number {}", text(node)),
        _ => format!("the text {}", text(node)),
    }
}
