//! From rows to fields.

use std::collections::BTreeSet;
use std::rc::Rc;

use super::enums;
use super::finding::Findings;
use super::inline::plain;
use super::known::Held;
use super::places::Places;
use super::rows::FieldRow;
use super::shape::{any, list, map, misfit, object, of_example, of_held, scalar};
use super::sketch::{Sketch, alike};
use super::source::At;
use super::tree::Tree;
use super::types::Ty;
use crate::diagnostic::{Step, shown};
use crate::spec::{EnumKey, EnumValue, Field, Fields, NamedType, Ordered, ScalarOrNamed, Shape};

/// What fields are made with.
pub(super) struct Maker<'a> {
    pub(super) rows: &'a [FieldRow],
    pub(super) tree: &'a Tree,
    pub(super) findings: &'a mut Findings,
    pub(super) places: &'a mut Places,
    /// All names of parameters and fields in the page.
    pub(super) names: &'a BTreeSet<String>,
    /// Types that the page names and describes nowhere; their fields are from examples.
    pub(super) types: &'a mut Vec<(String, NamedType)>,
    /// Whether descriptions are taken over.
    pub(super) with_text: bool,
    /// Whether the fields are of a request: those of a reply are not required.
    pub(super) request: bool,
    /// Booleans whose description lists both values.
    pub(super) truths: Vec<(String, At)>,
    /// Fields that the example does not have.
    pub(super) not_shown: Vec<(String, At)>,
}

/// What is known of a field beside its row.
#[derive(Clone, Default)]
pub(super) struct Beside<'a> {
    pub(super) example: Option<Rc<Sketch>>,
    pub(super) known: Option<Held<'a>>,
}

/// What is known of an object beside its rows.
#[derive(Clone, Copy)]
pub(super) struct Objects<'a, 'f> {
    pub(super) example: Option<&'f Sketch>,
    pub(super) known: &'f dyn Fn(&str) -> Option<Held<'a>>,
    pub(super) known_names: &'f [String],
}

impl<'a> Maker<'_> {
    fn row(&self, number: usize) -> Option<&FieldRow> {
        self.rows.get(number)
    }

    /// The fields that rows describe.
    pub(super) fn fields(&mut self, numbers: &[usize], beside: Objects<'a, '_>) -> Fields {
        let own: Vec<String> = numbers
            .iter()
            .filter_map(|n| self.row(*n))
            .map(|row| row.name.clone())
            .collect();
        let mut fields: Vec<(String, Field)> = Vec::new();
        for number in numbers {
            let Some(row) = self.row(*number).cloned() else {
                continue;
            };
            let (name, question) = self.name(&row, &own, beside);
            if fields.iter().any(|(known, _)| *known == name) {
                self.repeated(*number, &row);
                continue;
            }
            let example = beside.example.and_then(Sketch::content);
            let shown = example.and_then(|object| {
                object
                    .field(&name)
                    .or_else(|| object.field(&row.name))
                    .or_else(|| object.field_like(&row.name).map(|(_, field)| field))
            });
            if example.is_some() && shown.is_none() {
                self.not_shown.push((name.clone(), row.at));
            }
            let beside = Beside {
                example: shown.cloned(),
                known: (beside.known)(&name),
            };
            self.places.enter(Step::Key(name.clone()), row.at);
            let mut field = self.field(*number, &row, &beside);
            self.places.leave();
            ask(&mut field, question);
            fields.push((name, field));
        }
        fields.into_iter().collect()
    }

