//! Decoding what holds other values: objects, lists and maps.

use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::decode::{DIGITS_KEY, SlotSeed};
use super::misfit::Reading;
use super::one_of::{fill, read_one_of};
use super::path::Path;
use super::table::FieldAliases;
use super::{
    Entries, FLATTENED, FieldInfo, Items, JSON_STRING, Json, JsonObject, Model, Slot, same_key,
};

pub(super) fn read_object<'de, A: MapAccess<'de>>(
    model: &mut dyn Model,
    mut entries: A,
    path: &Path<'_>,
) -> Result<bool, A::Error> {
    if model.one_of().is_some() {
        return read_one_of(model, entries, path);
    }
    let fields = model.info().fields();
    let flattened = fields.iter().position(FieldInfo::is_flattened);
    // What is not for the other fields.
    let mut rest = JsonObject::new();
    let is_event = path.reading().is_some_and(Reading::is_event);
    let aliases = is_event.then(|| model.aliases());
    // The fields of an event that were found under their own names.
    let mut exact: Vec<usize> = Vec::new();
    // The required fields that were there. Replies have none, so nothing is allocated for them.
    let mut seen: Vec<usize> = Vec::new();
    let mut start = 0;
    while let Some(key) = entries.next_key_seed(KeySeed {
        fields,
        start,
        aliases,
        keeps_others: flattened.is_some(),
    })? {
        let (index, info) = match key {
            Key::Field(index, info) => {
                if is_event {
                    exact.push(index);
                }
                (index, info)
            }
            Key::Spelled(index, info) if !exact.contains(&index) => (index, info),
            Key::Other(name) => {
                rest.insert(name, entries.next_value::<Json>()?);
                continue;
            }
            Key::Spelled(..) | Key::Unknown => {
                entries.next_value::<IgnoredAny>()?;
                continue;
            }
            Key::Digits => return read_digits(entries, path),
        };
        start = index + 1;
        let path = Path::Field(path, info);
        let field = model.get_mut(index);
        let present = entries
            .next_value_seed(SlotSeed::new(field.slot(), &path).json_text(info.has(JSON_STRING)))?;
        if !present {
            field.clear();
        }
        if info.is_required() {
            seen.retain(|other| *other != index);
            if present {
                seen.push(index);
            }
        }
    }
    if let Some(index) = flattened
        && read_flattened(model, index, rest, path)?
    {
        seen.push(index);
    }
    let missing = fields
        .iter()
        .enumerate()
        .find(|(index, info)| info.is_required() && !seen.contains(index));
    match missing {
        None => Ok(true),
        Some((_, info)) => {
            Err(Path::Field(path, info).error(format_args!("missing, but required")))
        }
    }
}

/// Fills the one-of at an index whose fields are beside the others, and says whether it was there.
#[cold]
fn read_flattened<E: serde::de::Error>(
    model: &mut dyn Model,
    index: usize,
    entries: JsonObject,
    path: &Path<'_>,
) -> Result<bool, E> {
    let required = model
        .info()
        .fields()
        .get(index)
        .is_some_and(FieldInfo::is_required);
    let field = model.get_mut(index);
    let present = match field.slot() {
        Slot::Object(one_of) => {
            let tag = one_of.info().fields().first();
            match tag.filter(|tag| !entries.contains_key(tag.name())) {
                Some(tag) if required => {
                    let path = Path::Field(path, tag);
                    return Err(path.error(format_args!("missing, but required")));
                }
                Some(_) => false,
                None => fill(one_of, entries, path)?,
            }
        }
        _ => false,
    };
    if !present {
        field.clear();
    }
    Ok(present)
}

/// A number where an object is expected.
#[cold]
pub(super) fn read_digits<'de, A: MapAccess<'de>>(
    mut entries: A,
    path: &Path<'_>,
) -> Result<bool, A::Error> {
    let digits: String = entries.next_value()?;
    let found = if path.is_secret() {
        "a number".to_owned()
    } else {
        digits
    };
    path.misfit("an object", found)?;
    Ok(false)
}

