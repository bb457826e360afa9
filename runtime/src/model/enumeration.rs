//! Open enums: the known values, and one variant for all others.

use std::borrow::Cow;
use std::fmt;

use serde::Deserializer;

use super::{IntegerEnumSlot, Slot, StringEnumSlot};

/// A value of a string enum that this version does not know.
///
/// It can be shown but not matched: a value that is unknown today may become a variant. To test for one anyway, compare
/// the enum's `as_str()`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    /// The value as it is on the wire.
    #[inline]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A value of an integer enum that this version does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnknownInteger(i64);

impl UnknownInteger {
    /// The value as it is on the wire.
    #[inline]
    pub fn value(self) -> i64 {
        self.0
    }
}

impl fmt::Display for UnknownInteger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A text that becomes a value of a string enum. Only the runtime makes one, so that no one else can
/// make an unknown value of a known text.
pub struct EnumText<'a>(Cow<'a, str>);

impl EnumText<'_> {
    /// The text.
    #[inline]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Where the text is among these; their number if it is none of them.
    #[inline]
    pub fn place(&self, known: &[&str]) -> usize {
        let place = known.iter().position(|text| *text == self.0);
        place.unwrap_or(known.len())
    }

    /// The unknown value of this text.
    #[inline]
    pub fn unknown(self) -> UnknownValue {
        UnknownValue(self.0.into())
    }
}

/// An integer that becomes a value of an integer enum. Only the runtime makes one.
pub struct EnumNumber(i64);

impl EnumNumber {
    /// The integer.
    #[inline]
    pub fn value(&self) -> i64 {
        self.0
    }

    /// The unknown value of this integer.
    #[inline]
    pub fn unknown(self) -> UnknownInteger {
        UnknownInteger(self.0)
    }
}

/// An open enum whose values are strings.
#[doc(hidden)]
pub trait StringEnum: Sized + 'static {
    /// The values that are known, as they are on the wire.
    fn known() -> &'static [&'static str];

    /// The value of a text.
    fn read(text: EnumText<'_>) -> Self;
}

/// An open enum whose values are integers.
#[doc(hidden)]
pub trait IntegerEnum: Sized + 'static {
    /// The values that are known.
    fn known() -> &'static [i64];

    /// The value of an integer.
    fn read(number: EnumNumber) -> Self;
}

/// The string enum's value of a text.
#[inline]
pub fn text<'a, E: StringEnum>(text: impl Into<Cow<'a, str>>) -> E {
    E::read(EnumText(text.into()))
}

/// The integer enum's value of an integer.
#[inline]
pub fn number<E: IntegerEnum>(number: i64) -> E {
    E::read(EnumNumber(number))
}

impl<E: StringEnum> StringEnumSlot for E {
    fn set(&mut self, value: &str) {
        *self = text(value);
    }
}

impl<E: IntegerEnum> IntegerEnumSlot for E {
    fn set(&mut self, value: i64) {
        *self = number(value);
    }
}

/// Decodes a string enum; what its `Deserialize` calls.
#[inline]
pub fn deserialize_text<'de, E: StringEnum, D: Deserializer<'de>>(from: D) -> Result<E, D::Error> {
    let mut place: E = text("");
    super::decode::root(Slot::StringEnum(&mut place), from)?;
    Ok(place)
}

/// Decodes an integer enum; what its `Deserialize` calls.
#[inline]
pub fn deserialize_number<'de, E: IntegerEnum, D: Deserializer<'de>>(
    from: D,
) -> Result<E, D::Error> {
    let mut place: E = number(0);
    super::decode::root(Slot::IntegerEnum(&mut place), from)?;
    Ok(place)
}

/// What every string enum has besides its variants: conversions, `Display` and the codec.
#[doc(hidden)]
#[macro_export]
macro_rules! __string_enum {
    ($name:ident) => {
        impl ::core::clone::Clone for $name {
            #[inline]
            fn clone(&self) -> Self {
                $crate::generated::text(self.as_str())
            }
        }

        impl From<&str> for $name {
            #[inline]
            fn from(value: &str) -> Self {
                $crate::generated::text(value)
            }
        }

        impl From<String> for $name {
            #[inline]
            fn from(value: String) -> Self {
                $crate::generated::text(value)
            }
        }

        impl $crate::generated::fmt::Display for $name {
            #[inline]
            fn fmt(
                &self,
                f: &mut $crate::generated::fmt::Formatter<'_>,
            ) -> $crate::generated::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl $crate::generated::Serialize for $name {
            #[inline]
            fn serialize<S: $crate::generated::Serializer>(
                &self,
                to: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        impl<'de> $crate::generated::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::generated::Deserializer<'de>>(
                from: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::generated::deserialize_text(from)
            }
        }

        impl $crate::generated::Element for $name {
            #[inline]
            fn blank() -> Self {
                $crate::generated::text("")
            }

            #[inline]
            fn as_view(&self) -> $crate::generated::View<'_> {
                $crate::generated::View::String(self.as_str())
            }

            #[inline]
            fn as_slot(&mut self) -> $crate::generated::Slot<'_> {
                $crate::generated::Slot::StringEnum(self)
            }

            #[inline]
            fn type_of() -> $crate::generated::FieldType {
                $crate::generated::FieldType::StringEnum(
                    <Self as $crate::generated::StringEnum>::known(),
                )
            }
        }
    };
}

/// What every integer enum has besides its variants: conversions, `Display` and the codec.
#[doc(hidden)]
#[macro_export]
macro_rules! __integer_enum {
    ($name:ident) => {
        impl ::core::clone::Clone for $name {
            #[inline]
            fn clone(&self) -> Self {
                $crate::generated::number(self.value())
            }
        }

        impl From<i64> for $name {
            #[inline]
            fn from(value: i64) -> Self {
                $crate::generated::number(value)
            }
        }

        impl $crate::generated::fmt::Display for $name {
            #[inline]
            fn fmt(
                &self,
                f: &mut $crate::generated::fmt::Formatter<'_>,
            ) -> $crate::generated::fmt::Result {
                $crate::generated::fmt::Display::fmt(&self.value(), f)
            }
        }

        impl $crate::generated::Serialize for $name {
            #[inline]
            fn serialize<S: $crate::generated::Serializer>(
                &self,
                to: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                to.serialize_i64(self.value())
            }
        }

        impl<'de> $crate::generated::Deserialize<'de> for $name {
            #[inline]
            fn deserialize<D: $crate::generated::Deserializer<'de>>(
                from: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::generated::deserialize_number(from)
            }
        }

        impl $crate::generated::Element for $name {
            #[inline]
            fn blank() -> Self {
                $crate::generated::number(0)
            }

            #[inline]
            fn as_view(&self) -> $crate::generated::View<'_> {
                $crate::generated::View::Integer(self.value())
            }

            #[inline]
            fn as_slot(&mut self) -> $crate::generated::Slot<'_> {
                $crate::generated::Slot::IntegerEnum(self)
            }

            #[inline]
            fn type_of() -> $crate::generated::FieldType {
                $crate::generated::FieldType::IntegerEnum(
                    <Self as $crate::generated::IntegerEnum>::known(),
                )
            }
        }
    };
}
