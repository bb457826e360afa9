//! All errors of a spec, printed so that each can be found and corrected.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use crate::diagnostic::{At, Diagnostic, Place, Span};
use crate::excerpt::Excerpt;
use crate::lines::{self, Line};
use crate::spanned::{self, Document};

/// The errors of a spec; at least one.
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

    /// The errors in no particular order.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The errors with their positions in the text, in the order in which they are printed. An
    /// error that concerns a whole file has none.
    pub fn located(&self) -> Vec<(&Diagnostic, Option<Span>)> {
        let views = self.views();
        let mut located: Vec<_> = self
            .diagnostics
            .iter()
            .map(|diagnostic| (diagnostic, locate(&views, &diagnostic.place)))
            .collect();
        located.sort_by(|(a, at), (b, bt)| {
            (&a.place.file, at, &a.message, &a.help).cmp(&(&b.place.file, bt, &b.message, &b.help))
        });
        located.dedup_by(|(a, at), (b, bt)| at == bt && a == b);
        located
    }

    /// Each error on one line: its place, what it is, how to correct it.
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

    /// The lines of each file, parsed where a place in it is known by its keys alone.
    fn views<'a>(&'a self) -> Views<'a> {
        let mut views = Views::new();
        let others = |d: &'a Diagnostic| d.also.iter().map(|(place, _)| place);
        let places = self.diagnostics.iter();
        let places = places.flat_map(|d| others(d).chain([&d.place]));
        let searched: BTreeSet<&str> = places
            .filter(|place| !matches!(place.at, At::File | At::Span(_)))
            .map(|place| place.file.as_str())
            .collect();
        for (file, text) in &self.texts {
            let searched = searched.contains(file.as_str());
            let view = View {
                lines: lines::of(text),
                document: searched.then(|| spanned::parse(text).ok()).flatten(),
            };
            views.insert(file, view);
        }
        views
    }

    fn write_place(
        &self,
        f: &mut fmt::Formatter<'_>,
        views: &Views<'_>,
        arrow: &str,
        (place, span): (&Place, Option<Span>),
        label: &str,
    ) -> fmt::Result {
        let file = self.path(place);
        if let (Some(span), Some(view)) = (span, views.get(place.file.as_str())) {
            let margin = span.line.to_string().len();
            writeln!(
                f,
                "{:margin$}{arrow} {file}:{}:{}",
                "", span.line, span.column
            )?;
            let line = view.lines.get(span.line.saturating_sub(1));
            let empty = Line::new("");
            Excerpt::of_line(line.unwrap_or(&empty), span).write(f, margin, label)
        } else {
            writeln!(f, " {arrow} {file}")
        }
    }
}

/// A file as its places are looked up in it.
struct View<'a> {
    lines: Vec<Line<'a>>,
    /// Parsed where a place is known by its keys alone, if it is YAML.
    document: Option<Document>,
}

type Views<'a> = BTreeMap<&'a str, View<'a>>;

fn locate(views: &Views<'_>, place: &Place) -> Option<Span> {
    let view = views.get(place.file.as_str())?;
    let found = match &place.at {
        At::File => return None,
        At::Span(span) => Some(*span),
        at => {
            let document = view.document.as_ref();
            document.and_then(|document| document.find_in(&view.lines, at))
        }
    };
    Some(within(
        &view.lines,
        found.unwrap_or_else(|| Span::point(1, 1)),
    ))
}

/// A position that exists. Behind the last line means at its end; the two parsers do not agree on
/// what ends a line in all of Unicode.
fn within(lines: &[Line<'_>], span: Span) -> Span {
    let empty = lines
        .iter()
        .rev()
        .take_while(|line| line.width == 0)
        .count();
    let line = span.line.min((lines.len() - empty).max(1));
    let width = lines.get(line - 1).map_or(0, |line| line.width);
    if span.line > line || span.column > width + 1 {
        return Span::point(line, width + 1);
    }
    span
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let views = self.views();
        let located = self.located();
        for (diagnostic, span) in &located {
            writeln!(f, "error: {}", diagnostic.message)?;
            self.write_place(f, &views, "-->", (&diagnostic.place, *span), "")?;
            for (place, label) in &diagnostic.also {
                let span = locate(&views, place);
                self.write_place(f, &views, ":::", (place, span), label)?;
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
            "error: found {} in {}",
            count(located.len(), "error"),
            count(files.len(), "file")
        )
    }
}
