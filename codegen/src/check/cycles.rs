use std::collections::HashMap;

use super::Mistakes;
use crate::diagnostic::{Diagnostic, Place, quoted};
use crate::graph::groups;
use crate::spec::walk::Path;
use crate::spec::{Fields, NamedType, Ordered, ScalarOrNamed, Shape};

/// A type that others require, and where it requires others.
struct Node<'a> {
    name: &'a str,
    requires: Vec<(usize, Place)>,
}

/// Finds types that require themselves through required fields alone: no value of them could ever be made.
/// Lists, maps and optional fields break the circle. Of types that all require each other one circle is reported.
pub(super) fn check(path: &Path<'_>, types: &Ordered<String, NamedType>, mistakes: &mut Mistakes) {
    let names = types.iter().enumerate();
    let numbers: HashMap<&str, usize> = names.map(|(at, (name, _))| (name.as_str(), at)).collect();
    let node = |(name, def): (&'_ String, &NamedType)| {
        let mut requires = Vec::new();
        if let Some(fields) = &def.object {
            required(
                &path.key(name).key("object"),
                fields,
                &numbers,
                &mut requires,
            );
        }
        requires
    };
    let names = types.iter().map(|(name, _)| name.as_str());
    let requires = types.iter().map(node);
    let nodes: Vec<_> = names
        .zip(requires)
        .map(|(name, requires)| Node { name, requires })
        .collect();
    let edges = |node: &Node<'_>| node.requires.iter().map(|(to, _)| *to).collect();
    let groups = groups(&nodes.iter().map(edges).collect::<Vec<_>>());
    let mut order: Vec<usize> = (0..nodes.len()).collect();
    order.sort_by_key(|at| nodes[*at].name);
    let mut done = vec![false; nodes.len()];
    for at in order {
        if !std::mem::replace(&mut done[groups[at]], true) {
            mistakes.extend(circle(at, &nodes, &groups));
        }
    }
}

/// The types that an object requires, with the fields that require them.
fn required(
    path: &Path<'_>,
    fields: &Fields,
    numbers: &HashMap<&str, usize>,
    found: &mut Vec<(usize, Place)>,
) {
    for (wire, field) in fields.iter().filter(|(_, field)| field.required) {
        let path = path.key(wire);
        match field.shape() {
            Some(Shape::Name(ScalarOrNamed::Named(name))) => {
                found.extend(numbers.get(name.as_str()).map(|to| (*to, path.at_key())));
            }
            Some(Shape::Object(inner)) => required(&path.key("object"), inner, numbers, found),
            _ => {}
        }
    }
}

/// A cycle in the group of a node, from its first type by name; none if the group is a type that does not
/// require itself.
fn circle(start: usize, nodes: &[Node<'_>], groups: &[usize]) -> Option<Diagnostic> {
    let mut path: Vec<(usize, &Place)> = Vec::new();
    let mut met: HashMap<usize, usize> = HashMap::new();
    let mut at = start;
    let first = loop {
        if let Some(first) = met.insert(at, path.len()) {
            break first;
        }
        // In a group of several, each leads on to another.
        let mut next = nodes[at].requires.iter();
        let (to, place) = next.find(|(to, _)| groups[*to] == groups[start])?;
        path.push((at, place));
        at = *to;
    };
    let mut circle = path.split_off(first);
    let start_at = circle
        .iter()
        .enumerate()
        .min_by_key(|(_, (at, _))| nodes[*at].name);
    let start_at = start_at.map_or(0, |(index, _)| index);
    circle.rotate_left(start_at);
    let name = |(at, _): &(usize, &Place)| quoted(nodes[*at].name);
    let (first, last) = (circle.first()?, circle.last()?);
    let message = if circle.len() == 1 {
        format!("the type {} requires itself", name(first))
    } else {
        format!(
            "the type {} requires {}, which requires {} again",
            name(first),
            name(last),
            name(first)
        )
    };
    let help = "remove `required`, or use a list: otherwise no value can exist";
    let diagnostic = Diagnostic::new(first.1.clone(), message).help(help);
    Some(circle.iter().skip(1).fold(diagnostic, |diagnostic, step| {
        diagnostic.also(step.1.clone(), format!("required in {}", name(step)))
    }))
}
