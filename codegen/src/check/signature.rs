use super::Mistakes;
use super::texts;
use crate::diagnostic::{Diagnostic, quoted};
use crate::similar::instead;
use crate::spec::template::{Part, parts};
use crate::spec::walk::Path;
use crate::spec::{Api, Operation, Signature, SignatureField, SignedValue, Signer};

/// Checks the signatures of an API.
pub(super) fn schemes(path: &Path<'_>, api: &Api, mistakes: &mut Mistakes) {
    for (name, signature) in api.signatures.iter() {
        let path = path.key(name);
        texts::filled(&path.key("doc"), signature.doc.as_deref(), mistakes);
        texts::filled(&path.key("text"), Some(&signature.text), mistakes);
        text(&path.key("text"), &signature.text, mistakes);
        fields(&path.key("query"), signature, api, mistakes);
    }
}

fn text(path: &Path<'_>, text: &str, mistakes: &mut Mistakes) {
    for part in parts(text) {
        let (place, message) = match part {
            Part::Name(name) if SignedValue::named(name).is_none() => {
                let piece = format!("{{{name}}}");
                let message = format!("unknown value {} in the signed text", quoted(&piece));
                (path.at_piece(&piece), message)
            }
            Part::Mistake(_) => {
                let message = "the signed text has braces that do not fit together";
                (path.at_value(), message.to_owned())
            }
            Part::Text(_) | Part::Name(_) => continue,
        };
        let known = SignedValue::ALL.map(|(name, _)| format!("`{{{name}}}`"));
        let help = format!("the values are {}", known.join(", "));
        mistakes.push(Diagnostic::new(place, message).help(help));
    }
}

fn fields(path: &Path<'_>, signature: &Signature, api: &Api, mistakes: &mut Mistakes) {
    let mut taken: Vec<(SignatureField, &str)> = Vec::new();
    for (name, value) in signature.query.iter() {
        let place = path.key(name);
        if api.token.query.as_deref() == Some(name) {
            let message = format!("{} carries the token", quoted(name));
            mistakes.push(Diagnostic::new(place.at_key(), message).help("name another field"));
        }
        if let Some((_, first)) = taken.iter().find(|(known, _)| known == value) {
            let message = format!("a second field takes the {}", value.as_str());
            mistakes.push(
                Diagnostic::new(place.at_value(), message)
                    .help("keep one")
                    .also(path.key(first).at_value(), "first here"),
            );
        }
        taken.push((*value, name));
    }
    if !taken
        .iter()
        .any(|(value, _)| *value == SignatureField::Signature)
    {
        let help = "add the field that does, as in `{ timestamp: timestamp, sign: signature }`";
        mistakes.push(Diagnostic::new(path.at_key(), "no field takes the signature").help(help));
    }
}

/// Checks the webhook and the signature of an operation. A user's own operation has no API.
pub(super) fn operation(
    path: &Path<'_>,
    op: &Operation,
    api: Option<&Api>,
    mistakes: &mut Mistakes,
) {
    let query = path.key("query");
    let sent = |name: &str, mistakes: &mut Mistakes| {
        if op.query.get(name).is_some() {
            let message = format!("the client sends {} itself", quoted(name));
            mistakes.push(Diagnostic::new(query.key(name).at_key(), message).help("remove it"));
        }
    };
    if let Some(field) = &op.webhook {
        let key = path.key("webhook");
        texts::filled(&key, Some(field), mistakes);
        if op.needs_token() {
            let message = "an operation with a webhook takes no token";
            mistakes.push(Diagnostic::new(key.at_key(), message).help("write `token: none`"));
        }
        sent(field, mistakes);
    }
    let (Some(name), Some(api)) = (&op.signature, api) else {
        return;
    };
    let key = path.key("signature");
    let Some(signature) = api.signatures.get(name) else {
        let known = api.signatures.iter().map(|(name, _)| name.as_str());
        let message = format!("unknown signature {}", quoted(name));
        mistakes.push(Diagnostic::new(key.at_value(), message).help(instead(name, known)));
        return;
    };
    if signature.signer == Signer::Webhook && op.webhook.is_none() {
        let message = format!("{} needs a webhook, whose secret signs", quoted(name));
        let help = "add `webhook` with the field of the webhook's URL that identifies it";
        mistakes.push(Diagnostic::new(key.at_value(), message).help(help));
    }
    for (field, _) in signature.query.iter() {
        sent(field, mistakes);
    }
}
