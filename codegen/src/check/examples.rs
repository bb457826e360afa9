use serde_json::Value;

use super::Mistakes;
use super::values::ValueChecker;
use crate::diagnostic::{Diagnostic, quoted};
use crate::spec::walk::Path;
use crate::spec::{ExampleResponse, Fields, Operation, Ordered, Scope};

/// An example must be one that its own operation would take and give.
pub(super) fn check<'a>(
    path: &Path<'_>,
    op: &'a Operation,
    scope: Scope<'a>,
    mistakes: &mut Mistakes,
) {
    let Some(example) = &op.example else { return };
    let path = path.key("example");
    let request = path.key("request");
    let mut checker = ValueChecker::new(scope, true, mistakes);
    path_values(&request, op, &example.request.path, &mut checker);
    let parts = [
        ("query", &op.query, &example.request.query),
        ("headers", &op.headers, &example.request.headers),
    ];
    for (key, fields, values) in parts {
        let path = request.key(key);
        checker.entries(&path, fields, values.iter());
        leaves_out(&request, key, fields, values, &mut checker);
    }
    body(&request, op, example.request.body.as_ref(), &mut checker);
    if let Some(response) = &example.response {
        let mut checker = ValueChecker::new(scope, false, mistakes);
        reply(&path.key("response"), op, response, &mut checker);
    }
}

fn path_values<'a>(
    request: &Path<'_>,
    op: &'a Operation,
    values: &Ordered<String, Value>,
    checker: &mut ValueChecker<'a, '_>,
) {
    let path = request.key("path");
    checker.entries(&path, &op.path_params, values.iter());
    for (name, value) in values.iter() {
        let text = value.as_str();
        if text.is_some_and(|text| matches!(text, "" | "." | "..")) {
            let what = text
                .filter(|text| !text.is_empty())
                .map_or("empty".to_owned(), quoted);
            let message = format!("{} cannot be {what} in a path", quoted(name));
            let help = "the request would go to another path";
            checker
                .mistakes
                .push(Diagnostic::new(path.key(name).at_value(), message).help(help));
        }
    }
    for (name, _) in op
        .path_params
        .iter()
        .filter(|(name, _)| values.get(name).is_none())
    {
        missing(request, "path", name, checker);
    }
}

fn leaves_out<'a>(
    request: &Path<'_>,
    key: &str,
    fields: &'a Fields,
    values: &Ordered<String, Value>,
    checker: &mut ValueChecker<'a, '_>,
) {
    let required = fields.iter().filter(|(_, field)| field.required);
    for (name, _) in required.filter(|(name, _)| values.get(name).is_none()) {
        missing(request, key, name, checker);
    }
}

fn missing(request: &Path<'_>, key: &str, name: &str, checker: &mut ValueChecker<'_, '_>) {
    let message = format!("the example lacks the required field {}", quoted(name));
    let help = format!("add it under {}", quoted(&format!("request.{key}")));
    checker
        .mistakes
        .push(Diagnostic::new(request.key(key).at_key(), message).help(help));
}

fn body<'a>(
    request: &Path<'_>,
    op: &'a Operation,
    value: Option<&Value>,
    checker: &mut ValueChecker<'a, '_>,
) {
    let path = request.key("body");
    match (value, &op.body, &op.body_type) {
        (Some(value), Some(fields), _) => checker.object(&path, fields, value),
        (Some(value), None, Some(whole)) => checker.field(&path, "the body", whole, value),
        (Some(_), None, None) => {
            let message = "the example has a request body, but the operation sends none";
            let help = "describe its fields under `body`, or remove it";
            checker
                .mistakes
                .push(Diagnostic::new(path.at_key(), message).help(help));
        }
        (None, Some(fields), _) => {
            for (name, _) in fields.iter().filter(|(_, field)| field.required) {
                missing(request, "body", name, checker);
            }
        }
        (None, None, Some(whole)) if whole.required => missing(request, "body", "body", checker),
        (None, None, _) => {}
    }
}

fn reply<'a>(
    path: &Path<'_>,
    op: &'a Operation,
    response: &ExampleResponse,
    checker: &mut ValueChecker<'a, '_>,
) {
    if !(200..300).contains(&response.status) {
        let message = format!("{} is not a success status", response.status);
        let help = "use 200 to 299; errors belong under `errors`";
        let place = path.key("status").at_value();
        checker
            .mistakes
            .push(Diagnostic::new(place, message).help(help));
    }
    let body = path.key("body");
    match (&response.body, &op.response, &op.response_type) {
        (Some(value), Some(fields), _) => checker.object(&body, fields, value),
        (Some(value), None, Some(whole)) => checker.field(&body, "the reply", whole, value),
        (Some(_), None, None) => {
            let message = "the example has a response body, but the operation has no reply";
            let help = "describe its fields under `response`, or remove it";
            checker
                .mistakes
                .push(Diagnostic::new(body.at_key(), message).help(help));
        }
        (None, Some(fields), _) if !fields.is_empty() => no_reply(path, checker),
        (None, None, Some(_)) => no_reply(path, checker),
        (None, ..) => {}
    }
}

fn no_reply(path: &Path<'_>, checker: &mut ValueChecker<'_, '_>) {
    let message = "the example's response has no body";
    let help = "add what comes back under `body`";
    checker
        .mistakes
        .push(Diagnostic::new(path.at_key(), message).help(help));
}
