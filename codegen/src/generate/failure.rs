use std::path::PathBuf;
use std::{fmt, io};

use dingtalk_catalogue_format as format;

use crate::files::Fault;
use crate::report::Report;

/// Why nothing was generated.
#[derive(Debug)]
pub enum Failure {
    /// The spec has errors.
    Spec(Report),
    /// The spec is too large for the catalogue.
    Catalogue(format::Error),
    /// A file of the generated crate could not be read or written.
    Io(PathBuf, io::Error),
    /// The generator produced invalid Rust: a bug in it.
    Internal(String, syn::Error),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Spec(report) => report.fmt(f),
            Self::Catalogue(error) => write!(f, "error: {error}"),
            Self::Io(path, error) => write!(f, "error: {}: {error}", path.display()),
            Self::Internal(file, error) => {
                write!(
                    f,
                    "error: the generator produced invalid Rust for {file}; please report this: {error}"
                )
            }
        }
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Io(fault.path, fault.error)
    }
}

/// Its text includes the causes, so the source is what is below them.
impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Spec(_) | Self::Catalogue(_) => None,
            Self::Io(_, error) => error.source(),
            Self::Internal(_, error) => error.source(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::error::Error as _;
    use std::io;
    use std::path::PathBuf;

    use super::Failure;

    #[test]
    fn the_source_is_below_what_the_text_tells() {
        let cause = io::Error::from(io::ErrorKind::StorageFull);
        let failure = Failure::Io(PathBuf::from("generated"), cause);
        assert!(
            failure.to_string().contains("no storage space"),
            "{failure}"
        );
        assert!(failure.source().is_none());
    }
}
