//! What a field holds, in the file and elsewhere.

use super::{Merger, join, key};
use crate::diagnostic::Step;
use crate::document::{Map, Node, Scalar, model};
use crate::spec::{
    Encoding, EnumKey, EnumValue, Field, Fields, NamedType, Ordered, ScalarOrNamed, Shape, TypeNode,
};

/// A field, a list's element or a map's value: what its mapping says in addition to what it holds.
#[derive(Clone, Copy)]
pub(super) struct Holder<'a> {
    shape: Option<Shape<'a>>,
    encoding: Option<Encoding>,
    rust_type: Option<&'a str>,
}

impl<'a> From<&'a Field> for Holder<'a> {
    fn from(field: &'a Field) -> Self {
        Self {
            shape: field.shape(),
            encoding: field.encoding,
            rust_type: field.rust_type.as_deref(),
        }
    }
}

impl<'a> From<&'a TypeNode> for Holder<'a> {
    fn from(node: &'a TypeNode) -> Self {
        match node {
            TypeNode::Name(_) => Self {
                shape: node.shape(),
                encoding: None,
                rust_type: None,
            },
            TypeNode::Node(field) => field.as_ref().into(),
        }
    }
}

impl<'a> From<Shape<'a>> for Holder<'a> {
    fn from(shape: Shape<'a>) -> Self {
        Self {
            shape: Some(shape),
            encoding: None,
            rust_type: None,
        }
    }
}

impl<'a> From<&'a NamedType> for Holder<'a> {
    fn from(def: &'a NamedType) -> Self {
        Self {
            shape: def.shape(),
            encoding: None,
            rust_type: def.rust_type.as_deref(),
        }
    }
}

impl<'a> Merger<'a> {
    /// Compares what is held at a path, and adds what the facts know more.
    pub(super) fn shape(&mut self, path: &[Step], own: Holder<'a>, fact: Holder<'a>, reply: bool) {
        let (Some(ours), Some(theirs)) = (own.shape, fact.shape) else {
            return;
        };
        if is_more_exact(own, ours, theirs) {
            return;
        }
        match (ours, theirs) {
            (Shape::Name(ScalarOrNamed::Named(name)), _) => {
                self.named(path, name, fact, theirs, reply);
            }
            (_, Shape::Name(ScalarOrNamed::Named(name))) => match self.fact_type(name) {
                Some(def) if refines_scalar(ours, def) => self.refer(path, name, ours),
                Some(def) => self.shape(path, own, def.into(), reply),
                None => self.differ(path, ours, theirs),
            },
            (Shape::Name(ScalarOrNamed::String), Shape::Enum(values, false))
            | (Shape::Name(ScalarOrNamed::Integer), Shape::Enum(values, true)) => {
                self.refine(path, ours, values, fact.rust_type);
            }
            (Shape::Enum(a, x), Shape::Enum(b, y)) if x == y => {
                self.values(&join(path, key("enum")), a, b);
            }
            (Shape::List(a), Shape::List(b)) => {
                self.shape(&join(path, key("list")), a.into(), b.into(), reply);
            }
            (Shape::Map(a), Shape::Map(b)) => {
                self.shape(&join(path, key("map")), a.into(), b.into(), reply);
            }
            (Shape::Object(a), Shape::Object(b)) => {
                self.fields(&join(path, key("object")), a, b, reply);
            }
            _ => self.differ(path, ours, theirs),
        }
    }

    /// The file uses a type by name: what it holds is declared elsewhere.
    fn named(
        &mut self,
        path: &[Step],
        name: &'a str,
        fact: Holder<'a>,
        theirs: Shape<'a>,
        reply: bool,
    ) {
        let other = match theirs {
            Shape::Name(ScalarOrNamed::Named(other)) => Some(other.as_str()),
            _ => None,
        };
        // A name that the facts do not explain is one that the service explains.
        if other == Some(name) && self.facts.get(name).is_none() {
            return;
        }
        if let Some(other) = other
            && !self.compared.insert((name.to_owned(), other.to_owned()))
        {
            return;
        }
        let fact = match other.map(|other| self.fact_type(other)) {
            None => fact,
            Some(Some(def)) => def.into(),
            Some(None) => {
                return self.differ(
                    path,
                    Shape::Name(&ScalarOrNamed::Named(name.to_owned())),
                    theirs,
                );
            }
        };
        let at = [key("types"), key(name)];
        self.uses.push((at.to_vec(), path.to_vec()));
        if let Some(def) = self.own.get(name).filter(|_| !self.in_service) {
            self.shape(&at, def.into(), fact, reply);
        } else if let Some(def) = self.shared_type(name) {
            let before = std::mem::replace(&mut self.in_service, true);
            self.shape(&at, def.into(), fact, reply);
            self.in_service = before;
        }
    }

