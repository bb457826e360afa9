//! From a spec folder to the generated crate, with no more work than needed.

mod events;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{fmt, fs, io};

use dingtalk_catalogue_format as format;
use proc_macro2::TokenStream;

use crate::check::{self, Endpoint, Only};
use crate::emit::{self, EventGroupEntry, ServiceEntry};
use crate::files::Fault;
use crate::lock::{self, Lock};
use crate::report::Report;
use crate::sources::{FolderSources, GLOSSARY, Sources};
use crate::spec::{Platform, Spec};
use crate::write::{self, Difference, Target};
use crate::{files, load, parallel, resolve};

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

/// Why nothing was generated.
#[derive(Debug)]
pub enum Failure {
    /// The spec has errors.
    Spec(Report),
    /// The spec is too large for the catalogue.
    Catalogue(format::Error),
    /// A file of the generated crate could not be read or written.
    Io(PathBuf, io::Error),
    /// The generator produced invalid Rust: a bug in it.
    Internal(String, syn::Error),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Spec(report) => report.fmt(f),
            Self::Catalogue(error) => write!(f, "error: {error}"),
            Self::Io(path, error) => write!(f, "error: {}: {error}", path.display()),
            Self::Internal(file, error) => {
                write!(
                    f,
                    "error: the generator produced invalid Rust for {file}; please report this: {error}"
                )
            }
        }
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Io(fault.path, fault.error)
    }
}

/// Its text includes the causes, so the source is what is below them.
impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Spec(_) | Self::Catalogue(_) => None,
            Self::Io(_, error) => error.source(),
            Self::Internal(_, error) => error.source(),
        }
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
        blocks(&file, old).map_or((&none, BTreeMap::new()), |blocks| (old, blocks));
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
    let spec = load::parse_platform(&sources).map_err(Failure::Spec)?;
    let all_groups_stand = groups.unchanged.len() == sources.events.len();
    let wanted = wanted(&sources, &spec, &changed, all_groups_stand);
    let others = unchanged
        .iter()
        .filter(|(name, _)| !wanted.services.contains(name.as_str()))
        .flat_map(|(service, entry)| endpoints(service, entry))
        .collect::<Vec<_>>();
    let spec = check::examine(&sources, &wanted, &others).map_err(Failure::Spec)?;

    let services: BTreeMap<&str, resolve::Service<'_>> = spec
        .services
        .iter()
        .map(|(name, service)| (name.as_str(), resolve::service(name, service)))
        .collect();
    let made = render_all(
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
            blocks.insert(name, block);
            let files = put(&mut target, &path, files);
            let hash = hash(folder, &glossary);
            lock.insert(name.clone(), entry(name, hash, &spec, files));
        } else if let Some(entry) = unchanged.remove(name) {
            lock.insert(name.clone(), entry);
            target.kept.insert(path);
        }
    }
    let unchanged_groups = groups.unchanged.len();
    let events = events::make(&sources, &glossary, &spec, groups, &mut target)?;

    let entries = entries(&lock);
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
    let catalogue = catalogue(&entries, &blocks)?;
    let regenerated = made.len() + events.len() - unchanged_groups;
    let lock = Lock::new(lock, events, &catalogue);
    target.files.insert(PathBuf::from(CATALOGUE), catalogue);
    let generated = Generated {
        regenerated,
        operations: entries.iter().map(|entry| entry.operations).sum(),
        services: entries,
        event_groups,
        changed: Vec::new(),
        default_services: spec.platform.default_services.clone(),
        elapsed: Duration::ZERO,
    };
    Ok(Plan {
        target,
        lock,
        generated,
    })
}

/// What has to be read: what changed, and the services with the operations that give tokens.
fn wanted<'a>(
    sources: &'a Sources,
    platform: &Platform,
    changed: &BTreeSet<&'a str>,
    all_groups_stand: bool,
) -> Only<'a> {
    let grants = platform.grants.iter();
    let tokens: BTreeSet<&str> = grants.map(|(_, grant)| grant.target().0).collect();
    let mut wanted = Only::all(sources);
    wanted
        .services
        .retain(|name| changed.contains(name) || tokens.contains(name));
    // Groups of events are few, and are checked against each other.
    if all_groups_stand {
        wanted.events.clear();
    }
    wanted
}

