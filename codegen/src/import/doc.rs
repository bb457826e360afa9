//! From a documentation page to a spec file.
//!
//! A page is read in whatever layout it has, put together from its tables and its examples, and held
//! against the operation that the spec has already. What the page does not say, or says in two ways, is
//! never guessed in silence: each such place is a [`Finding`], and where nothing decides, the spec says
//! `undecided`.

// A page as text, and its parts.
mod blocks;
mod columns;
mod headings;
mod http;
mod inline;
mod json;
mod parts;
mod rows;
mod sample;
mod source;
mod table;
mod types;

// What its parts say of an operation.
mod address;
mod basics;
mod bodies;
mod boundary;
mod builder;
mod content;
mod elements;
mod enums;
mod errors;
mod example;
mod fields;
mod holds;
mod identity;
mod known;
mod named;
mod nesting;
mod operation;
mod path;
mod path_values;
mod request;
mod shape;
mod sketch;
mod tables;
mod to;
mod tree;
mod unsaid;
mod values;

// What is told, and what is written.
mod account;
mod differences;
mod finding;
mod places;
mod words;
mod write;

pub use finding::{Finding, Kind};
pub use operation::Options;
pub use source::Source;
pub use write::{Imported, Importer};
