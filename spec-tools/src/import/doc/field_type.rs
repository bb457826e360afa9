//! What a field holds: by its row's type, the rows inside it, the example and the spec.

use super::fields::ask;
use super::shape::{any, list, map, of_example, of_spec_type, of_type, scalar};
use super::{Builder, Evidence, Node, SpecType, Ty};
use crate::diagnostic::quoted;
use crate::spec::{Field, NamedType, ScalarOrNamed, Shape};

impl Builder<'_> {
    /// What a row of a type holds. `node` is the row if the type is all of its type, and not that
    /// of its elements.
    pub(super) fn shape(&mut self, ty: &Ty, node: Option<&Node>, of: &Evidence<'_>) -> Field {
        let fields = node.map_or(&[][..], |node| &node.fields);
        match ty {
            Ty::List(inner) => self.container(inner.as_deref(), false, node, of),
            Ty::Map(inner) => self.container(inner.as_deref(), true, node, of),
            Ty::Object | Ty::Named(_) if !fields.is_empty() => self.object(fields, of),
            // Rows inside what should have none: an example shows that it is an object.
            _ if !fields.is_empty() => self.contained(ty, fields, of),
            Ty::Text => self.values(of, false),
            Ty::Integer => self.values(of, true),
            Ty::Number | Ty::Boolean | Ty::Any => {
                self.no_enum(&ty.words(), of);
                match (ty, of.known) {
                    (Ty::Number, _) => return scalar(ScalarOrNamed::Number),
                    (Ty::Boolean, _) => return scalar(ScalarOrNamed::Boolean),
                    (_, Some(known)) if !known.is_json() => self.spec_stays(known, of, "Any"),
                    _ => {}
                }
                any()
            }
            Ty::Object => self.empty_object(of),
            Ty::Named(name) => self.named(name, of),
            Ty::Missing | Ty::Unclear(_) => self.unclear(ty, of),
        }
    }

    /// A list or a map, by what its elements or values hold.
    fn container(
        &mut self,
        inner: Option<&Ty>,
        is_map: bool,
        node: Option<&Node>,
        of: &Evidence<'_>,
    ) -> Field {
        let fields = node.map_or(&[][..], |node| &node.fields);
        let inside = node.and_then(|node| node.inside.as_deref());
        let of = &of.inside(is_map);
        let at = self.places.here();
        let key = if is_map { "map" } else { "list" };
        let field = self.within(&[key], at, |builder| match (inside, inner) {
            (Some(node), _) => builder.inner_row(node, of),
            // `Array of Array` with fields behind it: they are in the innermost.
            (_, Some(next @ (Ty::List(_) | Ty::Map(_)))) if !fields.is_empty() => {
                builder.shape(next, node, of)
            }
            // `Map` alone does not say that its values are lists.
            (_, None) if !fields.is_empty() && of.is_known_list() => {
                builder.container(None, false, node, of)
            }
            _ if !fields.is_empty() => builder.object(fields, of),
            // What the description of a map lists are its keys as a rule.
            (_, Some(Ty::Text)) if is_map => scalar(ScalarOrNamed::String),
            (_, Some(Ty::Integer)) if is_map => scalar(ScalarOrNamed::Integer),
            (_, Some(ty)) => builder.shape(ty, None, of),
            (_, None) => builder.unknown_element(of, is_map),
        });
        if is_map { map(field) } else { list(field) }
    }

    /// What a row says that stands for the elements of the one before it.
    fn inner_row(&mut self, node: &Node, of: &Evidence<'_>) -> Field {
        let row = &node.row;
        self.findings.took_row(row.line);
        let mut field = self.shape(&row.ty, Some(node), &Evidence { row, ..of.clone() });
        if field.values.is_some() || field.object.is_some() {
            field.doc = self.doc(row);
        }
        field
    }

    fn unknown_element(&mut self, of: &Evidence<'_>, is_map: bool) -> Field {
        let what = if is_map {
            "values of the map"
        } else {
            "elements of the list"
        };
        let at = of.row.type_at;
        if let Some(known) = of.known {
            if matches!(known.resolved(), Shape::Object(_)) {
                self.told_by_spec(known, of, &format!("one of the {what}"));
            }
            // What the description of a map lists are its keys.
            return if is_map {
                of_spec_type(known)
            } else {
                self.of_known(known, of)
            };
        }
        // A map's keys look like fields, so an object's example says nothing of it.
        if is_map {
            return any();
        }
        let Some(mut field) = self.of_shown(of) else {
            let message = format!("nothing says what the {what} are");
            self.note(at, message, "read as free JSON");
            return any();
        };
        let message = format!("the table does not say what the {what} are");
        let is_enum = field.values.is_some();
        if matches!(field.type_name, Some(ScalarOrNamed::Json) | None) && !is_enum {
            let (question, help) = ("Are they as in the example?", USED_EXAMPLE);
            ask(&mut field, self.settle(at, &message, question, None, help));
            return field;
        }
        self.note(at, message, "used the example's");
        field
    }

    /// A scalar type with rows inside: the rows win.
    fn contained(&mut self, ty: &Ty, fields: &[Node], of: &Evidence<'_>) -> Field {
        let example = of.example.as_ref();
        let shown = example.is_some_and(|example| example.element.is_some());
        let mut field = self.object(fields, of);
        if shown || of.is_known_list() {
            field = list(field);
        }
        if of.known.is_none() {
            let said = ty.words();
            let question = format!("The table says {said}, but describes fields. Which is right?");
            self.ask(&mut field, of.row.type_at, question, "used the fields");
        }
        field
    }

    /// An object without rows.
    fn empty_object(&mut self, of: &Evidence<'_>) -> Field {
        let (row, name) = (of.row, of.row.shown());
        if let Some(known) = of.known {
            self.told_by_spec(known, of, &name);
            return of_spec_type(known);
        }
        let example = of.example.as_deref();
        let example = example.filter(|example| example.is_object());
        let Some(mut field) = example.and_then(of_example) else {
            let message = format!("nothing describes the fields of the object {name}");
            self.note(row.at, message, "read as free JSON");
            return any();
        };
        let question = format!(
            "The table does not describe the fields of {name}. Is it as in the example, or free JSON?"
        );
        self.ask(&mut field, row.at, question, USED_EXAMPLE);
        field
    }

    /// A named type that the page does not describe.
    fn named(&mut self, name: &str, of: &Evidence<'_>) -> Field {
        let (at, shown) = (of.row.type_at, quoted(name));
        if let Some(known) = of.known {
            if known.type_name() != Some(name) {
                let message = format!("the table names the type {shown}");
                self.note(at, message, known.stays());
            }
            return self.of_known(known, of);
        }
        let message = format!("the page does not describe the type {shown}");
        let Some(inferred) = of.object() else {
            let mut field = any();
            let question = self.settle(at, &message, "What is it?", None, "read as free JSON");
            ask(&mut field, question);
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
        let question = "Are its fields those of the example?";
        let help = "used what the example shows; describe the type under `types`";
        ask(&mut field, self.settle(at, &message, question, None, help));
        field
    }

    /// A missing or unknown type.
    fn unclear(&mut self, ty: &Ty, of: &Evidence<'_>) -> Field {
        let what = match ty {
            Ty::Unclear(words) => format!("{} is not a known type", quoted(words)),
            _ => "the table gives no type".to_owned(),
        };
        let help = match of.example {
            Some(_) => "used the example's",
            None => "read as free JSON",
        };
        let spec = of.known.map(SpecType::stays);
        let question = self.settle(of.row.type_at, &what, "What is it?", spec, help);
        let mut field = match of.known {
            Some(known) => self.of_known(known, of),
            None => self.of_shown(of).unwrap_or_else(any),
        };
        ask(&mut field, question);
        field
    }

    /// What the table calls an object or leaves open, and the spec describes.
    fn told_by_spec(&mut self, known: SpecType<'_>, of: &Evidence<'_>, what: &str) {
        if matches!(known.resolved(), Shape::Object(_)) {
            let message = format!("the table does not describe the fields of {what}");
            self.note(of.row.type_at, message, "kept the spec's");
        } else if !known.is_json() {
            self.spec_stays(known, of, "Object");
        }
    }

    fn spec_stays(&mut self, known: SpecType<'_>, of: &Evidence<'_>, word: &str) {
        let message = format!("the table says {word} for {}", of.row.shown());
        self.note(of.row.type_at, message, known.stays());
    }

    /// What the example shows, with the values that the description lists of a text or a whole number.
    fn of_shown(&mut self, of: &Evidence<'_>) -> Option<Field> {
        let field = of.example.as_deref().and_then(of_example)?;
        Some(match field.type_name {
            Some(ScalarOrNamed::String) => self.values(of, false),
            Some(ScalarOrNamed::Integer) => self.values(of, true),
            _ => field,
        })
    }

    /// What the spec has, with the values that the description lists of a text or a whole number.
    fn of_known(&mut self, known: SpecType<'_>, of: &Evidence<'_>) -> Field {
        match known.shape {
            Shape::Name(ScalarOrNamed::String) => self.values(of, false),
            Shape::Name(ScalarOrNamed::Integer) => self.values(of, true),
            _ => of_spec_type(known),
        }
    }
}

/// What was done where a table says too little.
pub(super) const USED_EXAMPLE: &str = "used what the example shows";
