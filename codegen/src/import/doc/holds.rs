//! What a field holds: by its row's type, the rows inside it, the example and the spec.

use super::fields::{Beside, Maker, Objects, ask, held_names};
use super::inline::plain;
use super::named;
use super::rows::FieldRow;
use super::shape::{any, list, map, object, of_example, of_held, scalar};
use super::types::Ty;
use super::unsaid::is_json;
use super::words::{shown_name, upper, words, words_of};
use crate::diagnostic::{Step, shown};
use crate::spec::{Field, NamedType, ScalarOrNamed, Shape};

impl<'a> Maker<'_> {
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
            .and_then(|n| self.tree.fields.get(n))
            .cloned()
            .unwrap_or_default();
        let inside = number
            .and_then(|n| self.tree.inside.get(n))
            .copied()
            .flatten();
        match ty {
            Ty::Text if fields.is_empty() => self.values(row, beside, false),
            Ty::Integer if fields.is_empty() => self.values(row, beside, true),
            Ty::Number if fields.is_empty() => {
                self.no_enum(row, "a number", beside);
                scalar(ScalarOrNamed::Number)
            }
            Ty::Boolean if fields.is_empty() => {
                self.no_enum(row, "Boolean", beside);
                scalar(ScalarOrNamed::Boolean)
            }
            Ty::Any if fields.is_empty() => {
                self.no_enum(row, "Any", beside);
                if let Some(held) = beside.known.filter(|held| !is_json(*held)) {
                    self.spec_stays(held, row, "Any");
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

    fn object(&mut self, fields: &[usize], row: &FieldRow, beside: &Beside<'a>) -> Field {
        let known = beside.known;
        let names: Vec<String> = known.map(held_names).unwrap_or_default();
        let field = |name: &str| known.and_then(|held| held.field(name));
        let objects = Objects {
            example: beside.example.as_deref(),
            known: &field,
            known_names: &names,
        };
        self.places
            .enter(Step::Key("object".to_owned()), self.places.here());
        let made = self.fields(fields, objects);
        self.places.leave();
        let mut field = object(made);
        let question = self.boundary(fields, row, beside);
        ask(&mut field, question);
        field
    }

    /// Of an object that neither an example nor the spec shows, nothing says where its rows end.
    fn boundary(
        &mut self,
        fields: &[usize],
        object: &FieldRow,
        beside: &Beside<'_>,
    ) -> Option<String> {
        let example = beside.example.as_deref();
        let shown_somewhere = example.is_some_and(|example| example.content().is_some());
        let rows: Vec<FieldRow> = fields
            .iter()
            .filter_map(|number| self.row(*number))
            .cloned()
            .collect();
        let marked = rows.iter().any(|row| row.depth.is_some());
        let in_spec = beside
            .known
            .is_some_and(|held| !held_names(held).is_empty());
        if shown_somewhere || in_spec || marked {
            return None;
        }
        // The first row behind an object is in it; a row whose name the outer ones have already is too.
        let elsewhere = |row: &&FieldRow| self.open.iter().any(|names| !names.contains(&row.name));
        let open: Vec<&FieldRow> = rows.iter().skip(1).filter(elsewhere).collect();
        let first = open.first()?;
        let names: Vec<String> = open.iter().map(|row| shown(&row.name)).collect();
        let (are, them) = match names.len() {
            1 => ("Is", "a field"),
            _ => ("Are", "fields"),
        };
        let question = format!(
            "{are} {} {them} of {} in line {}, or of what it is in?",
            names.join(", "),
            shown_name(object),
            object.line
        );
        let help = "neither an example nor the spec shows the object; move what belongs elsewhere";
        Some(self.findings.undecided(first.at, question, help))
    }

    /// A type of single values, with rows inside: what the examples show is taken.
    fn contained(
        &mut self,
        ty: &Ty,
        fields: &[usize],
        row: &FieldRow,
        beside: &Beside<'a>,
    ) -> Field {
        let is_list = beside
            .example
            .as_deref()
            .is_some_and(|example| example.element.is_some())
            || beside
                .known
                .is_some_and(|held| matches!(held.resolved(), Shape::List(_)));
        let inner = self.object(fields, row, beside);
        let mut field = if is_list { list(inner) } else { inner };
        if beside.known.is_none() {
            let question = format!(
                "The table says {}, and describes fields. Which is right?",
                words(ty)
            );
            let question = self
                .findings
                .undecided(row.type_at, question, "the fields were taken");
            ask(&mut field, Some(question));
        }
        field
    }

    /// What a list's elements or a map's values hold.
    fn element(
        &mut self,
        inner: Option<&Ty>,
        fields: &[usize],
        inside: Option<usize>,
        row: &FieldRow,
        beside: &Beside<'a>,
        is_map: bool,
    ) -> Field {
        let step = if is_map { "map" } else { "list" };
        let beside = beside.inside(is_map);
        self.places
            .enter(Step::Key(step.to_owned()), self.places.here());
        let field = if let Some(number) = inside {
            let row = self.row(number).cloned();
            row.map_or_else(any, |row| self.inner_row(number, &row, &beside))
        } else {
            match inner {
                // `Array of Array` with fields behind it: they are in the innermost.
                Some(Ty::List(next)) if !fields.is_empty() => {
                    list(self.element(next.as_deref(), fields, None, row, &beside, false))
                }
                Some(Ty::Map(next)) if !fields.is_empty() => {
                    map(self.element(next.as_deref(), fields, None, row, &beside, true))
                }
                None if !fields.is_empty() && is_listed(&beside) => {
                    list(self.element(None, fields, None, row, &beside, false))
                }
                _ if !fields.is_empty() => self.object(fields, row, &beside),
                // What the description of a map lists are its keys as a rule.
                Some(Ty::Text) if is_map => scalar(ScalarOrNamed::String),
                Some(Ty::Integer) if is_map => scalar(ScalarOrNamed::Integer),
                Some(ty) => self.shape(ty, None, row, &beside),
                None => self.unknown_element(row, &beside, is_map),
            }
        };
        self.places.leave();
        field
    }

    /// What a row says that stands for the elements of the one before it.
    fn inner_row(&mut self, number: usize, row: &FieldRow, beside: &Beside<'a>) -> Field {
        self.findings.took_row(row.line);
        let mut field = self.shape(&row.ty, Some(number), row, beside);
        if self.with_text && (field.values.is_some() || field.object.is_some()) {
            let text = plain(&row.text);
            field.doc = (!text.is_empty()).then_some(text);
        }
        field
    }

    fn unknown_element(&mut self, row: &FieldRow, beside: &Beside<'a>, is_map: bool) -> Field {
        let what = if is_map {
            "values of the map"
        } else {
            "elements of the list"
        };
        if let Some(held) = beside.known {
            if matches!(held.resolved(), Shape::Object(_)) {
                self.told_by_spec(held, row, &format!("one of the {what}"));
            }
            // What the description of a map lists are its keys.
            return if is_map {
                of_held(held)
            } else {
                self.of_known(held, row, beside)
            };
        }
        let from_example = beside.example.as_deref().and_then(of_example);
        match from_example {
            // A map's keys look like fields, so an object's example says nothing of it.
            Some(field) if !is_map => {
                let single =
                    field.type_name.is_some() && field.type_name != Some(ScalarOrNamed::Json);
                if single {
                    let mut field = field;
                    if let Some(ScalarOrNamed::String) = field.type_name {
                        field = self.values(row, beside, false);
                    }
                    self.findings.note(
                        row.type_at,
                        format!("the table does not say what the {what} are"),
                        "the example's were taken",
                    );
                    return field;
                }
                let mut field = field;
                let question = format!(
                    "The table does not say what the {what} are. Are they as in the example?"
                );
                let question = self.findings.undecided(
                    row.type_at,
                    question,
                    "what the example shows was taken",
                );
                ask(&mut field, Some(question));
                field
            }
            _ => {
                if !is_map {
                    self.findings.note(
                        row.type_at,
                        format!("nothing says what the {what} are"),
                        "they were taken for free JSON",
                    );
                }
                any()
            }
        }
    }

    /// An object of which no row says what is in it.
    fn empty_object(&mut self, row: &FieldRow, beside: &Beside<'a>) -> Field {
        if let Some(held) = beside.known {
            self.told_by_spec(held, row, &shown_name(row));
            return of_held(held);
        }
        let shown = beside
            .example
            .as_deref()
            .filter(|example| example.is_object())
            .and_then(of_example);
        let Some(mut field) = shown else {
            self.findings.note(
                row.at,
                format!(
                    "nothing says what the object {} has inside",
                    shown_name(row)
                ),
                "it was taken for free JSON",
            );
            return any();
        };
        let question = format!(
            "The table does not say what {} has inside. Is it as in the example, or free JSON?",
            shown_name(row)
        );
        let question =
            self.findings
                .undecided(row.at, question, "what the example shows was taken");
        ask(&mut field, Some(question));
        field
    }

    /// A type with a name, which the page describes nowhere.
    fn named(&mut self, name: &str, row: &FieldRow, beside: &Beside<'a>) -> Field {
        if let Some(held) = beside.known {
            if held.type_name().is_none_or(|known| known != name) {
                let message = format!("the table names the type {}", shown(name));
                self.findings.note(
                    row.type_at,
                    message,
                    format!("the spec has {} here, which stays", words_of(held)),
                );
            }
            return self.of_known(held, row, beside);
        }
        let sketch = beside
            .example
            .as_deref()
            .and_then(|example| example.content());
        let Some(sketch) = sketch else {
            let question = format!(
                "The page does not describe the type {}. What is it?",
                shown(name)
            );
            let question =
                self.findings
                    .undecided(row.type_at, question, "it was taken for free JSON");
            let mut field = any();
            ask(&mut field, Some(question));
            return field;
        };
        let question = format!(
            "The page does not describe the type {}. Are its fields those of the example?",
            shown(name)
        );
        let help = "what the example shows was taken; describe the type under `types`";
        let question = self.findings.undecided(row.type_at, question, help);
        if !self.types.iter().any(|(known, _)| known == name) {
            let fields = named::fields(name, sketch);
            let def = NamedType {
                object: Some(fields),
                ..NamedType::default()
            };
            self.types.push((name.to_owned(), def));
        }
        let mut field = scalar(ScalarOrNamed::Named(name.to_owned()));
        ask(&mut field, Some(question));
        field
    }

    /// A type that the table does not say, or not in words that are known.
    fn unclear(&mut self, ty: &Ty, row: &FieldRow, beside: &Beside<'a>) -> Field {
        let what = match ty {
            Ty::Unclear(words) => format!("{} is no type that is known", shown(words)),
            _ => "the table does not say the type".to_owned(),
        };
        if let Some(held) = beside.known {
            self.findings.note(
                row.type_at,
                what,
                format!("the spec has {}, which stays", words_of(held)),
            );
            return self.of_known(held, row, beside);
        }
        let example = beside.example.as_deref().and_then(of_example);
        let mut field = example.unwrap_or_else(any);
        let question = format!("{}. What is it?", upper(&what));
        let help = if beside.example.is_some() {
            "the example's was taken"
        } else {
            "it was taken for free JSON"
        };
        let question = self.findings.undecided(row.type_at, question, help);
        ask(&mut field, Some(question));
        field
    }
}

/// Whether what is inside is a list of what rows describe, as the spec has it: `Map` alone does not say it.
fn is_listed(beside: &Beside<'_>) -> bool {
    beside
        .known
        .is_some_and(|held| matches!(held.resolved(), Shape::List(_)))
}

impl Beside<'_> {
    /// What is known of the elements or values.
    fn inside(&self, is_map: bool) -> Self {
        let example = self.example.as_ref().and_then(|example| {
            if is_map {
                example.map_value()
            } else {
                example
                    .element
                    .clone()
                    .or_else(|| example.is_object().then(|| example.clone()))
            }
        });
        let known = self
            .known
            .and_then(|held| if is_map { held.value() } else { held.element() });
        Self { example, known }
    }
}
