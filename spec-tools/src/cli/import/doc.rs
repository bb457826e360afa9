use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command};
use dingtalk_spec::import::doc::{Importer, Options};

use super::pages;
use crate::cli::{MISTAKES, folder, spec_arg};

/// `import doc FILE.. [--spec DIR] [--service NAME] [--stdout] [--with-text]`
pub(super) fn command() -> Command {
    Command::new("doc")
        .about("Imports documentation pages")
        .long_about(
            "Makes spec files from documentation pages, or completes existing ones. A page is a text file: the whole \
             page copied from a browser, or the site's Markdown. What the spec already says stays; differences are \
             reported. What a page leaves out or contradicts is reported with its line; where nothing decides, the \
             spec gets an `undecided` question, and `check` fails until a person answers it. Exits with 0 if all \
             pages were imported, 1 if one was not, and 2 if the command line is wrong.",
        )
        .after_help(
            "Examples:\n  dingtalk-spec import doc page.txt            into the folder spec/\n  \
             dingtalk-spec import doc pages/*.md --spec my-spec\n  \
             dingtalk-spec import doc --stdout page.txt   print what would be written\n  \
             xclip -o | dingtalk-spec import doc - --service conference_1_0",
        )
        .arg(pages::arg())
        .arg(spec_arg())
        .arg(
            Arg::new("service")
                .long("service")
                .value_name("NAME")
                .help("The service of all pages, such as conference_1_0; by default, as in the page's sample code"),
        )
        .arg(pages::stdout_arg())
        .arg(
            Arg::new("with-text")
                .long("with-text")
                .action(ArgAction::SetTrue)
                .help("Copy the page's descriptions to `doc`, for private use only: they are not yours to publish"),
        )
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
    let options = Options {
        service: matches.get_one::<String>("service").cloned(),
        with_text: matches.get_flag("with-text"),
    };
    pages::import(matches, &spec, |source| {
        importer
            .page(source, &options)
            .map(|imported| vec![imported])
    })
}
