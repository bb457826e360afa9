//! From classes and methods to the model of the spec.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use heck::ToLowerCamelCase;

use super::client::{Body, Method, Piece, Send, Style, Target};
use super::corrections::Corrections;
use super::models::{Class, Field, Models, Type};
use super::python::{Problem, problem};
use super::types::{Types, scalar};
use crate::diagnostic::{Diagnostic, quoted};
use crate::import::summary;
use crate::names;
use crate::spec::{self, Encoding, Fields, Operation, ScalarOrNamed, ServiceFile, Token};

/// What the package says of a service.
#[derive(Debug, Default)]
pub(super) struct Service {
    pub(super) file: ServiceFile,
    pub(super) operations: Vec<Operation>,
}

/// What the model of a service is made from.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) service: &'a str,
    pub(super) models: &'a Models,
    pub(super) methods: &'a [Method],
    pub(super) corrections: &'a Corrections,
    pub(super) token_header: &'a str,
}

/// Makes the model of a service. Operations that cannot be understood are left out and added to `problems`.
pub(super) fn service(source: &Source<'_>, problems: &mut Vec<Diagnostic>) -> Service {
    let facts = Facts {
        source: *source,
        types: Types::of(source.models, source.methods),
    };
    let mut service = Service::default();
    service.file.summary = Some(summary::of_service(source.service));
    let mut files: BTreeMap<String, &str> = BTreeMap::new();
    for method in source.methods {
        let file = names::method(&method.action);
        if let Some(first) = files.get(&file) {
            let message = format!(
                "{} would have the file of {}",
                quoted(&method.action),
                quoted(first)
            );
            problems.push(*problem(&method.file, method.span, message));
            continue;
        }
        files.insert(file, &method.action);
        match facts.operation(method) {
            Ok(operation) => service.operations.push(operation),
            Err(problem) => problems.push(*problem),
        }
    }
    service
        .operations
        .sort_by(|a, b| a.operation.cmp(&b.operation));
    match facts.types.named(None) {
        Ok(types) => service.file.types = types,
        Err(problem) => problems.push(*problem),
    }
    service
}

struct Facts<'a> {
    source: Source<'a>,
    types: Types<'a>,
}

