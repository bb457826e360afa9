//! A page by the events that it describes.

use super::super::basics::Basics;
use super::super::blocks::{Block, Page};
use super::super::columns::Column;
use super::super::coverage;
use super::super::finding::{Finding, Findings};
use super::super::inferred::alike;
use super::super::inline::{label, plain, yes_or_no};
use super::super::json::Value;
use super::super::parts::Parts;
use super::super::source::{At, Source};
use super::super::table::Table;
use super::super::{whole, words};
use super::examples;
use super::payload::Payload;
use crate::check::LONGEST_TITLE;
use crate::diagnostic::{is_invisible, quoted};
use crate::spec::{AppType, Delivery, Event};

/// What a page says.
pub(super) struct EventPage {
    /// The events in the order in which the page has them.
    pub(super) events: Vec<Described>,
    pub(super) title: Option<String>,
    pub(super) source: Option<String>,
    pub(super) app_types: Vec<AppType>,
    /// The deliveries that a table lists.
    pub(super) delivery: Vec<Delivery>,
    pub(super) findings: Findings,
}

/// An event, and the examples of it.
pub(super) struct Described {
    pub(super) name: String,
    pub(super) at: At,
    pub(super) payloads: Vec<Payload>,
}

/// Reads a page. `spec` finds an event of the spec by its type.
pub(super) fn read<'s>(
    source: &Source,
    spec: impl Fn(&str) -> Option<&'s Event>,
) -> Result<EventPage, Vec<Finding>> {
    let page = Page::read(source.lines());
    let mut findings = Findings::default();
    let cut = whole::cut(&page);
    findings.all.extend(cut.clone());
    coverage::expect_rows(&page, &mut findings);
    let parts = Parts::read(&page);
    let mut read = EventPage {
        events: Vec::new(),
        title: None,
        source: page.front.source.clone(),
        app_types: Vec::new(),
        delivery: Vec::new(),
        findings,
    };
    let named = read.info(&parts);
    read.title = read.title.take().or_else(|| heading(&page));
    for block in &page.blocks {
        if let Block::Table(table) = block {
            read.support(table);
        }
    }
    let payloads = examples::read(&page, named.is_some(), &mut read.findings);
    read.sort(named.as_ref(), payloads, spec);
    if read.events.is_empty() {
        return Err(cut.into_iter().chain([refusal(&parts)]).collect());
    }
    read.describe(&parts);
    coverage::open_rows(&parts.others, &mut read.findings);
    Ok(read)
}

/// Why a page without an event is refused.
fn refusal(parts: &Parts) -> Finding {
    let basics = Basics::read(parts, &mut Findings::default());
    if let Some((_, at)) = basics.url.or(basics.method) {
        let help = "import it with `import doc`";
        return Finding::refused(Some(at), "this is an operation, not an event", help);
    }
    let message = "the page describes no event: no table has its name, and no example has its type";
    let help = "an example has `eventType` and `data`, `EventType`, or `syncAction`";
    Finding::refused(None, message, help)
}

/// The page's title, if it is in Chinese and short enough to be a name.
fn heading(page: &Page<'_>) -> Option<String> {
    let heading = page.blocks.iter().find_map(|block| match block {
        Block::Heading(line) => line.trim().strip_prefix("# "),
        _ => None,
    });
    let titles = [page.front.title.as_deref(), heading].into_iter();
    titles.flatten().map(plain).find(|title| is_title(title))
}

