//! What the format cannot say: names that collide, references that lead nowhere, examples that do
//! not fit. All mistakes are found at once.

mod addresses;
mod attributes;
mod collisions;
mod cycles;
mod errors;
mod examples;
mod fit;
mod grants;
mod identifiers;
mod paging;
mod place;
mod platform;
mod references;
mod shape;
mod template;
mod texts;
mod types;
mod undecided;
mod walk;
mod whole;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Diagnostic, Report};
use crate::salvage::Salvaged;
use crate::sources::{Sources, no_platform, operation_file, service_file};
use crate::spec::{NamedType, Operation, Ordered, Platform, Service, Spec};
use crate::{load, parallel};

use place::Path;
pub use whole::is_service_name;

/// An operation of a service that was not parsed this time.
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
}

/// Finds the mistakes of a spec that has been parsed. `others` are the operations of the services
/// that are not in `spec`.
pub fn check(spec: &Spec, sources: &Sources, others: &[Endpoint]) -> Result<(), Report> {
    let broken = BTreeSet::new();
    let subject = Subject {
        platform: Some(&spec.platform),
        services: &spec.services,
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

/// Parses the services in `only` and checks them: mistakes of form in some files do not hide what
/// is wrong with the others.
pub fn examine(
    sources: &Sources,
    only: &BTreeSet<&str>,
    others: &[Endpoint],
) -> Result<Spec, Report> {
    let (platform, services, mut mistakes) = examine_all(sources, only, others);
    if sources.platform.is_none() {
        mistakes.push(no_platform());
    }
    match platform {
        Some(platform) if mistakes.is_empty() => Ok(Spec { platform, services }),
        _ => Err(sources.report(mistakes)),
    }
}

/// Parses all services and checks them, also where the folder holds services alone: those of a user's own,
/// which extend the platform that a client knows already.
pub fn examine_services(sources: &Sources) -> Result<BTreeMap<String, Service>, Report> {
    let all = sources.service_names().collect();
    let (_, services, mistakes) = examine_all(sources, &all, &[]);
    if mistakes.is_empty() {
        Ok(services)
    } else {
        Err(sources.report(mistakes))
    }
}

fn examine_all(
    sources: &Sources,
    only: &BTreeSet<&str>,
    others: &[Endpoint],
) -> (Option<Platform>, BTreeMap<String, Service>, Mistakes) {
    let loaded = load::load(sources, only);
    let mut mistakes = loaded.mistakes;
    let subject = Subject {
        platform: loaded.platform.as_ref(),
        services: &loaded.services,
        broken: &loaded.broken,
        sources,
        others,
    };
    mistakes.extend(subject.mistakes().into_iter().filter(|mistake| {
        let lost = loaded.lost.get(&mistake.place.file);
        lost.is_none_or(|lost| Salvaged::can_judge(lost, mistake))
    }));
    (loaded.platform, loaded.services, mistakes)
}

/// How many types services describe: requests, replies, and the objects and enums inside them.
pub fn count_types(services: &BTreeMap<String, Service>) -> usize {
    let mut count = 0;
    let path = Path::File("");
    let made = |seen: walk::Seen<'_, '_>| match seen.what {
        walk::What::Field(field) => usize::from(field.object.is_some() || field.values.is_some()),
        walk::What::Name(_) => 0,
    };
    for service in services.values() {
        count += service.file.types.len();
        walk::named_types(&path, &service.file.types, &mut |seen| count += made(seen));
        for op in service.operations.values() {
            count += op.types.len() + usize::from(op.response.is_some());
            count += usize::from(op.body.is_some() || op.request_fields().next().is_some());
            walk::named_types(&path, &op.types, &mut |seen| count += made(seen));
            walk::operation(&path, op, &mut |seen| count += made(seen));
        }
    }
    count
}

/// What is checked.
struct Subject<'a> {
    platform: Option<&'a Platform>,
    services: &'a BTreeMap<String, Service>,
    /// Files that could not be read: what is not there without them is no mistake.
    broken: &'a BTreeSet<String>,
    sources: &'a Sources,
    others: &'a [Endpoint],
}

/// The types that can be used by name at some place.
#[derive(Clone, Copy)]
struct Scope<'a> {
    own: Option<&'a Ordered<String, NamedType>>,
    shared: &'a Ordered<String, NamedType>,
    /// False if the service's own file could not be read, so that not all shared types are known.
    complete: bool,
}

impl<'a> Scope<'a> {
    fn get(&self, name: &str) -> Option<&'a NamedType> {
        self.own
            .and_then(|own| own.get(name))
            .or_else(|| self.shared.get(name))
    }

    fn names(&self) -> impl Iterator<Item = &'a str> {
        let own = self.own.into_iter().flat_map(Ordered::iter);
        own.chain(self.shared.iter()).map(|(name, _)| name.as_str())
    }
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
        let mut mistakes = self.services_mistakes();
        if let Some(platform) = self.platform {
            platform::check(self, platform, &mut mistakes);
        }
        whole::check(self, &mut mistakes);
        mistakes
    }

    /// Services are checked apart from each other.
    fn services_mistakes(&self) -> Mistakes {
        let services: Vec<_> = self.services.iter().collect();
        let found = parallel::each(&services, |(name, service)| {
            let mut mistakes = Mistakes::new();
            self.service(name, service, &mut mistakes);
            mistakes
        });
        found.into_iter().flatten().collect()
    }

    fn service(&self, name: &str, service: &Service, mistakes: &mut Mistakes) {
        let file = service_file(name);
        let path = Path::File(&file);
        let shared = &service.file.types;
        let scope = Scope {
            own: None,
            shared,
            complete: !self.broken.contains(&file),
        };
        texts::service(&path, &service.file, mistakes);
        types::check(&path, scope, shared, mistakes);
        collisions::shared_types(&path, shared, mistakes);
        if !self.is_broken(name) {
            references::unused_shared(&path, service, mistakes);
        }
        for (stem, operation) in &service.operations {
            let file = operation_file(name, stem);
            self.operation(&Path::File(&file), operation, scope, mistakes);
        }
    }

    fn operation(
        &self,
        path: &Path<'_>,
        operation: &Operation,
        scope: Scope<'_>,
        mistakes: &mut Mistakes,
    ) {
        let scope = Scope {
            own: Some(&operation.types),
            ..scope
        };
        texts::operation(path, operation, mistakes);
        undecided::operation(path, operation, mistakes);
        template::check(path, operation, mistakes);
        addresses::operation(path, operation, self.platform, mistakes);
        shape::operation(path, operation, mistakes);
        walk::operation(path, operation, &mut |seen| {
            shape::check(&seen, scope, mistakes);
            attributes::check(&seen, scope, mistakes);
            references::known(&seen, scope, mistakes);
            texts::field(&seen, mistakes);
            undecided::field(&seen, mistakes);
            identifiers::field(&seen, mistakes);
            collisions::inner_fields(&seen, mistakes);
        });
        types::check(path, scope, &operation.types, mistakes);
        references::unused_own(path, operation, scope, mistakes);
        paging::check(path, operation, scope, mistakes);
        errors::check(path, operation, mistakes);
        collisions::operation(path, operation, mistakes);
        examples::check(path, operation, scope, mistakes);
    }
}
