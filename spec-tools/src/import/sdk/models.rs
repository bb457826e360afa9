//! The classes of a `models.py`: fields with type, name on the wire and requiredness.

use std::collections::BTreeMap;

use super::python::{Node, Problem, Shape, Source};
use crate::diagnostic::{Diagnostic, Span, quoted};
use crate::similar::nearest;

/// A class.
#[derive(Debug)]
pub(super) struct Class {
    pub(super) fields: Vec<Field>,
    pub(super) span: Span,
}

/// A field of a class.
#[derive(Debug)]
pub(super) struct Field {
    /// Its name in Python.
    pub(super) attribute: String,
    pub(super) wire: String,
    pub(super) ty: Type,
    pub(super) required: bool,
    pub(super) span: Span,
}

/// A type as the package writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Type {
    String,
    Integer,
    Number,
    Boolean,
    /// Free JSON.
    Any,
    List(Box<Type>),
    Map(Box<Type>),
    /// A class, or a word that corrections know.
    Name(String),
}

/// The classes by name.
#[derive(Debug, Default)]
pub(super) struct Models {
    pub(super) file: String,
    classes: BTreeMap<String, Class>,
}

impl Models {
    pub(super) fn get(&self, name: &str) -> Option<&Class> {
        self.classes.get(name)
    }

    /// The types of all fields, without the lists and maps around them.
    pub(super) fn types_mut(&mut self) -> impl Iterator<Item = &mut Type> {
        let fields = self
            .classes
            .values_mut()
            .flat_map(|class| &mut class.fields);
        fields.map(|field| field.ty.innermost())
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.classes.keys().map(String::as_str)
    }
}

impl Class {
    /// The field with a name in Python.
    pub(super) fn field(&self, attribute: &str) -> Option<&Field> {
        self.fields
            .iter()
            .find(|field| field.attribute == attribute)
    }
}

impl Type {
    fn innermost(&mut self) -> &mut Self {
        match self {
            Self::List(inner) | Self::Map(inner) => inner.innermost(),
            _ => self,
        }
    }

    /// The class in it, if there is one.
    pub(super) fn class(&self) -> Option<&str> {
        match self {
            Self::Name(name) => Some(name),
            Self::List(inner) | Self::Map(inner) => inner.class(),
            _ => None,
        }
    }
}

/// What the package's generator writes into a model.
pub(super) struct Shapes {
    set: Shape,
    /// Says under which name a field goes out.
    puts: Vec<Shape>,
    /// Says nothing of a field.
    frame: Vec<Shape>,
}

impl Shapes {
    pub(super) fn new() -> Result<Self, Problem> {
        Ok(Self {
            set: Shape::new("self.ATTRIBUTE = VALUE")?,
            puts: Shape::all(&[
                "if self.ATTRIBUTE is not None:\n    result['WIRE'] = self.ATTRIBUTE",
                "if self.ATTRIBUTE is not None:\n    result['WIRE'] = self.ATTRIBUTE.to_map()",
                "if self.ATTRIBUTE is not None:\n    for k in self.ATTRIBUTE:\n        \
                 result['WIRE'].append(k.to_map() if k else None)",
                "if self.ATTRIBUTE is not None:\n    for k, v in self.ATTRIBUTE.items():\n        \
                 result['WIRE'][k] = v.to_map()",
                "if self.ATTRIBUTE is not None:\n    for k, v in self.ATTRIBUTE.items():\n        l1 = []\n        \
                 for k1 in v:\n            l1.append(k1.to_map() if k1 else None)\n        result['WIRE'][k] = l1",
                "if self.ATTRIBUTE is not None:\n    for k in self.ATTRIBUTE:\n        l1 = []\n        \
                 for k1 in k:\n            l1.append(k1.to_map() if k1 else None)\n        result['WIRE'].append(l1)",
            ])?,
            frame: Shape::all(&[
                "_map = super().to_map()",
                "if _map is not None:\n    return _map",
                "result = dict()",
                "return result",
                "result['WIRE'] = []",
                "result['WIRE'] = {}",
            ])?,
        })
    }
}

