//! The tables of parameters by where their rows go.

use super::rows;
use super::token;
use super::{FieldRow, Findings, Known, Part, Parts, Request, Section, alike};
use crate::diagnostic::quoted;
use crate::spec::{CLIENT_HEADERS, Fields, Token};

/// A part of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum To {
    Headers,
    Path,
    Query,
    Body,
}

impl To {
    fn name(self) -> &'static str {
        match self {
            Self::Headers => "headers",
            Self::Path => "path",
            Self::Query => "query",
            Self::Body => "body",
        }
    }
}

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
    /// Whether the token's header is in a table.
    pub(super) token: Option<bool>,
    /// Whose it is, if the page says.
    pub(super) token_of: Option<Token>,
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
        let mut reader = Reader {
            template,
            example,
            known,
            findings,
            tables: Self::default(),
        };
        let mut sections: Vec<Section> = Vec::new();
        for part in &parts.fields {
            let section = part.section;
            let repeated = sections.contains(&section);
            if repeated && (part.heading.is_some() || section == Section::Other) {
                reader.left_out(part);
                continue;
            }
            if repeated {
                let message = "this is a second table in its section";
                reader
                    .findings
                    .note(part.at, message, "added its rows to the first");
            }
            match section {
                Section::Headers => reader.request(part, Some(To::Headers)),
                Section::Path => reader.request(part, Some(To::Path)),
                Section::Query => reader.request(part, Some(To::Query)),
                Section::Body | Section::RequestExample => reader.request(part, Some(To::Body)),
                Section::Parameters | Section::Request | Section::Method => {
                    reader.request(part, None);
                }
                Section::Reply | Section::Response | Section::ReplyExample => {
                    reader.tables.has_reply = true;
                    let rows = rows::read(part, false, reader.findings);
                    reader.tables.reply.extend(rows);
                }
                _ => {
                    reader.left_out(part);
                    continue;
                }
            }
            sections.push(section);
        }
        reader.tables
    }

    /// All rows.
    pub(super) fn rows(&self) -> impl Iterator<Item = &FieldRow> {
        let request = [&self.headers, &self.path, &self.query, &self.body];
        request.into_iter().chain([&self.reply]).flatten()
    }
}

/// Reads the tables of a page, and what decides where a row goes besides its table.
struct Reader<'a> {
    template: &'a [&'a str],
    example: Option<&'a Request>,
    known: Option<Known<'a>>,
    findings: &'a mut Findings,
    tables: Tables,
}

