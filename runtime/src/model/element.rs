//! The types that a field, a list's item or a map's value may have.

use std::collections::btree_map::Entry;

use super::{Entries, FieldType, Items, Json, Map, Model, Object, Slot, TypeOf, View};

/// A type that a field, a list's item or a map's value can have: models, open enums, strings, integers, numbers,
/// booleans, free JSON, and lists and maps of these. Bound by it, a function takes the pages of any operation.
pub trait Element: Sized + 'static {
    #[doc(hidden)]
    /// The value before anything is put into it.
    fn blank() -> Self;

    #[doc(hidden)]
    /// The value to be read.
    fn as_view(&self) -> View<'_>;

    #[doc(hidden)]
    /// The value to be filled.
    fn as_slot(&mut self) -> Slot<'_>;

    #[doc(hidden)]
    /// What it is.
    fn type_of() -> FieldType;
}

/// The value before anything is put into it.
#[inline]
pub fn blank<T: Element>() -> T {
    T::blank()
}

macro_rules! scalar {
    ($type:ty, $blank:expr, $kind:ident, $value:ident => $view:expr) => {
        impl Element for $type {
            #[inline]
            fn blank() -> Self {
                $blank
            }

            #[inline]
            fn as_view(&self) -> View<'_> {
                let $value = self;
                View::$kind($view)
            }

            #[inline]
            fn as_slot(&mut self) -> Slot<'_> {
                Slot::$kind(self)
            }

            #[inline]
            fn type_of() -> FieldType {
                FieldType::$kind
            }
        }
    };
}

scalar!(String, String::new(), String, value => value);
scalar!(i64, 0, Integer, value => *value);
scalar!(f64, 0.0, Number, value => *value);
scalar!(bool, false, Boolean, value => *value);
scalar!(Json, Json::Null, Json, value => value);

#[doc(hidden)]
impl<T: Model> Element for T {
    #[inline]
    fn blank() -> Self {
        T::empty()
    }

    #[inline]
    fn as_view(&self) -> View<'_> {
        View::Object(self)
    }

    #[inline]
    fn as_slot(&mut self) -> Slot<'_> {
        Slot::Object(self)
    }

    #[inline]
    fn type_of() -> FieldType {
        FieldType::Object(Object::Model(|| Box::new(T::empty())))
    }
}

impl<T: Element> Element for Vec<T> {
    #[inline]
    fn blank() -> Self {
        Self::new()
    }

    #[inline]
    fn as_view(&self) -> View<'_> {
        View::List(self)
    }

    #[inline]
    fn as_slot(&mut self) -> Slot<'_> {
        Slot::List(self)
    }

    #[inline]
    fn type_of() -> FieldType {
        FieldType::List(TypeOf::Rust(T::type_of))
    }
}

impl<T: Element> Items for Vec<T> {
    #[inline]
    fn count(&self) -> usize {
        self.len()
    }

    #[inline]
    fn item(&self, index: usize) -> View<'_> {
        self.get(index).map_or(View::Unset, Element::as_view)
    }

    #[inline]
    fn push_slot(&mut self) -> Slot<'_> {
        self.push(T::blank());
        self.last_mut().map_or(Slot::Nothing, Element::as_slot)
    }

    #[inline]
    fn drop_last(&mut self) {
        self.pop();
    }
}

impl<T: Element> Element for Map<T> {
    #[inline]
    fn blank() -> Self {
        Self::new()
    }

    #[inline]
    fn as_view(&self) -> View<'_> {
        View::Map(self)
    }

    #[inline]
    fn as_slot(&mut self) -> Slot<'_> {
        Slot::Map(self)
    }

    #[inline]
    fn type_of() -> FieldType {
        FieldType::Map(TypeOf::Rust(T::type_of))
    }
}

impl<T: Element> Entries for Map<T> {
    #[inline]
    fn count(&self) -> usize {
        self.len()
    }

    #[inline]
    fn entries(&self) -> Box<dyn Iterator<Item = (&str, View<'_>)> + '_> {
        Box::new(
            self.iter()
                .map(|(key, value)| (key.as_str(), value.as_view())),
        )
    }

    #[inline]
    fn insert_slot(&mut self, key: &str) -> Slot<'_> {
        match self.entry(key.to_owned()) {
            Entry::Vacant(entry) => entry.insert(T::blank()).as_slot(),
            Entry::Occupied(entry) => {
                let value = entry.into_mut();
                *value = T::blank();
                value.as_slot()
            }
        }
    }

    #[inline]
    fn remove_key(&mut self, key: &str) {
        self.remove(key);
    }
}
