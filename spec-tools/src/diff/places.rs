//! Where a file has the types and fields that Rust knows by other names.

use std::collections::BTreeMap;

use crate::diagnostic::Step;
use crate::names;
use crate::spec::{Field, Fields, NamedType, Operation, Ordered, Shape, TypeNode};

/// The keys that lead to a type, by its name, or to a field, as `Type.field`.
#[derive(Default)]
pub(super) struct Places(BTreeMap<String, Vec<Step>>);

impl Places {
    /// Those of an operation's file.
    pub(super) fn of_operation(op: &Operation) -> Self {
        let mut places = Self::of_types(&op.types);
        let prefix = names::operation_type(&op.operation);
        let request = format!("{prefix}Request");
        let sections = [("query", &op.query), ("headers", &op.headers)];
        let body = op.body.iter().map(|fields| ("body", fields));
        for (section, fields) in body.chain(sections.into_iter().filter(|(_, f)| !f.is_empty())) {
            places.add(&request, vec![key(section)]);
            places.fields(&request, &[key(section)], fields);
        }
        if let Some(field) = &op.body_type {
            places.add(&request, vec![key("body_type")]);
            places.field(&request, "body", vec![key("body_type")], field);
        }
        for (wire, field) in op.path_params.iter() {
            places.shape(
                (wire, false),
                field.rust_type.as_deref(),
                field.shape(),
                vec![key("path_params"), key(wire)],
            );
        }
        if let Some(fields) = &op.response {
            let reply = format!("{prefix}Response");
            places.add(&reply, vec![key("response")]);
            places.fields(&reply, &[key("response")], fields);
        }
        if let Some(field) = &op.response_type {
            let path = vec![key("response_type")];
            places.shape(
                ("response", false),
                field.rust_type.as_deref(),
                field.shape(),
                path,
            );
        }
        places
    }

    /// Those of the types that are declared by name.
    pub(super) fn of_types(types: &Ordered<String, NamedType>) -> Self {
        let mut places = Self::default();
        for (name, def) in types.iter() {
            let path = vec![key("types"), key(name)];
            let name = def
                .rust_type
                .clone()
                .unwrap_or_else(|| names::type_name(name));
            if let Some(fields) = &def.object {
                places.fields(&name, &join(&path, "object"), fields);
            }
            places.add(&name, path);
        }
        places
    }

    /// Where a type or a field is; nowhere in particular if it is not known.
    pub(super) fn get(&self, name: &str) -> Vec<Step> {
        self.0.get(name).cloned().unwrap_or_default()
    }

    fn add(&mut self, name: &str, path: Vec<Step>) {
        self.0.entry(name.to_owned()).or_insert(path);
    }

    fn fields(&mut self, owner: &str, path: &[Step], fields: &Fields) {
        for (wire, field) in fields.iter() {
            self.field(owner, wire, join(path, wire), field);
        }
    }

    fn field(&mut self, owner: &str, wire: &str, path: Vec<Step>, field: &Field) {
        let ident = field
            .rust_name
            .clone()
            .unwrap_or_else(|| names::field(wire));
        self.add(
            &format!("{owner}.{}", names::file_stem(&ident)),
            path.clone(),
        );
        self.shape(
            (wire, false),
            field.rust_type.as_deref(),
            field.shape(),
            path,
        );
    }

    fn shape(
        &mut self,
        (wire, element): (&str, bool),
        rust_type: Option<&str>,
        shape: Option<Shape<'_>>,
        path: Vec<Step>,
    ) {
        let name = || rust_type.map_or_else(|| names::inline_type(wire, element), str::to_owned);
        let node = |node: &TypeNode| node.rust_type().map(str::to_owned);
        match shape {
            Some(Shape::Enum(..)) => self.add(&name(), path),
            Some(Shape::Object(fields)) => {
                self.fields(&name(), &join(&path, "object"), fields);
                self.add(&name(), path);
            }
            Some(Shape::List(element)) => {
                self.shape(
                    (wire, true),
                    node(element).as_deref(),
                    element.shape(),
                    join(&path, "list"),
                );
            }
            Some(Shape::Map(value)) => {
                self.shape(
                    (wire, true),
                    node(value).as_deref(),
                    value.shape(),
                    join(&path, "map"),
                );
            }
            Some(Shape::Name(_)) | None => {}
        }
    }
}

fn key(name: &str) -> Step {
    Step::Key(name.to_owned())
}

fn join(path: &[Step], name: &str) -> Vec<Step> {
    let mut path = path.to_vec();
    path.push(key(name));
    path
}
