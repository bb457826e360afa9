//! From a documentation page to the facts of an operation.
mod blocks;
mod columns;
mod enums;
mod headings;
mod http;
mod inline;
mod json;
mod known;
mod nesting;
mod sample;
mod sketch;
mod source;
mod table;
mod types;
