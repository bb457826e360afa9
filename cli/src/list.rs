use std::collections::BTreeMap;
use std::fmt::Write as _;

use clap::{Arg, ArgAction, ArgMatches, Command};
use dingtalk_api::platform::PLATFORM;
use dingtalk_catalogue::{Event, EventGroup, Operation, Service};
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::output::{self, table};

/// `list [WORDS] [--services] [--json]`
pub fn command() -> Command {
    Command::new("list")
        .about("Finds operations and events")
        .long_about(
            "Lists the operations that contain every word in their service, name, method, path, summary or \
             Chinese title, and the events that contain them in their group, type, summary or Chinese title, \
             ignoring case; without words, all. The operations of one large service are listed in groups, by \
             subject. The exit code is 1 if nothing matches.",
        )
        .after_help(
            "Examples:\n  dingtalk list cloud record       operations that contain both words\n  \
             dingtalk list 云录制             operations by their Chinese title\n  \
             dingtalk list todo_1_0           the operations of a service\n  \
             dingtalk list events_contact     the events of a group\n  \
             dingtalk list --services         all services and groups of events\n  \
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
                .help("List services and groups of events instead, with how many of each match"),
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
    let catalogue = dingtalk_catalogue::open()?;
    let mut operations = catalogue.operations()?;
    operations.retain(|operation| has_all(&texts(operation), &words));
    let mut events = catalogue.events()?;
    events.retain(|event| has_all(&event_texts(event), &words));
    if operations.is_empty() && events.is_empty() {
        let words = words.join(" ");
        let message = format!("no operation or event matches `{words}`");
        return Err(Failure::failed(message));
    }
    match (matches.get_flag("services"), matches.get_flag("json")) {
        (true, as_json) => list_services(&operations, &events, as_json),
        (false, true) => {
            let rows = operations.iter().map(row_of);
            let rows: Vec<_> = rows.chain(events.iter().map(row_of_event)).collect();
            output::print_json(&rows)
        }
        (false, false) => output::print(&shown(&operations, &events)),
    }
}

/// One row per operation or event. Operations of one large service are listed by group.
fn shown(operations: &[Operation<'_>], events: &[Event<'_>]) -> String {
    let rows = operations.iter().map(|operation| {
        [
            operation.service().name(),
            operation.action(),
            operation.method(),
            operation.path(),
        ]
    });
    let event_rows = events.iter().map(|event| {
        let kind = if event.is_callback() {
            "callback"
        } else {
            "event"
        };
        [event.group().name(), event.wire(), kind, event.summary()]
    });
    let rows = table(&rows.chain(event_rows).collect::<Vec<_>>());
    let mut groups: BTreeMap<(bool, &str), String> = BTreeMap::new();
    for (operation, row) in operations.iter().zip(rows.lines()) {
        let group = operation.group();
        let rows = groups.entry((group.is_empty(), group)).or_default();
        let _ = writeln!(rows, "  {row}");
    }
    let services = operations.chunk_by(|one, other| one.service().name() == other.service().name());
    if groups.len() < 2 || services.count() > 1 || !events.is_empty() {
        return rows;
    }
    let groups = groups.iter().map(|((other, group), rows)| {
        let group = if *other { "Others" } else { group };
        format!("{group}\n{rows}")
    });
    groups.collect::<Vec<_>>().join("\n")
}

fn has_all(texts: &[&str], words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let text = texts.join(" ").to_lowercase();
    words.iter().all(|word| text.contains(word))
}

/// The texts in which words are searched.
fn texts<'c>(operation: &Operation<'c>) -> [&'c str; 7] {
    [
        operation.service().name(),
        operation.service().title(),
        operation.action(),
        operation.method(),
        operation.path(),
        operation.title(),
        operation.summary(),
    ]
}

fn event_texts<'c>(event: &Event<'c>) -> [&'c str; 6] {
    [
        event.group().name(),
        event.group().title(),
        event.wire(),
        event.rust_name(),
        event.title(),
        event.summary(),
    ]
}

fn row_of(operation: &Operation<'_>) -> Value {
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

fn row_of_event(event: &Event<'_>) -> Value {
    let kind = if event.is_callback() {
        "topic"
    } else {
        "event"
    };
    json!({
        "group": event.group().name(),
        kind: event.wire(),
        "title": event.title(),
        "summary": event.summary(),
    })
}

fn list_services(
    operations: &[Operation<'_>],
    events: &[Event<'_>],
    as_json: bool,
) -> Result<(), Failure> {
    // Operations are sorted by service, events by group.
    let services = operations.chunk_by(|one, other| one.service().name() == other.service().name());
    let services = services.filter_map(|found| Some((found.first()?.service(), found.len())));
    let groups = events.chunk_by(|one, other| one.group().name() == other.group().name());
    let groups = groups.filter_map(|found| Some((found.first()?.group(), found.len())));
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
        let group = |(group, count): (&EventGroup, usize)| {
            json!({
                "group": group.name(),
                "events": count,
                "title": group.title(),
                "summary": group.summary(),
            })
        };
        let rows = services.map(row).chain(groups.map(group));
        return output::print_json(&rows.collect::<Vec<_>>());
    }
    let row = |name: &str, count: usize, summary: &str| {
        [name.to_owned(), format!("{count:>4}"), summary.to_owned()]
    };
    let services = services.map(|(service, count)| row(service.name(), count, service.summary()));
    let groups = groups.map(|(group, count)| row(group.name(), count, group.summary()));
    output::print(&table(&services.chain(groups).collect::<Vec<_>>()))
}
