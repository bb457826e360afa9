//! From rows to fields.

use std::rc::Rc;
use std::sync::LazyLock;

use super::placed::Question;
use super::shape::{misfit, object};
use super::values::is_placeholder;
use super::{At, Builder, FieldRow, Inferred, Node, SpecType, Ty, alike, capital, listed};
use crate::diagnostic::quoted;
use crate::spec::{Field, Fields, Shape};

/// All that says what a field holds, or a body as a whole.
#[derive(Clone)]
pub(super) struct Evidence<'a> {
    pub(super) row: &'a FieldRow,
    pub(super) example: Option<Rc<Inferred>>,
    pub(super) known: Option<SpecType<'a>>,
}

/// A body as a whole has no row of its own.
static NO_ROW: LazyLock<FieldRow> = LazyLock::new(FieldRow::default);

impl Evidence<'_> {
    /// The object that the example shows, whatever lists are around it.
    pub(super) fn object(&self) -> Option<&Inferred> {
        self.example.as_deref().and_then(Inferred::content)
    }

    /// Whether the spec has a list.
    pub(super) fn is_known_list(&self) -> bool {
        matches!(self.known.map(SpecType::resolved), Some(Shape::List(_)))
    }

    /// What is known of the elements of a list or the values of a map.
    pub(super) fn inside(&self, is_map: bool) -> Self {
        let example = self.example.as_ref().and_then(|example| {
            let object = || example.is_object().then(|| example.clone());
            if is_map {
                example.map_value()
            } else {
                example.element.clone().or_else(object)
            }
        });
        let known = self.known.and_then(|known| known.inside(is_map));
        let row = self.row;
        Self {
            row,
            example,
            known,
        }
    }
}

impl<'a> Evidence<'a> {
    pub(super) fn of_whole(example: Option<Rc<Inferred>>, known: Option<SpecType<'a>>) -> Self {
        let row = &NO_ROW;
        Self {
            row,
            example,
            known,
        }
    }
}

