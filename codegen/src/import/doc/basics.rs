//! Method, address, application types and permission, in both layouts.

use super::columns::Column;
use super::finding::Findings;
use super::http::unescape;
use super::inline::{label, plain};
use super::parts::{Part, Parts};
use super::source::At;
use super::table::Row;
use crate::diagnostic::shown;
use crate::spec::AppType;

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
        for part in &parts.basics {
            for row in &part.rows {
                basics.row(row, findings);
            }
        }
        for part in &parts.app_types {
            for row in &part.rows {
                basics.app_type_row(part, row, findings);
            }
        }
        basics
    }

    fn row(&mut self, row: &Row, findings: &mut Findings) {
        let Some(key) = row.cells.first() else { return };
        let value = row.cells.get(1);
        let at = value.map_or(row.at, |cell| cell.at);
        let raw = value.map(|cell| cell.raw.as_str()).unwrap_or_default();
        let text = plain(raw);
        match label(&key.raw).as_str() {
            "http url" | "url" | "请求地址" | "接口地址" => match &self.url {
                Some((known, _)) if *known != text => {
                    self.second_url.get_or_insert((text, at));
                }
                _ => self.url = Some((text, at)),
            },
            "http method" | "method" | "请求方法" | "请求方式" | "http方法" => {
                self.method = Some((text.to_uppercase(), at));
            }
            "支持的应用类型"
            | "应用类型"
            | "supported application types"
            | "supported app types"
            | "application types"
            | "app types" => self.app_type_words(&text, at, findings),
            "权限要求"
            | "权限"
            | "权限点"
            | "required permission"
            | "required permissions"
            | "permission"
            | "permissions" => self.permission_words(&text, at, findings),
            _ => return,
        }
        findings.took_row(row.at.line);
    }

    /// `appType-one appType-another`, with or without space between.
    fn app_type_words(&mut self, text: &str, at: At, findings: &mut Findings) {
        self.app_types_at = Some(at);
        let words: Vec<&str> = if text.contains("appType-") {
            text.split("appType-").skip(1).collect()
        } else {
            text.split([',', '，', '、', ' ', '\n']).collect()
        };
        for word in words {
            let word = word.trim().trim_matches([',', '，', '、', ';']).trim();
            if word.is_empty() {
                continue;
            }
            match app_type(word) {
                Some(app_type) if self.app_types.contains(&app_type) => {}
                Some(app_type) => self.app_types.push(app_type),
                None => findings.left_out(
                    at,
                    format!("{} is no kind of application that is known", shown(word)),
                    "if the operation is for it, add it to `app_types`",
                ),
            }
        }
    }

    /// `permission-Calendar.Event.Write-words`
    fn permission_words(&mut self, text: &str, at: At, findings: &mut Findings) {
        self.permission_at = Some(at);
        let mut codes: Vec<String> = Vec::new();
        for word in text.split("permission-").skip(1) {
            let end =
                word.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | ':')));
            let code = word.get(..end.unwrap_or(word.len())).unwrap_or_default();
            let code = code.trim_end_matches(['.', '_', ':']);
            if !code.is_empty() && !codes.iter().any(|known| known == code) {
                codes.push(code.to_owned());
            }
        }
        let mut codes = codes.into_iter();
        self.permission = codes.next();
        let others: Vec<String> = codes.collect();
        if self.permission.is_none() && !text.is_empty() && text != "-" {
            findings.left_out(
                at,
                format!("the permission has no code: {}", shown(text)),
                "if the operation needs one, add its code as `permission`",
            );
        }
        if !others.is_empty() {
            findings.left_out(
                at,
                format!(
                    "more than one permission is named; beside the first: {}",
                    others.join(", ")
                ),
                "the spec has one; if another is enough or needed too, say so in `doc`",
            );
        }
    }

    /// The older layout has a row for each kind of application.
    fn app_type_row(&mut self, part: &Part, row: &Row, findings: &mut Findings) {
        let text = |column| plain(&part.columns.text(row, column));
        let (name, supported) = (text(Column::AppType), text(Column::Supported));
        let permission = text(Column::Permission);
        findings.took_row(row.at.line);
        self.app_types_at.get_or_insert(row.at);
        let yes = match supported.to_lowercase().as_str() {
            "支持" | "是" | "yes" | "supported" | "true" => true,
            "暂不支持" | "不支持" | "否" | "no" | "not supported" | "false" | "-" | "—" => {
                false
            }
            _ => {
                let message = format!(
                    "{} does not say whether the operation is for it",
                    shown(&supported)
                );
                return findings.left_out(row.at, message, "if it is, add it to `app_types`");
            }
        };
        if !yes {
            return;
        }
        match app_type(&name) {
            Some(app_type) if !self.app_types.contains(&app_type) => self.app_types.push(app_type),
            Some(_) => {}
            None => findings.left_out(
                row.at,
                format!("{} is no kind of application that is known", shown(&name)),
                "if the operation is for it, add it to `app_types`",
            ),
        }
        let at = part
            .columns
            .cell(row, Column::Permission)
            .map_or(row.at, |cell| cell.at);
        if permission.contains("permission-") {
            self.permission_words(&permission, at, findings);
        } else if self.permission.is_none()
            && self.permission_at.is_none()
            && !permission.is_empty()
        {
            self.permission_words(&permission, at, findings);
        }
    }
}

