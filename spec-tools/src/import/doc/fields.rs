//! From rows to fields.

use std::rc::Rc;

use super::builder::Builder;
use super::inferred::{Inferred, alike};
use super::inline::plain;
use super::placed::Question;
use super::rows::FieldRow;
use super::shape::misfit;
use super::spec_type::SpecType;
use super::types::Ty;
use super::values::is_placeholder;
use super::words::{words, words_of};
use crate::diagnostic::{Step, quoted};
use crate::spec::{Field, Fields, Shape};

/// What is known of a field, or of what holds fields, besides its rows.
#[derive(Clone, Default)]
pub(super) struct Beside<'a> {
    pub(super) example: Option<Rc<Inferred>>,
    pub(super) known: Option<SpecType<'a>>,
}

impl Beside<'_> {
    /// The object that the example shows, whatever lists stand around it.
    pub(super) fn object(&self) -> Option<&Inferred> {
        self.example.as_deref().and_then(Inferred::content)
    }

    /// Whether the spec has a list.
    pub(super) fn is_known_list(&self) -> bool {
        let shape = self.known.map(SpecType::resolved);
        matches!(shape, Some(Shape::List(_)))
    }
}

impl<'a> Builder<'a> {
    pub(super) fn row(&self, number: usize) -> Option<&FieldRow> {
        self.placed.rows.get(number)
    }

    /// The fields that rows describe.
    pub(super) fn fields(&mut self, numbers: &[usize], beside: &Beside<'a>) -> Fields {
        let own: Vec<String> = numbers
            .iter()
            .filter_map(|n| self.row(*n))
            .map(|row| row.name.clone())
            .collect();
        self.open.push(own.clone());
        let mut fields: Vec<(String, Field)> = Vec::new();
        for number in numbers {
            let Some(row) = self.row(*number).cloned() else {
                continue;
            };
            let (name, question) = self.name(&row, &own, beside);
            if let Some((_, first)) = fields.iter_mut().find(|(known, _)| *known == name) {
                // What was asked of this row is open for the first one now.
                ask(first, question);
                ask(first, row.question.clone());
                self.repeated(*number, &row);
                continue;
            }
            let example = beside.object();
            let shown =
                example.and_then(|object| object.field(&name).or_else(|| object.near(&row.name)));
            if example.is_some() && shown.is_none() {
                self.not_shown.push((name.clone(), row.at));
            }
            let beside = Beside {
                example: shown.cloned(),
                known: beside.known.and_then(|spec_type| spec_type.field(&name)),
            };
            self.places.enter(Step::Key(name.clone()), row.at);
            let mut field = self.field(*number, &row, &beside);
            self.places.leave();
            ask(&mut field, question);
            fields.push((name, field));
        }
        self.open.pop();
        fields.into_iter().collect()
    }

    /// The name of a field, which the spec or the example may write otherwise.
    fn name(
        &mut self,
        row: &FieldRow,
        own: &[String],
        beside: &Beside<'_>,
    ) -> (String, Option<String>) {
        let known_names = beside.known.map(field_names).unwrap_or_default();
        if known_names.contains(&row.name) {
            return (row.name.clone(), None);
        }
        let name = quoted(&row.name);
        if !is_name(&row.name) {
            let question = format!("Is {name} the name of a field?");
            let help = "names usually consist of letters and digits; used it anyway";
            let question = self.findings.undecided(row.at, question, help);
            return (row.name.clone(), Some(question));
        }
        let is_own = |name: &str| own.iter().any(|own| own == name);
        let mut known = known_names.into_iter();
        if let Some(known) = known.find(|known| alike(known, &row.name) && !is_own(known)) {
            let message = format!("the page writes {name}, the spec {}", quoted(&known));
            let help = "kept the spec's name; if it is wrong, fix it there";
            self.note(row.at, message, help);
            return (known, None);
        }
        let object = beside
            .object()
            .filter(|object| object.field(&row.name).is_none());
        let like = object.and_then(|object| object.field_like(&row.name));
        let question = like.filter(|(name, _)| !is_own(name)).map(|(other, _)| {
            let other = quoted(other);
            let question = format!("The table writes {name}, the example {other}. Which is right?");
            self.findings
                .undecided(row.at, question, "used the table's name")
        });
        (row.name.clone(), question)
    }

    /// A second row of a name in one object.
    fn repeated(&mut self, number: usize, row: &FieldRow) {
        let inside = self.placed.all_inside(number);
        let rows = inside.iter().filter_map(|number| self.row(*number));
        let lines: Vec<usize> = rows.map(|row| row.line).collect();
        let message = format!("duplicate row {}", quoted(&row.name));
        let help = "kept the first row and what is inside it";
        self.findings.left_out_rows(&lines, row.at, message, help);
    }

