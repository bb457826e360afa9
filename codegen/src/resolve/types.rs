use std::collections::HashSet;
use std::fmt;

use super::Origin;
use crate::names;
use crate::spec::walk;
use crate::spec::{self, Location, NamedType, ScalarOrNamed, Scope, Shape, TypeNode};

/// A Rust type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Type {
    /// `String`
    String,
    /// `i64`
    Integer,
    /// `f64`
    Number,
    /// `bool`
    Boolean,
    /// Free JSON.
    Json,
    /// A file to upload.
    File,
    /// An open enum of strings.
    Enum(Path),
    /// An open enum of integers.
    IntegerEnum(Path),
    /// A struct.
    Object(Path),
    /// `Vec`
    List(Box<Type>),
    /// A map from strings.
    Map(Box<Type>),
}

/// Where a type of our own is declared.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path {
    /// Its name.
    pub name: String,
    /// True if it is one of the service's shared types.
    pub shared: bool,
}

impl Path {
    /// A type of an operation's own.
    pub fn own(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            shared: false,
        }
    }
}

/// A type that is declared.
#[derive(Debug)]
#[allow(missing_docs)]
pub enum TypeDef<'a> {
    Struct(StructDef<'a>),
    Enum(EnumDef<'a>),
}

/// A model.
#[derive(Debug)]
pub struct StructDef<'a> {
    /// Its name.
    pub name: String,
    /// What the spec calls it, or the field that it is made for.
    pub wire: &'a str,
    /// Where the spec describes it.
    pub origin: Origin<'a>,
    /// What it is.
    pub doc: Option<&'a str>,
    /// What uses it.
    pub usage: Usage,
    /// Its fields in the order of the spec.
    pub fields: Vec<Field<'a>>,
}

/// A field of a model, or a path parameter.
#[derive(Debug)]
pub struct Field<'a> {
    /// Its name in Rust.
    pub ident: String,
    /// Its name on the wire.
    pub wire: &'a str,
    /// Its type, without `Option` and `Box`.
    pub ty: Type,
    /// True if it is plain, not optional.
    pub required: bool,
    /// True if its type is boxed, because the type contains itself.
    pub boxed: bool,
    /// Where it goes, if it is a request's own field.
    pub location: Option<Location>,
    /// Where the spec describes it.
    pub origin: Origin<'a>,
    /// What the spec says.
    pub spec: &'a spec::Field,
}

/// An open enum.
#[derive(Debug)]
pub struct EnumDef<'a> {
    /// Its name.
    pub name: String,
    /// What the spec calls it, or the field that it is made for.
    pub wire: &'a str,
    /// Where the spec describes it.
    pub origin: Origin<'a>,
    /// What it is.
    pub doc: Option<&'a str>,
    /// True if the values are integers.
    pub integer: bool,
    /// The values in the order of the spec.
    pub variants: Vec<Variant<'a>>,
}

/// A variant of an open enum.
#[derive(Debug)]
pub struct Variant<'a> {
    /// Its name.
    pub ident: String,
    /// Its value on the wire.
    pub value: Value<'a>,
    /// What it means.
    pub doc: Option<&'a str>,
    /// Whether the spec asks for the name.
    pub named: bool,
}

/// A value of an enum on the wire.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs)]
pub enum Value<'a> {
    Text(&'a str),
    Integer(i64),
}

/// What uses a model: requests, replies, or both.
#[derive(Debug, Clone, Copy)]
pub struct Usage {
    /// Requests use it: callers build it.
    pub requested: bool,
    /// Replies use it: every field is optional, because a server may leave anything out.
    pub replied: bool,
}

impl Usage {
    /// What only requests use.
    pub(super) const REQUEST: Self = Self {
        requested: true,
        replied: false,
    };
    /// What only replies use.
    pub(super) const REPLY: Self = Self {
        requested: false,
        replied: true,
    };
}

/// What uses the named types of a service, directly or through other types.
#[derive(Debug, Default)]
pub(super) struct Users<'a> {
    requests: Named<'a>,
    replies: Named<'a>,
}

/// Named types: those of operations by operation and name, shared ones by name.
#[derive(Debug, Default)]
struct Named<'a> {
    own: HashSet<(&'a str, &'a str)>,
    shared: HashSet<&'a str>,
}

