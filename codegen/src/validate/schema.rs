use std::collections::{BTreeMap, HashMap};

use serde_json::Value as Json;

use super::rule::{Rule, Rules, types};
use crate::diagnostic::{Diagnostic, Place, Span, alternatives, quoted};
use crate::schema::File;
use crate::similar::did_you_mean;
use crate::spanned::{Content, Node, Scalar};

/// Reports where a tree does not fit the schema of its file.
pub(super) fn check(kind: File, file: &str, root: &Node, mistakes: &mut Vec<Diagnostic>) {
    let Ok(schema) = serde_json::from_str::<Json>(kind.schema()) else {
        return;
    };
    let mut walker = Walker {
        file,
        rules: Rules::of(&schema),
        helps: HashMap::new(),
        mistakes,
    };
    walker.node(&schema, root, root.span, kind.describes());
}

struct Walker<'a> {
    file: &'a str,
    rules: Rules<'a>,
    /// The help for unknown keys, by schema: a typo is often repeated.
    helps: HashMap<(*const Json, String), String>,
    mistakes: &'a mut Vec<Diagnostic>,
}

impl<'a> Walker<'a> {
    /// `at` is where a mistake that concerns the whole node is marked, `name` what it is called.
    fn node(&mut self, schema: &'a Json, node: &Node, at: Span, name: &str) {
        let rule = self.rules.rule(schema);
        if let Some(branches) = rule.branches {
            self.either(branches, node, at, name);
        } else if let Some(words) = &rule.words {
            self.among(words, node, at, name);
        } else if rule.accepts(node) {
            self.inside(&rule, node, at, name);
        } else {
            self.wrong_kind(&rule.kinds, node, at, name);
        }
    }

