//! What an example, or an operation that is known already, shows of a value's shape.

use std::rc::Rc;

use super::json::{Json, Value};
use super::source::At;

/// The shape of a value, put together from all its examples.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Inferred {
    /// Where it was first seen; none if it is from the spec.
    pub(super) at: Option<At>,
    /// The kinds of single values that were seen.
    pub(super) kinds: Kinds,
    /// The first few of those that were texts or whole numbers.
    pub(super) samples: Vec<String>,
    /// The fields, if it was an object.
    pub(super) fields: Option<Vec<(String, Rc<Inferred>)>>,
    /// The elements, if it was a list.
    pub(super) element: Option<Rc<Inferred>>,
    /// The values, if the spec says that it is a map.
    pub(super) value: Option<Rc<Inferred>>,
}

/// Kinds of single values.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "a set")]
pub(super) struct Kinds {
    pub(super) text: bool,
    pub(super) integer: bool,
    pub(super) fraction: bool,
    pub(super) boolean: bool,
}

/// So many values tell enough.
const MOST_SAMPLES: usize = 12;

impl Kinds {
    pub(super) fn is_empty(self) -> bool {
        self == Self::default()
    }
}

impl Inferred {
    pub(super) fn of(json: &Json) -> Self {
        let mut inferred = Self {
            at: Some(json.at),
            ..Self::default()
        };
        match &json.value {
            // A word for a type says nothing that the table does not.
            Value::Null | Value::Word(_) => {}
            Value::Bool(value) => {
                inferred.kinds.boolean = true;
                inferred.samples.push(value.to_string());
            }
            Value::Number(number) if number.is_i64() || number.is_u64() => {
                inferred.kinds.integer = true;
                inferred.samples.push(number.to_string());
            }
            Value::Number(_) => inferred.kinds.fraction = true,
            Value::Text(text) => {
                inferred.kinds.text = true;
                inferred.samples.push(text.clone());
            }
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

    /// Adds what another example shows.
    pub(super) fn add(&mut self, other: &Self) {
        self.at = self.at.or(other.at);
        self.kinds = Kinds {
            text: self.kinds.text || other.kinds.text,
            integer: self.kinds.integer || other.kinds.integer,
            fraction: self.kinds.fraction || other.kinds.fraction,
            boolean: self.kinds.boolean || other.kinds.boolean,
        };
        for sample in &other.samples {
            if self.samples.len() < MOST_SAMPLES && !self.samples.contains(sample) {
                self.samples.push(sample.clone());
            }
        }
        let inner = [
            (&mut self.element, &other.element),
            (&mut self.value, &other.value),
        ];
        for (mine, others) in inner {
            match (mine, others) {
                (Some(mine), Some(others)) => Rc::make_mut(mine).add(others),
                (mine @ None, Some(others)) => *mine = Some(others.clone()),
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

    /// A field by its name.
    pub(super) fn field(&self, name: &str) -> Option<&Rc<Self>> {
        let mut fields = self.fields.iter().flatten();
        fields
            .find(|(known, _)| known == name)
            .map(|(_, field)| field)
    }

    /// A field whose name differs in case or separators, with the name.
    pub(super) fn field_like(&self, name: &str) -> Option<(&str, &Rc<Self>)> {
        let mut fields = self.fields.iter().flatten();
        let (known, field) = fields.find(|(known, _)| alike(known, name))?;
        Some((known, field))
    }

    /// A field of a name, or else of one that is like it.
    pub(super) fn near(&self, name: &str) -> Option<&Rc<Self>> {
        let like = || self.field_like(name).map(|(_, field)| field);
        self.field(name).or_else(like)
    }

    /// The names of its fields.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        let fields = self.fields.iter().flatten();
        fields.map(|(name, _)| name.as_str())
    }

    /// Whether it has fields.
    pub(super) fn is_object(&self) -> bool {
        self.fields.iter().flatten().next().is_some()
    }

    /// The object that rows behind it describe, whatever lists stand around it.
    pub(super) fn content(&self) -> Option<&Self> {
        let mut at = self;
        // A page's list of lists is no deeper.
        for _ in 0..4 {
            if at.is_object() {
                return Some(at);
            }
            at = at.element.as_deref()?;
        }
        None
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

    /// Whether anything was seen at all.
    pub(super) fn is_empty(&self) -> bool {
        self.kinds.is_empty()
            && self.fields.is_none()
            && self.element.is_none()
            && self.value.is_none()
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
