//! Types as schemas.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::node::{Node, Object};
use super::{one_of, text};
use crate::docs;
use crate::resolve::{
    EnumDef, Event, EventGroup, Field, Operation, Path, Service, StructDef, Type, TypeDef, Value,
};
use crate::spec::{self, Encoding, Location};

/// The names that types have among the document's components.
///
/// They are chosen for the whole spec: a type has the same name in the document of one service as in the document of all.
pub(super) struct Schemas<'a>(BTreeMap<(Scope<'a>, &'a str), String>);

/// Where a type is declared or used: in an operation, in an event, or among what the operations of a service share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Scope<'a> {
    service: &'a str,
    pub(super) operation: Option<&'a str>,
}

impl<'a> Scope<'a> {
    pub(super) fn shared(service: &'a Service<'_>) -> Self {
        Self {
            service: service.name,
            operation: None,
        }
    }

    pub(super) fn of(service: &'a Service<'_>, operation: &'a Operation<'_>) -> Self {
        Self {
            service: service.name,
            operation: Some(&operation.spec.operation),
        }
    }

    /// In an event, whose group takes the place of a service.
    pub(super) fn of_event(group: &'a EventGroup<'_>, event: &'a Event<'_>) -> Self {
        Self {
            service: &group.module,
            operation: Some(event.spec.wire()),
        }
    }
}

