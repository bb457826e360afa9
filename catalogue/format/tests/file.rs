//! A file holds what was written into it, and a damaged one is an error.

#![allow(clippy::panic, clippy::unwrap_used)]

use dingtalk_catalogue_format::{
    AppType, Base, Block, Body, Container, Delivery, Details, Error, Event, EventGroup, Field,
    File, Limit, MAGIC, Marks, Method, Operation, Response, Service, TokenKind, Type, TypeDef,
    VERSION, Values, read_events, write, write_events,
};
use proptest::prelude::*;

fn field(name: &str) -> Field<'_> {
    Field {
        name,
        of: Type {
            containers: vec![Container::List, Container::Map],
            base: Base::Own(0),
        },
        marks: Marks(Marks::REQUIRED | Marks::SECRET),
        encoding: None,
        doc: Some("钉钉"),
        limits: vec![Limit::MaxLength(u64::MAX), Limit::Min(-0.5)],
        aliases: vec!["other"],
    }
}

fn shared() -> Vec<TypeDef<'static>> {
    vec![TypeDef {
        name: "Level",
        doc: None,
        values: Values::Integers(vec![(i64::MIN, Some("lowest")), (i64::MAX, None)]),
    }]
}

fn details(doc: &'static str) -> Details<'static> {
    Details {
        doc: Some(doc),
        source: None,
        app_types: Vec::new(),
        permission: Some("Thing.Read"),
        token: Some(vec![TokenKind::Application]),
        webhook: None,
        signature: Some("stamp"),
        max_bytes: Some(20_000),
        idempotent: false,
        path: vec![field("id")],
        query: Vec::new(),
        headers: Vec::new(),
        body: Body::Whole(field("body")),
        request_type: Some("ReadRequest"),
        response: Response::Object("ReadResponse", vec![field("result")]),
        response_field: None,
        types: Vec::new(),
        paging: None,
        errors: Vec::new(),
        example: None,
    }
}

fn block() -> Vec<u8> {
    let head = |action, rust_name| {
        Operation::new(
            action,
            rust_name,
            Method::Post,
            "/v1.0/things/{id}",
            Some("读取"),
            "Reads",
            Some("Things"),
        )
    };
    let operations = [
        (head("Read", "read"), details("first")),
        (head("ReadAll", "read_all"), details("second")),
    ];
    Block::write(&shared(), &operations).unwrap()
}

fn file() -> Vec<u8> {
    let block = block();
    let services = [
        (
            Service::new("a_1_0", Some("old"), Some("甲"), Some("About a")),
            block.as_slice(),
        ),
        (Service::new("b_1_0", None, None, None), &block),
    ];
    let events = write_events(&[event()]).unwrap();
    let groups = [(
        EventGroup::new("events_a", Some("乙"), None),
        events.as_slice(),
    )];
    write(&services, &groups).unwrap()
}

fn event() -> Event<'static> {
    Event {
        wire: "/v1.0/a",
        is_callback: true,
        rust_name: "thing_read",
        type_name: "ThingRead",
        title: Some("读"),
        summary: "A thing was read",
        doc: None,
        source: Some("https://example.com/"),
        app_types: vec![AppType::Delegated],
        permission: None,
        delivery: vec![Delivery::Stream, Delivery::SyncHttp],
        data: vec![field("id")],
        response: Some(("ThingReadResponse", vec![field("ok")])),
        types: shared(),
        example: Some("{}"),
    }
}

#[test]
fn what_was_written_is_read() {
    let bytes = file();
    let file = File::open(&bytes).unwrap();
    let names: Vec<_> = file
        .services
        .iter()
        .map(|(service, _)| (service.name, service.title, service.summary))
        .collect();
    assert_eq!(
        names,
        [
            ("a_1_0", Some("甲"), Some("About a")),
            ("b_1_0", None, None)
        ]
    );
    for (_, block) in file.services {
        let block = Block::read(block).unwrap();
        let actions: Vec<_> = block
            .operations()
            .map(|operation| (operation.action, operation.title))
            .collect();
        assert_eq!(actions, [("Read", Some("读取")), ("ReadAll", Some("读取"))]);
        assert_eq!(block.shared().unwrap(), shared());
        assert_eq!(block.details(1).unwrap(), details("second"));
        assert!(block.details(2).is_err());
    }
    let [(group, block)] = file.events.as_slice() else {
        panic!("one group of events");
    };
    assert_eq!(
        (group.name, group.title, group.summary),
        ("events_a", Some("乙"), None)
    );
    assert_eq!(read_events(block).unwrap(), [event()]);
}

#[test]
fn what_is_no_catalogue_of_this_version_is_not_opened() {
    let said = |bytes: &[u8]| File::open(bytes).unwrap_err().to_string();
    assert_eq!(said(b""), "the catalogue does not begin as one does");
    assert_eq!(said(&MAGIC), "the catalogue is cut off");
    let mut newer = file();
    newer[MAGIC.len()..][..4].copy_from_slice(&(VERSION + 1).to_le_bytes());
    assert_eq!(said(&newer), "the catalogue is of another version");
    let mut longer = file();
    longer.push(0);
    assert_eq!(said(&longer), "the catalogue is longer than it says");
    let cut = file();
    assert_eq!(said(&cut[..cut.len() - 1]), "the catalogue is cut off");
}

/// Reads all that there is.
fn read(bytes: &[u8]) -> Result<(), Error> {
    let file = File::open(bytes)?;
    for (_, block) in file.events {
        read_events(block)?;
    }
    for (_, block) in file.services {
        let block = Block::read(block)?;
        block.shared()?;
        for place in 0..block.operations().len() {
            block.details(place)?;
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn a_file_that_is_cut_off_is_an_error(length in 0..file().len()) {
        prop_assert!(read(&file()[..length]).is_err());
    }

    #[test]
    fn a_file_with_other_bytes_is_read_or_an_error(
        changes in prop::collection::vec((0..file().len(), any::<u8>()), 1..8),
    ) {
        let mut bytes = file();
        for (at, byte) in changes {
            bytes[at] = byte;
        }
        let _ = read(&bytes);
    }

    #[test]
    fn any_bytes_after_the_version_are_read_or_an_error(rest in any::<Vec<u8>>()) {
        let mut bytes = [&MAGIC[..], &VERSION.to_le_bytes()].concat();
        bytes.extend(rest);
        let _ = read(&bytes);
    }
}