impl Builder<'_> {
    /// The fields that rows describe.
    pub(super) fn fields(&mut self, nodes: &[Node], of: &Evidence<'_>) -> Fields {
        let own: Vec<String> = nodes.iter().map(|node| node.row.name.clone()).collect();
        self.open.push(own.clone());
        let mut fields: Vec<(String, Field)> = Vec::new();
        for node in nodes {
            let row = &node.row;
            let (name, question) = self.name(row, &own, of);
            if let Some((_, first)) = fields.iter_mut().find(|(known, _)| *known == name) {
                // What was asked of this row is open for the first one now.
                ask(first, question);
                ask(first, row.question.clone());
                let message = format!("duplicate row {}", quoted(&row.name));
                let help = "kept the first row and what is inside it";
                self.findings
                    .left_out_rows(&node.lines(), row.at, message, help);
                continue;
            }
            let example = of.object();
            let shown = example.and_then(|one| one.field(&name).or_else(|| one.near(&row.name)));
            if example.is_some() && shown.is_none() {
                self.not_shown.push((name.clone(), row.at));
            }
            let known = of.known.and_then(|known| known.field(&name));
            let example = shown.cloned();
            let of = Evidence {
                row,
                example,
                known,
            };
            let mut field = self.within(&[&name], row.at, |builder| builder.field(node, &of));
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
        of: &Evidence<'_>,
    ) -> (String, Option<String>) {
        let known_names = of.known.map(SpecType::names).unwrap_or_default();
        if known_names.contains(&&*row.name) {
            return (row.name.clone(), None);
        }
        let name = quoted(&row.name);
        if !is_name(&row.name) {
            let question = format!("Is {name} the name of a field?");
            let help = "names usually consist of letters and digits; used it anyway";
            let question = self.findings.undecided(row.at, question, help);
            return (row.name.clone(), Some(question));
        }
        let is_other = |name: &str| alike(name, &row.name) && own.iter().all(|own| own != name);
        if let Some(known) = known_names.into_iter().find(|known| is_other(known)) {
            let message = format!("the page writes {name}, the spec {}", quoted(known));
            let help = "kept the spec's name; if it is wrong, fix it there";
            self.note(row.at, message, help);
            return (known.to_owned(), None);
        }
        let object = of.object().filter(|one| one.field(&row.name).is_none());
        let like = object.and_then(|object| object.names().find(|name| alike(name, &row.name)));
        let question = like.filter(|name| is_other(name)).map(|other| {
            let other = quoted(other);
            let question = format!("The table writes {name}, the example {other}. Which is right?");
            self.findings
                .undecided(row.at, question, "used the table's name")
        });
        (row.name.clone(), question)
    }

    /// The field of a row.
    pub(super) fn field(&mut self, node: &Node, of: &Evidence<'_>) -> Field {
        let row = &node.row;
        self.findings.took_row(row.line);
        let mut field = self.shape(&row.ty, Some(node), of);
        field.required = self.request && row.required == Some(true);
        field.success_flag = self.is_success_flag(row);
        field.doc = self.doc(row);
        ask(&mut field, row.question.clone());
        ask(&mut field, self.contradiction(of));
        ask(&mut field, self.encoding(of));
        // Where an object ends is asked once, and not of each of its rows.
        let asked = self.asked.contains(&row.line);
        let question = node.question.as_ref();
        if let Some(Question { text, .. }) = question.filter(|one| !(asked && one.further_out)) {
            let spec = "kept it in the first place, where the spec has it";
            let spec = of.known.map(|_| spec.to_owned());
            let help = "neither an example nor the spec shows it; move the field where it belongs";
            ask(&mut field, self.settle(row.at, text, "", spec, help));
        }
        field
    }

    /// What the page leaves open: the spec decides, if it can, and `spec` says what that means; otherwise a person
    /// does, who is asked a question.
    pub(super) fn settle(
        &mut self,
        at: At,
        message: &str,
        question: &str,
        spec: Option<String>,
        help: &str,
    ) -> Option<String> {
        if let Some(spec) = spec {
            self.note(at, message, spec);
            return None;
        }
        let message = match question {
            "" => message.to_owned(),
            question => format!("{}. {question}", capital(message)),
        };
        Some(self.findings.undecided(at, message, help))
    }

    /// A list in a query is JSON text, unless the spec says otherwise.
    fn encoding(&mut self, of: &Evidence<'_>) -> Option<String> {
        let example = of.example.as_deref()?;
        let text = quoted(example.samples.first()?);
        // Only values of a query and of headers are texts whose kind nobody knows.
        let is_text = example.kinds.is_empty();
        if !(is_text && matches!(of.row.ty, Ty::List(_) | Ty::Map(_) | Ty::Object)) {
            return None;
        }
        let name = quoted(&of.row.name);
        let question =
            format!("The example sends {name} as the text {text}. Is that how it is written?");
        let spec = of
            .known
            .map(|_| "the spec decides; check its `encoding`".to_owned());
        let help = "without `encoding` it is JSON text; the alternatives are `comma` and `indexed`";
        self.settle(of.row.at, &question, "", spec, help)
    }

    /// A type that the example does not fit: the spec decides, if it has the field.
    fn contradiction(&mut self, of: &Evidence<'_>) -> Option<String> {
        let row = of.row;
        let example = of.example.as_deref();
        let unfit = example.and_then(|example| Some((misfit(&row.ty, example)?, example.at)));
        let text = row
            .example
            .as_ref()
            .filter(|text| !fits_text(&row.ty, text));
        let text = text.map(|text| (format!("the text {}", quoted(text)), None));
        let (shows, at) = unfit.or(text)?;
        let at = at.unwrap_or(row.type_at);
        let said = row.ty.words();
        let message = format!("the table says {said}, the example shows {shows}");
        let (spec, help) = (of.known.map(SpecType::stays), "used the table's type");
        self.settle(at, &message, "Which is right?", spec, help)
    }

    /// An object with fields.
    pub(super) fn object(&mut self, nodes: &[Node], of: &Evidence<'_>) -> Field {
        let open = self.open_rows(nodes, of);
        self.asked.extend(open.iter().map(|row| row.line));
        let at = self.places.here();
        let fields = self.within(&["object"], at, |builder| builder.fields(nodes, of));
        let mut field = object(fields);
        if let Some(first) = open.first() {
            let names = listed(open.iter().map(|row| &row.name));
            let (are, them) = match open.len() {
                1 => ("Is", "a field"),
                _ => ("Are", "fields"),
            };
            let (object, line) = (of.row.shown(), of.row.line);
            let question =
                format!("{are} {names} {them} of {object} on line {line}, or of its parent?");
            let help = "neither an example nor the spec shows the object; move fields that belong elsewhere";
            let lines = open.iter().map(|row| row.line).collect();
            let question = self
                .findings
                .undecided_rows(lines, first.at, question, help);
            ask(&mut field, Some(question));
        }
        field
    }

    /// If neither an example nor the spec shows an object, nothing says where its rows end: these rows
    /// may as well belong further out.
    fn open_rows<'n>(&self, nodes: &'n [Node], of: &Evidence<'_>) -> Vec<&'n FieldRow> {
        let marked = nodes.iter().any(|node| node.row.depth.is_some());
        let in_spec = of.known.is_some_and(|known| !known.names().is_empty());
        if of.object().is_some() || in_spec || marked {
            return Vec::new();
        }
        // The first row behind an object is in it, unless it is of a type that may well have no rows, or in
        // another object, whose type it may have: that is not described again. A row whose name the outer ones
        // have already is in it too.
        let sure = of.row.ty.needs_fields() && self.open.len() == 1;
        let rows = nodes.iter().map(|node| &node.row).skip(usize::from(sure));
        let elsewhere = |row: &&FieldRow| self.open.iter().any(|names| !names.contains(&row.name));
        rows.filter(elsewhere).collect()
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
    word.starts_with(|c: char| c.is_ascii_alphabetic() || "_$@".contains(c))
        && word
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_-.$@:".contains(c))
}
