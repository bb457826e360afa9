//! The table by which the runtime reaches a model's fields.

use super::{Element, FieldLimits, FieldType, OneOf, Slot, View};

/// The field is sent in the body.
pub const BODY: u16 = 0;
/// The field is sent in the query.
pub const QUERY: u16 = 1;
/// The field is sent as a header.
pub const HEADER: u16 = 1 << 1;
/// The field must be there: its Rust type is `T`, not `Option<T>`.
pub const REQUIRED: u16 = 1 << 2;
/// The field's value must not be shown.
pub const SECRET: u16 = 1 << 3;
/// On the wire the field is a string that holds JSON text.
pub const JSON_STRING: u16 = 1 << 4;
/// The list goes as one value, its items parted by commas.
pub const COMMA: u16 = 1 << 5;
/// The list goes as `name.1=..&name.2=..`.
pub const INDEXED: u16 = 1 << 6;
/// The field tells the server that it has seen the request before: with it, a request may be sent twice.
pub const IDEMPOTENCY_KEY: u16 = 1 << 7;
/// The field of a reply says whether the call worked.
pub const SUCCESS_FLAG: u16 = 1 << 8;
/// The field is a value of the path.
pub const PATH: u16 = 1 << 9;
/// The entries of the field's value are beside the other fields; it has no key of its own.
pub const FLATTENED: u16 = 1 << 10;

/// What the generated code says of a model: its name and its fields.
///
/// A tuple of plain values: of the forms tried, the cheapest one to compile.
#[derive(Debug, PartialEq, Eq)]
pub struct ModelInfo(pub &'static str, pub &'static [FieldInfo]);

impl ModelInfo {
    /// The model's name.
    #[inline]
    pub fn name(&self) -> &'static str {
        self.0
    }

    /// The model's fields, in the order of the table.
    #[inline]
    pub fn fields(&self) -> &'static [FieldInfo] {
        self.1
    }
}

/// What the generated code says of a field: its wire name, and flags such as `QUERY | REQUIRED`.
#[derive(Debug, PartialEq, Eq)]
pub struct FieldInfo(pub &'static str, pub u16);

/// Where in a request a field goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Location {
    /// In the path.
    Path,
    /// In the JSON body.
    Body,
    /// In the query.
    Query,
    /// As a header.
    Header,
}

/// How a field's value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// As its type says.
    Plain,
    /// As a string that holds the value's JSON text.
    JsonString,
    /// As one value, the items parted by commas.
    Comma,
    /// As one parameter an item: `name.1=..&name.2=..`.
    Indexed,
}

impl FieldInfo {
    /// The field's name on the wire.
    #[inline]
    pub fn name(&self) -> &'static str {
        self.0
    }

    /// Where in a request the field goes.
    #[inline]
    pub fn location(&self) -> Location {
        match () {
            () if self.has(QUERY) => Location::Query,
            () if self.has(HEADER) => Location::Header,
            () if self.has(PATH) => Location::Path,
            () => Location::Body,
        }
    }

    /// Whether the field must be there.
    #[inline]
    pub fn is_required(&self) -> bool {
        self.has(REQUIRED)
    }

    /// Whether the field's value must not be shown.
    #[inline]
    pub fn is_secret(&self) -> bool {
        self.has(SECRET)
    }

    /// Whether a request with this field may be sent twice, because the server carries it out once.
    #[inline]
    pub fn is_idempotency_key(&self) -> bool {
        self.has(IDEMPOTENCY_KEY)
    }

    /// Whether `false` in this field of a reply means that the call failed.
    #[inline]
    pub fn is_success_flag(&self) -> bool {
        self.has(SUCCESS_FLAG)
    }

    /// How the field's value is written.
    #[inline]
    pub fn encoding(&self) -> Encoding {
        match () {
            () if self.has(JSON_STRING) => Encoding::JsonString,
            () if self.has(COMMA) => Encoding::Comma,
            () if self.has(INDEXED) => Encoding::Indexed,
            () => Encoding::Plain,
        }
    }

    /// Whether the entries of the field's value are beside the other fields.
    #[inline]
    pub fn is_flattened(&self) -> bool {
        self.has(FLATTENED)
    }

    #[inline]
    pub(crate) fn has(&self, flag: u16) -> bool {
        self.1 & flag != 0
    }
}

/// Other names of fields, by the fields' places in the table.
pub type FieldAliases = &'static [(usize, &'static str)];

