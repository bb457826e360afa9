//! Fills in the glossary's words where the spec has none. This happens right after reading, so nothing else
//! has to know about the glossary.

use std::collections::{HashMap, HashSet};

use crate::spec::{
    ErrorRow, Field, Fields, Glossary, NamedType, OneOf, Ordered, Parts, ScalarOrNamed, Shape,
    Term, TermType, TypeNode,
};

/// What was filled in.
#[derive(Debug, Default)]
pub(crate) struct Used<'a> {
    /// Field entries: the name, and which of its entries.
    pub(crate) fields: HashSet<(&'a str, usize)>,
    /// Error codes.
    pub(crate) errors: HashSet<&'a str>,
}

/// Fills in what services and events lack.
pub(crate) fn fill<'a>(glossary: &'a Glossary, parts: &mut Parts) -> Used<'a> {
    let mut filler = Filler {
        glossary,
        used: Used::default(),
    };
    let events = parts.events.values_mut();
    for event in events.flat_map(|group| group.events.values_mut()) {
        let none = Types::new();
        let parts = [Some(&mut event.data), event.response.as_mut()];
        for fields in parts.into_iter().flatten() {
            filler.fields(fields, [&none, &none]);
        }
    }
    for service in parts.services.values_mut() {
        let shared = held_by(&service.file.types);
        let none = Types::new();
        filler.types(&mut service.file.types, [&none, &shared]);
        for operation in service.operations.values_mut() {
            let own = held_by(&operation.types);
            let types = [&own, &shared];
            let sections = [
                Some(&mut operation.path_params),
                Some(&mut operation.query),
                Some(&mut operation.headers),
                operation.body.as_mut(),
                operation.response.as_mut(),
            ];
            for fields in sections.into_iter().flatten() {
                filler.fields(fields, types);
            }
            let wholes = [&mut operation.body_type, &mut operation.response_type];
            for whole in wholes.into_iter().flatten() {
                filler.inside(whole, types);
            }
            filler.types(&mut operation.types, types);
            for row in &mut operation.errors {
                filler.row(row);
            }
        }
    }
    filler.used
}

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Holds {
    One(TermType),
    List(TermType),
}

/// What named types are.
type Types = HashMap<String, TermType>;

fn held_by(types: &Ordered<String, NamedType>) -> Types {
    let held = types.iter().filter_map(|(name, def)| {
        let held = type_of(def.shape()?, [&Types::new(), &Types::new()])?;
        Some((name.clone(), held))
    });
    held.collect()
}

/// The type of a value, unless it is a list.
fn type_of(shape: Shape<'_>, types: [&Types; 2]) -> Option<TermType> {
    Some(match shape {
        Shape::Name(ScalarOrNamed::String) | Shape::Enum(_, false) => TermType::String,
        Shape::Name(ScalarOrNamed::Integer) | Shape::Enum(_, true) => TermType::Integer,
        Shape::Name(ScalarOrNamed::Number) => TermType::Number,
        Shape::Name(ScalarOrNamed::Boolean) => TermType::Boolean,
        Shape::Name(ScalarOrNamed::Json) => TermType::Json,
        Shape::Name(ScalarOrNamed::Named(name)) => {
            return types.iter().find_map(|types| types.get(name)).copied();
        }
        Shape::Object(_) | Shape::OneOf(_) => TermType::Object,
        Shape::Map(_) => TermType::Map,
        Shape::Name(ScalarOrNamed::File) | Shape::List(_) => return None,
    })
}

fn holds(field: &Field, types: [&Types; 2]) -> Option<Holds> {
    match field.shape()? {
        Shape::List(element) => type_of(element.shape()?, types).map(Holds::List),
        shape => type_of(shape, types).map(Holds::One),
    }
}

impl Term {
    fn is_for(&self, held: Holds) -> bool {
        match held {
            Holds::One(held) => self.type_name == Some(held),
            Holds::List(held) => self.list == Some(held),
        }
    }
}

struct Filler<'a> {
    glossary: &'a Glossary,
    used: Used<'a>,
}