    /// A type of the facts.
    pub(super) fn fact_type(&self, name: &str) -> Option<&'a NamedType> {
        self.facts.get(name).or_else(|| self.shared_type(name))
    }

    /// A type that the operations of the service share.
    pub(super) fn shared_type(&self, name: &str) -> Option<&'a NamedType> {
        self.shared?.get(name)
    }

    /// Merges the declarations of a type that both have by the same name.
    pub(super) fn named_type(&mut self, path: &[Step], own: &'a NamedType, fact: &'a NamedType) {
        if let (None, Some(doc)) = (&own.doc, &fact.doc) {
            self.add(path, "doc", Scalar::text(doc));
        }
        self.shape(path, own.into(), fact.into(), false);
    }

    /// Values of an enum: new ones are added behind the one that they follow.
    fn values(
        &mut self,
        path: &[Step],
        own: &Ordered<EnumKey, EnumValue>,
        facts: &Ordered<EnumKey, EnumValue>,
    ) {
        let mut at = 0;
        for (value, fact) in facts.iter() {
            let known = own.iter().find(|(known, _)| *known == value);
            let Some((_, known)) = known else {
                self.add_at(path, at, model::enum_key(value), model::enum_value(fact));
                at += 1;
                continue;
            };
            let name = value.to_string();
            if let (EnumValue::Doc(None), Some(doc)) = (known, fact.doc()) {
                self.replace(&join(path, key(&name)), Scalar::text(doc));
            }
            at = self
                .position(path, &name)
                .map_or(at, |position| position + 1);
        }
        for (value, _) in own.iter() {
            if !facts.iter().any(|(fact, _)| fact == value) {
                self.only_in_file(&join(path, key(&value.to_string())));
            }
        }
    }

    /// The file has a plain string or integer, and the facts know its values.
    fn refine(
        &mut self,
        path: &[Step],
        own: Shape<'_>,
        values: &Ordered<EnumKey, EnumValue>,
        rust_type: Option<&str>,
    ) {
        self.spell_out(path);
        self.add(path, "enum", model::enumeration(values));
        if let (Shape::Name(ScalarOrNamed::String), Some(map)) = (own, self.map(path)) {
            map.remove("type");
        }
        if let Some(rust_type) = rust_type {
            self.put(path, "rust_type", Scalar::text(rust_type));
        }
    }

    /// The file has a plain string or integer, and the facts a type with its values.
    fn refer(&mut self, path: &[Step], name: &str, own: Shape<'_>) {
        if self.in_service {
            return self.differ(
                path,
                own,
                Shape::Name(&ScalarOrNamed::Named(name.to_owned())),
            );
        }
        self.spell_out(path);
        let place = join(path, key("type"));
        self.replace(&place, Scalar::text(name));
        self.added_types.push(name.to_owned());
    }

    /// Makes `{ type: string }` of `string`.
    fn spell_out(&mut self, path: &[Step]) {
        if self.in_service {
            return;
        }
        if let Some(node) = self.document.find_mut(path)
            && let Node::Scalar(scalar) = node
        {
            let mut map = Map::default();
            map.push(Scalar::text("type"), scalar.clone());
            *node = Node::Map(map);
        }
    }

    fn differ(&mut self, path: &[Step], own: Shape<'_>, fact: Shape<'_>) {
        self.disagree(path, described(own), described(fact));
    }

    /// Remembers which types are used by what was added.
    pub(super) fn need_types_of(&mut self, fields: &Fields) {
        for (_, field) in fields.iter() {
            self.need_types_of_shape(field.shape());
        }
    }

    pub(super) fn need_types_of_shape(&mut self, shape: Option<Shape<'_>>) {
        match shape {
            Some(Shape::Name(ScalarOrNamed::Named(name))) => {
                if !self.added_types.contains(name) {
                    self.added_types.push(name.clone());
                }
            }
            Some(Shape::List(node) | Shape::Map(node)) => self.need_types_of_shape(node.shape()),
            Some(Shape::Object(fields)) => self.need_types_of(fields),
            Some(Shape::OneOf(one_of)) => {
                for (_, kind) in one_of.kinds.iter() {
                    self.need_types_of(&kind.object);
                }
            }
            Some(Shape::Name(_) | Shape::Enum(..)) | None => {}
        }
    }
}

/// Whether the file says the same, or more about the same: whatever it is, it is JSON, and a string
/// may hold it as text.
fn is_more_exact(own: Holder<'_>, ours: Shape<'_>, theirs: Shape<'_>) -> bool {
    // Nothing else says which fields go together.
    if matches!(ours, Shape::OneOf(_)) && matches!(theirs, Shape::Object(_) | Shape::Map(_)) {
        return true;
    }
    let Shape::Name(theirs) = theirs else {
        return false;
    };
    match (ours, theirs) {
        (_, ScalarOrNamed::Json) => true,
        (_, ScalarOrNamed::String) if own.encoding == Some(Encoding::JsonString) => true,
        (Shape::Enum(_, integer), ScalarOrNamed::String) => !integer,
        (Shape::Enum(_, integer), ScalarOrNamed::Integer) => integer,
        // Types with one name may have been declared differently.
        (Shape::Name(ScalarOrNamed::Named(_)), _) => false,
        (Shape::Name(ours), theirs) => ours == theirs,
        _ => false,
    }
}

/// Whether a type is an enum of what a scalar says.
fn refines_scalar(own: Shape<'_>, def: &NamedType) -> bool {
    let integer = matches!(def.type_name, Some(ScalarOrNamed::Integer));
    def.values.is_some()
        && match own {
            Shape::Name(ScalarOrNamed::String) => !integer,
            Shape::Name(ScalarOrNamed::Integer) => integer,
            _ => false,
        }
}

/// What is held, in a few words.
fn described(shape: Shape<'_>) -> String {
    let inner = |node: &TypeNode| node.shape().map(described).unwrap_or_default();
    match shape {
        Shape::Name(name) => model::type_name(name).to_owned(),
        Shape::Enum(_, false) => "enum".to_owned(),
        Shape::Enum(_, true) => "integer enum".to_owned(),
        Shape::List(node) => format!("list of {}", inner(node)),
        Shape::Map(node) => format!("map of {}", inner(node)),
        Shape::Object(_) => "object".to_owned(),
        Shape::OneOf(_) => "one-of".to_owned(),
    }
}
