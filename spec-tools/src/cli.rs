//! The commands, one a file.

mod check;
mod diff;
mod fmt;
mod generate;
mod import;
mod new;
mod openapi;
mod schema;

use std::ffi::OsString;
use std::fmt::Display;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command, value_parser};

/// The spec has mistakes, or what is generated differs from it.
const MISTAKES: u8 = 1;

/// The command line itself is wrong.
const USAGE: u8 = 2;

const EXAMPLES: &str = "\
Examples:
  dingtalk-spec check                    check the folder spec/
  dingtalk-spec check --spec ../my-spec  check another
  dingtalk-spec diff old/spec spec       show what changes for users of the crate
  dingtalk-spec fmt                      format all files of spec/
  dingtalk-spec generate                 rewrite generated/ from spec/
  dingtalk-spec generate --check         show what would change, without writing
  dingtalk-spec import doc page.txt      make a spec file from a documentation page
  dingtalk-spec import event page.md     make a spec file from the page of an event
  dingtalk-spec import sdk ~/sdk         make spec files from the official Python SDK
  dingtalk-spec new im_1_0 SendMessage   start the file of an operation
  dingtalk-spec new events_todo todo_add start the file of an event
  dingtalk-spec openapi --out api.json   write the spec as an OpenAPI document
  dingtalk-spec schema operation         print the JSON Schema of operation files";

/// Runs the command that the arguments ask for.
pub(crate) fn run(args: impl Iterator<Item = OsString>) -> ExitCode {
    let mut command = command();
    match command.try_get_matches_from_mut(args) {
        Ok(matches) => dispatch(&matches),
        Err(error) => {
            // Help and version come this way too, and are not mistakes.
            let _ = error.print();
            if error.use_stderr() {
                ExitCode::from(USAGE)
            } else {
                ExitCode::SUCCESS
            }
        }
    }
}

fn command() -> Command {
    Command::new("dingtalk-spec")
        .version(env!("CARGO_PKG_VERSION"))
        .about("Writes, checks and compares the description of DingTalk's open platform")
        .after_help(EXAMPLES)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand(check::command())
        .subcommand(diff::command())
        .subcommand(fmt::command())
        .subcommand(generate::command())
        .subcommand(import::command())
        .subcommand(new::command())
        .subcommand(openapi::command())
        .subcommand(schema::command())
}

fn dispatch(matches: &ArgMatches) -> ExitCode {
    match matches.subcommand() {
        Some(("check", matches)) => check::run(matches),
        Some(("diff", matches)) => diff::run(matches),
        Some(("fmt", matches)) => fmt::run(matches),
        Some(("generate", matches)) => generate::run(matches),
        Some(("import", matches)) => import::run(matches),
        Some(("new", matches)) => new::run(matches),
        Some(("openapi", matches)) => openapi::run(matches),
        Some(("schema", matches)) => schema::run(matches),
        // The parser knows no other command.
        _ => ExitCode::from(USAGE),
    }
}

/// `--spec DIR`, which most commands take.
fn spec_arg() -> Arg {
    Arg::new("spec")
        .long("spec")
        .value_name("DIR")
        .value_parser(value_parser!(PathBuf))
        .default_value("spec")
        .help("The spec folder")
}

/// Prints a long text. The reader may stop early, as in `... | head`.
fn show(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// Prints what is wrong, in one piece: it may be long.
fn complain(report: &impl Display) {
    let text = format!("{report}\n");
    let _ = std::io::stderr().write_all(text.as_bytes());
}

/// The folder that an option names.
fn folder(matches: &ArgMatches, option: &str) -> PathBuf {
    matches
        .get_one::<PathBuf>(option)
        .cloned()
        .unwrap_or_default()
}

/// `1 service`, `3,289 operations`
fn count(n: usize, word: &str) -> String {
    format!("{} {word}{}", grouped(n), if n == 1 { "" } else { "s" })
}

/// A number with a comma before each three digits.
fn grouped(n: usize) -> String {
    match (n / 1000, n % 1000) {
        (0, rest) => rest.to_string(),
        (thousands, rest) => format!("{},{rest:03}", grouped(thousands)),
    }
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn counts_are_grouped_by_thousands() {
        assert_eq!(count(1, "service"), "1 service");
        assert_eq!(count(0, "service"), "0 services");
        assert_eq!(count(3_289, "operation"), "3,289 operations");
        assert_eq!(count(1_000_010, "type"), "1,000,010 types");
    }
}
