//! Decoding: one visitor fills any model from any self-describing format.

use std::fmt;

use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::decode_nested::{read_list, read_map, read_object};
use super::free::Exact;
use super::misfit::{Misfit, Reading, is_hollow};
use super::path::Path;
use super::scalar::{Scalar, expected};
use super::{Element, Json, Model, Slot};

/// The key under which `serde_json` hands on a number whose digits it keeps. It does so if any crate
/// of the program switches `arbitrary_precision` on.
pub(super) const DIGITS_KEY: &str = "$serde_json::private::Number";

/// How many steps from the root a string may be whose text is read as JSON. The text is counted anew
/// by `serde_json`, which refuses more than 128 levels, so both together stay bounded.
const DEEPEST_TEXT: usize = 128;

/// Decodes a model; what its `Deserialize` calls.
#[inline]
pub fn deserialize<'de, M: Model, D: Deserializer<'de>>(from: D) -> Result<M, D::Error> {
    let mut model = M::empty();
    root(Slot::Object(&mut model), from)?;
    Ok(model)
}

/// Decodes a model, a list, or any other value from a JSON text. A value of the wrong type is an error.
#[inline]
pub fn from_slice<T: Element>(text: &[u8]) -> Result<T, serde_json::Error> {
    let mut value = T::blank();
    read_json(value.as_slot(), text, None)?;
    Ok(value)
}

/// Decodes a reply. A value of the wrong type is left out and reported; it is an error if nothing else remains.
#[inline]
pub(crate) fn from_reply<T: Element>(text: &[u8]) -> Result<(T, Vec<Misfit>), serde_json::Error> {
    let mut value = T::blank();
    let mut reading = Reading::default();
    let read = read_json(value.as_slot(), text, Some(&reading));
    let out_of_range = read.as_ref().is_err_and(is_out_of_range);
    if !out_of_range {
        read?;
    }
    if out_of_range || reading.has_lost_digits() {
        value = T::blank();
        reading = Reading::last();
        read_again(value.as_slot(), text, &reading)?;
    }
    let misfits = reading.into_misfits();
    match misfits.first() {
        Some(first) if is_hollow(value.as_view()) => Err(serde_json::Error::custom(first)),
        _ => Ok((value, misfits)),
    }
}

/// Decodes an event's data; never fails. Keys are compared without case and `_`, because deliveries spell them
/// differently. A value of the wrong type is left out and reported, even if it is the whole data.
pub(crate) fn from_event(slot: Slot<'_>, data: &Json) -> Vec<Misfit> {
    let reading = Reading::of_event();
    let path = Path::Root(Some(&reading));
    let expected = expected(&slot);
    if let Err(error) = SlotSeed::new(slot, &path).deserialize(Exact(data)) {
        reading.add(&path, expected, error.to_string());
    }
    reading.into_misfits()
}

/// Whether a number was too large for any type of `serde_json`. The error has no accessor that tells.
fn is_out_of_range(error: &serde_json::Error) -> bool {
    error.is_syntax() && error.to_string().starts_with("number out of range")
}

/// Reads a reply with the digits of all numbers, which is slower.
#[cold]
fn read_again(slot: Slot<'_>, text: &[u8], reading: &Reading) -> Result<(), serde_json::Error> {
    let tree = std::str::from_utf8(text).map(str::parse::<Json>);
    match tree {
        Ok(Ok(tree)) => read(slot, Exact(&tree), Some(reading)),
        // Only the first reading skips invalid UTF-8.
        _ => read_json(slot, text, Some(reading)),
    }
}

fn read_json(
    slot: Slot<'_>,
    text: &[u8],
    reading: Option<&Reading>,
) -> Result<(), serde_json::Error> {
    // Checking the whole text at once is cheaper than checking each string. Invalid UTF-8 is checked string by string:
    // in skipped strings it does no harm, and elsewhere the error has a position.
    match std::str::from_utf8(text) {
        Ok(text) => read_all(slot, serde_json::Deserializer::from_str(text), reading),
        Err(_) => read_all(slot, serde_json::Deserializer::from_slice(text), reading),
    }
}

fn read_all<'de, R: serde_json::de::Read<'de>>(
    slot: Slot<'_>,
    mut from: serde_json::Deserializer<R>,
    reading: Option<&Reading>,
) -> Result<(), serde_json::Error> {
    read(slot, &mut from, reading)?;
    from.end()
}

pub(super) fn root<'de, D: Deserializer<'de>>(slot: Slot<'_>, from: D) -> Result<(), D::Error> {
    read(slot, from, None)
}

fn read<'de, D: Deserializer<'de>>(
    slot: Slot<'_>,
    from: D,
    reading: Option<&Reading>,
) -> Result<(), D::Error> {
    let expected = expected(&slot);
    let null_is_a_value = matches!(slot, Slot::Json(_));
    if SlotSeed::new(slot, &Path::Root(reading)).deserialize(from)? || null_is_a_value {
        return Ok(());
    }
    Err(D::Error::custom(format_args!(
        "expected {expected}, found null"
    )))
}

/// Fills a place, and returns whether there was a value: false for null, which leaves a field unset.
pub(super) struct SlotSeed<'s, 'p> {
    slot: Slot<'s>,
    path: &'p Path<'p>,
    /// The value is a string that holds JSON text.
    json_text: bool,
}

impl<'s, 'p> SlotSeed<'s, 'p> {
    #[inline]
    pub(super) fn new(slot: Slot<'s>, path: &'p Path<'p>) -> Self {
        Self {
            slot,
            path,
            json_text: false,
        }
    }

    /// Says whether the value is a string that holds JSON text.
    #[inline]
    pub(super) fn json_text(self, json_text: bool) -> Self {
        Self { json_text, ..self }
    }

