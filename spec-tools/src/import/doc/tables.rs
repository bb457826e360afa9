//! The tables of parameters by where their rows go.

use dingtalk_codegen::spec::CLIENT_HEADERS;

use super::finding::Findings;
use super::headings::Section;
use super::http::Request;
use super::known::Known;
use super::parts::{Part, Parts};
use super::rows::{self, FieldRow};
use super::sketch::alike;
use super::to::To;
use crate::diagnostic::shown;

/// The rows of a page.
#[derive(Debug, Default)]
pub(super) struct Tables {
    pub(super) headers: Vec<FieldRow>,
    pub(super) path: Vec<FieldRow>,
    pub(super) query: Vec<FieldRow>,
    pub(super) body: Vec<FieldRow>,
    pub(super) reply: Vec<FieldRow>,
    /// Whether there is a table of the reply at all, and of the body.
    pub(super) has_reply: bool,
    pub(super) has_body: bool,
    pub(super) has_headers: bool,
    /// Whether the token's header is in a table.
    pub(super) token: Option<bool>,
}

/// The header that carries the token.
pub(super) const TOKEN: &str = "x-acs-dingtalk-access-token";

impl Tables {
    pub(super) fn read(
        parts: &Parts,
        template: &[&str],
        example: Option<&Request>,
        known: Option<Known<'_>>,
        findings: &mut Findings,
    ) -> Self {
        let mut tables = Self::default();
        let mut sections: Vec<Section> = Vec::new();
        for part in &parts.fields {
            let section = part.section;
            if sections.contains(&section) {
                let goes_on = part.heading.is_none() && section != Section::Other;
                if !goes_on {
                    left_out(part, findings);
                    continue;
                }
                findings.note(
                    part.at,
                    "this is a second table in its part of the page",
                    "its rows were added to those of the first",
                );
            }
            let request = !matches!(
                section,
                Section::Reply | Section::Response | Section::ReplyExample
            );
            let to = match section {
                Section::Headers => Some(To::Headers),
                Section::Path => Some(To::Path),
                Section::Query => Some(To::Query),
                Section::Body | Section::RequestExample => Some(To::Body),
                Section::Parameters | Section::Request | Section::Method => None,
                _ if !request => None,
                _ => {
                    left_out(part, findings);
                    continue;
                }
            };
            sections.push(section);
            let rows = rows::read(part, request, findings);
            if !request {
                tables.has_reply = true;
                tables.reply.extend(rows);
                continue;
            }
            tables.has_headers |= to == Some(To::Headers);
            tables.has_body |= to == Some(To::Body);
            let place = Sorting {
                template,
                example,
                known,
            };
            // Rows behind an object belong to it as a rule, and go where it goes.
            let mut inside = false;
            let mut goes = to;
            for mut row in rows {
                let table = said(&row, to, findings);
                let elsewhere = row.place.is_some() && table != goes;
                let outer = row.depth.map_or(!inside || elsewhere, |depth| depth == 0);
                if outer && !row.name.is_empty() {
                    goes = Some(place.to(&mut row, table, findings));
                }
                inside |= row.ty.holds();
                tables.put(row, goes, findings);
            }
        }
        tables
    }

    fn put(&mut self, mut row: FieldRow, to: Option<To>, findings: &mut Findings) {
        let low = row.name.to_ascii_lowercase();
        if low == TOKEN {
            self.token = Some(row.required != Some(false));
            return findings.took_row(row.line);
        }
        if row.name.is_empty() && !matches!(to, Some(To::Body) | None) {
            let help = "give it one, or remove it";
            return findings.left_out_rows(&[row.line], row.at, "this row has no name", help);
        }
        // What is in a header or in the path has nothing inside.
        if matches!(to, Some(To::Headers | To::Path)) {
            row.depth = Some(0);
        }
        match to {
            Some(To::Headers) if CLIENT_HEADERS.contains(&low.as_str()) => {
                let message = format!("the header {} is set by the client", shown(&row.name));
                findings.left_out_rows(&[row.line], row.at, message, "nothing has to be done");
            }
            Some(To::Headers) => self.headers.push(row),
            Some(To::Path) => self.path.push(row),
            Some(To::Query) => self.query.push(row),
            Some(To::Body) | None => {
                self.has_body = true;
                self.body.push(row);
            }
        }
    }
}

/// Where a row goes, by its own word or by its table.
fn said(row: &FieldRow, table: Option<To>, findings: &mut Findings) -> Option<To> {
    let Some(word) = &row.place else { return table };
    let own = To::of(word);
    match (own, table) {
        (None, _) => {
            let message = format!("{} is no place of a request", shown(word));
            let help = "write `path`, `query`, `header` or `body`";
            findings.note(row.at, message, help);
        }
        (Some(own), Some(table)) if own != table => {
            let message = format!(
                "the row says {}, the table stands under the {}",
                shown(word),
                table.name()
            );
            let help = format!("it was put into the {}", own.name());
            findings.note(row.at, message, help);
        }
        _ => {}
    }
    own.or(table)
}

