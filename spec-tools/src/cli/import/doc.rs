use std::io;
use std::io::{IsTerminal, Read as _, Write as _, stderr, stdin};
use std::path::Path;
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches, Command};
use dingtalk_codegen::files;
use dingtalk_codegen::sources::read_file;
use dingtalk_spec::import::doc::{Imported, Importer, Kind, Options, Source};

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
        .arg(
            Arg::new("page")
                .value_name("FILE")
                .num_args(1..)
                .required(true)
                .help("A page; - reads standard input"),
        )
        .arg(spec_arg())
        .arg(
            Arg::new("service")
                .long("service")
                .value_name("NAME")
                .help("The service of all pages, such as conference_1_0; by default, as in the page's sample code"),
        )
        .arg(
            Arg::new("stdout")
                .long("stdout")
                .action(ArgAction::SetTrue)
                .help("Print the files instead of writing them; no spec is needed"),
        )
        .arg(
            Arg::new("with-text")
                .long("with-text")
                .action(ArgAction::SetTrue)
                .help("Copy the page's descriptions to `doc`, for private use only: they are not yours to publish"),
        )
}

pub(super) fn run(matches: &ArgMatches) -> ExitCode {
    let spec = folder(matches, "spec");
    let print = matches.get_flag("stdout");
    let importer = if print && !spec.exists() {
        Ok(Importer::default())
    } else {
        Importer::open(&spec)
    };
    let importer = match importer {
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
    let mut run = Run {
        importer,
        options,
        spec: &spec,
        print,
        totals: Totals::default(),
    };
    let pages: Vec<&String> = matches
        .get_many::<String>("page")
        .into_iter()
        .flatten()
        .collect();
    let progress = stderr().is_terminal() && pages.len() > 20;
    for (number, page) in pages.iter().enumerate() {
        run.page(page);
        if progress {
            eprint!("\r{} of {} pages", number + 1, pages.len());
            let _ = stderr().flush();
        }
    }
    run.totals.show(pages.len());
    if run.totals.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(MISTAKES)
    }
}

struct Run<'a> {
    importer: Importer,
    options: Options,
    spec: &'a Path,
    print: bool,
    totals: Totals,
}

#[derive(Default)]
struct Totals {
    new: usize,
    changed: usize,
    same: usize,
    failed: usize,
    undecided: usize,
}

impl Run<'_> {
    fn page(&mut self, path: &str) {
        let (name, bytes) = if path == "-" {
            ("<stdin>", from_stdin())
        } else {
            (path, read_file(path.as_ref()))
        };
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(error) => return self.fail(&format!("error: {name} cannot be read: {error}")),
        };
        let source = match Source::new(name, &bytes) {
            Ok(source) => source,
            Err(refused) => return self.fail(refused.trim_end()),
        };
        match self.importer.page(&source, &self.options) {
            Ok(imported) => self.imported(&source, &imported),
            Err(findings) => {
                for finding in findings {
                    eprintln!("{}", finding.shown(&source));
                }
                self.totals.failed += 1;
            }
        }
    }

    fn imported(&mut self, source: &Source, imported: &Imported) {
        for finding in &imported.findings {
            eprintln!("{}", finding.shown(source));
            self.totals.undecided += usize::from(finding.kind == Kind::Undecided);
        }
        let file = self.spec.join(&imported.file);
        let what = if imported.new {
            self.totals.new += 1;
            "new"
        } else if imported.changed {
            self.totals.changed += 1;
            "added to"
        } else {
            self.totals.same += 1;
            "nothing to add to"
        };
        if self.print {
            println!(
                "# {}: {what} {}\n{}",
                source.name, imported.file, imported.text
            );
            for added in &imported.added {
                eprintln!("    {added}");
            }
            return;
        }
        if imported.changed
            && let Err(error) = files::write(&file, &imported.text)
        {
            return self.fail(&format!(
                "error: {} cannot be written: {error}",
                file.display()
            ));
        }
        println!("{}: {what} {}", source.name, file.display());
        for added in &imported.added {
            println!("    {added}");
        }
    }

    fn fail(&mut self, message: &str) {
        eprintln!("{message}");
        self.totals.failed += 1;
    }
}

impl Totals {
    fn show(&self, pages: usize) {
        eprintln!(
            "{pages} {}: {} new, {} added to, {} unchanged, {} not imported; {} {} undecided",
            if pages == 1 { "page" } else { "pages" },
            self.new,
            self.changed,
            self.same,
            self.failed,
            self.undecided,
            if self.undecided == 1 {
                "question is"
            } else {
                "questions are"
            },
        );
    }
}

fn from_stdin() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    stdin().read_to_end(&mut bytes)?;
    Ok(bytes)
}
