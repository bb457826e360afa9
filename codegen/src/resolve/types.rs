use std::collections::{BTreeMap, BTreeSet};

use crate::names;
use crate::spec::{self, Location, NamedType, ScalarOrNamed, Shape, TypeNode};

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
    /// What it is.
    pub doc: Option<&'a str>,
    /// Who holds it.
    pub held: Held,
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
    /// What it holds, without `Option` and `Box`.
    pub ty: Type,
    /// True if it is plain, not optional.
    pub required: bool,
    /// True if it holds its type in a box, since the type contains itself.
    pub boxed: bool,
    /// Where it goes, if it is a request's own field.
    pub location: Option<Location>,
    /// What the spec says.
    pub spec: &'a spec::Field,
}

/// An open enum.
#[derive(Debug)]
pub struct EnumDef<'a> {
    /// Its name.
    pub name: String,
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
}

/// A value of an enum on the wire.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs)]
pub enum Value<'a> {
    Text(&'a str),
    Integer(i64),
}

/// Who holds a model: requests, replies, or both.
#[derive(Debug, Clone, Copy)]
pub struct Held {
    /// A request may hold it: it is built by those who call.
    pub requested: bool,
    /// A reply may hold it: nothing in it is plain, since a server may leave out whatever it likes.
    pub replied: bool,
}

impl Held {
    /// What a request alone holds.
    pub(super) const REQUEST: Self = Self {
        requested: true,
        replied: false,
    };
    /// What a reply alone holds.
    pub(super) const REPLY: Self = Self {
        requested: false,
        replied: true,
    };
}

/// The named types of a service by who holds them, directly or through other types.
#[derive(Debug, Default)]
pub(super) struct Holders {
    requests: Reached,
    replies: Reached,
}

impl Holders {
    /// Finds them.
    pub(super) fn of(service: &spec::Service) -> Self {
        let mut holders = Self::default();
        for op in service.operations.values() {
            let fields = op
                .response
                .iter()
                .flat_map(spec::Ordered::iter)
                .map(|(_, field)| field);
            for field in fields.chain(op.response_type.as_deref()) {
                holders.replies.visit(service, op, field.shape());
            }
            for (_, _, field) in op.request_fields() {
                holders.requests.visit(service, op, field.shape());
            }
        }
        holders
    }

    fn held(&self, op: Option<&spec::Operation>, name: &str) -> Held {
        Held {
            requested: self.requests.holds(op, name),
            replied: self.replies.holds(op, name),
        }
    }
}

/// Named types: those of operations by operation and name, shared ones by name.
#[derive(Debug, Default)]
struct Reached {
    own: BTreeSet<(String, String)>,
    shared: BTreeSet<String>,
}

impl Reached {
    fn visit(&mut self, service: &spec::Service, op: &spec::Operation, shape: Option<Shape<'_>>) {
        match shape {
            Some(Shape::Name(ScalarOrNamed::Named(name))) => {
                let (def, new) = if let Some(def) = op.types.get(name) {
                    (
                        Some(def),
                        self.own.insert((op.operation.clone(), name.clone())),
                    )
                } else {
                    (
                        service.file.types.get(name),
                        self.shared.insert(name.clone()),
                    )
                };
                if let (Some(fields), true) = (def.and_then(|def| def.object.as_ref()), new) {
                    self.visit(service, op, Some(Shape::Object(fields)));
                }
            }
            Some(Shape::Object(fields)) => {
                for (_, field) in fields.iter() {
                    self.visit(service, op, field.shape());
                }
            }
            Some(Shape::List(node) | Shape::Map(node)) => self.visit(service, op, node.shape()),
            Some(Shape::Name(_) | Shape::Enum(..)) | None => {}
        }
    }

    fn holds(&self, op: Option<&spec::Operation>, name: &str) -> bool {
        match op {
            Some(op) => self.own.contains(&(op.operation.clone(), name.to_owned())),
            None => self.shared.contains(name),
        }
    }
}

/// Gathers the types of one module while fields are resolved.
pub(super) struct Collector<'a, 'b> {
    shared: &'b BTreeMap<&'a str, &'a NamedType>,
    holders: &'b Holders,
    operation: Option<&'a spec::Operation>,
    /// The types found so far.
    pub(super) types: Vec<TypeDef<'a>>,
}

impl<'a, 'b> Collector<'a, 'b> {
    /// For the module of the shared types.
    pub(super) fn new(shared: &'b BTreeMap<&'a str, &'a NamedType>, holders: &'b Holders) -> Self {
        Self {
            shared,
            holders,
            operation: None,
            types: Vec::new(),
        }
    }

    /// For an operation's module.
    pub(super) fn in_operation(mut self, operation: &'a spec::Operation) -> Self {
        self.operation = Some(operation);
        self
    }

    /// Declares a named type.
    pub(super) fn named(&mut self, name: &'a str, def: &'a NamedType) {
        let rust = named_type(name, def);
        if let Some(values) = &def.values {
            let integer = matches!(def.type_name, Some(ScalarOrNamed::Integer));
            self.types
                .push(enumeration(rust, def.doc.as_deref(), values, integer));
        } else if let Some(fields) = &def.object {
            let held = self.holders.held(self.operation, name);
            self.object(rust, def.doc.as_deref(), fields, held);
        }
    }

