//! What the schema cannot express: colliding names, dangling references, examples that do not match.
//! All errors are found at once.

mod addresses;
mod api;
mod attributes;
mod collisions;
mod cross_file;
mod cycles;
mod errors;
mod event;
mod examples;
mod files;
mod glossary;
mod grants;
mod identifiers;
mod limits;
mod one_of;
mod paging;
mod platform;
mod references;
mod shape;
mod signature;
mod template;
mod texts;
mod token;
mod types;
mod undecided;
mod values;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::Diagnostic;
use crate::glossary::fill;
use crate::recovery::Recovered;
use crate::report::Report;
use crate::sources::{Sources, no_platform, operation_file, service_file};
use crate::spec::walk::{self, Path};
use crate::spec::{
    EventGroup, NamedType, OneOf, Ordered, Parts, Platform, Scope, Service, ServiceFile, Spec,
};
use crate::{load, parallel, resolve};

pub use crate::load::Only;
pub use cross_file::is_service_name;
pub use texts::LONGEST_TITLE;

/// An operation of a service that was not parsed in this run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// The service.
    pub service: String,
    /// The operation's name.
    pub operation: String,
    /// The HTTP method.
    pub method: String,
    /// The path's template.
    pub path: String,
    /// The API, if it is not the platform's first.
    pub api: Option<String>,
}

/// Finds the errors of a parsed spec. `others` are the operations of the services that are not in `spec`.
pub fn check(spec: &Spec, sources: &Sources, others: &[Endpoint]) -> Result<(), Report> {
    let broken = BTreeSet::new();
    let subject = Subject {
        platform: Some(&spec.platform),
        services: &spec.services,
        events: &spec.events,
        broken: &broken,
        sources,
        others,
    };
    let mistakes = subject.mistakes();
    if mistakes.is_empty() {
        Ok(())
    } else {
        Err(sources.report(mistakes))
    }
}

/// Parses and checks what is in `only`. A file that does not parse does not hide errors in the others.
pub fn examine(sources: &Sources, only: &Only<'_>, others: &[Endpoint]) -> Result<Spec, Report> {
    let (platform, parts, mut mistakes) = examine_all(sources, only, others);
    if sources.platform.is_none() {
        mistakes.push(no_platform());
    }
    match platform {
        Some(platform) if mistakes.is_empty() => Ok(Spec::new(platform, parts)),
        _ => Err(sources.report(mistakes)),
    }
}

/// Parses and checks everything, even in a folder without `platform.yaml`: a user's own services extend the platform
/// that the client already knows.
pub fn examine_parts(sources: &Sources) -> Result<Parts, Report> {
    let (_, parts, mut mistakes) = examine_all(sources, &Only::all(sources), &[]);
    event::need_a_platform(sources, &mut mistakes);
    if mistakes.is_empty() {
        Ok(parts)
    } else {
        Err(sources.report(mistakes))
    }
}

/// Like [`examine_parts`], but returns only the services.
pub fn examine_services(sources: &Sources) -> Result<BTreeMap<String, Service>, Report> {
    examine_parts(sources).map(|parts| parts.services)
}

fn examine_all(
    sources: &Sources,
    only: &Only<'_>,
    others: &[Endpoint],
) -> (Option<Platform>, Parts, Mistakes) {
    let mut loaded = load::load(sources, only);
    let mut mistakes = loaded.mistakes;
    if let Some(glossary) = &loaded.glossary {
        let found = glossary::check(glossary);
        if found.is_empty() {
            let used = fill(glossary, &mut loaded.parts);
            // Whether an entry is used is known of a whole spec alone.
            let complete = loaded.parts.services.len() == sources.services.len()
                && loaded.parts.events.len() == sources.events.len();
            if loaded.broken.is_empty() && complete {
                mistakes.extend(glossary::unused(glossary, &used));
            }
        }
        mistakes.extend(found);
    }
    let subject = Subject {
        platform: loaded.platform.as_ref(),
        services: &loaded.parts.services,
        events: &loaded.parts.events,
        broken: &loaded.broken,
        sources,
        others,
    };
    mistakes.extend(subject.mistakes().into_iter().filter(|mistake| {
        let lost = loaded.lost.get(&mistake.place.file);
        lost.is_none_or(|lost| Recovered::can_judge(lost, mistake))
    }));
    (loaded.platform, loaded.parts, mistakes)
}

