//! Where a reply has elements that may fail while the call does not.

use super::Operation;
use crate::spec::walk::{self, Path, Site, What};

impl Operation {
    /// The places of elements that say with a `success_flag` whether they worked, for example `result[]`.
    pub fn fallible(&self) -> Vec<String> {
        let mut places = Vec::new();
        walk::reply(&Path::File(""), self, &mut |seen| {
            let flag = matches!(seen.what, What::Field(field) if field.success_flag);
            if flag && seen.site == Site::Member {
                let place = element(&seen.path.keys());
                if !places.contains(&place) {
                    places.push(place);
                }
            }
        });
        places
    }
}

/// The element that holds a field of an object: `response.a.list.object.ok` gives `a[]`.
fn element(keys: &[&str]) -> String {
    let mut place = String::new();
    let mut keys = keys.iter().skip(1).rev().skip(2).rev();
    // A name and what it holds take turns, so that a field may be called `list`.
    while let Some(name) = keys.next() {
        if !place.is_empty() {
            place.push('.');
        }
        place.push_str(name);
        for key in keys.by_ref() {
            match *key {
                "list" => place.push_str("[]"),
                "map" => place.push_str(".*"),
                _ => break,
            }
        }
    }
    place
}
