//! The error type of an operation before its first documented code.

use std::fmt;

use super::{ApiError, OfOperation, OperationError};

/// The error of an operation without documented codes.
///
/// Generated code names it once per operation, as `GetUserError`, with a number of the operation's own: so each
/// operation has its own type, which costs nothing to compile, and an enum with documented codes can take its place
/// without breaking a caller. Use that name, never this one.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum UndocumentedError<const OPERATION: u64> {
    /// A code that the operation does not document.
    Other(ApiError),
}

impl<const OPERATION: u64> OperationError for UndocumentedError<OPERATION> {
    #[inline]
    fn from_api(error: ApiError) -> Self {
        Self::Other(error)
    }

    #[inline]
    fn api(&self) -> &ApiError {
        let Self::Other(error) = self;
        error
    }
}

impl<const OPERATION: u64> OfOperation for UndocumentedError<OPERATION> {}

impl<const OPERATION: u64> fmt::Display for UndocumentedError<OPERATION> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.api().fmt(f)
    }
}

impl<const OPERATION: u64> std::error::Error for UndocumentedError<OPERATION> {}