impl<'a> Schemas<'a> {
    pub(super) fn new(services: &'a [Service<'_>], groups: &'a [EventGroup<'_>]) -> Self {
        let mut schemas = Self(BTreeMap::new());
        let mut taken = BTreeSet::new();
        for service in services {
            let name = service.name;
            let scope = Scope::shared(service);
            for def in &service.types {
                let wanted = format!("{name}.{}", def.name());
                schemas.choose_all(scope, def, &wanted, &mut taken);
            }
            for operation in &service.operations {
                let scope = Scope::of(service, operation);
                let action = &operation.spec.operation;
                // Request and reply carry the operation's name already.
                for def in operation.outer_structs() {
                    schemas.choose(
                        scope,
                        &def.name,
                        &format!("{name}.{}", def.name),
                        &mut taken,
                    );
                }
                for def in &operation.types {
                    let wanted = format!("{name}.{action}.{}", def.name());
                    schemas.choose_all(scope, def, &wanted, &mut taken);
                }
            }
        }
        for group in groups {
            let name = &group.module;
            for event in &group.events {
                let scope = Scope::of_event(group, event);
                for def in event.main_types() {
                    let wanted = format!("{name}.{}", def.name);
                    schemas.choose(scope, &def.name, &wanted, &mut taken);
                }
                for def in &event.types {
                    let wanted = format!("{name}.{}.{}", event.data.name, def.name());
                    schemas.choose(scope, def.name(), &wanted, &mut taken);
                }
            }
        }
        schemas
    }

    /// The name of a type, and those of a one-of's kinds, which follow it.
    fn choose_all(
        &mut self,
        scope: Scope<'a>,
        def: &'a TypeDef<'_>,
        wanted: &str,
        taken: &mut BTreeSet<String>,
    ) {
        self.choose(scope, def.name(), wanted, taken);
        if let TypeDef::OneOf(def) = def {
            let name = self
                .0
                .get(&(scope, &def.name))
                .map_or(wanted, String::as_str);
            taken.extend(
                def.kinds
                    .iter()
                    .map(|kind| letters(&format!("{name}.{}", kind.ident))),
            );
        }
    }

    /// Generators make identifiers of these names: they must differ in more than case and marks.
    fn choose(
        &mut self,
        scope: Scope<'a>,
        ty: &'a str,
        wanted: &str,
        taken: &mut BTreeSet<String>,
    ) {
        let wanted = component(wanted);
        let mut name = wanted.clone();
        let mut number = 1;
        while !taken.insert(letters(&name)) {
            number += 1;
            name = format!("{wanted}_{number}");
        }
        self.0.insert((scope, ty), name);
    }

    fn name<'s>(&'s self, scope: Scope<'s>, path: &'s Path) -> &'s str {
        let scope = Scope {
            operation: scope.operation.filter(|_| !path.shared),
            ..scope
        };
        self.0.get(&(scope, &path.name)).map_or("", String::as_str)
    }

    /// The schemas of a service's types.
    pub(super) fn components(&self, service: &Service<'_>) -> Object {
        let mut components = Object::new();
        let mut add = |scope, name: &str, schema| {
            let shared = scope == Scope::shared(service);
            let name = name.to_owned();
            components.insert(self.name(scope, &Path { name, shared }), schema);
        };
        let mut one_ofs = Vec::new();
        let scope = Scope::shared(service);
        for def in &service.types {
            add(scope, def.name(), self.schema(scope, def, &mut one_ofs));
        }
        for operation in &service.operations {
            let scope = Scope::of(service, operation);
            for def in operation.outer_structs() {
                // A request without a body has parameters alone.
                let is_body = operation.spec.body.is_some() || def.usage.replied;
                if is_body {
                    add(scope, &def.name, self.object(scope, def));
                }
            }
            for def in &operation.types {
                add(scope, def.name(), self.schema(scope, def, &mut one_ofs));
            }
        }
        for (name, schema) in one_ofs {
            components.insert(name, schema);
        }
        components
    }

    /// The schemas of the types of a group of events.
    pub(super) fn event_components(&self, group: &EventGroup<'_>) -> Object {
        let (mut components, mut one_ofs) = (Object::new(), Vec::new());
        for event in &group.events {
            let scope = Scope::of_event(group, event);
            for def in event.main_types() {
                let name = self.name(scope, &Path::own(&def.name)).to_owned();
                components.insert(name, self.object(scope, def));
            }
            for def in &event.types {
                let name = self.name(scope, &Path::own(def.name())).to_owned();
                components.insert(name, self.schema(scope, def, &mut one_ofs));
            }
        }
        for (name, schema) in one_ofs {
            components.insert(name, schema);
        }
        components
    }

    /// The schema of a type. Those of the kinds of a one-of go to `one_ofs`.
    fn schema(
        &self,
        scope: Scope<'_>,
        def: &TypeDef<'_>,
        one_ofs: &mut Vec<(String, Object)>,
    ) -> Object {
        match def {
            TypeDef::Struct(def) => self.object(scope, def),
            TypeDef::Enum(def) => enumeration(def),
            TypeDef::OneOf(def) => {
                let path = Path {
                    name: def.name.clone(),
                    shared: def.shared,
                };
                let mut made = one_of::components(self, scope, def, self.name(scope, &path));
                let whole = made.remove(0).1;
                one_ofs.extend(made);
                whole
            }
        }
    }

    /// A struct. Of a request, the fields that go into the body.
    fn object(&self, scope: Scope<'_>, def: &StructDef<'_>) -> Object {
        let in_body = || {
            let fields = def.fields.iter();
            fields.filter(|field| field.location() == Location::Body)
        };
        let fields = || in_body().filter(|field| !field.spec.flatten);
        let required = fields().filter(|field| field.required);
        let required: Vec<_> = required.map(|field| field.wire).collect();
        // In replies no field is relied on, nor in a request that shares its type with one.
        let relaxed = fields().filter(|field| field.spec.required && !field.required);
        let relaxed: Vec<_> = relaxed.map(|field| field.wire).collect();
        let presence = if def.usage.requested {
            "x-dingtalk-required-in-requests"
        } else {
            "x-dingtalk-always-present"
        };
        let properties: Object = fields()
            .map(|field| (field.wire, self.property(scope, field, !def.usage.replied)))
            .collect();
        let object = Object::new()
            .with("type", "object")
            .with_some("description", def.doc.map(docs::text))
            .with_filled("required", required)
            .with_filled("properties", properties)
            .with_filled(presence, relaxed);
        match in_body().find(|field| field.spec.flatten) {
            None => object,
            Some(field) => Object::new().with("allOf", vec![object, self.beside(scope, field)]),
        }
    }

    /// What a flattened one-of adds to the object that it is in.
    fn beside(&self, scope: Scope<'_>, field: &Field<'_>) -> Object {
        let one_of = self.of(scope, &field.ty);
        if field.required {
            return one_of;
        }
        let absent = Object::new().with("description", "Without it.");
        Object::new().with("anyOf", vec![one_of, absent])
    }

    /// A field of an object.
    fn property(&self, scope: Scope<'_>, field: &Field<'_>, request: bool) -> Object {
        let schema = self.of(scope, &field.ty);
        let string = || Object::new().with("type", "string");
        let doc = field.spec.doc.as_deref().map(docs::text);
        let mut paragraphs = vec![doc.unwrap_or_default()];
        let schema = match field.encoding() {
            Some(Encoding::JsonString) => {
                let json = string().with("contentMediaType", "application/json");
                restricted(json.with("contentSchema", schema), field)
            }
            // The limits are the list's.
            Some(Encoding::Comma) => {
                paragraphs.push("The items, joined by commas.".to_owned());
                string()
                    .with("x-dingtalk-encoding", "comma")
                    .with("x-dingtalk-schema", restricted(schema, field))
            }
            _ => restricted(schema, field),
        };
        schema
            .with_filled("description", text::paragraphs(paragraphs))
            .with_filled("writeOnly", request && field.spec.secret)
            .with_filled("x-dingtalk-idempotency-key", field.spec.idempotency_key)
            .with_filled("x-dingtalk-success-flag", field.spec.success_flag)
            .with_filled("x-dingtalk-aliases", list(&field.spec.aliases))
    }

    /// A reference to a struct of an operation's own.
    pub(super) fn reference(&self, scope: Scope<'_>, name: &str) -> Object {
        self.to(scope, &Path::own(name))
    }

    pub(super) fn to(&self, scope: Scope<'_>, path: &Path) -> Object {
        let name = self.name(scope, path);
        Object::new().with("$ref", format!("#/components/schemas/{name}"))
    }

    /// The schema of a type.
    pub(super) fn of(&self, scope: Scope<'_>, ty: &Type) -> Object {
        match ty {
            Type::String
            | Type::Integer
            | Type::Number
            | Type::Boolean
            | Type::Json
            | Type::File => scalar(ty),
            Type::Enum(path) | Type::IntegerEnum(path) | Type::Object(path) | Type::OneOf(path) => {
                self.to(scope, path)
            }
            Type::List(element) => Object::new()
                .with("type", "array")
                .with("items", self.of(scope, element)),
            Type::Map(value) => Object::new()
                .with("type", "object")
                .with("additionalProperties", self.of(scope, value)),
        }
    }
}