impl Facts<'_> {
    fn operation(&self, method: &Method) -> Result<Operation, Problem> {
        let mut operation = Operation {
            operation: method.action.clone(),
            token: (!method.token).then_some(Token::NONE),
            ..Operation::default()
        };
        let here = |message: String| problem(&method.file, method.span, message);
        operation.method = serde_yaml::from_str(&method.http).map_err(|_| {
            here(format!(
                "{} is not an HTTP method that the spec supports",
                quoted(&method.http)
            ))
        })?;
        operation.summary = summary::of_operation(&method.action);
        self.path(method, &mut operation)?;
        if let Some(class) = &method.request {
            let class = self.types.class(class).map_err(here)?;
            operation.query = self.sent(method, class, Target::Query)?;
            match &method.body {
                Body::Nothing => {}
                Body::Fields => operation.body = Some(self.sent(method, class, Target::Body)?),
                Body::Whole(attribute) => {
                    let field = class.field(attribute);
                    let field = field
                        .ok_or_else(|| here(format!("the request has no {}", quoted(attribute))))?;
                    operation.body_type = Some(Box::new(self.types.field(field, 0)?));
                }
            }
            self.nothing_is_left(method, class)?;
        } else if method.body != Body::Nothing
            || method.sends.iter().any(|send| send.to != Target::Header)
        {
            return Err(here("the method sends what it is not given".to_owned()));
        }
        if let Some(class) = &method.headers {
            let class = self.types.class(class).map_err(here)?;
            operation.headers = self.sent(method, class, Target::Header)?;
        }
        let reply = self.types.class(&method.reply).map_err(here)?;
        self.reply(method, reply, &mut operation)?;
        operation.types = self.types.named(Some(&method.action))?;
        Ok(operation)
    }

    fn path(&self, method: &Method, operation: &mut Operation) -> Result<(), Problem> {
        let mut path = String::new();
        let mut used = BTreeSet::new();
        let mut parameters = Vec::new();
        for piece in &method.path {
            match piece {
                Piece::Text(text) => path.push_str(text),
                Piece::Argument(name) => {
                    if !method.arguments.contains(name) {
                        let message = format!(
                            "the path needs {}, which the method is not given",
                            quoted(name)
                        );
                        return Err(problem(&method.file, method.span, message));
                    }
                    let wire = name.to_lower_camel_case();
                    let _ = write!(path, "{{{wire}}}");
                    if used.insert(name) {
                        parameters.push((wire, scalar(ScalarOrNamed::String)));
                    }
                }
            }
        }
        operation.path_params = parameters.into_iter().collect();
        let corrections = self.source.corrections;
        operation.path = corrections.path(self.source.service, &method.action, &path);
        let known =
            |argument: &String| corrections.drops(self.source.service, &method.action, argument);
        let unused = method
            .arguments
            .iter()
            .filter(|argument| !used.contains(argument));
        if let Some(argument) = unused.into_iter().find(|argument| !known(argument)) {
            let message = format!("the argument {} is never sent", quoted(argument));
            let help = "if that is a mistake of the package, say so in the list of corrections";
            return Err(Box::new(
                problem(&method.file, method.span, message).help(help),
            ));
        }
        Ok(())
    }

    /// The fields that go to one place.
    fn sent(&self, method: &Method, class: &Class, to: Target) -> Result<Fields, Problem> {
        let sends = method.sends.iter().filter(|send| send.to == to);
        let mut fields = Vec::new();
        for send in sends {
            if to == Target::Header && send.wire == self.source.token_header {
                continue;
            }
            let here = |message: String| problem(&method.file, send.span, message);
            let known = class.field(&send.attribute);
            let known = known
                .ok_or_else(|| here(format!("there is no field {}", quoted(&send.attribute))))?;
            if fields.iter().any(|(wire, _)| *wire == send.wire) {
                return Err(here(format!("{} is sent twice", quoted(&send.wire))));
            }
            let mut field = self.types.field(known, 0)?;
            field.encoding = encoding(send, &known.ty).map_err(here)?;
            fields.push((send.wire.clone(), field));
        }
        Ok(fields.into_iter().collect())
    }

    /// Each field of a request goes somewhere.
    fn nothing_is_left(&self, method: &Method, class: &Class) -> Result<(), Problem> {
        let sent = |field: &&Field| {
            method.body == Body::Whole(field.attribute.clone())
                || method
                    .sends
                    .iter()
                    .any(|send| send.to != Target::Header && send.attribute == field.attribute)
        };
        match class.fields.iter().find(|field| !sent(field)) {
            Some(field) => {
                let message = format!(
                    "{} is never sent by {}",
                    quoted(&field.wire),
                    quoted(&method.action)
                );
                Err(problem(&self.source.models.file, field.span, message))
            }
            None => Ok(()),
        }
    }

    fn reply(
        &self,
        method: &Method,
        class: &Class,
        operation: &mut Operation,
    ) -> Result<(), Problem> {
        let body = class.field("body");
        let wrong = || {
            let message = format!(
                "a reply that is read as {} is not described so",
                quoted(&method.reads)
            );
            problem(
                &self.source.models.file,
                body.map_or(class.span, |body| body.span),
                message,
            )
        };
        let Some(body) = body else {
            // The package does not say what the JSON of some replies holds, so nothing is known about it.
            return if matches!(method.reads.as_str(), "none" | "json") {
                Ok(())
            } else {
                Err(wrong())
            };
        };
        let fits = matches!(
            (method.reads.as_str(), &body.ty),
            ("json", Type::Name(_) | Type::Map(_))
                | ("boolean", Type::Boolean)
                | ("array", Type::List(_))
                | ("any", Type::Any)
        );
        if !fits {
            return Err(wrong());
        }
        let field = self.types.field(body, 0)?;
        match field.object {
            // Of an object without fields no more is known than of a reply that is not described.
            Some(fields) if fields.is_empty() => {}
            Some(fields) => operation.response = Some(fields),
            None => {
                operation.response_type = Some(Box::new(spec::Field {
                    required: false,
                    ..field
                }));
            }
        }
        Ok(())
    }
}

/// How a value goes out, where that is not the spec's default for its place.
fn encoding(send: &Send, ty: &Type) -> Result<Option<Encoding>, String> {
    let list = matches!(ty, Type::List(_));
    let single = matches!(
        ty,
        Type::String | Type::Integer | Type::Number | Type::Boolean
    );
    match (send.to, send.style) {
        (Target::Query, Some(Style::Json)) | (Target::Body, None) => Ok(None),
        (Target::Query | Target::Header, None) if single => Ok(None),
        (Target::Query, None) if list => Ok(Some(Encoding::Indexed)),
        (Target::Query, Some(Style::Comma)) if list => Ok(Some(Encoding::Comma)),
        (Target::Body, Some(Style::Json)) => Ok(Some(Encoding::JsonString)),
        _ => Err(format!(
            "the spec has no way to say how {} is sent",
            quoted(&send.wire)
        )),
    }
}
