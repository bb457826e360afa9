//! Example values, made from an operation's types.

use std::fmt;

use dingtalk_api::generated::{Body, Operation};
use dingtalk_api::generated::{FieldInfo, FieldType, Location, ModelInfo};
use dingtalk_api::operation::ValueLimit;
use serde_json::{Map, Value, json};

/// A call with the required fields.
pub struct Example {
    operation: &'static Operation,
    /// Option, field name, value.
    values: Vec<(&'static str, &'static str, Value)>,
    body: Option<Value>,
}

impl Example {
    pub fn of(operation: &'static Operation) -> Self {
        let fields = operation.fields().into_iter();
        let values = fields.filter_map(|(info, kind)| {
            let option = option(info.location(), kind)?;
            let value = match kind {
                FieldType::File if info.is_required() => file_name(operation, info.name()).into(),
                FieldType::File => return None,
                kind => Sampler::new(false).field(info, kind)?,
            };
            Some((option, info.name(), value))
        });
        Self {
            operation,
            values: values.collect(),
            body: body(operation, false),
        }
    }

    /// The body with every field, indented; `None` if the example's body already has them all.
    pub fn whole_body(operation: &'static Operation) -> Option<String> {
        let whole = body(operation, true)?;
        if body(operation, false).as_ref() == Some(&whole) {
            return None;
        }
        let text = format!("{whole:#}");
        let lines = text.lines().map(|line| format!("  {line}\n"));
        Some(lines.collect())
    }
}

/// The option of `call` that sets values of this type in this location. In the body, only files have one.
pub fn option(location: Location, kind: FieldType) -> Option<&'static str> {
    match location {
        Location::Path => Some("path"),
        Location::Query => Some("query"),
        Location::Header => Some("header"),
        Location::Body => matches!(kind, FieldType::File).then_some("file"),
    }
}

/// A file name that the operation accepts.
fn file_name(operation: &Operation, field: &str) -> String {
    let body = operation.describe().body.unwrap_or_default();
    let limits = body.iter().filter(|known| known.name == field);
    let mut limits = limits.flat_map(|known| &known.limits);
    let extension = limits.find_map(|limit| match limit {
        ValueLimit::Extensions(names) | ValueLimit::Where(_, _, ValueLimit::Extensions(names)) => {
            names.first()
        }
        _ => None,
    });
    format!("./{field}.{}", extension.unwrap_or(&"txt"))
}

/// A command for a POSIX shell.
impl fmt::Display for Example {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Operation {
            service, action, ..
        } = self.operation;
        write!(f, "  dingtalk call {service} {action}")?;
        for (option, name, value) in &self.values {
            let value = match value {
                Value::String(text) => text.clone(),
                value => value.to_string(),
            };
            write!(
                f,
                " \\\n      --{option} {}",
                quoted(&format!("{name}={value}"))
            )?;
        }
        if let Some(body) = &self.body {
            write!(f, " \\\n      --body {}", quoted(&body.to_string()))?;
        }
        f.write_str("\n")
    }
}

/// Quotes a word for the shell.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-./:=@%+,".contains(c);
    if word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

fn body(operation: &Operation, whole: bool) -> Option<Value> {
    let fields = operation.fields().into_iter();
    let fields = fields.filter(|(info, kind)| {
        info.location() == Location::Body && !matches!(kind, FieldType::File)
    });
    let mut values = fields.flat_map(|(info, kind)| Sampler::new(whole).entries(info, kind));
    match operation.body {
        Body::None => None,
        Body::Bare => values.next().map(|(_, value)| value),
        Body::Fields | Body::Form | Body::Multipart => {
            let object: Map<_, _> = values.collect();
            (!object.is_empty()).then(|| object.into())
        }
    }
}

/// Makes example values.
struct Sampler {
    /// Includes optional fields.
    whole: bool,
    /// The objects around the current value: recursion stops at an object that contains itself.
    outer: Vec<&'static ModelInfo>,
}

