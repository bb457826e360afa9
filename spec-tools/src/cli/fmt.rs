use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use dingtalk_codegen::files;
use dingtalk_codegen::report::Report;
use dingtalk_codegen::schema::File;
use dingtalk_codegen::sources::{PLATFORM, Sources, read_text};
use dingtalk_spec::document::Document;

/// `fmt [--spec DIR] [--check] [FILE...]`
pub(super) fn command() -> Command {
    Command::new("fmt")
        .about("Formats spec files")
        .long_about(
            "Formats spec files: the order of keys, braces and blocks, quotes, empty lines. Comments stay \
             in place, and the content stays the same. A file that is not valid is reported as by \
             `check`, and not changed. Exits with 0 on success, 1 if a file is not valid or, with \
             --check, not formatted, and 2 if the command line is wrong.",
        )
        .after_help(
            "Examples:\n  dingtalk-spec fmt                                  all files of spec/\n  \
             dingtalk-spec fmt --check                          list what would change, without writing\n  \
             dingtalk-spec fmt spec/im_1_0                      the files of a service\n  \
             dingtalk-spec fmt spec/im_1_0/send_message.yaml    one file",
        )
        .arg(super::spec_arg())
        .arg(
            Arg::new("check")
                .long("check")
                .action(ArgAction::SetTrue)
                .help("Only list the files that are not formatted"),
        )
        .arg(
            Arg::new("path")
                .value_name("PATH")
                .num_args(0..)
                .value_parser(value_parser!(PathBuf))
                .help("Files, service folders or spec folders, instead of the whole spec"),
        )
}

pub(super) fn run(matches: &ArgMatches) -> ExitCode {
    let spec = super::folder(matches, "spec");
    let named: Vec<&PathBuf> = matches.get_many("path").into_iter().flatten().collect();
    let found = if named.is_empty() {
        all_files(&spec).map_err(|report| report.to_string())
    } else {
        let found: Result<Vec<_>, String> = named.iter().map(|path| files_of(path)).collect();
        found.map(|files| files.concat())
    };
    let files = match found {
        Ok(files) => files,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::from(super::MISTAKES);
        }
    };
    let check = matches.get_flag("check");
    let mut success = true;
    let mut changed = Vec::new();
    for file in &files {
        match format(file, check) {
            Ok(false) => {}
            Ok(true) => changed.push(file),
            Err(message) => {
                eprintln!("{message}");
                success = false;
            }
        }
    }
    let done = if check { "" } else { "formatted " };
    let lines = changed
        .iter()
        .map(|file| format!("{done}{}\n", file.display()));
    super::show(&lines.collect::<Vec<_>>().concat());
    if check && !changed.is_empty() {
        let arguments = matches.get_many::<PathBuf>("path").map_or_else(
            || format!(" --spec {}", spec.display()),
            |files| {
                files.fold(String::new(), |arguments, file| {
                    format!("{arguments} {}", file.display())
                })
            },
        );
        eprintln!("not formatted; run `dingtalk-spec fmt{arguments}`");
        success = false;
    }
    if success {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(super::MISTAKES)
    }
}

/// A file, or the files of a folder, which is a service or a spec.
fn files_of(path: &Path) -> Result<Vec<PathBuf>, String> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let failed = |error| format!("error: {}: {error}", path.display());
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(failed)? {
        let file = entry.map_err(failed)?.path();
        if file
            .extension()
            .is_some_and(|extension| extension == "yaml")
        {
            files.push(file);
        }
    }
    files.sort();
    if files.is_empty() || files.contains(&path.join(PLATFORM)) {
        return all_files(path).map_err(|report| report.to_string());
    }
    Ok(files)
}

fn all_files(spec: &Path) -> Result<Vec<PathBuf>, Report> {
    let sources = Sources::read(spec)?;
    Ok(sources.files().map(|(file, _)| spec.join(file)).collect())
}

/// Formats a file; returns whether that changes it.
fn format(path: &Path, check: bool) -> Result<bool, String> {
    let name = path.display().to_string();
    let old = read_text(path).map_err(|error| format!("error: {name}: {error}"))?;
    let text = old.strip_prefix('\u{feff}').unwrap_or(&old);
    let kind = File::of(&name);
    let (folder, file) = name.rsplit_once('/').unwrap_or((".", &name));
    let document = Document::read(kind, file, text)
        .map_err(|mistakes| Report::new(folder, mistakes, |_| Some(Arc::from(text))).to_string())?;
    let new = document.to_string();
    if new == old {
        return Ok(false);
    }
    if !check {
        files::write(path, &new).map_err(|error| format!("error: {name}: {error}"))?;
    }
    Ok(true)
}
