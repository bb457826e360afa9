//! The golden spec has each construct of the format.

use dingtalk_api::operation::Operation;
use dingtalk_catalogue::Catalogue;
use dingtalk_catalogue::format::{Base, Body, Container, Values};

use crate::same::same;

macro_rules! golden {
    ($($service:ident at $path:literal)*) => {
        $(
            #[path = $path]
            #[allow(clippy::all, clippy::pedantic, dead_code, unused_imports, unreachable_pub)]
            mod $service;
        )*

        const TYPED: &[&[&Operation]] = &[$($service::operations()),*];
    };
}

golden! {
    constructs_1_0 at "../../../tests/golden/generated/src/constructs_1_0/mod.rs"
    names_1_0 at "../../../tests/golden/generated/src/names_1_0/mod.rs"
    old_people at "../../../tests/golden/generated/src/old_people/mod.rs"
    pages_1_0 at "../../../tests/golden/generated/src/pages_1_0/mod.rs"
    tokens_1_0 at "../../../tests/golden/generated/src/tokens_1_0/mod.rs"
}

pub const FILE: &[u8] = include_bytes!("../../../tests/golden/generated/src/catalogue.bin");

#[test]
fn the_typed_operation_of_each_construct_is_the_same() {
    let catalogue = Catalogue::open(FILE).unwrap();
    let mut rest = catalogue.operations().unwrap().into_iter();
    for typed in TYPED.iter().copied().flatten() {
        let found = rest.next().unwrap();
        assert_eq!(
            (found.service().name(), found.action()),
            (typed.service, typed.action)
        );
        same(typed, found.callable().unwrap());
    }
    assert!(rest.next().is_none());
}

#[test]
fn values_of_enums_are_kept_with_their_texts() {
    let catalogue = Catalogue::open(FILE).unwrap();
    let operation = catalogue.operation("constructs_1_0", "Enums").unwrap();
    let details = operation.details().unwrap();
    let values = |name| {
        let mut types = details.types.iter();
        types.find(|def| def.name == name).unwrap().values.clone()
    };
    assert_eq!(
        values("Level"),
        Values::Integers(vec![
            (0, Some("Nothing")),
            (1, Some("Something")),
            (-1, Some("Less than nothing")),
        ])
    );
    let Values::Strings(odd) = values("Odd") else {
        panic!("an enum of strings");
    };
    assert_eq!(odd[1], ("1080p", Some("A number first")));
    assert_eq!(odd[8], ("A", None));
    let Body::Fields(fields) = &details.body else {
        panic!("a body with fields");
    };
    let by_day = fields.iter().find(|field| field.name == "byDay").unwrap();
    assert_eq!(by_day.of.containers, [Container::Map]);
    let Base::Own(state) = by_day.of.base else {
        panic!("a type of the operation's own");
    };
    assert_eq!(details.types[state as usize].name, "State");
}

#[test]
fn a_callback_is_described_with_its_answer_and_the_types_inside() {
    let catalogue = Catalogue::open(FILE).unwrap();
    let question = catalogue.event("/v1.0/things/question").unwrap();
    let described = question.describe().unwrap();
    assert_eq!(described.group, "events_callbacks");
    assert_eq!(
        (described.event, described.topic),
        (None, Some("/v1.0/things/question"))
    );
    let names = |fields: &[dingtalk_api::operation::FieldDescription]| -> Vec<_> {
        fields.iter().map(|field| field.name).collect()
    };
    assert_eq!(names(&described.data), ["thingId", "text"]);
    assert_eq!(
        names(described.response.as_deref().unwrap()),
        ["answer", "items"]
    );
    let types: Vec<_> = described.types.keys().collect();
    assert_eq!(types, ["Item", "Text"]);
}
