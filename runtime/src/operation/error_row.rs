//! A row of an operation's error table.
//!
//! In an operation's data it is one text, because every expression of generated code costs compile time: a table of
//! structs would take six expressions for each of the platform's sixteen thousand rows.

use std::fmt;

use serde::de::IntoDeserializer;
use serde::de::value::{Error, StrDeserializer};
use serde::{Deserialize, Serialize};

use super::ErrorClass;

/// What parts the columns of the text.
const COLUMN: char = '\t';

/// A row of an operation's error table. Its text, which `parse` reads and `Display` writes, has five columns: variant,
/// status, class, code, message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ErrorRow {
    /// Which variant of the operation's error enum the row gives.
    pub variant: usize,
    /// The HTTP status.
    pub status: u16,
    /// What the row means for a client, where its class is known.
    pub class: Option<ErrorClass>,
    /// The code in the error's body.
    pub code: &'static str,
    /// The message, in which `%s` stands for a detail; empty if none is documented.
    pub message: &'static str,
}

impl ErrorRow {
    /// The row of a text; `None` if it is none.
    pub(crate) fn parse(text: &'static str) -> Option<Self> {
        let mut columns = text.splitn(5, COLUMN);
        let mut column = || columns.next();
        let class = |name: &str| {
            let name: StrDeserializer<'_, Error> = name.into_deserializer();
            ErrorClass::deserialize(name).ok()
        };
        Some(Self {
            variant: column()?.parse().ok()?,
            status: column()?.parse().ok()?,
            class: column().map(class)?,
            code: column()?,
            message: column()?,
        })
    }
}

impl fmt::Display for ErrorRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{COLUMN}{}{COLUMN}", self.variant, self.status)?;
        if let Some(class) = self.class {
            class.serialize(&mut *f)?;
        }
        write!(f, "{COLUMN}{}{COLUMN}{}", self.code, self.message)
    }
}

#[cfg(test)]
mod tests {
    use super::ErrorRow;
    use crate::operation::ErrorClass;

    #[test]
    fn a_row_is_read_as_it_was_written() {
        let row = ErrorRow {
            variant: 12,
            status: 403,
            class: Some(ErrorClass::ThrottledMinute),
            code: "too.fast",
            message: "wait\tfor %s",
        };
        for (row, text) in [
            (row, "12\t403\tthrottled_minute\ttoo.fast\twait\tfor %s"),
            (
                ErrorRow {
                    class: None,
                    message: "",
                    ..row
                },
                "12\t403\t\ttoo.fast\t",
            ),
        ] {
            assert_eq!(row.to_string(), text);
            assert_eq!(ErrorRow::parse(text), Some(row));
        }
    }

    #[test]
    fn other_text_is_no_row() {
        for text in [
            "",
            "0\t400\t\tcode",
            "a\t400\t\tcode\t",
            "0\t99999\t\tcode\t",
        ] {
            assert_eq!(ErrorRow::parse(text), None, "{text:?}");
        }
    }
}
