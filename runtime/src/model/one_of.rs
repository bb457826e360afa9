//! One-ofs: objects whose tag says what their content is.
//!
//! A one-of is a model with two fields, which depend on its kind: the tag and the content. The content of an unknown
//! kind is whatever is beside the tag.

use serde::de::{DeserializeSeed, MapAccess};

use super::decode::{DIGITS_KEY, SlotSeed};
use super::decode_nested::read_digits;
use super::free::Exact;
use super::path::Path;
use super::table::Field;
use super::{FieldInfo, FieldType, JSON_STRING, Json, JsonObject, Map, Model, Slot, TypeOf, View};

/// A kind that a one-of can be.
#[doc(hidden)]
#[derive(Debug)]
pub struct Kind {
    /// The tag's value.
    pub tag: &'static str,
    /// The field that has the content.
    pub content: FieldInfo,
    /// What the content is.
    pub of: TypeOf,
}

/// A model that is a one-of.
#[doc(hidden)]
pub trait OneOf {
    /// The kinds that are known.
    fn kinds(&self) -> &'static [Kind];

    /// Becomes a blank one of the kind at a place, or an unknown kind with this tag if no kind is there.
    fn choose(&mut self, place: usize, tag: &str);
}

/// A kind of a one-of that this version does not know: its tag, and what is beside the tag, exactly as it came.
#[derive(Debug, Clone, PartialEq)]
pub struct UnknownKind {
    tag: String,
    fields: Map<Json>,
}

impl UnknownKind {
    /// The tag, which names the kind.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// The fields beside the tag, as they are on the wire.
    pub fn fields(&self) -> &Map<Json> {
        &self.fields
    }

    #[doc(hidden)]
    pub fn blank(tag: &str) -> Self {
        Self {
            tag: tag.to_owned(),
            fields: Map::new(),
        }
    }

    /// With content for the field where the known kinds have theirs.
    #[doc(hidden)]
    pub fn with(tag: &str, content: Json, known: &[Kind]) -> Self {
        let (name, is_text) = content_of_unknown(known, tag);
        let content = match content {
            Json::String(_) => content,
            content if is_text => Json::String(content.to_string()),
            content => content,
        };
        let mut unknown = Self::blank(tag);
        if !content.is_null() {
            unknown.fields.insert(name.to_owned(), content);
        }
        unknown
    }

    #[doc(hidden)]
    pub fn get(&self, index: usize) -> &dyn Field {
        if index == 0 { &self.tag } else { &self.fields }
    }

    #[doc(hidden)]
    pub fn get_mut(&mut self) -> &mut dyn Field {
        &mut self.fields
    }
}

/// The name of the field in which an unknown kind has its content, and whether that is JSON text.
pub(crate) fn content_of_unknown<'a>(known: &[Kind], tag: &'a str) -> (&'a str, bool) {
    match known.first() {
        Some(kind) if kind.content.name() != kind.tag => {
            (kind.content.name(), kind.content.has(JSON_STRING))
        }
        _ => (tag, false),
    }
}

/// The tag of a known kind. It is written by choosing the kind.
#[doc(hidden)]
#[derive(Debug)]
pub struct Tag(pub &'static str);

impl Field for Tag {
    fn view(&self) -> View<'_> {
        View::String(self.0)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Nothing
    }

    fn clear(&mut self) {}

    fn field_type(&self) -> FieldType {
        FieldType::String
    }
}

/// Reads an object that is a one-of.
pub(super) fn read_one_of<'de, A: MapAccess<'de>>(
    model: &mut dyn Model,
    mut entries: A,
    path: &Path<'_>,
) -> Result<bool, A::Error> {
    let mut object = JsonObject::new();
    while let Some(key) = entries.next_key::<String>()? {
        if key == DIGITS_KEY {
            return read_digits(entries, path);
        }
        object.insert(key, entries.next_value::<Json>()?);
    }
    fill(model, object, path)
}

