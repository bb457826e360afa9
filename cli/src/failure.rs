//! Errors and their exit codes.

use std::process::ExitCode;

use dingtalk_api::{ApiError, Error, InvalidArgument};

/// Why a command failed, and its exit code.
#[derive(Debug)]
pub struct Failure {
    code: u8,
    /// Printed to standard error unless empty.
    message: String,
}

impl Failure {
    /// The call failed, or nothing was found.
    const FAILED: u8 = 1;

    /// The command line or the environment is wrong. Nothing was sent.
    pub const USAGE: u8 = 2;

    pub fn failed(message: impl Into<String>) -> Self {
        Self {
            code: Self::FAILED,
            message: message.into(),
        }
    }

    pub fn usage(message: impl Into<String>) -> Self {
        Self {
            code: Self::USAGE,
            message: message.into(),
        }
    }

    /// Ends without a message, because nobody would read it.
    pub fn silent() -> Self {
        Self::failed("")
    }

    /// Adds a line that says what to do.
    pub fn hint(mut self, hint: &str) -> Self {
        self.message.push('\n');
        self.message.push_str(hint);
        self
    }

    /// Prints the message and returns the exit code.
    pub fn report(&self) -> ExitCode {
        if !self.message.is_empty() {
            eprintln!("error: {}", self.message);
        }
        self.code.into()
    }
}

/// A call failed.
impl From<Error<ApiError>> for Failure {
    fn from(error: Error<ApiError>) -> Self {
        match error {
            Error::InvalidArgument(invalid) => Self::usage(not_sent(&invalid)),
            // Its text has operation, status, code, message, request id, and what to do.
            error => Self::failed(error.to_string()),
        }
    }
}

/// The catalogue is damaged.
impl From<dingtalk_catalogue::Error> for Failure {
    fn from(error: dingtalk_catalogue::Error) -> Self {
        Self::failed(error.to_string())
    }
}

fn not_sent(invalid: &InvalidArgument) -> String {
    let operation = invalid.operation();
    let mistakes: Vec<_> = invalid
        .mistakes()
        .map(|(argument, reason)| format!("  {argument} {reason}"))
        .collect();
    format!(
        "{operation} was not sent:\n{}\n`dingtalk show {} {}` shows its fields",
        mistakes.join("\n"),
        operation.service,
        operation.action
    )
}
