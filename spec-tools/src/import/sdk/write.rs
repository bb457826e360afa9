//! Puts the facts of a service into its files.

use std::path::Path;
use std::sync::Arc;

use dingtalk_codegen::files;

use super::facts::Service;
use crate::diagnostic::{Diagnostic, Place};
use crate::document::Document;
use crate::import::type_names;
use crate::merge::{self, Finding, Kind};
use crate::names;
use crate::schema::File;
use crate::sources::{FolderSources, operation_file, service_file};
use crate::spec::{Operation, ServiceFile};

/// What became of the files of a service.
#[derive(Debug, Default)]
pub(super) struct Written {
    /// Files that were not there.
    pub(super) new: usize,
    /// Files to which something was added.
    pub(super) changed: usize,
    /// What was added to files that were there, and what they say otherwise.
    pub(super) findings: Vec<Finding>,
    /// Operations that the package does not have.
    pub(super) others: Vec<String>,
    /// Files that could not be read or written.
    pub(super) problems: Vec<Diagnostic>,
}

/// Writes what is new, and adds to what is there.
pub(super) fn service(
    spec: &Path,
    name: &str,
    facts: &mut Service,
    known: Option<&FolderSources>,
) -> Written {
    let mut writing = Writing {
        spec,
        written: Written::default(),
    };
    let file = service_file(name);
    let text = known.and_then(|known| known.file.as_ref());
    let Ok(own) = writing.open(File::Service, &file, text) else {
        return writing.written;
    };
    let reviewed = own
        .as_ref()
        .and_then(Document::model::<ServiceFile>)
        .unwrap_or_default();
    type_names::shared(&mut facts.file.types, &reviewed.types);
    let merge = |own: &mut Document| merge::service(own, &facts.file);
    let shared = writing.put(own, merge, || Document::service(&facts.file).at(&file));

    let mut stems = Vec::new();
    for operation in &mut facts.operations {
        let method = names::method(&operation.operation);
        let stem = names::file_stem(&method);
        let file = operation_file(name, stem);
        let text = known.and_then(|known| known.members.get(stem));
        if let Ok(own) = writing.open(File::Operation, &file, text) {
            let reviewed = own.as_ref().and_then(Document::model::<Operation>);
            type_names::operation(operation, reviewed.as_ref());
            let operation = &*operation;
            let merge = |own: &mut Document| merge::operation(own, operation, Some(&shared));
            writing.put(own, merge, || Document::operation(operation).at(&file));
        }
        stems.push(stem.to_owned());
    }
    let others = known.into_iter().flat_map(|known| known.members.keys());
    let others = others.filter(|stem| !stems.contains(stem));
    writing.written.others = others.map(|stem| operation_file(name, stem)).collect();
    writing.written
}

struct Writing<'a> {
    spec: &'a Path,
    written: Written,
}

impl Writing<'_> {
    /// Reads a file that is there.
    fn open(
        &mut self,
        kind: File,
        file: &str,
        text: Option<&Arc<str>>,
    ) -> Result<Option<Document>, ()> {
        let Some(text) = text else { return Ok(None) };
        Document::read(kind, file, text)
            .map(Some)
            .map_err(|mistakes| self.written.problems.extend(mistakes))
    }

    /// Merges into a file that is there, or makes it. Gives what it says then.
    fn put(
        &mut self,
        own: Option<Document>,
        merge: impl FnOnce(&mut Document) -> Vec<Finding>,
        make: impl FnOnce() -> Document,
    ) -> Document {
        let (document, new) = match own {
            Some(mut own) => {
                let findings = merge(&mut own);
                let added = findings.iter().any(|finding| finding.kind == Kind::Added);
                self.written.findings.extend(findings);
                if !added {
                    return own;
                }
                (own, false)
            }
            None => (make(), true),
        };
        match files::write(&self.spec.join(document.file()), &document.to_string()) {
            Ok(()) if new => self.written.new += 1,
            Ok(()) => self.written.changed += 1,
            Err(error) => {
                let message = format!("cannot write this file: {error}");
                let place = Place::file(document.file());
                self.written.problems.push(Diagnostic::new(place, message));
            }
        }
        document
    }
}
