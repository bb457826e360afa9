use std::fmt;

use crate::diagnostic::{At, LONGEST, Span, Step, dotted, quoted};
use crate::spanned;

/// A difference between a reviewed file and facts from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// What kind of difference it is.
    pub kind: Kind,
    /// The file, from the spec's folder on.
    pub file: String,
    /// The keys that lead to it.
    pub path: Vec<Step>,
    /// The same from the operation on, if the keys lead into a type that it uses by name.
    pub used_at: Vec<Step>,
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
        let what = shown_path(&self.path);
        let own = self.own.as_deref().unwrap_or_default();
        let fact = self.fact.as_deref().unwrap_or_default();
        match self.kind {
            Kind::Added => write!(f, ": added {what}: {}", short(fact)),
            Kind::Disagrees if self.own.is_none() => {
                write!(f, ": {what} lacks {} here", quoted(fact))
            }
            Kind::Disagrees => write!(
                f,
                ": {what} is {} here, {} elsewhere",
                quoted(own),
                quoted(fact)
            ),
            Kind::OnlyInFile => write!(f, ": {what} is only here: {}", short(own)),
        }
    }
}

/// A path as a message shows it. The end of a long one says most.
pub(crate) fn shown_path(path: &[Step]) -> String {
    let is_short = |rest: &[Step]| dotted(rest).chars().count() < LONGEST - 1;
    let first = (0..path.len()).find(|first| path.get(*first..).is_some_and(is_short));
    let first = first.unwrap_or(path.len().saturating_sub(1));
    let rest = dotted(path.get(first..).unwrap_or_default());
    if first == 0 {
        quoted(&rest)
    } else {
        quoted(&format!("…{rest}"))
    }
}

/// As much of a value as a line of a report has room for.
fn short(value: &str) -> String {
    match value.char_indices().nth(100) {
        Some((end, _)) => format!("{}…", value.get(..end).unwrap_or_default()),
        None => value.to_owned(),
    }
}

/// Fills in where in the text of a file findings are, and puts them in its order.
pub(crate) fn locate(findings: &mut [Finding], file: &str, text: &str) {
    if findings.iter().any(|finding| finding.file == file) {
        let document = spanned::parse(text).ok();
        for finding in findings.iter_mut().filter(|finding| finding.file == file) {
            let path = At::Key(finding.path.clone());
            finding.at = document
                .as_ref()
                .and_then(|document| document.find(text, &path));
        }
    }
    findings.sort_by(|a, b| (&a.file, a.at).cmp(&(&b.file, b.at)));
}