fn app_type(words: &str) -> Option<AppType> {
    let words = words.to_lowercase();
    let has = |one: &str| words.contains(one);
    if has("委托") || has("delegated") || has("on behalf") {
        Some(AppType::Delegated)
    } else if has("第三方个人") || (has("third-party") && has("personal")) {
        Some(AppType::ThirdPartyPersonal)
    } else if has("第三方") || has("third-party") || has("third party") {
        Some(AppType::ThirdParty)
    } else if has("企业内部") || has("internal") {
        Some(AppType::Internal)
    } else {
        None
    }
}

/// An address as a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Address {
    pub(super) host: Option<String>,
    pub(super) path: String,
    /// The names in the query, if the address has one.
    pub(super) query: Vec<String>,
    /// What had to be changed.
    pub(super) slips: Vec<&'static str>,
}

/// Reads `https://host/v1.0/a/{b}`.
pub(super) fn address(text: &str) -> Address {
    let mut slips = Vec::new();
    let text = text.trim();
    let whole = text.split_whitespace().collect::<String>();
    if whole.len() < text.len() {
        slips.push("there is space in it");
    }
    let rest = whole
        .strip_prefix("https://")
        .or(whole.strip_prefix("http://"));
    let (host, target) = match rest {
        Some(rest) => {
            let end = rest.find('/').unwrap_or(rest.len());
            let (host, target) = rest.split_at(end);
            (Some(host.to_ascii_lowercase()), target)
        }
        None => (None, whole.as_str()),
    };
    let target = target.split('#').next().unwrap_or_default();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let names = query.split('&').filter_map(|pair| pair.split('=').next());
    let query = names
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect();
    let mut out = String::new();
    for segment in path.split('/').filter(|segment| !segment.is_empty()) {
        out.push('/');
        out.push_str(&self::segment(segment, &mut slips));
    }
    if path.ends_with('/') && path.len() > 1 {
        slips.push("it ends with a slash");
    }
    Address {
        host,
        path: out,
        query,
        slips,
    }
}

/// A part of a path; values may be marked in other ways than by braces.
fn segment(segment: &str, slips: &mut Vec<&'static str>) -> String {
    let segment = unescape(segment);
    let inside = |open: &str, close: &str| {
        let inner = segment
            .strip_prefix(open)
            .and_then(|rest| rest.strip_suffix(close));
        inner.map(|inner| format!("{{{}}}", inner.trim()))
    };
    let other = inside("${", "}").or_else(|| inside("<", ">")).or_else(|| {
        let name = segment.strip_prefix(':')?;
        let plain =
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        plain.then(|| format!("{{{name}}}"))
    });
    match other {
        Some(segment) => {
            slips.push("a value is marked otherwise than by braces");
            segment
        }
        None => segment,
    }
}

/// Whether a path begins with a version.
pub(super) fn has_version(path: &str) -> bool {
    let first = path.split('/').nth(1).unwrap_or_default();
    first.strip_prefix('v').is_some_and(|version| {
        let number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        version
            .split_once('.')
            .is_some_and(|(a, b)| number(a) && number(b))
    })
}

/// The values of a template in a path, if it is of its form. Names are in the template's order.
pub(super) fn values(template: &str, path: &str) -> Option<Vec<(String, String)>> {
    let names: Vec<&str> = template.trim_matches('/').split('/').collect();
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    if names.len() != parts.len() {
        return None;
    }
    let mut values = Vec::new();
    for (name, part) in names.iter().zip(&parts) {
        match name
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'))
        {
            Some(name) => values.push((name.to_owned(), unescape(part))),
            None if name == part => {}
            None => return None,
        }
    }
    Some(values)
}

/// A path without the names of its values: what two descriptions of it have in common.
pub(super) fn form(template: &str) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, behind)) = rest.split_once('{') {
        out.push_str(before);
        out.push_str("{}");
        rest = behind.split_once('}').map_or("", |(_, rest)| rest);
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_become_paths() {
        let cases = [
            ("https://api.dingtalk.com/v1.0/a/{b}", "/v1.0/a/{b}", 0),
            ("/v1.0/a/b ", "/v1.0/a/b", 0),
            (
                "https://api.dingtalk.com/v1.0/a/${b}/<c>/:d/",
                "/v1.0/a/{b}/{c}/{d}",
                4,
            ),
            ("https://api.dingtalk.com/a b?x=1&y={y}", "/ab", 1),
        ];
        for (text, path, slips) in cases {
            let address = address(text);
            assert_eq!(address.path, path);
            assert_eq!(address.slips.len(), slips, "{text}");
        }
        assert_eq!(address("https://h/a?x=1&y={y}").query, ["x", "y"]);
    }

    #[test]
    fn values_are_taken_out_of_a_path() {
        let found = values("/v1.0/a/{b}/c/{d}", "/v1.0/a/x%2Fy/c/z").unwrap();
        assert_eq!(found[0], ("b".to_owned(), "x/y".to_owned()));
        assert_eq!(values("/v1.0/a/{b}", "/v1.0/b/x"), None);
        assert_eq!(form("/v1.0/a/{b}/c"), form("/v1.0/a/{x}/c"));
    }

    #[test]
    fn versions_are_known() {
        assert!(has_version("/v1.0/a") && has_version("/v2.0"));
        assert!(!has_version("/a/v1.0") && !has_version("/v1/a"));
    }
}
