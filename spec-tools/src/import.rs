//! From what others say of the platform to spec files.

pub mod doc;
mod legacy;
mod lists;
mod marks;
mod paging;
pub mod sdk;
mod summary;
mod type_names;
mod visit;
