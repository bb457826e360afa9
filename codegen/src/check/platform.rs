use super::{Mistakes, Subject, api, grants};
use crate::diagnostic::{Diagnostic, quoted};
use crate::similar::did_you_mean;
use crate::sources::PLATFORM;
use crate::spec::Platform;
use crate::spec::walk::Path;

/// Checks `platform.yaml`.
pub(super) fn check(subject: &Subject<'_>, platform: &Platform, mistakes: &mut Mistakes) {
    let path = Path::File(PLATFORM);
    extension(&path, platform, mistakes);
    if let Some(text) = &platform.version {
        version(&path.key("version"), text, mistakes);
    }
    api::check(&path.key("apis"), platform, mistakes);
    let tokens = path.key("grants");
    for (key, grant) in platform.grants() {
        grants::check(subject, &tokens.key(key), grant, mistakes);
    }
    let defaults = path.key("default_services");
    for (index, name) in platform.default_services.iter().enumerate() {
        let place = defaults.index(index).at_value();
        if !subject.sources.services.contains_key(name) {
            mistakes.push(unknown_service(subject, name, place));
        } else if platform
            .default_services
            .iter()
            .take(index)
            .any(|known| known == name)
        {
            let message = format!("duplicate service {}", quoted(name));
            mistakes.push(Diagnostic::new(place, message).help("remove one"));
        }
    }
}

/// A platform has a version and grants; a spec that extends another crate describes APIs alone.
fn extension(path: &Path<'_>, platform: &Platform, mistakes: &mut Mistakes) {
    let keys = [
        ("version", platform.version.is_some()),
        ("grants", platform.grants.is_some()),
        ("default_services", !platform.default_services.is_empty()),
    ];
    let needed = keys.iter().take(2);
    let missing: Vec<_> = needed.filter(|(_, given)| !given).collect();
    for (key, _) in keys.iter().filter(|(_, given)| *given) {
        for (lacks, _) in &missing {
            let message = format!("{} needs {}", quoted(key), quoted(lacks));
            let help =
                "add it; or describe `apis` alone, if the spec adds APIs to those of another crate";
            mistakes.push(Diagnostic::new(path.key(key).at_key(), message).help(help));
        }
    }
}

fn version(path: &Path<'_>, version: &str, mistakes: &mut Mistakes) {
    let number = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|b| b.is_ascii_digit())
            && (part == "0" || !part.starts_with('0'))
    };
    let word = |part: &str| {
        !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let (rest, build) = version
        .split_once('+')
        .map_or((version, None), |(a, b)| (a, Some(b)));
    let (core, pre) = rest
        .split_once('-')
        .map_or((rest, None), |(a, b)| (a, Some(b)));
    let good = core.split('.').count() == 3
        && core.split('.').all(number)
        && [pre, build]
            .into_iter()
            .flatten()
            .all(|part| part.split('.').all(word));
    if !good {
        let message = format!("{} is not a version", quoted(version));
        mistakes.push(
            Diagnostic::new(path.at_value(), message).help("write three numbers, as in `1.4.0`"),
        );
    }
}

pub(super) fn unknown_service(
    subject: &Subject<'_>,
    name: &str,
    place: crate::diagnostic::Place,
) -> Diagnostic {
    let known = || subject.sources.services.keys().map(String::as_str);
    let help = did_you_mean(name, known()).unwrap_or_else(|| {
        let folder = format!("{}/{name}", subject.sources.root);
        format!("there is no folder {}", quoted(&folder))
    });
    Diagnostic::new(place, format!("unknown service {}", quoted(name))).help(help)
}
