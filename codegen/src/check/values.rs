use serde_json::{Map, Value};

use super::Mistakes;
use crate::diagnostic::{Diagnostic, Place, alternatives, quoted};
use crate::similar::did_you_mean;
use crate::spec::walk::Path;
use crate::spec::{
    Encoding, EnumKey, EnumValue, Field, Fields, OneOf, Ordered, ScalarOrNamed, Scope, Shape,
    TypeNode,
};

/// Compares the values of an example with their types.
pub(super) struct ValueChecker<'a, 'b> {
    scope: Scope<'a>,
    /// A request must have its required fields; a reply may omit any.
    request: bool,
    /// Inside JSON in a string: the place of that string.
    text: Option<Place>,
    pub(super) mistakes: &'b mut Mistakes,
}

impl<'a, 'b> ValueChecker<'a, 'b> {
    pub(super) fn new(scope: Scope<'a>, request: bool, mistakes: &'b mut Mistakes) -> Self {
        Self {
            scope,
            request,
            text: None,
            mistakes,
        }
    }

    /// An object whose fields are known.
    pub(super) fn object(&mut self, path: &Path<'_>, fields: &'a Fields, value: &Value) {
        let Value::Object(entries) = value else {
            return self.wrong(path, "an object", value);
        };
        self.entries(path, fields, entries.iter());
        let required = fields
            .iter()
            .filter(|(_, field)| self.request && field.required && !field.flatten);
        let missing: Vec<&str> = required
            .map(|(name, _)| name.as_str())
            .filter(|name| !entries.contains_key(*name))
            .collect();
        for name in missing {
            let message = format!("the example lacks the required field {}", quoted(name));
            self.report(path, path.at_value(), message, Some("add it".to_owned()));
        }
        for (_, field) in fields.iter().filter(|(_, field)| field.flatten) {
            if let Some(one_of) = self.one_of(field.shape()) {
                self.kind(path, one_of, field.required, entries);
            }
        }
    }

    fn one_of(&self, shape: Option<Shape<'a>>) -> Option<&'a OneOf> {
        match self.scope.shape(shape?)? {
            Shape::OneOf(one_of) => Some(one_of),
            _ => None,
        }
    }

    /// The entries of a one-of.
    fn kind(
        &mut self,
        path: &Path<'_>,
        one_of: &'a OneOf,
        required: bool,
        entries: &Map<String, Value>,
    ) {
        let tag = match entries.get(&one_of.tag) {
            Some(Value::String(tag)) => tag,
            Some(other) => return self.wrong(&path.key(&one_of.tag), "a string", other),
            None if self.request && required => {
                let message = format!("the example lacks the tag {}", quoted(&one_of.tag));
                return self.report(path, path.at_value(), message, Some("add it".to_owned()));
            }
            None => return,
        };
        let Some((_, kind)) = one_of.kinds.iter().find(|(known, _)| *known == tag) else {
            let path = path.key(&one_of.tag);
            let known = one_of.kinds.iter().map(|(tag, _)| tag.as_str());
            let help = format!("kinds: {}", alternatives(known.take(20)));
            let message = format!("{} is not a kind of this one-of", quoted(tag));
            return self.report(&path, path.at_value(), message, Some(help));
        };
        let name = one_of.content_of(tag);
        for other in one_of
            .names()
            .filter(|other| *other != name && *other != one_of.tag)
        {
            if entries.contains_key(other) {
                let path = path.key(other);
                let message = format!("{} is the content of another kind", quoted(other));
                self.report(&path, path.at_key(), message, Some("remove it".to_owned()));
            }
        }
        let path = path.key(name);
        match entries.get(name) {
            Some(content) if one_of.is_json_string() => {
                self.text(&path, name, content, |checker, path, content| {
                    checker.object(path, &kind.object, content);
                });
            }
            Some(content) => self.object(&path, &kind.object, content),
            None if self.request && kind.object.iter().any(|(_, field)| field.required) => {
                let message = format!("the example lacks the content {}", quoted(name));
                self.report(&path, path.at_value(), message, Some("add it".to_owned()));
            }
            None => {}
        }
    }

    /// Named values, each of which must be a known field.
    pub(super) fn entries<'v>(
        &mut self,
        path: &Path<'_>,
        fields: &'a Fields,
        entries: impl Iterator<Item = (&'v String, &'v Value)>,
    ) {
        let flattened = fields.iter().filter(|(_, field)| field.flatten);
        let one_ofs: Vec<_> = flattened
            .filter_map(|(_, field)| self.one_of(field.shape()))
            .collect();
        let in_one_of = |name: &str| {
            let mut names = one_ofs.iter().flat_map(|one_of| one_of.names());
            names.any(|known| known == name)
        };
        for (name, value) in entries {
            if in_one_of(name) {
                continue;
            }
            let inner = path.key(name);
            if let Some(field) = fields.get(name).filter(|field| !field.flatten) {
                self.field(&inner, name, field, value);
                continue;
            }
            let known = || fields.iter().map(|(name, _)| name.as_str());
            let help = match did_you_mean(name, known()) {
                Some(question) => question,
                None if fields.is_empty() => "no fields are described here".to_owned(),
                None => format!("known fields: {}", alternatives(known().take(20))),
            };
            let message = format!("the example has {}, which is not described", quoted(name));
            self.report(&inner, inner.at_key(), message, Some(help));
        }
    }

