//! The file of a new operation or event, from a commented template.

use heck::ToUpperCamelCase as _;

use crate::check::is_service_name;
use crate::diagnostic::quoted;
use crate::document::Scalar;
use crate::names;
use crate::similar::nearest;
use crate::sources::{Sources, event_file, operation_file};
use crate::spec::{Method, names_in};

/// The path of a new operation's file in the spec folder, or what is wrong with the names.
///
/// An unknown service with a name similar to a known one counts as a typo, unless `new_service` is set.
pub fn file(
    sources: &Sources,
    service: &str,
    action: &str,
    new_service: bool,
) -> Result<String, String> {
    if !sources.services.contains_key(service) {
        let near = nearest(service, sources.service_names());
        if !is_service_name(service) {
            let mut names = sources.service_names();
            let near = names.find(|name| without_version(name) == service).or(near);
            let help = near.map_or_else(
                || "use lower case and a version, as in `conference_1_0`".to_owned(),
                |near| format!("did you mean {}?", quoted(near)),
            );
            return Err(format!(
                "{} is not a valid service name: {help}",
                quoted(service)
            ));
        }
        // Another version of a service has nearly its name, and is another service.
        let other = near.filter(|near| without_version(near) != without_version(service));
        if let (Some(near), false) = (other, new_service) {
            return Err(format!(
                "unknown service {}: did you mean {}? To start a new one, add `--new-service`",
                quoted(service),
                quoted(near)
            ));
        }
    }
    let camel = action.to_upper_camel_case();
    if !is_action(action) {
        let help = if is_action(&camel) {
            camel
        } else {
            "StartCloudRecord".to_owned()
        };
        return Err(format!(
            "{} is not a valid operation name: use one like {}",
            quoted(action),
            quoted(&help)
        ));
    }
    let method = names::method(action);
    Ok(operation_file(service, names::file_stem(&method)))
}

/// The path of a new event's file in the spec folder, or what is wrong with the names. `group` is the folder.
///
/// An unknown group with a name similar to a known one counts as a typo, unless `new_group` is set.
pub fn event_path(
    sources: &Sources,
    group: &str,
    event: &str,
    new_group: bool,
) -> Result<String, String> {
    if !sources.events.contains_key(group) && !new_group {
        let near = nearest(group, sources.events.keys().map(String::as_str));
        let meant = near.map(|near| quoted(&format!("events_{near}")));
        let help = meant.map_or_else(
            || "to start a new one".to_owned(),
            |meant| format!("did you mean {meant}? To start a new one"),
        );
        return Err(format!(
            "unknown group of events {}: {help}, add `--new-service`",
            quoted(&format!("events_{group}"))
        ));
    }
    let good = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    if !event.starts_with(|c: char| c.is_ascii_alphabetic()) || !event.chars().all(good) {
        return Err(format!(
            "{} is not a valid type of an event: use one like `user_add_org`",
            quoted(event)
        ));
    }
    Ok(event_file(group, names::file_stem(&names::method(event))))
}

/// The text of a new event's file. `check` lists what is missing.
pub fn event(event: &str) -> String {
    include_str!("skeleton_event.yaml").replacen("{event}", event, 1)
}

fn is_action(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.bytes().all(|b| b.is_ascii_alphanumeric())
}

fn without_version(service: &str) -> &str {
    service.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_')
}

/// The text of a new operation's file. `check` lists what is missing.
pub fn operation(action: &str, method: Option<Method>, path: Option<&str>) -> String {
    let method = method.unwrap_or(Method::Post);
    // What a caller gave is put in last, so that it is never taken for a place to be filled in.
    include_str!("skeleton.yaml")
        .replace("{action}", action)
        .replace("{method}", method.as_str())
        .replace("{path_params}", &path_params(path))
        .replacen(
            "{path}",
            &Scalar::text(path.unwrap_or_default()).inline(false),
            1,
        )
}

/// The section on the values in the path; an example of one if the path is not known.
fn path_params(path: Option<&str>) -> String {
    let names: Vec<&str> = path
        .map(|path| names_in(path).collect())
        .unwrap_or_default();
    let mut out = "# Values in the path: what they are, where they come from.\n".to_owned();
    match path {
        None => out.push_str(
            "# path_params:\n#   buildingId: { type: string, doc: Id of the building }\n",
        ),
        Some(_) if names.is_empty() => return String::new(),
        Some(_) => {
            let name = |name: &&str| {
                format!(
                    "  {}: {{ type: string }}\n",
                    Scalar::text(*name).inline(false)
                )
            };
            out.push_str("path_params:\n");
            out.extend(names.iter().map(name));
        }
    }
    out.push('\n');
    out
}