impl Filler<'_> {
    fn types(&mut self, types: &mut Ordered<String, NamedType>, known: [&Types; 2]) {
        for (_, def) in types.iter_mut() {
            if let Some(object) = &mut def.object {
                self.fields(object, known);
            }
            if let Some(one_of) = &mut def.one_of {
                self.kinds(one_of, known);
            }
        }
    }

    fn kinds(&mut self, one_of: &mut OneOf, types: [&Types; 2]) {
        for (_, kind) in one_of.kinds.iter_mut() {
            self.fields(&mut kind.object, types);
        }
    }

    fn fields(&mut self, fields: &mut Fields, types: [&Types; 2]) {
        for (name, field) in fields.iter_mut() {
            if field.doc.is_none() && field.glossary != Some(false) {
                field.doc = self.text(name, field, types);
            }
            self.inside(field, types);
        }
    }

    fn inside(&mut self, field: &mut Field, types: [&Types; 2]) {
        if let Some(object) = &mut field.object {
            self.fields(object, types);
        }
        if let Some(one_of) = &mut field.one_of {
            self.kinds(one_of, types);
        }
        for node in [&mut field.list, &mut field.map].into_iter().flatten() {
            if let TypeNode::Node(inner) = &mut **node {
                self.inside(inner, types);
            }
        }
    }

    fn text(&mut self, name: &str, field: &Field, types: [&Types; 2]) -> Option<String> {
        let (name, terms) = self.glossary.fields.get_key_value(name)?;
        let held = holds(field, types)?;
        let mut terms = terms.entries().iter().enumerate();
        let (at, term) = terms.find(|(_, term)| term.is_for(held))?;
        self.used.fields.insert((name, at));
        Some(term.doc.clone())
    }

    fn row(&mut self, row: &mut ErrorRow) {
        let Some((code, term)) = self.glossary.errors.get_key_value(&row.code) else {
            return;
        };
        let lacks_doc = row.doc.is_none() && term.doc.is_some();
        let lacks_class = row.class.is_none() && term.class.is_some();
        if lacks_doc || lacks_class {
            self.used.errors.insert(code);
        }
        row.doc = row.doc.take().or_else(|| term.doc.clone());
        row.class = row.class.or(term.class);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{Used, fill};
    use crate::spec::walk::{self, Path, Seen, What};
    use crate::spec::{ErrorClass, Glossary, Operation, Parts, Service, ServiceFile};

    const HEAD: &str = "operation: A\nsummary: a\nmethod: POST\npath: /v1.0/a\n";

    fn yaml<T: serde::de::DeserializeOwned>(text: &str) -> T {
        serde_yaml::from_str(text).expect("good YAML")
    }

    /// An operation below its head, filled in, and what was used for it.
    fn filled<'a>(
        glossary: &'a Glossary,
        shared: &str,
        below: &str,
    ) -> (ServiceFile, Operation, Used<'a>) {
        let service = Service {
            file: yaml(shared),
            operations: BTreeMap::from([("a".to_owned(), yaml(&format!("{HEAD}{below}")))]),
        };
        let mut parts = Parts {
            services: BTreeMap::from([("s_1_0".to_owned(), service)]),
            ..Parts::default()
        };
        let used = fill(glossary, &mut parts);
        let mut service = parts.services.remove("s_1_0").expect("the service");
        let operation = service.operations.remove("a").expect("the operation");
        (service.file, operation, used)
    }

    /// The texts of all fields called `x`.
    fn texts(operation: &Operation) -> Vec<Option<String>> {
        let mut texts = Vec::new();
        let mut visit = |seen: Seen<'_, '_>| {
            if let (What::Field(field), "x") = (seen.what, seen.wire) {
                texts.push(field.doc.clone());
            }
        };
        let path = Path::File("");
        walk::operation(&path, operation, &mut visit);
        walk::named_types(&path, &operation.types, &mut visit);
        texts
    }

    #[test]
    fn a_field_without_a_text_shows_that_of_its_name_and_type_wherever_it_is() {
        let glossary = yaml("fields: { x: { type: string, doc: Of x } }");
        let everywhere = "path_params: { x: { type: string } }\nquery: { x: { type: string } }\n\
            headers: { x: { type: string } }\nbody: { o: { object: { x: { type: string } } } }\n\
            response: { l: { list: { object: { x: { type: string } } } }, m: { map: { object: { x: { type: string } } } } }\n\
            types: { T: { object: { x: { type: string } } } }\n";
        let shared = "types: { S: { object: { x: { type: string } } } }";
        let (file, operation, _) = filled(&glossary, shared, everywhere);
        assert_eq!(texts(&operation), vec![Some("Of x".to_owned()); 7]);
        let shared = file
            .types
            .get("S")
            .and_then(|def| def.object.as_ref())
            .and_then(|fields| fields.get("x"));
        assert_eq!(shared.and_then(|field| field.doc.as_deref()), Some("Of x"));
    }

    #[test]
    fn a_field_of_another_type_with_a_text_of_its_own_or_one_that_refuses_shows_no_text_of_the_glossary()
     {
        let glossary = yaml("fields: { x: { type: string, doc: Of x } }");
        let below = "path_params: { x: { type: integer } }\nquery: { x: { type: string, doc: Mine } }\n\
            headers: { x: { type: string, glossary: false } }\nbody: { x: { object: {} } }\n";
        let (_, operation, used) = filled(&glossary, "{}", below);
        assert_eq!(
            texts(&operation),
            [None, Some("Mine".to_owned()), None, None]
        );
        assert!(used.fields.is_empty());
    }

    #[test]
    fn types_are_told_apart_by_what_they_hold_also_behind_a_name() {
        let glossary: Glossary = yaml(
            "fields: { x: [{ type: integer, doc: i }, { type: object, doc: o }, { type: map, doc: m }, { list: string, doc: ls }, { list: object, doc: lo }] }",
        );
        let cases = [
            ("type: integer", Some("i")),
            ("type: integer, enum: { 1: One }", Some("i")),
            ("type: Level", Some("i")),
            ("type: Shared", Some("o")),
            ("object: {}", Some("o")),
            ("map: string", Some("m")),
            ("list: string", Some("ls")),
            ("list: { enum: { a: A } }", Some("ls")),
            ("list: Shared", Some("lo")),
            ("list: integer", None),
            ("list: { list: string }", None),
            ("type: Unknown", None),
        ];
        for (field, text) in cases {
            let below = format!(
                "query: {{ x: {{ {field} }} }}\ntypes: {{ Level: {{ type: integer, enum: {{ 1: Low }} }} }}\n"
            );
            let (_, operation, _) = filled(&glossary, "types: { Shared: { object: {} } }", &below);
            let found = operation
                .query
                .get("x")
                .and_then(|field| field.doc.as_deref());
            assert_eq!(found, text, "{field}");
        }
    }

    #[test]
    fn an_error_row_gets_the_doc_and_the_class_that_it_lacks() {
        let glossary = yaml("errors: { c: { class: quota, doc: Of c }, d: { class: quota } }");
        let below = "errors:\n- { status: 400, code: c }\n- { status: 401, code: c, doc: Mine, class: transient }\n\
            - { status: 402, code: c, doc: Mine }\n- { status: 400, code: d, class: transient }\n- { status: 400, code: e }\n";
        let (_, operation, used) = filled(&glossary, "{}", below);
        let rows = operation
            .errors
            .iter()
            .map(|row| (row.doc.as_deref(), row.class));
        let (quota, transient) = (Some(ErrorClass::Quota), Some(ErrorClass::Transient));
        let wanted = [
            (Some("Of c"), quota),
            (Some("Mine"), transient),
            (Some("Mine"), quota),
            (None, transient),
            (None, None),
        ];
        assert_eq!(rows.collect::<Vec<_>>(), wanted);
        assert_eq!(Vec::from_iter(used.errors), ["c"]);
    }
}