    /// A value of the wrong type: an error, or left out and reported.
    #[cold]
    fn mismatch<E: serde::de::Error>(self, found: &str) -> Result<bool, E> {
        let expected = expected(&self.slot);
        self.path.misfit(expected, found.to_owned())?;
        Ok(false)
    }

    #[cold]
    fn scalar<E: serde::de::Error>(self, scalar: &Scalar<'_>) -> Result<bool, E> {
        let expected = expected(&self.slot);
        if let Scalar::Str(text) = scalar
            && !self.path.is_root()
        {
            match self.slot {
                _ if text.is_empty() => return Ok(false),
                Slot::Object(_) | Slot::Map(_) if text.starts_with('{') => {
                    return self.read_text(text);
                }
                Slot::List(_) if text.starts_with('[') => return self.read_text(text),
                _ => {}
            }
        }
        // `false` has been looked for before; what else means no must not pass for a success.
        if self.path.says_success() && scalar.boolean() == Some(false) {
            return Err(self
                .path
                .error(format_args!("the call failed, as {scalar} says")));
        }
        if scalar.fill(self.slot) {
            return Ok(true);
        }
        let found = if self.path.is_secret() {
            scalar.name().to_owned()
        } else {
            scalar.to_string()
        };
        self.path.misfit(expected, found)?;
        Ok(false)
    }

    /// Fills the place from a string of JSON text; an empty string counts as no value.
    fn read_text<E: serde::de::Error>(self, text: &str) -> Result<bool, E> {
        if text.is_empty() {
            return Ok(false);
        }
        if self.path.depth() > DEEPEST_TEXT {
            return Err(self.path.error(format_args!("nested too deeply")));
        }
        let path = self.path;
        let expected = expected(&self.slot);
        let mut from = serde_json::Deserializer::from_str(text);
        let read = SlotSeed::new(self.slot, path)
            .deserialize(&mut from)
            .and_then(|present| from.end().map(|()| present));
        let error = match read {
            Ok(present) => return Ok(present),
            Err(error) => error,
        };
        let message = error.to_string();
        // Position: in the text, not in the document.
        let place = format!(" at line {} column {}", error.line(), error.column());
        let message = message.strip_suffix(&place).unwrap_or(&message);
        if error.is_data() {
            return Err(E::custom(message));
        }
        path.misfit(expected, format!("a string of invalid JSON ({message})"))?;
        Ok(false)
    }
}

impl<'de> DeserializeSeed<'de> for SlotSeed<'_, '_> {
    type Value = bool;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<bool, D::Error> {
        let Slot::Json(place) = self.slot else {
            return from.deserialize_any(self);
        };
        match Json::deserialize(from)? {
            Json::String(text) if self.json_text => SlotSeed {
                slot: Slot::Json(place),
                ..self
            }
            .read_text(&text),
            value => {
                *place = value;
                Ok(!place.is_null())
            }
        }
    }
}

impl<'de> Visitor<'de> for SlotSeed<'_, '_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(expected(&self.slot))
    }

    #[inline]
    #[expect(
        clippy::assigning_clones,
        reason = "the place is blank: nothing is there to reuse"
    )]
    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<bool, E> {
        match self.slot {
            _ if self.json_text => self.read_text(value),
            Slot::String(place) => {
                *place = value.to_owned();
                Ok(true)
            }
            Slot::StringEnum(place) => {
                place.set(value);
                Ok(true)
            }
            _ => self.scalar(&Scalar::Str(value)),
        }
    }

    #[inline]
    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<bool, E> {
        match self.slot {
            Slot::Integer(place) => {
                *place = value;
                Ok(true)
            }
            _ => self.scalar(&Scalar::Int(value)),
        }
    }

    #[inline]
    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<bool, E> {
        match (self.slot, i64::try_from(value)) {
            (Slot::Integer(place), Ok(value)) => {
                *place = value;
                Ok(true)
            }
            (slot, _) => SlotSeed { slot, ..self }.scalar(&Scalar::Uint(value)),
        }
    }

    #[inline]
    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<bool, E> {
        match self.slot {
            Slot::Number(place) => {
                *place = value;
                Ok(true)
            }
            _ if self.path.reading().is_some_and(Reading::asks_for_digits) => Ok(false),
            _ => self.scalar(&Scalar::Num(value)),
        }
    }

    #[inline]
    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<bool, E> {
        match self.slot {
            Slot::Boolean(place) => {
                *place = value;
                Ok(true)
            }
            _ => self.scalar(&Scalar::Bool(value)),
        }
    }

    #[inline]
    fn visit_unit<E: serde::de::Error>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<bool, E> {
        Ok(false)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<bool, D::Error> {
        self.deserialize(from)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, from: D) -> Result<bool, D::Error> {
        self.deserialize(from)
    }

    fn visit_bytes<E: serde::de::Error>(self, _: &[u8]) -> Result<bool, E> {
        self.mismatch("bytes")
    }

    #[inline]
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<bool, A::Error> {
        if let Slot::List(list) = self.slot {
            return read_list(list, items, self.path);
        }
        while items.next_element::<IgnoredAny>()?.is_some() {}
        self.mismatch("a list")
    }

    #[inline]
    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<bool, A::Error> {
        match self.slot {
            Slot::Object(model) => read_object(model, entries, self.path),
            Slot::Map(map) => read_map(map, entries, self.path),
            _ => match entries.next_key::<String>()? {
                Some(key) if key == DIGITS_KEY && !matches!(self.slot, Slot::List(_)) => {
                    let digits: String = entries.next_value()?;
                    self.scalar(&Scalar::Digits(&digits))
                }
                first => {
                    if first.is_some() {
                        entries.next_value::<IgnoredAny>()?;
                        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                    }
                    self.mismatch("an object")
                }
            },
        }
    }
}
