//! The command line.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command};

use crate::failure::Failure;
use crate::{call, complete, completion, list, show};

const AFTER_HELP: &str = "\
Examples:
  dingtalk list cloud record                         find operations
  dingtalk show conference_1_0 StartCloudRecord      what one takes and gives
  dingtalk call conference_1_0 StartCloudRecord \\
      --path conferenceId=61289f392xxx \\
      --body '{\"unionId\":\"WFBkgxxx\"}'                call it
  source <(dingtalk completion bash)                 complete names on Tab

A call takes from the environment who calls and where:
  DINGTALK_ACCESS_TOKEN                    a token that you have
  DINGTALK_APP_KEY, DINGTALK_APP_SECRET    or an application, whose token is fetched
  DINGTALK_CORP_ID                         and the organisation, if the application is used in several
  DINGTALK_SERVER                          the server by name: `global`, the default, or `mainland`
  DINGTALK_BASE_URL                        or by address

Ends with 0 if all is well, 1 if a call failed or nothing was found, 2 if nothing was sent because the command
line or the environment is wrong.";

/// Runs the command that the arguments ask for.
pub fn run(args: impl Iterator<Item = OsString>) -> ExitCode {
    let matches = match command().try_get_matches_from(args) {
        Ok(matches) => matches,
        Err(error) => {
            // Help and version come this way too, and are no mistakes.
            let _ = error.print();
            return if error.use_stderr() {
                Failure::USAGE.into()
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    let done = match matches.subcommand() {
        Some(("list", matches)) => list::run(matches),
        Some(("show", matches)) => show::run(matches),
        Some(("call", matches)) => call::run(matches),
        Some(("completion", matches)) => completion::run(matches),
        Some(("complete", matches)) => complete::run(matches),
        // The parser knows no other command.
        _ => Ok(()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

/// The whole command line, as it is parsed and as it is completed.
pub fn command() -> Command {
    Command::new("dingtalk")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Finds, shows and calls the operations of DingTalk's open platform")
        .after_help(AFTER_HELP)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommand(list::command())
        .subcommand(show::command())
        .subcommand(call::command())
        .subcommand(completion::command())
        .subcommand(complete::command())
}

/// `SERVICE` and `ACTION`, which name an operation.
pub fn operation_args() -> [Arg; 2] {
    [
        Arg::new("service")
            .value_name("SERVICE")
            .required(true)
            .help("The service, for example conference_1_0"),
        Arg::new("action")
            .value_name("ACTION")
            .required(true)
            .help("The operation of the service, for example StartCloudRecord"),
    ]
}

/// The operation that the arguments name.
pub fn operation(
    matches: &ArgMatches,
) -> Result<&'static dingtalk_api::operation::Operation, Failure> {
    dingtalk_api::find_operation(text(matches, "service"), text(matches, "action")).map_err(
        |unknown| {
            if unknown.is_not_compiled() {
                return not_compiled(Failure::usage, &[text(matches, "service")]);
            }
            Failure::usage(format!(
                "{unknown}\n`dingtalk list` lists what there is, and `dingtalk list WORDS` finds it"
            ))
        },
    )
}

/// The services are known, and their operations were left out of this program.
pub fn not_compiled(kind: fn(String) -> Failure, services: &[&str]) -> Failure {
    let (names, are) = (
        services.join("`, `"),
        if services.len() == 1 { "" } else { "s" },
    );
    kind(format!("this `dingtalk` was built without the service{are} `{names}`")).hint(concat!(
        "Install it with all services: cargo install --git ",
        env!("CARGO_PKG_REPOSITORY"),
        " dingtalk-cli\nor build it here without `--no-default-features`: its feature `full` brings them"
    ))
}

/// The text of an argument; empty if it was not given.
pub fn text<'a>(matches: &'a ArgMatches, name: &str) -> &'a str {
    matches.get_one::<String>(name).map_or("", String::as_str)
}