impl Reader<'_> {
    /// A table of the request, whose rows go where it says, if it says it.
    fn request(&mut self, part: &Part, to: Option<To>) {
        self.tables.has_body |= to == Some(To::Body);
        // Rows behind an object belong to it as a rule, and go where it goes.
        let mut inside = false;
        let mut goes = to;
        for mut row in rows::read(part, true, self.findings) {
            let outer = row.depth.map_or(!inside, |depth| depth == 0);
            if outer && !row.name.is_empty() {
                goes = Some(self.to(&mut row, to));
            }
            inside |= row.ty.may_have_fields();
            self.put(row, goes);
        }
    }

    fn put(&mut self, mut row: FieldRow, to: Option<To>) {
        let low = row.name.to_ascii_lowercase();
        if low == TOKEN {
            self.tables.token = Some(row.required != Some(false));
            self.tables.token_of = token::of(&row.text);
            return self.findings.took_row(row.line);
        }
        if row.name.is_empty() && !matches!(to, Some(To::Body) | None) {
            let help = "give it one, or remove it";
            return row.left_out("this row has no name", help, self.findings);
        }
        // What is in a header or in the path has nothing inside.
        if matches!(to, Some(To::Headers | To::Path)) {
            row.depth = Some(0);
        }
        match to {
            Some(To::Headers) if CLIENT_HEADERS.contains(&low.as_str()) => {
                let message = format!("the header {} is set by the client", quoted(&row.name));
                row.left_out(message, "nothing to do", self.findings);
            }
            Some(To::Headers) => self.tables.headers.push(row),
            Some(To::Path) => self.tables.path.push(row),
            Some(To::Query) => self.tables.query.push(row),
            Some(To::Body) | None => {
                self.tables.has_body = true;
                self.tables.body.push(row);
            }
        }
    }

    /// Where a row goes: where its table says, unless the spec or the example say otherwise.
    fn to(&mut self, row: &mut FieldRow, table: Option<To>) -> To {
        let known = self.in_spec(&row.name);
        let token = row.name.eq_ignore_ascii_case(TOKEN);
        let token_in = token.then_some(To::Headers);
        let shown_in = token_in.or_else(|| self.in_example(&row.name));
        let Some(table) = table else {
            return self.unsaid(row, known.or(shown_in));
        };
        let (name, here) = (quoted(&row.name), table.name());
        if token && table != To::Headers {
            let message = format!("the token's header is listed in the {here}");
            self.findings.note(row.at, message, "read as the header");
            return To::Headers;
        }
        // The template decides what is in the path.
        if table == To::Path || token {
            return table;
        }
        match (known, shown_in) {
            (Some(known), _) if known != table => {
                let spec = known.name();
                let message =
                    format!("the page has {name} in the {here}, the spec has it in the {spec}");
                self.findings
                    .note(row.at, message, "kept it where the spec has it");
                known
            }
            // It is left out, wherever it is.
            (None, Some(To::Headers))
                if CLIENT_HEADERS.contains(&row.name.to_lowercase().as_str()) =>
            {
                To::Headers
            }
            (None, Some(other)) if other != table => {
                let there = other.name();
                let question = format!(
                    "The table has {name} in the {here}, the example has it in the {there}. Which is right?"
                );
                let help = format!("put it into the {there}, as in the example");
                row.question = Some(self.findings.undecided(row.at, question, &help));
                other
            }
            _ => table,
        }
    }

    /// The table does not say where its rows go; the spec or an example may.
    fn unsaid(&mut self, row: &mut FieldRow, elsewhere: Option<To>) -> To {
        if self.template.contains(&row.name.as_str()) {
            return To::Path;
        }
        if let Some(to) = elsewhere {
            return to;
        }
        let gets = self.example.is_some_and(|request| request.method == "GET");
        let to = if gets { To::Query } else { To::Body };
        let (name, part) = (quoted(&row.name), to.name());
        let question = format!("Nothing says where {name} goes. Is it in the {part}?");
        let help = format!("put it into the {part}");
        row.question = Some(self.findings.undecided(row.at, question, &help));
        to
    }

    /// Where the spec has a name, or one that is like it.
    fn in_spec(&self, name: &str) -> Option<To> {
        let operation = self.known?.operation;
        let places = [
            (To::Headers, Some(&operation.headers)),
            (To::Query, Some(&operation.query)),
            (To::Body, operation.body.as_ref()),
        ];
        let find = |is: &dyn Fn(&str) -> bool| {
            let has = |fields: &Fields| fields.iter().any(|(known, _)| is(known));
            let has = |(to, fields): &(To, Option<&Fields>)| fields.is_some_and(has).then_some(*to);
            places.iter().find_map(has)
        };
        find(&|known| known == name).or_else(|| find(&|known| alike(known, name)))
    }

    /// The one place where the example has a name.
    fn in_example(&self, name: &str) -> Option<To> {
        let request = self.example?;
        let (mut query, mut headers) = (request.query.iter(), request.headers.iter());
        let in_query = query.any(|(known, _)| known == name);
        let in_headers = headers.any(|(known, _)| known.eq_ignore_ascii_case(name));
        let body = request.body.json.as_ref();
        let mut entries = body
            .and_then(|json| json.value.entries())
            .into_iter()
            .flatten();
        let in_body = entries.any(|entry| entry.key == name);
        match (in_query, in_headers, in_body) {
            (true, false, false) => Some(To::Query),
            (false, true, false) => Some(To::Headers),
            (false, false, true) => Some(To::Body),
            _ => None,
        }
    }

    /// Reports a table that does not belong to the operation, judging by its headings.
    fn left_out(&mut self, part: &Part) {
        let lines: Vec<usize> = part.rows.iter().map(|row| row.at.line).collect();
        let message = match part.heading.as_deref().map(quoted) {
            Some(name) => format!("the table under {name} does not describe the operation itself"),
            None => "nothing says what this table describes".to_owned(),
        };
        let help = "add what it says about a field to the field's `doc`, `enum` or `object`";
        self.findings.left_out_rows(&lines, part.at, message, help);
    }
}
