//! All mistakes of a spec, printed so that each can be found and mended.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use crate::diagnostic::{At, Diagnostic, Place, Span, lines};
use crate::excerpt::Excerpt;
use crate::marked::{self, Document};

/// The mistakes of a spec; at least one.
#[derive(Debug, Clone)]
pub struct Report {
    root: String,
    diagnostics: Vec<Diagnostic>,
    texts: BTreeMap<String, Arc<str>>,
}

impl std::error::Error for Report {}

impl Report {
    /// A report on the spec in the folder `root`. `text` gives the text of a file, if it has any.
    pub fn new(
        root: &str,
        diagnostics: Vec<Diagnostic>,
        text: impl Fn(&str) -> Option<Arc<str>>,
    ) -> Self {
        let mut texts = BTreeMap::new();
        for diagnostic in &diagnostics {
            let others = diagnostic.also.iter().map(|(place, _)| place);
            for place in others.chain([&diagnostic.place]) {
                if let (false, Some(text)) = (texts.contains_key(&place.file), text(&place.file)) {
                    texts.insert(place.file.clone(), text);
                }
            }
        }
        Self {
            root: root.to_owned(),
            diagnostics,
            texts,
        }
    }

    /// The mistakes in no particular order.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The mistakes with their positions in the text, in the order in which they are printed. A
    /// mistake that concerns a file as a whole has none.
    pub fn located(&self) -> Vec<(&Diagnostic, Option<Span>)> {
        let documents = self.documents();
        let mut located: Vec<_> = self
            .diagnostics
            .iter()
            .map(|diagnostic| (diagnostic, self.locate(&documents, &diagnostic.place)))
            .collect();
        located.sort_by(|(a, at), (b, bt)| {
            let key = |d: &Diagnostic| (d.message.clone(), d.help.clone());
            (&a.place.file, at)
                .cmp(&(&b.place.file, bt))
                .then_with(|| key(a).cmp(&key(b)))
        });
        located.dedup_by(|(a, at), (b, bt)| at == bt && a == b);
        located
    }

    /// Each mistake in a line: its place, what it is, what would be right.
    pub fn lines(&self) -> Vec<String> {
        let line = |(diagnostic, span): (&Diagnostic, Option<Span>)| {
            let place = span.map(|span| format!(":{}:{}", span.line, span.column));
            let help = diagnostic.help.as_ref().map(|help| format!("; {help}"));
            let [place, help] = [place, help].map(Option::unwrap_or_default);
            let file = self.path(&diagnostic.place);
            format!("{file}{place}: {}{help}", diagnostic.message)
        };
        self.located().into_iter().map(line).collect()
    }

    /// The file of a place.
    fn path(&self, place: &Place) -> String {
        if place.file.is_empty() {
            self.root.clone()
        } else {
            format!("{}/{}", self.root, place.file)
        }
    }

    /// Parses each file in which a place is known by its keys alone.
    fn documents(&self) -> BTreeMap<&str, Document> {
        let others = |d: &Diagnostic| {
            d.also
                .iter()
                .map(|(place, _)| place.clone())
                .collect::<Vec<_>>()
        };
        let mut documents = BTreeMap::new();
        for place in self
            .diagnostics
            .iter()
            .flat_map(|d| others(d).into_iter().chain([d.place.clone()]))
        {
            if matches!(place.at, At::File | At::Span(_)) {
                continue;
            }
            let Some((file, text)) = self.texts.get_key_value(&place.file) else {
                continue;
            };
            if documents.contains_key(file.as_str()) {
                continue;
            }
            if let Ok(document) = marked::parse(text) {
                documents.insert(file.as_str(), document);
            }
        }
        documents
    }

    fn locate(&self, documents: &BTreeMap<&str, Document>, place: &Place) -> Option<Span> {
        let text = self.texts.get(&place.file)?;
        let found = match &place.at {
            At::File => return None,
            At::Span(span) => Some(*span),
            at => documents
                .get(place.file.as_str())
                .and_then(|document| document.find(text, at)),
        };
        Some(within(text, found.unwrap_or_else(|| Span::point(1, 1))))
    }

    fn write_place(
        &self,
        f: &mut fmt::Formatter<'_>,
        arrow: &str,
        place: &Place,
        span: Option<Span>,
        label: &str,
    ) -> fmt::Result {
        let file = self.path(place);
        let text = self.texts.get(&place.file);
        if let (Some(span), Some(text)) = (span, text) {
            let margin = span.line.to_string().len();
            writeln!(
                f,
                "{:margin$}{arrow} {file}:{}:{}",
                "", span.line, span.column
            )?;
            Excerpt::new(text, span).write(f, margin, label)
        } else {
            writeln!(f, " {arrow} {file}")
        }
    }
}

/// A position that exists. Behind the last line means at its end; the two parsers do not agree on
/// what ends a line in all of Unicode.
fn within(text: &str, span: Span) -> Span {
    let count = lines(text.trim_end_matches(['\n', '\r'])).count().max(1);
    let line = span.line.min(count);
    let width = lines(text)
        .nth(line - 1)
        .unwrap_or_default()
        .chars()
        .count();
    if span.line > line || span.column > width + 1 {
        return Span::point(line, width + 1);
    }
    span
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let documents = self.documents();
        let located = self.located();
        for (diagnostic, span) in &located {
            writeln!(f, "error: {}", diagnostic.message)?;
            self.write_place(f, "-->", &diagnostic.place, *span, "")?;
            for (place, label) in &diagnostic.also {
                let span = self.locate(&documents, place);
                self.write_place(f, ":::", place, span, label)?;
            }
            if let Some(help) = &diagnostic.help {
                let margin = span.map_or(1, |span| span.line.to_string().len());
                writeln!(f, "{:margin$} = help: {help}", "")?;
            }
            writeln!(f)?;
        }
        let files: BTreeSet<&str> = located.iter().map(|(d, _)| d.place.file.as_str()).collect();
        let count = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
        write!(
            f,
            "error: {} in {}",
            count(located.len(), "mistake"),
            count(files.len(), "file")
        )
    }
}
