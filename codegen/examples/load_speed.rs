//! Measures how long a spec takes to read, to parse and to check.
#![allow(clippy::unwrap_used, reason = "a measurement may")]

use std::collections::BTreeSet;
use std::time::Instant;
fn main() {
    let folder = std::env::args().nth(1).unwrap();
    let t = Instant::now();
    let sources = dingtalk_codegen::sources::Sources::read(folder.as_ref()).unwrap();
    println!("read {:?}", t.elapsed());
    let all: BTreeSet<&str> = sources.service_names().collect();
    let t = Instant::now();
    let spec = dingtalk_codegen::load::parse(&sources, &all).unwrap();
    println!("parse {:?}", t.elapsed());
    let t = Instant::now();
    dingtalk_codegen::check::check(&spec, &sources, &[]).unwrap();
    println!("check {:?}", t.elapsed());
}
