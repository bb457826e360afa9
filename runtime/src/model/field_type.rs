//! The type of a field, for code that handles models at run time.

use std::fmt;
use std::sync::OnceLock;

use super::table::{FLATTENED, REQUIRED};
use super::{FieldInfo, FieldLimits, Json, Kind, Model, ModelInfo};

/// The type of a field.
///
/// It is derived from the field's Rust type, so generated code does not repeat it.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum FieldType {
    /// A string.
    String,
    /// An integer.
    Integer,
    /// A number.
    Number,
    /// A boolean.
    Boolean,
    /// Free JSON.
    Json,
    /// A file to upload.
    File,
    /// A string enum; the values that are known.
    StringEnum(&'static [&'static str]),
    /// An integer enum; the values that are known.
    IntegerEnum(&'static [i64]),
    /// An object with fields of its own.
    Object(Object),
    /// A list; what its items are.
    List(TypeOf),
    /// A map from strings; what its values are.
    Map(TypeOf),
}

/// Gives a type when asked: types may contain themselves.
#[derive(Debug, Clone, Copy)]
pub enum TypeOf {
    /// That of a Rust type.
    Rust(fn() -> FieldType),
    /// One made from data.
    Data(&'static FieldType),
}

impl TypeOf {
    /// The type.
    pub fn get(self) -> FieldType {
        match self {
            Self::Rust(kind) => kind(),
            Self::Data(kind) => *kind,
        }
    }
}

/// What is known of an object.
#[derive(Clone, Copy)]
pub enum Object {
    /// What its model says; makes an empty one.
    Model(fn() -> Box<dyn Model>),
    /// What data says.
    Data(&'static ObjectData),
}

impl Object {
    /// Its name and its fields.
    pub fn info(self) -> &'static ModelInfo {
        match self {
            Self::Model(make) => make().info(),
            Self::Data(data) => &data.info,
        }
    }

    /// The limits of its fields.
    pub fn limits(self) -> FieldLimits {
        match self {
            Self::Model(make) => make().limits(),
            Self::Data(data) => data.limits,
        }
    }

    /// The kinds that it can be, if it is a one-of. Its fields are then those of an unknown kind: the tag, and others.
    pub fn kinds(self) -> &'static [Kind] {
        match self {
            Self::Model(make) => make().one_of().map_or(&[], |one_of| one_of.kinds()),
            Self::Data(data) => data.one_of.get().copied().unwrap_or_default(),
        }
    }

    /// Its fields, each with what it holds.
    ///
    /// An object may hold objects of its own kind: whoever goes on to their fields has to stop somewhere.
    pub fn fields(self) -> Vec<(&'static FieldInfo, FieldType)> {
        match self {
            Self::Model(make) => {
                let model = make();
                let infos = model.info().fields().iter().enumerate();
                infos
                    .map(|(index, info)| (info, model.get(index).field_type()))
                    .collect()
            }
            Self::Data(data) => {
                let kinds = data.kinds.get().map_or(&[][..], Vec::as_slice);
                data.info
                    .fields()
                    .iter()
                    .zip(kinds.iter().copied())
                    .collect()
            }
        }
    }
}

/// The name alone, since an object may hold itself.
impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.info().name())
    }
}

/// An object that is no Rust type.
#[derive(Debug)]
pub struct ObjectData {
    info: ModelInfo,
    limits: FieldLimits,
    kinds: OnceLock<Vec<FieldType>>,
    one_of: OnceLock<&'static [Kind]>,
}

impl ObjectData {
    /// An object whose fields hold nothing yet: an object may hold itself, so it has to be there before
    /// [`hold`](Self::hold) says what they hold.
    pub fn new(name: &'static str, fields: &'static [FieldInfo], limits: FieldLimits) -> Self {
        Self {
            info: ModelInfo(name, fields),
            limits,
            kinds: OnceLock::new(),
            one_of: OnceLock::new(),
        }
    }

    /// A one-of that has no kinds yet: they may hold it.
    pub fn one_of(name: &'static str, tag: &'static str) -> Self {
        let tag = FieldInfo(tag, REQUIRED);
        let rest = FieldInfo("", FLATTENED);
        let object = Self::new(name, vec![tag, rest].leak(), &[]);
        object.hold(vec![
            FieldType::String,
            FieldType::Map(TypeOf::Data(&FieldType::Json)),
        ]);
        object
    }

    /// Says which kinds a one-of can be. It can be said once.
    pub fn can_be(&self, kinds: &'static [Kind]) {
        let _ = self.one_of.set(kinds);
    }

    /// Says what the fields hold, in their order. It can be said once.
    pub fn hold(&self, kinds: Vec<FieldType>) {
        let _ = self.kinds.set(kinds);
    }
}

impl FieldType {
    /// The fields of an object, each with what it holds; none of anything else.
    ///
    /// An object may contain its own type: a walk over nested fields must stop somewhere.
    pub fn fields(self) -> Vec<(&'static FieldInfo, Self)> {
        match self {
            Self::Object(object) => object.fields(),
            _ => Vec::new(),
        }
    }

    /// The kinds that an object can be, if it is a one-of.
    pub fn kinds(self) -> &'static [Kind] {
        match self {
            Self::Object(object) => object.kinds(),
            _ => &[],
        }
    }

    /// The limits of an object's fields; none of anything else.
    pub fn limits(self) -> FieldLimits {
        match self {
            Self::Object(object) => object.limits(),
            _ => &[],
        }
    }

    /// Whether a value can be read as this, as far as its outside tells. It is the rule by which decoding refuses a
    /// value as a whole, for those who take the value as JSON.
    pub(crate) fn takes(self, value: &Json) -> bool {
        match (self, value) {
            (Self::Json, _) | (Self::Object(_) | Self::Map(_), Json::Object(_)) => true,
            (Self::List(_), value) => matches!(value, Json::Array(_)),
            (Self::Object(_) | Self::Map(_), _) => false,
            (_, value) => !matches!(value, Json::Null | Json::Array(_) | Json::Object(_)),
        }
    }

    /// What it is, in an error's words.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            Self::String | Self::StringEnum(_) => "a string",
            Self::Integer | Self::IntegerEnum(_) => "an integer",
            Self::Number => "a number",
            Self::Boolean => "a boolean",
            Self::Json => "JSON",
            Self::File => "a file",
            Self::Object(_) | Self::Map(_) => "an object",
            Self::List(_) => "a list",
        }
    }
}