    /// The field of a row.
    pub(super) fn field(&mut self, number: usize, row: &FieldRow, beside: &Beside<'a>) -> Field {
        self.findings.took_row(row.line);
        let mut field = self.shape(&row.ty, Some(number), row, beside);
        if self.request && row.required == Some(true) {
            field.required = true;
        }
        field.success_flag = self.is_success_flag(row);
        if self.options.with_text {
            let text = plain(&row.text);
            field.doc = (!text.is_empty()).then_some(text);
        }
        ask(&mut field, row.question.clone());
        let question = self.contradiction(row, beside);
        ask(&mut field, question);
        let question = self.encoding(row, beside);
        ask(&mut field, question);
        let question = self.placed.questions.get(number).cloned().flatten();
        // Where an object ends is asked once, and not of each of its rows.
        let asked = |question: &Question| question.further_out && self.asked.contains(&number);
        if let Some(question) = question.filter(|question| !asked(question)) {
            if beside.known.is_some() {
                let help = "kept it in the first place, where the spec has it";
                self.note(row.at, question.text, help);
            } else {
                let help =
                    "neither an example nor the spec shows it; move the field where it belongs";
                self.ask(&mut field, row.at, question.text, help);
            }
        }
        field
    }

    /// A list in a query is JSON text, unless the spec says otherwise.
    fn encoding(&mut self, row: &FieldRow, beside: &Beside<'_>) -> Option<String> {
        let example = beside.example.as_deref()?;
        let text = quoted(example.samples.first()?);
        // Only values of a query and of headers are texts whose kind nobody knows.
        if !(example.kinds.is_empty() && matches!(row.ty, Ty::List(_) | Ty::Map(_) | Ty::Object)) {
            return None;
        }
        let name = quoted(&row.name);
        let question =
            format!("The example sends {name} as the text {text}. Is that how it is written?");
        if beside.known.is_some() {
            let help = "the spec decides; check its `encoding`";
            self.note(row.at, question, help);
            return None;
        }
        let help = "without `encoding` it is JSON text; the alternatives are `comma` and `indexed`";
        Some(self.findings.undecided(row.at, question, help))
    }

    /// A type that the example does not fit: the spec decides, if it has the field.
    fn contradiction(&mut self, row: &FieldRow, beside: &Beside<'_>) -> Option<String> {
        let example = beside.example.as_deref();
        let (shows, at) = match (
            example.and_then(|example| misfit(&row.ty, example)),
            &row.example,
        ) {
            (Some(shows), _) => (shows, example.and_then(|example| example.at)),
            (None, Some(text)) if !fits_text(&row.ty, text) => {
                (format!("the text {}", quoted(text)), None)
            }
            _ => return None,
        };
        let at = at.unwrap_or(row.type_at);
        let said = words(&row.ty);
        if let Some(spec_type) = beside.known {
            let message = format!("the table says {said}, the example shows {shows}");
            let help = format!("kept {} from the spec", words_of(spec_type));
            self.note(at, message, help);
            return None;
        }
        let question = format!("The table says {said}, the example shows {shows}. Which is right?");
        Some(
            self.findings
                .undecided(at, question, "used the table's type"),
        )
    }
}

/// The names of the fields of what the spec has.
pub(super) fn field_names(spec_type: SpecType<'_>) -> Vec<String> {
    match spec_type.resolved() {
        Shape::Object(fields) => fields.iter().map(|(name, _)| name.clone()).collect(),
        _ => Vec::new(),
    }
}

/// Adds a question to those of a field.
pub(super) fn ask(field: &mut Field, question: Option<String>) {
    let Some(question) = question else { return };
    field.undecided = Some(match field.undecided.take() {
        Some(first) if first.contains(&question) => first,
        Some(first) => format!("{first} {question}"),
        None => question,
    });
}

/// Whether the text of an example fits a single type.
fn fits_text(ty: &Ty, text: &str) -> bool {
    is_placeholder(text)
        || match ty {
            Ty::Integer => text.parse::<i64>().is_ok(),
            Ty::Number => text.parse::<f64>().is_ok(),
            Ty::Boolean => matches!(text.to_ascii_lowercase().as_str(), "true" | "false"),
            _ => true,
        }
}

/// Whether a word looks like a name on the wire.
fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '$' | '@'))
        && word
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '$' | '@' | ':'))
}
