//! The legacy API: what its pages list in addition to an operation's own fields.
//!
//! The token goes into the query, and every reply reports success in the same fields; many have a flag too. If a reply has nothing but `result`,
//! the content of `result` is the reply.

use std::collections::BTreeMap;

use super::java::{self, bare};
use super::json;
use super::path::address;
use super::rows::marked;
use super::types;
use super::{
    At, Basics, Block, Body, Column, Findings, Json, Page, Part, Parts, Request, Row, Section, Ty,
    Value, plain,
};

/// The field of the query that carries the token.
const TOKEN: &str = "access_token";
/// The fields of every reply.
const ENVELOPE: [&str; 5] = ["errcode", "errmsg", "sub_code", "sub_msg", "request_id"];
/// The field of a reply that holds its content.
pub(super) const RESULT: &str = "result";
/// The success flag, which belongs to them if it is at the top.
const FLAG: &str = "success";

/// How an operation of the legacy API differs.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Legacy {
    pub(super) token: bool,
    /// Whether the described reply is the content of `result`.
    pub(super) in_result: bool,
}

impl Legacy {
    /// Takes the common fields out of a page's parts, if it is about the legacy API.
    pub(super) fn read(
        page: &Page<'_>,
        basics: &Basics,
        parts: &mut Parts,
        findings: &mut Findings,
    ) -> Option<Self> {
        let url = address(&basics.url.as_ref()?.0);
        if !is_host(url.host.as_deref()?) {
            return None;
        }
        let mut token = url.query.iter().any(|name| name == TOKEN);
        for request in &mut parts.requests {
            request.query.retain(|(name, _)| name != TOKEN);
        }
        for json in parts.shown_mut(true) {
            json.value.retain(|key| !ENVELOPE.contains(&key));
        }
        for part in &mut parts.fields {
            usual_types(part);
            if part.is_reply() {
                for name in ENVELOPE {
                    take_row(part, name, findings);
                }
            } else {
                token |= take_row(part, TOKEN, findings);
            }
        }
        if parts.shown_mut(false).next().is_none() {
            let request = sample(page, parts, url.path);
            parts.requests.extend(request);
        }
        as_described(parts);
        take_flag(parts, findings);
        let in_result = open_result(parts, findings);
        Some(Self { token, in_result })
    }
}

/// The request of the sample code.
fn sample(page: &Page<'_>, parts: &Parts, path: String) -> Option<Request> {
    let requests = parts.fields.iter().filter(|part| !part.is_reply());
    let names = |part: &Part| {
        part.rows
            .iter()
            .map(|row| name(part, row))
            .collect::<Vec<_>>()
    };
    let all: Vec<String> = requests.clone().flat_map(names).collect();
    let mut json = page.blocks.iter().find_map(|block| match block {
        Block::Code { fence, lines, .. } => {
            let lines: Vec<&str> = lines.iter().map(|(_, line)| *line).collect();
            java::request(&lines.join("\n"), At::line(fence + 1), &all)
        }
        _ => None,
    })?;
    let query = requests.filter(|part| part.section == Section::Query);
    let query: Vec<String> = query.flat_map(names).collect();
    json.value
        .retain(|key| query.iter().all(|name| name != key));
    let (at, mut body) = (json.at, Body::default());
    body.json = Some(json);
    let rest = Request::default();
    Some(Request {
        at,
        path,
        body,
        ..rest
    })
}

/// Whether a host is the legacy API's.
pub(super) fn is_host(host: &str) -> bool {
    host.starts_with("oapi.dingtalk.")
}

fn name(part: &Part, row: &Row) -> String {
    let cell = part.columns.cell(row, Column::Name);
    cell.map(|cell| marked(&cell.raw).1).unwrap_or_default()
}

fn ty(part: &Part, row: &Row) -> Ty {
    let cell = part.columns.cell(row, Column::Type);
    types::read(&cell.map(|cell| plain(&cell.raw)).unwrap_or_default())
}

/// `Number` is a whole number, unless the row shows another one, and a date is text.
fn usual_types(part: &mut Part) {
    let Some(ty) = part.columns.position(Column::Type) else {
        return;
    };
    let example = part.columns.position(Column::Example);
    for row in &mut part.rows {
        let shown = example.and_then(|at| row.cells.get(at));
        let fraction = shown.is_some_and(|cell| cell.raw.contains('.'));
        if let Some(cell) = row.cells.get_mut(ty) {
            let usual = match cell.raw.trim() {
                "Number" if !fraction => "Long",
                "Number[]" if !fraction => "Long[]",
                "Date" | "DateTime" => "String",
                other => other,
            };
            cell.raw = usual.to_owned();
        }
        let is_whole = row
            .cells
            .get(ty)
            .is_some_and(|cell| types::read(&cell.raw) == Ty::Integer);
        if is_whole && let Some(cell) = example.and_then(|at| row.cells.get_mut(at)) {
            // Pages mask digits.
            cell.raw.retain(|c| !c.is_whitespace());
            if cell.raw.parse::<i64>().is_err() {
                cell.raw.clear();
            }
        }
    }
}

/// Examples of this API are made by a program that knows texts and objects alone: a table of types says what they show.
fn as_described(parts: &mut Parts) {
    for reply in [false, true] {
        let mut types = BTreeMap::new();
        for part in parts.fields.iter().filter(|part| part.is_reply() == reply) {
            for row in &part.rows {
                let ty = ty(part, row);
                let known = types.entry(name(part, row)).or_insert_with(|| ty.clone());
                // Fields of one name may differ.
                if *known != ty {
                    *known = Ty::Missing;
                }
            }
        }
        for json in parts.shown_mut(reply) {
            described(json, &Ty::Object, &types, reply);
        }
    }
}

