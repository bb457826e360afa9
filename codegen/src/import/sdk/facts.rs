//! From classes and methods to the model of the spec.

use std::collections::{BTreeMap, BTreeSet};

use heck::ToLowerCamelCase;

use super::client::{Body, Method, Piece, Send, Style, Target};
use super::corrections::Corrections;
use super::models::{Class, Field, Models, Type, missing};
use crate::diagnostic::{Diagnostic, Place, Span, shown};
use crate::import::summary;
use crate::spec::{
    self, Encoding, Fields, NamedType, Operation, Ordered, ScalarOrNamed, ServiceFile, TokenUse,
    TypeNode,
};

/// What the package says of a service.
#[derive(Debug, Default)]
pub(super) struct Service {
    pub(super) file: ServiceFile,
    pub(super) operations: Vec<Operation>,
}

/// Objects inside objects; the package has seven.
const DEEPEST: usize = 40;

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
        service: source.service,
        models: source.models,
        named: named(source.models, source.methods),
        corrections: source.corrections,
        token_header: source.token_header,
    };
    let mut service = Service::default();
    service.file.summary = Some(summary::of_service(source.service));
    for method in source.methods {
        match facts.operation(method) {
            Ok(operation) => service.operations.push(operation),
            Err(problem) => problems.push(problem),
        }
    }
    service
        .operations
        .sort_by(|a, b| a.operation.cmp(&b.operation));
    match facts.types(None) {
        Ok(types) => service.file.types = types,
        Err(problem) => problems.push(problem),
    }
    service
}

/// A class that becomes a type with a name.
struct Named<'a> {
    name: &'a str,
    /// The only operation that uses it, if only one does.
    operation: Option<&'a str>,
}

/// A class that is used at several places, or contains itself, gets a name; all others are described where they are used.
fn named<'a>(models: &'a Models, methods: &'a [Method]) -> BTreeMap<&'a str, Named<'a>> {
    let mut users: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut edges: BTreeMap<&str, BTreeSet<(&str, &str)>> = BTreeMap::new();
    for method in methods {
        let reply = models
            .get(&method.reply)
            .and_then(|class| class.field("body"));
        let reply = reply.and_then(|body| body.ty.class());
        let mut open = Vec::new();
        for (root, end) in [(method.request.as_deref(), "request"), (reply, "reply")] {
            if let Some(root) = root {
                edges.entry(root).or_default().insert((&method.action, end));
                open.push(root);
            }
        }
        let mut seen = BTreeSet::new();
        while let Some((name, class)) = open.pop().and_then(|name| Some((name, models.get(name)?)))
        {
            if !seen.insert(name) {
                continue;
            }
            users.entry(name).or_default().insert(&method.action);
            for field in &class.fields {
                if let Some(inner) = field.ty.class() {
                    edges
                        .entry(inner)
                        .or_default()
                        .insert((name, &field.attribute));
                    open.push(inner);
                }
            }
        }
    }
    let several = edges.into_iter().filter(|(_, edges)| edges.len() > 1);
    let named = several.filter_map(|(class, _)| {
        let users = users.get(class)?;
        let operation = users.first().copied().filter(|_| users.len() == 1);
        let own = operation.and_then(|operation| class.strip_prefix(operation));
        let own = own.map(|own| {
            own.trim_start_matches("Request")
                .trim_start_matches("ResponseBody")
        });
        let name = own
            .filter(|own| own.starts_with(|c: char| c.is_ascii_uppercase()))
            .unwrap_or(class);
        Some((class, Named { name, operation }))
    });
    named.collect()
}

struct Facts<'a> {
    service: &'a str,
    models: &'a Models,
    named: BTreeMap<&'a str, Named<'a>>,
    corrections: &'a Corrections,
    token_header: &'a str,
}

