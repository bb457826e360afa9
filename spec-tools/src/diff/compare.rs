//! From two surfaces to what changed.

use std::collections::BTreeSet;

use super::surface::{Fact, Item, ORDER, Surface};
use super::{Action, Change, ItemKind, Level};
use crate::diagnostic::{At, Place, Step};

/// All changes. An item added or removed with its parent is not listed itself.
pub(super) fn compare(old: &Surface, new: &Surface) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut renamed = BTreeSet::new();
    for (path, item) in old {
        if let Some(now) = new.get(path) {
            facts(path, item, now, &mut changes);
        } else if stays(item, new) {
            if let Some((name, now)) = other_name(path, item, old, new, &renamed) {
                renamed.insert(name);
                let change = Change {
                    old: Some(path.clone()),
                    new: Some(name.clone()),
                    ..change(Level::Breaking, Action::Renamed, path, now)
                };
                changes.push(change);
            } else {
                changes.push(change(Level::Breaking, Action::Removed, path, item));
            }
        }
    }
    let added = new.iter().filter(|(path, item)| {
        !old.contains_key(*path) && stays(item, old) && !renamed.contains(path)
    });
    changes.extend(added.map(|(path, item)| change(item.added, Action::Added, path, item)));
    changes
}

/// Whether the item's parent is in the other surface too.
fn stays(item: &Item, other: &Surface) -> bool {
    item.parent
        .as_ref()
        .is_none_or(|parent| other.contains_key(parent))
}

/// The new item with the same wire format and another name in Rust.
fn other_name<'a>(
    path: &str,
    item: &Item,
    old: &Surface,
    new: &'a Surface,
    taken: &BTreeSet<&String>,
) -> Option<(&'a String, &'a Item)> {
    item.wire.as_ref()?;
    let start = item.parent.as_deref().unwrap_or_default();
    let near = new
        .range(start.to_owned()..)
        .take_while(|(name, _)| name.starts_with(start));
    let mut near = near.filter(|(name, now)| {
        now.kind == item.kind && now.parent == item.parent && now.wire == item.wire && *name != path
    });
    near.find(|(name, _)| !old.contains_key(*name) && !taken.contains(name))
}

fn facts(path: &str, old: &Item, new: &Item, changes: &mut Vec<Change>) {
    let find = |item: &Item, name: &str| {
        let fact = item.facts.iter().find(|fact| fact.name == name);
        fact.map(|fact| fact.value.clone()).unwrap_or_default()
    };
    let only_old = old
        .facts
        .iter()
        .filter(|fact| new.facts.iter().all(|f| f.name != fact.name));
    for Fact { name, level, .. } in new.facts.iter().chain(only_old) {
        let (was, is) = (find(old, name), find(new, name));
        if was == is || (*name == ORDER && !reordered(&was, &is)) {
            continue;
        }
        changes.push(Change {
            fact: Some(*name),
            old: Some(was),
            new: Some(is),
            place: place(new, name),
            ..change(*level, Action::Changed, path, new)
        });
    }
}

/// The place of a fact: most facts of an operation are keys of its file.
fn place(item: &Item, fact: &str) -> Place {
    let key = match (item.kind, fact) {
        (ItemKind::Operation, "action") => "operation",
        (ItemKind::Operation, "arguments") => "path",
        (ItemKind::Operation, "reply") => "response",
        (ItemKind::Operation, "items") => "paging",
        (ItemKind::Event, "kind" | "type") => return item.place.clone(),
        (ItemKind::Operation | ItemKind::Event, key) => key,
        _ => return item.place.clone(),
    };
    Place {
        at: At::Key(vec![Step::Key(key.to_owned())]),
        ..item.place.clone()
    }
}

/// Whether two lists have the same names in another order. Other differences are reported for the fields.
fn reordered(old: &str, new: &str) -> bool {
    let sorted = |list: &str| {
        let mut names: Vec<String> = list.split(", ").map(str::to_owned).collect();
        names.sort();
        names
    };
    sorted(old) == sorted(new)
}

fn change(level: Level, action: Action, path: &str, item: &Item) -> Change {
    Change {
        level,
        action,
        kind: item.kind,
        item: path.to_owned(),
        fact: None,
        old: None,
        new: None,
        owner: item.owner.clone(),
        place: item.place.clone(),
    }
}