/// The number of types that a spec describes: requests, replies, events, and the objects and enums in them.
pub fn count_types(parts: &Parts) -> usize {
    let mut count = 0;
    let path = Path::File("");
    let made = |seen: walk::Seen<'_, '_>| match seen.what {
        walk::What::Field(field) => {
            usize::from(field.object.is_some() || field.values.is_some())
                + kinds(field.one_of.as_deref())
        }
        walk::What::Name(_) => 0,
    };
    let declared = |types: &Ordered<String, NamedType>| -> usize {
        let counts = types
            .iter()
            .map(|(_, def)| kinds(def.one_of.as_deref()).max(1));
        counts.sum()
    };
    let events = parts.events.values();
    for event in events.flat_map(|group| group.events.values()) {
        count += 1 + usize::from(event.response.is_some());
        walk::event(&path, event, &mut |seen| count += made(seen));
    }
    for service in parts.services.values() {
        count += declared(&service.file.types);
        walk::named_types(&path, &service.file.types, &mut |seen| count += made(seen));
        for op in service.operations.values() {
            count += declared(&op.types) + usize::from(op.response.is_some());
            count += usize::from(op.body.is_some() || op.request_fields().next().is_some());
            walk::named_types(&path, &op.types, &mut |seen| count += made(seen));
            walk::operation(&path, op, &mut |seen| count += made(seen));
        }
    }
    count
}

/// The number of types that a one-of makes.
fn kinds(one_of: Option<&OneOf>) -> usize {
    one_of.map_or(0, |one_of| 1 + one_of.kinds.len())
}

/// What is checked.
struct Subject<'a> {
    platform: Option<&'a Platform>,
    services: &'a BTreeMap<String, Service>,
    events: &'a BTreeMap<String, EventGroup>,
    /// Files that could not be read: what is missing without them is not an error.
    broken: &'a BTreeSet<String>,
    sources: &'a Sources,
    others: &'a [Endpoint],
}

/// What is known where a field or a type is checked.
#[derive(Clone, Copy)]
struct Context<'a> {
    scope: Scope<'a>,
    /// False if the service's own file could not be read, so that not all shared types are known.
    complete: bool,
}

type Mistakes = Vec<Diagnostic>;

impl Subject<'_> {
    /// Whether a file of a service could not be read.
    fn is_broken(&self, service: &str) -> bool {
        self.broken
            .iter()
            .any(|file| file.split('/').next() == Some(service))
    }

    fn mistakes(&self) -> Mistakes {
        // Services are checked apart from each other, and then together.
        let services: Vec<_> = self.services.iter().collect();
        let (resolved, found): (Vec<_>, Vec<_>) = parallel::each(&services, |(name, service)| {
            let resolved = resolve::service(name, service);
            let mut mistakes = Mistakes::new();
            self.service(service, &resolved, &mut mistakes);
            (resolved, mistakes)
        })
        .into_iter()
        .unzip();
        let mut mistakes: Mistakes = found.into_iter().flatten().collect();
        if let Some(platform) = self.platform {
            platform::check(self, platform, &mut mistakes);
        }
        cross_file::check(self, &resolved, &mut mistakes);
        event::groups(self, &mut mistakes);
        mistakes
    }

    fn service(&self, service: &Service, resolved: &resolve::Service<'_>, mistakes: &mut Mistakes) {
        let name = resolved.name;
        let file = service_file(name);
        let path = Path::File(&file);
        let shared = &service.file.types;
        let context = Context {
            scope: Scope::of(service),
            complete: !self.broken.contains(&file),
        };
        texts::service(&path, &service.file, mistakes);
        api::of_service(&path, service, self.platform, mistakes);
        types::check(&path, context, shared, mistakes);
        collisions::shared_types(&file, resolved, mistakes);
        if !self.is_broken(name) {
            references::unused_shared(&path, service, mistakes);
        }
        for (stem, operation) in service.operations.keys().zip(&resolved.operations) {
            let file = operation_file(name, stem);
            self.operation(&file, operation, &service.file, context, mistakes);
        }
    }

    fn operation(
        &self,
        file: &str,
        resolved: &resolve::Operation<'_>,
        service: &ServiceFile,
        context: Context<'_>,
        mistakes: &mut Mistakes,
    ) {
        let (path, operation) = (&Path::File(file), resolved.spec);
        let scope = context.scope.in_operation(operation);
        let context = Context { scope, ..context };
        texts::operation(path, operation, mistakes);
        undecided::operation(path, operation, mistakes);
        let api = self.platform.and_then(|p| p.api(service.api.as_deref()));
        template::check(path, operation, service.api.is_none(), mistakes);
        addresses::operation(path, operation, api, mistakes);
        shape::operation(path, operation, mistakes);
        files::operation(path, operation, scope, mistakes);
        one_of::operation(path, operation, context, mistakes);
        api::operation(path, operation, api, mistakes);
        token::check(path, operation, mistakes);
        signature::operation(path, operation, api, mistakes);
        walk::operation(path, operation, &mut |seen| {
            types::field(&seen, context, mistakes);
        });
        types::check(path, context, &operation.types, mistakes);
        references::unused_own(path, operation, scope, mistakes);
        paging::check(path, operation, scope, mistakes);
        errors::check(path, &resolved.errors, mistakes);
        collisions::operation(file, resolved, mistakes);
        examples::check(path, operation, scope, mistakes);
    }
}
