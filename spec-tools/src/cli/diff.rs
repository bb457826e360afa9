use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use dingtalk_codegen::report::Report;
use dingtalk_codegen::sources::Sources;
use dingtalk_spec::diff::{Level, Side, diff};

/// The specs differ in a way that users see, and nothing breaks.
const ADDITIVE: u8 = 3;

/// The specs differ in a way that breaks.
const BREAKING: u8 = 4;

/// `diff OLD NEW [--json | --changelog]`
pub(super) fn command() -> Command {
    let folder = |name: &'static str, help: &'static str| {
        Arg::new(name)
            .value_name(name)
            .required(true)
            .value_parser(value_parser!(PathBuf))
            .help(help)
    };
    let flag = |name: &'static str, help: &'static str| {
        Arg::new(name)
            .long(name)
            .action(ArgAction::SetTrue)
            .help(help)
    };
    Command::new("diff")
        .about("Shows what changes for users of the crate between two specs")
        .long_about(
            "Shows what changes for users of the generated crate between two specs: what breaks (an item \
             is removed, has another type, is sent elsewhere), what is new, what only concerns \
             documentation; and which part of the version to raise.\n\n\
             Exits with 0 if at most documentation changed, 3 if something is new and nothing breaks, \
             4 if something breaks, 1 if a spec has errors, and 2 if the command line is wrong.",
        )
        .after_help(
            "Examples:\n  \
             dingtalk-spec diff ../released/spec spec\n  \
             dingtalk-spec diff ../released/spec spec --changelog    lines for CHANGELOG.md\n  \
             dingtalk-spec diff ../released/spec spec --json | jq '.changes[] | select(.level == \"breaking\")'\n\n\
             The spec of an older commit:\n  \
             mkdir old && git archive v0.1.0 spec | tar -x -C old && dingtalk-spec diff old/spec spec",
        )
        .arg(folder("OLD", "The older spec"))
        .arg(folder("NEW", "The newer spec"))
        .arg(flag("json", "Print the changes as JSON"))
        .arg(flag("changelog", "Print the changes as Markdown for a changelog").conflicts_with("json"))
}

pub(super) fn run(matches: &ArgMatches) -> ExitCode {
    let changes = sources(matches, "OLD").and_then(|old| {
        let new = sources(matches, "NEW")?;
        let (old, new) = (Side::read(&old)?, Side::read(&new)?);
        let changes = diff(&old, &new);
        let said = if matches.get_flag("json") {
            format!("{:#}\n", changes.json(&old, &new))
        } else if matches.get_flag("changelog") {
            changes.changelog()
        } else {
            changes.text(&old, &new)
        };
        super::show(&said);
        Ok(changes)
    });
    match changes.map(|changes| changes.level()) {
        Ok(None | Some(Level::Documentation)) => ExitCode::SUCCESS,
        Ok(Some(Level::Additive)) => ExitCode::from(ADDITIVE),
        Ok(Some(Level::Breaking)) => ExitCode::from(BREAKING),
        Err(report) => {
            super::complain(&report);
            ExitCode::from(super::MISTAKES)
        }
    }
}

fn sources(matches: &ArgMatches, folder: &str) -> Result<Sources, Report> {
    Sources::read(&super::folder(matches, folder))
}
