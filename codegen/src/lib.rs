//! Generates the Rust SDK of DingTalk's open platform from its description in YAML.
//!
//! Your build script uses [`Build`]. The modules are for programs that read the description or report errors in it, such
//! as the command `dingtalk-spec`.

mod build;
pub mod check;
pub mod diagnostic;
mod emit;
#[doc(hidden)]
pub mod excerpt;
pub mod files;
mod generate;
mod glossary;
mod graph;
mod lines;
pub mod load;
mod lock;
pub mod names;
#[doc(hidden)]
pub mod parallel;
pub mod readme;
mod recovery;
pub mod report;
#[doc(hidden)]
pub mod resolve;
mod scan;
pub mod schema;
#[doc(hidden)]
pub mod similar;
pub mod sources;
#[doc(hidden)]
pub mod spanned;
pub mod spec;
#[doc(hidden)]
pub mod validate;
mod write;

pub use build::Build;
#[doc(hidden)]
pub use emit::docs;
pub use emit::{EventGroupEntry, ServiceEntry};
pub use generate::{Failure, Generated, differences, generate};
pub use write::{Difference, DifferenceKind};
