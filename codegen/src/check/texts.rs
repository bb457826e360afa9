use super::Mistakes;
use crate::diagnostic::{Diagnostic, quoted};
use crate::spec::walk::Path;
use crate::spec::walk::{Seen, What};
use crate::spec::{
    EnumKey, EnumValue, Event, EventGroupFile, NamedType, OneOf, Operation, Ordered, ServiceFile,
};

/// Checks the texts of an operation as a whole.
pub(super) fn operation(path: &Path<'_>, op: &Operation, mistakes: &mut Mistakes) {
    filled(&path.key("operation"), Some(&op.operation), mistakes);
    title(path, op.title.as_deref(), mistakes);
    line(&path.key("summary"), &op.summary, mistakes);
    filled(&path.key("doc"), op.doc.as_deref(), mistakes);
    filled(&path.key("permission"), op.permission.as_deref(), mistakes);
}

/// Checks the texts of a service's own file.
pub(super) fn service(path: &Path<'_>, file: &ServiceFile, mistakes: &mut Mistakes) {
    title(path, file.title.as_deref(), mistakes);
    if let Some(summary) = &file.summary {
        line(&path.key("summary"), summary, mistakes);
    }
}

/// Checks the texts of an event as a whole.
pub(super) fn event(path: &Path<'_>, event: &Event, mistakes: &mut Mistakes) {
    filled(&path.key("event"), event.event.as_deref(), mistakes);
    filled(&path.key("topic"), event.topic.as_deref(), mistakes);
    title(path, event.title.as_deref(), mistakes);
    line(&path.key("summary"), &event.summary, mistakes);
    filled(&path.key("doc"), event.doc.as_deref(), mistakes);
    filled(
        &path.key("permission"),
        event.permission.as_deref(),
        mistakes,
    );
}

/// Checks the texts of a group's own file.
pub(super) fn group(path: &Path<'_>, file: &EventGroupFile, mistakes: &mut Mistakes) {
    title(path, file.title.as_deref(), mistakes);
    if let Some(summary) = &file.summary {
        line(&path.key("summary"), summary, mistakes);
    }
}

/// Checks the texts of a declared type.
pub(super) fn named_type(path: &Path<'_>, def: &NamedType, mistakes: &mut Mistakes) {
    filled(&path.key("doc"), def.doc.as_deref(), mistakes);
    if let Some(values) = &def.values {
        enumeration(path, values, mistakes);
    }
    if let Some(one_of) = &def.one_of {
        kinds(path, one_of, mistakes);
    }
}

/// Checks the texts of a field.
pub(super) fn field(seen: &Seen<'_, '_>, mistakes: &mut Mistakes) {
    let What::Field(field) = seen.what else {
        return;
    };
    filled(&seen.path.key("doc"), field.doc.as_deref(), mistakes);
    if let Some(values) = &field.values {
        enumeration(seen.path, values, mistakes);
    }
    if let Some(one_of) = &field.one_of {
        kinds(seen.path, one_of, mistakes);
    }
}

fn kinds(path: &Path<'_>, one_of: &OneOf, mistakes: &mut Mistakes) {
    let path = path.key("one_of");
    for (tag, kind) in one_of.kinds.iter() {
        let path = path.key("kinds");
        filled(&path.key(tag).key("doc"), kind.doc.as_deref(), mistakes);
    }
}

fn enumeration(path: &Path<'_>, values: &Ordered<EnumKey, EnumValue>, mistakes: &mut Mistakes) {
    let path = path.key("enum");
    for (key, value) in values.iter() {
        let key = key.to_string();
        let path = path.key(&key);
        match value {
            EnumValue::Doc(doc) => filled(&path, doc.as_deref(), mistakes),
            EnumValue::Named(value) => filled(&path.key("doc"), value.doc.as_deref(), mistakes),
        }
    }
}

/// A given text must not be empty.
pub(super) fn filled(path: &Path<'_>, text: Option<&str>, mistakes: &mut Mistakes) {
    if text.is_some_and(|text| text.trim().is_empty()) {
        let place = path.at_value();
        let name = match path {
            Path::Key(_, name) => quoted(name),
            _ => "the text".to_owned(),
        };
        mistakes.push(
            Diagnostic::new(place, format!("{name} is empty"))
                .help("write a text, or remove the key"),
        );
    }
}

/// How many characters a title can have.
pub const LONGEST_TITLE: usize = 60;

pub(super) fn title(path: &Path<'_>, title: Option<&str>, mistakes: &mut Mistakes) {
    let (path, text) = (path.key("title"), title.unwrap_or_default().trim());
    let length = text.chars().count();
    let wrong = if text.contains('\n') {
        "a title must be one line".to_owned()
    } else if length > LONGEST_TITLE {
        format!("a title must have at most {LONGEST_TITLE} characters, but this one has {length}")
    } else {
        return filled(&path, title, mistakes);
    };
    mistakes.push(
        Diagnostic::new(path.at_value(), wrong)
            .help("write only the heading of the documentation page"),
    );
}

fn line(path: &Path<'_>, text: &str, mistakes: &mut Mistakes) {
    if text.trim().contains('\n') {
        let message = "a summary must be one line";
        mistakes.push(Diagnostic::new(path.at_value(), message).help("move the rest to `doc`"));
    } else {
        filled(path, Some(text), mistakes);
    }
}
