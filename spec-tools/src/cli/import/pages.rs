//! Pages, imported one after the other.

use std::io;
use std::io::{IsTerminal, Read as _, Write as _, stderr, stdin};
use std::path::Path;
use std::process::ExitCode;

use clap::{Arg, ArgAction, ArgMatches};
use dingtalk_codegen::files;
use dingtalk_codegen::sources::read_file;
use dingtalk_spec::import::doc::{Finding, Imported, Kind, Source};

use crate::cli::MISTAKES;

/// `FILE..`
pub(super) fn arg() -> Arg {
    Arg::new("page")
        .value_name("FILE")
        .num_args(1..)
        .required(true)
        .help("A page; - reads standard input")
}

/// `--stdout`
pub(super) fn stdout_arg() -> Arg {
    Arg::new("stdout")
        .long("stdout")
        .action(ArgAction::SetTrue)
        .help("Print the files instead of writing them; no spec is needed")
}

/// Whether there is no spec, and none is written.
pub(super) fn needs_no_spec(matches: &ArgMatches, spec: &Path) -> bool {
    matches.get_flag("stdout") && !spec.exists()
}

/// Imports the pages of the command line with a function that reads one.
pub(super) fn import(
    matches: &ArgMatches,
    spec: &Path,
    read: impl FnMut(&Source) -> Result<Vec<Imported>, Vec<Finding>>,
) -> ExitCode {
    let mut run = Run {
        read,
        spec,
        print: matches.get_flag("stdout"),
        totals: Totals::default(),
    };
    let pages = matches.get_many::<String>("page");
    let pages: Vec<&String> = pages.into_iter().flatten().collect();
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

struct Run<'a, R> {
    read: R,
    spec: &'a Path,
    print: bool,
    totals: Totals,
}

/// Files, and pages that gave none.
#[derive(Default)]
struct Totals {
    new: usize,
    changed: usize,
    same: usize,
    failed: usize,
    undecided: usize,
}

impl<R: FnMut(&Source) -> Result<Vec<Imported>, Vec<Finding>>> Run<'_, R> {
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
        match (self.read)(&source) {
            Ok(all) => {
                for imported in &all {
                    self.imported(&source, imported);
                }
            }
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
