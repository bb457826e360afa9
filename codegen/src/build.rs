//! For the build script of a user's own crate: services beside those of `dingtalk-api`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

use crate::generate::Failure;
use crate::sources::Sources;
use crate::{check, emit, files, resolve, write};

/// Makes the services of a spec folder part of the crate whose build script this runs in.
///
/// The folder is laid out as that of the project: a folder a service, a file an operation. It needs no
/// `platform.yaml`, since servers, tokens and the errors that any operation may answer are those of the client.
///
/// ```no_run
/// // build.rs
/// fn main() -> std::process::ExitCode {
///     dingtalk_codegen::Build::new("spec").run()
/// }
/// ```
///
/// The crate takes in what was made, where it likes:
///
/// ```ignore
/// pub mod own {
///     include!(concat!(env!("OUT_DIR"), "/dingtalk.rs"));
/// }
/// ```
///
/// It holds a module for each service, and a trait `Services` that gives clients a method for each. The crate
/// depends on `dingtalk-runtime`; a `Client` of `dingtalk-api` will do, and its calls share token and connections
/// with all others.
#[derive(Debug, Clone)]
pub struct Build {
    spec: PathBuf,
    out: Option<PathBuf>,
}

/// The file that is written.
const FILE: &str = "dingtalk.rs";

impl Build {
    /// Of the services in this folder, seen from the crate's own.
    pub fn new(spec: impl Into<PathBuf>) -> Self {
        Self {
            spec: spec.into(),
            out: None,
        }
    }

    /// Writes into this folder, and not into that which cargo gives the build script as `OUT_DIR`.
    pub fn out_dir(mut self, out: impl Into<PathBuf>) -> Self {
        self.out = Some(out.into());
        self
    }

    /// Makes the file. Cargo is told when to run the build script again, and of each mistake in the spec, with its
    /// place; a mistake fails the build. Nothing is written unless all of the spec is well.
    pub fn run(&self) -> ExitCode {
        println!("cargo::rerun-if-changed={}", self.spec.display());
        let mistakes = match self.generate() {
            Ok(_) => Vec::new(),
            Err(Failure::Spec(report)) => report.lines(),
            Err(failure) => vec![failure.to_string()],
        };
        // Cargo fails a build whose script reported errors, and shows these alone. From a script that fails itself it
        // would show all that was printed.
        for mistake in mistakes {
            println!("cargo::error={}", mistake.replace('\n', " "));
        }
        ExitCode::SUCCESS
    }

    /// Makes the file, and says where it is.
    ///
    /// # Errors
    /// If the spec has mistakes or a file cannot be read or written.
    pub fn generate(&self) -> Result<PathBuf, Failure> {
        let file = self.folder()?.join(FILE);
        let sources = Sources::read(&self.spec).map_err(Failure::Spec)?;
        let services = check::examine_services(&sources).map_err(Failure::Spec)?;
        let services: Vec<_> = services
            .iter()
            .map(|(name, service)| resolve::service(name, service))
            .collect();
        let text = write::render_included(emit::own(&services))
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
                "it is set in build scripts alone; elsewhere `out_dir` says where to write";
            let error = io::Error::new(io::ErrorKind::NotFound, reason);
            Failure::Io(Path::new("OUT_DIR").to_owned(), error)
        })
    }
}
