//! What all operations share, as users see it.

use super::surface::{Item, Surface};
use super::{ItemKind, Level};
use crate::diagnostic::{At, Place, Step};
use crate::sources::PLATFORM;
use crate::spec::{Platform, PlatformError};

/// What the crate calls the platform.
const PATH: &str = "platform::PLATFORM";

/// Adds the items of a platform.
pub(super) fn of(platform: &Platform, surface: &mut Surface) {
    let mut item = item(ItemKind::Platform, None, "token_header");
    let default = platform.servers.iter().next();
    let default = default.map(|(name, _)| name.as_str()).unwrap_or_default();
    item.fact(Level::Breaking, "default_server", default);
    item.fact(Level::Breaking, "token_header", &*platform.token_header);
    let headers = platform.request_id_headers.join(", ");
    item.fact(Level::Additive, "request_id_headers", headers);
    let errors: Vec<String> = platform.errors.iter().map(error).collect();
    item.fact(Level::Additive, "errors", errors.join("; "));
    surface.insert(PATH.to_owned(), item);
    for (name, server) in platform.servers.iter() {
        let mut item = part(ItemKind::Server, "servers", name);
        item.fact(Level::Breaking, "address", &*server.url);
        item.fact(
            Level::Documentation,
            "doc",
            server.doc.as_deref().unwrap_or_default(),
        );
        surface.insert(format!("{PATH}.servers.{name}"), item);
    }
    for (name, grant) in platform.grants.iter() {
        let mut item = part(ItemKind::Grant, "grants", name);
        item.fact(Level::Additive, "grant", format!("{grant:?}"));
        surface.insert(format!("{PATH}.grants.{name}"), item);
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

fn part(kind: ItemKind, section: &str, name: &str) -> Item {
    item(kind, Some(name), section)
}

fn item(kind: ItemKind, name: Option<&str>, section: &str) -> Item {
    let steps = [Some(section), name].into_iter().flatten();
    Item {
        kind,
        parent: None,
        wire: None,
        added: Level::Additive,
        facts: Vec::new(),
        owner: None,
        place: Place {
            file: PLATFORM.to_owned(),
            at: At::Key(steps.map(|step| Step::Key(step.to_owned())).collect()),
        },
    }
}
