//! From the spec's model to what is emitted: every name chosen, every type known.
//!
//! All questions that concern several types are answered here and nowhere else: which Rust type a
//! field has, whether it is plain or optional, where a recursive type needs a box.

mod collector;
mod event;
mod groups;
mod origin;
mod paging;
mod recursion;
mod types;
mod usage;

use std::collections::HashMap;

use crate::names;
use crate::spec::{self, Encoding, Location, Scope};

pub use event::{Event, EventGroup, group_enum, group_module, group_variant};
pub use origin::Origin;
pub use paging::Paging;
pub use types::{EnumDef, Field, KindDef, OneOfDef, Path, StructDef, Type, TypeDef, Value};
pub use usage::Usage;

use collector::Collector;
use usage::Users;

/// A service, ready to be emitted.
#[derive(Debug)]
pub struct Service<'a> {
    /// The folder's name: module and feature.
    pub name: &'a str,
    /// The name of the handle's type.
    pub handle: String,
    /// The API that it belongs to, if that is not the platform's first.
    pub api: Option<&'a str>,
    /// Its name in Chinese.
    pub title: Option<&'a str>,
    /// What the service is about.
    pub summary: Option<&'a str>,
    /// The types that operations share.
    pub types: Vec<TypeDef<'a>>,
    /// The operations in the order of their files.
    pub operations: Vec<Operation<'a>>,
}

/// An operation, ready to be emitted.
#[derive(Debug)]
pub struct Operation<'a> {
    /// What the spec says.
    pub spec: &'a spec::Operation,
    /// The name of the method and of the module.
    pub method: String,
    /// The name of its group among the service's operations.
    pub group: Option<String>,
    /// The path parameters in the order of the template.
    pub path_args: Vec<Field<'a>>,
    /// The request's struct, if more than path values is sent.
    pub request: Option<StructDef<'a>>,
    /// What comes back.
    pub reply: Reply<'a>,
    /// The types inside request and reply.
    pub types: Vec<TypeDef<'a>>,
    /// How items are taken out of its pages, if it has any.
    pub paging: Option<Paging>,
    /// The errors of its own.
    pub errors: ErrorDef<'a>,
}

/// What comes back.
#[derive(Debug)]
pub enum Reply<'a> {
    /// Nothing.
    Nothing,
    /// An object with fields of its own.
    Object(StructDef<'a>),
    /// Anything else.
    Bare(Type),
}

/// An operation's error type: an enum, once a code is documented.
#[derive(Debug)]
pub struct ErrorDef<'a> {
    /// Its name.
    pub name: String,
    /// A variant for each code, in the order of the table.
    pub variants: Vec<ErrorVariant<'a>>,
    /// The rows, each with the index of its variant.
    pub rows: Vec<(&'a spec::ErrorRow, usize)>,
}

/// A variant of an error enum.
#[derive(Debug)]
pub struct ErrorVariant<'a> {
    /// Its name.
    pub ident: String,
    /// The rows that it covers.
    pub rows: Vec<&'a spec::ErrorRow>,
}

/// Resolves a service. One that `check` refuses too: its names are what `check` compares.
pub fn service<'a>(name: &'a str, service: &'a spec::Service) -> Service<'a> {
    let users = Users::of(service);
    let scope = Scope::of(service);
    let mut collector = Collector::new(scope, &users);
    collector.declare(&service.file.types);
    let mut resolved = Service {
        name,
        handle: names::service_type(name),
        api: service.file.api.as_deref(),
        title: service.file.title.as_deref(),
        summary: service.file.summary.as_deref(),
        types: collector.types,
        operations: service
            .operations
            .values()
            .map(|op| operation(op, Collector::new(scope, &users)))
            .collect(),
    };
    recursion::box_recursive_fields(&mut resolved);
    paging::find_items(&mut resolved);
    groups::name(&mut resolved.operations);
    resolved
}

