//! What a part of a schema allows.

use std::collections::HashMap;
use std::rc::Rc;

use serde_json::Value as Json;

use crate::spanned::{Content, Node, Scalar};

/// The rules of a schema.
pub(super) struct Rules<'a> {
    root: &'a Json,
    /// The rule of each part, derived once.
    known: HashMap<*const Json, Rc<Rule<'a>>>,
}

impl<'a> Rules<'a> {
    pub(super) fn of(root: &'a Json) -> Self {
        Self {
            root,
            known: HashMap::new(),
        }
    }

    pub(super) fn rule(&mut self, schema: &'a Json) -> Rc<Rule<'a>> {
        let key = std::ptr::from_ref(schema);
        if let Some(rule) = self.known.get(&key) {
            return Rc::clone(rule);
        }
        let schema = self.resolve(schema);
        let rule = Rc::new(Rule {
            schema,
            kinds: self.kinds(schema),
            branches: branches(schema),
            words: allowed(schema),
        });
        self.known.insert(key, Rc::clone(&rule));
        rule
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

    /// The kinds of value that a schema allows; none if it allows all.
    fn kinds(&self, schema: &'a Json) -> Vec<&'a str> {
        let schema = self.resolve(schema);
        match branches(schema) {
            Some(branches) => {
                let kinds: Vec<_> = branches.iter().map(|branch| self.kinds(branch)).collect();
                // A branch that allows all, or that goes by words, decides for itself.
                if kinds.iter().any(Vec::is_empty) {
                    return Vec::new();
                }
                kinds.concat()
            }
            None => types(schema).collect(),
        }
    }

    /// The first sentence of the description of a key.
    pub(super) fn description(&self, schema: &'a Json) -> Option<&'a str> {
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
}

/// The rule of a part of the schema.
pub(super) struct Rule<'a> {
    /// The part, without references.
    pub(super) schema: &'a Json,
    /// The kinds of value that it allows; none if it allows all.
    pub(super) kinds: Vec<&'a str>,
    /// The kinds between which it lets one choose, unless they are all single words.
    pub(super) branches: Option<&'a [Json]>,
    /// The words that it allows, if it allows nothing else.
    pub(super) words: Option<Vec<&'a str>>,
}

impl Rule<'_> {
    /// Whether serde would take a node of this kind. It takes any scalar for a text, and nothing
    /// for what may be left out.
    pub(super) fn accepts(&self, node: &Node) -> bool {
        let kinds = &self.kinds;
        kinds.is_empty()
            || self.accepts_strictly(node)
            || (kinds.contains(&"string") && node.scalar().is_some())
            || (matches!(&node.content, Content::Scalar(text, true) if text.is_empty())
                && kinds.iter().any(|kind| matches!(*kind, "object" | "array")))
    }

    pub(super) fn accepts_strictly(&self, node: &Node) -> bool {
        let kind = match (&node.content, node.scalar()) {
            (Content::Map(_), _) => "object",
            (Content::List(_), _) => "array",
            (_, Some(Scalar::Null)) => "null",
            (_, Some(Scalar::Boolean)) => "boolean",
            (_, Some(Scalar::Integer(_))) => "integer",
            (_, Some(Scalar::Float)) => "number",
            _ => "string",
        };
        self.kinds.is_empty()
            || self.kinds.contains(&kind)
            || (kind == "integer" && self.kinds.contains(&"number"))
    }
}

pub(super) fn types(schema: &Json) -> impl Iterator<Item = &str> {
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
