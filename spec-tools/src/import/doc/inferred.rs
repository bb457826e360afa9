//! What an example, or an operation that is known already, shows of a value's shape.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::{At, Json, Value};

/// The shape of a value, put together from all its examples.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Inferred {
    /// Where it was first seen; none if it is from the spec.
    pub(super) at: Option<At>,
    /// The kinds of single values that were seen.
    pub(super) kinds: BTreeSet<Kind>,
    /// The first few of those that were texts or whole numbers.
    pub(super) samples: Vec<String>,
    /// The fields, if it was an object.
    pub(super) fields: Option<Vec<(String, Rc<Inferred>)>>,
    /// The elements, if it was a list.
    pub(super) element: Option<Rc<Inferred>>,
    /// The values, if the spec says that it is a map.
    pub(super) value: Option<Rc<Inferred>>,
}

/// A kind of single values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Text,
    Integer,
    Fraction,
    Boolean,
}

/// So many values tell enough.
const MOST_SAMPLES: usize = 12;

impl Inferred {
    pub(super) fn of(json: &Json) -> Self {
        let mut inferred = Self {
            at: Some(json.at),
            ..Self::default()
        };
        match &json.value {
            // A word for a type says nothing that the table does not.
            Value::Null | Value::Word(_) => {}
            Value::Bool(value) => inferred.single(Kind::Boolean, value.to_string()),
            Value::Number(number) if number.is_i64() || number.is_u64() => {
                inferred.single(Kind::Integer, number.to_string());
            }
            Value::Number(_) => inferred.kinds.extend([Kind::Fraction]),
            Value::Text(text) => inferred.single(Kind::Text, text.clone()),
            Value::List(items) => {
                let mut element = Self::default();
                for item in items {
                    element.add(&Self::of(item));
                }
                inferred.element = Some(Rc::new(element));
            }
            Value::Object(entries) => {
                let fields = entries.iter().map(|entry| {
                    let mut field = Self::of(&entry.json);
                    field.at = Some(entry.at);
                    (entry.key.clone(), Rc::new(field))
                });
                inferred.fields = Some(fields.collect());
            }
        }
        inferred
    }

    fn single(&mut self, kind: Kind, sample: String) {
        self.kinds.insert(kind);
        self.samples.push(sample);
    }

    /// Adds what another example shows.
    pub(super) fn add(&mut self, other: &Self) {
        self.at = self.at.or(other.at);
        self.kinds.extend(&other.kinds);
        for sample in &other.samples {
            if self.samples.len() < MOST_SAMPLES && !self.samples.contains(sample) {
                self.samples.push(sample.clone());
            }
        }
        for (mine, others) in [
            (&mut self.element, &other.element),
            (&mut self.value, &other.value),
        ] {
            match (mine, others) {
                (Some(mine), Some(others)) => Rc::make_mut(mine).add(others),
                (mine @ None, others) => mine.clone_from(others),
                (_, None) => {}
            }
        }
        let Some(fields) = &other.fields else { return };
        let mine = self.fields.get_or_insert_default();
        for (name, field) in fields {
            match mine.iter_mut().find(|(known, _)| known == name) {
                Some((_, known)) => Rc::make_mut(known).add(field),
                None => mine.push((name.clone(), field.clone())),
            }
        }
    }

    fn find(&self, is: impl Fn(&str) -> bool) -> Option<&Rc<Self>> {
        let mut fields = self.fields.iter().flatten();
        fields.find(|(name, _)| is(name)).map(|(_, field)| field)
    }

    /// A field by its name.
    pub(super) fn field(&self, name: &str) -> Option<&Rc<Self>> {
        self.find(|known| known == name)
    }

    /// A field of a name, or else of one that differs in case or separators.
    pub(super) fn near(&self, name: &str) -> Option<&Rc<Self>> {
        self.field(name)
            .or_else(|| self.find(|known| alike(known, name)))
    }

    /// The names of its fields.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.iter().flatten().map(|(name, _)| name.as_str())
    }

    /// Whether it has fields.
    pub(super) fn is_object(&self) -> bool {
        self.names().next().is_some()
    }

    /// The object that rows behind it describe, whatever lists are around it.
    pub(super) fn content(&self) -> Option<&Self> {
        // A page's list of lists is no deeper.
        let around = std::iter::successors(Some(self), |one| one.element.as_deref());
        around.take(4).find(|one| one.is_object())
    }

    /// The values of a map, whose keys an example shows as fields. A list in place of the map is
    /// taken for a value of it.
    pub(super) fn map_value(&self) -> Option<Rc<Self>> {
        if let Some(value) = &self.value {
            return Some(value.clone());
        }
        if let Some(fields) = &self.fields {
            let mut value = Self::default();
            for (_, field) in fields {
                value.add(field);
            }
            return Some(Rc::new(value));
        }
        self.element.is_some().then(|| Rc::new(self.clone()))
    }

    /// Whether nothing was seen, or an object without fields.
    pub(super) fn shows_nothing(&self) -> bool {
        let seen = self.element.is_some() || self.value.is_some() || !self.kinds.is_empty();
        !self.is_object() && (self.fields.is_some() || !seen)
    }
}

/// Whether two names differ in case and separators alone.
pub(super) fn alike(a: &str, b: &str) -> bool {
    fn folded(text: &str) -> impl Iterator<Item = char> + '_ {
        let kept = text.chars().filter(|c| !matches!(c, '_' | '-' | ' '));
        kept.flat_map(char::to_lowercase)
    }
    a != b && folded(a).eq(folded(b))
}
