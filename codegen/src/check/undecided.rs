use super::Mistakes;
use super::texts;
use crate::diagnostic::Diagnostic;
use crate::spec::Operation;
use crate::spec::walk::Path;
use crate::spec::walk::{Seen, What};

/// An open question is visible in the spec, and must not be built.
pub(super) fn operation(path: &Path<'_>, op: &Operation, mistakes: &mut Mistakes) {
    question(path, op.undecided.as_deref(), mistakes);
}

/// As [`operation`], for a field or an element.
pub(super) fn field(seen: &Seen<'_, '_>, mistakes: &mut Mistakes) {
    if let What::Field(field) = seen.what {
        question(seen.path, field.undecided.as_deref(), mistakes);
    }
}

pub(super) fn question(path: &Path<'_>, question: Option<&str>, mistakes: &mut Mistakes) {
    let Some(question) = question else { return };
    let path = path.key("undecided");
    if question.trim().is_empty() {
        return texts::filled(&path, Some(question), mistakes);
    }
    let words: Vec<&str> = question.split_whitespace().collect();
    let message = format!("undecided: {}", words.join(" "));
    let help = "answer the question, then delete `undecided`";
    mistakes.push(Diagnostic::new(path.at_key(), message).help(help));
}
