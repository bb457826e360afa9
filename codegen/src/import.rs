//! From what others say of the platform to spec files.

pub mod doc;
pub mod sdk;
mod summary;
mod type_names;