    /// Resolves a field. Where replies hold it, a required field is an `Option` all the same.
    pub(super) fn field(
        &mut self,
        wire: &'a str,
        field: &'a spec::Field,
        location: Option<Location>,
        held: Held,
    ) -> Field<'a> {
        let owner = Owner {
            wire,
            element: false,
            doc: field.doc.as_deref(),
            held,
        };
        Field {
            ident: field
                .rust_name
                .clone()
                .unwrap_or_else(|| names::field(wire)),
            wire,
            ty: self.shape(field.shape(), field.rust_type.as_deref(), owner),
            required: field.required && !held.replied,
            boxed: false,
            location,
            spec: field,
        }
    }

    fn shape(
        &mut self,
        shape: Option<Shape<'a>>,
        rust_type: Option<&str>,
        owner: Owner<'a>,
    ) -> Type {
        let name = || {
            rust_type.map_or_else(
                || names::inline_type(owner.wire, owner.element),
                str::to_owned,
            )
        };
        match shape {
            Some(Shape::Name(name)) => self.reference(name),
            Some(Shape::Enum(values, integer)) => {
                let name = name();
                self.types
                    .push(enumeration(name.clone(), owner.doc, values, integer));
                let path = Path {
                    name,
                    shared: self.operation.is_none(),
                };
                if integer {
                    Type::IntegerEnum(path)
                } else {
                    Type::Enum(path)
                }
            }
            Some(Shape::List(node)) => Type::List(Box::new(self.node(node, owner))),
            Some(Shape::Map(node)) => Type::Map(Box::new(self.node(node, owner))),
            Some(Shape::Object(fields)) => {
                let name = name();
                self.object(name.clone(), owner.doc, fields, owner.held);
                Type::Object(Path {
                    name,
                    shared: self.operation.is_none(),
                })
            }
            // The spec has been checked: this is not reached.
            None => Type::Json,
        }
    }

    fn node(&mut self, node: &'a TypeNode, owner: Owner<'a>) -> Type {
        let doc = match node {
            TypeNode::Node(field) => field.doc.as_deref().or(owner.doc),
            TypeNode::Name(_) => owner.doc,
        };
        let element = Owner {
            doc,
            element: true,
            ..owner
        };
        self.shape(node.shape(), node.rust_type(), element)
    }

    fn object(&mut self, name: String, doc: Option<&'a str>, fields: &'a spec::Fields, held: Held) {
        // The place is taken first, so that a type stands before those inside it.
        let at = self.types.len();
        self.types.push(TypeDef::Struct(StructDef {
            name,
            doc,
            held,
            fields: Vec::new(),
        }));
        let fields = fields
            .iter()
            .map(|(wire, field)| self.field(wire, field, None, held))
            .collect();
        if let Some(TypeDef::Struct(def)) = self.types.get_mut(at) {
            def.fields = fields;
        }
    }

    fn reference(&self, name: &ScalarOrNamed) -> Type {
        let name = match name {
            ScalarOrNamed::String => return Type::String,
            ScalarOrNamed::Integer => return Type::Integer,
            ScalarOrNamed::Number => return Type::Number,
            ScalarOrNamed::Boolean => return Type::Boolean,
            ScalarOrNamed::Json => return Type::Json,
            ScalarOrNamed::Named(name) => name,
        };
        let own = self.operation.and_then(|op| op.types.get(name));
        let Some(def) = own.or_else(|| self.shared.get(name.as_str()).copied()) else {
            return Type::Json;
        };
        let path = Path {
            name: named_type(name, def),
            shared: own.is_none(),
        };
        match (&def.values, &def.type_name) {
            (Some(_), Some(ScalarOrNamed::Integer)) => Type::IntegerEnum(path),
            (Some(_), _) => Type::Enum(path),
            (None, _) => Type::Object(path),
        }
    }
}

/// Whose type is being resolved.
#[derive(Clone, Copy)]
struct Owner<'a> {
    wire: &'a str,
    /// It is that of an element of the field's list or map.
    element: bool,
    doc: Option<&'a str>,
    held: Held,
}

fn named_type(name: &str, def: &NamedType) -> String {
    def.rust_type
        .clone()
        .unwrap_or_else(|| names::type_name(name))
}

fn enumeration<'a>(
    name: String,
    doc: Option<&'a str>,
    values: &'a spec::Ordered<spec::EnumKey, spec::EnumValue>,
    integer: bool,
) -> TypeDef<'a> {
    let variants = values.iter().map(|(key, value)| Variant {
        ident: value
            .rust_name()
            .map_or_else(|| names::variant(&key.to_string()), str::to_owned),
        value: match key {
            spec::EnumKey::Integer(value) => Value::Integer(*value),
            spec::EnumKey::Text(value) => Value::Text(value),
        },
        doc: value.doc(),
    });
    TypeDef::Enum(EnumDef {
        name,
        doc,
        integer,
        variants: variants.collect(),
    })
}

impl<'a> TypeDef<'a> {
    /// The type's name.
    pub fn name(&self) -> &str {
        match self {
            Self::Struct(def) => &def.name,
            Self::Enum(def) => &def.name,
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