/// Fills a one-of from the entries that are its own, and says whether they have a tag.
pub(super) fn fill<E: serde::de::Error>(
    model: &mut dyn Model,
    mut entries: JsonObject,
    path: &Path<'_>,
) -> Result<bool, E> {
    let Some(tag) = model.info().fields().first() else {
        return Ok(false);
    };
    let Some(Json::String(chosen)) = entries.remove(tag.name()) else {
        path.misfit("an object with a tag", format!("none in `{}`", tag.name()))?;
        return Ok(false);
    };
    let Some(one_of) = model.one_of() else {
        return Ok(false);
    };
    let kinds = one_of.kinds();
    let place = kinds.iter().position(|kind| kind.tag == chosen);
    one_of.choose(place.unwrap_or(kinds.len()), &chosen);
    let Some(content) = place
        .and_then(|place| kinds.get(place))
        .map(|kind| &kind.content)
    else {
        if let Slot::Map(map) = model.get_mut(1).slot() {
            for (name, value) in entries.iter_mut() {
                if let Slot::Json(place) = map.insert_slot(name) {
                    *place = std::mem::take(value);
                }
            }
        }
        return Ok(true);
    };
    let path = Path::Field(path, content);
    let present = match entries.remove(content.name()) {
        None => false,
        Some(value) => SlotSeed::new(model.get_mut(1).slot(), &path)
            .json_text(content.has(JSON_STRING))
            .deserialize(Exact(&value))
            .map_err(E::custom)?,
    };
    if !present && content.is_required() {
        return Err(path.error(format_args!("missing, but required")));
    }
    Ok(true)
}

/// What every one-of has besides its variants. Each kind is a variant and the struct in it, with the tag's value, the name of the
/// field that has the content, and that field's marks.
#[doc(hidden)]
#[macro_export]
macro_rules! __one_of {
    ($name:ident, $tag:literal, $($kind:ident($value:literal, $content:literal, $marks:expr)),+ $(,)?) => {
        impl $name {
            /// A kind that is not listed: its tag, and its content as JSON, or as a string that is sent as it is.
            #[inline]
            pub fn unknown(tag: &str, content: impl Into<$crate::generated::Json>) -> Self {
                let known = $crate::generated::OneOf::kinds(&<Self as $crate::generated::Model>::empty());
                Self::Unknown($crate::generated::UnknownKind::with(tag, content.into(), known))
            }
        }

        $(
            impl From<$kind> for $name {
                #[inline]
                fn from(content: $kind) -> Self {
                    Self::$kind(content)
                }
            }
        )+

        impl $crate::generated::OneOf for $name {
            #[inline]
            fn kinds(&self) -> &'static [$crate::generated::Kind] {
                const {
                    &[$($crate::generated::Kind {
                        tag: $value,
                        content: $crate::generated::FieldInfo($content, $marks),
                        of: $crate::generated::TypeOf::Rust(<$kind as $crate::generated::Element>::type_of),
                    }),+]
                }
            }

            #[inline]
            fn choose(&mut self, place: usize, tag: &str) {
                let blank: &[fn() -> Self] = &[$(|| Self::$kind($crate::generated::Model::empty())),+];
                *self = match blank.get(place) {
                    Some(blank) => blank(),
                    None => Self::Unknown($crate::generated::UnknownKind::blank(tag)),
                };
            }
        }

        #[doc(hidden)]
        impl $crate::generated::Model for $name {
            #[inline]
            fn info(&self) -> &'static $crate::generated::ModelInfo {
                match self {
                    $(Self::$kind(_) => &$crate::generated::ModelInfo(stringify!($name), &[
                        $crate::generated::FieldInfo($tag, $crate::generated::REQUIRED),
                        $crate::generated::FieldInfo($content, $marks),
                    ]),)+
                    Self::Unknown(_) => &$crate::generated::ModelInfo(stringify!($name), &[
                        $crate::generated::FieldInfo($tag, $crate::generated::REQUIRED),
                        $crate::generated::FieldInfo("", $crate::generated::FLATTENED),
                    ]),
                }
            }

            #[inline]
            fn get(&self, index: usize) -> &dyn $crate::generated::Field {
                match self {
                    $(Self::$kind(content) => match index {
                        0 => &$crate::generated::Tag($value),
                        _ => content,
                    },)+
                    Self::Unknown(unknown) => unknown.get(index),
                }
            }

            #[inline]
            fn get_mut(&mut self, _: usize) -> &mut dyn $crate::generated::Field {
                match self {
                    $(Self::$kind(content) => content,)+
                    Self::Unknown(unknown) => unknown.get_mut(),
                }
            }

            #[inline]
            fn empty() -> Self {
                Self::Unknown($crate::generated::UnknownKind::blank(""))
            }

            #[inline]
            fn one_of(&mut self) -> Option<&mut dyn $crate::generated::OneOf> {
                Some(self)
            }
        }

        $crate::generated::model!($name);
    };
}
