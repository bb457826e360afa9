//! Why a file was not downloaded or uploaded.

use std::error::Error as StdError;
use std::fmt;

use dingtalk_api::{Error, TransferError};

/// Why a file was not downloaded or uploaded.
#[derive(Debug)]
#[non_exhaustive]
pub enum FilesError {
    /// A call failed.
    Call(Box<Error>),
    /// The transfer from or to the object store failed.
    Transfer(TransferError),
    /// A reply lacks what the next step needs.
    Incomplete {
        /// The operation that was called.
        operation: &'static str,
        /// The field that its reply lacks.
        field: &'static str,
    },
}

impl From<Error> for FilesError {
    fn from(error: Error) -> Self {
        Self::Call(Box::new(error))
    }
}

impl From<TransferError> for FilesError {
    fn from(error: TransferError) -> Self {
        Self::Transfer(error)
    }
}

impl fmt::Display for FilesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) => error.fmt(f),
            Self::Transfer(error) => error.fmt(f),
            Self::Incomplete { operation, field } => {
                write!(f, "{operation}: the reply has no `{field}`")
            }
        }
    }
}

/// Its text includes the cause's.
impl StdError for FilesError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Call(error) => error.source(),
            Self::Transfer(error) => error.source(),
            Self::Incomplete { .. } => None,
        }
    }
}
