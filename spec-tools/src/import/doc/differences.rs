//! Differences between a page and the spec, as findings.

use super::facts::Facts;
use super::finding::{Finding, Kind};
use crate::diagnostic::{Step, quoted};
use crate::merge::{self, shown_path};

/// Additions that change what the operation takes or returns: a field, or a required mark.
pub(super) fn addition(facts: &Facts, difference: &merge::Finding) -> Option<Finding> {
    const HOLDERS: &[&str] = &[
        "object",
        "path_params",
        "query",
        "headers",
        "body",
        "response",
    ];
    const WHOLES: &[&str] = &["body", "body_type", "response", "response_type"];
    let name = |step: &Step| match step {
        Step::Key(name) => Some(name.clone()),
        Step::Index(_) => None,
    };
    let mut keys = difference.used_at.iter().rev().filter_map(name);
    let (last, before) = (keys.next()?, keys.next().unwrap_or_default());
    let is_field = HOLDERS.contains(&before.as_str()) || WHOLES.contains(&last.as_str());
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
    let own = difference.own.as_deref().map(quoted);
    let fact = difference.fact.as_deref().map(quoted);
    let nothing = || quoted("");
    let message = match (difference.kind, own, fact) {
        (merge::Kind::OnlyInFile, own, _) => {
            let own = own.unwrap_or_else(nothing);
            format!("the spec has {path}, the page does not: {own}")
        }
        (_, Some(own), Some(fact)) => format!("{path} is {own} in the spec, {fact} on the page"),
        (_, None, Some(fact)) => format!("{path} lacks {fact} in the spec"),
        (_, own, None) => {
            let own = own.unwrap_or_else(nothing);
            format!("{path} is {own} in the spec, the page says otherwise")
        }
    };
    let help = format!("kept the spec as it is ({place})");
    Finding::new(Kind::Disagrees, at, message, help)
}
