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

/// `new SERVICE ACTION [--method METHOD] [--path PATH] [--new-service] [--stdout] [--spec DIR]`, and for an event
/// `new events_GROUP TYPE [--new-service] [--stdout] [--spec DIR]`
pub(super) fn command() -> Command {
    let text =
        |name: &'static str, value: &'static str| Arg::new(name).long(name).value_name(value);
    Command::new("new")
        .about("Starts the file of an operation or an event")
        .long_about(
            "Starts the file of an operation or an event from a commented template. `check` lists what is still \
             missing. An existing file is never changed. Exits with 0 if the file was written, 1 if it \
             exists or cannot be written, and 2 if the command line or a name is wrong.",
        )
        .after_help(
            "Examples:\n  \
             dingtalk-spec new conference_1_0 StopCloudRecord\n  \
             dingtalk-spec new im_1_0 RecallMessage --method DELETE --path '/v1.0/im/messages/{id}'\n  \
             dingtalk-spec new im_1_0 RecallMessage --stdout    print it instead of writing it\n  \
             dingtalk-spec new events_contact user_lock_org     an event",
        )
        .arg(
            Arg::new("service")
                .value_name("SERVICE")
                .required(true)
                .help("The service, such as `conference_1_0`, or a group of events, such as `events_contact`"),
        )
        .arg(
            Arg::new("action")
                .value_name("ACTION")
                .required(true)
                .help("The platform's name of the operation, such as `StartCloudRecord`, or the type of the event"),
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
                .help("The service or group of events is new"),
        )
        .arg(
            Arg::new("stdout")
                .long("stdout")
                .action(ArgAction::SetTrue)
                .help("Print the file instead of writing it"),
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
            super::complain(&report);
            return ExitCode::from(super::MISTAKES);
        }
    };
    let new = matches.get_flag("new-service");
    let group = service.strip_prefix("events_");
    let file = match group {
        Some(_) if text("method").or(text("path")).is_some() => {
            Err("an event has no method and no path".to_owned())
        }
        Some(group) => skeleton::event_path(&sources, group, action, new),
        None => skeleton::file(&sources, service, action, new),
    };
    let file = match file {
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
    let content = if group.is_some() {
        skeleton::event(action)
    } else {
        skeleton::operation(action, method, text("path"))
    };
    if matches.get_flag("stdout") {
        super::show(&content);
        return ExitCode::SUCCESS;
    }
    if let Err(error) = write(&file, &content) {
        let reason = match error.kind() {
            ErrorKind::AlreadyExists => "the file already exists; it was not changed".to_owned(),
            _ => error.to_string(),
        };
        eprintln!("error: {}: {reason}", file.display());
        return ExitCode::from(super::MISTAKES);
    }
    println!(
        "wrote {}; fill it in, then run `dingtalk-spec check --spec {}`",
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
