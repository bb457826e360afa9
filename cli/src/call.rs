use std::ffi::OsString;
use std::time::Duration;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use dingtalk_api::generated::{FieldInfo, FieldType, Json, Location};
use dingtalk_api::operation::Operation;
use dingtalk_api::{FilePart, JsonCall, JsonRequest};

use crate::failure::Failure;
use crate::{body, client, command, dry_run, output};

/// `call SERVICE ACTION [--path K=V] [--query K=V] [--header K=V] [--file K=PATH] [--body JSON] ...`
pub fn command() -> Command {
    Command::new("call")
        .about("Calls an operation and prints its reply")
        .long_about(
            "Calls an operation and prints its reply as JSON. Unknown names, wrong types and missing values are \
             reported before anything is sent. A failed call is retried where that is safe and may help. Errors go \
             to standard error, with code, message and request id. If the call succeeds but elements of the \
             reply failed, the reply is printed, each failure is reported, and the exit code is 1.",
        )
        .after_help(
            "Examples:\n  dingtalk call conference_1_0 StartCloudRecord \\\n      \
             --path conferenceId=61289f392xxx --body '{\"unionId\":\"WFBkgxxx\"}'\n  \
             dingtalk call conference_1_0 StartCloudRecord --path conferenceId=1 --body @request.json --dry-run\n  \
             echo '{\"unionId\":\"WFBkgxxx\"}' |\n      \
             dingtalk call conference_1_0 StartCloudRecord --path conferenceId=1 --body @-\n  \
             dingtalk call oapi_media Upload --file media=./photo.png --body '{\"type\":\"image\"}'\n\n\
             Credentials and the server come from the environment: see `dingtalk --help`.",
        )
        .args(command::operation_args())
        .args([
            value_arg("path", "A path parameter"),
            value_arg(
                "query",
                "A query parameter; lists and objects are written as JSON: --query 'ids=[\"a\",\"b\"]'",
            ),
            value_arg("header", "A header that the operation documents"),
            value_arg("file", "A file to upload, by its path: --file media=./photo.png"),
        ])
        .arg(
            Arg::new("body")
                .long("body")
                .value_name("JSON|@FILE")
                // An argument may hold bytes that are not text; our error explains that better than the parser's.
                .value_parser(value_parser!(OsString))
                .help("The body: JSON, @FILE to read it from a file, or @- for standard input"),
        )
        .arg(
            Arg::new("dry-run")
                .long("dry-run")
                .action(ArgAction::SetTrue)
                .help("Print the request as JSON, with token and secrets masked, and send nothing"),
        )
        .arg(
            Arg::new("all-pages")
                .long("all-pages")
                .action(ArgAction::SetTrue)
                .conflicts_with("dry-run")
                .help("Fetch all pages and print one item per line"),
        )
        .arg(
            Arg::new("unchecked")
                .long("unchecked")
                .action(ArgAction::SetTrue)
                .help("Let the server check types and required fields"),
        )
        .arg(
            Arg::new("timeout")
                .long("timeout")
                .value_name("SECONDS")
                .value_parser(value_parser!(u64).range(1..))
                .help("Time limit for the whole call, in seconds [default: 60]"),
        )
}

fn value_arg(name: &'static str, help: &'static str) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name("NAME=VALUE")
        .action(ArgAction::Append)
        .help(help)
}

pub fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let operation = command::operation(matches)?.callable()?;
    let request = request(matches, operation)?;
    // A wrong request is reported before missing credentials.
    let shown = dry_run::request(operation, request.clone())?;
    if matches.get_flag("dry-run") {
        return output::print_json(&shown);
    }
    let all_pages = matches.get_flag("all-pages");
    if all_pages && operation.paging.is_none() {
        let message = format!("{operation} is not documented as paged: remove --all-pages");
        return Err(Failure::usage(message));
    }
    let client = client::for_operation(operation)?;
    let call = client.call_json(operation, request.clone());
    let mut call = client::with_webhook(call, operation)?;
    if let Some(seconds) = matches.get_one::<u64>("timeout") {
        call = call.timeout(Duration::from_secs(*seconds));
    }
    if all_pages {
        return print_items(call);
    }
    let reply = call.send_blocking()?;
    // An empty reply prints nothing.
    if !reply.is_null() {
        output::print_json(&reply)?;
    }
    if client.call_json(operation, request).has_more(&reply) {
        eprintln!("There are more pages. Add --all-pages to get all items.");
    }
    let failed = operation.failed(&reply);
    let messages: Vec<_> = failed.iter().map(ToString::to_string).collect();
    match messages.as_slice() {
        [] => Ok(()),
        messages => Err(Failure::failed(messages.join("\nerror: "))),
    }
}

/// Prints items as they arrive.
fn print_items(call: JsonCall) -> Result<(), Failure> {
    let mut items = call.items_blocking();
    while let Some(item) = items.next() {
        match item {
            Ok(item) => output::print(&item.to_string())?,
            Err(error) => {
                let failure = Failure::from(error);
                return Err(match items.resume_token() {
                    Some(token) => failure.hint(&format!("The failing page is `{token}`")),
                    None => failure,
                });
            }
        }
    }
    Ok(())
}

fn request(matches: &ArgMatches, operation: &Operation) -> Result<JsonRequest, Failure> {
    let fields = operation.fields();
    let mut request = JsonRequest::new();
    for (name, location, set) in [
        (
            "path",
            Location::Path,
            JsonRequest::path as fn(_, String, Json) -> _,
        ),
        ("query", Location::Query, JsonRequest::query),
        ("header", Location::Header, JsonRequest::header),
    ] {
        for (key, text) in named(matches, name)? {
            request = set(request, key.to_owned(), value(&fields, location, key, text));
        }
    }
    for (key, path) in named(matches, "file")? {
        request = request.file(key, FilePart::path(path));
    }
    if let Some(body) = matches.get_one::<OsString>("body") {
        request = request.body(body::read(body)?);
    }
    if matches.get_flag("unchecked") {
        request = request.unchecked();
    }
    Ok(request)
}

/// The names and values given for an option. Each name may be given once.
fn named<'a>(matches: &'a ArgMatches, option: &str) -> Result<Vec<(&'a str, &'a str)>, Failure> {
    let mut named: Vec<(&str, &str)> = Vec::new();
    for argument in matches.get_many::<String>(option).unwrap_or_default() {
        let pair = argument.split_once('=').ok_or_else(|| {
            Failure::usage(format!(
                "--{option} `{argument}` has no value: write NAME=VALUE"
            ))
        })?;
        if named.iter().any(|(key, _)| *key == pair.0) {
            return Err(Failure::usage(format!(
                "--{option} {} is given twice",
                pair.0
            )));
        }
        named.push(pair);
    }
    Ok(named)
}

/// Parses text as a value of the field's type. Text that does not parse stays a string, which the check then rejects.
fn value(fields: &[(&FieldInfo, FieldType)], location: Location, name: &str, text: &str) -> Json {
    let field = fields
        .iter()
        .find(|(info, _)| info.location() == location && info.name().eq_ignore_ascii_case(name));
    match field {
        None | Some((_, FieldType::String | FieldType::StringEnum(_))) => text.into(),
        Some(_) => text.parse().unwrap_or_else(|_| text.into()),
    }
}
