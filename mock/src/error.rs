//! What is wrong with what the mock was told.

use std::fmt;

use dingtalk_api::generated::nearest;
use dingtalk_api::operation::Operation;
use dingtalk_catalogue::{Error, NotFound};

/// The mock was told something that makes no sense, such as an operation that does not exist.
#[derive(Debug, Clone)]
pub struct MockError(String);

impl MockError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    pub(crate) fn unknown_code(operation: &Operation, code: &str, known: &[&'static str]) -> Self {
        let help = match nearest(code, known.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "`dingtalk show` lists its codes; for any other error, set the whole answer"
                .to_owned(),
        };
        Self(format!("{operation} documents no error `{code}`; {help}"))
    }

    pub(crate) fn fault(text: &str) -> Self {
        Self(format!(
            "`{text}` is not a fault: expected `error=CODE`, `throttle`, `block`, `html`, `empty`, `cut` or \
             `delay=MILLISECONDS`, with `;` between several"
        ))
    }
}

impl From<NotFound> for MockError {
    fn from(error: NotFound) -> Self {
        Self(error.to_string())
    }
}

impl From<Error> for MockError {
    fn from(error: Error) -> Self {
        Self(error.to_string())
    }
}

impl fmt::Display for MockError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for MockError {}
