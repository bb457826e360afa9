//! Pages of operations that the spec has otherwise: the spec stays as it is, with what the page says more, and each
//! difference is told.

use dingtalk_codegen::spec::{
    EnumKey, Field, Fields, NamedType, Operation, Ordered, ScalarOrNamed, TypeNode,
};
use dingtalk_spec::document::Document;
use dingtalk_spec::import::doc::{Finding, Importer, Kind, Options};

use crate::page_writer::Types;
use crate::round_trip::{differences, each_page, facts, parsed};
use crate::telling::Telling;
use crate::{common, folder};

/// What makes the spec differ from the page.
#[derive(Debug, Clone, Copy)]
enum Change {
    Removed,
    Renamed,
    Retyped,
    Required,
    Values,
}

const CHANGES: [Change; 5] = [
    Change::Removed,
    Change::Renamed,
    Change::Retyped,
    Change::Required,
    Change::Values,
];

/// What is put behind the name of a field.
const OTHERWISE: &str = "Otherwise";

/// Changes the field of a number, counted through all that is sent and received. False if there are not so many.
fn change(operation: &mut Operation, number: usize, with: Change) -> bool {
    let number = &mut { number };
    let body = operation.body.iter_mut();
    let response = operation.response.iter_mut();
    let wholes = [&mut operation.body_type, &mut operation.response_type];
    let named = operation.types.iter_mut();
    std::iter::once(&mut operation.query)
        .chain(std::iter::once(&mut operation.headers))
        .chain(body)
        .chain(response)
        .chain(named.filter_map(|(_, def)| def.object.as_mut()))
        .any(|fields| in_fields(fields, number, with))
        || wholes
            .into_iter()
            .flatten()
            .any(|whole| in_field(whole, number, with))
}

fn in_fields(fields: &mut Fields, number: &mut usize, with: Change) -> bool {
    for at in 0..fields.len() {
        if *number == 0 {
            *fields = changed(fields, at, with);
            return true;
        }
        *number -= 1;
        let inside = fields.iter_mut().nth(at);
        if inside.is_some_and(|(_, field)| in_field(field, number, with)) {
            return true;
        }
    }
    false
}

fn in_field(field: &mut Field, number: &mut usize, with: Change) -> bool {
    let node = field.list.as_mut().or(field.map.as_mut());
    match (&mut field.object, node.map(Box::as_mut)) {
        (Some(fields), _) => in_fields(fields, number, with),
        (None, Some(TypeNode::Node(inner))) => in_field(inner, number, with),
        _ => false,
    }
}

fn changed(fields: &Fields, at: usize, with: Change) -> Fields {
    let all = fields.iter().enumerate();
    let all = all.filter_map(|(number, (name, field))| {
        let (mut name, mut field) = (name.clone(), field.clone());
        if number == at {
            match with {
                Change::Removed => return None,
                Change::Renamed => name.push_str(OTHERWISE),
                Change::Required => field.required = !field.required,
                // Another value in place of the first.
                Change::Values if field.values.is_some() => {
                    let values = field.values.iter().flat_map(Ordered::iter).enumerate();
                    let values = values.map(|(number, (key, value))| match number {
                        0 => (EnumKey::Text("otherwise".to_owned()), value.clone()),
                        _ => (key.clone(), value.clone()),
                    });
                    field.values = Some(values.collect());
                }
                Change::Retyped | Change::Values => {
                    let integer = field.type_name == Some(ScalarOrNamed::Integer);
                    field = Field {
                        type_name: Some(if integer {
                            ScalarOrNamed::String
                        } else {
                            ScalarOrNamed::Integer
                        }),
                        required: field.required,
                        ..Field::default()
                    };
                }
            }
        }
        Some((name, field))
    });
    all.collect()
}

/// Whether a finding is about all of something that the spec has at another place than the page, with a place inside.
fn is_around(finding: &Finding, place: &str) -> bool {
    let path = finding.message.split('`').nth(1).unwrap_or_default();
    let last = path.rsplit('.').next().unwrap_or_default();
    finding.kind == Kind::Disagrees && place.split('/').any(|step| step == last)
}

#[test]
fn each_difference_between_a_page_and_the_spec_is_told() {
    let platform = &common::good()["platform.yaml"];
    let none = Ordered::<String, NamedType>::default();
    let mut wrong = Vec::new();
    let mut tried = 0;
    let mut number = 0;
    each_page(|service, stem, page| {
        if !page.types.shared.is_empty() {
            return;
        }
        number += 1;
        let with = CHANGES[number % CHANGES.len()];
        let mut spec = page.operation.clone();
        // Some field of the first few dozen.
        let changed = (0..6).map(|power| (number * 7) % (1 << power)).rev();
        let Some(_) = changed.into_iter().find(|at| change(&mut spec, *at, with)) else {
            return;
        };
        let file = format!("{service}/{stem}.yaml");
        let text = Document::operation(&spec).at(&file).to_string();
        let files = [("platform.yaml".to_owned(), platform.clone()), (file, text)];
        let folder = folder("differences", &files.into_iter().collect());
        let mut into = Importer::open(&folder).expect("a spec");
        let imported = into.page(&page.source, &Options::default());
        let imported = imported.unwrap_or_else(|why| panic!("{service}/{stem}: {why:?}"));
        let after = parsed(&imported.file, &imported.text, platform);
        let of_page = facts(page.operation, page.types);
        let before = facts(
            &spec,
            Types {
                own: &spec.types,
                shared: &none,
            },
        );
        let after = facts(
            &after,
            Types {
                own: &after.types,
                shared: &none,
            },
        );
        let differ = differences(&of_page, &before, &page.written.vague);
        tried += usize::from(!differ.is_empty());
        let telling = Telling::new(&differ, &page.written);
        for place in &differ {
            let added = !imported.added.is_empty() && after.get(place) == of_page.get(place);
            // What the spec alone has is in no row.
            let only_there = place.split('/').find(|step| step.ends_with(OTHERWISE));
            let told = imported.findings.iter().any(|finding| {
                is_around(finding, place)
                    || match only_there {
                        Some(name) => finding.message.contains(name),
                        None => telling.tells(finding, place),
                    }
            });
            if !added && !told {
                wrong.push(format!(
                    "{service}/{stem} {with:?} {place}: {:?} in the page, {:?} in the spec ({:?})",
                    of_page.get(place),
                    before.get(place),
                    page.style
                ));
            }
        }
        // All else is as it was, or has been added.
        for (place, fact) in before.iter().filter(|(place, _)| !differ.contains(*place)) {
            let now = after.get(place);
            let kept = now.is_some_and(|now| now.starts_with(fact.as_str()));
            if !kept && now != of_page.get(place) {
                wrong.push(format!(
                    "{service}/{stem} {with:?} {place}: {fact} became {now:?}"
                ));
            }
        }
    });
    println!("{tried} differences");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