impl Facts<'_> {
    fn operation(&self, method: &Method) -> Result<Operation, Diagnostic> {
        let mut operation = Operation {
            operation: method.action.clone(),
            token: if method.token {
                TokenUse::Required
            } else {
                TokenUse::None
            },
            ..Operation::default()
        };
        let here = |message: String| problem(&method.file, method.span, message);
        operation.method = serde_yaml::from_str(&method.http).map_err(|_| {
            here(format!(
                "{} is no HTTP method of the spec",
                shown(&method.http)
            ))
        })?;
        operation.summary = summary::of_operation(&method.action, operation.method);
        self.path(method, &mut operation)?;
        if let Some(class) = &method.request {
            let class = self.class(class).map_err(here)?;
            operation.query = self.sent(method, class, Target::Query)?;
            match &method.body {
                Body::Nothing => {}
                Body::Fields => operation.body = Some(self.sent(method, class, Target::Body)?),
                Body::Whole(attribute) => {
                    let field = class.field(attribute);
                    let field = field
                        .ok_or_else(|| here(format!("the request has no {}", shown(attribute))))?;
                    operation.body_type = Some(Box::new(self.field(field, 0)?));
                }
            }
            self.nothing_is_left(method, class)?;
        } else if method.body != Body::Nothing
            || method.sends.iter().any(|send| send.to != Target::Header)
        {
            return Err(here("the method sends what it is not given".to_owned()));
        }
        if let Some(class) = &method.headers {
            let class = self.class(class).map_err(here)?;
            operation.headers = self.sent(method, class, Target::Header)?;
        }
        let reply = self.class(&method.reply).map_err(here)?;
        self.reply(method, reply, &mut operation)?;
        operation.types = self.types(Some(&method.action))?;
        Ok(operation)
    }

    fn path(&self, method: &Method, operation: &mut Operation) -> Result<(), Diagnostic> {
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
                            shown(name)
                        );
                        return Err(problem(&method.file, method.span, message));
                    }
                    let wire = name.to_lower_camel_case();
                    path.push_str(&format!("{{{wire}}}"));
                    if used.insert(name) {
                        parameters.push((wire, scalar(ScalarOrNamed::String)));
                    }
                }
            }
        }
        operation.path_params = parameters.into_iter().collect();
        operation.path = self.corrections.path(self.service, &method.action, &path);
        for argument in &method.arguments {
            let unused = !used.contains(argument);
            if unused
                && !self
                    .corrections
                    .drops(self.service, &method.action, argument)
            {
                let message = format!("the argument {} is sent nowhere", shown(argument));
                return Err(problem(&method.file, method.span, message).help(
                    "if that is a mistake of the package, say so in the list of corrections",
                ));
            }
        }
        Ok(())
    }

    /// The fields that go to one place.
    fn sent(&self, method: &Method, class: &Class, to: Target) -> Result<Fields, Diagnostic> {
        let sends = method.sends.iter().filter(|send| send.to == to);
        let mut fields = Vec::new();
        for send in sends {
            if to == Target::Header && send.wire == self.token_header {
                continue;
            }
            let here = |message: String| problem(&method.file, send.span, message);
            let known = class.field(&send.attribute);
            let known = known
                .ok_or_else(|| here(format!("there is no field {}", shown(&send.attribute))))?;
            if fields.iter().any(|(wire, _)| *wire == send.wire) {
                return Err(here(format!("{} is sent twice", shown(&send.wire))));
            }
            let mut field = self.field(known, 0)?;
            field.encoding = encoding(send, &known.ty).map_err(here)?;
            fields.push((send.wire.clone(), field));
        }
        Ok(fields.into_iter().collect())
    }

    /// Each field of a request goes somewhere.
    fn nothing_is_left(&self, method: &Method, class: &Class) -> Result<(), Diagnostic> {
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
                    "{} is sent nowhere by {}",
                    shown(&field.wire),
                    shown(&method.action)
                );
                Err(problem(&self.models.file, field.span, message))
            }
            None => Ok(()),
        }
    }

    fn reply(
        &self,
        method: &Method,
        class: &Class,
        operation: &mut Operation,
    ) -> Result<(), Diagnostic> {
        let body = class.field("body");
        let wrong = || {
            let message = format!(
                "a reply that is read as {} is not described so",
                shown(&method.reads)
            );
            problem(
                &self.models.file,
                body.map_or(class.span, |body| body.span),
                message,
            )
        };
        let Some(body) = body else {
            // The package does not say what the JSON of some replies holds: nothing can be told of it.
            return if matches!(method.reads.as_str(), "none" | "json") {
                Ok(())
            } else {
                Err(wrong())
            };
        };
        let fits = match (method.reads.as_str(), &body.ty) {
            ("json", Type::Name(_) | Type::Map(_))
            | ("boolean", Type::Boolean)
            | ("array", Type::List(_))
            | ("any", Type::Any) => true,
            _ => false,
        };
        if !fits {
            return Err(wrong());
        }
        let field = self.field(body, 0)?;
        match field.object {
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

    /// The types with a name of an operation, or of the service.
    fn types(&self, operation: Option<&str>) -> Result<Ordered<String, NamedType>, Diagnostic> {
        let wanted = self
            .named
            .iter()
            .filter(|(_, named)| named.operation == operation);
        let mut types = Vec::new();
        for (class, named) in wanted {
            let Some(class) = self.models.get(class) else {
                continue;
            };
            let def = NamedType {
                object: Some(self.object(class, 0)?),
                ..NamedType::default()
            };
            types.push((named.name.to_owned(), def));
        }
        Ok(types.into_iter().collect())
    }

    fn object(&self, class: &Class, depth: usize) -> Result<Fields, Diagnostic> {
        let fields = class.fields.iter();
        let fields: Result<Vec<_>, _> = fields
            .map(|field| Ok((field.wire.clone(), self.field(field, depth)?)))
            .collect();
        Ok(fields?.into_iter().collect())
    }

    fn field(&self, field: &Field, depth: usize) -> Result<spec::Field, Diagnostic> {
        if depth > DEEPEST {
            return Err(problem(
                &self.models.file,
                field.span,
                "this is nested too deeply",
            ));
        }
        let described = self.described(&field.ty, depth).map_err(|wrong| {
            wrong.unwrap_or_else(|message| problem(&self.models.file, field.span, message))
        })?;
        Ok(spec::Field {
            required: field.required,
            ..described
        })
    }

    /// What a field of a type says. Fails with a message on the field, or with a mistake that is elsewhere.
    fn described(
        &self,
        ty: &Type,
        depth: usize,
    ) -> Result<spec::Field, Result<Diagnostic, String>> {
        Ok(match ty {
            Type::String => scalar(ScalarOrNamed::String),
            Type::Integer => scalar(ScalarOrNamed::Integer),
            Type::Number => scalar(ScalarOrNamed::Number),
            Type::Boolean => scalar(ScalarOrNamed::Boolean),
            Type::Any => scalar(ScalarOrNamed::Json),
            Type::List(element) => spec::Field {
                list: Some(Box::new(self.node(element, depth)?)),
                ..spec::Field::default()
            },
            Type::Map(value) => spec::Field {
                map: Some(Box::new(self.node(value, depth)?)),
                ..spec::Field::default()
            },
            Type::Name(name) => {
                if let Some(named) = self.named.get(name.as_str()) {
                    scalar(ScalarOrNamed::Named(named.name.to_owned()))
                } else {
                    let class = self.class(name).map_err(Err)?;
                    spec::Field {
                        object: Some(self.object(class, depth + 1).map_err(Ok)?),
                        ..spec::Field::default()
                    }
                }
            }
        })
    }

    fn node(&self, ty: &Type, depth: usize) -> Result<TypeNode, Result<Diagnostic, String>> {
        let field = self.described(ty, depth)?;
        Ok(match field.type_name {
            Some(name) => TypeNode::Name(name),
            None => TypeNode::Node(Box::new(field)),
        })
    }

    fn class(&self, name: &str) -> Result<&Class, String> {
        self.models
            .get(name)
            .ok_or_else(|| missing(self.models, name))
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
            shown(&send.wire)
        )),
    }
}

fn scalar(name: ScalarOrNamed) -> spec::Field {
    spec::Field {
        type_name: Some(name),
        ..spec::Field::default()
    }
}

fn problem(file: &str, span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(Place::span(file, span), message)
}
