//! From the spec's model to what is emitted: every name chosen, every type known.
//!
//! All questions that concern several types are answered here and nowhere else: which Rust type a
//! field has, whether it is plain or optional, where a recursive type needs a box.

mod paging;
mod recursion;
mod types;

use std::collections::BTreeMap;

use crate::names;
use crate::spec::{self, Encoding, Location};

pub use paging::Paging;
pub use types::{EnumDef, Field, Held, Path, StructDef, Type, TypeDef, Value};

/// A service, ready to be emitted.
#[derive(Debug)]
pub struct Service<'a> {
    /// The folder's name: module and feature.
    pub name: &'a str,
    /// The name of the handle's type.
    pub handle: String,
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
    /// The path parameters in the order of the template.
    pub path_args: Vec<Field<'a>>,
    /// The request's struct, if anything but path values is sent.
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
    /// The rows that it stands for.
    pub rows: Vec<&'a spec::ErrorRow>,
}

/// Resolves a service.
pub fn service<'a>(name: &'a str, service: &'a spec::Service) -> Service<'a> {
    let shared = service
        .file
        .types
        .iter()
        .map(|(name, def)| (name.as_str(), def))
        .collect();
    let holders = types::Holders::of(service);
    let mut collector = types::Collector::new(&shared, &holders);
    for (name, def) in service.file.types.iter() {
        collector.named(name, def);
    }
    let mut resolved = Service {
        name,
        handle: names::service_type(name),
        summary: service.file.summary.as_deref(),
        types: collector.types,
        operations: service
            .operations
            .values()
            .map(|op| operation(op, &shared, &holders))
            .collect(),
    };
    recursion::box_recursive_fields(&mut resolved);
    paging::find_items(&mut resolved);
    resolved
}

fn operation<'a>(
    op: &'a spec::Operation,
    shared: &BTreeMap<&'a str, &'a spec::NamedType>,
    holders: &types::Holders,
) -> Operation<'a> {
    let prefix = names::operation_type(&op.operation);
    let mut collector = types::Collector::new(shared, holders).in_operation(op);
    for (name, def) in op.types.iter() {
        collector.named(name, def);
    }
    let path_args = op
        .path_names()
        .filter_map(|name| op.path_params.iter().find(|(wire, _)| *wire == name))
        .map(|(wire, field)| collector.field(wire, field, None, Held::REQUEST))
        .collect();
    let fields: Vec<_> = op
        .request_fields()
        .map(|(location, wire, field)| collector.field(wire, field, Some(location), Held::REQUEST))
        .collect();
    let request = (!fields.is_empty() || op.body.is_some()).then(|| StructDef {
        name: format!("{prefix}Request"),
        doc: None,
        held: Held::REQUEST,
        fields,
    });
    let reply = match (&op.response, &op.response_type) {
        (Some(fields), _) if !fields.is_empty() => Reply::Object(StructDef {
            name: format!("{prefix}Response"),
            doc: None,
            held: Held::REPLY,
            fields: fields
                .iter()
                .map(|(wire, field)| collector.field(wire, field, None, Held::REPLY))
                .collect(),
        }),
        (_, Some(field)) => Reply::Bare(collector.field("response", field, None, Held::REPLY).ty),
        _ => Reply::Nothing,
    };
    Operation {
        spec: op,
        method: op
            .rust_name
            .clone()
            .unwrap_or_else(|| names::method(&op.operation)),
        path_args,
        request,
        reply,
        types: collector.types,
        paging: None,
        errors: errors(op, &prefix),
    }
}

fn errors<'a>(op: &'a spec::Operation, prefix: &str) -> ErrorDef<'a> {
    let mut variants: Vec<ErrorVariant<'_>> = Vec::new();
    let mut rows = Vec::new();
    for row in &op.errors {
        let ident = row
            .rust_name
            .clone()
            .unwrap_or_else(|| names::error_variant(&row.code));
        let known = variants.iter().position(|variant| variant.ident == ident);
        let index = known.unwrap_or(variants.len());
        if known.is_none() {
            variants.push(ErrorVariant {
                ident,
                rows: Vec::new(),
            });
        }
        variants[index].rows.push(row);
        rows.push((row, index));
    }
    ErrorDef {
        name: format!("{prefix}Error"),
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
            TypeDef::Enum(_) => None,
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
