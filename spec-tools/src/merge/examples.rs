//! Examples: what is missing is added, what is there is left alone.

use super::{Merger, key};
use crate::document::example::example;
use crate::document::{Map, Node};
use crate::spec::Operation;

impl Merger<'_> {
    /// A part of an example (the query, the reply) is one value: it is added or not.
    pub(super) fn example(&mut self, own: &Operation, facts: &Operation) {
        let Some(fact) = &facts.example else { return };
        let known = example(fact, facts);
        let Some(reviewed) = &own.example else {
            self.add(&[], "example", known);
            return;
        };
        for entry in known.entries {
            let name = entry.key.text;
            if name == "response" && reviewed.response.is_some() {
                continue;
            }
            if !self.says(&[key("example"), key(&name)]) {
                self.add(&[key("example")], &name, entry.value);
                continue;
            }
            let Node::Map(Map { entries, .. }) = entry.value else {
                continue;
            };
            for part in entries {
                let path = [key("example"), key(&name)];
                if !self.says(&[key("example"), key(&name), key(&part.key.text)]) {
                    self.add(&path, &part.key.text, part.value);
                }
            }
        }
    }
}
