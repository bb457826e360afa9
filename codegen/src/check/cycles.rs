use std::collections::BTreeMap;

use super::Mistakes;
use crate::diagnostic::{Diagnostic, Place, quoted};
use crate::spec::{Fields, NamedType, Ordered, ScalarOrNamed, Shape};
use crate::walk::Path;

/// Finds types that hold themselves by required fields alone: no value of them could ever be made.
/// Lists, maps and optional fields break the circle.
pub(super) fn check(path: &Path<'_>, types: &Ordered<String, NamedType>, mistakes: &mut Mistakes) {
    let mut graph: BTreeMap<&str, Vec<(&str, Place)>> = BTreeMap::new();
    for (name, def) in types.iter() {
        if let Some(fields) = &def.object {
            let mut held = Vec::new();
            hold(&path.key(name).key("object"), fields, types, &mut held);
            graph.insert(name, held);
        }
    }
    while let Some(circle) = circle(&mut graph) {
        let names: Vec<&str> = circle.iter().map(|(name, _)| *name).collect();
        let (Some((first, place)), Some(last)) = (circle.first(), names.last()) else {
            return;
        };
        let message = if names.len() == 1 {
            format!(
                "the type {} always holds another {}",
                quoted(first),
                quoted(first)
            )
        } else {
            format!(
                "the type {} always holds {}, which always holds {} again",
                quoted(first),
                quoted(last),
                quoted(first)
            )
        };
        let mut diagnostic = Diagnostic::new(place.clone(), message)
            .help("leave `required` out, or make it a list: somewhere it must end");
        for (name, place) in circle.iter().skip(1) {
            diagnostic = diagnostic.also(place.clone(), format!("required in {}", quoted(name)));
        }
        mistakes.push(diagnostic);
        for name in names {
            graph.remove(name);
        }
    }
}

/// The types that an object always holds, with the fields by which it does.
fn hold<'a>(
    path: &Path<'_>,
    fields: &'a Fields,
    types: &Ordered<String, NamedType>,
    held: &mut Vec<(&'a str, Place)>,
) {
    for (wire, field) in fields.iter().filter(|(_, field)| field.required) {
        let path = path.key(wire);
        match field.shape() {
            Some(Shape::Name(ScalarOrNamed::Named(name))) if types.get(name).is_some() => {
                held.push((name, path.at_key()));
            }
            Some(Shape::Object(inner)) => hold(&path.key("object"), inner, types, held),
            _ => {}
        }
    }
}

/// One circle in a graph, beginning with the first of its types by name. Takes out of the graph
/// what is in none.
fn circle<'a>(
    graph: &mut BTreeMap<&'a str, Vec<(&'a str, Place)>>,
) -> Option<Vec<(&'a str, Place)>> {
    loop {
        let known: Vec<&str> = graph.keys().copied().collect();
        for held in graph.values_mut() {
            held.retain(|(name, _)| known.binary_search(name).is_ok());
        }
        let before = graph.len();
        graph.retain(|_, held| !held.is_empty());
        if graph.len() == before {
            break;
        }
    }
    // Each type that is left leads on to another, so the way must come back to itself.
    let mut way: Vec<(&str, Place)> = Vec::new();
    let mut at = graph.keys().next().copied()?;
    loop {
        if let Some(start) = way.iter().position(|(name, _)| *name == at) {
            let mut circle = way.split_off(start);
            let first = circle
                .iter()
                .enumerate()
                .min_by_key(|(_, (name, _))| *name)
                .map_or(0, |(i, _)| i);
            circle.rotate_left(first);
            return Some(circle);
        }
        let (next, place) = graph.get(at)?.first()?.clone();
        way.push((at, place));
        at = next;
    }
}
