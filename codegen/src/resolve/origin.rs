use std::sync::Arc;

use crate::diagnostic::Step;

/// The keys that lead from the top of a file to what a name or a type is made from.
///
/// It shares what it has in common with its neighbors, so that each field can keep its own.
#[derive(Debug, Clone, Default)]
pub struct Origin<'a>(Option<Arc<(Origin<'a>, &'a str)>>);

impl<'a> Origin<'a> {
    /// The top of the file.
    pub fn top() -> Self {
        Self(None)
    }

    /// The value of a key here.
    pub fn key(&self, key: &'a str) -> Self {
        Self(Some(Arc::new((self.clone(), key))))
    }

    /// The keys, the innermost first.
    pub fn outwards(&self) -> impl Iterator<Item = &'a str> {
        let mut at = self;
        std::iter::from_fn(move || {
            let (outer, key) = &**at.0.as_ref()?;
            at = outer;
            Some(*key)
        })
    }

    /// The key at the top of the file: the section.
    pub fn section(&self) -> &'a str {
        self.outwards().last().unwrap_or_default()
    }

    /// The keys as a place in a report has them.
    pub fn steps(&self) -> Vec<Step> {
        let mut steps: Vec<Step> = self
            .outwards()
            .map(|key| Step::Key(key.to_owned()))
            .collect();
        steps.reverse();
        steps
    }
}
