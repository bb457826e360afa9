//! The methods of a `client.py`: what each sends where.

mod params;

use std::collections::BTreeMap;

use super::models::{Type, annotated, unknown};
use super::python::{Node, Problem, Shape, Source};
use crate::diagnostic::{Diagnostic, Span, quoted};

/// A method that calls the platform.
#[derive(Debug)]
pub(super) struct Method {
    /// The operation's name.
    pub(super) action: String,
    /// The HTTP method.
    pub(super) http: String,
    pub(super) path: Vec<Piece>,
    /// The arguments other than request, headers and options.
    pub(super) arguments: Vec<String>,
    /// False if it is called without a token.
    pub(super) token: bool,
    /// The class of the request.
    pub(super) request: Option<String>,
    /// The class of the headers.
    pub(super) headers: Option<String>,
    /// The class of the reply.
    pub(super) reply: String,
    /// What kind of reply is read.
    pub(super) reads: String,
    pub(super) sends: Vec<Send>,
    pub(super) body: Body,
    pub(super) span: Span,
    pub(super) file: String,
}

/// A piece of a path.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    /// The value of an argument.
    Argument(String),
}

/// A field that is sent.
#[derive(Debug)]
pub(super) struct Send {
    pub(super) to: Target,
    pub(super) wire: String,
    /// The field's name in Python.
    pub(super) attribute: String,
    /// How it is made a text first, if it is.
    pub(super) style: Option<Style>,
    pub(super) span: Span,
}

/// Where a field goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    Query,
    Header,
    Body,
}

/// How a value becomes a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Json,
    Comma,
}

/// What the body is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Body {
    Nothing,
    /// An object with the fields that are sent to the body.
    Fields,
    /// The value of one field of the request.
    Whole(String),
}

/// What the package's generator writes into a method.
pub(super) struct Shapes {
    frame: Vec<Shape>,
    converts: Shape,
    encodes: Shape,
    query: Shape,
    body: Shape,
    header: Shape,
    request: Shape,
    parameters: Shape,
    replies: Shape,
}

impl Shapes {
    pub(super) fn new() -> Result<Self, Problem> {
        Ok(Self {
            frame: Shape::all(&[
                "UtilClient.validate_model(NAME)",
                "body = {}",
                "query = {}",
                "real_headers = {}",
                "if not UtilClient.is_unset(headers.common_headers):\n    real_headers = headers.common_headers",
                "OpenApiUtilClient.convert(tmp_req, request)",
            ])?,
            converts: Shape::new("request = CLASS()")?,
            encodes: Shape::new(
                "if not UtilClient.is_unset(tmp_req.ATTRIBUTE):\n    request.TEXT = \
                 OpenApiUtilClient.array_to_string_with_specified_style(tmp_req.ATTRIBUTE, 'PREFIX', 'STYLE')",
            )?,
            query: Shape::new(
                "if not UtilClient.is_unset(request.ATTRIBUTE):\n    query['WIRE'] = request.ATTRIBUTE",
            )?,
            body: Shape::new(
                "if not UtilClient.is_unset(request.ATTRIBUTE):\n    body['WIRE'] = request.ATTRIBUTE",
            )?,
            header: Shape::new(
                "if not UtilClient.is_unset(headers.ATTRIBUTE):\n    \
                 real_headers['WIRE'] = UtilClient.to_jsonstring(headers.ATTRIBUTE)",
            )?,
            request: Shape::new("req = REQUEST")?,
            parameters: Shape::new("params = PARAMETERS")?,
            replies: Shape::new(
                "return TeaCore.from_map(CLASS(), self.execute(params, req, runtime))",
            )?,
        })
    }
}