impl<'a> Users<'a> {
    /// Finds them.
    pub(super) fn of(service: &'a spec::Service) -> Self {
        let mut users = Self::default();
        let top = walk::Path::File("");
        for op in service.operations.values() {
            let scope = Scope::of(service).in_operation(op);
            let (mut requests, mut replies) = (Vec::new(), Vec::new());
            walk::request(&top, op, &mut |seen| requests.extend(seen.type_name()));
            walk::reply(&top, op, &mut |seen| replies.extend(seen.type_name()));
            for (used, all) in [
                (requests, &mut users.requests),
                (replies, &mut users.replies),
            ] {
                for name in scope.reached(used) {
                    if scope.own(name).is_some() {
                        all.own.insert((&op.operation, name));
                    } else {
                        all.shared.insert(name);
                    }
                }
            }
        }
        users
    }

    fn usage(&self, op: Option<&'a spec::Operation>, name: &'a str) -> Usage {
        let uses = |named: &Named<'a>| match op {
            Some(op) => named.own.contains(&(op.operation.as_str(), name)),
            None => named.shared.contains(name),
        };
        Usage {
            requested: uses(&self.requests),
            replied: uses(&self.replies),
        }
    }
}

/// Gathers the types of one module while fields are resolved.
pub(super) struct Collector<'a, 'b> {
    scope: Scope<'a>,
    users: &'b Users<'a>,
    operation: Option<&'a spec::Operation>,
    /// Whether the types belong to several operations.
    shared: bool,
    /// The types found so far.
    pub(super) types: Vec<TypeDef<'a>>,
}

impl<'a, 'b> Collector<'a, 'b> {
    /// For the module of the shared types.
    pub(super) fn new(scope: Scope<'a>, users: &'b Users<'a>) -> Self {
        Self {
            scope,
            users,
            operation: None,
            shared: true,
            types: Vec::new(),
        }
    }

    /// For an event's module, where no type has a name that others use.
    pub(super) fn in_event(users: &'b Users<'a>) -> Self {
        Self {
            shared: false,
            ..Self::new(Scope::none(), users)
        }
    }

    /// For an operation's module.
    pub(super) fn in_operation(mut self, operation: &'a spec::Operation) -> Self {
        self.scope = self.scope.in_operation(operation);
        self.operation = Some(operation);
        self.shared = false;
        self
    }

    /// Declares the named types of a file.
    pub(super) fn declare(&mut self, types: &'a spec::Ordered<String, NamedType>) {
        let all = Origin::top().key("types");
        for (wire, def) in types.iter() {
            let usage = self.users.usage(self.operation, wire);
            let owner = Owner {
                wire,
                origin: all.key(wire),
                element: false,
                doc: def.doc.as_deref(),
                usage,
            };
            let name = declared(wire, def);
            match def.shape() {
                Some(Shape::Enum(values, integer)) => {
                    self.enumeration(name, values, integer, owner);
                }
                Some(Shape::Object(fields)) => self.object(name, fields, owner),
                _ => {}
            }
        }
    }