pub(super) fn read_list<'de, A: SeqAccess<'de>>(
    list: &mut dyn Items,
    mut items: A,
    path: &Path<'_>,
) -> Result<bool, A::Error> {
    let mut index = 0;
    while items
        .next_element_seed(ItemSeed {
            list,
            path: &Path::Item(path, index),
        })?
        .is_some()
    {
        index += 1;
    }
    Ok(true)
}

/// Appends an item. A null is left out, unless the items are free JSON.
struct ItemSeed<'a> {
    list: &'a mut dyn Items,
    path: &'a Path<'a>,
}

impl<'de> DeserializeSeed<'de> for ItemSeed<'_> {
    type Value = ();

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        let slot = self.list.push_slot();
        let null_is_a_value = matches!(slot, Slot::Json(_));
        if !SlotSeed::new(slot, self.path).deserialize(from)? && !null_is_a_value {
            self.list.drop_last();
        }
        Ok(())
    }
}

pub(super) fn read_map<'de, A: MapAccess<'de>>(
    map: &mut dyn Entries,
    mut entries: A,
    path: &Path<'_>,
) -> Result<bool, A::Error> {
    while let Some(key) = entries.next_key::<String>()? {
        if key == DIGITS_KEY {
            return read_digits(entries, path);
        }
        let slot = map.insert_slot(&key);
        let null_is_a_value = matches!(slot, Slot::Json(_));
        let present = entries.next_value_seed(SlotSeed::new(slot, &Path::Entry(path, &key)))?;
        if !present && !null_is_a_value {
            map.remove_key(&key);
        }
    }
    Ok(true)
}

/// Finds a key's field. Servers write the fields in one order, mostly the table's: so the search
/// starts after the field that was found last.
struct KeySeed {
    fields: &'static [FieldInfo],
    start: usize,
    /// In an event: the fields' other names.
    aliases: Option<FieldAliases>,
    /// Whether the names of other keys are wanted.
    keeps_others: bool,
}

/// What a key of an object is.
enum Key {
    Field(usize, &'static FieldInfo),
    /// A field under another name or spelling.
    Spelled(usize, &'static FieldInfo),
    /// A key that is no field's, if such are wanted.
    Other(String),
    Unknown,
    /// Not a key, but the marker before a number's digits.
    Digits,
}

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Key;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Self::Value, D::Error> {
        from.deserialize_identifier(self)
    }
}

impl KeySeed {
    /// Finds an event's field by another name, or by its own in another spelling.
    #[cold]
    fn spelled(&self, key: &str) -> Option<Key> {
        let mut aliases = self.aliases?.iter();
        let mut fields = self.fields.iter();
        let index = fields
            .position(|info| same_key(info.name(), key))
            .or_else(|| aliases.find_map(|(index, name)| same_key(name, key).then_some(*index)))?;
        Some(Key::Spelled(index, self.fields.get(index)?))
    }
}

impl Visitor<'_> for KeySeed {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    #[inline]
    fn visit_str<E>(self, key: &str) -> Result<Self::Value, E> {
        let (before, after) = self.fields.split_at(self.start.min(self.fields.len()));
        let place = |(index, info): (usize, &'static FieldInfo)| {
            (info.name() == key && !info.has(FLATTENED)).then_some(Key::Field(index, info))
        };
        let found = (self.start..).zip(after).find_map(place);
        let found = found.or_else(|| before.iter().enumerate().find_map(place));
        let found = found.or_else(|| self.spelled(key));
        Ok(found.unwrap_or_else(|| match key {
            DIGITS_KEY => Key::Digits,
            _ if self.keeps_others => Key::Other(key.to_owned()),
            _ => Key::Unknown,
        }))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(Key::Unknown)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(Key::Unknown)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Key::Unknown)
    }
}
