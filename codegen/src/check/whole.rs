use std::collections::BTreeMap;

use super::place::Path;
use super::{Mistakes, Subject};
use crate::diagnostic::{At, Diagnostic, Place, Step, shown};
use crate::names;
use crate::sources::operation_file;
use crate::spec::path_shape;

/// Modules of a service that are not operations.
const TAKEN: &[&str] = &["m", "rt", "types"];

/// Checks what concerns several files: names of files and folders, and what must be there once.
pub(super) fn check(subject: &Subject<'_>, mistakes: &mut Mistakes) {
    let mut handles: BTreeMap<String, &str> = BTreeMap::new();
    for name in subject.services.keys() {
        folder(name, subject, mistakes);
        if let Some(first) = handles.insert(names::service_type(name), name) {
            let message = format!(
                "the services {} and {} would have one name in Rust",
                shown(first),
                shown(name)
            );
            mistakes.push(
                Diagnostic::new(Place::file(format!("{name}/")), message)
                    .help("rename one of the folders")
                    .also(Place::file(format!("{first}/")), "the first"),
            );
        }
    }
    for (name, service) in subject.services {
        let mut operations: BTreeMap<&str, String> = BTreeMap::new();
        let mut methods: BTreeMap<String, (&str, String)> = BTreeMap::new();
        for (stem, op) in &service.operations {
            let file = operation_file(name, stem);
            let path = Path::File(&file);
            let own = path.key("operation");
            if let Some(first) = operations.get(op.operation.as_str()) {
                mistakes.push(
                    Diagnostic::new(
                        own.at_value(),
                        format!("the operation {} is described twice", shown(&op.operation)),
                    )
                    .help("keep one of the two files")
                    .also(Path::File(first).key("operation").at_value(), "the first"),
                );
                continue;
            }
            file_name(&own, stem, &op.operation, mistakes);
            let named = path.key(if op.rust_name.is_some() {
                "rust_name"
            } else {
                "operation"
            });
            let method = op
                .rust_name
                .clone()
                .unwrap_or_else(|| names::method(&op.operation));
            if TAKEN.contains(&method.as_str()) {
                let message = format!(
                    "the method of {} would be {}, which the generated code needs",
                    shown(&op.operation),
                    shown(&method)
                );
                let help = format!(
                    "give it another name: {}",
                    shown(&format!("rust_name: call_{method}"))
                );
                mistakes.push(Diagnostic::new(named.at_value(), message).help(help));
            } else if let Some((first, first_file)) = methods.get(&method) {
                let message = format!(
                    "the operations {} and {} would both be {} in Rust",
                    shown(first),
                    shown(&op.operation),
                    shown(&method)
                );
                let help = format!(
                    "give one a name of its own: {}",
                    shown(&format!("rust_name: {}_2", names::file_stem(&method)))
                );
                mistakes.push(Diagnostic::new(own.at_value(), message).help(help).also(
                    Path::File(first_file).key("operation").at_value(),
                    "the first",
                ));
            }
            methods
                .entry(method)
                .or_insert((&op.operation, file.clone()));
            operations.insert(&op.operation, file);
        }
    }
    endpoints(subject, mistakes);
}

fn folder(name: &str, subject: &Subject<'_>, mistakes: &mut Mistakes) {
    let place = || Place::file(format!("{name}/"));
    if !is_service_name(name) {
        let message = format!("{} is no name of a service", shown(name));
        let help =
            "a service's folder is named in lower case with its version, as `conference_1_0`";
        mistakes.push(Diagnostic::new(place(), message).help(help));
    }
    let operations = subject
        .sources
        .services
        .get(name)
        .map_or(0, |service| service.operations.len());
    if operations == 0 {
        let message = format!("the service {} has no operations", shown(name));
        mistakes.push(Diagnostic::new(place(), message).help("add one, or remove the folder"));
    }
}

/// Whether a service may have this name.
pub fn is_service_name(name: &str) -> bool {
    let parts: Vec<&str> = name.split('_').collect();
    let number = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let word = |part: &&str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    match parts.as_slice() {
        [first, middle @ .., major, minor] => {
            first.starts_with(|c: char| c.is_ascii_lowercase())
                && word(first)
                && middle.iter().all(word)
                && number(major)
                && number(minor)
        }
        _ => false,
    }
}

fn file_name(path: &Path<'_>, stem: &str, operation: &str, mistakes: &mut Mistakes) {
    let method = names::method(operation);
    let expected = names::file_stem(&method);
    if stem != expected && !operation.trim().is_empty() {
        let message = format!(
            "the file of the operation {} must be named {}",
            shown(operation),
            shown(&format!("{expected}.yaml"))
        );
        let help = format!(
            "rename the file, which is {}",
            shown(&format!("{stem}.yaml"))
        );
        mistakes.push(Diagnostic::new(path.at_value(), message).help(help));
    }
}

/// No two operations have one method and one path.
fn endpoints(subject: &Subject<'_>, mistakes: &mut Mistakes) {
    let mut known: BTreeMap<(&str, String), (String, &str, Place)> = BTreeMap::new();
    for other in subject
        .others
        .iter()
        .filter(|other| !subject.services.contains_key(&other.service))
    {
        let method = names::method(&other.operation);
        let file = operation_file(&other.service, names::file_stem(&method));
        let place = Place {
            file,
            at: At::Value(vec![Step::Key("path".to_owned())]),
        };
        known.insert(
            (&other.method, path_shape(&other.path)),
            (other.service.clone(), &other.operation, place),
        );
    }
    for (name, service) in subject.services {
        for (stem, op) in &service.operations {
            let file = operation_file(name, stem);
            let place = Path::File(&file).key("path").at_value();
            let key = (op.method.as_str(), op.path_shape());
            if let Some((service, first, other)) = known.get(&key) {
                let message = format!(
                    "{} has the method and path of {}",
                    shown(&format!("{name}/{}", op.operation)),
                    shown(&format!("{service}/{first}"))
                );
                mistakes.push(
                    Diagnostic::new(place, message)
                        .help("one of the two is wrong: method and path together name an operation")
                        .also(other.clone(), "the first"),
                );
            } else {
                known.insert(key, (name.clone(), &op.operation, place));
            }
        }
    }
}
