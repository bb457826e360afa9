mod event;
mod tree;

use std::fmt::Write as _;

use clap::{Arg, ArgMatches, Command};
use dingtalk_api::operation::Description;
use dingtalk_catalogue::{Error, Operation};

use self::tree::Tree;
use crate::command::{operation, text};
use crate::example::Example;
use crate::failure::Failure;
use crate::list::json_arg;
use crate::output::{self, table};

/// `show SERVICE ACTION [--json]` or `show [GROUP] EVENT [--json]`
pub fn command() -> Command {
    Command::new("show")
        .about("Shows an operation or an event: its fields, errors and an example")
        .long_about(
            "Shows an operation: method, path, permission, the fields of request and reply, errors, and \
             an example call to copy. Or an event: who gets it and how, the fields of its data and an example. An enum \
             may have values that are not listed.",
        )
        .after_help(
            "Examples:\n  dingtalk show conference_1_0 StartCloudRecord\n  \
             dingtalk show conference_1_0 StartCloudRecord --json    for other programs\n  \
             dingtalk show events_contact user_add_org\n  \
             dingtalk show user_add_org                              an event by its type alone",
        )
        .arg(
            Arg::new("service")
                .value_name("SERVICE")
                .required(true)
                .help("The service, for example conference_1_0, or the group of events; an event needs none"),
        )
        .arg(
            Arg::new("action")
                .value_name("ACTION")
                .help("The operation, for example StartCloudRecord, or the event"),
        )
        .arg(json_arg())
}

pub fn run(matches: &ArgMatches) -> Result<(), Failure> {
    if let Some(event) = event::wanted(text(matches, "service"), text(matches, "action"))? {
        let described = event.describe()?;
        return if matches.get_flag("json") {
            output::print_json(&described)
        } else {
            output::print(&event::describe(&described))
        };
    }
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
    let mut tree = Tree::new(&described.types);
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
    format!(
        "{}: {}\n{}{} {}\n\n{}",
        described.action,
        described.summary,
        line(title),
        described.method,
        described.path,
        indent(&table(&facts))
    )
}

/// A text in a line of its own, if there is one.
fn line(text: &str) -> String {
    match text {
        "" => String::new(),
        text => format!("{text}\n"),
    }
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
