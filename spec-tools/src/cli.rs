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
  dingtalk-spec diff old/spec spec       say what changed for users of the crate
  dingtalk-spec fmt                      give all files of spec/ their one layout
  dingtalk-spec generate                 rewrite generated/ from spec/
  dingtalk-spec generate --check         say what would change, and write nothing
  dingtalk-spec import doc page.txt       make a spec file of a documentation page
  dingtalk-spec import sdk ~/sdk         make spec files of the official Python SDK
  dingtalk-spec new im_1_0 SendMessage   begin the file of an operation
  dingtalk-spec openapi --out api.json   write the spec as an OpenAPI document
  dingtalk-spec schema operation         print the JSON Schema of operation files";

/// Runs the command that the arguments ask for.
pub(crate) fn run(args: impl Iterator<Item = OsString>) -> ExitCode {
    let mut command = command();
    match command.try_get_matches_from_mut(args) {
        Ok(matches) => dispatch(&matches),
        Err(error) => {
            // Help and version come this way too, and are no mistakes.
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
        .help("The folder that holds the spec")
}

/// Prints a long text. Who reads it may stop early: `... | head`.
fn show(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// The folder that an option names.
fn folder(matches: &ArgMatches, option: &str) -> PathBuf {
    matches
        .get_one::<PathBuf>(option)
        .cloned()
        .unwrap_or_default()
}

/// `1 service`, `2 services`
fn count(n: usize, word: &str) -> String {
    format!("{n} {word}{}", if n == 1 { "" } else { "s" })
}
