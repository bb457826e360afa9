use super::Origin;
use super::types::{
    EnumDef, Field, KindDef, OneOfDef, Path, StructDef, Type, TypeDef, Value, Variant,
};
use super::usage::{Usage, Users};
use crate::names;
use crate::spec::{self, NamedType, ScalarOrNamed, Scope, Shape, TypeNode};

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

    /// For an event's module, whose types no other module uses.
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
                Some(Shape::OneOf(one_of)) => self.one_of(name, one_of, owner),
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
            Some(Shape::OneOf(one_of)) => {
                let path = path(&owner);
                self.one_of(path.name.clone(), one_of, owner);
                Type::OneOf(path)
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

    fn one_of(&mut self, name: String, one_of: &'a spec::OneOf, owner: Owner<'a>) {
        let at = self.types.len();
        let origin = owner.origin.key("one_of").key("kinds");
        self.types.push(TypeDef::OneOf(OneOfDef {
            name,
            wire: owner.wire,
            origin: owner.origin,
            doc: owner.doc,
            shared: self.shared,
            spec: one_of,
            kinds: Vec::new(),
        }));
        let mut kinds = Vec::new();
        for (tag, kind) in one_of.kinds.iter() {
            let ident = kind.rust_name.clone();
            let ident = ident.unwrap_or_else(|| names::kind(tag));
            let content = Owner {
                wire: tag,
                origin: origin.key(tag),
                element: false,
                doc: kind.doc.as_deref(),
                usage: owner.usage,
            };
            self.object(ident.clone(), &kind.object, content);
            let mut fields = kind.object.iter();
            kinds.push(KindDef {
                ident,
                tag,
                content: one_of.content_of(tag),
                doc: kind.doc.as_deref(),
                required: fields.any(|(_, field)| field.required && !owner.usage.replied),
            });
        }
        if let Some(TypeDef::OneOf(def)) = self.types.get_mut(at) {
            def.kinds = kinds;
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
            Some(Shape::OneOf(_)) => Type::OneOf(path),
            _ => Type::Object(path),
        }
    }
}

/// Whose type is being resolved.
#[derive(Clone)]
struct Owner<'a> {
    wire: &'a str,
    origin: Origin<'a>,
    /// Whether it is the type of an element of the field's list or map.
    element: bool,
    doc: Option<&'a str>,
    usage: Usage,
}

fn declared(name: &str, def: &NamedType) -> String {
    def.rust_type
        .clone()
        .unwrap_or_else(|| names::type_name(name))
}