/// The schema of a type that holds no other.
fn scalar(ty: &Type) -> Object {
    match ty {
        Type::String => Object::new().with("type", "string"),
        Type::Integer => Object::new()
            .with("type", "integer")
            .with("format", "int64"),
        Type::Number => Object::new()
            .with("type", "number")
            .with("format", "double"),
        Type::Boolean => Object::new().with("type", "boolean"),
        Type::File => Object::new()
            .with("type", "string")
            .with("format", "binary"),
        _ => Object::new(),
    }
}

/// Adds what a field says about its values in addition to their type: whether they are secret, and their limits.
pub(super) fn restricted(schema: Object, field: &Field<'_>) -> Object {
    let spec = field.spec;
    let text = spec.secret && field.ty == Type::String;
    schema
        .with_some("format", text.then_some("password"))
        .with_filled("x-dingtalk-secret", spec.secret)
        .with_some("maxLength", spec.max_length)
        .with_some("x-dingtalk-max-bytes", spec.max_bytes)
        .with_some("minimum", spec.min.clone())
        .with_some("maximum", spec.max.clone())
        .with_some("maxItems", spec.max_items)
        .with_some(
            "x-dingtalk-extensions",
            spec.extensions.as_deref().map(list),
        )
        .with_some("x-dingtalk-limits-by", limits_by(spec))
}

/// Limits that depend on another field, as in the spec.
fn limits_by(spec: &spec::Field) -> Option<Node> {
    let by_field = spec.limits_by.iter().map(|(field, cases)| {
        let by_value = cases.iter().map(|(value, limits)| {
            let limits = Object::new()
                .with_some("max_bytes", limits.max_bytes)
                .with_some("extensions", limits.extensions.as_deref().map(list));
            (value.clone(), Node::from(limits))
        });
        (field.clone(), Node::from(by_value.collect::<Object>()))
    });
    let by_field: Vec<_> = by_field.collect();
    (!by_field.is_empty()).then(|| by_field.into_iter().collect::<Object>().into())
}

fn list(texts: &[String]) -> Vec<Node> {
    texts.iter().map(Node::from).collect()
}

/// An open enum: one of its known values, or any other.
///
/// The platform adds values. A plain `enum` makes clients reject new values, and no `enum` gives the values no names;
/// with both, generators handle both.
fn enumeration(def: &EnumDef<'_>) -> Object {
    let plain = || {
        let kind = if def.integer {
            Type::Integer
        } else {
            Type::String
        };
        scalar(&kind)
    };
    let values = def.variants.iter().map(|variant| match variant.value {
        Value::Text(text) => Node::from(text),
        Value::Integer(number) => number.into(),
    });
    let known = plain().with("enum", values.collect::<Vec<_>>());
    let meanings = def.variants.iter().filter_map(|variant| {
        let value = match variant.value {
            Value::Text(text) => docs::code(text),
            Value::Integer(number) => docs::code(&number.to_string()),
        };
        Some(format!("- {value}: {}", docs::text(variant.doc?)))
    });
    let meanings = meanings.collect::<Vec<_>>().join("\n");
    let description = [def.doc.map(docs::sentence).unwrap_or_default(), meanings];
    Object::new()
        .with_filled("description", text::paragraphs(description))
        .with("anyOf", vec![known, plain()])
}

/// What tells two names apart.
fn letters(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.collect::<String>().to_ascii_lowercase()
}

/// A name as components may have it.
fn component(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-') {
            out.push(c);
        } else {
            let _ = write!(out, "u{:x}", u32::from(c));
        }
    }
    out
}
