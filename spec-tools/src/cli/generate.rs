use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use dingtalk_codegen::{DifferenceKind, Failure, differences, generate};

/// `generate [--spec DIR] [--out DIR] [--check]`
pub(super) fn command() -> Command {
    Command::new("generate")
        .about("Rewrites the generated crate from a spec")
        .long_about(
            "Rewrites the generated crate from a spec. Writes only files that change, removes those that \
             are no longer in the spec, and writes nothing if the spec has errors. Exits with 0 on \
             success, 1 if the spec has errors or, with --check, the crate is out of date, and 2 if \
             the command line is wrong.",
        )
        .after_help(
            "Examples:\n  dingtalk-spec generate            rewrite generated/ from spec/\n  \
             dingtalk-spec generate --check    show what would change, without writing\n  \
             dingtalk-spec generate --spec tests/golden/spec --out tests/golden/generated",
        )
        .arg(super::spec_arg())
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("DIR")
                .value_parser(value_parser!(PathBuf))
                .default_value("generated")
                .help("The folder of the generated crate"),
        )
        .arg(
            Arg::new("check")
                .long("check")
                .action(ArgAction::SetTrue)
                .help("Only list the files that are out of date"),
        )
}

pub(super) fn run(matches: &ArgMatches) -> ExitCode {
    let (spec, out) = (
        super::folder(matches, "spec"),
        super::folder(matches, "out"),
    );
    let done = if matches.get_flag("check") {
        compare(&spec, &out)
    } else {
        write(&spec, &out)
    };
    done.unwrap_or_else(|failure| {
        super::complain(&failure);
        ExitCode::from(super::MISTAKES)
    })
}

fn write(spec: &Path, out: &Path) -> Result<ExitCode, Failure> {
    let outcome = generate(spec, out)?;
    for change in &outcome.changed {
        let done = match change.kind {
            DifferenceKind::Missing | DifferenceKind::Changed => "wrote",
            DifferenceKind::Stale => "removed",
            DifferenceKind::Foreign => "not a generated file, left alone:",
        };
        println!("{done} {}", out.join(&change.path).display());
    }
    println!("{outcome}");
    Ok(ExitCode::SUCCESS)
}

fn compare(spec: &Path, out: &Path) -> Result<ExitCode, Failure> {
    let differences = differences(spec, out)?;
    if differences.is_empty() {
        println!("{} is up to date with {}", out.display(), spec.display());
        return Ok(ExitCode::SUCCESS);
    }
    for difference in &differences {
        eprintln!("{}", out.join(&difference.path).display());
        eprintln!("    {}", difference.kind);
    }
    eprintln!(
        "{} is out of date with {}; run `dingtalk-spec generate --spec {} --out {}`",
        out.display(),
        spec.display(),
        spec.display(),
        out.display()
    );
    Ok(ExitCode::from(super::MISTAKES))
}
