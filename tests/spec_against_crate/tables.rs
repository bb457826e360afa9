//! The models' tables against the types in the spec: names, places, types, marks, values of enums;
//! and that each model holds what its types allow.

use dingtalk_api::FilePart;
use dingtalk_api::generated::{
    Encoding, FieldInfo, FieldType, Json as FreeJson, Location, Object, Slot, TypeOf, View,
};
use serde_json::Value as Json;
use serde_yaml::Value as Yaml;

use crate::support::one_of::TAG;
use crate::support::sample::Sampler;
use crate::support::spec::{fields, text};
use crate::support::{Spec, dynamic};

/// Models may contain themselves.
const DEPTH: usize = 8;

#[test]
fn every_table_says_what_the_spec_says() {
    let spec = Spec::of_this_project();
    let mut found = Differences::default();
    for operation in &spec.operations {
        let Some(compiled) = dynamic::find(&operation.service, &operation.action) else {
            continue;
        };
        let sampler = Sampler::new(&spec, operation);
        found.at = operation.name();
        found.requests(sampler, compiled.request);
        match (sampler.node("response"), compiled.reply_type) {
            (None, None) => {}
            (Some(node), Some(kind)) => found.types(sampler, &node, kind.get(), "response", 0),
            (node, _) => found.note(&format!("response: the spec has {node:?}")),
        }
    }
    found.finish();
}

#[test]
fn pages_are_what_the_spec_says() {
    use dingtalk_api::generated::PagingStyle;
    let spec = Spec::of_this_project();
    for operation in &spec.operations {
        let Some(compiled) = dynamic::find(&operation.service, &operation.action) else {
            continue;
        };
        let node = operation.yaml.get("paging");
        let Some(paging) = compiled.paging else {
            assert_eq!(node, None, "{compiled}");
            continue;
        };
        let key = |key| text(node.unwrap(), key).unwrap_or_default().to_owned();
        let cursor = match paging.style {
            PagingStyle::Token { next } => {
                assert_eq!(key("next"), next.join("."), "{compiled}");
                key("token")
            }
            PagingStyle::Number { first } => {
                let wanted = node.unwrap().get("first").and_then(Yaml::as_i64);
                assert_eq!(wanted.unwrap_or(1), first, "{compiled}");
                key("page")
            }
            PagingStyle::Offset => key("offset"),
        };
        assert_eq!(
            [cursor, key("size"), key("items"), key("more"), key("total")],
            [
                paging.cursor,
                paging.size,
                paging.items,
                paging.more,
                paging.total,
            ]
            .map(|path| path.join(".")),
            "{compiled}"
        );
    }
}

#[test]
fn every_reply_can_be_held_and_given_back() {
    let spec = Spec::of_this_project();
    let mut found = Differences::default();
    for operation in &spec.operations {
        let compiled = dynamic::find(&operation.service, &operation.action);
        let Some(kind) = compiled.and_then(|operation| operation.reply_type) else {
            continue;
        };
        let sampler = Sampler::new(&spec, operation);
        found.at = operation.name();
        let node = sampler.node("response").unwrap();
        let full = sampler.full_reply().unwrap();
        let mut replies = vec![full.clone()];
        for site in sampler.sites(&node, &full) {
            for value in site.with_an_unknown_one() {
                let mut reply = full.clone();
                *reply.pointer_mut(&site.pointer).unwrap() = value;
                replies.push(reply);
            }
        }
        for reply in replies {
            let wanted = sampler.on_the_wire(&node, &reply);
            if let FieldType::Object(Object::Model(make)) = kind.get() {
                let mut model = make();
                fill(Slot::Object(&mut *model), &reply);
                let given = serde_json::to_value(View::Object(&*model)).unwrap();
                if given != wanted {
                    found.note(&format!("wanted {wanted}, got {given}"));
                }
            }
        }
    }
    found.finish();
}

/// What the spec and the tables do not agree on.
#[derive(Default)]
struct Differences {
    at: String,
    found: Vec<String>,
}

impl Differences {
    fn note(&mut self, what: &str) {
        self.found.push(format!("{}: {what}", self.at));
    }

    fn finish(self) {
        assert!(self.found.is_empty(), "{}", self.found.join("\n"));
    }

    fn requests(&mut self, sampler: Sampler<'_>, kind: Option<TypeOf>) {
        let mut wanted = Vec::new();
        for (place, location) in [
            ("query", Location::Query),
            ("headers", Location::Header),
            ("body", Location::Body),
        ] {
            let Some(node) = sampler.node(place) else {
                continue;
            };
            match node.get("object") {
                Some(object) if sampler.is_object_of_fields(place) => {
                    for (name, field) in fields(Some(object)) {
                        wanted.push((name.to_owned(), location, field.clone()));
                    }
                }
                _ => wanted.push(("body".to_owned(), location, node)),
            }
        }
        let Some(object @ FieldType::Object(_)) = kind.map(TypeOf::get) else {
            if !wanted.is_empty() {
                self.note("no request, but the spec has fields");
            }
            return;
        };
        let infos = on_the_wire(object);
        let given: Vec<_> = infos
            .iter()
            .map(|(info, _)| (info.name(), info.location()))
            .collect();
        let names: Vec<_> = wanted
            .iter()
            .map(|(name, at, _)| (name.as_str(), *at))
            .collect();
        if given != names {
            self.note(&format!("request: wanted {names:?}, got {given:?}"));
            return;
        }
        for (index, (name, _, field)) in wanted.iter().enumerate() {
            let required = field
                .get("required")
                .and_then(Yaml::as_bool)
                .unwrap_or(false);
            let (info, kind) = infos[index];
            if info.is_required() != required {
                self.note(&format!("{name}: required in the spec: {required}"));
            }
            self.field(sampler, info, kind, field, name, 0);
        }
    }