    fn inside(&mut self, rule: &Rule<'a>, node: &Node, at: Span, name: &str) {
        let schema = rule.schema;
        match &node.content {
            Content::Map(pairs) => self.mapping(schema, node, pairs, at, name),
            Content::List(items) => {
                for item in items {
                    if let Some(schema) = schema.get("items") {
                        self.node(schema, item, item.span, name);
                    }
                }
            }
            // Nothing at all is an empty mapping.
            Content::Scalar(text, true) if text.is_empty() => {
                if !rule.kinds.contains(&"null") {
                    self.mapping(schema, node, &[], at, name);
                }
            }
            Content::Scalar(..) => {
                let Some(Scalar::Integer(number)) = node.scalar() else {
                    return;
                };
                let limit = |key: &str| schema.get(key).and_then(Json::as_i64).map(i128::from);
                let low = limit("minimum").unwrap_or(i128::from(i64::MIN));
                let high = limit("maximum").unwrap_or(i128::from(i64::MAX));
                let numeric = types(schema).any(|t| t == "integer");
                if numeric && !number.is_some_and(|number| (low..=high).contains(&number)) {
                    let message = format!("{} is out of range for {name}", text(node));
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
        let keys = schema
            .get("propertyNames")
            .map(|keys| self.rules.rule(keys));
        if keys
            .as_ref()
            .is_some_and(|keys| keys.kinds.contains(&"integer"))
        {
            self.numbers(pairs);
        }
        for (key, value) in pairs.iter().filter(|(key, _)| !key.is_merge()) {
            let Some(word) = key.text() else {
                self.report(key.span, "a key must be a string".to_owned(), None);
                continue;
            };
            if let Some(keys) = keys.as_ref().filter(|keys| !keys.accepts_strictly(key)) {
                self.wrong_kind(&keys.kinds, key, key.span, &format!("a key of {name}"));
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
                Some(inner) => self.node(inner, value, span, &quoted(word)),
                None if schema.get("additionalProperties") == Some(&Json::Bool(false)) => {
                    self.unknown_key(schema, key, word);
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
                .and_then(|p| self.rules.description(p));
            let help = about.map(|about| format!("{}: {about}", quoted(missing)));
            // The first key marks the mapping, which may be long.
            let first = pairs
                .first()
                .filter(|_| is_block(node))
                .map(|(key, _)| key.span);
            let span = if at == node.span {
                first.unwrap_or(at)
            } else {
                at
            };
            let mut message = format!("missing key {}", quoted(missing));
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
                    Some("quote it if it is a string".to_owned()),
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
                            .help("keep one")
                            .also(also, "first here"),
                    );
                }
                Some(_) => {}
                None => drop(seen.insert(number, key)),
            }
        }
    }

    fn unknown_key(&mut self, schema: &'a Json, key: &Node, word: &str) {
        let known = || {
            let properties = schema.get("properties").and_then(Json::as_object);
            properties
                .into_iter()
                .flat_map(|p| p.keys().map(String::as_str))
        };
        let help = self
            .helps
            .entry((std::ptr::from_ref(schema), word.to_owned()));
        let help = help.or_insert_with(|| {
            let allowed = format!("allowed here: {}", alternatives(known()));
            match did_you_mean(word, known()) {
                Some(question) => format!("{question} {allowed}"),
                None if word.trim().contains(' ') => {
                    "quote text with commas: inside `{ }` a comma ends it".to_owned()
                }
                None => allowed,
            }
        });
        let help = Some(help.clone());
        self.report(key.span, format!("unknown key {}", quoted(word)), help);
    }

    /// A value of which the schema knows several kinds.
    fn either(&mut self, branches: &'a [Json], node: &Node, at: Span, name: &str) {
        let rules: Vec<_> = branches
            .iter()
            .map(|branch| self.rules.rule(branch))
            .collect();
        let fitting: Vec<_> = rules
            .iter()
            .filter(|rule| rule.accepts_strictly(node))
            .collect();
        let before = self.mistakes.len();
        for (index, rule) in fitting.iter().enumerate() {
            self.mistakes.truncate(before);
            self.node(rule.schema, node, at, name);
            if self.mistakes.len() == before {
                return;
            }
            // Prefer what the first says: the last is often the one that takes any text.
            if index + 1 == fitting.len() {
                return;
            }
        }
        let kinds: Vec<&str> = rules
            .iter()
            .flat_map(|rule| rule.kinds.iter().copied())
            .collect();
        self.wrong_kind(&kinds, node, at, name);
    }

    fn among(&mut self, allowed: &[&str], node: &Node, at: Span, name: &str) {
        match node.text() {
            Some(word) if allowed.contains(&word) => {}
            Some(word) => {
                let mut help = format!("allowed: {}", alternatives(allowed.iter().copied()));
                if let Some(question) = did_you_mean(word, allowed.iter().copied()) {
                    help = format!("{question} {help}");
                }
                self.report(
                    at,
                    format!("{} is not a valid value of {name}", quoted(word)),
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

    fn wrong_kind(&mut self, kinds: &[&str], node: &Node, at: Span, name: &str) {
        let mut wanted: Vec<&str> = Vec::new();
        for kind in kinds {
            let word = match *kind {
                "object" => "a mapping",
                "array" => "a list",
                "string" => "a string",
                "integer" => "an integer",
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
        let quoted = matches!(node.content, Content::Scalar(_, false));
        let help = match node.scalar() {
            Some(Scalar::Null) => Some("add a value, or remove the key"),
            Some(Scalar::Text)
                if quoted
                    && !wanted.contains(&"a string")
                    && wanted != ["a list"]
                    && wanted != ["a mapping"] =>
            {
                Some("remove the quotes")
            }
            Some(_) if wanted.contains(&"a string") && !wanted.contains(&"a mapping") => {
                Some("quote it")
            }
            Some(_) if wanted == ["a list"] => Some("put it in brackets: `[...]`"),
            _ => None,
        };
        self.report(at, message, help.map(str::to_owned));
    }

    fn report(&mut self, span: Span, message: String, help: Option<String>) {
        let mut diagnostic = Diagnostic::new(Place::span(self.file, span), message);
        diagnostic.help = help;
        self.mistakes.push(diagnostic);
    }
}

fn is_block(node: &Node) -> bool {
    !matches!(node.content, Content::Scalar(..)) && node.span.end_line > node.span.line
        || (node.span.line, node.span.column) == (node.span.end_line, node.span.end_column)
}

fn text(node: &Node) -> String {
    quoted(node.text().unwrap_or_default())
}

fn found(node: &Node) -> String {
    match (&node.content, node.scalar()) {
        (Content::Map(_), _) => "a mapping".to_owned(),
        (Content::List(_), _) => "a list".to_owned(),
        (_, Some(Scalar::Null)) => "nothing".to_owned(),
        (_, Some(Scalar::Boolean)) => format!("the boolean {}", text(node)),
        (_, Some(Scalar::Integer(_) | Scalar::Float)) => format!("the number {}", text(node)),
        _ => format!("the string {}", text(node)),
    }
}
