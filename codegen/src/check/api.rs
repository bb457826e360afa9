//! The APIs of `platform.yaml`.

use std::collections::BTreeMap;

use super::cross_file::is_word_list;
use super::{Mistakes, addresses, errors, signature, texts};
use crate::diagnostic::{Diagnostic, quoted};
use crate::similar::did_you_mean;
use crate::spec::walk::Path;
use crate::spec::{Api, Envelope, Operation, Ordered, Platform, Service, TokenPlace, plain};

/// Checks the APIs.
pub(super) fn check(path: &Path<'_>, platform: &Platform, mistakes: &mut Mistakes) {
    if platform.apis.is_empty() {
        let help = "add one; the first is that of services that name none";
        mistakes.push(Diagnostic::new(path.at_key(), "no API is listed").help(help));
    }
    for (name, api) in platform.apis.iter() {
        let path = path.key(name);
        if !is_word_list(name) {
            let message = format!("{} is not a valid name of an API", quoted(name));
            let help = "use lower case, as in `intranet` or `old_intranet`";
            mistakes.push(Diagnostic::new(path.at_key(), message).help(help));
        }
        texts::title(&path, api.title.as_deref(), mistakes);
        texts::filled(&path.key("doc"), api.doc.as_deref(), mistakes);
        servers(&path.key("servers"), platform, api, mistakes);
        token(&path.key("token"), &api.token, mistakes);
        let headers = path.key("request_id_headers");
        for (index, name) in api.request_id_headers.iter().enumerate() {
            mistakes.extend(addresses::header_name(&headers.index(index), name, false));
        }
        envelope(&path.key("envelope"), &api.envelope, mistakes);
        signature::schemes(&path.key("signatures"), api, mistakes);
        error_codes(&path.key("errors"), api, mistakes);
    }
}

/// Checks the API that a service names. A spec that extends another crate may name that crate's, which are not known here.
pub(super) fn of_service(
    path: &Path<'_>,
    service: &Service,
    platform: Option<&Platform>,
    mistakes: &mut Mistakes,
) {
    let (Some(name), Some(platform)) = (&service.file.api, platform) else {
        return;
    };
    if platform.apis.get(name).is_none() {
        let known = || platform.apis.iter().map(|(name, _)| name.as_str());
        let similar = did_you_mean(name, known());
        if platform.extends() && similar.is_none() {
            return;
        }
        let help = similar.unwrap_or_else(|| {
            let known: Vec<_> = known().map(quoted).collect();
            format!("`platform.yaml` describes {}", known.join(", "))
        });
        let message = format!("unknown API {}", quoted(name));
        mistakes.push(Diagnostic::new(path.key("api").at_value(), message).help(help));
    }
}

/// Checks what an operation describes of replies that have an envelope.
pub(super) fn operation(
    path: &Path<'_>,
    op: &Operation,
    api: Option<&Api>,
    mistakes: &mut Mistakes,
) {
    let fields = op.response.as_ref();
    let described = fields.is_some_and(|fields| !fields.is_empty()) || op.response_type.is_some();
    if let Some(field) = &op.response_field {
        texts::filled(&path.key("response_field"), Some(field), mistakes);
        if !described {
            let message = "`response_field` needs `response` or `response_type`";
            let help = "describe what the field holds, or remove it";
            mistakes.push(Diagnostic::new(path.key("response_field").at_key(), message).help(help));
        }
    }
    let Some(envelope) = api
        .map(|api| &api.envelope)
        .filter(|envelope| envelope.every_reply)
    else {
        return;
    };
    // A result may have an envelope of its own: its flag is marked, its code and message are read beside that.
    let belongs = |name: &str| match op.response_field {
        Some(_) => envelope
            .code
            .iter()
            .chain(&envelope.message)
            .any(|known| plain(known) == plain(name)),
        None => envelope.has(name),
    };
    let response = path.key("response");
    for (name, _) in fields.into_iter().flat_map(Ordered::iter) {
        if belongs(name) {
            let message = format!("{} belongs to the envelope of every reply", quoted(name));
            let help = "remove it: the client reads it itself";
            mistakes.push(Diagnostic::new(response.key(name).at_key(), message).help(help));
        }
    }
}

