//! Parameters: the values of the path, the query and the headers.

use std::rc::Rc;

use super::json;
use super::path::{address, values};
use super::shape::scalar;
use super::{At, Builder, Evidence, FieldRow, Findings, Inferred, Tables, listed};
use crate::diagnostic::quoted;
use crate::spec::{Fields, Operation, ScalarOrNamed, Shape, names_in};

impl<'a> Builder<'a> {
    /// The values of the query, the headers and the path.
    pub(super) fn parameters(&mut self, operation: &mut Operation, tables: &mut Tables) {
        let example = self.sections.parts.example();
        let known = self.known.map(|known| known.operation);
        let shown = example.map(|request| &request.query);
        let rows = std::mem::take(&mut tables.query);
        operation.query = self.values_of("query", rows, shown, known.map(|op| &op.query));
        let shown = example.map(|request| &request.headers);
        let rows = std::mem::take(&mut tables.headers);
        operation.headers = self.values_of("headers", rows, shown, known.map(|op| &op.headers));
        let shown =
            example.and_then(|request| values(&operation.path, &address(&request.path).path));
        let names: Vec<&str> = names_in(&operation.path).collect();
        let rows = self.path_rows(std::mem::take(&mut tables.path), &names);
        let known = known.map(|op| &op.path_params);
        let params = self.values_of("path_params", rows, shown.as_ref(), known);
        // In the order of the path, and all that are in it.
        let fields = names.into_iter().map(|name| {
            let mut field = params.get(name).cloned().unwrap_or_else(|| {
                let message = format!("no row describes {}, which is in the path", quoted(name));
                self.note(self.target.path_at, message, "assumed a string");
                scalar(ScalarOrNamed::String)
            });
            field.required = false;
            (name.to_owned(), field)
        });
        operation.path_params = fields.collect();
    }

    /// Parameters, each a single value as a rule.
    fn values_of(
        &mut self,
        section: &str,
        rows: Vec<FieldRow>,
        shown: Option<&Vec<(String, String)>>,
        known: Option<&'a Fields>,
    ) -> Fields {
        let at = self.sections.parts.example().map(|request| request.at);
        let shown = shown.map(|pairs| texts(pairs, at.unwrap_or_default()));
        let known = self.known.zip(known);
        let known = known.map(|(known, fields)| known.spec_type(Shape::Object(fields)));
        let shown = shown.filter(Inferred::is_object).map(Rc::new);
        let of = Evidence::of_whole(shown, known);
        let first = rows.first().map(|row| row.at).unwrap_or_default();
        let placed = self.place(rows, &of, true);
        let fields = self.within(&[section], first, |builder| {
            builder.fields(&placed.top, &of)
        });
        self.close_table();
        fields
    }

    /// The rows of the path under the names that the template has.
    fn path_rows(&mut self, mut rows: Vec<FieldRow>, names: &[&str]) -> Vec<FieldRow> {
        let is_in = |row: &FieldRow| names.contains(&row.name.as_str());
        let open = |name: &&&str| !rows.iter().any(|row| row.name == **name);
        let open: Vec<&str> = names.iter().filter(open).copied().collect();
        let mut strange: Vec<&mut FieldRow> = rows.iter_mut().filter(|row| !is_in(row)).collect();
        if let ([name], [row]) = (open.as_slice(), strange.as_mut_slice()) {
            rename(row, name, &mut self.findings);
        }
        for row in rows.iter().filter(|row| !is_in(row)) {
            let (name, path) = (quoted(&row.name), quoted(&self.target.path));
            let message = format!("{name} is not in the path {path}");
            let help = "if the path lacks it, fix the path; otherwise add it where it belongs";
            row.left_out(message, help, &mut self.findings);
        }
        rows.retain(is_in);
        let optional = rows.iter().filter(|row| row.required == Some(false));
        if let Some(row) = optional.clone().next() {
            let names = listed(optional.map(|row| &row.name));
            let message = format!("the table says that {names} is optional");
            self.note(row.at, message, "path parameters are always required");
        }
        rows
    }
}

fn rename(row: &mut FieldRow, name: &str, findings: &mut Findings) {
    let (table, path) = (quoted(&row.name), quoted(name));
    let message = format!("the table has {table}, the path {path}");
    let help = "read as the same parameter; names of path parameters are not sent";
    findings.note(row.at, message, help);
    name.clone_into(&mut row.name);
}

/// Values of a query or of headers as an example. They are texts, whatever they stand for: `1` may be a number.
fn texts(pairs: &[(String, String)], at: At) -> Inferred {
    let field = |(name, text): &(String, String)| {
        let shown = Inferred {
            samples: vec![text.clone()],
            ..Inferred::default()
        };
        let mut shown = nested(text).unwrap_or(shown);
        shown.at = Some(at);
        (name.clone(), Rc::new(shown))
    };
    Inferred {
        fields: Some(pairs.iter().map(field).collect()),
        ..Inferred::default()
    }
}

/// A list or an object in a query is JSON.
fn nested(text: &str) -> Option<Inferred> {
    let begins = text.starts_with(['[', '{']);
    let read = begins.then(|| json::read([(1, text)].into_iter()))?;
    Some(Inferred::of(read.json.as_ref()?)).filter(|_| read.slips.is_empty())
}
