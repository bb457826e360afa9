//! The standard traits of all models.

use std::fmt;

use super::{FLATTENED, FieldInfo, Model, Slot, View, fields};

/// The traits of a model, each by one call of what does it for all of them; `Default` too if no field is required.
#[doc(hidden)]
#[macro_export]
macro_rules! __model {
    ($name:ident, Default) => {
        $crate::generated::model!($name);

        impl ::core::default::Default for $name {
            #[inline]
            fn default() -> Self {
                $crate::generated::Model::empty()
            }
        }
    };
    ($name:ident) => {
        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::generated::debug(self, f)
            }
        }

        impl ::core::clone::Clone for $name {
            #[inline]
            fn clone(&self) -> Self {
                $crate::generated::clone(self)
            }
        }

        impl ::core::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::generated::equal(self, other)
            }
        }

        impl $crate::generated::Serialize for $name {
            #[inline]
            fn serialize<S: $crate::generated::Serializer>(
                &self,
                to: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::generated::serialize(self, to)
            }
        }

        impl<'de> $crate::generated::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::generated::Deserializer<'de>>(
                from: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::generated::deserialize(from)
            }
        }
    };
}

/// Shows the fields that are set; a secret one as `***`.
#[inline]
pub fn debug(model: &dyn Model, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut out = f.debug_struct(model.info().name());
    debug_fields(model, &mut out);
    out.finish()
}

fn debug_fields(model: &dyn Model, out: &mut fmt::DebugStruct<'_, '_>) {
    for (info, view) in fields(model) {
        match view {
            _ if info.is_secret() => {
                out.field(info.name(), &format_args!("***"));
            }
            View::Object(model) if info.has(FLATTENED) => debug_fields(model, out),
            View::Map(map) if info.has(FLATTENED) => {
                for (name, value) in map.entries() {
                    out.field(name, &value);
                }
            }
            _ => {
                out.field(info.name(), &view);
            }
        }
    }
}

impl fmt::Debug for View<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            View::Unset => f.write_str("unset"),
            View::String(value) => value.fmt(f),
            View::Integer(value) => value.fmt(f),
            View::Number(value) => value.fmt(f),
            View::Boolean(value) => value.fmt(f),
            View::Json(value) => fmt::Display::fmt(value, f),
            View::File(file) => file.fmt(f),
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
    let fields = from.info().fields();
    let mut indexes = 0..fields.len();
    if let Some(one_of) = to.one_of()
        && let View::String(tag) = from.get(0).view()
    {
        let kinds = one_of.kinds();
        let place = kinds.iter().position(|kind| kind.tag == tag);
        // An unknown kind may have the tag of a known one.
        let is_known = !fields.iter().any(FieldInfo::is_flattened);
        one_of.choose(place.filter(|_| is_known).unwrap_or(kinds.len()), tag);
        indexes.start = 1;
    }
    for index in indexes {
        match from.get(index).view() {
            View::Unset => {}
            view => copy(view, to.get_mut(index).slot()),
        }
    }
}

/// Copies a value into a blank place of the same type.
fn copy(view: View<'_>, slot: Slot<'_>) {
    match (view, slot) {
        (View::String(from), Slot::String(to)) => from.clone_into(to),
        (View::String(from), Slot::StringEnum(to)) => to.set(from),
        (View::Integer(from), Slot::Integer(to)) => *to = from,
        (View::Integer(from), Slot::IntegerEnum(to)) => to.set(from),
        (View::Number(from), Slot::Number(to)) => *to = from,
        (View::Boolean(from), Slot::Boolean(to)) => *to = from,
        (View::Json(from), Slot::Json(to)) => to.clone_from(from),
        (View::File(from), Slot::File(to)) => to.clone_from(from),
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
            (View::String(one), View::String(other)) => one == other,
            (View::Integer(one), View::Integer(other)) => one == other,
            (View::Number(one), View::Number(other)) => one == other,
            (View::Boolean(one), View::Boolean(other)) => one == other,
            (View::Json(one), View::Json(other)) => one == other,
            (View::File(one), View::File(other)) => one == other,
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
