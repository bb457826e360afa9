//! Everything that users see of a crate, item by item.

use std::collections::BTreeMap;

use super::platform;
use super::{ItemKind, Level, Side};
use crate::diagnostic::{At, Place, Step};
use crate::document::{Node, model};
use crate::names;
use crate::resolve::{self, Event, EventGroup, Operation, Reply, Service, Type};
use crate::sources::{event_file, group_file, operation_file, service_file};
use crate::spec::{self, AppType, BodyEncoding, Token};

/// Items by their path in Rust.
pub(super) type Surface = BTreeMap<String, Item>;

/// Something that users see.
#[derive(Debug)]
pub(super) struct Item {
    pub(super) kind: ItemKind,
    /// The item that contains it, if any.
    pub(super) parent: Option<String>,
    /// Its wire format: if only its name in Rust changed, this stays the same.
    pub(super) wire: Option<String>,
    /// The level of adding it.
    pub(super) added: Level,
    pub(super) facts: Vec<Fact>,
    pub(super) owner: Option<(String, Option<String>)>,
    pub(super) place: Place,
}

/// A property of an item.
#[derive(Debug, PartialEq)]
pub(super) struct Fact {
    pub(super) name: &'static str,
    pub(super) value: String,
    /// The level of changing it.
    pub(super) level: Level,
}

impl Item {
    pub(super) fn fact(&mut self, level: Level, name: &'static str, value: impl Into<String>) {
        let value = value.into();
        self.facts.push(Fact { name, value, level });
    }

    /// What the documentation of operations and events shows. `texts` are title, doc, source and permission.
    fn documentation(&mut self, summary: &str, texts: [&Option<String>; 4], app_types: &[AppType]) {
        let docs = Level::Documentation;
        self.fact(docs, "summary", summary);
        let names = ["title", "doc", "source", "permission"];
        for (name, text) in names.into_iter().zip(texts) {
            self.fact(docs, name, text.as_deref().unwrap_or_default());
        }
        let kinds: Vec<_> = app_types.iter().map(|kind| kind.as_str()).collect();
        self.fact(docs, "app_types", kinds.join(", "));
    }
}

/// The surface of the crate that a spec gives.
pub(super) fn of(side: &Side<'_>) -> Surface {
    let mut surface = Surface::new();
    if let Some(platform) = &side.platform {
        platform::of(platform, &mut surface);
    }
    for (name, service) in &side.parts.services {
        let resolved = resolve::service(name, service);
        Module {
            surface: &mut surface,
            service: name,
            operation: None,
            path: name.clone(),
            file: service_file(name),
        }
        .service(&resolved, service);
    }
    for (name, group) in &side.parts.events {
        let resolved = EventGroup::new(name, group);
        Module {
            surface: &mut surface,
            service: &resolved.module,
            operation: None,
            path: resolved.module.clone(),
            file: group_file(name),
        }
        .event_group(&resolved, group);
    }
    surface
}

/// A module of the crate, and the file that it is generated from.
pub(super) struct Module<'a> {
    pub(super) surface: &'a mut Surface,
    service: &'a str,
    operation: Option<&'a str>,
    /// Its path in Rust.
    pub(super) path: String,
    file: String,
}

