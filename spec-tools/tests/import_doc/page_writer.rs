//! Writes an operation as a made-up page, in the layouts that the platform's pages have.

mod examples;
mod rows;

use std::collections::{BTreeMap, BTreeSet};

use dingtalk_codegen::spec::{
    AppType, NamedType, Operation, Ordered, ScalarOrNamed, Shape, Token, TokenKind,
};

use examples::words;

/// How a page looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Markdown as the site has it.
    Site,
    /// The older one: permission, request with words for types, parameters, examples at the end.
    Older,
    /// Text copied from a browser, with bars.
    Bars,
    /// The same with tabs.
    Tabs,
}

/// What the examples show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    All,
    /// Lists have two items, each with some of the fields.
    InParts,
    /// Some fields, and with them all inside, are nowhere.
    Some,
    Nothing,
}

/// All that differs from page to page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub(crate) layout: Layout,
    pub(crate) english: bool,
    /// Types with as much as a page can say: `Map<String, Long>`, not `Map`.
    pub(crate) exact: bool,
    pub(crate) shown: Shown,
}

/// A page and what is known of it.
pub(crate) struct Written {
    pub(crate) text: String,
    /// The lines of the rows of each field, by the field's place: `body/people/[]/name`.
    pub(crate) lines: BTreeMap<String, usize>,
    /// Places of which the page says less than the spec.
    pub(crate) vague: BTreeSet<String>,
}

/// What types stand for.
#[derive(Clone, Copy)]
pub(crate) struct Types<'a> {
    pub(crate) own: &'a Ordered<String, NamedType>,
    pub(crate) shared: &'a Ordered<String, NamedType>,
}

impl<'a> Types<'a> {
    pub(crate) fn named(self, name: &str) -> Option<Shape<'a>> {
        let def = self.own.get(name).or_else(|| self.shared.get(name))?;
        match (&def.object, &def.values) {
            (Some(fields), _) => Some(Shape::Object(fields)),
            (None, Some(values)) => Some(Shape::Enum(
                values,
                def.type_name == Some(ScalarOrNamed::Integer),
            )),
            (None, None) => None,
        }
    }
}

struct Page<'a> {
    style: Style,
    types: Types<'a>,
    seed: u64,
    out: String,
    lines: BTreeMap<String, usize>,
    vague: BTreeSet<String>,
}

/// A row that is to be written.
struct Row {
    place: String,
    name: String,
    ty: String,
    required: bool,
    text: String,
}

pub(crate) fn write<'a>(
    service: &str,
    operation: &'a Operation,
    types: Types<'a>,
    style: Style,
) -> Written {
    let mut page = Page {
        style,
        types,
        seed: operation
            .path
            .bytes()
            .fold(style.shown as u64 + 7, |seed, b| {
                seed.wrapping_mul(31).wrapping_add(u64::from(b))
            }),
        out: String::new(),
        lines: BTreeMap::new(),
        vague: BTreeSet::new(),
    };
    page.all(service, operation);
    Written {
        text: page.out,
        lines: page.lines,
        vague: page.vague,
    }
}

impl<'a> Page<'a> {
    fn all(&mut self, service: &str, operation: &'a Operation) {
        if self.style.layout == Layout::Site {
            self.line("---\ntitle: \"made up\"\nslug: \"made-up\"\n---\n");
            self.line("# Made up\n");
        }
        if self.style.layout == Layout::Older {
            self.older(service, operation);
            return;
        }
        self.heading(2, "请求", "Request");
        self.heading(3, "基本信息", "Basic information");
        let columns = if self.style.english {
            ["Field", "Value"]
        } else {
            ["字段", "值"]
        };
        self.header(&columns);
        let url = format!("https://api.dingtalk.com{}", operation.path);
        self.cells(&["HTTP URL", &url]);
        self.cells(&["HTTP Method", operation.method.as_str()]);
        self.line("");
        self.parameters(operation);
        self.heading(3, "请求示例", "Request example");
        self.request_example(operation);
        self.code(service, operation);
        self.heading(2, "响应", "Response");
        self.reply(operation);
        self.heading(3, "响应体示例", "Response example");
        self.reply_example(operation);
        self.errors(operation);
    }

    fn older(&mut self, service: &str, operation: &'a Operation) {
        self.heading(2, "权限", "Permission");
        self.header(&["应用类型", "是否支持", "权限", "API Explorer调试"]);
        let (name, version) = service.split_at(service.len() - 4);
        let link = format!(
            "[API Explorer](https://x.example/#/?api={name}{}%23{})",
            version
                .replacen('_', "\u{0}", 1)
                .replace('_', ".")
                .replace('\u{0}', "_"),
            operation.operation
        );
        for (app_type, words) in [
            (AppType::Internal, "企业内部应用"),
            (AppType::Delegated, "服务商受委托的应用"),
            (AppType::ThirdParty, "第三方企业应用"),
            (AppType::ThirdPartyPersonal, "第三方个人应用"),
        ] {
            let supported = operation.app_types.contains(&app_type);
            let supported = if supported { "支持" } else { "暂不支持" };
            self.cells(&[words, supported, "无", &link]);
        }
        self.line("");
        self.heading(2, "请求方法", "Request method");
        let first = format!("{} {} HTTP/1.1", operation.method.as_str(), operation.path);
        let body = self.body_example(operation);
        let words = body.as_ref().map(words);
        self.fence(&message(
            &first,
            "x-acs-dingtalk-access-token:String",
            words,
        ));
        self.parameters(operation);
        self.heading(2, "返回参数", "Response parameters");
        self.reply_table(operation);
        self.heading(2, "示例", "Examples");
        self.line("**请求示例**\n");
        self.request_example(operation);
        self.code(service, operation);
        self.line("**返回示例**\n");
        self.reply_example(operation);
        self.errors(operation);
    }

