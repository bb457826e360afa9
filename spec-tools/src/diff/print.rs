//! Changes in words, for people and for programs.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Action, Advice, Change, Changes, ItemKind, Level, Side, Version};
use crate::diagnostic::{At, Span};
use crate::sources::Sources;
use crate::spanned;

/// A longer value is not printed.
const LONG: usize = 100;

impl Level {
    /// The level in a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Documentation => "documentation",
            Self::Additive => "additive",
            Self::Breaking => "breaking",
        }
    }
}

impl Action {
    fn as_str(self) -> &'static str {
        match self {
            Self::Removed => "removed",
            Self::Renamed => "renamed",
            Self::Changed => "changed",
            Self::Added => "added",
        }
    }
}

impl ItemKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Server => "server",
            Self::Api => "API",
            Self::Grant => "grant",
            Self::Signature => "signature",
            Self::Service => "service",
            Self::Operation => "operation",
            Self::EventGroup => "group of events",
            Self::Event => "event",
            Self::Struct => "struct",
            Self::Constructor => "constructor",
            Self::Field => "field",
            Self::Enum => "enum",
            Self::Value => "value",
            Self::Errors => "error enum",
            Self::Variant => "error",
            Self::Code => "code of an error",
        }
    }
}

impl Change {
    /// What changed, in a line.
    pub fn text(&self) -> String {
        let (kind, item) = (self.kind.as_str(), &self.item);
        let quoted = |text: &Option<String>| match text.as_deref() {
            None | Some("") => "nothing".to_owned(),
            Some(text) => format!("`{text}`"),
        };
        match (self.action, self.fact) {
            (Action::Removed, _) => format!("{kind} `{item}` was removed"),
            (Action::Renamed, _) => format!("{kind} `{item}` was renamed to {}", quoted(&self.new)),
            (Action::Added, _) if self.level == Level::Breaking => {
                format!("{kind} `{item}` was added, and is required")
            }
            (Action::Added, _) => format!("{kind} `{item}` was added"),
            (Action::Changed, fact) => {
                let fact = fact.unwrap_or_default().replace('_', " ");
                let long = |text: &Option<String>| text.as_ref().is_some_and(|t| t.len() > LONG);
                if self.level == Level::Documentation || long(&self.old) || long(&self.new) {
                    return format!("{kind} `{item}`: {fact} changed");
                }
                let (old, new) = (quoted(&self.old), quoted(&self.new));
                format!("{kind} `{item}`: {fact} changed from {old} to {new}")
            }
        }
    }
}

/// Both specs as text, to look up the places of changes.
struct Texts<'a> {
    old: &'a Sources,
    new: &'a Sources,
    parsed: BTreeMap<(bool, &'a str), Option<spanned::Document>>,
}

impl<'a> Texts<'a> {
    fn new(old: &Side<'a>, new: &Side<'a>) -> Self {
        Self {
            old: old.sources,
            new: new.sources,
            parsed: BTreeMap::new(),
        }
    }

    /// The file of a change, and where in it.
    fn locate(&mut self, change: &'a Change) -> (String, Option<Span>) {
        let gone = change.action == Action::Removed || change.new.as_deref() == Some("");
        let sources = if gone { self.old } else { self.new };
        let file = change.place.file.as_str();
        let Some(text) = sources.text(file) else {
            // A service may do without a file of its own.
            let folder = file.split('/').next().unwrap_or(file);
            return (format!("{}/{folder}", sources.root), None);
        };
        let shown = format!("{}/{file}", sources.root);
        if change.place.at == At::File {
            return (shown, None);
        }
        let parsed = self
            .parsed
            .entry((gone, file))
            .or_insert_with(|| spanned::parse(&text).ok());
        let span = parsed
            .as_ref()
            .and_then(|document| document.find(&text, &change.place.at));
        (shown, span)
    }
}

impl Changes {
    /// The changes, one per line, and the version that they require.
    pub fn text(&self, old: &Side<'_>, new: &Side<'_>) -> String {
        let mut texts = Texts::new(old, new);
        let mut out = String::new();
        let mut level = None;
        for change in &self.0 {
            if level.replace(change.level) != Some(change.level) {
                let _ = writeln!(out, "{}:", change.level.as_str());
            }
            let (file, at) = texts.locate(change);
            let at = at
                .map(|at| format!(":{}:{}", at.line, at.column))
                .unwrap_or_default();
            let _ = writeln!(out, "  {file}{at}: {}", change.text());
        }
        let counts = [Level::Breaking, Level::Additive, Level::Documentation];
        let counts = counts.map(|level| format!("{} {}", self.count(level), level.as_str()));
        let _ = writeln!(out, "{}: {}", counts.join(", "), self.advice(old, new));
        out
    }

    /// The same as JSON.
    pub fn json(&self, old: &Side<'_>, new: &Side<'_>) -> Value {
        let mut texts = Texts::new(old, new);
        let changes = self.0.iter().map(|change| {
            let (file, at) = texts.locate(change);
            let (service, operation) = change.owner.clone().unzip();
            json!({
                "level": change.level.as_str(),
                "what": change.action.as_str(),
                "kind": change.kind.as_str(),
                "item": change.item,
                "fact": change.fact,
                "old": change.old,
                "new": change.new,
                "service": service,
                "operation": operation.flatten(),
                "file": file,
                "line": at.map(|at| at.line),
                "column": at.map(|at| at.column),
                "text": change.text(),
            })
        });
        let changes: Vec<Value> = changes.collect();
        let advice = Advice::new(self.level());
        let least = old
            .version()
            .and_then(Version::parse)
            .map(|version| advice.next(version));
        json!({
            "level": self.level().map(Level::as_str),
            "raise": {
                "before_1_0": advice.before_1_0.map(super::Raise::as_str),
                "from_1_0": advice.from_1_0.map(super::Raise::as_str),
            },
            "version": {
                "old": old.version(),
                "new": new.version(),
                "least": least.map(|version| version.to_string()),
            },
            "changes": changes,
        })
    }

    fn advice(&self, old: &Side<'_>, new: &Side<'_>) -> String {
        let advice = Advice::new(self.level());
        let (Some(before), Some(after)) = (advice.before_1_0, advice.from_1_0) else {
            return "the version can stay".to_owned();
        };
        let rule = format!(
            "raise the {} version before 1.0, and the {} version from 1.0 on",
            before.as_str(),
            after.as_str()
        );
        let version = |side: &Side<'_>| side.version().and_then(Version::parse);
        let (Some(was), Some(is)) = (version(old), version(new)) else {
            return rule;
        };
        let least = advice.next(was);
        if is >= least {
            format!("{rule}; {was} to {is} is enough")
        } else {
            format!("{rule}; after {was}, at least {least} is needed, but the spec has {is}")
        }
    }
}