/// Reads all methods. What is not understood is added to `problems`.
pub(super) fn read(
    source: &Source,
    shapes: &Shapes,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Method> {
    let mut methods = Vec::new();
    for node in source.root().parts() {
        match node.kind() {
            "import_statement" | "import_from_statement" => {}
            "class_definition" => {
                for part in node.field("body").into_iter().flat_map(Node::parts) {
                    match method(part, source, shapes) {
                        Ok(Some(method)) => methods.push(method),
                        Ok(None) => {}
                        Err(problem) => problems.push(*problem),
                    }
                }
            }
            _ => problems.push(*unknown(node, "beside the class of a `client.py`")),
        }
    }
    methods
}

/// The last part of a name with dots.
fn last(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// Reads a method, unless it is one that only calls another.
fn method(node: Node<'_>, source: &Source, shapes: &Shapes) -> Result<Option<Method>, Problem> {
    let name = node.field("name").unwrap_or(node);
    match node.kind() {
        "function_definition" if node.is_async() || name.text() == "__init__" => return Ok(None),
        "function_definition" => {}
        // The text on a class.
        "expression_statement" if is_text(node) => return Ok(None),
        _ => return Err(unknown(node, "in a client")),
    }
    let body = node.field("body").map(Node::parts).unwrap_or_default();
    let parameters = body.iter().find_map(|statement| {
        let found = shapes.parameters.find(*statement)?;
        found.node("PARAMETERS")
    });
    let Some(parameters) = parameters else {
        let calls_another = body.last().is_some_and(|last| {
            let call = last.parts();
            let call = call.first().and_then(|call| call.field("function"));
            last.kind() == "return_statement"
                && call.is_some_and(|call| call.text().starts_with("self."))
        });
        return if calls_another {
            Ok(None)
        } else {
            Err(name.problem(format!(
                "the method {} neither says what it sends nor calls another",
                quoted(name.text())
            )))
        };
    };
    let mut reading = Reading {
        method: params::method(parameters, name.span(), source)?,
        queried: false,
        fields: false,
        texts: BTreeMap::new(),
        shapes,
        given: None,
    };
    reading.arguments(node)?;
    for statement in &body {
        reading.statement(*statement)?;
    }
    reading.finish(name).map(Some)
}

fn is_text(statement: Node<'_>) -> bool {
    matches!(statement.parts().as_slice(), [text] if text.kind() == "string")
}

/// A method while its statements are read.
struct Reading<'a, 's> {
    method: Method,
    /// Whether the query and the fields of the body are handed over.
    queried: bool,
    fields: bool,
    /// Fields that hold the text of another: the other, and how the text is made.
    texts: BTreeMap<&'a str, (&'a str, Style)>,
    shapes: &'s Shapes,
    /// The name under which the request is passed.
    given: Option<&'a str>,
}

impl<'a> Reading<'a, '_> {
    fn arguments(&mut self, function: Node<'a>) -> Result<(), Problem> {
        for argument in function
            .field("parameters")
            .into_iter()
            .flat_map(Node::parts)
        {
            if argument.text() == "self" {
                continue;
            }
            let parts = argument.parts();
            let ([name, ..], Some(ty), "typed_parameter") =
                (parts.as_slice(), argument.field("type"), argument.kind())
            else {
                return Err(unknown(argument, "as an argument"));
            };
            match (name.text(), annotated(ty)?) {
                ("runtime", Type::Name(_)) | ("headers", Type::Map(_)) => {}
                ("request" | "tmp_req", Type::Name(class)) => {
                    self.method.request = Some(class);
                    self.given = Some(name.text());
                }
                ("headers", Type::Name(class)) => self.method.headers = Some(class),
                (name, Type::String) => self.method.arguments.push(name.to_owned()),
                _ => return Err(unknown(argument, "as an argument")),
            }
        }
        Ok(())
    }

    fn statement(&mut self, statement: Node<'a>) -> Result<(), Problem> {
        let shapes = self.shapes;
        let sent = [
            (Target::Body, &shapes.body),
            (Target::Query, &shapes.query),
            (Target::Header, &shapes.header),
        ];
        let sent = sent
            .iter()
            .find_map(|(to, shape)| Some((*to, shape.find(statement)?)));
        if let Some((to, found)) = sent {
            let attribute = found.text("ATTRIBUTE");
            let (attribute, style) = match self.texts.get(attribute) {
                Some((original, style)) if to != Target::Header => (*original, Some(*style)),
                _ => (attribute, None),
            };
            self.method.sends.push(Send {
                to,
                wire: found.text("WIRE").to_owned(),
                attribute: attribute.to_owned(),
                style,
                span: statement.span(),
            });
        } else if let Some(found) = shapes.encodes.find(statement) {
            let style = match found.text("STYLE") {
                "json" => Style::Json,
                "simple" => Style::Comma,
                _ => return Err(unknown(statement, "as a way to make a text of a value")),
            };
            let of = (found.text("ATTRIBUTE"), style);
            self.texts.insert(found.text("TEXT"), of);
        } else if let Some(request) = shapes
            .request
            .find(statement)
            .and_then(|found| found.node("REQUEST"))
        {
            self.request(request)?;
        } else if let Some(found) = shapes.replies.find(statement) {
            last(found.text("CLASS")).clone_into(&mut self.method.reply);
        } else {
            let known = is_text(statement)
                || shapes.parameters.find(statement).is_some()
                || (self.given == Some("tmp_req") && shapes.converts.find(statement).is_some())
                || shapes
                    .frame
                    .iter()
                    .any(|shape| shape.find(statement).is_some());
            if !known {
                return Err(unknown(statement, "in a method"));
            }
        }
        Ok(())
    }

    /// `OpenApiRequest(headers=.., query=.., body=..)`
    fn request(&mut self, call: Node<'a>) -> Result<(), Problem> {
        for (name, value) in params::keywords(call, "open_api_models.OpenApiRequest")? {
            match (name, value.text()) {
                ("headers", "real_headers" | "headers") => {}
                ("query", "OpenApiUtilClient.query(query)") => self.queried = true,
                ("body", "OpenApiUtilClient.parse_to_map(body)") => self.fields = true,
                ("body", text) => {
                    let list = text
                        .strip_prefix("UtilClient.to_array(")
                        .and_then(|text| text.strip_suffix(')'));
                    let whole = list.unwrap_or(text).strip_prefix("request.");
                    let whole = whole.filter(|name| {
                        name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
                    });
                    let whole = whole.ok_or_else(|| unknown(value, "as a body"))?;
                    self.method.body = Body::Whole(whole.to_owned());
                }
                _ => return Err(unknown(value, "in a request")),
            }
        }
        Ok(())
    }

    fn finish(mut self, name: Node<'_>) -> Result<Method, Problem> {
        if self.fields {
            self.method.body = Body::Fields;
        }
        let sends = |to| self.method.sends.iter().any(|send| send.to == to);
        let lost = [
            (sends(Target::Query) && !self.queried, "the query"),
            (sends(Target::Body) && !self.fields, "the body"),
        ];
        if let Some((_, what)) = lost.iter().find(|(lost, _)| *lost) {
            return Err(name.problem(format!("{what} is filled but not sent")));
        }
        if self.method.reply.is_empty() {
            return Err(name.problem("the method gives no reply type"));
        }
        Ok(self.method)
    }
}
