//! `import`: makes spec files from other descriptions of the platform.

mod doc;
mod event;
mod pages;
mod sdk;

use std::process::ExitCode;

use clap::{ArgMatches, Command};

/// `import doc ..`, `import event ..` and `import sdk ..`
pub(super) fn command() -> Command {
    Command::new("import")
        .about("Makes spec files from other descriptions of the platform")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(doc::command())
        .subcommand(event::command())
        .subcommand(sdk::command())
}

pub(super) fn run(matches: &ArgMatches) -> ExitCode {
    match matches.subcommand() {
        Some(("doc", matches)) => doc::run(matches),
        Some(("event", matches)) => event::run(matches),
        Some(("sdk", matches)) => sdk::run(matches),
        // The parser knows no other command.
        _ => ExitCode::from(super::USAGE),
    }
}
