use std::collections::BTreeMap;

use super::place::Path;
use super::{Mistakes, Subject, addresses, errors, texts};
use crate::diagnostic::{Diagnostic, alternatives, shown};
use crate::similar::nearest;
use crate::sources::PLATFORM;
use crate::spec::{Fields, Operation, Platform, TokenUse};

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
    app_token(subject, &path.key("app_token"), platform, mistakes);
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
            let message = format!("the service {} is named twice", shown(name));
            mistakes.push(Diagnostic::new(place, message).help("name it once"));
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
        let message = format!("{} is no version", shown(version));
        mistakes.push(
            Diagnostic::new(path.at_value(), message).help("write three numbers, as `1.4.0`"),
        );
    }
}

fn servers(path: &Path<'_>, platform: &Platform, mistakes: &mut Mistakes) {
    if platform.servers.is_empty() {
        let help = "the first server is the one that is used by default";
        mistakes.push(Diagnostic::new(path.at_key(), "there is no server").help(help));
    }
    for (name, server) in platform.servers.iter() {
        let path = path.key(name);
        addresses::url(&path.key("url"), &server.url, true, mistakes);
        texts::filled(&path.key("doc"), server.doc.as_deref(), mistakes);
    }
}

fn unknown_service(
    subject: &Subject<'_>,
    name: &str,
    place: crate::diagnostic::Place,
) -> Diagnostic {
    let known = || subject.sources.services.keys().map(String::as_str);
    let help = match nearest(name, known()) {
        Some(near) => format!("did you mean {}?", shown(near)),
        None => format!(
            "there is no folder {}",
            shown(&format!("{}/{name}", subject.sources.root))
        ),
    };
    Diagnostic::new(place, format!("unknown service {}", shown(name))).help(help)
}

fn app_token(subject: &Subject<'_>, path: &Path<'_>, platform: &Platform, mistakes: &mut Mistakes) {
    let grant = &platform.app_token;
    let operation = path.key("operation");
    let Some((service, action)) = grant.operation.split_once('/') else {
        let message = format!("{} names no operation", shown(&grant.operation));
        let help = "write service and operation, as `oauth2_1_0/GetAccessToken`";
        mistakes.push(Diagnostic::new(operation.at_value(), message).help(help));
        return;
    };
    if !subject.sources.services.contains_key(service) {
        mistakes.push(unknown_service(subject, service, operation.at_value()));
        return;
    }
    let parsed = subject.services.get(service);
    let mut actions: Vec<&str> = Vec::new();
    if let Some(parsed) = parsed {
        actions.extend(parsed.operations.values().map(|op| op.operation.as_str()));
    }
    let others = subject
        .others
        .iter()
        .filter(|other| other.service == service);
    actions.extend(others.map(|other| other.operation.as_str()));
    let complete = !actions.is_empty() && !subject.is_broken(service);
    if !actions.contains(&action) && complete {
        let message = format!(
            "the service {} has no operation {}",
            shown(service),
            shown(action)
        );
        let help = match nearest(action, actions.iter().copied()) {
            Some(near) => format!("did you mean {}?", shown(near)),
            None => format!("it has {}", alternatives(actions.into_iter().take(20))),
        };
        mistakes.push(Diagnostic::new(operation.at_value(), message).help(help));
    }
    let op = parsed.and_then(|s| s.operations.values().find(|op| op.operation == action));
    if let Some(op) = op {
        grant_fields(path, platform, op, mistakes);
    }
}

/// The operation must be able to give a token.
fn grant_fields(path: &Path<'_>, platform: &Platform, op: &Operation, mistakes: &mut Mistakes) {
    let grant = &platform.app_token;
    if op.token != TokenUse::None {
        let message = format!("{} needs a token itself", shown(&grant.operation));
        let help = "mark it with `token: none`, or name another";
        mistakes.push(Diagnostic::new(path.key("operation").at_value(), message).help(help));
    }
    let empty = Fields::default();
    let body = op.body.as_ref().unwrap_or(&empty);
    let request = path.key("request");
    for (name, _) in grant
        .request
        .iter()
        .filter(|(name, _)| body.get(name).is_none())
    {
        let place = request.key(name).at_key();
        mistakes.push(no_field(name, "body", body, op, place));
    }
    let needed = op.request_fields().filter(|(_, _, field)| field.required);
    for (_, name, _) in needed.filter(|(_, name, _)| grant.request.get(name).is_none()) {
        let message = format!(
            "{} needs {}, which is not given",
            shown(&op.operation),
            shown(name)
        );
        mistakes
            .push(Diagnostic::new(request.at_key(), message).help("say which credential it takes"));
    }
    let reply = path.key("reply");
    let response = op.response.as_ref().unwrap_or(&empty);
    for (key, name) in [
        ("token", &grant.reply.token),
        ("expires_in", &grant.reply.expires_in),
    ] {
        if response.get(name).is_none() {
            let place = reply.key(key).at_value();
            mistakes.push(no_field(name, "reply", response, op, place));
        }
    }
}

fn no_field(
    name: &str,
    part: &str,
    fields: &Fields,
    op: &Operation,
    place: crate::diagnostic::Place,
) -> Diagnostic {
    let message = format!(
        "the {part} of {} has no field {}",
        shown(&op.operation),
        shown(name)
    );
    let known = || fields.iter().map(|(name, _)| name.as_str());
    let help = match nearest(name, known()) {
        Some(near) => format!("did you mean {}?", shown(near)),
        None => format!("it has {}", alternatives(known())),
    };
    Diagnostic::new(place, message).help(help)
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
            let message = format!("the error {} stands here twice", shown(&row.code));
            mistakes.push(
                Diagnostic::new(path.key("code").at_value(), message)
                    .help("keep one row, or give the rows different statuses")
                    .also(rows.index(first).key("code").at_value(), "the first"),
            );
        }
        earlier.push(index);
    }
}
