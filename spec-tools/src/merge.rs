//! Facts, put into a reviewed file.
//!
//! What the file says wins and stays as it is; what it does not say is added; each difference is a
//! [`Finding`]. Texts (`summary`, `doc`) and names in Rust are a reviewer's: they are filled in where
//! a thing is new, and never compared.

mod edit;
mod errors;
mod event;
mod examples;
mod fields;
mod finding;
mod shapes;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::diagnostic::Step;
use crate::document::{Document, Map, Node, Scalar, model};
use crate::resolve;
use crate::spec::{AppType, BodyEncoding, Fields, NamedType, Operation, Ordered, ServiceFile};

pub use event::event;
pub(crate) use finding::locate;
pub(crate) use finding::shown_path;
pub use finding::{Finding, Kind};

/// Puts facts about an operation into its file. `service` is the file that its service's operations
/// share, after it was merged itself.
pub fn operation(
    document: &mut Document,
    facts: &Operation,
    service: Option<&Document>,
) -> Vec<Finding> {
    let Some(reviewed) = document.model::<Operation>() else {
        return Vec::new();
    };
    let shared = service.and_then(Document::model::<ServiceFile>);
    let shared = shared.unwrap_or_default().types;
    let mut findings = add(document, &reviewed, facts, service, &shared);
    findings.extend(add_example(document, &reviewed, facts));
    for file in [Some(&*document), service].into_iter().flatten() {
        locate_in(&mut findings, file);
    }
    findings
}

/// The same without the example, for one who has the models of both files. The findings have no place yet.
pub(crate) fn add(
    document: &mut Document,
    reviewed: &Operation,
    facts: &Operation,
    service: Option<&Document>,
    shared: &Ordered<String, NamedType>,
) -> Vec<Finding> {
    let mut merger = Merger::new(document, &reviewed.types, &facts.types);
    (merger.service, merger.shared) = (service, Some(shared));
    merger.head(reviewed, facts);
    merger.request(reviewed, facts);
    merger.reply(reviewed, facts);
    merger.paging(reviewed, facts);
    merger.new_types();
    merger.errors(&reviewed.errors, &facts.errors);
    merger.findings
}

/// Puts an example into an operation's file. The findings have no place yet.
pub(crate) fn add_example(
    document: &mut Document,
    reviewed: &Operation,
    facts: &Operation,
) -> Vec<Finding> {
    let mut merger = Merger::new(document, &reviewed.types, &facts.types);
    merger.example(reviewed, facts);
    merger.findings
}

/// Puts facts about what a service's operations share into its file.
pub fn service(document: &mut Document, facts: &ServiceFile) -> Vec<Finding> {
    let Some(reviewed) = document.model::<ServiceFile>() else {
        return Vec::new();
    };
    let mut merger = Merger::new(document, &reviewed.types, &facts.types);
    merger.added_types = facts.types.iter().map(|(name, _)| name.clone()).collect();
    if let (None, Some(summary)) = (&reviewed.summary, &facts.summary) {
        merger.add(&[], "summary", Scalar::text(summary));
    }
    if let (None, Some(api)) = (&reviewed.api, &facts.api) {
        merger.add(&[], "api", Scalar::text(api));
    }
    merger.new_types();
    for (name, _) in reviewed.types.iter() {
        if facts.types.get(name).is_none() {
            merger.only_in_file(&[key("types"), key(name)]);
        }
    }
    let mut findings = merger.findings;
    locate_in(&mut findings, document);
    findings
}

/// Fills in where in a file findings are.
fn locate_in(findings: &mut [Finding], file: &Document) {
    locate(findings, file.file(), &file.to_string());
}

/// A step into the value of a key.
fn key(name: &str) -> Step {
    Step::Key(name.to_owned())
}

/// A path with another step.
fn join(path: &[Step], step: Step) -> Vec<Step> {
    let mut path = path.to_vec();
    path.push(step);
    path
}

/// The fields of a section that a file does not have.
static NO_FIELDS: LazyLock<Fields> = LazyLock::new(Fields::default);

struct Merger<'a> {
    document: &'a mut Document,
    service: Option<&'a Document>,
    /// The types that the file has by name, those that its service has, and those of the facts.
    own: &'a Ordered<String, NamedType>,
    shared: Option<&'a Ordered<String, NamedType>>,
    facts: &'a Ordered<String, NamedType>,
    findings: Vec<Finding>,
    /// Types of the facts that are used by what was added.
    added_types: Vec<String>,
    /// Pairs of types, of the file and of the facts, that were compared already.
    compared: BTreeSet<(String, String)>,
    /// Types with the places where they were come upon.
    uses: Vec<(Vec<Step>, Vec<Step>)>,
    /// True while what is compared is in the service's file, which is not written here.
    in_service: bool,
}

impl<'a> Merger<'a> {
    fn new(
        document: &'a mut Document,
        own: &'a Ordered<String, NamedType>,
        facts: &'a Ordered<String, NamedType>,
    ) -> Self {
        Self {
            document,
            service: None,
            own,
            shared: None,
            facts,
            findings: Vec::new(),
            added_types: Vec::new(),
            compared: BTreeSet::new(),
            uses: Vec::new(),
            in_service: false,
        }
    }
}