/// What the common files need to know about the services.
fn entries(lock: &BTreeMap<String, lock::Entry>) -> Vec<ServiceEntry> {
    let entries = lock.iter().map(|(name, entry)| ServiceEntry {
        name: name.clone(),
        handle: crate::names::service_type(name),
        title: entry.title.clone(),
        api: entry.api.clone(),
        summary: entry.summary.clone(),
        operations: entry.operations.len(),
    });
    entries.collect()
}

/// Puts a folder's files into the target. Returns what the lock says of them.
fn put(target: &mut Target, folder: &Path, files: &Files) -> BTreeMap<String, lock::Made> {
    for (file, (_, text)) in files {
        match text {
            Some(text) => drop(target.files.insert(folder.join(file), text.clone().into())),
            None => drop(target.kept.insert(folder.join(file))),
        }
    }
    let made = files
        .iter()
        .map(|(file, (made, _))| (file.clone(), made.clone()));
    made.collect()
}

/// The catalogue of these services.
fn catalogue(
    services: &[ServiceEntry],
    blocks: &BTreeMap<&str, &[u8]>,
) -> Result<Vec<u8>, Failure> {
    let listed = services.iter().filter_map(|service| {
        let block = *blocks.get(service.name.as_str())?;
        let listed = format::Service::new(
            &service.name,
            service.api.as_deref(),
            service.title.as_deref(),
            service.summary.as_deref(),
        );
        Some((listed, block))
    });
    format::write(&listed.collect::<Vec<_>>()).map_err(Failure::Catalogue)
}

/// The blocks of the catalogue; `None` if it is not that of the lock.
fn blocks<'a>(file: &'a [u8], lock: &Lock) -> Option<BTreeMap<&'a str, &'a [u8]>> {
    if lock.catalogue != lock::hash_text(file) {
        return None;
    }
    let services = format::File::open(file).ok()?.0.into_iter();
    Some(
        services
            .map(|(service, block)| (service.name, block))
            .collect(),
    )
}

/// What need not be made again.
struct Known {
    /// The services, or the groups of events, whose sources and files are those of the lock.
    unchanged: BTreeMap<String, lock::Entry>,
    /// Of the others, the files that are those of the lock.
    intact: BTreeMap<String, BTreeMap<String, lock::Made>>,
}

/// `folder` makes the folder of the files of a name.
fn known(
    sources: &BTreeMap<String, FolderSources>,
    glossary: &str,
    out: &Path,
    old: &BTreeMap<String, lock::Entry>,
    folder: fn(&str) -> String,
) -> Result<Known, Failure> {
    let mut known = Known {
        unchanged: BTreeMap::new(),
        intact: BTreeMap::new(),
    };
    let names: Vec<_> = sources
        .iter()
        .filter_map(|(name, sources)| Some((name, sources, old.get(name)?)))
        .collect();
    let intact = parallel::each(&names, |(name, sources, entry)| {
        intact(&folder(name), entry, &hash(sources, glossary), out)
    });
    for ((name, _, entry), intact) in names.into_iter().zip(intact) {
        match intact? {
            None => drop(known.unchanged.insert(name.clone(), entry.clone())),
            Some(files) => drop(known.intact.insert(name.clone(), files)),
        }
    }
    Ok(known)
}

/// The hash of all that a folder is made from. `glossary` is the hash of the glossary.
fn hash(sources: &FolderSources, glossary: &str) -> String {
    lock::hash(sources.texts().chain([(GLOSSARY, glossary)]))
}

