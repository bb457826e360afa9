use crate::diagnostic::{At, Place, Step, dotted};

/// The path to a place in a file. It lives on the stack of the walking code, so that only errors cost
/// anything.
#[derive(Clone, Copy)]
pub enum Path<'a> {
    /// The top of a file.
    File(&'a str),
    /// The value of a key.
    Key(&'a Path<'a>, &'a str),
    /// An element of a list.
    Index(&'a Path<'a>, usize),
}

impl<'a> Path<'a> {
    /// The path to the value of a key.
    pub fn key(&'a self, key: &'a str) -> Path<'a> {
        Path::Key(self, key)
    }

    /// The path to an element.
    pub fn index(&'a self, index: usize) -> Path<'a> {
        Path::Index(self, index)
    }

    /// The keys from the top, without the places in lists.
    pub fn keys(&self) -> Vec<&'a str> {
        let mut keys = Vec::new();
        let mut path = *self;
        loop {
            path = match path {
                Path::File(_) => break,
                Path::Key(parent, key) => {
                    keys.push(key);
                    *parent
                }
                Path::Index(parent, _) => *parent,
            };
        }
        keys.reverse();
        keys
    }

    /// The first key: the section of the file.
    pub fn section(&self) -> Option<&'a str> {
        match *self {
            Path::Key(Path::File(_), key) => Some(key),
            Path::Key(parent, _) | Path::Index(parent, _) => parent.section(),
            Path::File(_) => None,
        }
    }

    /// The last key as a place.
    pub fn at_key(&self) -> Place {
        let (file, steps) = self.steps();
        Place {
            file,
            at: At::Key(steps),
        }
    }

    /// The value as a place.
    pub fn at_value(&self) -> Place {
        let (file, steps) = self.steps();
        Place {
            file,
            at: At::Value(steps),
        }
    }

    /// A piece of the value as a place.
    pub fn at_piece(&self, piece: &str) -> Place {
        let (file, steps) = self.steps();
        Place {
            file,
            at: At::Piece(steps, piece.to_owned()),
        }
    }

    /// The steps from the top, as `a.b[0]`.
    pub fn dotted(&self) -> String {
        dotted(&self.steps().1)
    }

    fn steps(&self) -> (String, Vec<Step>) {
        let mut steps = Vec::new();
        let mut path = self;
        loop {
            path = match path {
                Path::File(file) => {
                    steps.reverse();
                    return ((*file).to_owned(), steps);
                }
                Path::Key(parent, key) => {
                    steps.push(Step::Key((*key).to_owned()));
                    parent
                }
                Path::Index(parent, index) => {
                    steps.push(Step::Index(*index));
                    parent
                }
            };
        }
    }
}
