//! From a spec folder to the generated crate, with no more work than needed.

mod events;
mod failure;
mod folder;
mod known;
mod services;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{fmt, fs};

use dingtalk_catalogue_format as format;

use crate::check::{self, Only};
use crate::emit::{self, EventGroupEntry, ServiceEntry};
use crate::lock::{self, Lock};
use crate::sources::Sources;
use crate::spec::Platform;
use crate::write::{Difference, Target};
use crate::{files, load, resolve};

pub use failure::Failure;
use folder::{put, render};
use known::{hash, known};

/// What `generate` did.
#[derive(Debug)]
pub struct Generated {
    /// The services of the spec.
    pub services: Vec<ServiceEntry>,
    /// How many of them were regenerated.
    pub regenerated: usize,
    /// How many operations the spec has.
    pub operations: usize,
    /// The groups of events of the spec.
    pub event_groups: Vec<EventGroupEntry>,
    /// The files that were written or removed.
    pub changed: Vec<Difference>,
    /// The services that the workspace root compiles by default.
    pub default_services: Vec<String>,
    /// How long it took.
    pub elapsed: Duration,
}

impl fmt::Display for Generated {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "generated {} of {} services and groups of events ({} operations): {} files changed, in {} ms",
            self.regenerated,
            self.services.len() + self.event_groups.len(),
            self.operations,
            self.changed.len(),
            self.elapsed.as_millis()
        )
    }
}

/// Brings the crate in `out` up to date with the spec. Changes nothing unless the whole spec is valid and every file can
/// be written.
///
/// # Errors
/// If the spec has errors, or a file cannot be read or written.
pub fn generate(spec: &Path, out: &Path) -> Result<Generated, Failure> {
    let started = Instant::now();
    let mut plan = plan(spec, out, &Lock::read(out))?;
    plan.generated.changed = plan.target.differences(out)?;
    let lock = plan.lock.text();
    let mut changes: Vec<_> = plan.target.changes(&plan.generated.changed).collect();
    if !Lock::stands(out, &lock) {
        changes.push((Path::new(lock::FILE), Some(lock.as_bytes())));
    }
    files::replace(out, &changes)?;
    plan.generated.elapsed = started.elapsed();
    Ok(plan.generated)
}

/// How the crate in `out` differs from what the spec gives. Ignores the lock and writes nothing.
///
/// # Errors
/// As for [`generate`].
pub fn differences(spec: &Path, out: &Path) -> Result<Vec<Difference>, Failure> {
    let plan = plan(spec, out, &Lock::none())?;
    Ok(plan.target.differences(out)?)
}

/// The catalogue's file.
const CATALOGUE: &str = "src/catalogue.bin";

struct Plan {
    target: Target,
    lock: Lock,
    generated: Generated,
}

