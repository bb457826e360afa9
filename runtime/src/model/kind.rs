//! What a field holds, for those who meet models at run time.

use super::{FieldInfo, Model};

/// What a field holds.
///
/// It follows from the field's Rust type, so the generated code says nothing about it.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Kind {
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
    /// A string enum; the values that are known.
    StringEnum(&'static [&'static str]),
    /// An integer enum; the values that are known.
    IntegerEnum(&'static [i64]),
    /// A model; makes an empty one.
    Object(fn() -> Box<dyn Model>),
    /// A list; what its items are.
    List(fn() -> Kind),
    /// A map from strings; what its values are.
    Map(fn() -> Kind),
}

impl Kind {
    /// The fields of an object, each with what it holds; none of anything else.
    ///
    /// An object may hold objects of its own kind: whoever goes on to their fields has to stop somewhere.
    pub fn fields(self) -> Vec<(&'static FieldInfo, Self)> {
        let Self::Object(make) = self else {
            return Vec::new();
        };
        let model = make();
        let infos = model.info().fields().iter().enumerate();
        infos
            .map(|(index, info)| (info, model.get(index).kind()))
            .collect()
    }
}
