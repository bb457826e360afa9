//! A new operation's file, from a commented template.

use heck::ToUpperCamelCase as _;

use crate::check::is_service_name;
use crate::diagnostic::quoted;
use crate::document::Scalar;
use crate::names;
use crate::similar::nearest;
use crate::sources::{Sources, operation_file};
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
