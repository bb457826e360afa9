use std::collections::BTreeMap;

use super::{Mistakes, Subject};
use crate::diagnostic::{At, Diagnostic, Place, Step, quoted};
use crate::names;
use crate::resolve::Service;
use crate::sources::operation_file;
use crate::spec::walk::Path;
use crate::spec::{Platform, path_shape};

/// Modules of a service that are not operations.
const TAKEN: &[&str] = &["m", "rt", "types"];

/// Checks what concerns several files: names of files and folders, and what must be there once.
pub(super) fn check(subject: &Subject<'_>, resolved: &[Service<'_>], mistakes: &mut Mistakes) {
    let mut handles: BTreeMap<&str, &str> = BTreeMap::new();
    for service in resolved {
        let name = service.name;
        folder(name, subject, mistakes);
        if let Some(first) = handles.insert(&service.handle, name) {
            let message = format!(
                "the services {} and {} would have the same name in Rust",
                quoted(first),
                quoted(name)
            );
            mistakes.push(
                Diagnostic::new(Place::file(format!("{name}/")), message)
                    .help("rename one of the folders")
                    .also(Place::file(format!("{first}/")), "first used here"),
            );
        }
    }
    for (service, (name, files)) in resolved.iter().zip(subject.services) {
        let mut operations: BTreeMap<&str, String> = BTreeMap::new();
        let mut methods: BTreeMap<&str, (&str, String)> = BTreeMap::new();
        for (resolved, (stem, op)) in service.operations.iter().zip(&files.operations) {
            let file = operation_file(name, stem);
            let path = Path::File(&file);
            let own = path.key("operation");
            if let Some(first) = operations.get(op.operation.as_str()) {
                mistakes.push(
                    Diagnostic::new(
                        own.at_value(),
                        format!("the operation {} is described twice", quoted(&op.operation)),
                    )
                    .help("keep one of the two files")
                    .also(
                        Path::File(first).key("operation").at_value(),
                        "first used here",
                    ),
                );
                continue;
            }
            file_name(&own, stem, &op.operation, mistakes);
            let named = path.key(if op.rust_name.is_some() {
                "rust_name"
            } else {
                "operation"
            });
            let method = resolved.method.as_str();
            if TAKEN.contains(&method) {
                let message = format!(
                    "the method of {} would be named {}, which the generated code reserves",
                    quoted(&op.operation),
                    quoted(method)
                );
                let help = format!(
                    "name it differently: {}",
                    quoted(&format!("rust_name: call_{method}"))
                );
                mistakes.push(Diagnostic::new(named.at_value(), message).help(help));
            } else if let Some((first, first_file)) = methods.get(method) {
                let message = format!(
                    "the operations {} and {} would both be named {} in Rust",
                    quoted(first),
                    quoted(&op.operation),
                    quoted(method)
                );
                let help = format!(
                    "name one differently: {}",
                    quoted(&format!("rust_name: {}_2", names::file_stem(method)))
                );
                mistakes.push(Diagnostic::new(own.at_value(), message).help(help).also(
                    Path::File(first_file).key("operation").at_value(),
                    "first used here",
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
    let service = subject.services.get(name);
    // Other APIs have no versions.
    let versioned = service.is_none_or(|service| service.file.api.is_none());
    if !(is_service_name(name) || !versioned && is_word_list(name)) {
        let message = format!("{} is not a valid service name", quoted(name));
        let help = "use lower case and a version, as in `conference_1_0`";
        mistakes.push(Diagnostic::new(place(), message).help(help));
    }
    let operations = subject
        .sources
        .services
        .get(name)
        .map_or(0, |service| service.members.len());
    if operations == 0 {
        let message = format!("the service {} has no operations", quoted(name));
        mistakes.push(Diagnostic::new(place(), message).help("add one, or remove the folder"));
    }
}

/// Whether a service of an API with versions may have this name.
pub fn is_service_name(name: &str) -> bool {
    let number = |part: Option<&str>| {
        part.is_some_and(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
    };
    let mut parts = name.rsplit('_');
    number(parts.next()) && number(parts.next()) && parts.next().is_some() && is_word_list(name)
}

/// Whether a name consists of words, of which the first begins with a letter.
pub(super) fn is_word_list(name: &str) -> bool {
    let word = |part: &str| {
        let mut bytes = part.bytes();
        !part.is_empty() && bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    name.starts_with(|c: char| c.is_ascii_lowercase()) && name.split('_').all(word)
}

fn file_name(path: &Path<'_>, stem: &str, operation: &str, mistakes: &mut Mistakes) {
    let method = names::method(operation);
    let expected = names::file_stem(&method);
    if stem != expected && !operation.trim().is_empty() {
        let message = format!(
            "the file of {} must be named {}",
            quoted(operation),
            quoted(&format!("{expected}.yaml"))
        );
        let help = format!("rename {}", quoted(&format!("{stem}.yaml")));
        mistakes.push(Diagnostic::new(path.at_value(), message).help(help));
    }
}

/// The service, the name and the place of an operation, by API, method and path.
type Known<'a> = BTreeMap<(Option<&'a str>, &'a str, String), (String, &'a str, Place)>;

/// No two operations of an API have one method and one path.
fn endpoints(subject: &Subject<'_>, mistakes: &mut Mistakes) {
    let mut known = Known::new();
    // The first API may be named, too.
    let default = subject.platform.map(Platform::default_api);
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
            (
                other.api.as_deref().filter(|name| Some(*name) != default),
                &other.method,
                path_shape(&other.path),
            ),
            (other.service.clone(), &other.operation, place),
        );
    }
    for (name, service) in subject.services {
        for (stem, op) in &service.operations {
            let file = operation_file(name, stem);
            let place = Path::File(&file).key("path").at_value();
            let key = (
                service
                    .file
                    .api
                    .as_deref()
                    .filter(|name| Some(*name) != default),
                op.method.as_str(),
                op.path_shape(),
            );
            if let Some((service, first, other)) = known.get(&key) {
                let message = format!(
                    "{} has the same method and path as {}",
                    quoted(&format!("{name}/{}", op.operation)),
                    quoted(&format!("{service}/{first}"))
                );
                mistakes.push(
                    Diagnostic::new(place, message)
                        .help("correct one of them: method and path identify an operation")
                        .also(other.clone(), "first used here"),
                );
            } else {
                known.insert(key, (name.clone(), &op.operation, place));
            }
        }
    }
}
