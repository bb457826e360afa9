use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use dingtalk_codegen::check::{Only, examine};
use dingtalk_codegen::files;
use dingtalk_codegen::report::Report;
use dingtalk_codegen::sources::Sources;
use dingtalk_codegen::spec::Spec;
use dingtalk_spec::openapi;

/// `openapi [--spec DIR] [--api NAME] [--service NAME]... [--out FILE]`
pub(super) fn command() -> Command {
    Command::new("openapi")
        .about("Prints an API of the spec as an OpenAPI 3.1 document")
        .long_about(
            "Prints an API of the spec as an OpenAPI 3.1 document in JSON, for Swagger UI, Postman, generators for other \
             languages and other tools. What OpenAPI cannot express is in keys that start with \
             `x-dingtalk-`. Exits with 0 on success, 1 if the spec has errors or the file cannot be \
             written, and 2 if the command line is wrong.",
        )
        .after_help(
            "Examples:\n  \
             dingtalk-spec openapi --out openapi.json              all services of the first API, into a file\n  \
             dingtalk-spec openapi --api oapi --out oapi.json      those of another API\n  \
             dingtalk-spec openapi --service conference_1_0        one service\n  \
             dingtalk-spec openapi --service im_1_0 --service contact_1_0 | less",
        )
        .arg(super::spec_arg())
        .arg(
            Arg::new("api")
                .long("api")
                .value_name("NAME")
                .help("The API; without it, the first of platform.yaml"),
        )
        .arg(
            Arg::new("service")
                .long("service")
                .value_name("NAME")
                .action(ArgAction::Append)
                .help("Only this service or group of events; can be repeated"),
        )
        .arg(
            Arg::new("out")
                .long("out")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .help("Write the document to a file"),
        )
}

pub(super) fn run(matches: &ArgMatches) -> ExitCode {
    let spec = match read(&super::folder(matches, "spec")) {
        Ok(spec) => spec,
        Err(report) => {
            super::complain(&report);
            return ExitCode::from(super::MISTAKES);
        }
    };
    let services = matches.get_many::<String>("service").into_iter().flatten();
    let api = matches.get_one::<String>("api").map(String::as_str);
    let document = match openapi::document(&spec, api, &services.collect::<Vec<_>>()) {
        Ok(document) => document,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::from(super::USAGE);
        }
    };
    let text = document.to_string();
    let out = matches.get_one::<PathBuf>("out");
    let written = match out {
        Some(out) => files::write(out, &text),
        None => io::stdout().write_all(text.as_bytes()),
    };
    match (written, out) {
        (Ok(()), Some(out)) => println!(
            "wrote {}: {} operations, {} events, {} schemas",
            out.display(),
            document.operations,
            document.events,
            document.schemas
        ),
        (Ok(()), None) => {}
        // Whoever reads may have seen enough.
        (Err(error), None) if error.kind() == io::ErrorKind::BrokenPipe => {}
        (Err(error), out) => {
            let place = out.map_or("standard output".into(), |out| out.display().to_string());
            eprintln!("error: {place}: {error}");
            return ExitCode::from(super::MISTAKES);
        }
    }
    ExitCode::SUCCESS
}

fn read(folder: &Path) -> Result<Spec, Report> {
    let sources = Sources::read(folder)?;
    examine(&sources, &Only::all(&sources), &[])
}
