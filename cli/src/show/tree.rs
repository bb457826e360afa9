//! Fields as a tree in text.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use dingtalk_api::operation::{FieldDescription, Type};

use super::indent;
use crate::output::table;

/// Fields, each followed by the fields of its object. An object is shown in full only once.
pub(super) struct Tree<'a> {
    types: &'a BTreeMap<String, Vec<FieldDescription>>,
    shown: BTreeSet<&'a str>,
    rows: Vec<[String; 3]>,
}

impl<'a> Tree<'a> {
    pub(super) fn new(types: &'a BTreeMap<String, Vec<FieldDescription>>) -> Self {
        Self {
            types,
            shown: BTreeSet::new(),
            rows: Vec::new(),
        }
    }

    pub(super) fn fields(&mut self, fields: &'a [FieldDescription]) -> String {
        for field in fields {
            self.add(field, 0);
        }
        self.take()
    }

    pub(super) fn field(&mut self, field: &'a FieldDescription) -> String {
        self.add(field, 0);
        self.take()
    }

    /// A type without a field name.
    pub(super) fn bare(&mut self, holds: &'a Type) -> String {
        let holds = self.holds(holds, 0);
        let mut text = format!("  {holds}\n");
        text.push_str(&self.take());
        text
    }

    fn take(&mut self) -> String {
        indent(&table(&std::mem::take(&mut self.rows)))
    }

    fn add(&mut self, field: &'a FieldDescription, depth: usize) {
        let row = self.rows.len();
        let required = if field.required { "required" } else { "" };
        let name = format!("{:depth$}{}", "", field.name, depth = depth * 2);
        self.rows.push([name, required.to_owned(), String::new()]);
        let mut holds = self.holds(&field.field_type, depth + 1);
        for (marked, words) in [
            (field.secret, "secret"),
            (
                field.idempotency_key,
                "idempotency key: with it, a request may be sent twice",
            ),
            (field.success_flag, "`false` means failure"),
            (
                field.encoding == Some("json_string"),
                "sent as a JSON string",
            ),
            (field.encoding == Some("comma"), "separated by commas"),
            (
                field.encoding == Some("indexed"),
                &*format!("as {0}.1, {0}.2, ..", field.name),
            ),
        ] {
            if marked {
                holds.push_str(", ");
                holds.push_str(words);
            }
        }
        if let Some(kind) = field.kind {
            let _ = write!(holds, ", of the kind {kind:?}");
        }
        for limit in &field.limits {
            let _ = write!(holds, ", {limit}");
        }
        if let Some([_, _, cell]) = self.rows.get_mut(row) {
            *cell = holds;
        }
    }

    /// Describes a type, and adds the fields of the object in it.
    fn holds(&mut self, holds: &'a Type, depth: usize) -> String {
        let text = holds.to_string();
        let mut inner = holds;
        while let Type::List(items) | Type::Map(items) = inner {
            inner = items;
        }
        let Type::Type(name) = inner else {
            return text;
        };
        let Some(fields) = self.types.get(name) else {
            return text;
        };
        if !self.shown.insert(name) {
            return format!("{text}, as above");
        }
        for field in fields {
            self.add(field, depth);
        }
        text
    }
}
