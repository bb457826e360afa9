use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use dingtalk_codegen::{Failure, Kind, differences, generate};

/// `generate [--spec DIR] [--out DIR] [--check]`
pub(super) fn command() -> Command {
    Command::new("generate")
        .about("Rewrites the generated crate from a spec")
        .long_about(
            "Rewrites the generated crate from a spec. Only files that change are written, those \
             whose spec has gone are removed, and nothing at all is written if the spec has \
             mistakes. Ends with 0 if all is well; 1 if the spec has mistakes or, with --check, \
             if the crate is not what the spec gives; 2 if the command line is wrong.",
        )
        .after_help(
            "Examples:\n  dingtalk-spec generate            rewrite generated/ from spec/\n  \
             dingtalk-spec generate --check    say what would change, and write nothing\n  \
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
                .help("Write nothing; name the files that are not what the spec gives"),
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
        eprintln!("{failure}");
        ExitCode::from(super::MISTAKES)
    })
}

fn write(spec: &Path, out: &Path) -> Result<ExitCode, Failure> {
    let outcome = generate(spec, out)?;
    for change in &outcome.changed {
        let done = match change.kind {
            Kind::Missing | Kind::Changed => "wrote",
            Kind::Stale => "removed",
            Kind::Foreign => "left alone, since it is not a generated file:",
        };
        println!("{done} {}", out.join(&change.path).display());
    }
    println!("{outcome}");
    Ok(ExitCode::SUCCESS)
}

fn compare(spec: &Path, out: &Path) -> Result<ExitCode, Failure> {
    let differences = differences(spec, out)?;
    if differences.is_empty() {
        println!("{} is what {} gives", out.display(), spec.display());
        return Ok(ExitCode::SUCCESS);
    }
    for difference in &differences {
        eprintln!("{}", out.join(&difference.path).display());
        eprintln!("    {}", difference.kind);
    }
    eprintln!(
        "{} is not what {} gives: run `dingtalk-spec generate --spec {} --out {}`",
        out.display(),
        spec.display(),
        spec.display(),
        out.display()
    );
    Ok(ExitCode::from(super::MISTAKES))
}