    fn parameters(&mut self, operation: &'a Operation) {
        let older = self.style.layout == Layout::Older;
        let token = operation.needs_token();
        if token || operation.headers.iter().next().is_some() {
            let words = if older { "Header参数" } else { "请求头" };
            self.heading(if older { 2 } else { 3 }, words, "Request headers");
            let mut rows = self.rows("headers", &operation.headers);
            if token {
                rows.insert(0, token_row(operation));
            }
            self.table(&rows, true);
        }
        for (key, chinese, old, english, fields) in [
            (
                "path_params",
                "路径参数",
                "Path参数",
                "Path parameters",
                &operation.path_params,
            ),
            (
                "query",
                "查询参数",
                "Query参数",
                "Query parameters",
                &operation.query,
            ),
        ] {
            if fields.iter().next().is_some() {
                let words = if older { old } else { chinese };
                self.heading(if older { 2 } else { 3 }, words, english);
                let mut rows = self.rows(key, fields);
                if key == "path_params" {
                    for row in &mut rows {
                        row.required = true;
                    }
                }
                self.table(&rows, true);
            }
        }
        let mut rows = Vec::new();
        if let Some(fields) = &operation.body {
            rows = self.rows("body", fields);
        } else if let Some(whole) = &operation.body_type {
            rows = self.whole("body", whole);
        }
        if !rows.is_empty() {
            let words = if older { "Body参数" } else { "请求体" };
            self.heading(if older { 2 } else { 3 }, words, "Request body");
            self.table(&rows, true);
        }
    }

    fn reply(&mut self, operation: &'a Operation) {
        self.heading(3, "响应体", "Response body");
        self.reply_table(operation);
    }

    fn reply_table(&mut self, operation: &'a Operation) {
        let mut rows = Vec::new();
        if let Some(fields) = &operation.response {
            rows = self.rows("response", fields);
        } else if let Some(whole) = &operation.response_type {
            rows = self.whole("response", whole);
        }
        if rows.is_empty() {
            self.line("无\n");
        } else {
            self.table(&rows, false);
        }
    }

    fn errors(&mut self, operation: &'a Operation) {
        self.heading(
            if self.style.layout == Layout::Older {
                2
            } else {
                3
            },
            "错误码",
            "Error codes",
        );
        let columns = if self.style.english {
            ["HttpCode", "Error code", "Error message", "Description"]
        } else {
            ["HttpCode", "错误码", "错误信息", "说明"]
        };
        self.header(&columns);
        for row in &operation.errors {
            let message = row.message.clone().unwrap_or_default();
            let (code, message) = (self.name(&row.code), self.name(&message));
            self.cells(&[&row.status.to_string(), &code, &message, "-"]);
        }
    }

    /// A name as Markdown has it.
    fn name(&self, name: &str) -> String {
        let escaped = matches!(self.style.layout, Layout::Site | Layout::Older);
        let name = name.replace('|', "\\|");
        if escaped {
            name.replace('_', "\\_")
        } else {
            name
        }
    }

    fn header(&mut self, columns: &[&str]) {
        self.cells(columns);
        if self.style.layout != Layout::Tabs {
            let ruler = vec!["---"; columns.len()];
            self.cells(&ruler);
        }
    }

    fn cells(&mut self, cells: &[&str]) {
        if self.style.layout == Layout::Tabs {
            self.line(&cells.join("\t"));
        } else {
            self.line(&format!("| {} |", cells.join(" | ")));
        }
    }

    fn line(&mut self, text: &str) {
        // A copy from a browser has no empty lines.
        let copy = matches!(self.style.layout, Layout::Bars | Layout::Tabs);
        if copy && text.is_empty() {
            return;
        }
        self.out.push_str(if copy { text.trim_end() } else { text });
        self.out.push('\n');
    }

    fn heading(&mut self, level: usize, chinese: &str, english: &str) {
        let words = if self.style.english { english } else { chinese };
        match self.style.layout {
            Layout::Site | Layout::Older => {
                let words = format!("{} {words}\n", "#".repeat(level));
                self.line(&words);
            }
            Layout::Bars | Layout::Tabs => self.line(words),
        }
    }

    fn fence(&mut self, text: &str) {
        match self.style.layout {
            Layout::Site | Layout::Older => self.line(&format!("```\n{text}\n```\n")),
            Layout::Bars | Layout::Tabs => {
                let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
                let text: Vec<&str> = lines.collect();
                self.line(&text.join("\n"));
            }
        }
    }
}

/// The row of the token's header, which says where to get the token.
fn token_row(operation: &Operation) -> Row {
    let kinds = operation.token.iter().flat_map(Token::kinds);
    let sources = kinds.map(|kind| match kind {
        TokenKind::Application => "[获取企业内部应用的accessToken](a.md)",
        TokenKind::User => "[获取用户token](b.md)",
        TokenKind::Suite => "[获取第三方企业应用的suiteAccessToken](c.md)",
        TokenKind::None => "",
    });
    Row {
        place: "headers/x-acs-dingtalk-access-token".to_owned(),
        name: "x-acs-dingtalk-access-token".to_owned(),
        ty: "String".to_owned(),
        required: true,
        text: format!("The token. {}", sources.collect::<Vec<_>>().join("; ")),
    }
}

fn message(line: &str, headers: &str, body: Option<String>) -> String {
    match body {
        Some(body) => format!("{line}\n{headers}\n\n{body}"),
        None => format!("{line}\n{headers}"),
    }
}
