//! An event as a webhook.

use super::node::{Node, Object};
use super::schemas::{Schemas, Scope};
use super::text;
use crate::docs;
use crate::resolve::{Event, EventGroup};

/// The path item of an event: how it is pushed, with its data as the body, and what is answered.
pub(super) fn generate(schemas: &Schemas<'_>, group: &EventGroup<'_>, event: &Event<'_>) -> Object {
    let scope = Scope::of_event(group, event);
    let spec = event.spec;
    let json = |schema: Object| Object::new().with("schema", schema);
    let media = json(schemas.reference(scope, &event.data.name))
        .with_some("example", spec.example.as_ref());
    let body = Object::new().with("content", Object::new().with("application/json", media));
    let answer = event.response.as_ref().map(|def| {
        let media = json(schemas.reference(scope, &def.name));
        Object::new().with("application/json", media)
    });
    let what = if answer.is_some() {
        "The answer."
    } else {
        "The event was received."
    };
    let reply = Object::new()
        .with("description", what)
        .with_some("content", answer);
    let source = spec.source.as_deref();
    let kinds: Vec<_> = spec.app_types.iter().map(|kind| kind.as_str()).collect();
    let ways: Vec<_> = spec.delivery.iter().map(|way| way.as_str()).collect();
    let operation = Object::new()
        .with("tags", vec![group.module.as_str()])
        .with("summary", &spec.summary)
        .with_filled("description", description(event))
        .with_some("x-dingtalk-title", spec.title.as_deref())
        .with_some(
            "externalDocs",
            source.map(|url| Object::new().with("url", url)),
        )
        .with("operationId", id(group, event))
        .with("security", Vec::<Node>::new())
        .with("requestBody", body)
        .with("responses", Object::new().with("200", reply))
        .with(format!("x-dingtalk-{}", spec.key()), spec.wire())
        .with_some("x-dingtalk-permission", spec.permission.as_deref())
        .with_filled("x-dingtalk-app-types", kinds)
        .with_filled("x-dingtalk-delivery", ways);
    Object::new().with("post", operation)
}

/// `events_contact_user_add_org`
pub(super) fn id(group: &EventGroup<'_>, event: &Event<'_>) -> String {
    let module = crate::names::file_stem(&event.module);
    format!("{}_{module}", group.module)
}

fn description(event: &Event<'_>) -> String {
    let spec = event.spec;
    let permission = spec.permission.iter();
    let permission = permission.map(|name| format!("- Permission: {}", docs::code(name)));
    let kinds: Vec<_> = spec.app_types.iter().map(|kind| kind.words()).collect();
    let applications = (!kinds.is_empty()).then(|| format!("- Applications: {}", kinds.join(", ")));
    let ways: Vec<_> = spec.delivery.iter().map(|way| way.words()).collect();
    let delivery = (!ways.is_empty()).then(|| format!("- Delivered by: {}", ways.join(", ")));
    let facts: Vec<_> = permission.chain(applications).chain(delivery).collect();
    text::paragraphs([
        spec.title.as_deref().map(docs::text).unwrap_or_default(),
        spec.doc.as_deref().map(docs::text).unwrap_or_default(),
        facts.join("\n"),
    ])
}
