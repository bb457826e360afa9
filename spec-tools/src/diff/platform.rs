//! What all operations share, as users see it.

use super::surface::{Item, Surface};
use super::{ItemKind, Level};
use crate::diagnostic::{At, Place, Step};
use crate::sources::PLATFORM;
use crate::spec::{Api, Platform, PlatformError};

/// What the crate calls the platform.
const PATH: &str = "platform::PLATFORM";

/// Adds the items of a platform.
pub(super) fn of(platform: &Platform, surface: &mut Surface) {
    let mut whole = item(ItemKind::Platform, &["apis"]);
    whole.fact(Level::Breaking, "default_api", platform.default_api());
    surface.insert(PATH.to_owned(), whole);
    for (name, one) in platform.apis.iter() {
        api(name, one, surface);
    }
    for (name, grant) in platform.grants() {
        let mut item = item(ItemKind::Grant, &["grants", name]);
        item.fact(Level::Additive, "grant", format!("{grant:?}"));
        surface.insert(format!("{PATH}.grants.{name}"), item);
    }
}

fn api(name: &str, api: &Api, surface: &mut Surface) {
    let mut made = item(ItemKind::Api, &["apis", name]);
    let default = api.servers.iter().next();
    let default = default.map(|(name, _)| name.as_str()).unwrap_or_default();
    made.fact(Level::Breaking, "default_server", default);
    let place = match (&api.token.header, &api.token.query) {
        (None, Some(field)) => format!("query {field}"),
        (header, _) => format!("header {}", header.as_deref().unwrap_or_default()),
    };
    made.fact(Level::Breaking, "token", place);
    let headers = api.request_id_headers.join(", ");
    made.fact(Level::Additive, "request_id_headers", headers);
    made.fact(Level::Additive, "envelope", format!("{:?}", api.envelope));
    for (signature, described) in api.signatures.iter() {
        let mut made = item(
            ItemKind::Signature,
            &["apis", name, "signatures", signature],
        );
        let values = (described.signer, &described.text, &described.query);
        made.fact(Level::Additive, "signature", format!("{values:?}"));
        surface.insert(format!("{PATH}.apis.{name}.signatures.{signature}"), made);
    }
    let errors: Vec<String> = api.errors.iter().map(error).collect();
    made.fact(Level::Additive, "errors", errors.join("; "));
    let doc = api.doc.as_deref().unwrap_or_default();
    made.fact(Level::Documentation, "doc", doc);
    surface.insert(format!("{PATH}.apis.{name}"), made);
    for (server, described) in api.servers.iter() {
        let mut made = item(ItemKind::Server, &["apis", name, "servers", server]);
        made.fact(Level::Breaking, "address", &*described.url);
        let doc = described.doc.as_deref().unwrap_or_default();
        made.fact(Level::Documentation, "doc", doc);
        surface.insert(format!("{PATH}.apis.{name}.servers.{server}"), made);
    }
}

fn error(error: &PlatformError) -> String {
    let status: Vec<String> = error.status.iter().map(u16::to_string).collect();
    format!(
        "{} {} {}",
        error.code,
        status.join("/"),
        error.class.as_str()
    )
}

fn item(kind: ItemKind, steps: &[&str]) -> Item {
    let steps = steps.iter();
    Item {
        kind,
        parent: None,
        wire: None,
        added: Level::Additive,
        facts: Vec::new(),
        owner: None,
        place: Place {
            file: PLATFORM.to_owned(),
            at: At::Key(steps.map(|step| Step::Key((*step).to_owned())).collect()),
        },
    }
}
