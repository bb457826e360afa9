use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command};
use dingtalk_codegen::schema::File;

const KINDS: [(&str, File); 6] = [
    ("operation", File::Operation),
    ("service", File::Service),
    ("event", File::Event),
    ("event_group", File::EventGroup),
    ("platform", File::Platform),
    ("glossary", File::Glossary),
];

/// `schema KIND`
pub(super) fn command() -> Command {
    Command::new("schema")
        .about("Prints the JSON Schema of spec files, for an editor")
        .after_help(
            "Examples:\n  dingtalk-spec schema             for operation files\n  \
             dingtalk-spec schema platform    for platform.yaml",
        )
        .arg(
            Arg::new("kind")
                .value_name("KIND")
                .value_parser(KINDS.map(|(name, _)| name))
                .default_value("operation")
                .help("The kind of file"),
        )
}

pub(super) fn run(matches: &ArgMatches) -> ExitCode {
    let kind = matches
        .get_one::<String>("kind")
        .map_or("operation", String::as_str);
    let found = KINDS.iter().find(|(name, _)| *name == kind);
    print!(
        "{}",
        found.map_or(File::Operation, |(_, file)| *file).schema()
    );
    ExitCode::SUCCESS
}
