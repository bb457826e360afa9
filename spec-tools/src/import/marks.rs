//! Facts that can be seen in the shapes: secrets, idempotency keys, success flags, pages.
//!
//! The rules are in the list that a person reviews, with what they get wrong.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use heck::ToSnakeCase;
use serde::Deserialize;

use super::lists::{List, Reason, Wrong, entry};
use super::paging;
use super::visit::{self, Site};
use crate::diagnostic::{Diagnostic, quoted};
use crate::spec::{Field, NamedType, Operation, Ordered, ScalarOrNamed, Shape};

const FILE: &str = "marks.yaml";

/// The rules, and which of them found something.
#[derive(Debug, Default)]
pub(super) struct Marks {
    pub(super) list: List<Entries>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Entries {
    secrets: Rule,
    idempotency_keys: Rule,
    success_flags: Rule,
    paging: Rule,
}

/// Which names are marked.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Rule {
    /// Words at the end of a name, in snake case.
    ends: Vec<Word>,
    /// What ends so and is not meant.
    except: Vec<Exception>,
    /// What does not end so and is meant.
    also: Vec<Exception>,
}

#[derive(Debug, Deserialize)]
#[serde(from = "String")]
struct Word {
    text: String,
    used: AtomicBool,
}

impl From<String> for Word {
    fn from(text: String) -> Self {
        Self {
            text,
            used: AtomicBool::new(false),
        }
    }
}

/// A field, everywhere or in one operation; or an operation as a whole.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Exception {
    field: Option<String>,
    operation: Option<String>,
    #[serde(rename = "reason")]
    _reason: Reason,
    #[serde(skip)]
    used: AtomicBool,
}

impl Exception {
    fn is(&self, operation: &str, field: &str) -> bool {
        let same = self.operation.as_deref().is_none_or(|own| own == operation)
            && self.field.as_deref().is_none_or(|own| own == field);
        if same {
            self.used.store(true, Ordering::Relaxed);
        }
        same
    }
}

impl Rule {
    /// Whether the rule, or what a person said of it, takes a field.
    fn takes(&self, operation: &str, wire: &str) -> bool {
        let snake = wire.to_snake_case();
        let ends = |word: &&Word| {
            snake
                .strip_suffix(word.text.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.ends_with('_'))
        };
        if let Some(word) = self.ends.iter().find(ends) {
            word.used.store(true, Ordering::Relaxed);
            return !self
                .except
                .iter()
                .any(|exception| exception.is(operation, wire));
        }
        self.also.iter().any(|more| more.is(operation, wire))
    }
}

impl Marks {
    pub(super) fn read(spec: &Path) -> Result<Self, Wrong> {
        Ok(Self {
            list: List::read(spec, FILE)?,
        })
    }

    /// Marks what an operation shows.
    pub(super) fn operation(&self, service: &str, operation: &mut Operation) {
        let name = format!("{service}/{}", operation.operation);
        visit::operation(operation, &mut |site, field| self.field(&name, site, field));
        let rule = &self.list.entries.paging;
        operation.paging = paging::of(operation);
        // Exceptions also give the reason where the rule finds a token, but no way from page to page.
        if (operation.paging.is_some() || paging::gives_token(operation))
            && rule.except.iter().any(|exception| exception.is(&name, ""))
        {
            operation.paging = None;
        }
    }

    /// Marks what the types of a service show.
    pub(super) fn types(&self, service: &str, types: &mut Ordered<String, NamedType>) {
        let name = format!("{service}/");
        visit::types(types, &mut |site, field| self.field(&name, site, field));
    }

    fn field(&self, operation: &str, site: Site<'_>, field: &mut Field) {
        self.success_flag(operation, site, field);
        let text = matches!(field.shape(), Some(Shape::Name(ScalarOrNamed::String)));
        if !text || site.element || field.encoding.is_some() {
            return;
        }
        field.secret = self.list.entries.secrets.takes(operation, site.wire);
        let at_top = matches!(site.path, [section, _] if matches!(section.as_str(), "query" | "headers" | "body"));
        field.idempotency_key = at_top
            && self
                .list
                .entries
                .idempotency_keys
                .takes(operation, site.wire);
    }

    /// Marks what says whether a call worked, at the top of a reply or in its `result`; and in the elements of its
    /// lists what says whether one of them did, if a code or a message says why not.
    fn success_flag(&self, operation: &str, site: Site<'_>, field: &mut Field) {
        let flag = |wire: &str, field: &Field| {
            let boolean = matches!(
                field.shape(),
                Some(Shape::Name(ScalarOrNamed::Boolean | ScalarOrNamed::String))
            );
            boolean && self.list.entries.success_flags.takes(operation, wire)
        };
        match (site.path, &mut field.object) {
            ([section, _], None) if section == "response" && !site.element => {
                field.success_flag |= flag(site.wire, field);
            }
            ([section, rest @ ..], Some(object))
                if section == "response"
                    && (if site.element {
                        object.iter().any(|(wire, _)| tells_why(wire))
                    } else {
                        rest == ["result"]
                    }) =>
            {
                for (wire, inner) in object.iter_mut() {
                    inner.success_flag |= flag(wire, inner);
                }
            }
            _ => {}
        }
    }

    /// Rules and exceptions that found nothing.
    pub(super) fn stale(&self) -> Vec<Diagnostic> {
        let entries = &self.list.entries;
        let rules = [
            ("secrets", &entries.secrets),
            ("idempotency_keys", &entries.idempotency_keys),
            ("success_flags", &entries.success_flags),
            ("paging", &entries.paging),
        ];
        let mut stale = Vec::new();
        let mut report = |rule: &str, part: &str, index: usize, what: String| {
            let mut keys = vec![crate::diagnostic::Step::Key(rule.to_owned())];
            keys.extend(entry(part, index));
            let message = format!("this no longer applies: the package has no {what}");
            stale.push(self.list.mistake(&keys, message).help("remove it"));
        };
        for (name, rule) in rules {
            for (index, word) in rule
                .ends
                .iter()
                .enumerate()
                .filter(|(_, word)| !word.used.load(Ordering::Relaxed))
            {
                report(
                    name,
                    "ends",
                    index,
                    format!("field that ends in {}", quoted(&word.text)),
                );
            }
            for (part, all) in [("except", &rule.except), ("also", &rule.also)] {
                for (index, one) in all
                    .iter()
                    .enumerate()
                    .filter(|(_, one)| !one.used.load(Ordering::Relaxed))
                {
                    let names = [one.operation.as_deref(), one.field.as_deref()];
                    let what = names
                        .into_iter()
                        .flatten()
                        .map(quoted)
                        .collect::<Vec<_>>()
                        .join(" with ");
                    report(name, part, index, format!("such field: {what}"));
                }
            }
        }
        stale
    }
}

/// Whether a field says why something failed, judged by its name.
fn tells_why(wire: &str) -> bool {
    let snake = wire.to_snake_case();
    let mut words = snake.split('_');
    matches!(snake.as_str(), "code" | "message" | "msg")
        || words.any(|word| word.starts_with("err"))
}
