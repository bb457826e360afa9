//! Where in a document a value is, so that an error can say it.

use std::fmt;

use super::FieldInfo;
use super::misfit::Reading;

/// The path from the document's root to a value. Each step lives on the stack of its caller.
pub(crate) enum Path<'a> {
    /// The document itself; if it is a reply, of which values may be left out, with its reading.
    Root(Option<&'a Reading>),
    Field(&'a Path<'a>, &'static FieldInfo),
    Entry(&'a Path<'a>, &'a str),
    Item(&'a Path<'a>, usize),
}

impl Path<'_> {
    fn parent(&self) -> Option<&Path<'_>> {
        match self {
            Path::Root(_) => None,
            Path::Field(parent, _) | Path::Entry(parent, _) | Path::Item(parent, _) => Some(parent),
        }
    }

    /// How many steps the value is away from the root.
    pub(super) fn depth(&self) -> usize {
        std::iter::successors(self.parent(), |path| path.parent()).count()
    }

    /// Whether the value belongs to a field that must not be shown.
    pub(crate) fn is_secret(&self) -> bool {
        std::iter::successors(Some(self), |path| path.parent())
            .any(|path| matches!(path, Path::Field(_, info) if info.is_secret()))
    }

    /// Whether the value is the whole document.
    pub(super) fn is_root(&self) -> bool {
        matches!(self, Path::Root(_))
    }

    /// Whether the value says if the whole call worked.
    pub(super) fn says_success(&self) -> bool {
        matches!(self, Path::Field(Path::Root(_), info) if info.is_success_flag())
    }

    /// The reading of the reply that the value is in.
    pub(super) fn reading(&self) -> Option<&Reading> {
        match std::iter::successors(Some(self), |path| path.parent()).last()? {
            Path::Root(reading) => *reading,
            _ => None,
        }
    }

    /// Takes up a value that does not fit, if it can be left out: an error if not.
    pub(super) fn misfit<E: serde::de::Error>(
        &self,
        expected: &'static str,
        found: String,
    ) -> Result<(), E> {
        let needed = match self {
            Path::Root(_) => true,
            Path::Field(_, info) => info.is_required() || self.says_success(),
            Path::Entry(..) | Path::Item(..) => false,
        };
        match self.reading() {
            Some(reading) if !needed || reading.is_event() => {
                reading.add(self, expected, found);
                Ok(())
            }
            _ => Err(self.error(format_args!("expected {expected}, found {found}"))),
        }
    }

    /// An error about the value at the path.
    pub(super) fn error<E: serde::de::Error>(&self, message: fmt::Arguments<'_>) -> E {
        match self {
            Path::Root(_) => E::custom(message),
            path => E::custom(format_args!("{path}: {message}")),
        }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Root(_) => Ok(()),
            Path::Field(Path::Root(_), info) => f.write_str(info.name()),
            Path::Field(parent, info) => write!(f, "{parent}.{}", info.name()),
            Path::Entry(Path::Root(_), key) => f.write_str(key),
            Path::Entry(parent, key) => write!(f, "{parent}.{key}"),
            Path::Item(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}
