//! Differences between a page and the spec, as findings.

use super::finding::Kind;
use super::{Facts, Finding, among};
use crate::diagnostic::{Step, quoted};
use crate::merge::{self, shown_path};

/// Additions that change what the operation takes or returns: a field, or a required mark.
pub(super) fn addition(facts: &Facts, difference: &merge::Finding) -> Option<Finding> {
    const HOLDERS: &str = "object|path_params|query|headers|body|response";
    const WHOLES: &str = "body|body_type|response|response_type";
    let mut keys = difference
        .used_at
        .iter()
        .rev()
        .filter_map(|step| match step {
            Step::Key(name) => Some(name.as_str()),
            Step::Index(_) => None,
        });
    let (last, before) = (keys.next()?, keys.next().unwrap_or_default());
    let is_field = among(HOLDERS, before) || among(WHOLES, last);
    let path = &difference.used_at;
    let message = match path.split_last() {
        _ if is_field => format!("the page has {}, the spec does not", shown_path(path)),
        Some((_, field)) if last == "required" => {
            let field = shown_path(field);
            format!("{field} is required on the page but not in the spec")
        }
        _ => return None,
    };
    let at = facts.places.find(&difference.used_at);
    Some(Finding::new(Kind::Note, at, message, "added to the spec"))
}

/// A difference between the page and the file.
pub(super) fn disagreement(facts: &Facts, difference: &merge::Finding) -> Finding {
    let at = facts.places.find(&difference.used_at);
    let path = shown_path(&difference.path);
    let place = difference.at.map_or_else(
        || difference.file.clone(),
        |at| format!("{}:{}:{}", difference.file, at.line, at.column),
    );
    let own = quoted(difference.own.as_deref().unwrap_or_default());
    let is_own = difference.own.is_some();
    let fact = difference.fact.as_deref().map(quoted);
    let message = match fact {
        _ if difference.kind == merge::Kind::OnlyInFile => {
            format!("the spec has {path}, the page does not: {own}")
        }
        Some(fact) if is_own => format!("{path} is {own} in the spec, {fact} on the page"),
        Some(fact) => format!("{path} lacks {fact} in the spec"),
        None => format!("{path} is {own} in the spec, the page says otherwise"),
    };
    let help = format!("kept the spec as it is ({place})");
    Finding::new(Kind::Disagrees, at, message, help)
}
