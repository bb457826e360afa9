use std::io::{IsTerminal, Write as _, stderr};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command, value_parser};
use dingtalk_spec::import::sdk::{Options, Outcome, import};

use crate::cli::{MISTAKES, count, folder, spec_arg};

/// `import sdk DIR [--spec DIR] [--service NAME]`
pub(super) fn command() -> Command {
    Command::new("sdk")
        .about("Makes spec files of the official Python SDK")
        .long_about(
            "Makes spec files of the official Python SDK, the package alibabacloud-dingtalk. Its source is parsed, \
             never run. What is in the spec already stays as it is: what is not there is added, and each difference \
             is printed with its place. Names, corrections and rules for marks come from the lists in `import/` of \
             the spec. What is not understood of the package is named, and the rest imported. Ends with 0 if all \
             was imported, whatever the differences; 1 if something was not, or if an entry of a list no longer \
             applies; 2 if the command line is wrong.",
        )
        .after_help(
            "Examples:\n  dingtalk-spec import sdk ~/sdk                             the package, unpacked there\n  \
             dingtalk-spec import sdk ~/sdk --service im_1_0            one service\n  \
             dingtalk-spec import sdk ~/sdk --spec ../my-spec           into another spec\n\n\
             The package comes with `pip download --no-deps alibabacloud-dingtalk`, and is unpacked with unzip or tar.",
        )
        .arg(
            Arg::new("package")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .required(true)
                .help("The folder of the unpacked package"),
        )
        .arg(spec_arg())
        .arg(Arg::new("service").long("service").value_name("NAME").help("Import this service alone"))
}

pub(super) fn run(matches: &ArgMatches) -> ExitCode {
    let options = Options {
        package: folder(matches, "package"),
        spec: folder(matches, "spec"),
        service: matches.get_one::<String>("service").cloned(),
    };
    match import(&options, &progress) {
        Ok(outcome) => report(&options, &outcome),
        Err(report) => {
            eprintln!("{report}");
            ExitCode::from(MISTAKES)
        }
    }
}

/// One line that is written over on a terminal, and a line now and then elsewhere.
fn progress(done: usize, all: usize) {
    let mut out = stderr();
    // If standard error is closed nobody reads it.
    let _ = if out.is_terminal() {
        let end = if done == all { "\n" } else { "" };
        write!(out, "\rimported {done} of {all} services{end}").and_then(|()| out.flush())
    } else if done == all || done.is_multiple_of(25) {
        writeln!(out, "imported {done} of {all} services")
    } else {
        Ok(())
    };
}

fn report(options: &Options, outcome: &Outcome) -> ExitCode {
    let spec = options.spec.display();
    for finding in &outcome.findings {
        eprintln!("{spec}/{finding}");
    }
    for file in &outcome.others {
        eprintln!("{spec}/{file}: the package has no such operation");
    }
    for report in &outcome.reports {
        eprintln!("{report}");
    }
    let version = outcome.version.as_deref().unwrap_or("of unknown version");
    println!(
        "alibabacloud-dingtalk {version}: {} with {}; {} new, {} added to, {}",
        count(outcome.services, "service"),
        count(outcome.operations, "operation"),
        count(outcome.new, "file"),
        outcome.changed,
        count(outcome.findings.len() + outcome.others.len(), "difference"),
    );
    if outcome.reports.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(MISTAKES)
    }
}
