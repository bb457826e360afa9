use serde_json::Value;

use super::place::Path;
use super::{Mistakes, Scope};
use crate::diagnostic::{Diagnostic, Place, alternatives, shown};
use crate::similar::nearest;
use crate::spec::{
    Encoding, EnumKey, EnumValue, Field, Fields, NamedType, Ordered, ScalarOrNamed, Shape, TypeNode,
};

/// Compares values of an example with the types that they should have.
pub(super) struct Fit<'a, 'b> {
    scope: Scope<'a>,
    /// In a request what is required must be there; a reply may leave out anything.
    request: bool,
    /// While inside JSON that is written as text: where that text stands.
    text: Option<Place>,
    pub(super) mistakes: &'b mut Mistakes,
}

impl<'a, 'b> Fit<'a, 'b> {
    pub(super) fn new(scope: Scope<'a>, request: bool, mistakes: &'b mut Mistakes) -> Self {
        Self {
            scope,
            request,
            text: None,
            mistakes,
        }
    }

    /// An object whose fields are known.
    pub(super) fn object(&mut self, path: &Path<'_>, fields: &Fields, value: &Value) {
        let Value::Object(entries) = value else {
            return self.wrong(path, "an object", value);
        };
        self.entries(path, fields, entries.iter());
        let required = fields
            .iter()
            .filter(|(_, field)| self.request && field.required);
        let missing: Vec<&str> = required
            .map(|(name, _)| name.as_str())
            .filter(|name| !entries.contains_key(*name))
            .collect();
        for name in missing {
            let message = format!("the example leaves out {}, which is required", shown(name));
            self.report(
                path,
                path.at_value(),
                message,
                Some("give it a value".to_owned()),
            );
        }
    }

    /// Named values, each of which must be a known field.
    pub(super) fn entries<'v>(
        &mut self,
        path: &Path<'_>,
        fields: &Fields,
        entries: impl Iterator<Item = (&'v String, &'v Value)>,
    ) {
        for (name, value) in entries {
            let inner = path.key(name);
            if let Some(field) = fields.get(name) {
                self.field(&inner, name, field, value);
                continue;
            }
            let known = || fields.iter().map(|(name, _)| name.as_str());
            let help = match nearest(name, known()) {
                Some(near) => format!("did you mean {}?", shown(near)),
                None if fields.is_empty() => {
                    "nothing is described that could stand here".to_owned()
                }
                None => format!("described: {}", alternatives(known().take(20))),
            };
            let message = format!("the example gives {}, which is not described", shown(name));
            self.report(&inner, inner.at_key(), message, Some(help));
        }
    }

    /// A field's value.
    pub(super) fn field(&mut self, path: &Path<'_>, name: &str, field: &Field, value: &Value) {
        if value.is_null() {
            if self.request {
                let name = if name.starts_with("the ") {
                    name.to_owned()
                } else {
                    shown(name)
                };
                let message = format!("the example gives {name} no value");
                let help = "give it one, or leave the key out".to_owned();
                self.report(path, path.at_value(), message, Some(help));
            }
            return;
        }
        if field.encoding != Some(Encoding::JsonString) {
            return self.shape(path, field.shape(), value);
        }
        let Some(text) = value.as_str() else {
            let help = "write what goes over the wire: JSON in quotes".to_owned();
            let message = format!("{} is a string that holds JSON", shown(name));
            return self.report(path, path.at_value(), message, Some(help));
        };
        match serde_json::from_str::<Value>(text) {
            Ok(inner) => {
                let before = self.text.clone();
                self.text = Some(before.clone().unwrap_or_else(|| path.at_value()));
                self.shape(&Path::File(""), field.shape(), &inner);
                self.text = before;
            }
            Err(error) => {
                let message = format!("the text is no JSON: {error}");
                self.report(path, path.at_value(), message, None);
            }
        }
    }

    fn shape(&mut self, path: &Path<'_>, shape: Option<Shape<'_>>, value: &Value) {
        match shape {
            // Reported where the field is described.
            None => {}
            Some(Shape::Name(name)) => self.scalar(path, name, value),
            Some(Shape::Enum(values, integer)) => self.one_of(path, values, integer, value),
            Some(Shape::Object(fields)) => self.object(path, fields, value),
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

    fn node(&mut self, path: &Path<'_>, node: &TypeNode, value: &Value) {
        if self.request || !value.is_null() {
            self.shape(path, node.shape(), value);
        }
    }

    fn scalar(&mut self, path: &Path<'_>, name: &ScalarOrNamed, value: &Value) {
        let (good, wanted) = match name {
            ScalarOrNamed::String => (value.is_string(), "text"),
            ScalarOrNamed::Integer => (value.is_i64(), "a whole number of 64 bits"),
            ScalarOrNamed::Number => (value.is_number(), "a number"),
            ScalarOrNamed::Boolean => (value.is_boolean(), "`true` or `false`"),
            ScalarOrNamed::Json => return,
            ScalarOrNamed::Named(name) => {
                let def: Option<&'a NamedType> = self.scope.get(name);
                return match def {
                    Some(NamedType {
                        object: Some(fields),
                        ..
                    }) => self.object(path, fields, value),
                    Some(NamedType {
                        values: Some(values),
                        type_name,
                        ..
                    }) => match type_name {
                        None | Some(ScalarOrNamed::String) => {
                            self.one_of(path, values, false, value);
                        }
                        Some(ScalarOrNamed::Integer) => self.one_of(path, values, true, value),
                        Some(_) => {}
                    },
                    _ => {}
                };
            }
        };
        if !good {
            self.wrong(path, wanted, value);
        }
    }

    fn one_of(
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
            _ => return self.wrong(path, if integer { "a whole number" } else { "text" }, value),
        };
        if values.contains(&found) {
            return;
        }
        let known: Vec<String> = values.iter().map(|(key, _)| key.to_string()).collect();
        let found = found.to_string();
        let known = || known.iter().map(String::as_str);
        let mut help = format!("its values are {}", alternatives(known().take(20)));
        if let Some(near) = nearest(&found, known()).filter(|_| !integer) {
            help = format!("did you mean {}? {help}", shown(near));
        }
        let message = format!("{} is no value of this enum", shown(&found));
        self.report(path, path.at_value(), message, Some(help));
    }

    fn wrong(&mut self, path: &Path<'_>, wanted: &str, value: &Value) {
        let found = match value {
            Value::Null => "nothing".to_owned(),
            Value::Bool(value) => format!("the truth value `{value}`"),
            Value::Number(number) => format!("the number `{number}`"),
            Value::String(text) => format!("the text {}", shown(text)),
            Value::Array(_) => "a list".to_owned(),
            Value::Object(_) => "an object".to_owned(),
        };
        let help = match value {
            Value::Bool(_) | Value::Number(_) if wanted == "text" => {
                Some("put it in quotes".to_owned())
            }
            Value::String(text) if text.parse::<f64>().is_ok() && wanted.contains("number") => {
                Some("leave the quotes out".to_owned())
            }
            _ => None,
        };
        let message = format!("the example should be {wanted} here, not {found}");
        self.report(path, path.at_value(), message, help);
    }

    fn report(&mut self, path: &Path<'_>, place: Place, mut message: String, help: Option<String>) {
        let place = match &self.text {
            Some(text) => {
                let at = path.dotted();
                message.push_str(" (in the JSON text");
                if !at.is_empty() {
                    message.push_str(", at ");
                    message.push_str(&shown(&at));
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
