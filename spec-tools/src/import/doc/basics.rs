//! Method, address, application types and permission, in both layouts.

use serde::Deserialize;

use super::inline::yes_or_no;
use super::parts::rows;
use super::words;
use super::{At, Column, Findings, Part, Parts, Row, label, plain};
use crate::diagnostic::quoted;
use crate::spec::AppType;

/// What a row says of the operation as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Fact {
    Url,
    Method,
    AppTypes,
    Permission,
}

/// What the tables say.
#[derive(Debug, Default)]
pub(super) struct Basics {
    pub(super) url: Option<(String, At)>,
    pub(super) method: Option<(String, At)>,
    pub(super) app_types: Vec<AppType>,
    pub(super) app_types_at: Option<At>,
    pub(super) permission: Option<String>,
    pub(super) permission_at: Option<At>,
    /// A second address: the page describes more than one operation.
    pub(super) second_url: Option<(String, At)>,
}

impl Basics {
    pub(super) fn read(parts: &Parts, findings: &mut Findings) -> Self {
        let mut basics = Self::default();
        for (_, row) in rows(&parts.basics) {
            basics.row(row, findings);
        }
        // Where tables say it, text may be about something else.
        if basics.url.is_none() && basics.method.is_none() {
            for (fact, value, at) in &parts.stated {
                basics.stated(*fact, value, *at);
            }
        }
        for (part, row) in rows(&parts.app_types) {
            basics.app_type_row(part, row, findings);
        }
        basics
    }

    fn row(&mut self, row: &Row, findings: &mut Findings) {
        let Some(key) = row.cells.first() else { return };
        let value = row.cells.get(1);
        let at = value.map_or(row.at, |cell| cell.at);
        let raw = value.map(|cell| cell.raw.as_str()).unwrap_or_default();
        let text = plain(raw);
        match words::fact(&label(&key.raw)) {
            Some(Fact::Url) => self.address(&text, at),
            Some(Fact::Method) => self.method = Some((text.to_uppercase(), at)),
            Some(Fact::AppTypes) => self.app_type_words(&text, at, findings),
            Some(Fact::Permission) => self.permission_words(&text, at, findings),
            None => return,
        }
        findings.took_row(row.at.line);
    }

    fn address(&mut self, text: &str, at: At) {
        match &self.url {
            Some((known, _)) if known != text => {
                self.second_url.get_or_insert((text.to_owned(), at));
            }
            _ => self.url = Some((text.to_owned(), at)),
        }
    }

    /// What a line of text states.
    fn stated(&mut self, fact: Fact, value: &str, at: At) {
        if fact == Fact::Url {
            self.address(value, at);
        } else if self.method.is_none() {
            // `POST（HTTPS）`
            let word = value.split(|c: char| !c.is_ascii_alphabetic()).next();
            self.method = word.map(|word| (word.to_uppercase(), at));
        }
    }

    /// `appType-one appType-another`, with or without space between.
    fn app_type_words(&mut self, text: &str, at: At, findings: &mut Findings) {
        self.app_types_at = Some(at);
        let words: Vec<&str> = if text.contains("appType-") {
            text.split("appType-").skip(1).collect()
        } else {
            // English words have spaces between them.
            let signs = if text.is_ascii() { ",\n" } else { ",，、\n " };
            text.split(|c| signs.contains(c)).collect()
        };
        for word in words {
            let word = word.trim().trim_matches([',', '，', '、', ';']).trim();
            if word.is_empty() {
                continue;
            }
            match words::app_type(word) {
                Some(app_type) => self.add_type(app_type),
                None => findings.left_out(at, unknown_type(word), ADD_TYPE),
            }
        }
    }

    fn add_type(&mut self, app_type: AppType) {
        if !self.app_types.contains(&app_type) {
            self.app_types.push(app_type);
        }
    }

    /// `permission-Calendar.Event.Write-words`
    fn permission_words(&mut self, text: &str, at: At, findings: &mut Findings) {
        self.permission_at = Some(at);
        let mut codes: Vec<String> = Vec::new();
        for word in text.split("permission-").skip(1) {
            let is_code = |c: char| c.is_ascii_alphanumeric() || "._:".contains(c);
            let code = word.split(|c| !is_code(c)).next().unwrap_or_default();
            let code = code.trim_end_matches(['.', '_', ':']);
            if !code.is_empty() && !codes.iter().any(|known| known == code) {
                codes.push(code.to_owned());
            }
        }
        if codes.is_empty() && !text.is_empty() && text != "-" {
            let message = format!("the permission has no code: {}", quoted(text));
            let help = "if the operation needs one, add its code as `permission`";
            findings.left_out(at, message, help);
        }
        if codes.len() > 1 {
            let others = codes.split_off(1).join(", ");
            let message =
                format!("the page names more than one permission; beside the first: {others}");
            let help =
                "the spec holds one; if another is sufficient or also needed, say so in `doc`";
            findings.left_out(at, message, help);
        }
        self.permission = codes.pop();
    }

    /// The older layout has a row for each kind of application.
    fn app_type_row(&mut self, part: &Part, row: &Row, findings: &mut Findings) {
        let text = |column| part.text(row, column);
        let (name, supported) = (text(Column::AppType), text(Column::Supported));
        self.app_types_at.get_or_insert(row.at);
        let why = match (words::app_type(&name), yes_or_no(&supported)) {
            (_, Some(false)) => return findings.took_row(row.at.line),
            (Some(app_type), Some(true)) => {
                self.add_type(app_type);
                findings.took_row(row.at.line);
                return self.permission_cell(part, row, findings);
            }
            (None, Some(true)) => unknown_type(&name),
            (_, None) => {
                let (supported, name) = (quoted(&supported), quoted(&name));
                format!("{supported} does not say whether the operation supports {name}")
            }
        };
        findings.left_out_rows(&[row.at.line], row.at, why, ADD_TYPE);
    }

    fn permission_cell(&mut self, part: &Part, row: &Row, findings: &mut Findings) {
        let permission = part.text(row, Column::Permission);
        let cell = part.columns.cell(row, Column::Permission);
        let at = cell.map_or(row.at, |cell| cell.at);
        // Where it is in words alone, once is enough.
        let first = self.permission_at.is_none() && !permission.is_empty();
        if first || permission.contains("permission-") {
            self.permission_words(&permission, at, findings);
        }
    }
}

const ADD_TYPE: &str = "if the operation supports it, add it to `app_types`";

fn unknown_type(words: &str) -> String {
    format!("{} is not a known application type", quoted(words))
}
