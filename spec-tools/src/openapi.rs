//! The spec as an `OpenAPI` 3.1 document, for tools that do not know our format.
//!
//! What `OpenAPI` cannot express is in keys that start with `x-dingtalk-`, and in the descriptions.

mod node;
mod numbered;
mod one_of;
mod operation;
mod parameters;
mod responses;
mod schemas;
mod text;
mod webhook;

use std::collections::BTreeMap;
use std::fmt;

use self::node::{Node, Object};
use self::schemas::Schemas;
use crate::diagnostic::quoted;
use crate::docs;
use crate::resolve::{self, EventGroup, Service};
use crate::similar::instead;
use crate::spec::{self, Api, Method, Platform, Spec};

/// The security scheme.
const TOKEN: &str = "accessToken";

/// An `OpenAPI` document. Displayed, it is JSON, with a line end.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    root: Object,
    /// How many operations it describes.
    pub operations: usize,
    /// How many events it describes, as webhooks.
    pub events: usize,
    /// How many schemas it has under `components`.
    pub schemas: usize,
}

impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = serde_json::to_string_pretty(&self.root).map_err(|_| fmt::Error)?;
        writeln!(f, "{text}")
    }
}

/// The spec does not have the requested API or service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown(String);

impl fmt::Display for Unknown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unknown {}

/// Makes the document of an API, the first if none is named, of a checked spec: for the services and groups of events in
/// `only`, or for all if it is empty. Events belong to the first API.
///
/// # Errors
/// If the spec does not have the API, or a service or group in `only`.
pub fn document(
    spec: &Spec,
    api: Option<&str>,
    only: &[impl AsRef<str>],
) -> Result<Document, Unknown> {
    let platform = &spec.platform;
    let name = api.unwrap_or(platform.default_api());
    let api = platform.apis.get(name).ok_or_else(|| {
        let help = instead(name, platform.apis.iter().map(|(name, _)| name.as_str()));
        Unknown(format!("the spec has no API {}: {help}", quoted(name)))
    })?;
    let api_of = |service: &spec::Service| {
        let named = service.file.api.clone();
        named.unwrap_or_else(|| platform.default_api().to_owned())
    };
    let groups = spec
        .events
        .iter()
        .filter(|_| name == platform.default_api());
    let groups: Vec<_> = groups
        .map(|(name, group)| EventGroup::new(name, group))
        .collect();
    for service in only {
        if !groups.iter().any(|group| group.module == service.as_ref()) {
            known(spec, name, service.as_ref(), api_of)?;
        }
    }
    let wanted = |name: &str| only.is_empty() || only.iter().any(|known| known.as_ref() == name);
    let services = spec.services.iter();
    let services: Vec<_> = services
        .filter(|(_, service)| api_of(service) == name)
        .map(|(name, service)| resolve::service(name, service))
        .collect();
    let schemas = Schemas::new(&services, &groups);
    let templates = templates(&services);

    let (name, envelope) = responses::envelope(api);
    let mut components = Object::new().with(name, envelope);
    let (mut tags, mut paths, mut operations) = (Vec::new(), Paths::default(), 0);
    for service in services.iter().filter(|service| wanted(service.name)) {
        tags.push(tag(service.name, service.title, service.summary));
        components.extend(schemas.components(service));
        for operation in &service.operations {
            let shape = operation.spec.path_shape();
            let first = templates.get(&shape).copied().unwrap_or(operation.spec);
            let names: Vec<_> = first.path_names().collect();
            let made = operation::generate(&schemas, service, operation, &names, api);
            paths.add(&first.path, operation.spec.method, made);
            operations += 1;
        }
    }
    let mut webhooks = Vec::new();
    for group in groups.iter().filter(|group| wanted(&group.module)) {
        tags.push(tag(&group.module, group.title, group.summary));
        components.extend(schemas.event_components(group));
        let events = group.events.iter();
        webhooks.extend(events.map(|event| {
            let made = webhook::generate(&schemas, group, event);
            (webhook::id(group, event), made)
        }));
    }
    let events = webhooks.len();
    let schemas = components.len();
    let components = Object::new()
        .with("schemas", components)
        .with("responses", responses::components(api))
        .with(
            "securitySchemes",
            Object::new().with(TOKEN, token(spec, api)),
        );
    let root = Object::new()
        .with("openapi", "3.1.0")
        .with("info", info(platform, api))
        .with("servers", servers(api))
        .with(
            "security",
            vec![Object::new().with(TOKEN, Vec::<Node>::new())],
        )
        .with("tags", tags)
        .with("paths", paths.0.into_iter().collect::<Object>())
        .with_filled("webhooks", webhooks.into_iter().collect::<Object>())
        .with("components", components);
    Ok(Document {
        root,
        operations,
        events,
        schemas,
    })
}

