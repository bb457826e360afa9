//! From classes to the types of the spec.

use std::collections::{BTreeMap, BTreeSet};

use super::client::Method;
use super::models::{Class, Field, Models, Type, missing};
use super::python::{Problem, problem};
use crate::spec::{self, Fields, NamedType, Ordered, ScalarOrNamed, TypeNode};

/// Objects inside objects; the package has seven.
const DEEPEST: usize = 40;

/// The classes of a service, and which of them become types with a name.
pub(super) struct Types<'a> {
    models: &'a Models,
    named: BTreeMap<&'a str, Named<'a>>,
}

impl<'a> Types<'a> {
    pub(super) fn of(models: &'a Models, methods: &'a [Method]) -> Self {
        Self {
            models,
            named: named(models, methods),
        }
    }

    /// The types with a name of an operation, or of the service.
    pub(super) fn named(
        &self,
        operation: Option<&str>,
    ) -> Result<Ordered<String, NamedType>, Problem> {
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

    fn object(&self, class: &Class, depth: usize) -> Result<Fields, Problem> {
        let fields = class.fields.iter();
        let fields: Result<Vec<_>, Problem> = fields
            .map(|field| Ok((field.wire.clone(), self.field(field, depth)?)))
            .collect();
        Ok(fields?.into_iter().collect())
    }

    pub(super) fn field(&self, field: &Field, depth: usize) -> Result<spec::Field, Problem> {
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
    fn described(&self, ty: &Type, depth: usize) -> Result<spec::Field, Result<Problem, String>> {
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

    fn node(&self, ty: &Type, depth: usize) -> Result<TypeNode, Result<Problem, String>> {
        let field = self.described(ty, depth)?;
        Ok(match field.type_name {
            Some(name) => TypeNode::Name(name),
            None => TypeNode::Node(Box::new(field)),
        })
    }

    pub(super) fn class(&self, name: &str) -> Result<&Class, String> {
        self.models
            .get(name)
            .ok_or_else(|| missing(self.models, name))
    }
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
    let several = several.filter_map(|(class, _)| {
        let users = users.get(class)?;
        Some((class, users.first().copied().filter(|_| users.len() == 1)))
    });
    let mut named = BTreeMap::new();
    // A name that another type has would be two types in one.
    let mut taken: BTreeSet<&str> = BTreeSet::new();
    let (own, shared): (Vec<_>, Vec<_>) = several.partition(|(_, operation)| operation.is_some());
    for (class, operation) in shared.into_iter().chain(own) {
        let short = operation.and_then(|operation| class.strip_prefix(operation));
        let short = short.map(|short| {
            let short = short
                .strip_prefix("ResponseBody")
                .or(short.strip_prefix("Request"));
            short.unwrap_or_default()
        });
        let free = |short: &&str| {
            short.starts_with(|c: char| c.is_ascii_uppercase()) && !taken.contains(short)
        };
        let name = short.filter(free).unwrap_or(class);
        taken.insert(name);
        named.insert(class, Named { name, operation });
    }
    named
}

/// A field of a type that needs no more than its name.
pub(super) fn scalar(name: ScalarOrNamed) -> spec::Field {
    spec::Field {
        type_name: Some(name),
        ..spec::Field::default()
    }
}
