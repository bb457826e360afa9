//! The tables of a page: a row for each field.

use std::fmt::Write as _;

use dingtalk_codegen::spec::{Encoding, Field, Fields, ScalarOrNamed, Shape, TypeNode};

use super::{Page, Row};

impl<'a> Page<'a> {
    /// The row of a body or a reply that is no object, with what is inside it.
    pub(super) fn whole(&mut self, place: &str, field: &'a Field) -> Vec<Row> {
        let mut rows = Vec::new();
        let Some(shape) = field.shape() else {
            return rows;
        };
        let row = self.row(place, "", field.required, shape);
        rows.push(row);
        self.inside(place, shape, &mut rows, &mut Vec::new());
        rows
    }

    pub(super) fn rows(&mut self, place: &str, fields: &'a Fields) -> Vec<Row> {
        let mut rows = Vec::new();
        self.add(place, fields, &mut rows, &mut Vec::new());
        rows
    }

    fn add(
        &mut self,
        place: &str,
        fields: &'a Fields,
        rows: &mut Vec<Row>,
        open: &mut Vec<&'a str>,
    ) {
        for (name, field) in fields.iter() {
            let place = format!("{place}/{name}");
            // A string that holds JSON is a string to a page.
            if field.encoding == Some(Encoding::JsonString) {
                self.vague.insert(place.clone());
                let string = Shape::Name(&ScalarOrNamed::String);
                let row = self.row(&place, name, field.required, string);
                rows.push(row);
                continue;
            }
            let Some(shape) = field.shape() else { continue };
            let mut row = self.row(&place, name, field.required, shape);
            // A type inside itself is there by its name.
            if let Some(name) = named_inside(shape).filter(|name| open.contains(name)) {
                row.ty = row.ty.replace("Object", name);
            }
            rows.push(row);
            self.inside(&place, shape, rows, open);
        }
    }

    fn inside(
        &mut self,
        place: &str,
        shape: Shape<'a>,
        rows: &mut Vec<Row>,
        open: &mut Vec<&'a str>,
    ) {
        match shape {
            Shape::Object(fields) => self.add(place, fields, rows, open),
            Shape::List(node) => {
                if let Some(shape) = node.shape() {
                    self.inside(&format!("{place}/[]"), shape, rows, open);
                }
            }
            Shape::Map(node) => {
                if let Some(shape) = node.shape() {
                    self.inside(&format!("{place}/{{}}"), shape, rows, open);
                }
            }
            Shape::Name(ScalarOrNamed::Named(name)) => {
                // A type inside itself is described once.
                if open.contains(&name.as_str()) {
                    self.vague.insert(place.to_owned());
                    return;
                }
                open.push(name);
                if let Some(shape) = self.types.named(name) {
                    self.inside(place, shape, rows, open);
                }
                open.pop();
            }
            _ => {}
        }
    }

    fn row(&mut self, place: &str, name: &str, required: bool, shape: Shape<'_>) -> Row {
        let ty = self.type_words(place, shape);
        let named = match shape {
            Shape::Name(ScalarOrNamed::Named(name)) => self.types.named(name),
            _ => None,
        };
        let text = match named.unwrap_or(shape) {
            Shape::Enum(values, _) => {
                let mut text = "Which one. 取值：".to_owned();
                for (key, _) in values.iter() {
                    let _ = write!(text, " - **{key}**：so");
                }
                text
            }
            Shape::Name(ScalarOrNamed::Boolean) => {
                "Whether: - **true**：yes - **false**：no".to_owned()
            }
            _ => format!("The {} that it has.", place.replace('/', " ")),
        };
        Row {
            place: place.to_owned(),
            name: name.to_owned(),
            ty,
            required,
            text,
        }
    }

    fn type_words(&mut self, place: &str, shape: Shape<'_>) -> String {
        let exact = self.style.exact;
        match shape {
            Shape::Object(fields) => {
                if fields.iter().next().is_none() {
                    self.vague.insert(place.to_owned());
                }
                "Object".to_owned()
            }
            Shape::OneOf(_) => unreachable!("operations with a one-of are left out"),
            Shape::Enum(_, true) => "Integer".to_owned(),
            Shape::Enum(_, false) => "String".to_owned(),
            Shape::Name(name) => match name {
                ScalarOrNamed::String => "String".to_owned(),
                ScalarOrNamed::Integer if place.len().is_multiple_of(2) => "Long".to_owned(),
                ScalarOrNamed::Integer => "Integer".to_owned(),
                ScalarOrNamed::Number => "Double".to_owned(),
                ScalarOrNamed::Boolean => "Boolean".to_owned(),
                ScalarOrNamed::Json => "Any".to_owned(),
                ScalarOrNamed::File => "FileItem".to_owned(),
                ScalarOrNamed::Named(name) => match self.types.named(name) {
                    Some(shape @ Shape::Enum(..)) => self.type_words(place, shape),
                    _ => "Object".to_owned(),
                },
            },
            Shape::List(node) => match self.inner(&format!("{place}/[]"), node) {
                Some(inner) if inner == "Object" && !exact => "Array".to_owned(),
                Some(inner) if exact || !inner.contains(' ') => format!("Array of {inner}"),
                _ => {
                    self.vague.insert(format!("{place}/[]"));
                    "Array of Array".to_owned()
                }
            },
            Shape::Map(node) => match self.inner(&format!("{place}/{{}}"), node) {
                Some(inner) if exact || inner == "Object" => format!("Map<String, {inner}>"),
                _ => {
                    self.vague.insert(format!("{place}/{{}}"));
                    "Map".to_owned()
                }
            },
        }
    }

    fn inner(&mut self, place: &str, node: &TypeNode) -> Option<String> {
        Some(self.type_words(place, node.shape()?))
    }

    pub(super) fn table(&mut self, rows: &[Row], request: bool) {
        let mut columns = match (self.style.english, request) {
            (true, _) => vec!["Name", "Type", "Required", "Description"],
            (false, _) => vec!["名称", "类型", "是否必填", "描述"],
        };
        if !request {
            columns.remove(2);
        }
        self.header(&columns);
        for row in rows {
            let name = self.name(&row.name);
            let required = match (self.style.english, row.required) {
                (true, true) => "Yes",
                (true, false) => "No",
                (false, true) => "是",
                (false, false) => "否",
            };
            let mut cells: Vec<&str> = vec![&name, &row.ty, required, &row.text];
            if !request {
                cells.remove(2);
            }
            self.cells(&cells);
            let line = self.out.matches('\n').count();
            self.lines.entry(row.place.clone()).or_insert(line);
        }
        self.line("");
    }
}

/// The name of the type that a field, or a list of it, has.
fn named_inside(shape: Shape<'_>) -> Option<&str> {
    match shape {
        Shape::Name(ScalarOrNamed::Named(name)) => Some(name),
        Shape::List(node) => named_inside(node.shape()?),
        _ => None,
    }
}
