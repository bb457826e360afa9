//! Checks of events that the schema cannot express, within and across files.

use std::collections::BTreeMap;

use super::values::ValueChecker;
use super::{
    Context, Mistakes, Subject, addresses, collisions, identifiers, shape, texts, types, undecided,
};
use crate::diagnostic::{Diagnostic, Place, quoted};
use crate::names;
use crate::resolve::{Event, EventGroup, group_module, group_variant};
use crate::sources::{EVENTS, Sources, event_file, group_file};
use crate::spec::walk::{self, Path};
use crate::spec::{self, Field, Fields, Scope, TypeNode};

/// The name in a group's module that is not a module of an event.
const TAKEN_MODULE: &str = "rt";

/// The variant of a group's enum that is not an event, and of the enum of all groups that is not a group.
const TAKEN_VARIANT: &str = "Unknown";

/// Checks all groups, and that no event or module is described twice.
pub(super) fn groups(subject: &Subject<'_>, mistakes: &mut Mistakes) {
    let (mut known, mut variants) = (BTreeMap::new(), BTreeMap::new());
    for (name, group) in subject.events {
        let resolved = EventGroup::new(name, group);
        folder(subject, &resolved, mistakes);
        variant(&resolved, &mut variants, mistakes);
        let file = group_file(name);
        texts::group(&Path::File(&file), &group.file, mistakes);
        let mut types: BTreeMap<&str, String> = BTreeMap::new();
        for (stem, event) in group.events.keys().zip(&resolved.events) {
            let file = event_file(name, stem);
            check(&file, event, &resolved.enum_name, mistakes);
            file_name(&file, stem, event, mistakes);
            once(&file, event, &mut known, mistakes);
            for def in event.main_types() {
                let first = types.entry(&def.name).or_insert_with(|| file.clone());
                if *first != file {
                    let message = format!(
                        "two types of the group would both be named {} in Rust",
                        quoted(&def.name)
                    );
                    let place = Path::File(&file).key(event.spec.key()).at_value();
                    mistakes.push(
                        Diagnostic::new(place, message)
                            .help("name one event differently with `rust_name`")
                            .also(Place::file(first.clone()), "first used here"),
                    );
                }
            }
        }
    }
}

/// Refuses events without a platform: a user's own services have none.
pub(super) fn need_a_platform(sources: &Sources, mistakes: &mut Mistakes) {
    if !sources.events.is_empty() {
        let place = Place::file(format!("{EVENTS}/"));
        let message = "a spec that extends another crate cannot have events";
        mistakes.push(Diagnostic::new(place, message).help("remove the folder"));
    }
}

fn folder(subject: &Subject<'_>, group: &EventGroup<'_>, mistakes: &mut Mistakes) {
    let place = || Place::file(format!("{EVENTS}/{}/", group.name));
    let name = group.name;
    let word = |part: &str| {
        let mut bytes = part.bytes();
        !part.is_empty() && bytes.all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) || !name.split('_').all(word) {
        let message = format!("{} is not a valid name of a group of events", quoted(name));
        mistakes.push(Diagnostic::new(place(), message).help("use lower case, as in `contact`"));
    }
    if subject.sources.services.contains_key(&group.module) {
        let message = format!(
            "the group and the service {} would have the same name in Rust",
            quoted(&group_module(name))
        );
        mistakes.push(Diagnostic::new(place(), message).help("rename one of the folders"));
    }
    let sources = subject.sources.events.get(name);
    if sources.is_none_or(|sources| sources.members.is_empty()) {
        let message = format!("the group {} has no events", quoted(name));
        mistakes.push(Diagnostic::new(place(), message).help("add one, or remove the folder"));
    }
}

/// Refuses a group whose variant in the enum of all groups is taken, or is not a name.
fn variant<'a>(
    group: &EventGroup<'a>,
    known: &mut BTreeMap<String, &'a str>,
    mistakes: &mut Mistakes,
) {
    let name = group_variant(group.name);
    let place = |group: &str| Place::file(format!("{EVENTS}/{group}/"));
    if [TAKEN_VARIANT, "Self"].contains(&name.as_str()) {
        let message = format!("{} is reserved by the generated code", quoted(&name));
        mistakes.push(Diagnostic::new(place(group.name), message).help("rename the folder"));
    } else if let Some(first) = known.insert(name.clone(), group.name) {
        let message = format!("two groups would both be named {} in Rust", quoted(&name));
        mistakes.push(
            Diagnostic::new(place(group.name), message)
                .help("rename one of the folders")
                .also(place(first), "first used here"),
        );
    }
}

/// Refuses two files for one event.
fn once<'a>(
    file: &str,
    event: &Event<'a>,
    known: &mut BTreeMap<&'a str, String>,
    mistakes: &mut Mistakes,
) {
    let wire = event.spec.wire();
    if wire.is_empty() {
        return;
    }
    let place = |file: &str| Path::File(file).key(event.spec.key()).at_value();
    let first = known.entry(wire).or_insert_with(|| file.to_owned());
    if *first != file {
        let message = format!("the event {} is described twice", quoted(wire));
        mistakes.push(
            Diagnostic::new(place(file), message)
                .help("keep one of the two files")
                .also(place(first), "first used here"),
        );
    }
}

