use std::collections::BTreeMap;

use super::{Mistakes, Subject, addresses, errors, grants, texts};
use crate::diagnostic::{Diagnostic, quoted};
use crate::similar::did_you_mean;
use crate::sources::PLATFORM;
use crate::spec::Platform;
use crate::spec::walk::Path;

/// Checks `platform.yaml`.
pub(super) fn check(subject: &Subject<'_>, platform: &Platform, mistakes: &mut Mistakes) {
    let path = Path::File(PLATFORM);
    version(&path.key("version"), &platform.version, mistakes);
    servers(&path.key("servers"), platform, mistakes);
    mistakes.extend(addresses::header_name(
        &path.key("token_header"),
        &platform.token_header,
        false,
    ));
    let headers = path.key("request_id_headers");
    for (index, name) in platform.request_id_headers.iter().enumerate() {
        mistakes.extend(addresses::header_name(&headers.index(index), name, false));
    }
    let tokens = path.key("grants");
    for (key, grant) in platform.grants.iter() {
        grants::check(subject, &tokens.key(key), grant, mistakes);
    }
    error_codes(&path.key("errors"), platform, mistakes);
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

fn servers(path: &Path<'_>, platform: &Platform, mistakes: &mut Mistakes) {
    if platform.servers.is_empty() {
        let help = "add one; the first is the default";
        mistakes.push(Diagnostic::new(path.at_key(), "no server is listed").help(help));
    }
    for (name, server) in platform.servers.iter() {
        let path = path.key(name);
        addresses::url(&path.key("url"), &server.url, true, mistakes);
        texts::filled(&path.key("doc"), server.doc.as_deref(), mistakes);
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

fn error_codes(rows: &Path<'_>, platform: &Platform, mistakes: &mut Mistakes) {
    let mut known: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, row) in platform.errors.iter().enumerate() {
        let path = rows.index(index);
        texts::filled(&path.key("code"), Some(&row.code), mistakes);
        texts::filled(&path.key("doc"), row.doc.as_deref(), mistakes);
        for (at, status) in row.status.iter().enumerate() {
            errors::status(&path.key("status").index(at), *status, mistakes);
        }
        let earlier = known.entry(&row.code).or_default();
        let first = earlier.iter().copied().find(|first| {
            let statuses = platform
                .errors
                .get(*first)
                .map(|row| row.status.as_slice())
                .unwrap_or_default();
            statuses.is_empty()
                || row.status.is_empty()
                || row.status.iter().any(|s| statuses.contains(s))
        });
        if let Some(first) = first {
            let message = format!("duplicate error code {}", quoted(&row.code));
            mistakes.push(
                Diagnostic::new(path.key("code").at_value(), message)
                    .help("keep one row, or give the rows different statuses")
                    .also(rows.index(first).key("code").at_value(), "first row"),
            );
        }
        earlier.push(index);
    }
}
