//! From a documentation page to a spec file.
//!
//! A page is read in whatever layout it has, put together from its tables and its examples, and held
//! against the operation that the spec has already. What the page does not say, or says in two ways, is
//! never guessed in silence: each such place is a [`Finding`], and where nothing decides, the spec says
//! `undecided`.

mod address;
mod basics;
mod blocks;
mod columns;
mod enums;
mod errors;
mod example;
mod fields;
mod finding;
mod headings;
mod http;
mod inline;
mod json;
mod known;
mod named;
mod nesting;
mod operation;
mod parts;
mod places;
mod request;
mod rows;
mod sample;
mod shape;
mod sketch;
mod source;
mod table;
mod tables;
mod tree;
mod types;
mod write;

pub use finding::{Finding, Kind};
pub use operation::Options;
pub use source::Source;
pub use write::{Imported, Importer};
