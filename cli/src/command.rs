//! The command line.

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command};
use dingtalk_catalogue::Operation;

use crate::failure::Failure;
use crate::{call, complete, completion, list, show};

const AFTER_HELP: &str = "\
Examples:
  dingtalk list cloud record                         find operations
  dingtalk show conference_1_0 StartCloudRecord      its fields, errors and an example
  dingtalk call conference_1_0 StartCloudRecord \\
      --path conferenceId=61289f392xxx \\
      --body '{\"unionId\":\"WFBkgxxx\"}'                call it
  source <(dingtalk completion bash)                 complete names with Tab

Credentials and the server come from environment variables:
  DINGTALK_ACCESS_TOKEN                    a token you already have
  DINGTALK_APP_KEY, DINGTALK_APP_SECRET    or an application: its token is fetched
  DINGTALK_CORP_ID                         plus the organization, if the application serves several
  DINGTALK_SUITE_TICKET                    plus the newest ticket, for a third-party application
  DINGTALK_WEBHOOK                         the URL of a robot's or a conversation's webhook
  DINGTALK_WEBHOOK_SECRET                  plus the secret that it signs with
  DINGTALK_SERVER                          the server: `global` (the default) or `mainland`
  DINGTALK_BASE_URL                        or the address of a server

Exit codes: 0 success; 1 a call failed or nothing was found; 2 the command line or the environment is wrong, and
nothing was sent.";

/// Parses the arguments and runs the command.
pub fn run(args: impl Iterator<Item = OsString>) -> ExitCode {
    let matches = match command().try_get_matches_from(args) {
        Ok(matches) => matches,
        Err(error) => {
            // Help and version arrive here too; they are not errors.
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
        // The parser accepts no other command.
        _ => Ok(()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

/// The command line: what is parsed, and what is completed.
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

/// `SERVICE` and `ACTION`, which identify an operation.
pub fn operation_args() -> [Arg; 2] {
    [
        Arg::new("service")
            .value_name("SERVICE")
            .required(true)
            .help("The service, for example conference_1_0"),
        Arg::new("action")
            .value_name("ACTION")
            .required(true)
            .help("The operation, for example StartCloudRecord"),
    ]
}

/// Finds the operation that the arguments name.
pub fn operation(matches: &ArgMatches) -> Result<Operation<'static>, Failure> {
    let (service, action) = (text(matches, "service"), text(matches, "action"));
    let found = dingtalk_catalogue::open()?.operation(service, action);
    found.map_err(|unknown| {
        Failure::usage(unknown.to_string())
            .hint("`dingtalk list` lists all operations, `dingtalk list WORDS` searches them")
    })
}

/// The text of an argument; empty if absent.
pub fn text<'a>(matches: &'a ArgMatches, name: &str) -> &'a str {
    matches.get_one::<String>(name).map_or("", String::as_str)
}
