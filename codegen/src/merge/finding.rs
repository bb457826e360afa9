use std::fmt;

use crate::diagnostic::{At, Span, Step, shown};
use crate::document::Document;
use crate::marked;

/// A difference between a reviewed file and facts from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// What kind of difference it is.
    pub kind: Kind,
    /// The file, from the spec's folder on.
    pub file: String,
    /// The keys that lead to it.
    pub path: Vec<Step>,
    /// What the file says.
    pub own: Option<String>,
    /// What the facts say.
    pub fact: Option<String>,
    /// Where it is in the merged file.
    pub at: Option<Span>,
}

/// A kind of difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The file did not say it, and does now.
    Added,
    /// The file says something else, which stays.
    Disagrees,
    /// The file says it, the facts do not.
    OnlyInFile,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        if let Some(at) = self.at {
            write!(f, ":{}:{}", at.line, at.column)?;
        }
        let what = dotted(&self.path);
        let own = self.own.as_deref().unwrap_or_default();
        let fact = self.fact.as_deref().unwrap_or_default();
        match self.kind {
            Kind::Added => write!(f, ": added {what}: {fact}"),
            Kind::Disagrees if self.own.is_none() => {
                write!(f, ": {what} is without {} here", shown(fact))
            }
            Kind::Disagrees => write!(
                f,
                ": {what} is {} here, {} elsewhere",
                shown(own),
                shown(fact)
            ),
            Kind::OnlyInFile => write!(f, ": {what} is only here: {own}"),
        }
    }
}

/// A path as `body.mode.enum`.
pub(crate) fn dotted(path: &[Step]) -> String {
    let mut out = String::new();
    for step in path {
        match step {
            Step::Key(key) if out.is_empty() => out.push_str(key),
            Step::Key(key) => {
                out.push('.');
                out.push_str(key);
            }
            Step::Index(index) => out.push_str(&format!("[{index}]")),
        }
    }
    shown(&out)
}

/// Fills in where in a file findings are.
pub(super) fn locate(findings: &mut [Finding], document: &Document) {
    let mine = |finding: &&mut Finding| finding.file == document.file() && finding.at.is_none();
    if !findings.iter_mut().any(|finding| mine(&finding)) {
        return;
    }
    let text = document.to_string();
    let Ok(marked) = marked::parse(&text) else {
        return;
    };
    for finding in findings.iter_mut().filter(mine) {
        finding.at = marked.find(&text, &At::Key(finding.path.clone()));
    }
}
