use std::collections::BTreeSet;
use std::fmt::Write as _;

use clap::{ArgMatches, Command};
use dingtalk_api::operation::{Description, FieldDescription, Type};
use dingtalk_catalogue::{Error, Operation};

use crate::command::{operation, operation_args};
use crate::example::Example;
use crate::failure::Failure;
use crate::list::json_arg;
use crate::output::{self, table};

/// `show SERVICE ACTION [--json]`
pub fn command() -> Command {
    Command::new("show")
        .about("Shows an operation: its fields, errors and an example")
        .long_about(
            "Shows an operation: method, path, permission, the fields of request and reply, errors, and \
             an example call to copy. An enum may have values that are not listed.",
        )
        .after_help(
            "Examples:\n  dingtalk show conference_1_0 StartCloudRecord\n  \
             dingtalk show conference_1_0 StartCloudRecord --json    for other programs",
        )
        .args(operation_args())
        .arg(json_arg())
}

pub fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let operation = operation(matches)?;
    if matches.get_flag("json") {
        let mut shown = output::to_json(operation.callable()?)?;
        if let Some(shown) = shown.as_object_mut() {
            shown.insert("title".to_owned(), operation.title().into());
        }
        return output::print_json(&shown);
    }
    output::print(&describe(&operation)?)
}

fn describe(shown: &Operation<'_>) -> Result<String, Error> {
    let operation = shown.callable()?;
    let described = operation.describe();
    let mut text = head(&described, shown.title());
    let mut section = |title: &str, body: String| {
        if !body.is_empty() {
            // Writing to a String cannot fail.
            let _ = write!(text, "\n{title}\n{body}");
        }
    };
    let mut tree = Tree::new(&described);
    section("Path", tree.fields(&described.path_params));
    section("Query", tree.fields(&described.query));
    section("Headers", tree.fields(&described.headers));
    match (&described.body, &described.body_type) {
        (_, Some(body)) => section("Body", tree.field(body)),
        (Some(body), None) if body.is_empty() => section("Body", "  {}\n".to_owned()),
        (Some(body), None) => section("Body", tree.fields(body)),
        (None, None) => {}
    }
    match (&described.response, &described.response_type) {
        (_, Some(reply)) => section("Reply", tree.bare(reply)),
        (Some(reply), None) => section("Reply", tree.fields(reply)),
        (None, None) => section("Reply", "  nothing\n".to_owned()),
    }
    section("Errors", errors(&described));
    section("Example", Example::of(operation).to_string());
    if let Some(body) = Example::whole_body(operation) {
        section("A body with every field", body);
    }
    Ok(text)
}

fn head(described: &Description, title: &str) -> String {
    let mut facts = vec![["service".to_owned(), described.service.to_owned()]];
    let mut fact = |name: &str, value: String| {
        if !value.is_empty() {
            facts.push([name.to_owned(), value]);
        }
    };
    fact("API", described.api.unwrap_or_default().to_owned());
    fact("permission", described.permission.to_owned());
    let kinds: Vec<_> = described
        .app_types
        .iter()
        .map(ToString::to_string)
        .collect();
    fact("applications", kinds.join("; "));
    let kinds = described.token_kinds.iter().map(ToString::to_string);
    match kinds.collect::<Vec<_>>().join(" or ") {
        _ if !described.token => fact("token", "not needed".to_owned()),
        kinds => fact("token", kinds),
    }
    if described.webhook.is_some() {
        fact("webhook", "DINGTALK_WEBHOOK, instead of a token".to_owned());
    }
    if let Some(signature) = described.signature {
        fact("signature", signature.to_owned());
    }
    if let Some(bytes) = described.max_bytes {
        fact("size", format!("a body of at most {bytes} bytes"));
    }
    if described.idempotent {
        fact("idempotent", "may be sent twice".to_owned());
    }
    if described.form {
        fact("body", "sent as a form".to_owned());
    }
    if described.multipart {
        fact("body", "sent as a form with files".to_owned());
    }
    if let Some(field) = described.response_field {
        fact("reply", format!("the content of `{field}`"));
    }
    if let Some(paging) = &described.paging {
        let cursors = [&paging.token, &paging.page, &paging.offset];
        let cursor = cursors.into_iter().find_map(Option::as_deref);
        let cursor = cursor.unwrap_or_default();
        fact(
            "pages",
            format!("by `{cursor}`; `--all-pages` fetches them all"),
        );
    }
    if !described.fallible.is_empty() {
        let places = described.fallible.join(", ");
        fact(
            "fallible",
            format!("elements of {places} may fail although the call succeeds"),
        );
    }
    let title = match title {
        "" => String::new(),
        title => format!("{title}\n"),
    };
    format!(
        "{}: {}\n{title}{} {}\n\n{}",
        described.action,
        described.summary,
        described.method,
        described.path,
        indent(&table(&facts))
    )
}

