//! What a method says of its operation in `Params`.

use super::super::models::unknown;
use super::super::python::{Node, Problem, Source};
use super::{Body, Method, Piece};
use crate::diagnostic::{Span, quoted};

/// A method that is known by its `Params` alone.
pub(super) fn method(call: Node<'_>, span: Span, source: &Source) -> Result<Method, Problem> {
    let mut method = Method {
        action: String::new(),
        http: String::new(),
        path: Vec::new(),
        arguments: Vec::new(),
        token: true,
        request: None,
        headers: None,
        reply: String::new(),
        reads: String::new(),
        sends: Vec::new(),
        body: Body::Nothing,
        span,
        file: source.file.clone(),
    };
    let mut missing = vec!["action", "pathname", "method", "auth_type", "body_type"];
    for (name, value) in keywords(call, "open_api_models.Params")? {
        let text = value.string();
        let wrong = || unknown(value, &format!("as `{name}`"));
        match name {
            "action" => text.ok_or_else(wrong)?.clone_into(&mut method.action),
            "method" => text.ok_or_else(wrong)?.clone_into(&mut method.http),
            "body_type" => text.ok_or_else(wrong)?.clone_into(&mut method.reads),
            "pathname" => method.path = pieces(value)?,
            "auth_type" => {
                method.token = match text {
                    Some("AK") => true,
                    Some("Anonymous") => false,
                    _ => return Err(wrong()),
                }
            }
            // All bodies are JSON, whatever this says: DingTalk's gateway in the SDK sees to that.
            "req_body_type" if matches!(text, Some("none" | "json" | "formData")) => {}
            "style" if text == Some("ROA") => {}
            "version" | "protocol" if text.is_some() => {}
            _ => return Err(wrong()),
        }
        missing.retain(|wanted| *wanted != name);
    }
    match missing.first() {
        Some(name) => Err(call.problem(format!("`Params` does not say {}", quoted(name)))),
        None => Ok(method),
    }
}

/// The arguments of a call, which must all have names.
pub(super) fn keywords<'a>(
    call: Node<'a>,
    function: &str,
) -> Result<Vec<(&'a str, Node<'a>)>, Problem> {
    if call.field("function").map_or("", Node::text) != function {
        return Err(unknown(
            call,
            &format!("where {} is called", quoted(function)),
        ));
    }
    let arguments = call.field("arguments").map(Node::parts).unwrap_or_default();
    let named = |argument: Node<'a>| match (argument.field("name"), argument.field("value")) {
        (Some(name), Some(value)) if argument.kind() == "keyword_argument" => {
            Ok((name.text(), value))
        }
        _ => Err(unknown(argument, "as an argument")),
    };
    arguments.into_iter().map(named).collect()
}

/// The pieces of a path: a text, with names in braces if it is a format string.
fn pieces(path: Node<'_>) -> Result<Vec<Piece>, Problem> {
    if let Some(text) = path.string() {
        return Ok(vec![Piece::Text(text.to_owned())]);
    }
    let wrong = |node| unknown(node, "as a path");
    let mut pieces = Vec::new();
    for part in path.parts() {
        match (part.kind(), part.parts().as_slice()) {
            ("string_start", _) if part.text().starts_with('f') => {}
            ("string_end", _) => {}
            ("string_content", []) => pieces.push(Piece::Text(part.text().to_owned())),
            ("interpolation", [name]) if name.kind() == "identifier" => {
                pieces.push(Piece::Argument(name.text().to_owned()));
            }
            _ => return Err(wrong(part)),
        }
    }
    Ok(pieces)
}
