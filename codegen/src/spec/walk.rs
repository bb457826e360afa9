//! The one walk over the fields of an operation or a type.

mod path;

use crate::spec::{
    Event, Field, Fields, NamedType, OneOf, Operation, Ordered, ScalarOrNamed, TypeNode,
};

pub use path::Path;

/// The position of a field or an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Site {
    /// A path parameter.
    Path,
    /// A query parameter.
    Query,
    /// A header.
    Header,
    /// A field of the request's body.
    Body,
    /// `body_type`.
    WholeBody,
    /// A field of the reply.
    Reply,
    /// `response_type`.
    WholeReply,
    /// A field of an event's payload.
    Event,
    /// A field of a callback's answer.
    Answer,
    /// A field of an object inside one of these.
    Inner,
    /// A field of an object that is an element of a list or the value of a map.
    Member,
    /// A field of an object inside a query parameter.
    InnerOfQuery,
    /// The element of a list or the value of a map.
    Element,
}

/// A field or an element, with its position.
pub struct Seen<'p, 'm> {
    pub path: &'p Path<'p>,
    /// The name on the wire of the field, or of the field whose element it is.
    pub wire: &'m str,
    pub site: Site,
    pub what: What<'m>,
}

/// A field, or no more than the name of a type.
#[derive(Clone, Copy)]
pub enum What<'m> {
    Field(&'m Field),
    Name(&'m ScalarOrNamed),
}

/// Is called for each field and element.
pub type Visit<'v, 'm> = dyn FnMut(Seen<'_, 'm>) + 'v;

impl<'m> Seen<'_, 'm> {
    /// The declared type that it is of.
    pub fn type_name(&self) -> Option<&'m str> {
        let name = match self.what {
            What::Field(field) => field.type_name.as_ref(),
            What::Name(name) => Some(name),
        };
        match name {
            Some(ScalarOrNamed::Named(name)) => Some(name),
            _ => None,
        }
    }
}

/// Visits all fields of an operation but those in its `types`.
pub fn operation<'m>(path: &Path<'_>, op: &'m Operation, visit: &mut Visit<'_, 'm>) {
    request(path, op, visit);
    reply(path, op, visit);
}

/// Visits all fields of an operation's reply.
pub fn reply<'m>(path: &Path<'_>, op: &'m Operation, visit: &mut Visit<'_, 'm>) {
    if let Some(reply) = &op.response {
        fields(&path.key("response"), reply, Site::Reply, visit);
    }
    if let Some(whole) = &op.response_type {
        field(
            &path.key("response_type"),
            "response",
            whole,
            Site::WholeReply,
            visit,
        );
    }
}

/// Visits all fields of an operation's request.
pub fn request<'m>(path: &Path<'_>, op: &'m Operation, visit: &mut Visit<'_, 'm>) {
    fields(&path.key("path_params"), &op.path_params, Site::Path, visit);
    fields(&path.key("query"), &op.query, Site::Query, visit);
    fields(&path.key("headers"), &op.headers, Site::Header, visit);
    if let Some(body) = &op.body {
        fields(&path.key("body"), body, Site::Body, visit);
    }
    if let Some(whole) = &op.body_type {
        field(
            &path.key("body_type"),
            "body",
            whole,
            Site::WholeBody,
            visit,
        );
    }
}

/// Visits all fields of an event.
pub fn event<'m>(path: &Path<'_>, event: &'m Event, visit: &mut Visit<'_, 'm>) {
    fields(&path.key("data"), &event.data, Site::Event, visit);
    if let Some(answer) = &event.response {
        fields(&path.key("response"), answer, Site::Answer, visit);
    }
}

/// Visits all fields of a type.
pub fn named_type<'m>(path: &Path<'_>, def: &'m NamedType, visit: &mut Visit<'_, 'm>) {
    if let Some(object) = &def.object {
        fields(&path.key("object"), object, Site::Inner, visit);
    }
    if let Some(one_of) = &def.one_of {
        kinds(path, one_of, Site::Inner, visit);
    }
}

/// Visits all fields of several types.
pub fn named_types<'m>(
    path: &Path<'_>,
    types: &'m Ordered<String, NamedType>,
    visit: &mut Visit<'_, 'm>,
) {
    for (name, def) in types.iter() {
        named_type(&path.key("types").key(name), def, visit);
    }
}

fn fields<'m>(path: &Path<'_>, all: &'m Fields, site: Site, visit: &mut Visit<'_, 'm>) {
    for (wire, inner) in all.iter() {
        field(&path.key(wire), wire, inner, site, visit);
    }
}

fn field<'m>(
    path: &Path<'_>,
    wire: &'m str,
    field: &'m Field,
    site: Site,
    visit: &mut Visit<'_, 'm>,
) {
    visit(Seen {
        path,
        wire,
        site,
        what: What::Field(field),
    });
    if let Some(element) = &field.list {
        node(&path.key("list"), wire, element, visit);
    }
    if let Some(value) = &field.map {
        node(&path.key("map"), wire, value, visit);
    }
    let site = match site {
        Site::Query | Site::InnerOfQuery => Site::InnerOfQuery,
        Site::Element => Site::Member,
        _ => Site::Inner,
    };
    if let Some(object) = &field.object {
        fields(&path.key("object"), object, site, visit);
    }
    if let Some(one_of) = &field.one_of {
        kinds(path, one_of, site, visit);
    }
}

fn kinds<'m>(path: &Path<'_>, one_of: &'m OneOf, site: Site, visit: &mut Visit<'_, 'm>) {
    let path = path.key("one_of");
    for (tag, kind) in one_of.kinds.iter() {
        let path = path.key("kinds");
        fields(&path.key(tag).key("object"), &kind.object, site, visit);
    }
}

fn node<'m>(path: &Path<'_>, wire: &'m str, node: &'m TypeNode, visit: &mut Visit<'_, 'm>) {
    match node {
        TypeNode::Name(name) => {
            visit(Seen {
                path,
                wire,
                site: Site::Element,
                what: What::Name(name),
            });
        }
        TypeNode::Node(inner) => field(path, wire, inner, Site::Element, visit),
    }
}
