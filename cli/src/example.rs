//! Example values, made from an operation's types.

use std::fmt;

use dingtalk_api::generated::{Body, FieldType, Location, Operation};
use dingtalk_api::model::{Json, JsonObject};
use dingtalk_api::operation::ValueLimit;
use dingtalk_catalogue::Sampler;

/// A call with the required fields.
pub struct Example {
    operation: &'static Operation,
    /// Option, field name, value.
    values: Vec<(&'static str, &'static str, Json)>,
    body: Option<Json>,
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
                Json::String(text) => text.clone(),
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

fn body(operation: &Operation, whole: bool) -> Option<Json> {
    let fields = operation.fields().into_iter();
    let fields = fields.filter(|(info, kind)| {
        info.location() == Location::Body && !matches!(kind, FieldType::File)
    });
    let mut values = fields.filter_map(|(info, kind)| {
        let value = Sampler::new(whole).field(info, kind)?;
        Some((info.name().to_owned(), value))
    });
    match operation.body {
        Body::None => None,
        Body::Bare => values.next().map(|(_, value)| value),
        Body::Fields | Body::Form | Body::Multipart => {
            let object: JsonObject = values.collect();
            (!object.is_empty()).then(|| object.into())
        }
    }
}

#[cfg(test)]
mod tests {
    use dingtalk_api::{FilePart, JsonRequest};
    use dingtalk_catalogue::Catalogue;

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
                let body = body(operation, whole).unwrap_or_default();
                let request = request.clone().body(body);
                if let Err(failure) = crate::dry_run::request(operation, request) {
                    panic!("{operation}: {failure:?}");
                }
            }
        }
        Ok(())
    }
}
