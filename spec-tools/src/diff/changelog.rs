//! Changes as a changelog in the style of Keep a Changelog.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::{Action, Change, Changes, ItemKind, Level};

impl Changes {
    /// The sections `Added`, `Changed` and `Removed`, without empty ones.
    pub fn changelog(&self) -> String {
        let mut out = String::new();
        let noticed = || {
            self.0
                .iter()
                .filter(|change| change.level > Level::Documentation)
        };
        section(
            &mut out,
            "Added",
            added(noticed().filter(|change| change.action == Action::Added)),
        );
        let mut changed: Vec<String> = noticed()
            .filter(|change| matches!(change.action, Action::Changed | Action::Renamed))
            .map(line)
            .collect();
        if self.count(Level::Documentation) > 0 {
            changed.push("Documentation.".to_owned());
        }
        section(&mut out, "Changed", changed);
        section(
            &mut out,
            "Removed",
            noticed()
                .filter(|change| change.action == Action::Removed)
                .map(line)
                .collect(),
        );
        out
    }
}

fn section(out: &mut String, title: &str, lines: Vec<String>) {
    if lines.is_empty() {
        return;
    }
    if !out.is_empty() {
        out.push('\n');
    }
    let _ = writeln!(out, "### {title}\n");
    for line in lines {
        let _ = writeln!(out, "- {line}");
    }
}

fn line(change: &Change) -> String {
    let mark = if change.level == Level::Breaking {
        "**Breaking:** "
    } else {
        ""
    };
    format!("{mark}{}.", change.text())
}

/// Additions: a line for each service, and one for each operation that gained something.
fn added<'a>(changes: impl Iterator<Item = &'a Change>) -> Vec<String> {
    let mut lines = Vec::new();
    let mut operations: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut parts: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    for change in changes {
        match (&change.owner, change.kind) {
            _ if change.level == Level::Breaking => lines.push(line(change)),
            (Some((service, _)), ItemKind::Service) => {
                lines.push(format!("The service `{service}`."));
            }
            (Some((group, _)), ItemKind::EventGroup) => {
                lines.push(format!("The events `{group}`."));
            }
            (Some((service, Some(operation))), ItemKind::Operation | ItemKind::Event) => {
                operations.entry(service).or_default().push(operation);
            }
            (Some((service, operation)), _) => {
                let owner = (service.as_str(), operation.as_deref().unwrap_or_default());
                // Without the service's and the operation's module.
                let item = change.item.splitn(3, "::").last().unwrap_or_default();
                parts.entry(owner).or_default().push(format!("`{item}`"));
            }
            (None, _) => lines.push(line(change)),
        }
    }
    for (service, names) in operations {
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        lines.push(format!("{} of `{service}`.", names.join(", ")));
    }
    for ((service, operation), names) in parts {
        let owner = if operation.is_empty() {
            format!("`{service}`")
        } else {
            format!("`{operation}` of `{service}`")
        };
        lines.push(format!("In {owner}: {}.", names.join(", ")));
    }
    lines
}