fn file_name(file: &str, stem: &str, event: &Event<'_>, mistakes: &mut Mistakes) {
    let expected = names::file_stem(&event.module);
    let given = event.spec.rust_name.is_some();
    // A callback without a name is reported as such.
    if stem == expected || !given && event.spec.event.is_none() {
        return;
    }
    let path = Path::File(file);
    let path = path.key(if given { "rust_name" } else { event.spec.key() });
    let message = format!(
        "the file of {} must be named {}",
        quoted(event.spec.wire()),
        quoted(&format!("{expected}.yaml"))
    );
    let help = format!("rename {}", quoted(&format!("{stem}.yaml")));
    mistakes.push(Diagnostic::new(path.at_value(), message).help(help));
}

/// Checks one event.
fn check(file: &str, resolved: &Event<'_>, group_enum: &str, mistakes: &mut Mistakes) {
    let (path, event) = (&Path::File(file), resolved.spec);
    let context = Context {
        scope: Scope::none(),
        complete: true,
    };
    identity(path, resolved, mistakes);
    free_name(path, resolved, group_enum, mistakes);
    texts::event(path, event, mistakes);
    undecided::question(path, event.undecided.as_deref(), mistakes);
    if let Some(source) = &event.source {
        addresses::url(&path.key("source"), source, false, mistakes);
    }
    shape::app_types(path, &event.app_types, mistakes);
    delivery(path, event, mistakes);
    walk::event(path, event, &mut |seen| {
        types::field(&seen, context, mistakes);
    });
    keys(&path.key("data"), &event.data, mistakes);
    collisions::event(file, resolved, mistakes);
    if let Some(example) = &event.example {
        let mut checker = ValueChecker::new(context.scope, false, mistakes);
        checker.object(&path.key("example"), &event.data, example);
    }
}

/// An event has a type. A callback has a topic, a name in Rust, and possibly an answer.
fn identity(path: &Path<'_>, resolved: &Event<'_>, mistakes: &mut Mistakes) {
    let event = resolved.spec;
    let mut report = |key: &str, message: &str, help: &str| {
        mistakes.push(Diagnostic::new(path.key(key).at_key(), message).help(help));
    };
    match (&event.event, &event.topic) {
        (None, None) => report(
            "summary",
            "the file names neither an event nor a callback",
            "add `event` with the type on the wire, or `topic`",
        ),
        (Some(_), Some(_)) => report(
            "topic",
            "`event` and `topic` cannot be combined",
            "a callback has a topic, every other event a type",
        ),
        (Some(_), None) if event.response.is_some() => report(
            "response",
            "only a callback has an answer",
            "remove `response`, or write `topic` instead of `event`",
        ),
        (None, Some(_)) if event.rust_name.is_none() => report(
            "topic",
            "a callback needs a name in Rust",
            "add one, for example `rust_name: bot_message`",
        ),
        _ => {}
    }
    if let Some(name) = &event.rust_name {
        identifiers::snake(&path.key("rust_name"), name, names::method, mistakes);
    }
}

/// Refuses names of the group's own module and enum.
fn free_name(path: &Path<'_>, event: &Event<'_>, group_enum: &str, mistakes: &mut Mistakes) {
    let (module, name) = (event.module.as_str(), event.data.name.as_str());
    let taken = if module == TAKEN_MODULE {
        module
    } else if name == TAKEN_VARIANT || name == group_enum {
        name
    } else {
        return;
    };
    let message = format!("{} is reserved by the generated code", quoted(taken));
    let help = format!(
        "name it differently: {}",
        quoted(&format!("rust_name: on_{module}"))
    );
    let place = path.key(event.spec.key()).at_value();
    mistakes.push(Diagnostic::new(place, message).help(help));
}

fn delivery(path: &Path<'_>, event: &spec::Event, mistakes: &mut Mistakes) {
    let path = path.key("delivery");
    for (at, one) in event.delivery.iter().enumerate() {
        if event.delivery.iter().take(at).any(|known| known == one) {
            let message = format!("duplicate delivery {}", quoted(one.as_str()));
            let place = path.index(at).at_value();
            mistakes.push(Diagnostic::new(place, message).help("remove it"));
        }
    }
}

/// Refuses fields of an object whose names or aliases differ only in case and `_`.
fn keys(path: &Path<'_>, fields: &Fields, mistakes: &mut Mistakes) {
    let mut known: BTreeMap<String, &str> = BTreeMap::new();
    for (name, field) in fields.iter() {
        let at = path.key(name);
        let aliases = at.key("aliases");
        let all = field.aliases.iter().enumerate();
        let all = all.map(|(index, alias)| (alias, aliases.index(index).at_value()));
        for (spelling, place) in std::iter::once((name, at.at_key())).chain(all) {
            let folded = folded(spelling);
            if let Some(first) = known.get(folded.as_str()) {
                let message = format!(
                    "{} and {} are the same key without case and `_`",
                    quoted(first),
                    quoted(spelling)
                );
                mistakes.push(Diagnostic::new(place, message).help("keep one of them"));
            } else {
                known.insert(folded, spelling);
            }
        }
        inside(&at, field, mistakes);
    }
}

fn inside(path: &Path<'_>, field: &Field, mistakes: &mut Mistakes) {
    if let Some(object) = &field.object {
        keys(&path.key("object"), object, mistakes);
    }
    for (key, node) in [("list", &field.list), ("map", &field.map)] {
        if let Some(TypeNode::Node(inner)) = node.as_deref() {
            inside(&path.key(key), inner, mistakes);
        }
    }
}

/// A name in the form in which the keys of events are compared.
fn folded(name: &str) -> String {
    name.replace('_', "").to_ascii_lowercase()
}