fn servers(path: &Path<'_>, platform: &Platform, api: &Api, mistakes: &mut Mistakes) {
    if api.servers.is_empty() {
        let help = "add one; the first is the default";
        mistakes.push(Diagnostic::new(path.at_key(), "no server is listed").help(help));
    }
    for (name, server) in api.servers.iter() {
        let path = path.key(name);
        addresses::url(&path.key("url"), &server.url, true, mistakes);
        texts::filled(&path.key("doc"), server.doc.as_deref(), mistakes);
    }
    // A client chooses a server once, by its name, for all APIs.
    let names = platform.apis.iter().flat_map(|(_, api)| api.servers.iter());
    let mut missing: Vec<&str> = Vec::new();
    for (name, _) in names {
        if api.servers.get(name).is_none() && !missing.contains(&name.as_str()) {
            missing.push(name);
        }
    }
    if !api.servers.is_empty() && !missing.is_empty() {
        let missing: Vec<_> = missing.into_iter().map(quoted).collect();
        let message = format!("another API has the server {}", missing.join(", "));
        let help = "add it: a client chooses one name for all APIs";
        mistakes.push(Diagnostic::new(path.at_key(), message).help(help));
    }
}

fn token(path: &Path<'_>, token: &TokenPlace, mistakes: &mut Mistakes) {
    match (&token.header, &token.query) {
        (Some(name), None) => {
            mistakes.extend(addresses::header_name(&path.key("header"), name, false));
        }
        (None, Some(name)) => texts::filled(&path.key("query"), Some(name), mistakes),
        _ => {
            let help = "write one: `{ header: name }` or `{ query: name }`";
            let message = "the token goes into either a header or the query";
            mistakes.push(Diagnostic::new(path.at_key(), message).help(help));
        }
    }
}

fn envelope(path: &Path<'_>, envelope: &Envelope, mistakes: &mut Mistakes) {
    for (key, names) in [
        ("code", &envelope.code),
        ("message", &envelope.message),
        ("success", &envelope.success),
    ] {
        if names.is_empty() {
            let message = format!("{} is empty", quoted(key));
            let help = "list at least one, the most telling first";
            mistakes.push(Diagnostic::new(path.key(key).at_value(), message).help(help));
        }
    }
    let mut known: BTreeMap<String, (&str, usize)> = BTreeMap::new();
    for (key, names) in envelope.parts() {
        let list = path.key(key);
        for (index, name) in names.iter().enumerate() {
            let place = list.index(index);
            texts::filled(&place, Some(name), mistakes);
            if let Some((first, at)) = known.get(&plain(name)) {
                let message = format!("duplicate name {}", quoted(name));
                mistakes.push(
                    Diagnostic::new(place.at_value(), message)
                        .help("keep one: case and underscores do not count")
                        .also(path.key(first).index(*at).at_value(), "first here"),
                );
            } else {
                known.insert(plain(name), (key, index));
            }
        }
    }
    for (key, names, of, all) in [
        ("certain", &envelope.certain, "code", &envelope.code),
        (
            "uncertain",
            &envelope.uncertain,
            "message",
            &envelope.message,
        ),
    ] {
        for (index, name) in names.iter().enumerate() {
            if !all.iter().any(|known| plain(known) == plain(name)) {
                let message = format!("{} is not listed under {}", quoted(name), quoted(of));
                let place = path.key(key).index(index).at_value();
                mistakes.push(Diagnostic::new(place, message).help("add it there, or remove it"));
            }
        }
    }
    if !envelope.flag.is_empty() && !envelope.every_reply {
        let help = "name it under `others`, and mark it with `success_flag` in the operations that have it";
        let message = "`flag` needs `every_reply`";
        mistakes.push(Diagnostic::new(path.key("flag").at_key(), message).help(help));
    }
    if !envelope.outer.is_empty() && envelope.sub_code.is_empty() {
        let help = "add `sub_code` with the names of the code inside";
        let message = "`outer` needs `sub_code`";
        mistakes.push(Diagnostic::new(path.key("outer").at_key(), message).help(help));
    }
}

fn error_codes(rows: &Path<'_>, api: &Api, mistakes: &mut Mistakes) {
    let mut known: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, row) in api.errors.iter().enumerate() {
        let path = rows.index(index);
        texts::filled(&path.key("code"), Some(&row.code), mistakes);
        texts::filled(&path.key("doc"), row.doc.as_deref(), mistakes);
        for (at, status) in row.status.iter().enumerate() {
            errors::status(&path.key("status").index(at), *status, mistakes);
        }
        let earlier = known.entry(&row.code).or_default();
        let first = earlier.iter().copied().find(|first| {
            let statuses = api
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
