//! Where the package is, which version it has, and which services are in it.

use std::fs;
use std::path::{Path, PathBuf};

use super::python::Problem;
use crate::diagnostic::{Diagnostic, Place};

/// The folder of Python modules, as it is called in the published package.
const MODULE: &str = "alibabacloud_dingtalk";

/// The two files of a service.
pub(super) const CLIENT: &str = "client.py";
pub(super) const MODELS: &str = "models.py";

/// The unpacked package.
#[derive(Debug)]
pub(super) struct Package {
    /// The folder with a folder for each service.
    pub(super) folder: PathBuf,
    /// Its version, if the files that say it are next to it.
    pub(super) version: Option<String>,
    /// The services by name.
    pub(super) services: Vec<String>,
}

impl Package {
    /// Looks at a folder: the unpacked package, or the folder with the services in it.
    pub(super) fn open(folder: &Path) -> Result<Self, Problem> {
        let failed = |message: String| {
            let help = format!("give the folder that holds `{MODULE}`: the package, unpacked");
            Box::new(Diagnostic::new(Place::file(""), message).help(help))
        };
        let cannot =
            |error: std::io::Error| failed(format!("cannot read the package's folder: {error}"));
        let inner = folder.join(MODULE);
        let root = if inner.is_dir() { &inner } else { folder };
        let mut services = Vec::new();
        for entry in fs::read_dir(root).map_err(cannot)? {
            let path = entry.map_err(cannot)?.path();
            let name = path
                .file_name()
                .and_then(|name| name.to_str())
                .unwrap_or_default();
            // A service without one of its files is reported when it is read.
            if path.join(CLIENT).exists() || path.join(MODELS).exists() {
                services.push(name.to_owned());
            }
        }
        services.sort();
        if services.is_empty() {
            return Err(failed(format!(
                "this is not the package: no folder in it has a `{CLIENT}`"
            )));
        }
        Ok(Self {
            folder: root.to_owned(),
            version: version(root.parent()),
            services,
        })
    }
}

/// What the metadata next to the modules says.
fn version(folder: Option<&Path>) -> Option<String> {
    let entries = fs::read_dir(folder?).ok()?;
    let mut found: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path().join("METADATA")))
        .collect();
    found.sort();
    let metadata = found.iter().find_map(|path| {
        let of_package = path.to_str()?.contains(MODULE);
        of_package.then(|| fs::read_to_string(path).ok())?
    })?;
    let line = metadata
        .lines()
        .find_map(|line| line.strip_prefix("Version:"))?;
    Some(line.trim().to_owned())
}
