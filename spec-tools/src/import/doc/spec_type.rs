//! What the spec says that something holds, where a page is vague.

use std::rc::Rc;

use super::Inferred;
use super::inferred::Kind;
use crate::diagnostic::quoted;
use crate::spec::{Encoding, Field, NamedType, ScalarOrNamed, Scope, Shape};

/// What something in the spec holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct SpecType<'a> {
    pub(super) types: Scope<'a>,
    pub(super) shape: Shape<'a>,
}

impl<'a> SpecType<'a> {
    fn of(self, shape: Option<Shape<'a>>) -> Option<Self> {
        Some(Self {
            shape: shape?,
            ..self
        })
    }

    /// Its shape, to compare with an example.
    pub(super) fn inferred(self) -> Rc<Inferred> {
        inferred(self.types, Some(self.shape), &mut Vec::new())
    }

    /// What a type's name stands for.
    pub(super) fn resolved(self) -> Shape<'a> {
        self.types.shape(self.shape).unwrap_or(self.shape)
    }

    /// What a field inside it holds.
    pub(super) fn field(self, name: &str) -> Option<Self> {
        match self.resolved() {
            Shape::Object(fields) => self.of(fields.get(name)?.shape()),
            _ => None,
        }
    }

    /// The names of its fields.
    pub(super) fn names(self) -> Vec<&'a str> {
        match self.resolved() {
            Shape::Object(fields) => fields.iter().map(|(name, _)| name.as_str()).collect(),
            _ => Vec::new(),
        }
    }

    /// What its elements hold if it is a list, or its values if it is a map.
    pub(super) fn inside(self, is_map: bool) -> Option<Self> {
        match self.resolved() {
            Shape::Map(inner) if is_map => self.of(inner.shape()),
            Shape::List(inner) if !is_map => self.of(inner.shape()),
            _ => None,
        }
    }

    /// The name of the type, if it has one.
    pub(super) fn type_name(self) -> Option<&'a str> {
        match self.shape {
            Shape::Name(ScalarOrNamed::Named(name)) => Some(name),
            _ => None,
        }
    }

    /// Whether it holds free JSON.
    pub(super) fn is_json(self) -> bool {
        matches!(self.resolved(), Shape::Name(ScalarOrNamed::Json))
    }

    /// What was done where the page says otherwise.
    pub(super) fn stays(self) -> String {
        let words = match self.shape {
            Shape::Name(ScalarOrNamed::String) => "`string`",
            Shape::Name(ScalarOrNamed::Integer) => "`integer`",
            Shape::Name(ScalarOrNamed::Number) => "`number`",
            Shape::Name(ScalarOrNamed::Boolean) => "`boolean`",
            Shape::Name(ScalarOrNamed::Json) => "`json`",
            Shape::Name(ScalarOrNamed::File) => "`file`",
            Shape::Name(ScalarOrNamed::Named(name)) => &quoted(name),
            Shape::Enum(..) => "an enum",
            Shape::List(_) => "a list",
            Shape::Map(_) => "a map",
            Shape::Object(_) => "an object",
        };
        format!("kept {words} from the spec")
    }
}

/// What the spec shows of a value. `inside` is the named types around it.
fn inferred<'a>(
    types: Scope<'a>,
    shape: Option<Shape<'a>>,
    inside: &mut Vec<&'a str>,
) -> Rc<Inferred> {
    let mut shown = Inferred::default();
    let Some(shape) = shape else {
        return shown.into();
    };
    match shape {
        Shape::Object(fields) => {
            let of = |(name, field): (&'a String, &'a Field)| {
                let mut shown = inferred(types, field.shape(), inside);
                // To a page a string that holds JSON is a string, as a rule.
                if field.encoding == Some(Encoding::JsonString) {
                    Rc::make_mut(&mut shown).kinds.insert(Kind::Text);
                }
                (name.clone(), shown)
            };
            shown.fields = Some(fields.iter().map(of).collect());
        }
        Shape::List(element) => shown.element = Some(inferred(types, element.shape(), inside)),
        Shape::Map(value) => shown.value = Some(inferred(types, value.shape(), inside)),
        Shape::Name(ScalarOrNamed::Json) => {}
        Shape::Name(ScalarOrNamed::Named(name)) => {
            // A type inside itself is shown once more, and that is enough.
            if inside.iter().filter(|known| *known == name).count() < 2 {
                inside.push(name);
                let shown = inferred(types, types.get(name).and_then(NamedType::shape), inside);
                inside.pop();
                return shown;
            }
        }
        Shape::Name(ScalarOrNamed::Integer) | Shape::Enum(_, true) => {
            shown.kinds.extend([Kind::Integer]);
        }
        // The example of a file is its name.
        Shape::Name(ScalarOrNamed::String | ScalarOrNamed::File) | Shape::Enum(_, false) => {
            shown.kinds.extend([Kind::Text]);
        }
        Shape::Name(ScalarOrNamed::Number) => shown.kinds.extend([Kind::Fraction]),
        Shape::Name(ScalarOrNamed::Boolean) => shown.kinds.extend([Kind::Boolean]),
    }
    shown.into()
}
