use std::ffi::OsString;
use std::time::Duration;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use dingtalk_api::generated::{FieldInfo, FieldType, Json, Location};
use dingtalk_api::operation::Operation;
use dingtalk_api::{JsonCall, JsonRequest};

use crate::example::option;
use crate::failure::Failure;
use crate::{body, client, command, dry_run, output};

/// `call SERVICE ACTION [--path K=V] [--query K=V] [--header K=V] [--body JSON] ...`
pub fn command() -> Command {
    Command::new("call")
        .about("Calls an operation, and prints its reply")
        .long_about(
            "Calls an operation, and prints the JSON of its reply. What the operation does not know or take, \
             and what is missing, is said before anything is sent. A call is sent again when that is safe and \
             may help. An error goes to the standard error, with its code, message and request id. So does each \
             element of the reply that failed while the call did not: the reply is printed, and the exit code is 1.",
        )
        .after_help(
            "Examples:\n  dingtalk call conference_1_0 StartCloudRecord \\\n      \
             --path conferenceId=61289f392xxx --body '{\"unionId\":\"WFBkgxxx\"}'\n  \
             dingtalk call conference_1_0 StartCloudRecord --path conferenceId=1 --body @request.json --dry-run\n  \
             echo '{\"unionId\":\"WFBkgxxx\"}' |\n      \
             dingtalk call conference_1_0 StartCloudRecord --path conferenceId=1 --body @-\n\n\
             Who calls and where is in the environment: see `dingtalk --help`.",
        )
        .args(command::operation_args())
        .args([
            value_arg("path", "A value of the path"),
            value_arg(
                "query",
                "A value of the query. A list or an object is JSON: --query 'ids=[\"a\",\"b\"]'",
            ),
            value_arg("header", "A header that is a field of the operation"),
        ])
        .arg(
            Arg::new("body")
                .long("body")
                .value_name("JSON|@FILE")
                // An argument may hold bytes that are not text; this says so better than the parser does.
                .value_parser(value_parser!(OsString))
                .help("The body: JSON, or @ and the file that holds it; @- for the standard input"),
        )
        .arg(
            Arg::new("dry-run")
                .long("dry-run")
                .action(ArgAction::SetTrue)
                .help("Print the request as JSON, without token and secrets, and send nothing"),
        )
        .arg(
            Arg::new("all-pages")
                .long("all-pages")
                .action(ArgAction::SetTrue)
                .conflicts_with("dry-run")
                .help("Get all pages, and print each item in a line of its own"),
        )
        .arg(
            Arg::new("unchecked")
                .long("unchecked")
                .action(ArgAction::SetTrue)
                .help("Leave it to the server what is required and of which type"),
        )
        .arg(
            Arg::new("timeout")
                .long("timeout")
                .value_name("SECONDS")
                .value_parser(value_parser!(u64).range(1..))
                .help("How long the call may take in all [default: 60]"),
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
    let operation = command::operation(matches)?;
    let request = request(matches, operation)?;
    // What is wrong with the request is said before it is asked who calls.
    let shown = dry_run::request(operation, request.clone())?;
    if matches.get_flag("dry-run") {
        return output::print_json(&shown);
    }
    let all_pages = matches.get_flag("all-pages");
    if all_pages && operation.paging.is_none() {
        let said = format!("{operation} is not known to have pages: leave --all-pages out");
        return Err(Failure::usage(said));
    }
    let client = client::for_operation(operation)?;
    let mut call = client.call_json(operation, request.clone());
    if let Some(seconds) = matches.get_one::<u64>("timeout") {
        call = call.timeout(Duration::from_secs(*seconds));
    }
    if all_pages {
        return print_items(call);
    }
    let reply = call.send_blocking()?;
    // What replies nothing prints nothing.
    if !reply.is_null() {
        output::print_json(&reply)?;
    }
    if client.call_json(operation, request).has_more(&reply) {
        eprintln!("This is one page of several. Add --all-pages to get the items of all pages.");
    }
    let failed = operation.failed(&reply);
    let said: Vec<_> = failed.iter().map(ToString::to_string).collect();
    match said.as_slice() {
        [] => Ok(()),
        said => Err(Failure::failed(said.join("\nerror: "))),
    }
}

/// Prints the items as they come.
fn print_items(call: JsonCall) -> Result<(), Failure> {
    let mut items = call.items_blocking();
    while let Some(item) = items.next() {
        match item {
            Ok(item) => output::print(&item.to_string())?,
            Err(error) => {
                let failure = Failure::from(error);
                return Err(match items.resume_token() {
                    Some(token) => failure.hint(&format!("The page that failed is `{token}`")),
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
    for (location, set) in [
        (
            Location::Path,
            JsonRequest::path as fn(_, String, Json) -> _,
        ),
        (Location::Query, JsonRequest::query),
        (Location::Header, JsonRequest::header),
    ] {
        let name = option(location).unwrap_or_default();
        let mut known: Vec<&str> = Vec::new();
        for argument in matches.get_many::<String>(name).unwrap_or_default() {
            let (key, text) = argument.split_once('=').ok_or_else(|| {
                Failure::usage(format!(
                    "--{name} `{argument}` has no value: give it as NAME=VALUE"
                ))
            })?;
            if known.contains(&key) {
                return Err(Failure::usage(format!("--{name} {key} is given twice")));
            }
            known.push(key);
            request = set(request, key.to_owned(), value(&fields, location, key, text));
        }
    }
    if let Some(body) = matches.get_one::<OsString>("body") {
        request = request.body(body::read(body)?);
    }
    if matches.get_flag("unchecked") {
        request = request.unchecked();
    }
    Ok(request)
}

/// A text as the value that it stands for in a field. What it cannot stand for stays a text, and is refused as such.
fn value(fields: &[(&FieldInfo, FieldType)], location: Location, name: &str, text: &str) -> Json {
    let field = fields
        .iter()
        .find(|(info, _)| info.location() == location && info.name().eq_ignore_ascii_case(name));
    match field {
        None | Some((_, FieldType::String | FieldType::StringEnum(_))) => text.into(),
        Some(_) => text.parse().unwrap_or_else(|_| text.into()),
    }
}