/// The comment that marks a field as required.
pub(super) const REQUIRED: &str = "# This parameter is required.";

/// Reads all classes. What is not understood is added to `problems`.
pub(super) fn read(source: &Source, shapes: &Shapes, problems: &mut Vec<Diagnostic>) -> Models {
    let mut models = Models {
        file: source.file.clone(),
        classes: BTreeMap::new(),
    };
    for node in source.root().parts() {
        match node.kind() {
            "import_statement" | "import_from_statement" => {}
            "class_definition" => match class(node, shapes) {
                Ok((name, class)) => {
                    if models.classes.insert(name.to_owned(), class).is_some() {
                        let message = format!("duplicate class {}", quoted(name));
                        problems.push(*node.problem(message));
                    }
                }
                Err(problem) => problems.push(*problem),
            },
            _ => problems.push(*unknown(node, "among the classes of a `models.py`")),
        }
    }
    models
}

fn class<'a>(node: Node<'a>, shapes: &Shapes) -> Result<(&'a str, Class), Problem> {
    let name = node.field("name").map_or("", Node::text);
    let base = node.field("superclasses").map_or("", Node::text);
    if base != "(TeaModel)" {
        return Err(unknown(node, "a class that is no `TeaModel`"));
    }
    let body = node.field("body");
    let mut fields = Vec::new();
    let mut wires = BTreeMap::new();
    for part in body.into_iter().flat_map(Node::parts) {
        match (part.kind(), part.field("name").map_or("", Node::text)) {
            ("function_definition", "__init__") => fields = parameters(part, shapes)?,
            ("function_definition", "to_map") => wires = wire_names(part, shapes)?,
            // They do the same as `to_map`, the other way round.
            ("function_definition", "from_map" | "validate") => {}
            _ => return Err(unknown(part, "in a model")),
        }
    }
    let mut class = Class {
        fields: Vec::new(),
        span: node.field("name").unwrap_or(node).span(),
    };
    for (parameter, ty, required) in fields {
        let attribute = parameter.text();
        let Some(wire) = wires.remove(attribute) else {
            let message = format!("`to_map` gives no wire name for {}", quoted(attribute));
            return Err(parameter.problem(message));
        };
        if class.fields.iter().any(|known| known.wire == wire) {
            let message = format!("two fields have the wire name {}", quoted(wire));
            return Err(parameter.problem(message));
        }
        class.fields.push(Field {
            attribute: attribute.to_owned(),
            wire: wire.to_owned(),
            ty,
            required,
            span: parameter.span(),
        });
    }
    match wires.into_iter().next() {
        Some((attribute, _)) => {
            let message = format!(
                "`to_map` sends {}, which `__init__` does not have",
                quoted(attribute)
            );
            Err(node.field("name").unwrap_or(node).problem(message))
        }
        None => Ok((name, class)),
    }
}

/// The parameters of an `__init__`, with what their types and the comments in its body say.
fn parameters<'a>(init: Node<'a>, shapes: &Shapes) -> Result<Vec<(Node<'a>, Type, bool)>, Problem> {
    let mut parameters = Vec::new();
    for parameter in init.field("parameters").into_iter().flat_map(Node::parts) {
        if parameter.text() == "self" {
            continue;
        }
        let (Some(name), Some(annotation), "typed_default_parameter") = (
            parameter.field("name"),
            parameter.field("type"),
            parameter.kind(),
        ) else {
            return Err(unknown(parameter, "among the fields of a model"));
        };
        if let Some(default) = parameter
            .field("value")
            .filter(|value| value.text() != "None")
        {
            return Err(unknown(default, "as a default"));
        }
        parameters.push((name, annotated(annotation)?, false));
    }
    // Comments before the first statement belong to the function, those behind it to its body.
    let body = init.field("body");
    let own = init
        .children()
        .into_iter()
        .filter(|child| child.kind() == "comment");
    let mut marked = false;
    for node in own.chain(body.into_iter().flat_map(Node::children)) {
        if node.kind() == "comment" {
            marked |= node.text() == REQUIRED;
        } else if let Some(found) = shapes.set.find(node) {
            let attribute = found.text("ATTRIBUTE");
            let known = parameters
                .iter_mut()
                .find(|(name, ..)| name.text() == attribute);
            match known {
                Some((.., required)) if found.text("VALUE") == attribute => *required = marked,
                _ => return Err(unknown(node, "in an `__init__`")),
            }
            marked = false;
        } else if node.kind() != "pass_statement" {
            return Err(unknown(node, "in an `__init__`"));
        }
    }
    if marked {
        return Err(init.problem("a required mark stands before nothing"));
    }
    Ok(parameters)
}