fn plan(spec_dir: &Path, out: &Path, old: &Lock) -> Result<Plan, Failure> {
    let sources = Sources::read(spec_dir).map_err(Failure::Spec)?;
    let glossary = lock::hash_text(sources.glossary.as_deref().unwrap_or_default());
    let file = fs::read(out.join(CATALOGUE)).unwrap_or_default();
    let none = Lock::none();
    // Without the blocks of the services that did not change, all are made again.
    let (old, mut blocks) =
        Blocks::read(&file, old).map_or((&none, Blocks::default()), |blocks| (old, blocks));
    let services = known(
        &sources.services,
        &glossary,
        out,
        &old.services,
        str::to_owned,
    )?;
    let (mut unchanged, intact) = (services.unchanged, services.intact);
    let groups = known(
        &sources.events,
        &glossary,
        out,
        &old.events,
        resolve::group_module,
    )?;

    // What all operations share is made from the platform and the operations that give tokens.
    let changed: BTreeSet<&str> = sources
        .service_names()
        .filter(|name| !unchanged.contains_key(*name))
        .collect();
    let platform = load::parse_platform(&sources).map_err(Failure::Spec)?;
    let mut wanted = wanted(&sources, &platform, &changed);
    // Groups of events are few, and are checked against each other.
    if groups.unchanged.len() == sources.events.len() {
        wanted.events.clear();
    }
    let others = services::others(&unchanged, &wanted);
    let spec = check::examine(&sources, &wanted, &others).map_err(Failure::Spec)?;

    let services: BTreeMap<&str, resolve::Service<'_>> = spec
        .services
        .iter()
        .map(|(name, service)| (name.as_str(), resolve::service(name, service)))
        .collect();
    let made = services::render_all(
        services
            .values()
            .filter(|service| changed.contains(service.name)),
        &intact,
    )?;

    let mut target = Target::default();
    let mut lock = BTreeMap::new();
    for (name, folder) in &sources.services {
        let path = Path::new("src").join(name);
        if let Some((files, block)) = made.get(name.as_str()) {
            blocks.services.insert(name, block);
            let files = put(&mut target, &path, files);
            let hash = hash(folder, &glossary);
            lock.insert(name.clone(), services::entry(name, hash, &spec, files));
        } else if let Some(entry) = unchanged.remove(name) {
            lock.insert(name.clone(), entry);
            target.kept.insert(path);
        }
    }
    let made_groups = events::render_all(&spec, &groups)?;
    for (module, (_, block)) in &made_groups {
        blocks.events.insert(module, block);
    }
    let events = events::put_all(
        &sources,
        &glossary,
        &spec,
        groups,
        &made_groups,
        &mut target,
    );

    let entries = services::entries(&lock);
    let event_groups = events::entries(&events);
    for (path, tokens) in emit::common(&spec.platform, &entries, &event_groups, &services) {
        let text = render(&path.display().to_string(), tokens)?;
        target
            .files
            .insert(Path::new("src").join(path), text.into());
    }
    target.files.insert(
        PathBuf::from("Cargo.toml"),
        emit::manifest(&spec.platform, &entries, &event_groups).into(),
    );
    let catalogue = blocks.catalogue(&entries, &event_groups)?;
    let lock = Lock::new(lock, events, &catalogue);
    target.files.insert(PathBuf::from(CATALOGUE), catalogue);
    Ok(Plan {
        target,
        lock,
        generated: Generated {
            regenerated: made.len() + made_groups.len(),
            operations: entries.iter().map(|entry| entry.operations).sum(),
            services: entries,
            event_groups,
            changed: Vec::new(),
            default_services: spec.platform.default_services.clone(),
            elapsed: Duration::ZERO,
        },
    })
}

/// What has to be read: the services that changed or have operations that give tokens, and all events.
fn wanted<'a>(sources: &'a Sources, platform: &Platform, changed: &BTreeSet<&'a str>) -> Only<'a> {
    let grants = platform.grants();
    let tokens: BTreeSet<&str> = grants.map(|(_, grant)| grant.target().0).collect();
    let mut wanted = Only::all(sources);
    wanted
        .services
        .retain(|name| changed.contains(name) || tokens.contains(name));
    wanted
}

/// The blocks of the catalogue.
#[derive(Default)]
struct Blocks<'a> {
    services: BTreeMap<&'a str, &'a [u8]>,
    /// By the modules of groups of events.
    events: BTreeMap<&'a str, &'a [u8]>,
}

impl<'a> Blocks<'a> {
    /// Those of a file; `None` if it does not match the lock.
    fn read(file: &'a [u8], lock: &Lock) -> Option<Self> {
        if lock.catalogue != lock::hash_text(file) {
            return None;
        }
        let file = format::File::open(file).ok()?;
        let services = file.services.into_iter();
        let events = file.events.into_iter();
        Some(Self {
            services: services
                .map(|(service, block)| (service.name, block))
                .collect(),
            events: events.map(|(group, block)| (group.name, block)).collect(),
        })
    }

    /// The catalogue of these services and groups of events.
    fn catalogue(
        &self,
        services: &[ServiceEntry],
        groups: &[EventGroupEntry],
    ) -> Result<Vec<u8>, Failure> {
        let services = services.iter().filter_map(|service| {
            let block = *self.services.get(service.name.as_str())?;
            let listed = format::Service::new(
                &service.name,
                service.api.as_deref(),
                service.title.as_deref(),
                service.summary.as_deref(),
            );
            Some((listed, block))
        });
        let groups = groups.iter().filter_map(|group| {
            let block = *self.events.get(group.module.as_str())?;
            let (title, summary) = (group.title.as_deref(), group.summary.as_deref());
            Some((
                format::EventGroup::new(&group.module, title, summary),
                block,
            ))
        });
        let (services, groups) = (services.collect::<Vec<_>>(), groups.collect::<Vec<_>>());
        format::write(&services, &groups).map_err(Failure::Catalogue)
    }
}