/// Reads a value as one of a type.
fn described(json: &mut Json, ty: &Ty, types: &BTreeMap<String, Ty>, reply: bool) {
    let at = json.at;
    let of = |value| Json { value, at };
    match (&mut json.value, ty) {
        (Value::Object(_), Ty::List(_)) => {
            let one = std::mem::replace(json, of(Value::Null));
            json.value = Value::List(vec![one]);
        }
        (Value::Text(text), Ty::List(_)) if text.starts_with('[') => {
            let lines = [(at.line, text.as_str())];
            if let Some(list) = json::read(lines.into_iter()).json {
                json.value = list.value;
            }
        }
        (Value::Text(text), Ty::List(_)) => {
            let parts = text
                .split(',')
                .map(str::trim)
                .filter(|part| !part.is_empty());
            json.value = Value::List(parts.map(|part| of(Value::Text(part.to_owned()))).collect());
        }
        (Value::Text(text), Ty::Boolean) => {
            if let Ok(value) = text.parse() {
                json.value = Value::Bool(value);
            }
        }
        (Value::Text(text), Ty::Integer | Ty::Number) => {
            // Pages mask digits.
            json.value = text.parse().map_or(Value::Null, Value::Number);
        }
        (Value::Number(number), Ty::Text) => json.value = Value::Text(number.to_string()),
        (Value::Bool(value), Ty::Text) => json.value = Value::Text(value.to_string()),
        // What is sent as a text is JSON in it.
        (value @ (Value::Object(_) | Value::List(_)), Ty::Text) if !reply => {
            json.value = Value::Text(value.plain().to_string());
        }
        _ => {}
    }
    match &mut json.value {
        Value::Object(entries) => {
            for entry in entries {
                if !types.contains_key(&entry.key)
                    && let Some(name) = types.keys().find(|name| bare(name) == bare(&entry.key))
                {
                    entry.key.clone_from(name);
                }
                let ty = types.get(&entry.key).unwrap_or(&Ty::Missing);
                described(&mut entry.json, ty, types, reply);
            }
        }
        Value::List(elements) => {
            let inner = match ty {
                Ty::List(Some(inner)) => inner,
                _ => &Ty::Missing,
            };
            for element in elements {
                described(element, inner, types, reply);
            }
        }
        _ => {}
    }
}

/// Removes the first row of a name.
fn take_row(part: &mut Part, wanted: &str, findings: &mut Findings) -> bool {
    let found = part.rows.iter().position(|row| name(part, row) == wanted);
    if let Some(at) = found {
        findings.took_row(part.rows.remove(at).at.line);
    }
    found.is_some()
}

/// The first object that the page shows of a reply.
fn shown_reply(parts: &mut Parts) -> Option<&mut Json> {
    let mut shown = parts.shown_mut(true);
    shown.find(|json| json.value.entries().is_some())
}

/// Removes the success flag, unless it is only shown deeper in the reply. It often follows the fields under `result`.
fn take_flag(parts: &mut Parts, findings: &mut Findings) {
    if let Some(json) = shown_reply(parts) {
        let mut top = json.value.entries().into_iter().flatten();
        let is_deeper = !top.any(|entry| entry.key == FLAG) && has(json, FLAG);
        json.value.retain(|key| key != FLAG);
        if is_deeper {
            return;
        }
    }
    for part in parts.fields.iter_mut().filter(|part| part.is_reply()) {
        let is_flag = |row: &Row| name(part, row) == FLAG;
        let first = part.rows.first().is_some_and(is_flag).then_some(0);
        if let Some(at) = first.or_else(|| part.rows.iter().rposition(is_flag)) {
            findings.took_row(part.rows.remove(at).at.line);
        }
    }
}

/// Makes the content of `result` the whole reply, if there is nothing else.
fn open_result(parts: &mut Parts, findings: &mut Findings) -> bool {
    let shown = shown_reply(parts);
    let result = shown.as_deref().and_then(only_result).cloned();
    if shown.is_some() && result.is_none() {
        return false;
    }
    let mut tables = parts.fields.iter_mut().filter(|part| part.is_reply());
    if let Some(part) = tables.next() {
        let [first, rest @ ..] = part.rows.as_slice() else {
            return false;
        };
        if name(part, first) != RESULT || tables.next().is_some() {
            return false;
        }
        let (ty, alone) = (ty(part, first), rest.is_empty());
        if !alone && !ty.may_have_fields() {
            return false;
        }
        if !alone && matches!(ty, Ty::Object | Ty::Named(_)) {
            findings.took_row(part.rows.remove(0).at.line);
        } else if let Some(at) = part.columns.position(Column::Name)
            && let Some(cell) = part.rows.first_mut().and_then(|row| row.cells.get_mut(at))
        {
            // A row without a name describes the whole.
            cell.raw.clear();
        }
    } else if result.is_none() {
        return false;
    }
    if let (Some(result), Some(json)) = (result, shown_reply(parts)) {
        *json = result;
    }
    true
}

/// The value of `result`, if a reply has nothing else.
fn only_result(reply: &Json) -> Option<&Json> {
    match reply.value.entries()? {
        [entry] if entry.key == RESULT => Some(&entry.json),
        _ => None,
    }
}

/// Whether a value has a field of a name anywhere.
fn has(json: &Json, name: &str) -> bool {
    match &json.value {
        Value::Object(entries) => {
            let mut entries = entries.iter();
            entries.any(|entry| entry.key == name || has(&entry.json, name))
        }
        Value::List(elements) => elements.iter().any(|element| has(element, name)),
        _ => false,
    }
}