    /// Reports a value that violates a limit of its field.
    fn limits(&mut self, path: &Path<'_>, field: &Field, value: &Value) {
        if !self.request {
            return;
        }
        for (key, found) in field.exceeded(value) {
            let message = format!("the example violates {} of its field: {found}", quoted(key));
            let help = "correct the example or the limit".to_owned();
            self.report(path, path.at_value(), message, Some(help));
        }
    }

    /// A field's value.
    pub(super) fn field(&mut self, path: &Path<'_>, name: &str, field: &'a Field, value: &Value) {
        if value.is_null() {
            if self.request {
                let name = if name.starts_with("the ") {
                    name.to_owned()
                } else {
                    quoted(name)
                };
                let message = format!("the example has no value for {name}");
                let help = "add one, or remove the key".to_owned();
                self.report(path, path.at_value(), message, Some(help));
            }
            return;
        }
        if field.encoding != Some(Encoding::JsonString) {
            self.limits(path, field, value);
            return self.shape(path, field.shape(), value);
        }
        self.text(path, name, value, |checker, path, inner| {
            checker.shape(path, field.shape(), inner);
        });
    }

    /// A value that is a string with JSON.
    fn text(
        &mut self,
        path: &Path<'_>,
        name: &str,
        value: &Value,
        check: impl FnOnce(&mut Self, &Path<'_>, &Value),
    ) {
        let Some(text) = value.as_str() else {
            let help = "write it as it is sent: JSON in quotes".to_owned();
            let message = format!("{} is a string that holds JSON", quoted(name));
            return self.report(path, path.at_value(), message, Some(help));
        };
        match serde_json::from_str::<Value>(text) {
            Ok(inner) => {
                let before = self.text.clone();
                self.text = Some(before.clone().unwrap_or_else(|| path.at_value()));
                check(self, &Path::File(""), &inner);
                self.text = before;
            }
            Err(error) => {
                let message = format!("the text is not JSON: {error}");
                self.report(path, path.at_value(), message, None);
            }
        }
    }

    fn shape(&mut self, path: &Path<'_>, shape: Option<Shape<'a>>, value: &Value) {
        match shape.and_then(|shape| self.scope.shape(shape)) {
            // Reported where the field is described.
            None => {}
            Some(Shape::Name(name)) => self.scalar(path, name, value),
            Some(Shape::Enum(values, integer)) => self.known_value(path, values, integer, value),
            Some(Shape::Object(fields)) => self.object(path, fields, value),
            Some(Shape::OneOf(one_of)) => match value {
                Value::Object(entries) => {
                    self.kind(path, one_of, true, entries);
                    let own = |name: &str| one_of.names().any(|known| known == name);
                    for name in entries.keys().filter(|name| !own(name)) {
                        let inner = path.key(name);
                        let message =
                            format!("the example has {}, which is not described", quoted(name));
                        let help = format!("known fields: {}", alternatives(one_of.names()));
                        self.report(&inner, inner.at_key(), message, Some(help));
                    }
                }
                _ => self.wrong(path, "an object", value),
            },
            Some(Shape::List(element)) => match value {
                Value::Array(items) => {
                    for (index, item) in items.iter().enumerate() {
                        self.node(&path.index(index), element, item);
                    }
                }
                _ => self.wrong(path, "a list", value),
            },
            Some(Shape::Map(inner)) => match value {
                Value::Object(entries) => {
                    for (key, item) in entries {
                        self.node(&path.key(key), inner, item);
                    }
                }
                _ => self.wrong(path, "an object", value),
            },
        }
    }

    fn node(&mut self, path: &Path<'_>, node: &'a TypeNode, value: &Value) {
        if self.request || !value.is_null() {
            self.shape(path, node.shape(), value);
        }
    }

    fn scalar(&mut self, path: &Path<'_>, name: &ScalarOrNamed, value: &Value) {
        let (good, wanted) = match name {
            ScalarOrNamed::String => (value.is_string(), "a string"),
            ScalarOrNamed::Integer => (value.is_i64(), "a 64-bit integer"),
            ScalarOrNamed::Number => (value.is_number(), "a number"),
            ScalarOrNamed::Boolean => (value.is_boolean(), "`true` or `false`"),
            ScalarOrNamed::File => (value.is_string(), "the name of a file"),
            // Free JSON takes any value; an unknown name is reported where it is used.
            ScalarOrNamed::Json | ScalarOrNamed::Named(_) => return,
        };
        if !good {
            self.wrong(path, wanted, value);
        }
    }

    fn known_value(
        &mut self,
        path: &Path<'_>,
        values: &Ordered<EnumKey, EnumValue>,
        integer: bool,
        value: &Value,
    ) {
        let found = match value {
            Value::String(text) if !integer => EnumKey::Text(text.clone()),
            Value::Number(number) if integer && number.is_i64() => {
                EnumKey::Integer(number.as_i64().unwrap_or_default())
            }
            _ => return self.wrong(path, if integer { "an integer" } else { "a string" }, value),
        };
        if values.contains(&found) {
            return;
        }
        let known: Vec<String> = values.iter().map(|(key, _)| key.to_string()).collect();
        let found = found.to_string();
        let known = || known.iter().map(String::as_str);
        let mut help = format!("allowed: {}", alternatives(known().take(20)));
        if let Some(question) = did_you_mean(&found, known()).filter(|_| !integer) {
            help = format!("{question} {help}");
        }
        let message = format!("{} is not a value of this enum", quoted(&found));
        self.report(path, path.at_value(), message, Some(help));
    }

    fn wrong(&mut self, path: &Path<'_>, wanted: &str, value: &Value) {
        let found = match value {
            Value::Null => "null".to_owned(),
            Value::Bool(value) => format!("the boolean `{value}`"),
            Value::Number(number) => format!("the number `{number}`"),
            Value::String(text) => format!("the string {}", quoted(text)),
            Value::Array(_) => "a list".to_owned(),
            Value::Object(_) => "an object".to_owned(),
        };
        let help = match value {
            Value::Bool(_) | Value::Number(_) if wanted == "a string" => {
                Some("quote it".to_owned())
            }
            Value::String(text)
                if text.parse::<f64>().is_ok() && wanted.contains("number")
                    || wanted.contains("integer") =>
            {
                Some("remove the quotes".to_owned())
            }
            _ => None,
        };
        let message = format!("the example must have {wanted} here, not {found}");
        self.report(path, path.at_value(), message, help);
    }

    fn report(&mut self, path: &Path<'_>, place: Place, mut message: String, help: Option<String>) {
        let place = match &self.text {
            Some(text) => {
                let at = path.dotted();
                message.push_str(" (in the JSON text");
                if !at.is_empty() {
                    message.push_str(", at ");
                    message.push_str(&quoted(&at));
                }
                message.push(')');
                text.clone()
            }
            None => place,
        };
        let mut diagnostic = Diagnostic::new(place, message);
        diagnostic.help = help;
        self.mistakes.push(diagnostic);
    }
}
