//! What a field holds: by its row's type, the rows inside it, the example and the spec.

use super::builder::Builder;
use super::fields::{Beside, ask};
use super::from_spec::is_json;
use super::named;
use super::rows::FieldRow;
use super::shape::{any, list, map, object, of_example, of_spec_type, scalar};
use super::types::Ty;
use super::words::{shown_name, upper, words, words_of};
use crate::diagnostic::{Step, quoted};
use crate::spec::{Field, NamedType, ScalarOrNamed};

impl<'a> Builder<'a> {
    /// What a row of a type holds. `number` is the row if the type is all of its type, and not that
    /// of its elements.
    pub(super) fn shape(
        &mut self,
        ty: &Ty,
        number: Option<usize>,
        row: &FieldRow,
        beside: &Beside<'a>,
    ) -> Field {
        let fields = number
            .and_then(|n| self.placed.fields.get(n))
            .cloned()
            .unwrap_or_default();
        let inside = number
            .and_then(|n| self.placed.inside.get(n))
            .copied()
            .flatten();
        match ty {
            Ty::Text if fields.is_empty() => self.values(row, beside, false),
            Ty::Integer if fields.is_empty() => self.values(row, beside, true),
            Ty::Number | Ty::Boolean | Ty::Any if fields.is_empty() => {
                self.no_enum(row, &words(ty), beside);
                match ty {
                    Ty::Number => return scalar(ScalarOrNamed::Number),
                    Ty::Boolean => return scalar(ScalarOrNamed::Boolean),
                    _ => {}
                }
                if let Some(spec_type) = beside.known.filter(|spec_type| !is_json(*spec_type)) {
                    self.spec_stays(spec_type, row, "Any");
                }
                any()
            }
            Ty::List(inner) => {
                let element = self.element(inner.as_deref(), &fields, inside, row, beside, false);
                list(element)
            }
            Ty::Map(inner) => {
                let value = self.element(inner.as_deref(), &fields, inside, row, beside, true);
                map(value)
            }
            Ty::Object | Ty::Named(_) if !fields.is_empty() => self.object(&fields, row, beside),
            Ty::Named(name) => self.named(name, row, beside),
            // Rows inside what should have none: an example shows that it is an object.
            _ if !fields.is_empty() => self.contained(ty, &fields, row, beside),
            Ty::Object => self.empty_object(row, beside),
            _ => self.unclear(ty, row, beside),
        }
    }

    pub(super) fn object(
        &mut self,
        fields: &[usize],
        row: &FieldRow,
        beside: &Beside<'a>,
    ) -> Field {
        let open = self.open_rows(fields, row, beside);
        self.asked.extend(&open);
        self.places
            .enter(Step::Key("object".to_owned()), self.places.here());
        let made = self.fields(fields, beside);
        self.places.leave();
        let mut field = object(made);
        let question = self.boundary(&open, row);
        ask(&mut field, question);
        field
    }

    /// A scalar type with rows inside: the rows win.
    fn contained(
        &mut self,
        ty: &Ty,
        fields: &[usize],
        row: &FieldRow,
        beside: &Beside<'a>,
    ) -> Field {
        let mut lists = beside
            .example
            .iter()
            .map(|example| example.element.is_some());
        let is_list = lists.any(|list| list) || beside.is_known_list();
        let inner = self.object(fields, row, beside);
        let mut field = if is_list { list(inner) } else { inner };
        if beside.known.is_none() {
            let said = words(ty);
            let question = format!("The table says {said}, but describes fields. Which is right?");
            self.ask(&mut field, row.type_at, question, "used the fields");
        }
        field
    }

    /// An object without rows.
    fn empty_object(&mut self, row: &FieldRow, beside: &Beside<'a>) -> Field {
        if let Some(spec_type) = beside.known {
            self.told_by_spec(spec_type, row, &shown_name(row));
            return of_spec_type(spec_type);
        }
        let shown = beside
            .example
            .as_deref()
            .filter(|example| example.is_object())
            .and_then(of_example);
        let name = shown_name(row);
        let Some(mut field) = shown else {
            let message = format!("nothing describes the fields of the object {name}");
            self.note(row.at, message, "read as free JSON");
            return any();
        };
        let question = format!(
            "The table does not describe the fields of {name}. Is it as in the example, or free JSON?"
        );
        let help = "used what the example shows";
        self.ask(&mut field, row.at, question, help);
        field
    }

    /// A named type that the page does not describe.
    fn named(&mut self, name: &str, row: &FieldRow, beside: &Beside<'a>) -> Field {
        let at = row.type_at;
        let shown_type = quoted(name);
        if let Some(spec_type) = beside.known {
            if spec_type.type_name() != Some(name) {
                let help = format!("kept {} from the spec", words_of(spec_type));
                self.note(at, format!("the table names the type {shown_type}"), help);
            }
            return self.of_known(spec_type, row, beside);
        }
        let Some(inferred) = beside.object() else {
            let question = format!("The page does not describe the type {shown_type}. What is it?");
            let mut field = any();
            self.ask(&mut field, at, question, "read as free JSON");
            return field;
        };
        let question = format!(
            "The page does not describe the type {shown_type}. Are its fields those of the example?"
        );
        let help = "used what the example shows; describe the type under `types`";
        if !self.types.iter().any(|(known, _)| known == name) {
            let fields = named::fields(name, inferred);
            let def = NamedType {
                object: Some(fields),
                ..NamedType::default()
            };
            self.types.push((name.to_owned(), def));
        }
        let mut field = scalar(ScalarOrNamed::Named(name.to_owned()));
        self.ask(&mut field, at, question, help);
        field
    }

    /// A missing or unknown type.
    fn unclear(&mut self, ty: &Ty, row: &FieldRow, beside: &Beside<'a>) -> Field {
        let what = match ty {
            Ty::Unclear(words) => format!("{} is not a known type", quoted(words)),
            _ => "the table gives no type".to_owned(),
        };
        if let Some(spec_type) = beside.known {
            let help = format!("kept {} from the spec", words_of(spec_type));
            self.note(row.type_at, what, help);
            return self.of_known(spec_type, row, beside);
        }
        let example = beside.example.as_deref().and_then(of_example);
        let mut field = example.unwrap_or_else(any);
        let question = format!("{}. What is it?", upper(&what));
        let help = match beside.example {
            Some(_) => "used the example's",
            None => "read as free JSON",
        };
        self.ask(&mut field, row.type_at, question, help);
        field
    }
}