fn operation<'a>(op: &'a spec::Operation, collector: Collector<'a, '_>) -> Operation<'a> {
    let [request_name, reply_name, error_name, _] = main_types(op);
    let mut collector = collector.in_operation(op);
    collector.declare(&op.types);
    let top = Origin::top();
    let path_params = collector.fields(&top.key("path_params"), &op.path_params, Usage::REQUEST);
    let request = request(op, request_name, &mut collector);
    let reply = match (&op.response, &op.response_type) {
        (Some(fields), _) if !fields.is_empty() => {
            let origin = top.key("response");
            Reply::Object(StructDef {
                name: reply_name,
                wire: "response",
                fields: collector.fields(&origin, fields, Usage::REPLY),
                origin,
                doc: None,
                usage: Usage::REPLY,
            })
        }
        (_, Some(field)) => {
            let origin = top.key("response_type");
            Reply::Bare(collector.field("response", field, origin, Usage::REPLY).ty)
        }
        _ => Reply::Nothing,
    };
    let mut path_params: Vec<_> = path_params.into_iter().map(Some).collect();
    let path_args = op.path_names().filter_map(|name| {
        let is =
            |param: &&mut Option<Field<'_>>| param.as_ref().is_some_and(|param| param.wire == name);
        path_params.iter_mut().find(is)?.take()
    });
    Operation {
        spec: op,
        method: method(op),
        group: None,
        path_args: path_args.collect(),
        request,
        reply,
        types: collector.types,
        paging: None,
        errors: errors(op, error_name),
    }
}

/// Query, headers and body become the fields of one struct.
fn request<'a>(
    op: &'a spec::Operation,
    name: String,
    collector: &mut Collector<'a, '_>,
) -> Option<StructDef<'a>> {
    let top = Origin::top();
    let mut fields = Vec::new();
    let mut origins = Vec::new();
    let sections = [
        ("query", Location::Query, Some(&op.query)),
        ("headers", Location::Header, Some(&op.headers)),
        ("body", Location::Body, op.body.as_ref()),
    ];
    for (section, location, all) in sections {
        let Some(all) = all else { continue };
        let origin = top.key(section);
        let located = collector.fields(&origin, all, Usage::REQUEST).into_iter();
        fields.extend(located.map(|field| Field {
            location: Some(location),
            ..field
        }));
        if location == Location::Body || !all.is_empty() {
            origins.push(origin);
        }
    }
    if let Some(field) = &op.body_type {
        let origin = top.key("body_type");
        fields.push(Field {
            location: Some(Location::Body),
            ..collector.field("body", field, origin.clone(), Usage::REQUEST)
        });
        origins.push(origin);
    }
    // The body says best what the request is.
    let body = origins.iter().position(|origin| origin.section() == "body");
    let origin = origins.get(body.unwrap_or_default())?.clone();
    Some(StructDef {
        name,
        wire: "request",
        origin,
        doc: None,
        usage: Usage::REQUEST,
        fields,
    })
}

/// The name of an operation's method and module.
pub fn method(op: &spec::Operation) -> String {
    let given = op.rust_name.clone();
    given.unwrap_or_else(|| names::method(&op.operation))
}

/// The names of an operation's request, reply, error and enum of errors, whether or not it has them yet.
pub fn main_types(op: &spec::Operation) -> [String; 4] {
    let prefix = names::operation_type(&op.operation);
    ["Request", "Response", "Error", "Errors"].map(|suffix| format!("{prefix}{suffix}"))
}

fn errors(op: &spec::Operation, name: String) -> ErrorDef<'_> {
    let mut variants: Vec<ErrorVariant<'_>> = Vec::new();
    let mut known = HashMap::new();
    let mut rows = Vec::new();
    for row in &op.errors {
        let ident = row
            .rust_name
            .clone()
            .unwrap_or_else(|| names::error_variant(&row.code));
        let index = *known.entry(ident.clone()).or_insert(variants.len());
        if index == variants.len() {
            variants.push(ErrorVariant {
                ident,
                rows: Vec::new(),
            });
        }
        variants[index].rows.push(row);
        rows.push((row, index));
    }
    ErrorDef {
        name,
        variants,
        rows,
    }
}

impl Operation<'_> {
    /// The structs of the request and of the reply.
    pub fn outer_structs(&self) -> impl Iterator<Item = &StructDef<'_>> {
        let reply = match &self.reply {
            Reply::Object(def) => Some(def),
            _ => None,
        };
        self.request.iter().chain(reply)
    }

    /// All structs of the operation's module.
    pub fn structs(&self) -> impl Iterator<Item = &StructDef<'_>> {
        let inner = self.types.iter().filter_map(|def| match def {
            TypeDef::Struct(def) => Some(def),
            TypeDef::Enum(_) | TypeDef::OneOf(_) => None,
        });
        self.outer_structs().chain(inner)
    }
}

impl Field<'_> {
    /// Where a request's field goes. Fields of inner objects go with their object.
    pub fn location(&self) -> Location {
        self.location.unwrap_or(Location::Body)
    }

    /// How the value is written, if not plainly.
    pub fn encoding(&self) -> Option<Encoding> {
        self.spec.encoding
    }
}
