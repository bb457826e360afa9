//! Parameters: the values of the path, the query and the headers.

use std::rc::Rc;

use super::builder::Builder;
use super::fields::Beside;
use super::http::Body;
use super::inferred::{Inferred, Kinds};
use super::json::{self, Entry, Json, Value};
use super::path::{self, address};
use super::rows::FieldRow;
use super::shape::scalar;
use super::source::At;
use super::spec_type::SpecType;
use super::tables::Tables;
use crate::diagnostic::{Step, quoted};
use crate::spec::{Fields, Operation, ScalarOrNamed, Shape};

/// What an example shows of a body, from all blocks that have one.
pub(super) fn inferred<'b>(bodies: impl Iterator<Item = &'b Body>) -> Option<Rc<Inferred>> {
    let mut all: Option<Inferred> = None;
    for json in bodies.filter_map(|body| body.json.as_ref()) {
        let one = Inferred::of(json);
        match &mut all {
            Some(inferred) => inferred.add(&one),
            None => all = Some(one),
        }
    }
    all.map(Rc::new)
}

impl<'a> Builder<'a> {
    /// The values of the query, the headers and the path.
    pub(super) fn parameters(&mut self, operation: &mut Operation, tables: &mut Tables) {
        let example = self.sections.parts.example();
        let pairs = |pairs: &[(String, String)], at: At| {
            let shown = texts(pairs.iter().map(|(name, value)| (name, value)), at);
            Some(Rc::new(shown)).filter(|shown| shown.is_object())
        };
        let query = example.and_then(|request| pairs(&request.query, request.at));
        let headers = example.and_then(|request| {
            let headers = request.headers.iter();
            let headers = headers.map(|(name, value, _)| (name.clone(), value.clone()));
            pairs(&headers.collect::<Vec<_>>(), request.at)
        });
        let values = example.and_then(|request| {
            let found = path::values(&operation.path, &address(&request.path).path)?;
            pairs(&found, request.at)
        });
        let path_rows = self.path_rows(std::mem::take(&mut tables.path), &operation.path);
        let known = self.known.map(|known| known.operation);
        let rows = std::mem::take(&mut tables.query);
        operation.query = self.values_of("query", rows, query, known.map(|op| &op.query));
        let rows = std::mem::take(&mut tables.headers);
        operation.headers = self.values_of("headers", rows, headers, known.map(|op| &op.headers));
        let known = known.map(|op| &op.path_params);
        let params = self.values_of("path_params", path_rows, values, known);
        // In the order of the path, and all that are in it.
        let names = path::names(&operation.path).into_iter().map(|name| {
            let mut field = params.get(name).cloned().unwrap_or_else(|| {
                let message = format!("no row describes {}, which is in the path", quoted(name));
                let at = self.target.path_at;
                self.note(at, message, "assumed a string");
                scalar(ScalarOrNamed::String)
            });
            field.required = false;
            (name.to_owned(), field)
        });
        operation.path_params = names.collect();
    }

    /// Parameters, each a single value as a rule.
    fn values_of(
        &mut self,
        section: &str,
        rows: Vec<FieldRow>,
        example: Option<Rc<Inferred>>,
        fields: Option<&'a Fields>,
    ) -> Fields {
        let known = self.known.zip(fields);
        let known = known.map(|(known, fields)| known.spec_type(Shape::Object(fields)));
        let known_shape = known.map(SpecType::inferred);
        let shown: Vec<_> = example.clone().into_iter().chain(known_shape).collect();
        let first = rows.first().map_or(At::line(1), |row| row.at);
        self.open_table(rows, &shown, true);
        self.places.enter(Step::Key(section.to_owned()), first);
        let top = self.placed.top.clone();
        let fields = self.fields(&top, &Beside { example, known });
        self.close_table();
        self.places.leave();
        self.leftover();
        fields
    }
}

/// Values of a query or of headers as an example. They are texts, whatever they stand for.
fn texts<'t>(pairs: impl Iterator<Item = (&'t String, &'t String)>, at: At) -> Inferred {
    let entries = pairs.map(|(name, value)| Entry {
        key: name.clone(),
        at,
        json: Json {
            value: typed(value),
            at,
        },
    });
    let mut inferred = Inferred::of(&Json {
        value: Value::Object(entries.collect()),
        at,
    });
    // Nothing is known of their kinds: `1` may be a text.
    for (_, field) in inferred.fields.iter_mut().flatten() {
        let field = Rc::make_mut(field);
        if field.fields.is_none() && field.element.is_none() {
            field.kinds = Kinds::default();
        }
    }
    inferred
}

/// A value of a query: JSON, if it is a list or an object.
fn typed(text: &str) -> Value {
    if text.starts_with(['[', '{']) {
        let read = json::read([(1, text)].into_iter());
        if let (Some(json), true) = (read.json, read.slips.is_empty()) {
            return json.value;
        }
    }
    Value::Text(text.to_owned())
}
