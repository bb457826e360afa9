use super::platform::unknown_service;
use super::{Mistakes, Subject};
use crate::diagnostic::{Diagnostic, Place, quoted};
use crate::similar::instead;
use crate::spec::walk::Path;
use crate::spec::{Fields, Grant, Operation};

/// Checks a grant of `platform.yaml`.
pub(super) fn check(
    subject: &Subject<'_>,
    path: &Path<'_>,
    grant: &Grant,
    mistakes: &mut Mistakes,
) {
    let operation = path.key("operation");
    let Some((service, action)) = grant.operation.split_once('/') else {
        let message = format!("{} does not name an operation", quoted(&grant.operation));
        let help = "write a service and an operation, as in `oauth2_1_0/GetAccessToken`";
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
            quoted(service),
            quoted(action)
        );
        let help = instead(action, actions);
        mistakes.push(Diagnostic::new(operation.at_value(), message).help(help));
    }
    let op = parsed.and_then(|s| s.operations.values().find(|op| op.operation == action));
    if let Some(op) = op {
        fields(path, grant, op, mistakes);
    }
}

/// The operation must be able to give a token.
fn fields(path: &Path<'_>, grant: &Grant, op: &Operation, mistakes: &mut Mistakes) {
    if op.needs_token() {
        let message = format!("{} needs a token itself", quoted(&grant.operation));
        let help = "mark the operation with `token: none`, or name another";
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
    constants(path, grant, op, body, mistakes);
    path_values(path, grant, op, mistakes);
    let given =
        |name: &str| grant.request.get(name).is_some() || grant.constants.get(name).is_some();
    let needed = op.request_fields().filter(|(_, _, field)| field.required);
    for (_, name, _) in needed.filter(|(_, name, _)| !given(name)) {
        let message = format!(
            "{} requires {}, which the grant does not set",
            quoted(&op.operation),
            quoted(name)
        );
        mistakes.push(
            Diagnostic::new(request.at_key(), message)
                .help("add it with the credential that it takes"),
        );
    }
    let reply = path.key("reply");
    let response = op.response.as_ref().unwrap_or(&empty);
    let named = [
        ("token", Some(&grant.reply.token)),
        ("expires_in", Some(&grant.reply.expires_in)),
        ("refresh_token", grant.reply.refresh_token.as_ref()),
        ("organisation", grant.reply.organisation.as_ref()),
    ];
    for (key, name) in named {
        if let Some(name) = name.filter(|name| response.get(name).is_none()) {
            let place = reply.key(key).at_value();
            mistakes.push(no_field(name, "reply", response, op, place));
        }
    }
}

fn constants(
    path: &Path<'_>,
    grant: &Grant,
    op: &Operation,
    body: &Fields,
    mistakes: &mut Mistakes,
) {
    let constants = path.key("constants");
    for (name, _) in grant.constants.iter() {
        let place = constants.key(name).at_key();
        if body.get(name).is_none() {
            mistakes.push(no_field(name, "body", body, op, place));
        } else if grant.request.get(name).is_some() {
            let message = format!("{} is set twice", quoted(name));
            let help = "keep it under `request` or under `constants`";
            mistakes.push(
                Diagnostic::new(place, message)
                    .help(help)
                    .also(path.key("request").key(name).at_key(), "also set here"),
            );
        }
    }
}

fn path_values(path: &Path<'_>, grant: &Grant, op: &Operation, mistakes: &mut Mistakes) {
    let given = path.key("path");
    let known = op.path_params.iter().map(|(name, _)| name.as_str());
    let known: Vec<&str> = known.collect();
    for (name, _) in grant.path.iter() {
        if !known.contains(&name.as_str()) {
            let place = given.key(name).at_key();
            mistakes.push(missing(name, "path", &known, op, place));
        }
    }
    for name in known.iter().filter(|name| grant.path.get(name).is_none()) {
        let message = format!(
            "the path of {} requires {}, which the grant does not set",
            quoted(&op.operation),
            quoted(name)
        );
        let help = "add it under `path` with the credential that it takes";
        mistakes.push(Diagnostic::new(path.key("operation").at_value(), message).help(help));
    }
}

fn no_field(name: &str, part: &str, fields: &Fields, op: &Operation, place: Place) -> Diagnostic {
    let known: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
    missing(name, part, &known, op, place)
}

fn missing(name: &str, part: &str, known: &[&str], op: &Operation, place: Place) -> Diagnostic {
    let message = format!(
        "the {part} of {} has no field {}",
        quoted(&op.operation),
        quoted(name)
    );
    let help = instead(name, known.iter().copied());
    Diagnostic::new(place, message).help(help)
}
