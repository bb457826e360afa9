//! Properties of the models' codec, for any value and for any bytes.

use dingtalk_runtime::generated as m;
use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::*;

use crate::model_sample::{
    CreateMeetingRequest, Item, Level, ListItemsResponse, Mode, Room, Topic,
};

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-c\"\\\\\n\u{0}]{0,6}",
        "[0-9]{1,20}",
        Just("grid".to_owned())
    ]
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![any::<i32>().prop_map(f64::from), proptest::num::f64::NORMAL]
}

fn mode() -> impl Strategy<Value = Mode> {
    text().prop_map(Mode::from)
}

fn level() -> impl Strategy<Value = Level> {
    prop_oneof![Just(10), Just(40), any::<i64>()].prop_map(Level::from)
}

fn json() -> impl Strategy<Value = m::Json> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(m::Json::from),
        any::<i64>().prop_map(m::Json::from),
        text().prop_map(m::Json::from),
    ];
    leaf.prop_recursive(4, 16, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(m::Json::from),
            btree_map(text(), inner, 0..4).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

fn room() -> impl Strategy<Value = Room> {
    (text(), of(any::<i64>()), of(text())).prop_map(|(name, places, code)| {
        let mut room = Room::new(name);
        room.places = places;
        room.code = code;
        room
    })
}

fn topic() -> impl Strategy<Value = Topic> {
    let leaf = of(text()).prop_map(|title| {
        let mut topic = Topic::new();
        topic.title = title;
        topic
    });
    leaf.prop_recursive(4, 12, 3, |inner| {
        (
            of(text()),
            of(inner.clone()),
            of(vec(inner.clone(), 0..3)),
            of(inner),
        )
            .prop_map(|(title, next, parts, detail)| {
                let mut topic = Topic::new();
                topic.title = title;
                topic.next = next.map(Box::new);
                topic.parts = parts;
                topic.detail = detail.map(Box::new);
                topic
            })
    })
}

fn request() -> impl Strategy<Value = CreateMeetingRequest> {
    let scalars = (
        of(mode()),
        of(level()),
        of(text()),
        of(number()),
        of(any::<bool>()),
    );
    let objects = (of(room()), of(vec(room(), 0..3)), of(topic()), of(room()));
    let lists = (
        of(vec(vec(any::<i64>(), 0..3), 0..3)),
        of(btree_map(text(), vec(text(), 0..3), 0..3)),
        of(btree_map(text(), room(), 0..3)),
        of(json()),
        of(vec(prop_oneof![json(), Just(m::Json::Null)], 0..3)),
        of(vec(mode(), 0..3)),
    );
    (text(), any::<i64>(), scalars, objects, lists).prop_map(
        |(union_id, calendar_id, scalars, objects, lists)| {
            let mut request = CreateMeetingRequest::new(union_id, calendar_id);
            (
                request.mode,
                request.level,
                request.password,
                request.hours,
                request.recorded,
            ) = scalars;
            (request.room, request.rooms, request.agenda, request.layout) = objects;
            (request.seats, request.labels, request.places) = (lists.0, lists.1, lists.2);
            (request.extra, request.extras, request.modes) = (lists.3, lists.4, lists.5);
            request
        },
    )
}

/// Bytes that look like replies more often than random ones do.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let token = prop_oneof![
        Just("{"),
        Just("}"),
        Just("["),
        Just("]"),
        Just(","),
        Just(":"),
        Just("null"),
        Just("true"),
        Just("1"),
        Just("-1.5e3"),
        Just("1e999"),
        Just("\"id\""),
        Just("\"result\""),
        Just("\"items\""),
        Just("\"{}\""),
        Just("\"next\""),
        Just("\"detail\""),
        Just("\"parts\""),
        Just("\"mode\""),
        Just("\"\\u0000\""),
        Just("\"\\ud800\""),
        Just("\"name\""),
    ];
    prop_oneof![
        vec(any::<u8>(), 0..64),
        vec(token, 0..40).prop_map(|tokens| tokens.concat().into_bytes()),
    ]
}

proptest! {
    #[test]
    fn any_value_comes_back_as_it_was(request in request()) {
        let text = serde_json::to_vec(&request).unwrap();
        prop_assert_eq!(&m::from_slice::<CreateMeetingRequest>(&text).unwrap(), &request);
        prop_assert_eq!(&serde_json::from_slice::<CreateMeetingRequest>(&text).unwrap(), &request);
        prop_assert_eq!(&m::to_vec(m::View::Object(&request)).unwrap(), &text);
        let tree = serde_json::to_value(&request).unwrap();
        prop_assert_eq!(&serde_json::from_value::<CreateMeetingRequest>(tree).unwrap(), &request);
        prop_assert_eq!(&request.clone(), &request);
    }

    #[test]
    fn debug_never_shows_a_secret(secret in "[A-Z]{8,12}") {
        let request = CreateMeetingRequest::new("u", 1)
            .password(secret.as_str())
            .places([("p".to_owned(), Room::new("r").code(secret.as_str()))].into())
            .layout(Room::new("r").code(secret.as_str()));
        let shown = format!("{request:?} {request:#?}");
        prop_assert!(!shown.contains(&secret));
    }

    #[test]
    fn no_error_shows_a_secret(secret in "[A-Z]{8,12}") {
        let error = m::from_slice::<Item>(format!(r#"{{"token":"{secret}"}}"#).as_bytes());
        let shown = format!("{:?}", error.err());
        prop_assert!(!shown.contains(&secret));
    }

    #[test]
    fn decoding_never_panics(bytes in bytes()) {
        let _ = m::from_slice::<ListItemsResponse>(&bytes);
        let _ = m::from_slice::<CreateMeetingRequest>(&bytes);
        let _ = m::from_slice::<Topic>(&bytes);
        let _ = m::from_slice::<m::Map<Vec<Item>>>(&bytes);
    }

    #[test]
    fn what_was_decoded_is_stable(bytes in bytes()) {
        if let Ok(topic) = m::from_slice::<Topic>(&bytes) {
            let text = serde_json::to_vec(&topic).unwrap();
            prop_assert_eq!(m::from_slice::<Topic>(&text).unwrap(), topic);
        }
    }

    #[test]
    fn keys_may_come_in_any_order(order in Just((0..6).collect::<Vec<usize>>()).prop_shuffle()) {
        let fields = [r#""id":1"#, r#""name":"n""#, r#""weight":1.5"#, r#""done":true"#, r#""mode":"grid""#, r#""x":[1]"#];
        let text = |order: &[usize]| {
            let fields: Vec<_> = order.iter().map(|index| fields[*index]).collect();
            format!("{{{}}}", fields.join(","))
        };
        let sorted: Item = m::from_slice(text(&[0, 1, 2, 3, 4, 5]).as_bytes()).unwrap();
        let mixed: Item = m::from_slice(text(&order).as_bytes()).unwrap();
        prop_assert_eq!(mixed, sorted);
    }
}
