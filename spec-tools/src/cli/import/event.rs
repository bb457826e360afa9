use std::process::ExitCode;

use clap::{Arg, ArgMatches, Command};
use dingtalk_spec::import::doc::event::Importer;

use super::pages;
use crate::cli::{MISTAKES, folder, spec_arg};

/// `import event FILE.. [--spec DIR] [--group NAME] [--stdout]`
pub(super) fn command() -> Command {
    Command::new("event")
        .about("Imports documentation pages of events")
        .long_about(
            "Makes spec files from documentation pages of events, or completes existing ones. A page is a text file: the \
             whole page copied from a browser, or the site's Markdown. It may describe several events. Fields come from \
             the examples of all deliveries. What the spec already says stays; differences are reported. What a page \
             leaves open becomes an `undecided` question, and `check` fails until a person answers it. Exits with 0 \
             if all pages were imported, 1 if one was not, and 2 if the command line is wrong.",
        )
        .after_help(
            "Examples:\n  dingtalk-spec import event page.md            into the folder spec/\n  \
             dingtalk-spec import event --group contact page.md\n  \
             dingtalk-spec import event --stdout page.md   print what would be written",
        )
        .arg(pages::arg())
        .arg(spec_arg())
        .arg(
            Arg::new("group")
                .long("group")
                .value_name("NAME")
                .help("The group of events that are new, such as contact; by default, that of the events named alike"),
        )
        .arg(pages::stdout_arg())
}

pub(super) fn run(matches: &ArgMatches) -> ExitCode {
    let spec = folder(matches, "spec");
    let importer = if pages::needs_no_spec(matches, &spec) {
        Ok(Importer::default())
    } else {
        Importer::open(&spec)
    };
    let mut importer = match importer {
        Ok(importer) => importer,
        Err(report) => {
            eprintln!("{report}");
            return ExitCode::from(MISTAKES);
        }
    };
    let group = matches.get_one::<String>("group").map(String::as_str);
    pages::import(matches, &spec, |source| importer.page(source, group))
}
