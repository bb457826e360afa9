//! The operation that the spec has already: what it says where a page is vague.

use std::rc::Rc;

use super::inferred::Inferred;
use crate::spec::{
    Encoding, Fields, NamedType, Operation, Ordered, ScalarOrNamed, Shape, TypeNode,
};

/// An operation of the spec with the types it can use by name.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The service's folder.
    pub service: &'a str,
    /// The operation.
    pub operation: &'a Operation,
    /// The types that its service shares.
    pub shared: &'a Ordered<String, NamedType>,
}

/// What something in the spec holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct SpecType<'a> {
    pub(super) known: Known<'a>,
    pub(super) shape: Shape<'a>,
}

impl<'a> Known<'a> {
    fn named(self, name: &str) -> Option<&'a NamedType> {
        let own = self.operation.types.get(name);
        own.or_else(|| self.shared.get(name))
    }

    /// What a field of the given ones holds.
    pub(super) fn field(self, fields: &'a Fields, name: &str) -> Option<SpecType<'a>> {
        let shape = fields.get(name)?.shape()?;
        Some(SpecType { known: self, shape })
    }

    pub(super) fn spec_type(self, shape: Shape<'a>) -> SpecType<'a> {
        SpecType { known: self, shape }
    }

    fn of_fields(self, fields: &'a Fields, inside: &mut Vec<&'a str>) -> Inferred {
        let of = |(name, field): (&'a String, &'a crate::spec::Field)| {
            let inferred = field.shape().map(|shape| self.of_shape(shape, inside));
            let mut inferred = inferred.unwrap_or_default();
            // To a page a string that holds JSON is a string, as a rule.
            inferred.kinds.text |= field.encoding == Some(Encoding::JsonString);
            (name.clone(), Rc::new(inferred))
        };
        Inferred {
            fields: Some(fields.iter().map(of).collect()),
            ..Inferred::default()
        }
    }

    fn of_shape(self, shape: Shape<'a>, inside: &mut Vec<&'a str>) -> Inferred {
        let mut inferred = Inferred::default();
        let kinds = &mut inferred.kinds;
        match shape {
            Shape::Object(fields) => return self.of_fields(fields, inside),
            Shape::List(element) => inferred.element = Some(Rc::new(self.of_node(element, inside))),
            Shape::Map(value) => inferred.value = Some(Rc::new(self.of_node(value, inside))),
            Shape::Name(ScalarOrNamed::Integer) | Shape::Enum(_, true) => kinds.integer = true,
            Shape::Name(ScalarOrNamed::String) | Shape::Enum(_, false) => kinds.text = true,
            Shape::Name(ScalarOrNamed::Number) => kinds.fraction = true,
            Shape::Name(ScalarOrNamed::Boolean) => kinds.boolean = true,
            Shape::Name(ScalarOrNamed::Json) => {}
            Shape::Name(ScalarOrNamed::Named(name)) => {
                // A type inside itself is shown once more, and that is enough.
                let times = inside.iter().filter(|known| *known == name).count();
                if let Some(shape) = self.named(name).filter(|_| times < 2).and_then(shape_of) {
                    inside.push(name);
                    inferred = self.of_shape(shape, inside);
                    inside.pop();
                }
            }
        }
        inferred
    }

    fn of_node(self, node: &'a TypeNode, inside: &mut Vec<&'a str>) -> Inferred {
        let shape = node.shape().map(|shape| self.of_shape(shape, inside));
        shape.unwrap_or_default()
    }
}

fn shape_of(def: &NamedType) -> Option<Shape<'_>> {
    match (&def.object, &def.values) {
        (Some(fields), _) => Some(Shape::Object(fields)),
        (None, Some(values)) => {
            let integer = def.type_name == Some(ScalarOrNamed::Integer);
            Some(Shape::Enum(values, integer))
        }
        (None, None) => None,
    }
}

impl<'a> SpecType<'a> {
    /// Its shape, to compare with an example.
    pub(super) fn inferred(self) -> Rc<Inferred> {
        Rc::new(self.known.of_shape(self.shape, &mut Vec::new()))
    }

    /// What a type's name stands for.
    pub(super) fn resolved(self) -> Shape<'a> {
        match self.shape {
            Shape::Name(ScalarOrNamed::Named(name)) => self
                .known
                .named(name)
                .and_then(shape_of)
                .unwrap_or(self.shape),
            shape => shape,
        }
    }

    /// What a field inside it holds.
    pub(super) fn field(self, name: &str) -> Option<Self> {
        match self.resolved() {
            Shape::Object(fields) => self.known.field(fields, name),
            _ => None,
        }
    }

    /// What its elements hold, if it is a list.
    pub(super) fn element(self) -> Option<Self> {
        match self.resolved() {
            Shape::List(element) => Some(self.known.spec_type(element.shape()?)),
            _ => None,
        }
    }

    /// What its values hold, if it is a map.
    pub(super) fn value(self) -> Option<Self> {
        match self.resolved() {
            Shape::Map(value) => Some(self.known.spec_type(value.shape()?)),
            _ => None,
        }
    }

    /// The name of the type, if it has one.
    pub(super) fn type_name(self) -> Option<&'a str> {
        match self.shape {
            Shape::Name(ScalarOrNamed::Named(name)) => Some(name),
            _ => None,
        }
    }
}
