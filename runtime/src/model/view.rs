//! A field's value as the runtime sees it: to be read, or to be filled.

use super::{FilePart, Json, Model};

/// A value to be read.
///
/// It serializes as what it shows: an unset one as null, an object without its unset fields.
#[derive(Clone, Copy)]
pub enum View<'a> {
    /// Nothing: the field is not set.
    Unset,
    /// A string, or a value of a string enum.
    String(&'a str),
    /// An integer, or a value of an integer enum.
    Integer(i64),
    /// A number.
    Number(f64),
    /// A boolean.
    Boolean(bool),
    /// Free JSON.
    Json(&'a Json),
    /// A file to upload.
    File(&'a FilePart),
    /// A model.
    Object(&'a dyn Model),
    /// A list.
    List(&'a dyn Items),
    /// A map from strings.
    Map(&'a dyn Entries),
}

/// A value to be filled. What was there before is gone.
pub enum Slot<'a> {
    /// Holds nothing: the only field of a model that has none.
    Nothing,
    /// A string.
    String(&'a mut String),
    /// An integer.
    Integer(&'a mut i64),
    /// A number.
    Number(&'a mut f64),
    /// A boolean.
    Boolean(&'a mut bool),
    /// Free JSON.
    Json(&'a mut Json),
    /// A string enum.
    StringEnum(&'a mut dyn StringEnumSlot),
    /// An integer enum.
    IntegerEnum(&'a mut dyn IntegerEnumSlot),
    /// A file to upload.
    File(&'a mut FilePart),
    /// A model.
    Object(&'a mut dyn Model),
    /// A list.
    List(&'a mut dyn Items),
    /// A map from strings.
    Map(&'a mut dyn Entries),
}

/// A list of any type.
#[doc(hidden)]
pub trait Items {
    /// How many items there are.
    fn count(&self) -> usize;

    /// The item at an index; unset if there is none.
    fn item(&self, index: usize) -> View<'_>;

    /// Appends a blank item and gives its place.
    fn push_slot(&mut self) -> Slot<'_>;

    /// Takes the last item away.
    fn drop_last(&mut self);
}

impl dyn Items + '_ {
    /// Walks the items.
    pub fn iter(&self) -> impl Iterator<Item = View<'_>> {
        (0..self.count()).map(|index| self.item(index))
    }
}

/// A map from strings to any type.
#[doc(hidden)]
pub trait Entries {
    /// How many entries there are.
    fn count(&self) -> usize;

    /// Walks the entries in the order of their keys.
    fn entries(&self) -> Box<dyn Iterator<Item = (&str, View<'_>)> + '_>;

    /// Sets a key to a blank value and gives its place.
    fn insert_slot(&mut self, key: &str) -> Slot<'_>;

    /// Takes a key away.
    fn remove_key(&mut self, key: &str);
}

/// A string enum that can be assigned.
#[doc(hidden)]
pub trait StringEnumSlot {
    /// Takes the text.
    fn set(&mut self, text: &str);
}

/// An integer enum that can be assigned.
#[doc(hidden)]
pub trait IntegerEnumSlot {
    /// Takes the integer.
    fn set(&mut self, number: i64);
}