/// A service or a group of events.
fn tag(name: &str, title: Option<&str>, summary: Option<&str>) -> Object {
    let about = [title, summary].into_iter().flatten();
    let about = text::paragraphs(about.map(docs::text));
    Object::new()
        .with("name", name)
        .with_filled("description", about)
}

/// The paths in the order of their first operations.
#[derive(Default)]
struct Paths<'a>(Vec<(&'a str, Object)>, BTreeMap<&'a str, usize>);

impl<'a> Paths<'a> {
    fn add(&mut self, path: &'a str, method: Method, operation: Object) {
        let at = *self.1.entry(path).or_insert(self.0.len());
        if at == self.0.len() {
            self.0.push((path, Object::new()));
        }
        if let Some((_, item)) = self.0.get_mut(at) {
            item.insert(method.as_str().to_lowercase(), operation);
        }
    }
}

/// The first operation of those with paths that differ only in the names in braces, by path without names. All use its
/// names: `OpenAPI` does not allow two such paths, and names are not sent.
fn templates<'a>(services: &[Service<'a>]) -> BTreeMap<String, &'a spec::Operation> {
    let mut templates = BTreeMap::new();
    for operation in services.iter().flat_map(|service| &service.operations) {
        let shape = operation.spec.path_shape();
        templates.entry(shape).or_insert(operation.spec);
    }
    templates
}

fn info(platform: &Platform, api: &Api) -> Object {
    let about = "Made by dingtalk-spec from a description of the platform in YAML. Keys that begin with \
                 `x-dingtalk-` say what OpenAPI has no words for: permissions, kinds of applications, the rows \
                 of error tables with what they mean for a client, how pages follow each other, which fields \
                 are secret. Events are webhooks; their bodies are the data alone, whatever the delivery puts around it.";
    let own = api.doc.as_deref().map(docs::text).unwrap_or_default();
    Object::new()
        .with("title", "DingTalk open platform")
        .with("description", text::paragraphs([own, about.to_owned()]))
        .with("version", &platform.version)
}

fn servers(api: &Api) -> Vec<Object> {
    let servers = api.servers.iter().map(|(name, server)| {
        Object::new()
            .with("url", &server.url)
            .with_some("description", server.doc.as_deref().map(docs::text))
            .with("x-dingtalk-name", name)
    });
    servers.collect()
}

/// The token, and which operations give one to whom.
fn token(spec: &Spec, api: &Api) -> Object {
    let grants = spec.platform.grants.iter().map(|(key, grant)| {
        let (service, action) = grant.target();
        (key, operation::id(service, action))
    });
    let (place, name) = match (&api.token.header, &api.token.query) {
        (None, Some(field)) => ("query", field.as_str()),
        (header, _) => ("header", header.as_deref().unwrap_or_default()),
    };
    Object::new()
        .with("type", "apiKey")
        .with("in", place)
        .with("name", name)
        .with("description", "An access token.")
        .with("x-dingtalk-grants", grants.collect::<Object>())
}

fn known(
    spec: &Spec,
    api: &str,
    name: &str,
    api_of: impl Fn(&spec::Service) -> String,
) -> Result<(), Unknown> {
    let message = match spec.services.get(name).map(api_of) {
        Some(own) if own == api => return Ok(()),
        Some(own) => format!(
            "the service {} belongs to the API {}: add `--api {own}`",
            quoted(name),
            quoted(&own)
        ),
        None => {
            let help = instead(name, spec.services.keys().map(String::as_str));
            format!("the spec has no service {}: {help}", quoted(name))
        }
    };
    Err(Unknown(message))
}
