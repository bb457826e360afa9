//! The examples of a page: a request, a reply and the code of the official packages.

use std::fmt::Write as _;

use dingtalk_codegen::spec::{Encoding, Fields, Operation, ScalarOrNamed, Shape};
use serde_json::{Map, Value, json};

use super::{Layout, Page, Shown, message};

impl<'a> Page<'a> {
    pub(super) fn request_example(&mut self, operation: &'a Operation) {
        let mut path = operation.path.clone();
        for (name, field) in operation.path_params.iter() {
            let value = field
                .shape()
                .map(|shape| self.value(shape, &mut Vec::new()));
            path = path.replace(&format!("{{{name}}}"), &text(&value.unwrap_or_default()));
        }
        let mut pairs = Vec::new();
        if self.style.shown != Shown::Nothing {
            for (name, field) in operation.query.iter() {
                let Some(shape) = field.shape() else { continue };
                if !self.drops() {
                    let value = self.value(shape, &mut Vec::new());
                    pairs.push(format!(
                        "{name}={}",
                        text(&value).replace(' ', "%20").replace('"', "%22")
                    ));
                }
            }
        }
        if !pairs.is_empty() {
            let _ = write!(path, "?{}", pairs.join("&"));
        }
        let line = format!("{} {path} HTTP/1.1", operation.method.as_str());
        let mut headers = "Host:api.dingtalk.com".to_owned();
        if operation.needs_token() {
            headers.push_str("\nx-acs-dingtalk-access-token:made-up");
        }
        for (name, _) in operation.headers.iter() {
            let _ = write!(headers, "\n{name}:word");
        }
        headers.push_str("\nContent-Type:application/json");
        let body = self.body_example(operation).map(|body| pretty(&body));
        match self.style.layout {
            Layout::Site | Layout::Older => {
                self.line("HTTP\n");
                self.fence(&message(&line, &headers, body));
            }
            _ => self.fence(&format!("HTTP{}", message(&line, &headers, body))),
        }
    }

    pub(super) fn body_example(&mut self, operation: &'a Operation) -> Option<Value> {
        if self.style.shown == Shown::Nothing {
            return None;
        }
        if let Some(fields) = &operation.body {
            return Some(self.object(fields, &mut Vec::new()));
        }
        let whole = operation.body_type.as_ref()?;
        Some(self.value(whole.shape()?, &mut Vec::new()))
    }

    pub(super) fn reply_example(&mut self, operation: &'a Operation) {
        let body = if self.style.shown == Shown::Nothing {
            None
        } else if let Some(fields) = &operation.response {
            Some(self.object(fields, &mut Vec::new()))
        } else {
            let whole = operation.response_type.as_ref();
            let shape = whole.and_then(|whole| whole.shape());
            shape.map(|shape| self.value(shape, &mut Vec::new()))
        };
        let body = body.map(|body| pretty(&body));
        self.fence(&message(
            "HTTP/1.1 200 OK",
            "Content-Type:application/json",
            body,
        ));
    }

    pub(super) fn code(&mut self, service: &str, operation: &'a Operation) {
        let token = if operation.needs_token() {
            "headers.xAcsDingtalkAccessToken = \"<your access token>\";\n"
        } else {
            ""
        };
        let code = format!(
            "// This file is auto-generated, don't edit it. Thanks.\nimport {{ Client }} from '@alicloud/dingtalk/{service}';\n{token}client.{}WithOptions(request, headers);",
            operation.operation
        );
        self.fence(&code);
    }

    /// A number that is the same in each run.
    fn random(&mut self) -> u64 {
        self.seed = self
            .seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        self.seed >> 33
    }

    fn drops(&mut self) -> bool {
        self.style.shown == Shown::Some && self.random().is_multiple_of(4)
    }

    fn object(&mut self, fields: &'a Fields, open: &mut Vec<&'a str>) -> Value {
        let mut all = Map::new();
        for (name, field) in fields.iter() {
            if self.drops() {
                continue;
            }
            let Some(shape) = field.shape() else { continue };
            let mut value = self.value(shape, open);
            if field.encoding == Some(Encoding::JsonString) {
                value = value.to_string().into();
            }
            all.insert(name.clone(), value);
        }
        Value::Object(all)
    }

    fn value(&mut self, shape: Shape<'a>, open: &mut Vec<&'a str>) -> Value {
        match shape {
            Shape::Object(fields) => self.object(fields, open),
            Shape::OneOf(_) => unreachable!("operations with a one-of are left out"),
            Shape::Enum(values, integer) => {
                let first = values.iter().next().map(|(key, _)| key.to_string());
                let first = first.unwrap_or_default();
                if integer {
                    json!(first.parse::<i64>().unwrap_or(1))
                } else {
                    json!(first)
                }
            }
            Shape::List(node) => {
                let Some(shape) = node.shape() else {
                    return json!([]);
                };
                let mut items = vec![self.value(shape, open)];
                if self.style.shown == Shown::InParts {
                    let mut second = self.value(shape, open);
                    halve(&mut items[0], 0);
                    halve(&mut second, 1);
                    items.push(second);
                }
                items.into()
            }
            Shape::Map(node) => {
                let Some(shape) = node.shape() else {
                    return json!({});
                };
                json!({ "made-up-key": self.value(shape, open), "other.key": self.value(shape, open) })
            }
            Shape::Name(name) => match name {
                ScalarOrNamed::String => json!("a word"),
                ScalarOrNamed::Integer => json!(7),
                ScalarOrNamed::Number => json!(1.5),
                ScalarOrNamed::Boolean => json!(true),
                ScalarOrNamed::Json => json!("anything"),
                ScalarOrNamed::File => json!("file.txt"),
                ScalarOrNamed::Named(name) => {
                    if open.contains(&name.as_str()) {
                        return json!({});
                    }
                    open.push(name);
                    let shape = self.types.named(name);
                    let value = shape.map_or(Value::Null, |shape| self.value(shape, open));
                    open.pop();
                    value
                }
            },
        }
    }
}

/// Leaves every second field of an object.
fn halve(value: &mut Value, which: usize) {
    if let Value::Object(fields) = value {
        let mut number = 0;
        if fields.len() > 1 {
            fields.retain(|_, _| {
                number += 1;
                number % 2 == which
            });
        }
    }
}

/// A value with words for types in place of values, as the older layout has it.
pub(super) fn words(value: &Value) -> String {
    pretty(value)
        .replace("\"a word\"", "\"String\"")
        .replace(": 7", ": Long")
        .replace(": true", ": Boolean")
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap_or_default()
}

fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.replace(' ', "%20"),
        _ => value.to_string(),
    }
}
