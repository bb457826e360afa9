//! Which part of a version a change raises.

use std::fmt;

use super::Level;

/// The three numbers of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub u64, pub u64, pub u64);

/// A part of a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Raise {
    Patch,
    Minor,
    Major,
}

/// What to do with the version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Advice {
    /// The part to raise before 1.0; none if nothing changed.
    pub before_1_0: Option<Raise>,
    /// The part to raise from 1.0 on.
    pub from_1_0: Option<Raise>,
}

impl Advice {
    /// For the most severe change.
    pub fn new(level: Option<Level>) -> Self {
        let (before_1_0, from_1_0) = match level {
            None => (None, None),
            Some(Level::Documentation) => (Some(Raise::Patch), Some(Raise::Patch)),
            Some(Level::Additive) => (Some(Raise::Patch), Some(Raise::Minor)),
            Some(Level::Breaking) => (Some(Raise::Minor), Some(Raise::Major)),
        };
        Self {
            before_1_0,
            from_1_0,
        }
    }

    /// The part to raise of this version.
    pub fn raise(self, version: Version) -> Option<Raise> {
        if version.0 == 0 {
            self.before_1_0
        } else {
            self.from_1_0
        }
    }

    /// The lowest version that may follow.
    pub fn next(self, version: Version) -> Version {
        let Version(major, minor, patch) = version;
        match self.raise(version) {
            None => version,
            Some(Raise::Patch) => Version(major, minor, patch.saturating_add(1)),
            Some(Raise::Minor) => Version(major, minor.saturating_add(1), 0),
            Some(Raise::Major) => Version(major.saturating_add(1), 0, 0),
        }
    }
}

impl Version {
    /// Parses a version, without what may follow the numbers.
    pub fn parse(text: &str) -> Option<Self> {
        let end = text.find(['-', '+']).unwrap_or(text.len());
        let mut numbers = text
            .get(..end)?
            .split('.')
            .map(|number| number.parse().ok());
        let version = Self(numbers.next()??, numbers.next()??, numbers.next()??);
        numbers.next().is_none().then_some(version)
    }
}

impl Raise {
    /// The part in a word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.0, self.1, self.2)
    }
}

#[cfg(test)]
mod tests {
    use super::{Advice, Version};
    use crate::diff::Level;

    #[test]
    fn before_1_0_a_minor_version_may_break() {
        let next = |level, version| {
            Advice::new(level)
                .next(Version::parse(version).unwrap())
                .to_string()
        };
        assert_eq!(next(Some(Level::Breaking), "0.3.1"), "0.4.0");
        assert_eq!(next(Some(Level::Additive), "0.3.1"), "0.3.2");
        assert_eq!(next(Some(Level::Documentation), "0.3.1-beta.1"), "0.3.2");
        assert_eq!(next(None, "0.3.1"), "0.3.1");
        assert_eq!(next(Some(Level::Breaking), "1.3.1"), "2.0.0");
        assert_eq!(next(Some(Level::Additive), "1.3.1+a"), "1.4.0");
        assert_eq!(Version::parse("1.2"), None);
        assert_eq!(Version::parse("1.2.x"), None);
    }
}