    fn field(
        &mut self,
        sampler: Sampler<'_>,
        info: &FieldInfo,
        kind: FieldType,
        field: &Yaml,
        at: &str,
        depth: usize,
    ) {
        let secret = field.get("secret").and_then(Yaml::as_bool).unwrap_or(false);
        let encoding = match text(field, "encoding") {
            Some("json_string") => Encoding::JsonString,
            Some("comma") => Encoding::Comma,
            Some("indexed") => Encoding::Indexed,
            _ => Encoding::Plain,
        };
        if (info.is_secret(), info.encoding()) != (secret, encoding) {
            self.note(&format!(
                "{at}: wanted secret {secret}, {encoding:?}; got {info:?}"
            ));
        }
        if field.get(TAG).is_none() {
            self.types(sampler, field, kind, at, depth + 1);
        }
    }

    fn types(
        &mut self,
        sampler: Sampler<'_>,
        node: &Yaml,
        kind: FieldType,
        at: &str,
        depth: usize,
    ) {
        if depth > DEPTH {
            return;
        }
        let values = sampler.values(node);
        let object = sampler.declared(node, "object");
        let scalar = text(node, "type").or(node.as_str());
        let agree = match (kind, scalar) {
            (FieldType::List(item), _) if node.get("list").is_some() => {
                return self.types(
                    sampler,
                    &node["list"],
                    item.get(),
                    &format!("{at}[]"),
                    depth + 1,
                );
            }
            (FieldType::Map(item), _) if node.get("map").is_some() => {
                return self.types(
                    sampler,
                    &node["map"],
                    item.get(),
                    &format!("{at}{{}}"),
                    depth + 1,
                );
            }
            (FieldType::StringEnum(known), _) => values == json(known),
            (FieldType::IntegerEnum(known), _) => values == json(known),
            (_, _) if !values.is_empty() => false,
            (FieldType::Object(_), _) if object.is_some() => {
                return self.object(sampler, &fields(object), kind, at, depth);
            }
            (FieldType::String, Some("string"))
            | (FieldType::Integer, Some("integer"))
            | (FieldType::Number, Some("number"))
            | (FieldType::Boolean, Some("boolean"))
            | (FieldType::Json, Some("json"))
            | (FieldType::File, Some("file")) => true,
            _ => false,
        };
        if !agree {
            self.note(&format!("{at}: the spec has {node:?}, the table {kind:?}"));
        }
    }

    fn object(
        &mut self,
        sampler: Sampler<'_>,
        wanted: &[(&str, &Yaml)],
        kind: FieldType,
        at: &str,
        depth: usize,
    ) {
        let infos = on_the_wire(kind);
        let given = infos.iter().map(|(info, _)| info.name());
        if !given.clone().eq(wanted.iter().map(|(name, _)| *name)) {
            let given: Vec<_> = given.collect();
            return self.note(&format!("{at}: wanted {wanted:?}, got {given:?}"));
        }
        for (index, (name, field)) in wanted.iter().enumerate() {
            let (info, kind) = infos[index];
            self.field(sampler, info, kind, field, &format!("{at}.{name}"), depth);
        }
    }
}

/// The fields of an object as they are on the wire, where each one-of is of its first kind.
fn on_the_wire(object: FieldType) -> Vec<(&'static FieldInfo, FieldType)> {
    let fields = object.fields().into_iter();
    if let Some(first) = object.kinds().first() {
        return fields
            .take(1)
            .chain([(&first.content, first.of.get())])
            .collect();
    }
    let fields = fields.flat_map(|(info, kind)| {
        if info.is_flattened() {
            on_the_wire(kind)
        } else {
            vec![(info, kind)]
        }
    });
    fields.collect()
}

/// Puts a value into a place of a model, as decoding would.
fn fill(slot: Slot<'_>, value: &Json) {
    match (slot, value) {
        (Slot::String(place), Json::String(value)) => place.clone_from(value),
        (Slot::StringEnum(place), Json::String(value)) => place.set(value),
        (Slot::Integer(place), value) => *place = value.as_i64().unwrap(),
        (Slot::IntegerEnum(place), value) => place.set(value.as_i64().unwrap()),
        (Slot::Number(place), value) => *place = value.as_f64().unwrap(),
        (Slot::Boolean(place), value) => *place = value.as_bool().unwrap(),
        (Slot::Json(place), value) => *place = FreeJson::from(value),
        (Slot::File(place), Json::String(name)) => *place = FilePart::bytes(name, "content"),
        (Slot::List(list), Json::Array(items)) => {
            for item in items {
                fill(list.push_slot(), item);
            }
        }
        (Slot::Map(map), Json::Object(entries)) => {
            for (key, value) in entries {
                fill(map.insert_slot(key), value);
            }
        }
        (Slot::Object(model), Json::Object(entries)) => {
            for (name, value) in entries {
                let mut infos = model.info().fields().iter();
                let index = infos.position(|info| info.name() == name).unwrap();
                fill(model.get_mut(index).slot(), value);
            }
        }
        (_, value) => panic!("there is no place for {value}"),
    }
}

fn json<T: Copy + Into<Json>>(values: &[T]) -> Vec<Json> {
    values.iter().map(|value| (*value).into()).collect()
}