/// The names on the wire by those in Python.
fn wire_names<'a>(
    to_map: Node<'a>,
    shapes: &Shapes,
) -> Result<BTreeMap<&'a str, &'a str>, Problem> {
    let mut names = BTreeMap::new();
    let body = to_map.field("body");
    for statement in body.into_iter().flat_map(Node::parts) {
        if let Some(found) = shapes.puts.iter().find_map(|shape| shape.find(statement)) {
            let (attribute, wire) = (found.text("ATTRIBUTE"), found.text("WIRE"));
            if names.insert(attribute, wire).is_some() {
                let message = format!("{} is sent twice", quoted(attribute));
                return Err(statement.problem(message));
            }
        } else if !shapes
            .frame
            .iter()
            .any(|shape| shape.find(statement).is_some())
        {
            return Err(unknown(statement, "in a `to_map`"));
        }
    }
    Ok(names)
}

/// Lists in lists; the package has two.
const DEEPEST: usize = 20;

/// The type that an annotation says.
pub(super) fn annotated(annotation: Node<'_>) -> Result<Type, Problem> {
    inner(annotation, 0)
}

fn inner(annotation: Node<'_>, depth: usize) -> Result<Type, Problem> {
    if depth > DEEPEST {
        return Err(annotation.problem("this is nested too deeply"));
    }
    let parts = annotation.parts();
    match (annotation.kind(), parts.as_slice()) {
        ("type", [ty]) => inner(*ty, depth),
        ("identifier", _) => Ok(match annotation.text() {
            "str" | "bytes" => Type::String,
            "int" => Type::Integer,
            "float" => Type::Number,
            "bool" => Type::Boolean,
            "Any" => Type::Any,
            "dict" => Type::Map(Box::new(Type::Any)),
            name => Type::Name(name.to_owned()),
        }),
        // A class that is declared further down is in quotes.
        ("string", _) => match annotation.string() {
            Some(name) if !name.contains(['[', '.']) => Ok(Type::Name(name.to_owned())),
            _ => Err(unknown(annotation, "as a type")),
        },
        // A class of another module.
        ("attribute", [_, name]) => Ok(Type::Name(name.text().to_owned())),
        ("generic_type", [generic, arguments]) => {
            match (generic.text(), arguments.parts().as_slice()) {
                ("List", [element]) => Ok(Type::List(Box::new(inner(*element, depth + 1)?))),
                ("Dict", [key, value]) if key.text() == "str" => {
                    Ok(Type::Map(Box::new(inner(*value, depth + 1)?)))
                }
                _ => Err(unknown(annotation, "as a type")),
            }
        }
        _ => Err(unknown(annotation, "as a type")),
    }
}

/// Something that the import does not know.
pub(super) fn unknown(node: Node<'_>, place: &str) -> Problem {
    let message = format!("the import does not know this {place}");
    node.problem(message)
}

/// A class that is not there.
pub(super) fn missing(models: &Models, name: &str) -> String {
    let near = nearest(name, models.names());
    let near = near.map_or(String::new(), |near| format!("; there is {}", quoted(near)));
    format!("the package has no class {}{near}", quoted(name))
}
