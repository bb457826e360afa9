use clap::{Arg, ArgAction, ArgMatches, Command};
use dingtalk_api::operation::Operation;
use serde_json::json;

use crate::command::not_compiled;
use crate::failure::Failure;
use crate::output::{self, table};

/// `list [WORDS] [--services] [--json]`
pub fn command() -> Command {
    Command::new("list")
        .about("Finds operations")
        .long_about(
            "Lists the operations in which all words are found: in the names of service and operation, in \
             method and path, or in the summary, in capitals or not. Without words, all of them. Ends with \
             1 if there is none.",
        )
        .after_help(
            "Examples:\n  dingtalk list cloud record       operations with both words\n  \
             dingtalk list todo_1_0           those of a service\n  \
             dingtalk list --services         the services\n  \
             dingtalk list robot --json       for other programs",
        )
        .arg(
            Arg::new("words")
                .value_name("WORDS")
                .action(ArgAction::Append)
                .help("What the operations must have in them"),
        )
        .arg(
            Arg::new("services")
                .long("services")
                .action(ArgAction::SetTrue)
                .help("List services instead, with the number of operations found"),
        )
        .arg(json_arg())
}

/// `--json`
pub fn json_arg() -> Arg {
    Arg::new("json")
        .long("json")
        .action(ArgAction::SetTrue)
        .help("Print JSON")
}

pub fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let words = matches.get_many::<String>("words").unwrap_or_default();
    let words: Vec<_> = words.map(|word| word.to_lowercase()).collect();
    let found: Vec<_> = dingtalk_api::operations()
        .filter(|operation| has_all(operation, &words))
        .collect();
    if found.is_empty() {
        let left_out = left_out(&words);
        if !left_out.is_empty() {
            return Err(not_compiled(Failure::failed, &left_out));
        }
        let words = words.join(" ");
        return Err(Failure::failed(format!("no operation has `{words}` in it")));
    }
    match (matches.get_flag("services"), matches.get_flag("json")) {
        (true, as_json) => list_services(&found, as_json),
        (false, true) => {
            let rows: Vec<_> = found.iter().map(|operation| row_of(operation)).collect();
            output::print_json(&rows)
        }
        (false, false) => {
            let row = |operation: &&Operation| {
                let Operation {
                    service,
                    action,
                    method,
                    path,
                    ..
                } = operation;
                [service, action, method, path].map(|cell| (*cell).to_owned())
            };
            output::print(&table(&found.iter().map(row).collect::<Vec<_>>()))
        }
    }
}

fn has_all(operation: &Operation, words: &[String]) -> bool {
    let Operation {
        service,
        action,
        method,
        path,
        summary,
        ..
    } = operation;
    let text = format!("{service} {action} {method} {path} {summary}").to_lowercase();
    words.iter().all(|word| text.contains(word))
}

/// The services that have all words in their names or summaries, and that are not compiled in.
fn left_out(words: &[String]) -> Vec<&'static str> {
    let services = dingtalk_api::services().iter();
    let left_out = services.filter(|service| {
        let text = format!("{} {}", service.name, service.summary).to_lowercase();
        service.operations.is_none() && words.iter().all(|word| text.contains(word))
    });
    left_out.map(|service| service.name).collect()
}

fn row_of(operation: &Operation) -> serde_json::Value {
    json!({
        "service": operation.service,
        "action": operation.action,
        "summary": operation.summary,
        "method": operation.method,
        "path": operation.path,
    })
}

fn list_services(found: &[&Operation], as_json: bool) -> Result<(), Failure> {
    let services = dingtalk_api::services().iter().filter_map(|service| {
        let of_it = found
            .iter()
            .filter(|operation| operation.service == service.name);
        let count = of_it.count();
        (count > 0).then_some((service, count))
    });
    if as_json {
        let rows: Vec<_> = services
            .map(|(service, count)| {
                json!({ "service": service.name, "operations": count, "summary": service.summary })
            })
            .collect();
        return output::print_json(&rows);
    }
    let rows: Vec<_> = services
        .map(|(service, count)| {
            [
                service.name.to_owned(),
                format!("{count:>4}"),
                service.summary.to_owned(),
            ]
        })
        .collect();
    output::print(&table(&rows))
}