impl Module<'_> {
    fn service(mut self, resolved: &Service<'_>, spec: &spec::Service) {
        let mut item = self.item(ItemKind::Service, None, Vec::new());
        item.fact(
            Level::Documentation,
            "summary",
            resolved.summary.unwrap_or_default(),
        );
        item.fact(
            Level::Documentation,
            "title",
            resolved.title.unwrap_or_default(),
        );
        self.surface.insert(self.path.clone(), item);
        self.path = format!("{}::types", self.service);
        for def in &resolved.types {
            self.type_def(def, self.service.to_owned());
        }
        for (stem, operation) in spec.operations.keys().zip(&resolved.operations) {
            Module {
                surface: self.surface,
                service: self.service,
                operation: Some(&operation.spec.operation),
                path: format!("{}::{}", self.service, names::file_stem(&operation.method)),
                file: operation_file(self.service, stem),
            }
            .operation(operation);
        }
    }

    fn event_group(self, resolved: &EventGroup<'_>, spec: &spec::EventGroup) {
        let mut item = self.item(ItemKind::EventGroup, None, Vec::new());
        let docs = Level::Documentation;
        item.fact(docs, "summary", resolved.summary.unwrap_or_default());
        item.fact(docs, "title", resolved.title.unwrap_or_default());
        self.surface.insert(self.path.clone(), item);
        for (stem, event) in spec.events.keys().zip(&resolved.events) {
            Module {
                surface: self.surface,
                service: self.service,
                operation: Some(event.spec.wire()),
                path: format!("{}::{}", self.service, names::file_stem(&event.module)),
                file: event_file(resolved.name, stem),
            }
            .event(event);
        }
    }

    fn event(&mut self, event: &Event<'_>) {
        let spec = event.spec;
        let parent = Some(self.service.to_owned());
        let mut item = self.item(ItemKind::Event, parent, vec![key(spec.key())]);
        item.wire = Some(spec.wire().to_owned());
        let breaking = Level::Breaking;
        item.fact(breaking, "kind", spec.key());
        item.fact(breaking, "type", spec.wire());
        let answer = event.response.as_ref();
        item.fact(
            breaking,
            "response",
            answer.map_or("()", |answer| &answer.name),
        );
        let docs = Level::Documentation;
        let texts = [&spec.title, &spec.doc, &spec.source, &spec.permission];
        item.documentation(&spec.summary, texts, &spec.app_types);
        let ways: Vec<_> = spec.delivery.iter().map(|way| way.as_str()).collect();
        item.fact(docs, "delivery", ways.join(", "));
        self.surface.insert(self.path.clone(), item);
        let parent = self.path.clone();
        for def in std::iter::once(&event.data).chain(answer) {
            self.structure(def, parent.clone());
        }
        for def in &event.types {
            self.type_def(def, parent.clone());
        }
    }

    fn operation(&mut self, op: &Operation<'_>) {
        let spec = op.spec;
        let mut item = self.item(
            ItemKind::Operation,
            Some(self.service.to_owned()),
            vec![key("operation")],
        );
        item.wire = Some(format!("{} {}", spec.method.as_str(), spec.path));
        let breaking = Level::Breaking;
        item.fact(breaking, "action", &*spec.operation);
        item.fact(breaking, "method", spec.method.as_str());
        item.fact(breaking, "path", &*spec.path);
        item.fact(breaking, "arguments", arguments(op));
        item.fact(breaking, "reply", reply(op));
        let pages = op.paging.as_ref().map(|paging| type_name(&paging.item));
        item.fact(breaking, "items", pages.unwrap_or_default());
        let body = match (&spec.body, &spec.body_type) {
            (None, None) => "none",
            (Some(_), None) => "an object",
            (_, Some(_)) => "one value",
        };
        item.fact(breaking, "body", body);
        // Callers do not see how it travels.
        let encoding = spec.encoding.map_or("json", BodyEncoding::as_str);
        item.fact(Level::Additive, "encoding", encoding);
        let field = spec.response_field.as_deref().unwrap_or_default();
        item.fact(Level::Additive, "response_field", field);
        item.fact(
            breaking,
            "token",
            if spec.needs_token() { "sent" } else { "none" },
        );
        item.fact(
            breaking,
            "webhook",
            spec.webhook.as_deref().unwrap_or_default(),
        );
        item.fact(
            breaking,
            "signature",
            spec.signature.as_deref().unwrap_or_default(),
        );
        let limit = spec.max_bytes.map(|bytes| bytes.to_string());
        item.fact(Level::Documentation, "max_bytes", limit.unwrap_or_default());
        let idempotent = if spec.is_idempotent() { "yes" } else { "no" };
        item.fact(Level::Additive, "idempotent", idempotent);
        if op.paging.is_some() {
            let paging = spec
                .paging
                .as_ref()
                .map(|paging| Node::from(model::paging(paging)).one_line());
            item.fact(Level::Additive, "paging", paging.unwrap_or_default());
        }
        let docs = Level::Documentation;
        let texts = [&spec.title, &spec.doc, &spec.source, &spec.permission];
        item.documentation(&spec.summary, texts, &spec.app_types);
        // The fact `token` covers whether one is sent.
        let token = spec.token.as_ref().filter(|_| spec.needs_token());
        item.fact(
            docs,
            "token_kind",
            token.map(Token::words).unwrap_or_default(),
        );
        let example = spec.example.as_ref().map(|example| format!("{example:?}"));
        item.fact(docs, "example", example.unwrap_or_default());
        let args = op
            .path_args
            .iter()
            .map(|arg| arg.spec.doc.as_deref().unwrap_or_default());
        item.fact(docs, "path_params", args.collect::<Vec<_>>().join("\n"));
        self.surface.insert(self.path.clone(), item);

        let parent = self.path.clone();
        for def in op.request.iter().chain(match &op.reply {
            Reply::Object(def) => Some(def),
            _ => None,
        }) {
            self.structure(def, parent.clone());
        }
        for def in &op.types {
            self.type_def(def, parent.clone());
        }
        self.errors(&op.errors, parent);
    }

    pub(super) fn item(&self, kind: ItemKind, parent: Option<String>, steps: Vec<Step>) -> Item {
        let at = if steps.is_empty() {
            At::File
        } else {
            At::Key(steps)
        };
        Item {
            kind,
            parent,
            wire: None,
            added: Level::Additive,
            facts: Vec::new(),
            owner: Some((self.service.to_owned(), self.operation.map(str::to_owned))),
            place: Place {
                file: self.file.clone(),
                at,
            },
        }
    }
}

/// The fact that holds the order of names. Different names are not a different order.
pub(super) const ORDER: &str = "order_of_arguments";

pub(super) fn key(name: &str) -> Step {
    Step::Key(name.to_owned())
}

/// The arguments of the method. Only strings among the path values are converted.
fn arguments(op: &Operation<'_>) -> String {
    let path = op.path_args.iter().map(|arg| match &arg.ty {
        Type::String => "impl Into<String>".to_owned(),
        ty => type_name(ty),
    });
    let request = op.request.iter().map(|def| def.name.clone());
    path.chain(request).collect::<Vec<_>>().join(", ")
}

fn reply(op: &Operation<'_>) -> String {
    match &op.reply {
        Reply::Nothing => "()".to_owned(),
        Reply::Object(def) => def.name.clone(),
        Reply::Bare(ty) => type_name(ty),
    }
}

/// A type as the service's module writes it.
pub(super) fn type_name(ty: &Type) -> String {
    match ty {
        Type::String => "String".to_owned(),
        Type::Integer => "i64".to_owned(),
        Type::Number => "f64".to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::Json => "Json".to_owned(),
        Type::File => "FilePart".to_owned(),
        Type::Enum(path) | Type::IntegerEnum(path) | Type::Object(path) | Type::OneOf(path) => {
            let module = if path.shared { "types::" } else { "" };
            format!("{module}{}", path.name)
        }
        Type::List(element) => format!("Vec<{}>", type_name(element)),
        Type::Map(value) => format!("Map<{}>", type_name(value)),
    }
}
