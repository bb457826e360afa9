#![allow(missing_docs)]
#[derive(Debug)]
pub struct Report;
impl std::fmt::Display for Report {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        Ok(())
    }
}
