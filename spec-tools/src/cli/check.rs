use std::process::ExitCode;

use clap::{ArgMatches, Command};
use dingtalk_codegen::check::{count_types, examine_parts};
use dingtalk_codegen::report::Report;
use dingtalk_codegen::sources::Sources;

/// `check [--spec DIR]`
pub(super) fn command() -> Command {
    Command::new("check")
        .about("Reports every error in a spec")
        .long_about(
            "Reports every error in a spec, with its place and how to correct it. Writes no files. \
             Exits with 0 if there are none, 1 if there are some, and 2 if the command line is wrong.",
        )
        .after_help(
            "Examples:\n  dingtalk-spec check                    check the folder spec/\n  \
             dingtalk-spec check --spec ../my-spec  check another folder",
        )
        .arg(super::spec_arg())
}

pub(super) fn run(matches: &ArgMatches) -> ExitCode {
    let examined =
        Sources::read(&super::folder(matches, "spec")).and_then(|sources| read(&sources));
    match examined {
        Ok(summary) => {
            println!("{summary}");
            ExitCode::SUCCESS
        }
        Err(report) => {
            super::complain(&report);
            ExitCode::from(super::MISTAKES)
        }
    }
}

/// One line about a spec without errors.
fn read(sources: &Sources) -> Result<String, Report> {
    let (platform, parts) = examine_parts(sources)?;
    let operations = parts.services.values().map(|s| s.operations.len()).sum();
    let events = parts.events.values().map(|group| group.events.len()).sum();
    let counts = [
        Some((parts.services.len(), "service")),
        Some((operations, "operation")),
        (events > 0).then_some((events, "event")),
        Some((count_types(&parts), "type")),
    ];
    let counts = counts.into_iter().flatten();
    let counts: Vec<_> = counts
        .map(|(count, what)| super::count(count, what))
        .collect();
    let summary = format!("spec OK: {}", counts.join(", "));
    Ok(match platform {
        Some(platform) if platform.extends() => {
            format!("{summary}; platform.yaml adds APIs to those of another crate")
        }
        Some(_) => summary,
        None => format!("{summary}; no platform.yaml, so they extend another crate"),
    })
}
