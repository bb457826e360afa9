#![allow(missing_docs)]
use crate::{diagnostic::Report, sources::Sources, spec::*};
pub struct Endpoint {
    pub service: String,
    pub operation: String,
    pub method: String,
    pub path: String,
}
pub fn check(_: &Spec, _: &Sources, _: &[Endpoint]) -> Result<(), Report> {
    Ok(())
}
