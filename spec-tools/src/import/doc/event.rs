//! From an event's page to its file.
//!
//! Pages of events show data rather than describe it: `examples` finds the examples of a page, `payload` takes the data
//! out of each delivery, `page` sorts them by event, `facts` makes an event of them as far as the spec does not know
//! better, and `importer` merges it into the event's file. Blocks, tables, JSON and findings are those of operations'
//! pages.

mod examples;
mod facts;
mod importer;
mod page;
mod payload;

pub use importer::Importer;
