use std::io::{IsTerminal, Write as _, stderr};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command, value_parser};
use dingtalk_codegen::import::sdk::{Options, import};

use crate::cli::{MISTAKES, folder, spec_arg};

/// `import sdk DIR [--spec DIR] [--service NAME]`
pub(super) fn command() -> Command {
    Command::new("sdk")
        .about("Imports the official Python SDK")
        .arg(
            Arg::new("package")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .required(true)
                .help("The folder of the unpacked package"),
        )
        .arg(spec_arg())
        .arg(
            Arg::new("service")
                .long("service")
                .value_name("NAME")
                .help("Import this service alone"),
        )
}

pub(super) fn run(matches: &ArgMatches) -> ExitCode {
    let options = Options {
        package: folder(matches, "package"),
        spec: folder(matches, "spec"),
        service: matches.get_one::<String>("service").cloned(),
    };
    let terminal = stderr().is_terminal();
    let progress = |done: usize, all: usize| {
        if terminal {
            eprint!("\rread {done} of {all} services");
            let _ = stderr().flush();
        }
    };
    match import(&options, &progress) {
        Ok(outcome) => {
            for report in &outcome.reports {
                eprintln!("{report}");
            }
            for finding in &outcome.findings {
                eprintln!("{}/{finding}", options.spec.display());
            }
            for file in &outcome.others {
                eprintln!(
                    "{}/{file}: the package has no such operation",
                    options.spec.display()
                );
            }
            println!(
                "{} {} {} {}",
                outcome.services, outcome.operations, outcome.new, outcome.changed
            );
            if outcome.reports.is_empty() {
                ExitCode::SUCCESS
            } else {
                ExitCode::from(MISTAKES)
            }
        }
        Err(report) => {
            eprintln!("{report}");
            ExitCode::from(MISTAKES)
        }
    }
}