/// The files of a folder that are those of the lock; `None` if all are, and the sources too.
fn intact(
    name: &str,
    entry: &lock::Entry,
    sources: &str,
    out: &Path,
) -> Result<Option<BTreeMap<String, lock::Made>>, Failure> {
    let folder = out.join("src").join(name);
    let found = lock::hash_folder(&folder).map_err(|error| Failure::Io(folder, error))?;
    let mut files = entry.files.clone();
    files.retain(|file, made| found.get(file) == Some(&made.text));
    let complete = found.len() == entry.files.len() && files.len() == entry.files.len();
    let unchanged = complete && entry.sources == sources;
    Ok((!unchanged).then_some(files))
}

fn endpoints<'a>(service: &'a str, entry: &'a lock::Entry) -> impl Iterator<Item = Endpoint> + 'a {
    entry
        .operations
        .iter()
        .filter_map(move |(operation, endpoint)| {
            let (method, path) = endpoint.split_once(' ')?;
            Some(Endpoint {
                service: service.to_owned(),
                operation: operation.clone(),
                method: method.to_owned(),
                path: path.to_owned(),
                api: entry.api.clone(),
            })
        })
}

/// The files of a folder by name; a text is absent where the file is right as it is.
type Files = BTreeMap<String, (lock::Made, Option<String>)>;

fn entry(
    name: &str,
    sources: String,
    spec: &Spec,
    files: BTreeMap<String, lock::Made>,
) -> lock::Entry {
    let service = spec.services.get(name);
    let operations = service
        .into_iter()
        .flat_map(|service| service.operations.values());
    lock::Entry {
        sources,
        files,
        title: service.and_then(|service| service.file.title.clone()),
        api: service.and_then(|service| service.file.api.clone()),
        summary: service.and_then(|service| service.file.summary.clone()),
        operations: operations
            .map(|op| {
                (
                    op.operation.clone(),
                    format!("{} {}", op.method.as_str(), op.path),
                )
            })
            .collect(),
    }
}

/// Emits and formats services, and makes their blocks of the catalogue.
fn render_all<'a>(
    services: impl Iterator<Item = &'a resolve::Service<'a>>,
    intact: &BTreeMap<String, BTreeMap<String, lock::Made>>,
) -> Result<BTreeMap<&'a str, (Files, Vec<u8>)>, Failure> {
    let services: Vec<_> = services.collect();
    parallel::each(&services, |service| {
        let files = emit::service(service);
        let files = render_folder(service.name, files, intact.get(service.name))?;
        let block = emit::catalogue(service).map_err(Failure::Catalogue)?;
        Ok((service.name, (files, block)))
    })
    .into_iter()
    .collect()
}

/// Formats the files of a folder that are not right as they are.
fn render_folder(
    folder: &str,
    emitted: BTreeMap<PathBuf, TokenStream>,
    intact: Option<&BTreeMap<String, lock::Made>>,
) -> Result<Files, Failure> {
    let mut files = Files::new();
    for (file, tokens) in emitted {
        let file = file.display().to_string();
        let hash = lock::hash_text(tokens.to_string());
        let kept = intact
            .and_then(|intact| intact.get(&file))
            .filter(|made| made.tokens == hash);
        let made = if let Some(made) = kept {
            (made.clone(), None)
        } else {
            let text = render(&format!("{folder}/{file}"), tokens)?;
            let made = lock::Made {
                tokens: hash,
                text: lock::hash_text(&text),
            };
            (made, Some(text))
        };
        files.insert(file, made);
    }
    Ok(files)
}

fn render(file: &str, tokens: TokenStream) -> Result<String, Failure> {
    write::render(tokens).map_err(|error| Failure::Internal(file.to_owned(), error))
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;
    use std::io;
    use std::path::PathBuf;

    use super::Failure;

    #[test]
    fn the_source_is_below_what_the_text_tells() {
        let cause = io::Error::from(io::ErrorKind::StorageFull);
        let failure = Failure::Io(PathBuf::from("generated"), cause);
        assert!(
            failure.to_string().contains("no storage space"),
            "{failure}"
        );
        assert!(failure.source().is_none());
    }
}