    /// Resolves the fields of an object. Where replies use it, a required field is an `Option` all the same.
    pub(super) fn fields(
        &mut self,
        origin: &Origin<'a>,
        fields: &'a spec::Fields,
        usage: Usage,
    ) -> Vec<Field<'a>> {
        let field = |(wire, field): (&'a String, &'a spec::Field)| {
            self.field(wire, field, origin.key(wire), usage)
        };
        fields.iter().map(field).collect()
    }

    /// Resolves a field.
    pub(super) fn field(
        &mut self,
        wire: &'a str,
        field: &'a spec::Field,
        origin: Origin<'a>,
        usage: Usage,
    ) -> Field<'a> {
        let owner = Owner {
            wire,
            origin: origin.clone(),
            element: false,
            doc: field.doc.as_deref(),
            usage,
        };
        Field {
            ident: field
                .rust_name
                .clone()
                .unwrap_or_else(|| names::field(wire)),
            wire,
            ty: self.shape(field.shape(), field.rust_type.as_deref(), owner),
            required: field.required && !usage.replied,
            boxed: false,
            location: None,
            origin,
            spec: field,
        }
    }

    fn shape(
        &mut self,
        shape: Option<Shape<'a>>,
        rust_type: Option<&str>,
        owner: Owner<'a>,
    ) -> Type {
        let path = |owner: &Owner<'a>| Path {
            name: rust_type.map_or_else(
                || names::inline_type(owner.wire, owner.element),
                str::to_owned,
            ),
            shared: self.shared,
        };
        match shape {
            Some(Shape::Name(name)) => self.reference(name),
            Some(Shape::Enum(values, integer)) => {
                let path = path(&owner);
                self.enumeration(path.name.clone(), values, integer, owner);
                if integer {
                    Type::IntegerEnum(path)
                } else {
                    Type::Enum(path)
                }
            }
            Some(Shape::List(node)) => Type::List(Box::new(self.node("list", node, &owner))),
            Some(Shape::Map(node)) => Type::Map(Box::new(self.node("map", node, &owner))),
            Some(Shape::Object(fields)) => {
                let path = path(&owner);
                self.object(path.name.clone(), fields, owner);
                Type::Object(path)
            }
            // Reported by `check`; nothing is made of such a spec.
            None => Type::Json,
        }
    }

    fn node(&mut self, key: &'a str, node: &'a TypeNode, owner: &Owner<'a>) -> Type {
        let doc = match node {
            TypeNode::Node(field) => field.doc.as_deref().or(owner.doc),
            TypeNode::Name(_) => owner.doc,
        };
        let element = Owner {
            doc,
            element: true,
            origin: owner.origin.key(key),
            ..owner.clone()
        };
        self.shape(node.shape(), node.rust_type(), element)
    }

    fn object(&mut self, name: String, fields: &'a spec::Fields, owner: Owner<'a>) {
        // The place is taken first, so that a type comes before those inside it.
        let at = self.types.len();
        let origin = owner.origin.key("object");
        self.types.push(TypeDef::Struct(StructDef {
            name,
            wire: owner.wire,
            origin: owner.origin,
            doc: owner.doc,
            usage: owner.usage,
            fields: Vec::new(),
        }));
        let fields = self.fields(&origin, fields, owner.usage);
        if let Some(TypeDef::Struct(def)) = self.types.get_mut(at) {
            def.fields = fields;
        }
    }

    fn enumeration(
        &mut self,
        name: String,
        values: &'a spec::Ordered<spec::EnumKey, spec::EnumValue>,
        integer: bool,
        owner: Owner<'a>,
    ) {
        let variants = values.iter().map(|(key, value)| Variant {
            ident: value
                .rust_name()
                .map_or_else(|| names::variant(&key.to_string()), str::to_owned),
            value: match key {
                spec::EnumKey::Integer(value) => Value::Integer(*value),
                spec::EnumKey::Text(value) => Value::Text(value),
            },
            doc: value.doc(),
            named: value.rust_name().is_some(),
        });
        self.types.push(TypeDef::Enum(EnumDef {
            name,
            wire: owner.wire,
            origin: owner.origin,
            doc: owner.doc,
            integer,
            variants: variants.collect(),
        }));
    }

    fn reference(&self, name: &ScalarOrNamed) -> Type {
        let name = match name {
            ScalarOrNamed::String => return Type::String,
            ScalarOrNamed::Integer => return Type::Integer,
            ScalarOrNamed::Number => return Type::Number,
            ScalarOrNamed::Boolean => return Type::Boolean,
            ScalarOrNamed::Json => return Type::Json,
            ScalarOrNamed::File => return Type::File,
            ScalarOrNamed::Named(name) => name,
        };
        let Some(def) = self.scope.get(name) else {
            return Type::Json;
        };
        let path = Path {
            name: declared(name, def),
            shared: self.scope.own(name).is_none(),
        };
        match def.shape() {
            Some(Shape::Enum(_, true)) => Type::IntegerEnum(path),
            Some(Shape::Enum(_, false)) => Type::Enum(path),
            _ => Type::Object(path),
        }
    }
}

/// Whose type is being resolved.
#[derive(Clone)]
struct Owner<'a> {
    wire: &'a str,
    origin: Origin<'a>,
    /// It is that of an element of the field's list or map.
    element: bool,
    doc: Option<&'a str>,
    usage: Usage,
}

fn declared(name: &str, def: &NamedType) -> String {
    def.rust_type
        .clone()
        .unwrap_or_else(|| names::type_name(name))
}

impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Integer(number) => number.fmt(f),
        }
    }
}

impl<'a> TypeDef<'a> {
    /// The type's name.
    pub fn name(&self) -> &str {
        match self {
            Self::Struct(def) => &def.name,
            Self::Enum(def) => &def.name,
        }
    }

    /// What the spec calls it, or the field that it is made for.
    pub fn wire(&self) -> &'a str {
        match self {
            Self::Struct(def) => def.wire,
            Self::Enum(def) => def.wire,
        }
    }

    /// Where the spec describes it.
    pub fn origin(&self) -> &Origin<'a> {
        match self {
            Self::Struct(def) => &def.origin,
            Self::Enum(def) => &def.origin,
        }
    }

    /// The struct, if it is one.
    pub fn as_struct(&self) -> Option<&StructDef<'a>> {
        match self {
            Self::Struct(def) => Some(def),
            Self::Enum(_) => None,
        }
    }
}
