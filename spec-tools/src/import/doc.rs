//! From a documentation page to a spec file, in stages that each have a type:
//!
//! 1. `blocks::Page`: the text as headings, tables, code and text between them.
//! 2. `facts::Sections`: the blocks by what they describe, whatever the layout.
//! 3. `tables::Tables`: the rows of all tables by where they go.
//! 4. `placed::Placed`: which row of a table is inside which.
//! 5. `facts::Facts`: the operation that the rows and examples describe, with each fact's place in the page.
//! 6. `write::Importer` merges the facts into the operation's file.
//!
//! From stage 3 on, a page is compared with the spec's operation, if there is one. What the page does not say, or
//! says in two ways, is never guessed in silence: each such place is a [`Finding`], and where nothing decides, the
//! spec says `undecided`.

// 1. Blocks.
mod blocks;
mod inline;
mod source;
mod table;
use blocks::{Block, Front, Line, Page};
use inline::{among, capital, label, plain};
use source::At;
use table::{Cell, Row, Table};

// 2. Sections.
mod basics;
mod columns;
mod headings;
mod http;
mod java;
mod json;
mod legacy;
mod parts;
mod sample;
mod whole;
mod words;
use basics::{Basics, Fact};
use columns::{Column, Columns};
use headings::Section;
use http::{Body, Reply, Request};
use json::{Entry, Json, Value};
use legacy::Legacy;
use parts::{Part, Parts};
use sample::Sample;

// 3. Rows.
mod rows;
mod tables;
mod token;
mod types;
use rows::FieldRow;
use tables::{TOKEN, Tables};
use types::Ty;

// 4. Placed rows.
mod nesting;
mod placed;
use placed::{Node, Placed};

// 5. Facts.
mod address;
mod builder;
mod content;
mod enums;
mod errors;
mod facts;
mod field_type;
mod fields;
mod identity;
mod inferred;
mod known;
mod parameters;
mod path;
mod shape;
mod spec_type;
mod values;
use address::{Search, Target};
use builder::Builder;
use facts::{Facts, Sections};
use fields::Evidence;
use inferred::{Inferred, alike};
use known::{Known, Spec};
use spec_type::SpecType;

// 6. Merging, and the report.
mod coverage;
mod differences;
mod example;
mod finding;
mod places;
mod write;
use finding::{Findings, listed};
use places::Places;

pub use facts::Options;
pub use finding::{Finding, Kind};
pub use source::Source;
pub use write::{Imported, Importer};
