//! The parts of a page by purpose, whatever the layout.

use super::columns::Kind;
use super::headings::section;
use super::http;
use super::words;
use super::{
    At, Block, Body, Column, Columns, Fact, Json, Page, Reply, Request, Row, Section, Table, label,
    plain,
};

/// A table with its columns and its place in the page.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) section: Section,
    /// A heading below the section's own, which says what the table is about.
    pub(super) heading: Option<String>,
    pub(super) columns: Columns,
    pub(super) rows: Vec<Row>,
    pub(super) at: At,
}

/// Everything on a page.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) basics: Vec<Part>,
    /// The same in lines of text: `请求方式：POST`.
    pub(super) stated: Vec<(Fact, String, At)>,
    pub(super) app_types: Vec<Part>,
    pub(super) fields: Vec<Part>,
    pub(super) errors: Vec<Part>,
    /// Tables of no known kind.
    pub(super) others: Vec<Part>,
    /// The request with type names for values, in the older layout.
    pub(super) skeleton: Option<Request>,
    pub(super) requests: Vec<Request>,
    pub(super) replies: Vec<Reply>,
    /// Blocks of code that are never closed.
    pub(super) unclosed: Vec<usize>,
    /// Columns of tables of a known kind that are not read.
    pub(super) unread: Vec<(String, At)>,
}

/// A block's place in the page.
#[derive(Default)]
struct Where {
    section: Section,
    level: usize,
    heading: Option<String>,
}

impl Part {
    /// The text of a row in a column, without markup.
    pub(super) fn text(&self, row: &Row, column: Column) -> String {
        plain(&self.columns.text(row, column))
    }

    /// Whether it is a table of the reply.
    pub(super) fn is_reply(&self) -> bool {
        use Section::{Reply, ReplyExample, Response};
        matches!(self.section, Reply | Response | ReplyExample)
    }
}

/// The rows of several tables, each with its table.
pub(super) fn rows(parts: &[Part]) -> impl Iterator<Item = (&Part, &Row)> {
    parts
        .iter()
        .flat_map(|part| part.rows.iter().map(move |row| (part, row)))
}

impl Parts {
    pub(super) fn read(page: &Page<'_>) -> Self {
        let mut parts = Self::default();
        let mut here = Where::default();
        for block in &page.blocks {
            match block {
                Block::Heading(text) => here.enter(text),
                Block::Table(table) => parts.table(table, &here),
                Block::Code {
                    fence,
                    lines,
                    closed,
                } => {
                    if !closed {
                        parts.unclosed.push(*fence);
                    }
                    parts.shown(http::read(lines, true), here.section);
                }
                Block::Text(lines) => {
                    parts.stated.extend(lines.iter().filter_map(stated));
                    parts.shown(http::read(lines, false), here.section);
                }
            }
        }
        parts
    }

    /// The first request that the page shows with its address.
    pub(super) fn example(&self) -> Option<&Request> {
        let mut requests = self.requests.iter();
        requests.find(|request| !request.path.is_empty())
    }

    /// What the page shows of requests, or of replies, in JSON.
    pub(super) fn shown_mut(&mut self, reply: bool) -> impl Iterator<Item = &mut Json> {
        let requests = self.requests.iter_mut().map(|request| &mut request.body);
        let replies = self.replies.iter_mut().map(|reply| &mut reply.body);
        let requests = requests.filter(move |_| !reply);
        let bodies = requests.chain(replies.filter(move |_| reply));
        bodies.filter_map(|body| body.json.as_mut())
    }

    fn table(&mut self, table: &Table, here: &Where) {
        let Some(header) = &table.header else {
            return self.others.push(here.part(table, Columns::default()));
        };
        let columns = Columns::of(header).fitted(header, &table.rows);
        let kind = columns.kind(header);
        if matches!(kind, Kind::Fields | Kind::Errors | Kind::AppTypes) {
            self.unread.extend(columns.unread(header, &table.rows));
        }
        let mut part = here.part(table, columns);
        match kind {
            Kind::Fields => self.fields.push(part),
            Kind::Errors => self.errors.push(part),
            Kind::AppTypes => self.app_types.push(part),
            Kind::Basics => {
                // In this layout the first row is where a header would be.
                let first = header.cells.first();
                if first.is_some_and(|cell| label(&cell.raw) == "http url") {
                    part.rows.insert(0, header.clone());
                }
                self.basics.push(part);
            }
            Kind::Other => self.others.push(part),
        }
    }

    fn shown(&mut self, shown: http::Shown, section: Section) {
        for request in shown.requests {
            if section == Section::Method && self.skeleton.is_none() {
                self.skeleton = Some(request);
            } else {
                self.requests.push(request);
            }
        }
        self.replies.extend(shown.replies);
        for body in shown.bare {
            self.bare(body, section);
        }
    }

    /// JSON on its own belongs to whatever its heading names.
    fn bare(&mut self, body: Body, section: Section) {
        let at = body.json.as_ref().map(|json| json.at).unwrap_or_default();
        match section {
            Section::Reply | Section::ReplyExample | Section::Response => {
                self.replies.push(Reply { status: 200, body });
            }
            Section::RequestExample | Section::Body => {
                if let Some(request) = self.requests.last_mut().filter(|r| r.body.json.is_none()) {
                    request.body = body;
                } else {
                    let request = Request::default();
                    self.requests.push(Request {
                        at,
                        body,
                        ..request
                    });
                }
            }
            _ => {}
        }
    }
}

/// A line that states an address or a method.
fn stated((number, line): &(usize, &str)) -> Option<(Fact, String, At)> {
    let at = line.find(['：', ':'])?;
    let (key, value) = line.split_at(at);
    let value = plain(value.trim_start_matches(['：', ':', '*', ' ']));
    let fact = words::fact(&label(key))?;
    let known = matches!(fact, Fact::Url | Fact::Method) && !value.is_empty();
    known.then(|| (fact, value, At::line(*number)))
}

impl Where {
    fn part(&self, table: &Table, columns: Columns) -> Part {
        Part {
            section: self.section,
            heading: self.heading.clone(),
            columns,
            rows: table.rows.clone(),
            at: table.at(),
        }
    }

    /// Continues under a heading.
    fn enter(&mut self, text: &str) {
        let text = text.trim();
        let hashes = text.chars().take_while(|c| *c == '#').count();
        let level = if hashes > 0 { hashes } else { 7 };
        let section = section(text);
        if section != Section::Other {
            self.section = section;
            self.level = level;
            self.heading = None;
            return;
        }
        // What is below a part's heading belongs to the part still.
        let below = level > self.level && self.section != Section::Other;
        if !below && hashes > 0 {
            self.section = Section::Other;
            self.level = level;
        }
        self.heading = Some(label(text));
    }
}
