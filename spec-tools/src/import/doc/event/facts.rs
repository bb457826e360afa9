//! An event, made of its examples.

use std::rc::Rc;

use super::super::finding::Findings;
use super::super::inferred::{Inferred, alike};
use super::super::json::{Json, Value};
use super::super::places::Places;
use super::super::shape;
use super::page::{Described, EventPage};
use crate::diagnostic::{Step, quoted};
use crate::spec::{Event, Field, Fields, ScalarOrNamed, TypeNode};

/// What a page says of an event.
pub(super) struct Facts {
    pub(super) event: Event,
    pub(super) places: Places,
}

/// Makes an event of what a page shows of it. `known` is what the spec says of it.
pub(super) fn of(
    page: &EventPage,
    described: &Described,
    known: Option<&Event>,
    findings: &mut Findings,
) -> Facts {
    let fields = known.map(|known| &known.data);
    let mut shown = Inferred::default();
    let mut example = None;
    for payload in &described.payloads {
        let mut data = payload.data.value.clone();
        respell(&mut data, fields, Some(&shown));
        without_header(&mut data, fields, payload.has_corp);
        example.get_or_insert_with(|| data.plain());
        shown.add(&Inferred::of(&Json {
            value: data,
            at: payload.at,
        }));
    }
    let mut data = shape::of_fields(shown.fields.as_deref().unwrap_or_default());
    ask(&mut data, &shown, fields, findings);
    let undecided = described.payloads.is_empty().then(|| {
        let question = "The page shows no data. What does the event carry?";
        findings.undecided(described.at, question, "left it empty")
    });
    let mut places = Places::default();
    places.enter(Step::Key("data".to_owned()), described.at);
    place(&mut places, &shown);
    places.leave();
    let mut delivery = page.delivery.clone();
    if delivery.is_empty() {
        // Examples show some of the ways, so those that are known stay.
        delivery.extend(known.into_iter().flat_map(|known| &known.delivery));
        for payload in &described.payloads {
            if !delivery.contains(&payload.delivery) {
                delivery.push(payload.delivery);
            }
        }
    }
    let source = page.source.clone();
    let event = Event {
        event: Some(described.name.clone()),
        title: page.title.clone().filter(|_| page.events.len() == 1),
        source: source.filter(|source| source.starts_with("https://")),
        app_types: page.app_types.clone(),
        delivery,
        data,
        example,
        undecided,
        ..Event::default()
    };
    Facts { event, places }
}

/// What surrounds the data, where an example repeats it inside.
const HEADER: &[&str] = &["eventType", "syncAction", "syncSeq", "eventId"];

/// Removes what surrounds the data from it, and from an object `data` inside, unless the spec has it as a field.
fn without_header(value: &mut Value, known: Option<&Fields>, has_corp: bool) {
    let Value::Object(entries) = value else {
        return;
    };
    entries.retain(|entry| {
        let is_corp = has_corp && entry.key == "corpId";
        let is_same = |name: &&str| *name == entry.key || alike(name, &entry.key);
        let is_header = is_corp || HEADER.iter().any(is_same);
        !is_header || known.is_some_and(|known| known.get(&entry.key).is_some())
    });
    for entry in entries.iter_mut().filter(|entry| entry.key == "data") {
        let known = known.and_then(|known| inner(known.get("data")?));
        without_header(&mut entry.json.value, known, false);
    }
}

/// Gives keys the spelling that the spec has, or else the examples before: they are compared without case and `_`.
fn respell(value: &mut Value, known: Option<&Fields>, before: Option<&Inferred>) {
    match value {
        Value::List(items) => {
            for item in items {
                let before = before.and_then(|before| before.element.as_deref());
                respell(&mut item.value, known, before);
            }
        }
        Value::Object(entries) => {
            // Broken JSON may leave a value where a key should be.
            let is_name = |key: &str| !key.trim().bytes().all(|b| b.is_ascii_digit());
            entries.retain(|entry| entry.json.value != Value::Null || is_name(&entry.key));
            for at in 0..entries.len() {
                let Some(key) = entries.get(at).map(|entry| entry.key.trim().to_owned()) else {
                    continue;
                };
                let spelled = spelled(&key, known, before);
                let taken = entries.iter().any(|entry| entry.key == spelled);
                let Some(entry) = entries.get_mut(at) else {
                    continue;
                };
                if !taken {
                    entry.key.clone_from(&spelled);
                }
                let known = known.and_then(|known| inner(known.get(&entry.key)?));
                let before = before.and_then(|before| before.field(&entry.key));
                respell(&mut entry.json.value, known, before.map(Rc::as_ref));
            }
        }
        _ => {}
    }
}

