//! The values that a field's description lists, as an enum.

use super::enums::{self, Note};
use super::shape::{scalar, single};
use super::{Builder, Evidence, FieldRow};
use crate::diagnostic::quoted;
use crate::spec::{EnumKey, EnumValue, Field, ScalarOrNamed};

impl Builder<'_> {
    /// Whether a field says whether the call worked: a boolean at the top of a reply that is named so, and whose
    /// description says that its two values are success and failure.
    pub(super) fn is_success_flag(&self, row: &FieldRow) -> bool {
        let at_top = !self.request && self.open.len() == 1;
        let named = row.name.to_ascii_lowercase().ends_with("success");
        let mut truths = self.truths.iter();
        let listed = truths.any(|(name, at)| *name == row.name && *at == row.text_at);
        let text = row.text.to_lowercase();
        let says = |words: [&str; 2]| words.iter().all(|word| text.contains(word));
        at_top && named && listed && (says(["成功", "失败"]) || says(["success", "fail"]))
    }

    /// Reports what the description lists for a field that has no enum: a boolean, a number, anything.
    pub(super) fn no_enum(&mut self, ty: &str, of: &Evidence<'_>) {
        let (row, found) = (of.row, self.find_values(of, false));
        let mut words: Vec<String> = found.values.into_iter().map(|value| value.text).collect();
        for note in found.notes {
            match note {
                Note::Truth | Note::Table => self.value_note(row, &note),
                Note::NotTaken(others) => words.extend(others),
                Note::Others(_) | Note::Twice(_) => {}
            }
        }
        if words.is_empty() {
            return;
        }
        let (name, all) = (row.shown(), words.join(", "));
        let are = match words.len() {
            1 => "is listed as a value",
            _ => "are listed as values",
        };
        let message = format!("{all} {are} of {name}, whose type is {ty}");
        let help = "this type has no enum; if these values are sent, fix the type";
        self.findings.left_out(row.text_at, message, help);
    }

    fn find_values(&self, of: &Evidence<'_>, integer: bool) -> enums::Found {
        let shown = of.example.iter().flat_map(|example| &example.samples);
        let all = shown
            .chain(&of.row.example)
            .filter(|text| !is_placeholder(text));
        enums::find(&enums::Ask {
            raw: &of.row.text,
            integer,
            examples: &all.cloned().collect::<Vec<_>>(),
            is_field: &|word| self.names.contains(word),
        })
    }

    /// A string or an integer, with the values that its description lists.
    pub(super) fn values(&mut self, of: &Evidence<'_>, integer: bool) -> Field {
        let found = self.find_values(of, integer);
        for note in &found.notes {
            self.value_note(of.row, note);
        }
        if found.values.is_empty() {
            return scalar(single(integer));
        }
        let values = found.values.into_iter().map(|value| {
            let key = match value.text.parse() {
                Ok(number) if integer => EnumKey::Integer(number),
                _ => EnumKey::Text(value.text),
            };
            let meaning = Some(value.meaning);
            let doc = meaning.filter(|text| self.options.with_text && !text.is_empty());
            (key, EnumValue::Doc(doc))
        });
        Field {
            type_name: integer.then_some(ScalarOrNamed::Integer),
            values: Some(values.collect()),
            ..Field::default()
        }
    }

    fn value_note(&mut self, row: &FieldRow, note: &Note) {
        let at = row.text_at;
        let name = row.shown();
        let (message, help) = match note {
            Note::Truth => return self.truths.push((row.name.clone(), at)),
            Note::Twice(word) => {
                let message = format!("duplicate value {}", quoted(word));
                return self.note(at, message, "kept it once");
            }
            Note::NotTaken(words) => (
                format!("{} could be values of {name}", words.join(", ")),
                "the description does not say so; if they are, add them as `enum`",
            ),
            Note::Others(count) => {
                let items = match count {
                    1 => "an item".to_owned(),
                    _ => format!("{count} items"),
                };
                (
                    format!("{items} in the list of values of {name} could not be read as values"),
                    "check whether one of them is a value",
                )
            }
            Note::Table => (
                format!("the description of {name} contains a table"),
                "if it lists values, add them as `enum`",
            ),
        };
        self.findings.left_out(at, message, help);
    }
}

/// Whether an example is a placeholder: `xxx`, `***`.
pub(super) fn is_placeholder(text: &str) -> bool {
    text.chars().all(|c| "xX*.-…".contains(c)) || matches!(text, "String" | "string" | "null")
}
