//! One-ofs as schemas.

use super::node::{Node, Object};
use super::schemas::{Schemas, Scope};
use super::text;
use crate::docs;
use crate::resolve::{KindDef, OneOfDef, Path};

/// The schema of a one-of, and those of its kinds by their names.
///
/// It is open, like an enum: a known kind, which the tag selects, or any other.
pub(super) fn components(
    schemas: &Schemas<'_>,
    scope: Scope<'_>,
    def: &OneOfDef<'_>,
    name: &str,
) -> Vec<(String, Object)> {
    let kind_name = |kind: &KindDef<'_>| format!("{name}.{}", kind.ident);
    let reference = |kind: &KindDef<'_>| format!("#/components/schemas/{}", kind_name(kind));
    let references = def
        .kinds
        .iter()
        .map(|kind| Node::from(Object::new().with("$ref", reference(kind))));
    let mapping: Object = def
        .kinds
        .iter()
        .map(|kind| (kind.tag, reference(kind)))
        .collect();
    let discriminator = Object::new()
        .with("propertyName", &*def.spec.tag)
        .with("mapping", mapping);
    let known = Object::new()
        .with("oneOf", references.collect::<Vec<_>>())
        .with("discriminator", discriminator);
    let tags: Vec<Node> = def.kinds.iter().map(|kind| kind.tag.into()).collect();
    let other_tag = Object::new()
        .with("type", "string")
        .with("not", Object::new().with("enum", tags));
    let other = Object::new()
        .with("type", "object")
        .with("required", vec![Node::from(&def.spec.tag)])
        .with("properties", Object::new().with(&*def.spec.tag, other_tag));
    let whole = Object::new()
        .with_filled(
            "description",
            def.doc.map(docs::sentence).unwrap_or_default(),
        )
        .with("anyOf", vec![known, other]);
    let kinds = def.kinds.iter().map(|kind| {
        let path = Path {
            name: kind.ident.clone(),
            shared: def.shared,
        };
        let content = schemas.to(scope, &path);
        let content = if def.spec.is_json_string() {
            Object::new()
                .with("type", "string")
                .with("contentMediaType", "application/json")
                .with("contentSchema", content)
        } else {
            content
        };
        let tag = Object::new()
            .with("type", "string")
            .with("enum", vec![Node::from(kind.tag)]);
        let properties = Object::new()
            .with(&*def.spec.tag, tag)
            .with(kind.content, content);
        let required = [Some(&*def.spec.tag), kind.required.then_some(kind.content)];
        let required: Vec<_> = required.into_iter().flatten().collect();
        let doc = text::paragraphs([kind.doc.map(docs::sentence).unwrap_or_default()]);
        let schema = Object::new()
            .with("type", "object")
            .with_filled("description", doc)
            .with("required", required)
            .with("properties", properties);
        (kind_name(kind), schema)
    });
    std::iter::once((name.to_owned(), whole))
        .chain(kinds)
        .collect()
}