/// A struct whose fields can be reached by their place in a table.
///
/// `get` and `get_mut` are called with places below the number of fields only, and answer any other
/// with one of their fields. A model without fields leaves both out.
#[doc(hidden)]
pub trait Model: 'static {
    /// The model's name and fields.
    fn info(&self) -> &'static ModelInfo;

    /// The limits of the model's fields, if the spec has any.
    #[inline]
    fn limits(&self) -> FieldLimits {
        &[]
    }

    /// Other names that fields have on the wire, in events.
    #[inline]
    fn aliases(&self) -> FieldAliases {
        &[]
    }

    /// The model as a one-of, if it is one.
    #[inline]
    fn one_of(&mut self) -> Option<&mut dyn OneOf> {
        None
    }

    /// The field at a place, to be read.
    #[inline]
    fn get(&self, index: usize) -> &dyn Field {
        let _ = index;
        &NoField
    }

    /// The field at a place, to be written.
    #[inline]
    fn get_mut(&mut self, index: usize) -> &mut dyn Field {
        let _ = index;
        let none: &mut [NoField; 0] = &mut [];
        none
    }

    /// A model with nothing set; its required fields are blank.
    fn empty() -> Self
    where
        Self: Sized;
}

/// A recursive field holds its model in a box.
impl<T: Model> Model for Box<T> {
    #[inline]
    fn info(&self) -> &'static ModelInfo {
        (**self).info()
    }

    #[inline]
    fn limits(&self) -> FieldLimits {
        (**self).limits()
    }

    #[inline]
    fn aliases(&self) -> FieldAliases {
        (**self).aliases()
    }

    #[inline]
    fn one_of(&mut self) -> Option<&mut dyn OneOf> {
        (**self).one_of()
    }

    #[inline]
    fn get(&self, index: usize) -> &dyn Field {
        (**self).get(index)
    }

    #[inline]
    fn get_mut(&mut self, index: usize) -> &mut dyn Field {
        (**self).get_mut(index)
    }

    #[inline]
    fn empty() -> Self {
        Self::new(T::empty())
    }
}

/// A field of a model: a value that is there (`T`) or may be there (`Option<T>`).
#[doc(hidden)]
pub trait Field {
    /// The value to be read.
    fn view(&self) -> View<'_>;

    /// Sets the field to a blank value and gives the place to fill.
    fn slot(&mut self) -> Slot<'_>;

    /// Unsets the field; a required one becomes blank.
    fn clear(&mut self);

    /// What the field holds.
    fn field_type(&self) -> FieldType;
}

impl<T: Element> Field for T {
    #[inline]
    fn view(&self) -> View<'_> {
        self.as_view()
    }

    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        *self = T::blank();
        self.as_slot()
    }

    #[inline]
    fn clear(&mut self) {
        *self = T::blank();
    }

    #[inline]
    fn field_type(&self) -> FieldType {
        T::type_of()
    }
}

impl<T: Element> Field for Option<T> {
    #[inline]
    fn view(&self) -> View<'_> {
        match self {
            Some(value) => value.as_view(),
            None => View::Unset,
        }
    }

    #[inline]
    fn slot(&mut self) -> Slot<'_> {
        self.insert(T::blank()).as_slot()
    }

    #[inline]
    fn clear(&mut self) {
        *self = None;
    }

    #[inline]
    fn field_type(&self) -> FieldType {
        T::type_of()
    }
}

/// What a model without fields answers; nothing reads it.
struct NoField;

impl Field for NoField {
    fn view(&self) -> View<'_> {
        View::Unset
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Nothing
    }

    fn clear(&mut self) {}

    fn field_type(&self) -> FieldType {
        FieldType::Json
    }
}

impl Field for [NoField; 0] {
    fn view(&self) -> View<'_> {
        View::Unset
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Nothing
    }

    fn clear(&mut self) {}

    fn field_type(&self) -> FieldType {
        FieldType::Json
    }
}

/// The fields of a model that are set, each with what the table says of it.
#[derive(Clone)]
pub struct Fields<'a> {
    model: &'a dyn Model,
    infos: std::iter::Enumerate<std::slice::Iter<'static, FieldInfo>>,
}

/// Walks the fields of a model that are set.
#[inline]
pub fn fields(model: &dyn Model) -> Fields<'_> {
    Fields {
        model,
        infos: model.info().fields().iter().enumerate(),
    }
}

impl<'a> Iterator for Fields<'a> {
    type Item = (&'static FieldInfo, View<'a>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (index, info) = self.infos.next()?;
            match self.model.get(index).view() {
                View::Unset => {}
                view => return Some((info, view)),
            }
        }
    }
}