fn errors(described: &Description) -> String {
    let rows: Vec<_> = described
        .errors
        .iter()
        .map(|row| {
            [
                row.status.to_string(),
                row.code.to_owned(),
                row.message.to_owned(),
            ]
        })
        .collect();
    indent(&table(&rows))
}

fn indent(text: &str) -> String {
    let lines = text.lines();
    lines.fold(String::new(), |all, line| format!("{all}  {line}\n"))
}

/// Fields, each followed by the fields of its object. An object is shown in full only once.
struct Tree<'a> {
    described: &'a Description,
    shown: BTreeSet<&'a str>,
    rows: Vec<[String; 3]>,
}

impl<'a> Tree<'a> {
    fn new(described: &'a Description) -> Self {
        Self {
            described,
            shown: BTreeSet::new(),
            rows: Vec::new(),
        }
    }

    fn fields(&mut self, fields: &'a [FieldDescription]) -> String {
        for field in fields {
            self.add(field, 0);
        }
        self.take()
    }

    fn field(&mut self, field: &'a FieldDescription) -> String {
        self.add(field, 0);
        self.take()
    }

    /// A type without a field name.
    fn bare(&mut self, holds: &'a Type) -> String {
        let holds = self.holds(holds, 0);
        let mut text = format!("  {holds}\n");
        text.push_str(&self.take());
        text
    }

    fn take(&mut self) -> String {
        indent(&table(&std::mem::take(&mut self.rows)))
    }

    fn add(&mut self, field: &'a FieldDescription, depth: usize) {
        let row = self.rows.len();
        let required = if field.required { "required" } else { "" };
        let name = format!("{:depth$}{}", "", field.name, depth = depth * 2);
        self.rows.push([name, required.to_owned(), String::new()]);
        let mut holds = self.holds(&field.field_type, depth + 1);
        for (marked, words) in [
            (field.secret, "secret"),
            (
                field.idempotency_key,
                "idempotency key: with it, a request may be sent twice",
            ),
            (field.success_flag, "`false` means failure"),
            (
                field.encoding == Some("json_string"),
                "sent as a JSON string",
            ),
            (field.encoding == Some("comma"), "separated by commas"),
            (
                field.encoding == Some("indexed"),
                &*format!("as {0}.1, {0}.2, ..", field.name),
            ),
        ] {
            if marked {
                holds.push_str(", ");
                holds.push_str(words);
            }
        }
        if let Some(kind) = field.kind {
            let _ = write!(holds, ", of the kind {kind:?}");
        }
        for limit in &field.limits {
            let _ = write!(holds, ", {limit}");
        }
        if let Some([_, _, cell]) = self.rows.get_mut(row) {
            *cell = holds;
        }
    }

    /// Describes a type, and adds the fields of the object in it.
    fn holds(&mut self, holds: &'a Type, depth: usize) -> String {
        let text = holds.to_string();
        let mut inner = holds;
        while let Type::List(items) | Type::Map(items) = inner {
            inner = items;
        }
        let Type::Type(name) = inner else {
            return text;
        };
        let Some(fields) = self.described.types.get(name) else {
            return text;
        };
        if !self.shown.insert(name) {
            return format!("{text}, as above");
        }
        for field in fields {
            self.add(field, depth);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use dingtalk_catalogue::NotFound;

    fn describe(action: &str) -> Result<String, NotFound> {
        let golden = crate::golden();
        let operation = golden.operation("constructs_1_0", action)?;
        super::describe(&operation).map_err(NotFound::Damaged)
    }

    #[test]
    fn each_construct_is_shown() {
        for (action, shown) in [
            (
                "GetValues",
                include_str!("../tests/golden/show_get_values.txt"),
            ),
            ("PutList", include_str!("../tests/golden/show_put_list.txt")),
        ] {
            assert_eq!(describe(action).as_deref().ok(), Some(shown));
        }
    }

    #[test]
    fn a_type_that_contains_itself_is_shown_once() {
        let shown = include_str!("../tests/golden/show_nested.txt");
        assert_eq!(describe("Nested").as_deref().ok(), Some(shown));
    }
}
