use super::{Mistakes, texts};
use crate::diagnostic::{Diagnostic, quoted};
use crate::glossary::Used;
use crate::sources::GLOSSARY;
use crate::spec::walk::Path;
use crate::spec::{Glossary, Term};

/// Checks `glossary.yaml` by itself.
pub(super) fn check(glossary: &Glossary) -> Mistakes {
    let mut mistakes = Mistakes::new();
    let file = Path::File(GLOSSARY);
    let path = file.key("fields");
    for (name, terms) in glossary.fields.iter() {
        let path = path.key(name);
        let terms = terms.entries();
        if terms.is_empty() {
            let message = format!("{} has no entries", quoted(name));
            let help = "add an entry or remove the name";
            mistakes.push(Diagnostic::new(path.at_key(), message).help(help));
        }
        for (at, one) in terms.iter().enumerate() {
            term(&entry(&path, terms, at), one, &mut mistakes);
            let same = |known: &Term| (known.type_name, known.list) == (one.type_name, one.list);
            if let Some(first) = terms.iter().take(at).position(same) {
                let message = format!("duplicate entry for {} of this type", quoted(name));
                mistakes.push(
                    Diagnostic::new(entry(&path, terms, at).at_value(), message)
                        .help("keep one")
                        .also(entry(&path, terms, first).at_value(), "first entry"),
                );
            }
        }
    }
    let path = file.key("errors");
    for (code, term) in glossary.errors.iter() {
        let path = path.key(code);
        texts::filled(&path.key("doc"), term.doc.as_deref(), &mut mistakes);
        if term.doc.is_none() && term.class.is_none() {
            let message = format!("{} has neither `doc` nor `class`", quoted(code));
            let help = "add one of them or remove the entry";
            mistakes.push(Diagnostic::new(path.at_key(), message).help(help));
        }
    }
    mistakes
}

fn term(path: &Path<'_>, term: &Term, mistakes: &mut Mistakes) {
    texts::filled(&path.key("doc"), Some(&term.doc), mistakes);
    let message = match (term.type_name, term.list) {
        (None, None) => "the entry has no type",
        (Some(_), Some(_)) => "the entry has both `type` and `list`",
        _ => return,
    };
    let help = "write `type: string`, or `list: string` for a list of strings";
    mistakes.push(Diagnostic::new(path.at_value(), message).help(help));
}

/// Finds entries that nothing in the spec uses.
pub(super) fn unused(glossary: &Glossary, used: &Used<'_>) -> Mistakes {
    let mut mistakes = Mistakes::new();
    let file = Path::File(GLOSSARY);
    let mut report = |place, message| {
        mistakes.push(Diagnostic::new(place, message).help("remove the entry"));
    };
    let path = file.key("fields");
    for (name, terms) in glossary.fields.iter() {
        let terms = terms.entries();
        for (at, _) in terms.iter().enumerate() {
            if !used.fields.contains(&(name.as_str(), at)) {
                let message = format!(
                    "unused entry: no field {} of this type is without a `doc`",
                    quoted(name)
                );
                let path = path.key(name);
                report(entry(&path, terms, at).at_value(), message);
            }
        }
    }
    let path = file.key("errors");
    for (code, _) in glossary.errors.iter() {
        if !used.errors.contains(code.as_str()) {
            let message = format!(
                "unused entry: no error row with the code {} needs it",
                quoted(code)
            );
            report(path.key(code).at_key(), message);
        }
    }
    mistakes
}

/// The path of an entry of a name. A single entry is not in a list.
fn entry<'a>(path: &'a Path<'a>, terms: &[Term], at: usize) -> Path<'a> {
    match terms {
        [_] => *path,
        _ => path.index(at),
    }
}
