use std::collections::BTreeSet;
use std::process::ExitCode;

use clap::{ArgMatches, Command};
use dingtalk_codegen::check::{count_types, examine};
use dingtalk_codegen::diagnostic::Report;
use dingtalk_codegen::sources::Sources;
use dingtalk_codegen::spec::Spec;

/// `check [--spec DIR]`
pub(super) fn command() -> Command {
    Command::new("check")
        .about("Finds all mistakes of a spec")
        .long_about(
            "Finds all mistakes of a spec and says of each where it is and what would be right. \
             Writes no files. Ends with 0 if there are none, 1 if there are, 2 if the command \
             line is wrong.",
        )
        .after_help(
            "Examples:\n  dingtalk-codegen check                    check the folder spec/\n  \
             dingtalk-codegen check --spec ../my-spec  check another",
        )
        .arg(super::spec_arg())
}

pub(super) fn run(matches: &ArgMatches) -> ExitCode {
    let examined =
        Sources::read(&super::folder(matches, "spec")).and_then(|sources| read(&sources));
    match examined {
        Ok(spec) => {
            println!("spec is well: {}", summary(&spec));
            ExitCode::SUCCESS
        }
        Err(report) => {
            eprintln!("{report}");
            ExitCode::from(super::MISTAKES)
        }
    }
}

fn read(sources: &Sources) -> Result<Spec, Report> {
    let all: BTreeSet<&str> = sources.service_names().collect();
    examine(sources, &all, &[])
}

fn summary(spec: &Spec) -> String {
    let operations: usize = spec.services.values().map(|s| s.operations.len()).sum();
    format!(
        "{}, {}, {}",
        super::count(spec.services.len(), "service"),
        super::count(operations, "operation"),
        super::count(count_types(spec), "type")
    )
}
