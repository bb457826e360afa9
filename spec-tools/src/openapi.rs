//! The spec as an `OpenAPI` 3.1 document, for tools that do not know our format.
//!
//! What `OpenAPI` cannot express is in keys that start with `x-dingtalk-`, and in the descriptions.

mod node;
mod numbered;
mod operation;
mod parameters;
mod responses;
mod schemas;
mod text;

use std::collections::BTreeMap;
use std::fmt;

use self::node::{Node, Object};
use self::schemas::Schemas;
use crate::diagnostic::quoted;
use crate::docs;
use crate::resolve::{self, Service};
use crate::similar::instead;
use crate::spec::{self, Method, Platform, Spec};

/// The security scheme.
const TOKEN: &str = "accessToken";

/// An `OpenAPI` document. Displayed, it is JSON, with a line end.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    root: Object,
    /// How many operations it describes.
    pub operations: usize,
    /// How many schemas it has under `components`.
    pub schemas: usize,
}

impl fmt::Display for Document {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = serde_json::to_string_pretty(&self.root).map_err(|_| fmt::Error)?;
        writeln!(f, "{text}")
    }
}

/// The spec does not have the requested service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownService {
    name: String,
    help: String,
}

impl fmt::Display for UnknownService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the spec has no service {}: {}",
            quoted(&self.name),
            self.help
        )
    }
}

impl std::error::Error for UnknownService {}

/// Makes the document of a checked spec, for the services in `only`, or for all if it is empty.
///
/// # Errors
/// If `only` names a service that the spec does not have.
pub fn document(spec: &Spec, only: &[impl AsRef<str>]) -> Result<Document, UnknownService> {
    for name in only {
        known(spec, name.as_ref())?;
    }
    let wanted = |name: &str| only.is_empty() || only.iter().any(|known| known.as_ref() == name);
    let services = spec.services.iter();
    let services: Vec<_> = services
        .map(|(name, service)| resolve::service(name, service))
        .collect();
    let schemas = Schemas::new(&services);
    let templates = templates(&services);

    let (name, envelope) = responses::envelope();
    let mut components = Object::new().with(name, envelope);
    let (mut tags, mut paths, mut operations) = (Vec::new(), Paths::default(), 0);
    for service in services.iter().filter(|service| wanted(service.name)) {
        let about = [service.title, service.summary].into_iter().flatten();
        let about = text::paragraphs(about.map(docs::text));
        let tag = Object::new().with("name", service.name);
        tags.push(tag.with_filled("description", about));
        components.extend(schemas.components(service));
        for operation in &service.operations {
            let shape = operation.spec.path_shape();
            let first = templates.get(&shape).copied().unwrap_or(operation.spec);
            let names: Vec<_> = first.path_names().collect();
            let made = operation::generate(&schemas, service, operation, &names);
            paths.add(&first.path, operation.spec.method, made);
            operations += 1;
        }
    }
    let schemas = components.len();
    let platform = &spec.platform;
    let components = Object::new()
        .with("schemas", components)
        .with("responses", responses::components(platform))
        .with("securitySchemes", Object::new().with(TOKEN, token(spec)));
    let root = Object::new()
        .with("openapi", "3.1.0")
        .with("info", info(platform))
        .with("servers", servers(platform))
        .with(
            "security",
            vec![Object::new().with(TOKEN, Vec::<Node>::new())],
        )
        .with("tags", tags)
        .with("paths", paths.0.into_iter().collect::<Object>())
        .with("components", components);
    Ok(Document {
        root,
        operations,
        schemas,
    })
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

fn info(platform: &Platform) -> Object {
    let about = "Made by dingtalk-spec from a description of the platform in YAML. Keys that begin with \
                 `x-dingtalk-` say what OpenAPI has no words for: permissions, kinds of applications, the rows \
                 of error tables with what they mean for a client, how pages follow each other, which fields \
                 are secret.";
    Object::new()
        .with("title", "DingTalk open platform")
        .with("description", about)
        .with("version", &platform.version)
}

fn servers(platform: &Platform) -> Vec<Object> {
    let servers = platform.servers.iter().map(|(name, server)| {
        Object::new()
            .with("url", &server.url)
            .with_some("description", server.doc.as_deref().map(docs::text))
            .with("x-dingtalk-name", name)
    });
    servers.collect()
}

/// The token, and which operations give one to whom.
fn token(spec: &Spec) -> Object {
    let grants = spec.platform.grants.iter().map(|(key, grant)| {
        let (service, action) = grant.target();
        (key, operation::id(service, action))
    });
    Object::new()
        .with("type", "apiKey")
        .with("in", "header")
        .with("name", &spec.platform.token_header)
        .with("description", "An access token.")
        .with("x-dingtalk-grants", grants.collect::<Object>())
}

fn known(spec: &Spec, name: &str) -> Result<(), UnknownService> {
    if spec.services.contains_key(name) {
        return Ok(());
    }
    let help = instead(name, spec.services.keys().map(String::as_str));
    Err(UnknownService {
        name: name.to_owned(),
        help,
    })
}
