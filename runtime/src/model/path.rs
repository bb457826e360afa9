//! Where in a document a value is, so that an error can say it.

use std::fmt;

use super::FieldInfo;

/// The way from the document's root to a value. Each step lives on the stack of who goes it.
pub(crate) enum Path<'a> {
    Root,
    Field(&'a Path<'a>, &'static FieldInfo),
    Entry(&'a Path<'a>, &'a str),
    Item(&'a Path<'a>, usize),
}

impl Path<'_> {
    fn parent(&self) -> Option<&Path<'_>> {
        match self {
            Path::Root => None,
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
            .any(|path| matches!(path, Path::Field(_, info) if info.secret()))
    }

    /// An error about the value at the path.
    pub(super) fn error<E: serde::de::Error>(&self, message: fmt::Arguments<'_>) -> E {
        match self {
            Path::Root => E::custom(message),
            path => E::custom(format_args!("{path}: {message}")),
        }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Root => Ok(()),
            Path::Field(Path::Root, info) => f.write_str(info.name()),
            Path::Field(parent, info) => write!(f, "{parent}.{}", info.name()),
            Path::Entry(Path::Root, key) => f.write_str(key),
            Path::Entry(parent, key) => write!(f, "{parent}.{key}"),
            Path::Item(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}
