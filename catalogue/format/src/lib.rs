//! The catalogue file: the description of every operation and event, in one compact file.
//!
//! The generator writes it, `dingtalk-catalogue` reads it, and both take its layout from here.
//!
//! # Layout
//!
//! ```text
//! file    = magic (8 bytes)  version (u32, little endian)  ([Service], [EventGroup])
//!           block of each service  events of each group
//! events  = [Event]
//! block   = ([Operation], size of shared)  shared  details of each operation
//! shared  = [TypeDef]                      the types that the service's operations share
//! details = Details                        everything else about one operation
//! ```
//!
//! The names in capitals are the types of this crate. Each is encoded with [postcard]: integers as varints, strings as
//! their length and their UTF-8, lists as their length and their items, options and enums with a tag before them.
//! Blocks and details follow one another in the order of the lists that announce them; those lists hold their sizes. So
//! opening a file reads the lists of services and groups of events alone, a service's operations are listed without reading what they take,
//! and one operation's details are read without those of any other. Strings are borrowed from the file.
//!
//! Services and groups are sorted by name, and operations are in the order of their Rust methods' files. The same spec always gives
//! the same bytes. A block depends on no other: the generator copies the blocks of what did not change.
//!
//! Types refer to each other by index, because they may contain themselves. Nothing in the encoding nests, so
//! a damaged file gives an error, not a deep recursion.
//!
//! # Change
//!
//! The encoding does not say what a value is, so any change of a type here is another format: raise [`VERSION`]. A reader
//! refuses all versions but its own. Nobody has to migrate: file and reader are published together.
//!
//! [postcard]: https://docs.rs/postcard

mod details;
mod events;
mod file;
mod types;

pub use details::{
    AppType, Body, Details, ErrorClass, ErrorRow, Example, ExampleResponse, Paging, PagingStyle,
    Response, TokenKind,
};
pub use events::{Delivery, Event, EventGroup};
pub use file::{
    Block, Error, File, MAGIC, Method, Operation, Service, VERSION, read_events, write,
    write_events,
};
pub use types::{
    Base, Container, Encoding, Field, Kind, Limit, Marks, OneOf, Type, TypeDef, Values,
};