fn spelled(key: &str, known: Option<&Fields>, before: Option<&Inferred>) -> String {
    let mut fields = known.into_iter().flat_map(Fields::iter);
    let is_same = |one: &str| one == key || alike(one, key);
    let known = fields
        .find(|(name, field)| is_same(name) || field.aliases.iter().any(|alias| is_same(alias)));
    if let Some((name, _)) = known {
        return name.clone();
    }
    let mut names = before.into_iter().flat_map(Inferred::names);
    names.find(|name| is_same(name)).unwrap_or(key).to_owned()
}

/// The fields of the object in a field, whatever lists and maps are around it.
fn inner(field: &Field) -> Option<&Fields> {
    let mut field = field;
    loop {
        if let Some(fields) = &field.object {
            return Some(fields);
        }
        match field.list.as_deref().or(field.map.as_deref())? {
            TypeNode::Node(inner) => field = inner,
            TypeNode::Name(_) => return None,
        }
    }
}

/// Asks about what the examples leave open and the spec does not know.
fn ask(fields: &mut Fields, shown: &Inferred, known: Option<&Fields>, findings: &mut Findings) {
    for (name, field) in fields.iter_mut() {
        let known = known.and_then(|known| known.get(name));
        if let Some(example) = shown.field(name) {
            ask_of(name, field, example, known, findings);
        }
    }
}

fn ask_of(
    name: &str,
    field: &mut Field,
    example: &Inferred,
    known: Option<&Field>,
    findings: &mut Findings,
) {
    let own = known.and_then(|known| known.type_name.as_ref());
    if own == Some(&ScalarOrNamed::Json) {
        // The spec leaves it open.
        *field = shape::any();
        return;
    }
    if let Some(object) = &mut field.object {
        return ask(object, example, known.and_then(inner), findings);
    }
    if own == Some(&ScalarOrNamed::Number) && field.type_name == Some(ScalarOrNamed::Integer) {
        // A whole number is a number too.
        field.type_name = own.cloned();
    }
    let element = example.element.as_deref();
    if let (Some(TypeNode::Node(inside)), Some(element)) = (field.list.as_deref_mut(), element) {
        return ask_of(name, inside, element, known, findings);
    }
    let open = |node: &TypeNode| matches!(node, TypeNode::Name(ScalarOrNamed::Json));
    let is_open = matches!(field.type_name, Some(ScalarOrNamed::Json))
        || field.list.as_deref().is_some_and(open);
    if is_open && known.is_none() {
        let name = quoted(name);
        let shows = example.shows_nothing() || element.is_some_and(Inferred::shows_nothing);
        let question = if shows {
            format!("No example shows a value of {name}. What does it hold?")
        } else {
            format!("The examples show values of several types in {name}. What does it hold?")
        };
        let at = example.at.unwrap_or_default();
        field.undecided = Some(findings.undecided(at, question, "assumed any JSON"));
    }
}

/// Where on the page each field is first.
fn place(places: &mut Places, shown: &Inferred) {
    for (name, field) in shown.fields.iter().flatten() {
        places.enter(Step::Key(name.clone()), field.at.unwrap_or_default());
        place_inside(places, field);
        places.leave();
    }
}

fn place_inside(places: &mut Places, field: &Inferred) {
    let key = |key: &str| Step::Key(key.to_owned());
    if field.is_object() {
        places.enter(key("object"), field.at.unwrap_or_default());
        place(places, field);
        places.leave();
    } else if let Some(element) = &field.element {
        places.enter(key("list"), field.at.unwrap_or_default());
        place_inside(places, element);
        places.leave();
    }
}