/// What tells where a row goes beside its table.
struct Sorting<'a> {
    template: &'a [&'a str],
    example: Option<&'a Request>,
    known: Option<Known<'a>>,
}

impl Sorting<'_> {
    /// Where a row goes: where its table says, unless the spec or the example say otherwise.
    fn to(&self, row: &mut FieldRow, table: Option<To>, findings: &mut Findings) -> To {
        let name = &row.name;
        let token = name.eq_ignore_ascii_case(TOKEN);
        let known = self.in_spec(name);
        let shown_in = if token {
            Some(To::Headers)
        } else {
            self.in_example(name)
        };
        let Some(table) = table else {
            return self.unsaid(row, known, shown_in, findings);
        };
        if token && table != To::Headers {
            let message = format!(
                "the token's header stands among the values of the {}",
                table.name()
            );
            findings.note(row.at, message, "it was taken for the header that it is");
            return To::Headers;
        }
        // The template decides what is in the path.
        if table == To::Path || token {
            return table;
        }
        match (known, shown_in) {
            (Some(known), _) if known != table => {
                let message = format!(
                    "the page has {} in the {}, the spec in the {}",
                    shown(name),
                    table.name(),
                    known.name()
                );
                findings.note(row.at, message, "it stays where the spec has it");
                known
            }
            // It is left out, wherever it stands.
            (None, Some(To::Headers)) if CLIENT_HEADERS.contains(&name.to_lowercase().as_str()) => {
                To::Headers
            }
            (None, Some(other)) if other != table => {
                let question = format!(
                    "The table has {} in the {}, the example in the {}. Which is right?",
                    shown(name),
                    table.name(),
                    other.name()
                );
                let help = format!("it was put into the {}, as in the example", other.name());
                row.question = Some(findings.undecided(row.at, question, help));
                other
            }
            _ => table,
        }
    }

    /// The table does not say where its rows go.
    fn unsaid(
        &self,
        row: &mut FieldRow,
        known: Option<To>,
        shown_in: Option<To>,
        findings: &mut Findings,
    ) -> To {
        if self.template.contains(&row.name.as_str()) {
            return To::Path;
        }
        if let Some(to) = known.or(shown_in) {
            return to;
        }
        let gets = self.example.is_some_and(|request| request.method == "GET");
        let to = if gets { To::Query } else { To::Body };
        let question = format!(
            "Nothing says where {} goes. Is it in the {}?",
            shown(&row.name),
            to.name()
        );
        let help = format!("it was put into the {}", to.name());
        row.question = Some(findings.undecided(row.at, question, help));
        to
    }

    fn in_spec(&self, name: &str) -> Option<To> {
        let operation = self.known?.operation;
        let places = [
            (To::Headers, Some(&operation.headers)),
            (To::Query, Some(&operation.query)),
            (To::Body, operation.body.as_ref()),
        ];
        let found = |exact: bool| {
            let mut all = places
                .iter()
                .filter_map(|(to, fields)| Some((*to, (*fields)?)));
            all.find(|(_, fields)| {
                fields.iter().any(|(known, _)| {
                    if exact {
                        known == name
                    } else {
                        alike(known, name)
                    }
                })
            })
        };
        found(true).or_else(|| found(false)).map(|(to, _)| to)
    }

    /// The one place where the example has a name.
    fn in_example(&self, name: &str) -> Option<To> {
        let request = self.example?;
        let mut places = Vec::new();
        if request.query.iter().any(|(known, _)| known == name) {
            places.push(To::Query);
        }
        if request
            .headers
            .iter()
            .any(|(known, ..)| known.eq_ignore_ascii_case(name))
        {
            places.push(To::Headers);
        }
        if let Some(super::json::Value::Object(entries)) =
            request.body.json.as_ref().map(|json| &json.value)
            && entries.iter().any(|entry| entry.key == name)
        {
            places.push(To::Body);
        }
        match places.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }
}

/// A table that is no part of the operation, as far as its headings tell.
fn left_out(part: &Part, findings: &mut Findings) {
    let lines: Vec<usize> = part.rows.iter().map(|row| row.at.line).collect();
    let message = match &part.heading {
        Some(heading) => format!(
            "the table under {} is none of the operation's own",
            shown(heading)
        ),
        None => "nothing says what this table describes".to_owned(),
    };
    findings.left_out_rows(
        &lines,
        part.at,
        message,
        "what it says of a field belongs into the field's `doc`, `enum` or `object`",
    );
}
