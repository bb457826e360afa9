//! From what others say of the platform to spec files.

pub mod doc;
