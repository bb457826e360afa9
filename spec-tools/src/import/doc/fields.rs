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
use crate::diagnostic::{Step, shown};
use crate::spec::{Field, Fields, Shape};

/// What is known of a field, or of what holds fields, beside its rows.
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
        if !is_name(&row.name) {
            let question = format!("Is {} the name of a field?", shown(&row.name));
            let help = "names on the wire are made of letters and digits as a rule; it was taken";
            let question = self.findings.undecided(row.at, question, help);
            return (row.name.clone(), Some(question));
        }
        let known = known_names
            .iter()
            .find(|name| alike(name, &row.name) && !own.contains(name));
        if let Some(known) = known {
            let message = format!(
                "the page writes {}, the spec {}",
                shown(&row.name),
                shown(known)
            );
            self.findings.note(
                row.at,
                message,
                "the spec's name stays; if it is wrong, mend it there",
            );
            return (known.clone(), None);
        }
        let other = beside
            .object()
            .and_then(|object| match object.field(&row.name) {
                Some(_) => None,
                None => object
                    .field_like(&row.name)
                    .filter(|(name, _)| !own.iter().any(|own| own == name)),
            });
        let Some((other, _)) = other else {
            return (row.name.clone(), None);
        };
        let question = format!(
            "The table writes {}, the example {}. Which is right?",
            shown(&row.name),
            shown(other)
        );
        let question = self
            .findings
            .undecided(row.at, question, "the table's name was taken");
        (row.name.clone(), Some(question))
    }

    /// A second row of a name in one object.
    fn repeated(&mut self, number: usize, row: &FieldRow) {
        let lines: Vec<usize> = self
            .placed
            .all_inside(number)
            .iter()
            .filter_map(|n| self.row(*n))
            .map(|row| row.line)
            .collect();
        let message = format!("{} stands here twice", shown(&row.name));
        self.findings.left_out_rows(
            &lines,
            row.at,
            message,
            "the first row was taken, with what is inside it",
        );
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
            let question = question.text;
            if beside.known.is_some() {
                self.findings.note(
                    row.at,
                    question,
                    "the spec has it in the first place, where it stays",
                );
            } else {
                let help = "neither an example nor the spec tells; move the field where it belongs";
                self.ask(&mut field, row.at, question, help);
            }
        }
        field
    }

    /// A list in a query is JSON text, unless the spec says otherwise.
    fn encoding(&mut self, row: &FieldRow, beside: &Beside<'_>) -> Option<String> {
        let example = beside.example.as_deref()?;
        let text = example.samples.first()?;
        // Only values of a query and of headers are texts whose kind nobody knows.
        if !(example.kinds.is_empty() && matches!(row.ty, Ty::List(_) | Ty::Map(_) | Ty::Object)) {
            return None;
        }
        let question = format!(
            "The example sends {} as the text {}. Is that how it is written?",
            shown(&row.name),
            shown(text)
        );
        if beside.known.is_some() {
            let help = "the spec says how; look whether it has the right `encoding`";
            self.findings.note(row.at, question, help);
            return None;
        }
        let help = "without `encoding` it is JSON text; `comma` and `indexed` are other ways";
        let question = self.findings.undecided(row.at, question, help);
        Some(question)
    }

    /// A type that the example does not fit: the spec decides, if it has the field.
    fn contradiction(&mut self, row: &FieldRow, beside: &Beside<'_>) -> Option<String> {
        let example = beside.example.as_deref();
        let shows = example.and_then(|example| misfit(&row.ty, example));
        let (shows, at) = match (shows, &row.example) {
            (Some(shows), _) => (shows, example.and_then(|example| example.at)),
            (None, Some(text)) if !fits_text(&row.ty, text) => {
                (format!("the text {}", shown(text)), None)
            }
            _ => return None,
        };
        let said = words(&row.ty);
        if let Some(spec_type) = beside.known {
            let stands = words_of(spec_type);
            let message = format!("the table says {said}, the example shows {shows}");
            self.findings.note(
                at.unwrap_or(row.type_at),
                message,
                format!("the spec has {stands}, which stays"),
            );
            return None;
        }
        let question = format!("The table says {said}, the example shows {shows}. Which is right?");
        let question = self.findings.undecided(
            at.unwrap_or(row.type_at),
            question,
            "the table's type was taken",
        );
        Some(question)
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
