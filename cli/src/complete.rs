//! Completes the word at the cursor. The completion scripts of all shells call this.

use clap::{Arg, ArgAction, ArgMatches, Command};
use dingtalk_api::generated::{FieldType, Location};
use dingtalk_api::operation::Operation;
use dingtalk_catalogue::Catalogue;

use crate::example::option;
use crate::failure::Failure;
use crate::{command, completion, output};

/// `complete -- WORDS`
pub fn command() -> Command {
    Command::new("complete")
        .hide(true)
        .about("Prints completions of the last word, each followed by a tab and a description")
        .arg(
            Arg::new("words")
                .value_name("WORDS")
                .action(ArgAction::Append)
                .allow_hyphen_values(true)
                .trailing_var_arg(true)
                .help("The words after `dingtalk` on the command line, up to the cursor"),
        )
}

pub fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let words = matches.get_many::<String>("words").unwrap_or_default();
    let words: Vec<_> = words.map(String::as_str).collect();
    let (typed, before) = words.split_last().unwrap_or((&"", &[]));
    let fitting = candidates(dingtalk_catalogue::open()?, before, typed)?
        .into_iter()
        .filter(|(value, _)| value.starts_with(typed));
    let lines: Vec<_> = fitting
        .map(|(value, about)| format!("{value}\t{about}"))
        .collect();
    output::print(&lines.join("\n"))
}

/// A completion and its description.
type Candidate = (String, String);

fn candidates(
    catalogue: &Catalogue,
    before: &[&str],
    typed: &str,
) -> Result<Vec<Candidate>, Failure> {
    let root = command::command();
    let Some((name, before)) = before.split_first() else {
        let commands = root
            .get_subcommands()
            .filter(|command| !command.is_hide_set());
        return Ok(commands
            .map(|command| (command.get_name().to_owned(), about(command.get_about())))
            .collect());
    };
    let Some(command) = root.find_subcommand(name) else {
        return Ok(Vec::new());
    };
    let (positional, open) = sort(command, before);
    if let Some(option) = open {
        let [service, action] = positional.as_slice() else {
            return Ok(Vec::new());
        };
        let Ok(operation) = catalogue.operation(service, action) else {
            return Ok(Vec::new());
        };
        return Ok(fields(operation.callable()?, option, typed));
    }
    if typed.starts_with('-') {
        return Ok(options(command));
    }
    Ok(match (*name, positional.as_slice()) {
        ("show", []) => [services(catalogue), groups(catalogue)].concat(),
        ("call", []) => services(catalogue),
        ("show", [group]) if catalogue.event_groups().any(|known| known.name() == *group) => {
            events(catalogue, group)?
        }
        ("show" | "call", [service]) => actions(catalogue, service)?,
        ("completion", []) => completion::shells()
            .map(|shell| (shell.to_owned(), String::new()))
            .collect(),
        _ => Vec::new(),
    })
}

/// The words that are not options, and the option that still needs its value.
fn sort<'a>(command: &Command, words: &[&'a str]) -> (Vec<&'a str>, Option<&'a str>) {
    let mut positional = Vec::new();
    let mut open = None;
    for word in words {
        if open.take().is_some() {
            continue;
        }
        match word.strip_prefix("--") {
            None => positional.push(*word),
            Some(name) => {
                let mut known = command.get_arguments();
                let known = known.find(|arg| arg.get_long() == Some(name));
                open = known
                    .filter(|arg| arg.get_action().takes_values())
                    .map(|_| name);
            }
        }
    }
    (positional, open)
}

fn options(command: &Command) -> Vec<Candidate> {
    command
        .get_arguments()
        .filter_map(|arg| Some((format!("--{}", arg.get_long()?), about(arg.get_help()))))
        .collect()
}

fn services(catalogue: &Catalogue) -> Vec<Candidate> {
    let services = catalogue.services();
    services
        .map(|service| (service.name().to_owned(), service.summary().to_owned()))
        .collect()
}

fn groups(catalogue: &Catalogue) -> Vec<Candidate> {
    let groups = catalogue.event_groups();
    groups
        .map(|group| (group.name().to_owned(), group.summary().to_owned()))
        .collect()
}

fn events(catalogue: &Catalogue, group: &str) -> Result<Vec<Candidate>, Failure> {
    let events = catalogue.events()?.into_iter();
    Ok(events
        .filter(|event| event.group().name() == group)
        .map(|event| (event.rust_name().to_owned(), event.summary().to_owned()))
        .collect())
}

fn actions(catalogue: &Catalogue, service: &str) -> Result<Vec<Candidate>, Failure> {
    let Some(service) = catalogue.service(service) else {
        return Ok(Vec::new());
    };
    let operations = service.operations()?;
    Ok(operations
        .map(|operation| {
            (
                operation.action().to_owned(),
                operation.summary().to_owned(),
            )
        })
        .collect())
}

/// The fields that an option accepts, or the values of the field already typed.
fn fields(operation: &Operation, name: &str, typed: &str) -> Vec<Candidate> {
    let fields = operation.fields().into_iter();
    let mut fields = fields.filter(|(info, kind)| option(info.location(), *kind) == Some(name));
    if let Some((field, _)) = typed.split_once('=') {
        let found = fields.find(|(info, _)| info.name() == field);
        let values = found.map_or_else(Vec::new, |(_, kind)| values(kind));
        let values = values.into_iter();
        return values
            .map(|value| (format!("{field}={value}"), String::new()))
            .collect();
    }
    fields
        .map(|(info, _)| {
            let required = info.is_required() || info.location() == Location::Path;
            let about = if required { "required" } else { "" };
            (format!("{}=", info.name()), about.to_owned())
        })
        .collect()
}

fn values(kind: FieldType) -> Vec<String> {
    match kind {
        FieldType::Boolean => vec!["true".to_owned(), "false".to_owned()],
        FieldType::StringEnum(known) => known.iter().map(ToString::to_string).collect(),
        FieldType::IntegerEnum(known) => known.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}

fn about(text: Option<&clap::builder::StyledStr>) -> String {
    text.map(ToString::to_string).unwrap_or_default()
}
