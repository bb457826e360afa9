//! What a field holds: by its row's type, the rows inside it, the example and the spec.

use super::builder::Builder;
use super::fields::Beside;
use super::inline::capital;
use super::placed::Node;
use super::rows::FieldRow;
use super::shape::{any, list, map, of_example, of_spec_type, of_type, scalar};
use super::spec_type::SpecType;
use super::types::Ty;
use crate::diagnostic::quoted;
use crate::spec::{Field, NamedType, ScalarOrNamed, Shape};

impl Builder<'_> {
    /// What a row of a type holds. `node` is the row if the type is all of its type, and not that
    /// of its elements.
    pub(super) fn shape(
        &mut self,
        ty: &Ty,
        node: Option<&Node>,
        row: &FieldRow,
        beside: &Beside<'_>,
    ) -> Field {
        let fields = node.map_or(&[][..], |node| &node.fields);
        match ty {
            Ty::List(inner) => self.container(inner.as_deref(), false, node, row, beside),
            Ty::Map(inner) => self.container(inner.as_deref(), true, node, row, beside),
            Ty::Object | Ty::Named(_) if !fields.is_empty() => self.object(fields, row, beside),
            // Rows inside what should have none: an example shows that it is an object.
            _ if !fields.is_empty() => self.contained(ty, fields, row, beside),
            Ty::Text => self.values(row, beside, false),
            Ty::Integer => self.values(row, beside, true),
            Ty::Number | Ty::Boolean | Ty::Any => {
                self.no_enum(row, &ty.words(), beside);
                match (ty, beside.known) {
                    (Ty::Number, _) => return scalar(ScalarOrNamed::Number),
                    (Ty::Boolean, _) => return scalar(ScalarOrNamed::Boolean),
                    (_, Some(known)) if !known.is_json() => self.spec_stays(known, row, "Any"),
                    _ => {}
                }
                any()
            }
            Ty::Object => self.empty_object(row, beside),
            Ty::Named(name) => self.named(name, row, beside),
            Ty::Missing | Ty::Unclear(_) => self.unclear(ty, row, beside),
        }
    }

    /// A list or a map, by what its elements or values hold.
    fn container(
        &mut self,
        inner: Option<&Ty>,
        is_map: bool,
        node: Option<&Node>,
        row: &FieldRow,
        beside: &Beside<'_>,
    ) -> Field {
        let fields = node.map_or(&[][..], |node| &node.fields);
        let inside = node.and_then(|node| node.inside.as_deref());
        let beside = &beside.inside(is_map);
        let at = self.places.here();
        let key = if is_map { "map" } else { "list" };
        let field = self.within(&[key], at, |builder| match (inside, inner) {
            (Some(node), _) => builder.inner_row(node, beside),
            // `Array of Array` with fields behind it: they are in the innermost.
            (_, Some(next @ (Ty::List(_) | Ty::Map(_)))) if !fields.is_empty() => {
                builder.shape(next, node, row, beside)
            }
            // `Map` alone does not say that its values are lists.
            (_, None) if !fields.is_empty() && beside.is_known_list() => {
                builder.container(None, false, node, row, beside)
            }
            _ if !fields.is_empty() => builder.object(fields, row, beside),
            // What the description of a map lists are its keys as a rule.
            (_, Some(Ty::Text)) if is_map => scalar(ScalarOrNamed::String),
            (_, Some(Ty::Integer)) if is_map => scalar(ScalarOrNamed::Integer),
            (_, Some(ty)) => builder.shape(ty, None, row, beside),
            (_, None) => builder.unknown_element(row, beside, is_map),
        });
        if is_map { map(field) } else { list(field) }
    }

    /// What a row says that stands for the elements of the one before it.
    fn inner_row(&mut self, node: &Node, beside: &Beside<'_>) -> Field {
        let row = &node.row;
        self.findings.took_row(row.line);
        let mut field = self.shape(&row.ty, Some(node), row, beside);
        if field.values.is_some() || field.object.is_some() {
            field.doc = self.doc(row);
        }
        field
    }

    fn unknown_element(&mut self, row: &FieldRow, beside: &Beside<'_>, is_map: bool) -> Field {
        let what = if is_map {
            "values of the map"
        } else {
            "elements of the list"
        };
        let at = row.type_at;
        if let Some(known) = beside.known {
            if matches!(known.resolved(), Shape::Object(_)) {
                self.told_by_spec(known, row, &format!("one of the {what}"));
            }
            // What the description of a map lists are its keys.
            return if is_map {
                of_spec_type(known)
            } else {
                self.of_known(known, row, beside)
            };
        }
        // A map's keys look like fields, so an object's example says nothing of it.
        if is_map {
            return any();
        }
        let Some(mut field) = beside.example.as_deref().and_then(of_example) else {
            let message = format!("nothing says what the {what} are");
            self.note(at, message, "read as free JSON");
            return any();
        };
        match field.type_name {
            Some(ScalarOrNamed::Json) | None => {
                let question = format!(
                    "The table does not say what the {what} are. Are they as in the example?"
                );
                self.ask(&mut field, at, question, "used what the example shows");
                return field;
            }
            Some(ScalarOrNamed::String) => field = self.values(row, beside, false),
            Some(_) => {}
        }
        let message = format!("the table does not say what the {what} are");
        self.note(at, message, "used the example's");
        field
    }

    /// A scalar type with rows inside: the rows win.
    fn contained(
        &mut self,
        ty: &Ty,
        fields: &[Node],
        row: &FieldRow,
        beside: &Beside<'_>,
    ) -> Field {
        let shown = beside
            .example
            .as_ref()
            .is_some_and(|example| example.element.is_some());
        let mut field = self.object(fields, row, beside);
        if shown || beside.is_known_list() {
            field = list(field);
        }
        if beside.known.is_none() {
            let said = ty.words();
            let question = format!("The table says {said}, but describes fields. Which is right?");
            self.ask(&mut field, row.type_at, question, "used the fields");
        }
        field
    }

    /// An object without rows.
    fn empty_object(&mut self, row: &FieldRow, beside: &Beside<'_>) -> Field {
        let name = row.shown();
        if let Some(known) = beside.known {
            self.told_by_spec(known, row, &name);
            return of_spec_type(known);
        }
        let example = beside
            .example
            .as_deref()
            .filter(|example| example.is_object());
        let Some(mut field) = example.and_then(of_example) else {
            let message = format!("nothing describes the fields of the object {name}");
            self.note(row.at, message, "read as free JSON");
            return any();
        };
        let question = format!(
            "The table does not describe the fields of {name}. Is it as in the example, or free JSON?"
        );
        self.ask(&mut field, row.at, question, "used what the example shows");
        field
    }

    /// A named type that the page does not describe.
    fn named(&mut self, name: &str, row: &FieldRow, beside: &Beside<'_>) -> Field {
        let (at, shown) = (row.type_at, quoted(name));
        if let Some(known) = beside.known {
            if known.type_name() != Some(name) {
                self.note(
                    at,
                    format!("the table names the type {shown}"),
                    known.stays(),
                );
            }
            return self.of_known(known, row, beside);
        }
        let Some(inferred) = beside.object() else {
            let question = format!("The page does not describe the type {shown}. What is it?");
            let mut field = any();
            self.ask(&mut field, at, question, "read as free JSON");
            return field;
        };
        if !self.types.iter().any(|(known, _)| known == name) {
            let object = Some(of_type(name, inferred));
            let def = NamedType {
                object,
                ..NamedType::default()
            };
            self.types.push((name.to_owned(), def));
        }
        let mut field = scalar(ScalarOrNamed::Named(name.to_owned()));
        let question = format!(
            "The page does not describe the type {shown}. Are its fields those of the example?"
        );
        let help = "used what the example shows; describe the type under `types`";
        self.ask(&mut field, at, question, help);
        field
    }

    /// A missing or unknown type.
    fn unclear(&mut self, ty: &Ty, row: &FieldRow, beside: &Beside<'_>) -> Field {
        let what = match ty {
            Ty::Unclear(words) => format!("{} is not a known type", quoted(words)),
            _ => "the table gives no type".to_owned(),
        };
        if let Some(known) = beside.known {
            self.note(row.type_at, what, known.stays());
            return self.of_known(known, row, beside);
        }
        let example = beside.example.as_deref().and_then(of_example);
        let mut field = example.unwrap_or_else(any);
        let question = format!("{}. What is it?", capital(&what));
        let help = match beside.example {
            Some(_) => "used the example's",
            None => "read as free JSON",
        };
        self.ask(&mut field, row.type_at, question, help);
        field
    }

    /// What the table calls an object or leaves open, and the spec describes.
    fn told_by_spec(&mut self, known: SpecType<'_>, row: &FieldRow, what: &str) {
        if matches!(known.resolved(), Shape::Object(_)) {
            let message = format!("the table does not describe the fields of {what}");
            self.note(row.type_at, message, "kept the spec's");
        } else if !known.is_json() {
            self.spec_stays(known, row, "Object");
        }
    }

    fn spec_stays(&mut self, known: SpecType<'_>, row: &FieldRow, word: &str) {
        let message = format!("the table says {word} for {}", row.shown());
        self.note(row.type_at, message, known.stays());
    }

    /// What the spec has, with the values that the description lists of a text or a whole number.
    fn of_known(&mut self, known: SpecType<'_>, row: &FieldRow, beside: &Beside<'_>) -> Field {
        match known.shape {
            Shape::Name(ScalarOrNamed::String) => self.values(row, beside, false),
            Shape::Name(ScalarOrNamed::Integer) => self.values(row, beside, true),
            _ => of_spec_type(known),
        }
    }
}
