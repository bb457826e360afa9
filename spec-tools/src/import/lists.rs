//! The reviewed lists next to the spec: `spec/import/*.yaml`.

use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::diagnostic::{At, Diagnostic, Place, Span, Step};
use crate::sources::{IMPORT, read_text};

/// A list with the text that it was read from.
#[derive(Debug, Default)]
pub(super) struct List<T> {
    /// The file, from the spec's folder on.
    pub(super) file: String,
    pub(super) text: Arc<str>,
    pub(super) entries: T,
}

impl<T: DeserializeOwned + Default> List<T> {
    /// Reads a list. A spec without it has an empty one.
    pub(super) fn read(spec: &Path, name: &str) -> Result<Self, Wrong> {
        let file = format!("{IMPORT}/{name}");
        let text: Arc<str> = match read_text(&spec.join(IMPORT).join(name)) {
            Ok(text) => text.into(),
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Ok(Self {
                    file,
                    ..Self::default()
                });
            }
            Err(error) => {
                let message = format!("cannot read the list: {error}");
                return Err(Box::new((
                    Diagnostic::new(Place::file(file), message),
                    "".into(),
                )));
            }
        };
        match serde_yaml::from_str(&text) {
            Ok(entries) => Ok(Self {
                file,
                text,
                entries,
            }),
            Err(error) => {
                let at = error.location();
                let at = at.map_or(Span::point(1, 1), |at| {
                    Span::point(at.line().max(1), at.column().max(1))
                });
                let message = error.to_string();
                // The place is shown apart.
                let message = message
                    .split(" at line ")
                    .next()
                    .unwrap_or_default()
                    .to_owned();
                Err(Box::new((
                    Diagnostic::new(Place::span(file, at), message),
                    text,
                )))
            }
        }
    }
}

impl<T> List<T> {
    /// A mistake in the value that some keys lead to.
    pub(super) fn mistake(&self, keys: &[Step], message: String) -> Diagnostic {
        let place = Place {
            file: self.file.clone(),
            at: At::Key(keys.to_vec()),
        };
        Diagnostic::new(place, message)
    }
}

/// A list that cannot be read, with its text.
pub(super) type Wrong = Box<(Diagnostic, Arc<str>)>;

/// Why an entry is right: for who reviews it.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
pub(super) struct Reason;

impl TryFrom<String> for Reason {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        if text.trim().is_empty() {
            Err("an entry needs a reason")
        } else {
            Ok(Self)
        }
    }
}

/// Keys as steps to a place.
pub(super) fn steps(keys: &[&str]) -> Vec<Step> {
    keys.iter()
        .map(|key| Step::Key((*key).to_owned()))
        .collect()
}

/// An entry of a list as steps to a place.
pub(super) fn entry(section: &str, index: usize) -> Vec<Step> {
    vec![Step::Key(section.to_owned()), Step::Index(index)]
}
