use std::collections::BTreeMap;
use std::fmt::Write as _;

use clap::{Arg, ArgAction, ArgMatches, Command};
use dingtalk_api::platform::PLATFORM;
use dingtalk_catalogue::{Operation, Service};
use serde_json::json;

use crate::failure::Failure;
use crate::output::{self, table};

/// `list [WORDS] [--services] [--json]`
pub fn command() -> Command {
    Command::new("list")
        .about("Finds operations")
        .long_about(
            "Lists the operations that contain every word in their service, name, method, path, summary or \
             Chinese title, ignoring case; without words, all operations. The operations \
             of one large service are listed in groups, by subject. The exit code is 1 if none matches.",
        )
        .after_help(
            "Examples:\n  dingtalk list cloud record       operations that contain both words\n  \
             dingtalk list 云录制             operations by their Chinese title\n  \
             dingtalk list todo_1_0           the operations of a service\n  \
             dingtalk list --services         all services\n  \
             dingtalk list robot --json       for other programs",
        )
        .arg(
            Arg::new("words")
                .value_name("WORDS")
                .action(ArgAction::Append)
                .help("Words to search for"),
        )
        .arg(
            Arg::new("services")
                .long("services")
                .action(ArgAction::SetTrue)
                .help("List services instead, with their number of matching operations"),
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
    let mut found = dingtalk_catalogue::open()?.operations()?;
    found.retain(|operation| has_all(operation, &words));
    if found.is_empty() {
        let words = words.join(" ");
        return Err(Failure::failed(format!("no operation matches `{words}`")));
    }
    match (matches.get_flag("services"), matches.get_flag("json")) {
        (true, as_json) => list_services(&found, as_json),
        (false, true) => {
            let rows: Vec<_> = found.iter().map(row_of).collect();
            output::print_json(&rows)
        }
        (false, false) => output::print(&shown(&found)),
    }
}

/// One row per operation. Operations of one large service are listed by group.
fn shown(found: &[Operation<'_>]) -> String {
    let rows = found.iter().map(|operation| {
        [
            operation.service().name(),
            operation.action(),
            operation.method(),
            operation.path(),
        ]
    });
    let rows = table(&rows.collect::<Vec<_>>());
    let mut groups: BTreeMap<(bool, &str), String> = BTreeMap::new();
    for (operation, row) in found.iter().zip(rows.lines()) {
        let group = operation.group();
        let rows = groups.entry((group.is_empty(), group)).or_default();
        let _ = writeln!(rows, "  {row}");
    }
    let services = found.chunk_by(|one, other| one.service().name() == other.service().name());
    if groups.len() < 2 || services.count() > 1 {
        return rows;
    }
    let groups = groups.iter().map(|((other, group), rows)| {
        let group = if *other { "Others" } else { group };
        format!("{group}\n{rows}")
    });
    groups.collect::<Vec<_>>().join("\n")
}

fn has_all(operation: &Operation<'_>, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let texts = [
        operation.service().name(),
        operation.service().title(),
        operation.action(),
        operation.method(),
        operation.path(),
        operation.title(),
        operation.summary(),
    ];
    let text = texts.join(" ").to_lowercase();
    words.iter().all(|word| text.contains(word))
}

fn row_of(operation: &Operation<'_>) -> serde_json::Value {
    json!({
        "service": operation.service().name(),
        "action": operation.action(),
        "group": operation.group(),
        "title": operation.title(),
        "summary": operation.summary(),
        "method": operation.method(),
        "path": operation.path(),
    })
}

fn list_services(found: &[Operation<'_>], as_json: bool) -> Result<(), Failure> {
    // Operations are sorted by service.
    let services = found.chunk_by(|one, other| one.service().name() == other.service().name());
    let services = services.filter_map(|found| Some((found.first()?.service(), found.len())));
    if as_json {
        let row = |(service, count): (&Service, usize)| {
            let first = PLATFORM.apis.first().map(|api| api.name);
            json!({
                "service": service.name(),
                "api": service.api().or(first),
                "operations": count,
                "title": service.title(),
                "summary": service.summary(),
            })
        };
        return output::print_json(&services.map(row).collect::<Vec<_>>());
    }
    let row = |(service, count): (&Service, usize)| {
        [
            service.name().to_owned(),
            format!("{count:>4}"),
            service.summary().to_owned(),
        ]
    };
    output::print(&table(&services.map(row).collect::<Vec<_>>()))
}