    /// The name of a field, which the spec or the example may write otherwise.
    fn name(
        &mut self,
        row: &FieldRow,
        own: &[String],
        beside: Objects<'_, '_>,
    ) -> (String, Option<String>) {
        if beside.known_names.contains(&row.name) {
            return (row.name.clone(), None);
        }
        let known = beside
            .known_names
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
        let object = beside.example.and_then(Sketch::content);
        let other = object.and_then(|object| match object.field(&row.name) {
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
        self.findings
            .undecided(row.at, question.clone(), "the table's name was taken");
        (row.name.clone(), Some(question))
    }

    /// A second row of a name in one object.
    fn repeated(&mut self, number: usize, row: &FieldRow) {
        let lines: Vec<usize> = self
            .tree
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
        if self.with_text {
            let text = plain(&row.text);
            field.doc = (!text.is_empty()).then_some(text);
        }
        let question = self.contradiction(row, beside);
        ask(&mut field, question);
        if let Some(question) = self.tree.questions.get(number).cloned().flatten() {
            if beside.known.is_some() {
                self.findings.note(
                    row.at,
                    question,
                    "the spec has it in the first place, where it stays",
                );
            } else {
                let help = "neither an example nor the spec tells; move the field where it belongs";
                self.findings.undecided(row.at, question.clone(), help);
                ask(&mut field, Some(question));
            }
        }
        field
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
        if let Some(held) = beside.known {
            let stands = words_of(held);
            let message = format!("the table says {said}, the example shows {shows}");
            self.findings.note(
                at.unwrap_or(row.type_at),
                message,
                format!("the spec has {stands}, which stays"),
            );
            return None;
        }
        let question = format!("The table says {said}, the example shows {shows}. Which is right?");
        self.findings.undecided(
            at.unwrap_or(row.type_at),
            question.clone(),
            "the table's type was taken",
        );
        Some(question)
    }

    /// What a row of a type holds. `number` is the row if the type is all of its type, and not that
    /// of its elements.
    fn shape(
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
            Ty::Number if fields.is_empty() => scalar(ScalarOrNamed::Number),
            Ty::Boolean if fields.is_empty() => {
                self.truth(row);
                scalar(ScalarOrNamed::Boolean)
            }
            Ty::Any if fields.is_empty() => any(),
            Ty::List(inner) => {
                let element = self.element(inner.as_deref(), &fields, inside, row, beside, false);
                list(element)
            }
            Ty::Map(inner) => {
                let value = self.element(inner.as_deref(), &fields, inside, row, beside, true);
                map(value)
            }
            Ty::Object | Ty::Named(_) if !fields.is_empty() => self.object(&fields, beside),
            Ty::Named(name) => self.named(name, row, beside),
            // Rows inside what should have none: an example shows that it is an object.
            _ if !fields.is_empty() => self.contained(ty, &fields, row, beside),
            Ty::Object => self.empty_object(row, beside),
            _ => self.unclear(ty, row, beside),
        }
    }

    fn object(&mut self, fields: &[usize], beside: &Beside<'a>) -> Field {
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
        let fields = self.fields(fields, objects);
        self.places.leave();
        object(fields)
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
        let inner = self.object(fields, beside);
        let mut field = if is_list { list(inner) } else { inner };
        if beside.known.is_none() {
            let question = format!(
                "The table says {}, and describes fields. Which is right?",
                words(ty)
            );
            self.findings
                .undecided(row.type_at, question.clone(), "the fields were taken");
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
                _ if !fields.is_empty() => self.object(fields, &beside),
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
            return of_held(held);
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
                self.findings.undecided(
                    row.type_at,
                    question.clone(),
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
        self.findings
            .undecided(row.at, question.clone(), "what the example shows was taken");
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
            return of_held(held);
        }
        let question = format!(
            "The page does not describe the type {}. Are its fields those of the example?",
            shown(name)
        );
        let shown = beside
            .example
            .as_deref()
            .and_then(|example| example.content());
        let Some(sketch) = shown else {
            let question = format!(
                "The page does not describe the type {}. What is it?",
                shown_word(name)
            );
            self.findings
                .undecided(row.type_at, question.clone(), "it was taken for free JSON");
            let mut field = any();
            ask(&mut field, Some(question));
            return field;
        };
        self.findings.undecided(
            row.type_at,
            question.clone(),
            "what the example shows was taken; describe the type under `types`",
        );
        if !self.types.iter().any(|(known, _)| known == name) {
            let fields = super::named::fields(name, sketch);
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
            return of_held(held);
        }
        let example = beside.example.as_deref().and_then(of_example);
        let mut field = example.unwrap_or_else(any);
        let question = format!("{}. What is it?", upper(&what));
        let help = if beside.example.is_some() {
            "the example's was taken"
        } else {
            "it was taken for free JSON"
        };
        self.findings.undecided(row.type_at, question.clone(), help);
        ask(&mut field, Some(question));
        field
    }

    fn truth(&mut self, row: &FieldRow) {
        let found = self.find_values(row, &[], false);
        if found.notes.contains(&enums::Note::Truth) {
            self.truths.push((row.name.clone(), row.text_at));
        }
    }

    fn find_values(&self, row: &FieldRow, examples: &[String], integer: bool) -> enums::Found {
        enums::find(&enums::Ask {
            raw: &row.text,
            integer,
            examples,
            is_field: &|word| self.names.contains(word),
        })
    }

    /// A text or a whole number, with the values that its description lists.
    fn values(&mut self, row: &FieldRow, beside: &Beside<'_>, integer: bool) -> Field {
        let plain_type = if integer {
            ScalarOrNamed::Integer
        } else {
            ScalarOrNamed::String
        };
        let mut examples = beside
            .example
            .as_deref()
            .map(|example| example.samples.clone())
            .unwrap_or_default();
        examples.extend(row.example.clone());
        examples.retain(|example| !is_placeholder(example));
        let found = self.find_values(row, &examples, integer);
        for note in &found.notes {
            self.value_note(row, note);
        }
        if found.values.is_empty() {
            return scalar(plain_type);
        }
        let values: Ordered<EnumKey, EnumValue> = found
            .values
            .iter()
            .map(|value| {
                let key = match value.text.parse::<i64>() {
                    Ok(number) if integer => EnumKey::Integer(number),
                    _ => EnumKey::Text(value.text.clone()),
                };
                let meaning =
                    (self.with_text && !value.meaning.is_empty()).then(|| value.meaning.clone());
                (key, EnumValue::Doc(meaning))
            })
            .collect();
        Field {
            type_name: integer.then_some(ScalarOrNamed::Integer),
            values: Some(values),
            ..Field::default()
        }
    }

    fn value_note(&mut self, row: &FieldRow, note: &enums::Note) {
        let at = row.text_at;
        match note {
            enums::Note::Truth => self.truths.push((row.name.clone(), at)),
            enums::Note::NotTaken(words) => {
                let message = format!(
                    "{} could be values of {}",
                    words.join(", "),
                    shown_name(row)
                );
                self.findings.left_out(
                    at,
                    message,
                    "the description does not say so; if they are, add them as `enum`",
                );
            }
            enums::Note::Others(count) => {
                let items = if *count == 1 {
                    "an item".to_owned()
                } else {
                    format!("{count} items")
                };
                let message = format!(
                    "{items} in the list of values of {} could not be read as values",
                    shown_name(row)
                );
                self.findings
                    .left_out(at, message, "look whether a value is among them");
            }
            enums::Note::Twice(word) => {
                self.findings.note(
                    at,
                    format!("the value {} stands here twice", shown(word)),
                    "it was taken once",
                );
            }
        }
    }
}

impl<'a> Beside<'a> {
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

/// The names of the fields of what the spec has.
pub(super) fn held_names(held: Held<'_>) -> Vec<String> {
    match held.resolved() {
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

/// Whether an example that stands for nothing: `xxx`, `***`.
fn is_placeholder(text: &str) -> bool {
    text.is_empty()
        || text
            .chars()
            .all(|c| matches!(c, 'x' | 'X' | '*' | '.' | '-' | '…'))
        || matches!(text, "String" | "string" | "null")
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

fn shown_name(row: &FieldRow) -> String {
    if row.name.is_empty() {
        "the elements".to_owned()
    } else {
        shown(&row.name)
    }
}

fn shown_word(word: &str) -> String {
    shown(word)
}

fn upper(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}

/// A type in words.
fn words(ty: &Ty) -> String {
    let name = match ty {
        Ty::Text => "String",
        Ty::Integer => "a whole number",
        Ty::Number => "a number",
        Ty::Boolean => "Boolean",
        Ty::Any => "Any",
        Ty::Object => "Object",
        Ty::List(_) => "Array",
        Ty::Map(_) => "Map",
        Ty::Named(name) => return format!("the type {}", shown(name)),
        Ty::Missing => "nothing",
        Ty::Unclear(words) => return shown(words),
    };
    name.to_owned()
}

/// What the spec has, in words.
fn words_of(held: Held<'_>) -> String {
    match held.shape {
        Shape::Name(name) => match name {
            ScalarOrNamed::String => "`string`".to_owned(),
            ScalarOrNamed::Integer => "`integer`".to_owned(),
            ScalarOrNamed::Number => "`number`".to_owned(),
            ScalarOrNamed::Boolean => "`boolean`".to_owned(),
            ScalarOrNamed::Json => "`json`".to_owned(),
            ScalarOrNamed::Named(name) => shown(name),
        },
        Shape::Enum(..) => "an enum".to_owned(),
        Shape::List(_) => "a list".to_owned(),
        Shape::Map(_) => "a map".to_owned(),
        Shape::Object(_) => "an object".to_owned(),
    }
}
