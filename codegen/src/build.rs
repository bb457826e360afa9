//! For build scripts of users' crates: services next to those of `dingtalk-api`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

use crate::generate::Failure;
use crate::sources::Sources;
use crate::{check, emit, files, resolve, write};

/// Adds the services of a spec folder to the crate whose build script runs this.
///
/// The folder has the layout of the project's `spec/`: a folder per service, a file per operation. It needs no
/// `platform.yaml`: servers, tokens and common errors are those of the client. With one, it can describe `apis` of its
/// own; the generated code has a static for each, which `ClientBuilder::api` takes.
///
/// ```no_run
/// // build.rs
/// fn main() -> std::process::ExitCode {
///     dingtalk_codegen::Build::new("spec").run()
/// }
/// ```
///
/// Include the generated code anywhere in the crate:
///
/// ```ignore
/// pub mod own {
///     include!(concat!(env!("OUT_DIR"), "/dingtalk.rs"));
/// }
/// ```
///
/// It has a module for each service, and a trait `Services` that adds a method for each to the client. The crate
/// depends on `dingtalk-runtime`. A `Client` of `dingtalk-api` works too, and all its calls share tokens and connections.
#[derive(Debug, Clone)]
pub struct Build {
    spec: PathBuf,
    out: Option<PathBuf>,
}

/// The file that is written.
const FILE: &str = "dingtalk.rs";

impl Build {
    /// For the services in this folder, relative to the crate's.
    pub fn new(spec: impl Into<PathBuf>) -> Self {
        Self {
            spec: spec.into(),
            out: None,
        }
    }

    /// Writes to this folder instead of cargo's `OUT_DIR`.
    pub fn out_dir(mut self, out: impl Into<PathBuf>) -> Self {
        self.out = Some(out.into());
        self
    }

    /// Writes the file, and prints to cargo when to rerun the build script. Each error in the spec is reported with its
    /// place and fails the build. Nothing is written unless the whole spec is valid.
    pub fn run(&self) -> ExitCode {
        println!("cargo::rerun-if-changed={}", self.spec.display());
        let mistakes = match self.generate() {
            Ok(_) => Vec::new(),
            Err(Failure::Spec(report)) => report.lines(),
            Err(failure) => vec![failure.to_string()],
        };
        // If a build script reports errors, cargo fails the build and shows these alone. From a script that fails itself it
        // would show all that was printed.
        for mistake in mistakes {
            println!("cargo::error={}", mistake.replace('\n', " "));
        }
        ExitCode::SUCCESS
    }

    /// Writes the file, and returns its path.
    ///
    /// # Errors
    /// If the spec has errors, or a file cannot be read or written.
    pub fn generate(&self) -> Result<PathBuf, Failure> {
        let file = self.folder()?.join(FILE);
        let sources = Sources::read(&self.spec).map_err(Failure::Spec)?;
        let (platform, parts) = check::examine_parts(&sources).map_err(Failure::Spec)?;
        let services: Vec<_> = parts
            .services
            .iter()
            .map(|(name, service)| resolve::service(name, service))
            .collect();
        let text = write::render_included(emit::own(platform.as_ref(), &services))
            .map_err(|error| Failure::Internal(FILE.to_owned(), error))?;
        if fs::read(&file).is_ok_and(|old| old == text.as_bytes()) {
            return Ok(file);
        }
        match files::write(&file, &text) {
            Ok(()) => Ok(file),
            Err(error) => Err(Failure::Io(file, error)),
        }
    }

    fn folder(&self) -> Result<PathBuf, Failure> {
        let given = self.out.clone();
        let found = given.or_else(|| env::var_os("OUT_DIR").map(PathBuf::from));
        found.ok_or_else(|| {
            let reason =
                "cargo sets it only for build scripts; elsewhere, set the folder with `out_dir`";
            let error = io::Error::new(io::ErrorKind::NotFound, reason);
            Failure::Io(Path::new("OUT_DIR").to_owned(), error)
        })
    }
}
