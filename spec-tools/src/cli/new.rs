use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command};
use dingtalk_codegen::files;
use dingtalk_codegen::sources::Sources;
use dingtalk_codegen::spec::Method;
use dingtalk_spec::skeleton;

const METHODS: [Method; 5] = [
    Method::Get,
    Method::Post,
    Method::Put,
    Method::Delete,
    Method::Patch,
];

/// `new SERVICE ACTION [--method METHOD] [--path PATH] [--new-service] [--stdout] [--spec DIR]`
pub(super) fn command() -> Command {
    let text =
        |name: &'static str, value: &'static str| Arg::new(name).long(name).value_name(value);
    Command::new("new")
        .about("Begins the file of an operation")
        .long_about(
            "Begins the file of an operation, with words on what goes where. `check` names what is \
             still to be filled in. A file that is there already is left alone. Ends with 0 if the \
             file was written, 1 if it is there or cannot be written, 2 if the command line is wrong \
             or a name is.",
        )
        .after_help(
            "Examples:\n  \
             dingtalk-spec new conference_1_0 StopCloudRecord\n  \
             dingtalk-spec new im_1_0 RecallMessage --method DELETE --path '/v1.0/im/messages/{id}'\n  \
             dingtalk-spec new im_1_0 RecallMessage --stdout    print it, and write nothing",
        )
        .arg(
            Arg::new("service")
                .value_name("SERVICE")
                .required(true)
                .help("The service, as `conference_1_0`"),
        )
        .arg(
            Arg::new("action")
                .value_name("ACTION")
                .required(true)
                .help("What the platform calls the operation, as `StartCloudRecord`"),
        )
        .arg(
            text("method", "METHOD")
                .value_parser(METHODS.map(Method::as_str))
                .ignore_case(true)
                .help("The HTTP method, if you know it"),
        )
        .arg(text("path", "PATH").help("The path, if you know it"))
        .arg(
            Arg::new("new-service")
                .long("new-service")
                .action(ArgAction::SetTrue)
                .help("The service is new, though another has nearly its name"),
        )
        .arg(
            Arg::new("stdout")
                .long("stdout")
                .action(ArgAction::SetTrue)
                .help("Print the file, and write nothing"),
        )
        .arg(super::spec_arg())
}

pub(super) fn run(matches: &ArgMatches) -> ExitCode {
    let text = |name: &str| matches.get_one::<String>(name).map(String::as_str);
    let (service, action) = (
        text("service").unwrap_or_default(),
        text("action").unwrap_or_default(),
    );
    let spec = super::folder(matches, "spec");
    let sources = match Sources::read(&spec) {
        Ok(sources) => sources,
        Err(report) => {
            eprintln!("{report}");
            return ExitCode::from(super::MISTAKES);
        }
    };
    let file = match skeleton::file(&sources, service, action, matches.get_flag("new-service")) {
        Ok(file) => spec.join(file),
        Err(message) => {
            eprintln!("error: {message}");
            return ExitCode::from(super::USAGE);
        }
    };
    let method = text("method").and_then(|method| {
        METHODS
            .into_iter()
            .find(|known| known.as_str().eq_ignore_ascii_case(method))
    });
    let content = skeleton::operation(action, method, text("path"));
    if matches.get_flag("stdout") {
        super::show(&content);
        return ExitCode::SUCCESS;
    }
    if let Err(error) = write(&file, &content) {
        let reason = match error.kind() {
            ErrorKind::AlreadyExists => "it is there already, and is left alone".to_owned(),
            _ => error.to_string(),
        };
        eprintln!("error: {}: {reason}", file.display());
        return ExitCode::from(super::MISTAKES);
    }
    println!(
        "wrote {}: fill it in, and run `dingtalk-spec check --spec {}`",
        file.display(),
        spec.display()
    );
    ExitCode::SUCCESS
}

/// Writes a file that is not there yet.
fn write(file: &Path, content: &str) -> std::io::Result<()> {
    if fs::symlink_metadata(file).is_ok() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    files::write(file, content)
}