fn is_title(title: &str) -> bool {
    title.chars().count() <= LONGEST_TITLE
        && !title.contains(|c| is_invisible(c) || c == char::REPLACEMENT_CHARACTER)
        && title.contains(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// Whether a text can be the type of an event.
fn is_type(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_.-".contains(&b))
}

impl EventPage {
    /// The table of names. Returns the event's type, if it is there.
    fn info(&mut self, parts: &Parts) -> Option<(String, At)> {
        let mut named = None;
        for row in parts.basics.iter().flat_map(|part| &part.rows) {
            let (Some(key), Some(value)) = (row.cells.first(), row.cells.get(1)) else {
                continue;
            };
            let text = plain(&value.raw);
            match label(&key.raw).as_str() {
                "英文名称" | "english name" if is_type(&text) => {
                    if named.is_some() {
                        continue;
                    }
                    named = Some((text, value.at));
                }
                "中文名称" | "chinese name" if is_title(&text) => self.title = Some(text),
                // The number of the event's kind in SyncHTTP, which the spec has no key for.
                "事件biztype" => {}
                _ => continue,
            }
            self.findings.took_row(row.at.line);
        }
        named
    }

    /// A table with a row for each kind of application: who gets the event, and how.
    fn support(&mut self, table: &Table) {
        let header = table.header.iter().flat_map(|header| &header.cells);
        let columns: Vec<String> = header.map(|cell| label(&cell.raw)).collect();
        let Some((first, ways)) = columns.split_first() else {
            return;
        };
        if words::column(first) != Some(Column::AppType) {
            return;
        }
        self.findings.took_row(table.at().line);
        for row in &table.rows {
            let Some((first, cells)) = row.cells.split_first() else {
                continue;
            };
            let kind = words::app_type(&plain(&first.raw));
            let answers: Option<Vec<bool>> = cells
                .iter()
                .map(|cell| yes_or_no(&plain(&cell.raw)))
                .collect();
            let (Some(kind), Some(answers)) = (kind, answers) else {
                let message = format!(
                    "this row does not say which deliveries {} gets",
                    quoted(&plain(&first.raw))
                );
                let help = "add what it says to `app_types` and `delivery`";
                let line = row.at.line;
                self.findings.left_out_rows(&[line], row.at, message, help);
                continue;
            };
            self.findings.took_row(row.at.line);
            if answers.contains(&true) && !self.app_types.contains(&kind) {
                self.app_types.push(kind);
            }
            let supported = ways.iter().zip(answers).filter(|(_, yes)| *yes);
            for way in supported.filter_map(|(way, _)| delivery(way)) {
                if !self.delivery.contains(&way) {
                    self.delivery.push(way);
                }
            }
        }
    }

    /// Sorts the examples by event. On a page with a name, all are of that event, unless the spec knows another of their
    /// type.
    fn sort<'s>(
        &mut self,
        named: Option<&(String, At)>,
        payloads: Vec<Payload>,
        spec: impl Fn(&str) -> Option<&'s Event>,
    ) {
        // The data of an event may have a field of the name that `SyncHTTP` has for the type.
        let known = named.and_then(|(name, _)| spec(name));
        let is_field = known.is_some_and(|known| known.data.get("syncAction").is_some());
        if let Some((name, at)) = named {
            self.events.push(Described {
                name: name.clone(),
                at: *at,
                payloads: Vec::new(),
            });
        }
        for payload in payloads {
            let is_field = is_field && payload.delivery == Delivery::SyncHttp;
            let own = payload.event.clone();
            let own = own.filter(|own| is_type(own) && !is_field);
            let name = match (named, own) {
                (Some((name, _)), Some(own)) if own != *name => {
                    let (is, page) = (quoted(&own), quoted(name));
                    if spec(&own).is_some() {
                        let message = format!("this example is of {is}, the page is about {page}");
                        let help = "if the page is wrong, add what it shows by hand";
                        self.findings.left_out(payload.at, message, help);
                        continue;
                    }
                    let message = format!("the type in this example is {is}, the page has {page}");
                    self.findings.note(payload.at, message, "used the page's");
                    name.clone()
                }
                (Some((name, _)), _) => name.clone(),
                (None, Some(own)) => own,
                (None, None) => {
                    let message = "the type in this example is not one that an event can have";
                    let help = "add the event by hand";
                    self.findings.left_out(payload.at, message, help);
                    continue;
                }
            };
            match self.events.iter_mut().find(|event| event.name == name) {
                Some(event) => event.payloads.push(payload),
                None => self.events.push(Described {
                    name,
                    at: payload.at,
                    payloads: vec![payload],
                }),
            }
        }
    }

    /// The tables that describe fields or list events. Types and texts are not taken from them.
    fn describe(&mut self, parts: &Parts) {
        for part in parts.others.iter().chain(&parts.fields) {
            let describes = part.columns.has(Column::Name);
            if describes {
                self.findings.took_row(part.at.line);
            }
            for row in &part.rows {
                let first = row.cells.first().map(|cell| plain(&cell.raw));
                let name = if describes {
                    part.text(row, Column::Name)
                } else {
                    first.unwrap_or_default()
                };
                // Fields of objects may have a sign before them.
                let name = name.trim_start_matches(['└', ' ', '-', '>']);
                let is_event = self.events.iter().any(|event| event.name == name);
                let is_shown = || self.events.iter().any(|event| event.shows(name));
                if is_event {
                    self.findings.took_row(part.at.line);
                }
                if is_event || (describes && (HEADER.contains(&name) || is_shown())) {
                    self.findings.took_row(row.at.line);
                } else if describes {
                    let name = quoted(name);
                    let message = format!("the table describes {name}, no example shows it");
                    let help = "if the event has it, add it by hand";
                    let line = row.at.line;
                    self.findings.left_out_rows(&[line], row.at, message, help);
                }
            }
        }
    }
}

/// What all events have: tables may describe it, the spec does not.
const HEADER: &[&str] = &[
    "EventType",
    "eventType",
    "EventTime",
    "eventTime",
    "TimeStamp",
    "CorpId",
    "BizId",
    "eventId",
    "eventBornTime",
    "eventCorpId",
    "eventUnifiedAppId",
    "syncAction",
    "corp_id",
    "biz_id",
    "biz_type",
    "biz_data",
    "subscribe_id",
];

impl Described {
    /// Whether a name is one of a field that the examples show, at any depth.
    fn shows(&self, name: &str) -> bool {
        fn inside(value: &Value, name: &str) -> bool {
            match value {
                Value::Object(entries) => entries.iter().any(|entry| {
                    let key = entry.key.trim();
                    key == name || alike(key, name) || inside(&entry.json.value, name)
                }),
                Value::List(items) => items.iter().any(|item| inside(&item.value, name)),
                _ => false,
            }
        }
        let mut payloads = self.payloads.iter();
        payloads.any(|payload| inside(&payload.data.value, name))
    }
}

/// The delivery that a column is about.
fn delivery(column: &str) -> Option<Delivery> {
    if column.contains("stream") {
        Some(Delivery::Stream)
    } else if column.contains("sync") || column.contains("rds") {
        Some(Delivery::SyncHttp)
    } else if column.contains("http") {
        Some(Delivery::Http)
    } else {
        None
    }
}