impl Sampler {
    fn new(whole: bool) -> Self {
        Self {
            whole,
            outer: Vec::new(),
        }
    }

    /// The entries that a field makes: one, or those of a one-of that are beside the others.
    fn entries(&mut self, info: &'static FieldInfo, kind: FieldType) -> Vec<(String, Value)> {
        let value = self.field(info, kind);
        match value {
            Some(Value::Object(entries)) if info.is_flattened() => entries.into_iter().collect(),
            value => value
                .map(|value| (info.name().to_owned(), value))
                .into_iter()
                .collect(),
        }
    }

    fn field(&mut self, info: &'static FieldInfo, kind: FieldType) -> Option<Value> {
        if !(self.whole || info.is_required()) {
            return None;
        }
        self.value(info.name(), kind)
    }

    /// `None` for an object inside itself.
    fn value(&mut self, name: &str, kind: FieldType) -> Option<Value> {
        Some(match kind {
            FieldType::Integer => json!(1),
            FieldType::Number => json!(0.5),
            FieldType::Boolean => json!(true),
            FieldType::StringEnum(known) => json!(known.first().copied().unwrap_or(name)),
            FieldType::IntegerEnum(known) => json!(known.first().copied().unwrap_or(1)),
            FieldType::List(items) => self.value(name, items.get()).into_iter().collect(),
            FieldType::Map(items) => {
                let value = self.value(name, items.get());
                let entries = value.map(|value| ("key".to_owned(), value));
                Value::Object(entries.into_iter().collect())
            }
            FieldType::Object(object) => {
                let info = object.info();
                if self.outer.contains(&info) {
                    return None;
                }
                self.outer.push(info);
                let object = match kind.kinds().first() {
                    None => {
                        let fields = kind.fields().into_iter();
                        fields
                            .flat_map(|(info, kind)| self.entries(info, kind))
                            .collect()
                    }
                    Some(first) => {
                        let tag = info.fields().first().map_or("", FieldInfo::name);
                        let content = self.value(first.tag, first.of.get());
                        let content = content.map(|content| (first.content.name(), content));
                        let entries = [(tag, first.tag.into())].into_iter().chain(content);
                        entries
                            .map(|(name, value)| (name.to_owned(), value))
                            .collect()
                    }
                };
                self.outer.pop();
                Value::Object(object)
            }
            FieldType::Json => json!({}),
            // A string, and types that a newer version may add.
            _ => json!(name),
        })
    }
}

#[cfg(test)]
mod tests {
    use dingtalk_api::{FilePart, JsonRequest};
    use dingtalk_catalogue::Catalogue;
    use serde_json::Value;

    use super::{Example, body};

    #[test]
    fn examples_of_each_construct_could_be_sent() {
        assert_eq!(send_examples(&crate::golden()), Ok(()));
    }

    #[test]
    fn examples_of_every_operation_could_be_sent() {
        let catalogue = dingtalk_catalogue::open().map(send_examples);
        assert_eq!(catalogue, Ok(Ok(())));
    }

    /// Sends both examples of each operation; to nowhere.
    fn send_examples(catalogue: &Catalogue) -> Result<(), dingtalk_catalogue::Error> {
        for operation in catalogue.operations()? {
            let operation = operation.callable()?;
            let mut request = JsonRequest::new();
            for (option, name, value) in Example::of(operation).values {
                request = match option {
                    "path" => request.path(name, value),
                    "query" => request.query(name, value),
                    "file" => {
                        let name_of_file = value.as_str().unwrap_or_default();
                        request.file(name, FilePart::bytes(name_of_file, &b"x"[..]))
                    }
                    _ => request.header(name, value),
                };
            }
            for whole in [false, true] {
                let body = body(operation, whole).unwrap_or(Value::Null);
                let request = request.clone().body(body);
                if let Err(failure) = crate::dry_run::request(operation, request) {
                    panic!("{operation}: {failure:?}");
                }
            }
        }
        Ok(())
    }
}