impl Merger<'_> {
    /// What an operation is and how it is called.
    fn head(&mut self, reviewed: &Operation, facts: &Operation) {
        self.text(
            "operation",
            Some(&reviewed.operation),
            Some(&facts.operation),
        );
        let method = resolve::method;
        if reviewed.operation == facts.operation && method(reviewed) != method(facts) {
            let at = if reviewed.rust_name.is_some() {
                "rust_name"
            } else {
                "operation"
            };
            self.disagree(&[key(at)], method(reviewed), method(facts));
        }
        for (key, own, fact) in [
            ("title", &reviewed.title, &facts.title),
            ("doc", &reviewed.doc, &facts.doc),
        ] {
            if let (None, Some(fact)) = (own, fact) {
                self.add(&[], key, Scalar::text(fact));
            }
        }
        self.text(
            "source",
            reviewed.source.as_deref(),
            facts.source.as_deref(),
        );
        self.text(
            "method",
            Some(reviewed.method.as_str()),
            Some(facts.method.as_str()),
        );
        self.text("path", Some(&reviewed.path), Some(&facts.path));
        self.text(
            "encoding",
            reviewed.encoding.map(BodyEncoding::as_str),
            facts.encoding.map(BodyEncoding::as_str),
        );
        self.text(
            "response_field",
            reviewed.response_field.as_deref(),
            facts.response_field.as_deref(),
        );
        let kinds = |op: &Operation| -> Vec<_> {
            let kinds = op.app_types.iter().copied();
            kinds.map(AppType::as_str).collect()
        };
        self.words("app_types", &kinds(reviewed), &kinds(facts));
        self.text(
            "permission",
            reviewed.permission.as_deref(),
            facts.permission.as_deref(),
        );
        match (&reviewed.token, &facts.token) {
            (None, Some(fact)) => self.add(&[], "token", model::token(fact)),
            (Some(own), Some(fact)) if own != fact => {
                let shown = |token| model::token(token).one_line();
                self.disagree(&[key("token")], shown(own), shown(fact));
            }
            // That a token is sent is all that such facts know.
            (Some(_), None) if !reviewed.needs_token() => self.only_in_file(&[key("token")]),
            _ => {}
        }
        match (reviewed.idempotent, facts.idempotent) {
            (None, Some(value)) => self.add(&[], "idempotent", Scalar::bare(value)),
            (Some(own), Some(value)) if own != value => {
                self.disagree(&[key("idempotent")], own.to_string(), value.to_string());
            }
            _ => {}
        }
    }

    fn text(&mut self, name: &str, own: Option<&str>, fact: Option<&str>) {
        match (own, fact) {
            (None, Some(fact)) => self.add(&[], name, Scalar::text(fact)),
            (Some(own), Some(fact)) if own != fact => self.disagree(&[key(name)], own, fact),
            _ => {}
        }
    }

    /// A list of words in any order.
    fn words(&mut self, name: &str, own: &[&str], facts: &[&str]) {
        let node = |words: &[&str]| -> Node {
            let words = words.iter();
            words.map(|word| Node::from(Scalar::text(*word))).collect()
        };
        if facts.is_empty() {
            return;
        }
        if own.is_empty() {
            self.add(&[], name, node(facts));
        } else if own.len() != facts.len() || !facts.iter().all(|fact| own.contains(fact)) {
            self.disagree(&[key(name)], node(own).one_line(), node(facts).one_line());
        }
    }

    fn paging(&mut self, reviewed: &Operation, facts: &Operation) {
        match (&reviewed.paging, &facts.paging) {
            (None, Some(fact)) => self.add(&[], "paging", model::paging(fact)),
            (Some(own), Some(fact)) if own != fact => {
                let one_line = |paging| Node::from(model::paging(paging)).one_line();
                self.disagree(&[key("paging")], one_line(own), one_line(fact));
            }
            _ => {}
        }
    }

    /// Declares the types that were added by name, and merges those that are declared already.
    fn new_types(&mut self) {
        let facts = self.facts;
        let mut next = 0;
        while let Some(name) = self.added_types.get(next).cloned() {
            next += 1;
            let Some(fact) = facts.get(&name) else {
                continue;
            };
            let path = [key("types"), key(&name)];
            if let Some(own) = self.own.get(&name) {
                if self.compared.insert((name.clone(), name)) {
                    self.named_type(&path, own, fact);
                }
            } else if let Some(own) = self.shared_type(&name) {
                if self.compared.insert((name.clone(), name)) {
                    self.in_service = true;
                    self.named_type(&path, own, fact);
                    self.in_service = false;
                }
            } else if !self.says(&path) {
                if !self.says(&[key("types")]) {
                    self.put(&[], "types", Map::default());
                }
                self.add(&[key("types")], &name, model::named_type(fact));
                if let Some(fields) = &fact.object {
                    self.need_types_of(fields);
                }
            }
        }
    }
}
