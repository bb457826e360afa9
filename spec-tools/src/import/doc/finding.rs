//! What a reader must know about how a page was read, and the state of its rows.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::{At, Source};
use crate::diagnostic::{Span, quoted};
use crate::excerpt::Excerpt;

/// Something about a page that its reader should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The kind of finding.
    pub kind: Kind,
    /// Where it is on the page.
    pub at: Option<Span>,
    /// The finding in one line.
    pub message: String,
    /// What would be right, or what was done.
    pub help: String,
    /// The first lines of the rows that it is about, where these are several: the rows that became nothing, if it is
    /// something left out, and those that a question asks about.
    pub rows: Vec<usize>,
}

/// A kind of finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The page is not imported.
    Refused,
    /// The page does not say what is right: the spec says `undecided` there.
    Undecided,
    /// Something on the page is not in the spec.
    LeftOut,
    /// The page and the spec disagree; the spec stays as it is.
    Disagrees,
    /// The page contradicts itself or is not well formed, and what was made of it.
    Note,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Refused => "refused",
            Self::Undecided => "undecided",
            Self::LeftOut => "left out",
            Self::Disagrees => "disagrees",
            Self::Note => "note",
        })
    }
}

impl Finding {
    pub(super) fn new(
        kind: Kind,
        at: Option<At>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            kind,
            at: at.map(At::span),
            message: message.into(),
            help: help.into(),
            rows: Vec::new(),
        }
    }

    /// Why a page is not imported.
    pub(super) fn refused(at: Option<At>, message: impl Into<String>, help: &str) -> Self {
        Self::new(Kind::Refused, at, message, help)
    }

    /// The finding with its place in a page, as reports of `check` look.
    pub fn shown<'a>(&'a self, page: &'a Source) -> impl fmt::Display + 'a {
        Shown(self, page)
    }
}

struct Shown<'a>(&'a Finding, &'a Source);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(finding, page) = self;
        writeln!(f, "{}: {}", finding.kind, finding.message)?;
        let margin = finding.at.map_or(1, |at| at.line.to_string().len());
        match finding.at {
            Some(at) => {
                let (line, column) = (at.line, at.column);
                writeln!(f, "{:margin$}--> {}:{line}:{column}", "", page.name)?;
                Excerpt::new(&page.text, at).write(f, margin, "")?;
            }
            None => writeln!(f, " --> {}", page.name)?,
        }
        match finding.help.as_str() {
            "" => Ok(()),
            help => writeln!(f, "{:margin$} = help: {help}", ""),
        }
    }
}

/// Names one behind the other.
pub(super) fn listed<'n>(names: impl Iterator<Item = &'n String>) -> String {
    names
        .map(|name| quoted(name))
        .collect::<Vec<_>>()
        .join(", ")
}

/// All findings on a page, and what became of each row of its tables.
#[derive(Debug, Clone, Default)]
pub(super) struct Findings {
    pub(super) all: Vec<Finding>,
    /// Questions about the operation as a whole.
    pub(super) questions: Vec<String>,
    rows: BTreeMap<usize, bool>,
}

impl Findings {
    /// A row that has to be accounted for.
    pub(super) fn expect_row(&mut self, line: usize) {
        self.rows.entry(line).or_insert(false);
    }

    /// A row that is in the facts now.
    pub(super) fn took_row(&mut self, line: usize) {
        self.rows.insert(line, true);
    }

    pub(super) fn add(&mut self, finding: Finding) {
        if !self.all.contains(&finding) {
            self.all.push(finding);
        }
    }

    pub(super) fn note(&mut self, at: At, message: impl Into<String>, help: impl Into<String>) {
        self.add(Finding::new(Kind::Note, Some(at), message, help));
    }

    pub(super) fn left_out(&mut self, at: At, message: impl Into<String>, help: &str) {
        self.add(Finding::new(Kind::LeftOut, Some(at), message, help));
    }

    /// Rows that become nothing.
    pub(super) fn left_out_rows(
        &mut self,
        rows: &[usize],
        at: At,
        message: impl Into<String>,
        help: &str,
    ) {
        let mut rows = rows.to_vec();
        rows.retain(|row| self.rows.insert(*row, true) != Some(true));
        let finding = Finding::new(Kind::LeftOut, Some(at), message, help);
        self.all.push(Finding { rows, ..finding });
    }

    /// Something that nothing decides. The question is given back, to be written into the spec.
    #[must_use]
    pub(super) fn undecided(&mut self, at: At, question: impl Into<String>, help: &str) -> String {
        self.undecided_rows(Vec::new(), at, question.into(), help)
    }

    /// A question about several rows.
    #[must_use]
    pub(super) fn undecided_rows(
        &mut self,
        rows: Vec<usize>,
        at: At,
        question: String,
        help: &str,
    ) -> String {
        let finding = Finding::new(Kind::Undecided, Some(at), &question, help);
        self.add(Finding { rows, ..finding });
        question
    }

    /// A question about the operation as a whole.
    pub(super) fn ask(&mut self, at: At, question: impl Into<String>, help: &str) {
        let question = self.undecided(at, question, help);
        self.questions.push(question);
    }

    /// What was undecided so far is decided after all.
    pub(super) fn decide(&mut self, help: &str) {
        self.questions.clear();
        for finding in &mut self.all {
            if finding.kind == Kind::Undecided {
                finding.kind = Kind::Note;
                help.clone_into(&mut finding.help);
            }
        }
    }

    /// The rows that are neither in the facts nor told yet.
    pub(super) fn open_rows(&self) -> BTreeSet<usize> {
        let open = self.rows.iter().filter(|(_, done)| !**done);
        open.map(|(line, _)| *line).collect()
    }

    /// How many rows the page has.
    pub(super) fn row_count(&self) -> usize {
        self.rows.len()
    }
}
