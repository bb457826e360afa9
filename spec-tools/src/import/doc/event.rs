//! From an event's page to its file.
//!
//! Pages of events show data rather than describe it: `payload` finds what each example carries, `page` puts the examples
//! of a page together by event, `facts` makes an event of them as far as the spec does not know better, and `importer`
//! merges it into the event's file. Blocks, tables, JSON and findings are those of operations' pages.

mod facts;
mod importer;
mod page;
mod payload;

pub use importer::Importer;
