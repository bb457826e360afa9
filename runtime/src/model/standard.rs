//! The standard traits of all models.

use std::fmt;

use super::{Model, Slot, View, fields};

/// The traits of a model, each by one call of what does it for all of them; `Default` too if no field is required.
#[doc(hidden)]
#[macro_export]
macro_rules! __model {
    ($name:ident, Default) => {
        $crate::model::model!($name);

        impl ::core::default::Default for $name {
            #[inline]
            fn default() -> Self {
                $crate::model::Model::empty()
            }
        }
    };
    ($name:ident) => {
        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::model::debug(self, f)
            }
        }

        impl ::core::clone::Clone for $name {
            #[inline]
            fn clone(&self) -> Self {
                $crate::model::clone(self)
            }
        }

        impl ::core::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::model::equal(self, other)
            }
        }

        impl $crate::model::Serialize for $name {
            #[inline]
            fn serialize<S: $crate::model::Serializer>(
                &self,
                to: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::model::serialize(self, to)
            }
        }

        impl<'de> $crate::model::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::model::Deserializer<'de>>(
                from: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::model::deserialize(from)
            }
        }
    };
}

/// Shows the fields that are set; a secret one as `***`.
#[inline]
pub fn debug(model: &dyn Model, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut out = f.debug_struct(model.info().name());
    for (info, view) in fields(model) {
        if info.secret() {
            out.field(info.name(), &format_args!("***"));
        } else {
            out.field(info.name(), &view);
        }
    }
    out.finish()
}

impl fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            View::Unset => f.write_str("unset"),
            View::Str(value) => value.fmt(f),
            View::Int(value) => value.fmt(f),
            View::Num(value) => value.fmt(f),
            View::Bool(value) => value.fmt(f),
            View::Json(value) => fmt::Display::fmt(value, f),
            View::Object(model) => debug(model, f),
            View::List(list) => f.debug_list().entries(list.iter()).finish(),
            View::Map(map) => f.debug_map().entries(map.entries()).finish(),
        }
    }
}

/// A copy of a model.
#[inline]
pub fn clone<M: Model>(model: &M) -> M {
    let mut copy = M::empty();
    copy_fields(model, &mut copy);
    copy
}

fn copy_fields(from: &dyn Model, to: &mut dyn Model) {
    for index in 0..from.info().fields().len() {
        match from.get(index).view() {
            View::Unset => {}
            view => copy(view, to.get_mut(index).slot()),
        }
    }
}

/// Copies a value into a blank place of the same type.
fn copy(view: View<'_>, slot: Slot<'_>) {
    match (view, slot) {
        (View::Str(from), Slot::Str(to)) => from.clone_into(to),
        (View::Str(from), Slot::Text(to)) => to.set(from),
        (View::Int(from), Slot::Int(to)) => *to = from,
        (View::Int(from), Slot::Number(to)) => to.set(from),
        (View::Num(from), Slot::Num(to)) => *to = from,
        (View::Bool(from), Slot::Bool(to)) => *to = from,
        (View::Json(from), Slot::Json(to)) => to.clone_from(from),
        (View::Object(from), Slot::Object(to)) => copy_fields(from, to),
        (View::List(from), Slot::List(to)) => {
            for item in from.iter() {
                copy(item, to.push_slot());
            }
        }
        (View::Map(from), Slot::Map(to)) => {
            for (key, value) in from.entries() {
                copy(value, to.insert_slot(key));
            }
        }
        // Both sides come from one type, so they are always of one kind.
        _ => {}
    }
}

/// Whether two models of one type hold the same.
#[inline]
pub fn equal<M: Model>(one: &M, other: &M) -> bool {
    same_fields(one, other)
}

fn same_fields(one: &dyn Model, other: &dyn Model) -> bool {
    (0..one.info().fields().len()).all(|index| one.get(index).view() == other.get(index).view())
}

/// Models are equal if their fields are; views of different types can be, if they show the same.
impl PartialEq for View<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (*self, *other) {
            (View::Unset, View::Unset) => true,
            (View::Str(one), View::Str(other)) => one == other,
            (View::Int(one), View::Int(other)) => one == other,
            (View::Num(one), View::Num(other)) => one == other,
            (View::Bool(one), View::Bool(other)) => one == other,
            (View::Json(one), View::Json(other)) => one == other,
            (View::Object(one), View::Object(other)) => {
                one.info().fields().len() == other.info().fields().len() && same_fields(one, other)
            }
            (View::List(one), View::List(other)) => {
                one.count() == other.count() && one.iter().eq(other.iter())
            }
            (View::Map(one), View::Map(other)) => {
                one.count() == other.count() && one.entries().eq(other.entries())
            }
            _ => false,
        }
    }
}
