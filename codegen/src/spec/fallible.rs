//! Where a reply has elements that may fail while the call does not.

use super::{Field, Fields, Operation, Shape, TypeNode};

impl Operation {
    /// The places of elements that say with a `success_flag` whether they worked, for example `result[]`.
    pub fn fallible(&self) -> Vec<String> {
        let mut places = Vec::new();
        if let Some(reply) = &self.response {
            fields("", reply, &mut places);
        }
        places
    }
}

fn fields(place: &str, all: &Fields, places: &mut Vec<String>) {
    let dot = if place.is_empty() { "" } else { "." };
    for (name, field) in all.iter() {
        inside(&format!("{place}{dot}{name}"), field, places);
    }
}

fn inside(place: &str, field: &Field, places: &mut Vec<String>) {
    let (element, place) = match field.shape() {
        Some(Shape::Object(all)) => return fields(place, all, places),
        Some(Shape::List(element)) => (element, format!("{place}[]")),
        Some(Shape::Map(value)) => (value, format!("{place}.*")),
        _ => return,
    };
    if let TypeNode::Node(element) = element {
        let mut object = element.object.iter().flat_map(Fields::iter);
        if object.any(|(_, field)| field.success_flag) {
            places.push(place.clone());
        }
        inside(&place, element, places);
    }
}
