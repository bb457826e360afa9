//! The code generated for the golden events, and how it decodes them.

use dingtalk_api::model::Json;
use dingtalk_api::{EventHeader, FromCallback, RawEvent, Received};
use serde_json::{Value, json};

use crate::events_callbacks::{Notice, Question, QuestionResponse, question};
use crate::events_things::thing_add::{Kind, Level};
use crate::events_things::{ThingAdd, ThingsEvent};

fn event(event_type: &str, data: &Value) -> ThingsEvent {
    let mut header = EventHeader::default();
    header.event_type = Some(event_type.to_owned());
    header.corp_id = Some("ding1".to_owned());
    let data: Json = data.to_string().parse().unwrap();
    RawEvent::new(header, data).into()
}

fn thing(data: &Value) -> Received<ThingAdd> {
    match event("thing_add", data) {
        ThingsEvent::ThingAdd(event) => *event,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_event_has_its_header_its_data_and_what_came() {
    let event = thing(&json!({"thingId": "t1", "kind": "big", "level": 2, "mood": "good"}));
    assert_eq!(event.header.corp_id.as_deref(), Some("ding1"));
    assert_eq!(event.data.thing_id.as_deref(), Some("t1"));
    assert_eq!(event.data.kind, Some(Kind::Big));
    assert_eq!(event.data.level, Some(Level::High));
    assert_eq!(event.raw()["mood"], "good");
    assert_eq!(event.misfits(), []);
}

#[test]
fn keys_are_the_same_without_case_and_underscores_at_any_depth() {
    let camel = json!({
        "thingId": "t1", "isNew": true, "userIdList": ["u1"], "parts": [{"partName": "p"}],
        "more": {"a_key": 7}, "extra": {"Some_Key": 1}
    });
    let others = [
        json!({
            "ThingId": "t1", "IsNew": true, "UserIdList": ["u1"], "Parts": [{"PartName": "p"}],
            "More": {"AKey": 7}, "Extra": {"Some_Key": 1}
        }),
        json!({
            "thing_id": "t1", "is_new": true, "user_id_list": ["u1"], "parts": [{"part_name": "p"}],
            "more": {"a_key": 7}, "extra": {"Some_Key": 1}
        }),
        json!({
            "thingid": "t1", "isnew": "true", "staffs": ["u1"], "parts": [{"Label": "p"}],
            "more": "{\"aKey\":7}", "extra": {"Some_Key": 1}
        }),
    ];
    let camel = thing(&camel).data;
    assert_eq!(camel.more.as_ref().and_then(|more| more.a_key), Some(7));
    assert!(camel.extra.as_ref().unwrap().contains_key("Some_Key"));
    for other in others {
        let other = thing(&other);
        assert_eq!(other.data, camel);
        assert_eq!(other.misfits(), []);
    }
}

#[test]
fn a_fields_own_name_wins_over_other_spellings_in_any_order() {
    for data in [
        r#"{"thingId": "own", "ThingId": "other", "thing_id": "other"}"#,
        r#"{"ThingId": "other", "thing_id": "other", "thingId": "own"}"#,
    ] {
        let event = thing(&data.parse().unwrap());
        assert_eq!(event.data.thing_id.as_deref(), Some("own"), "{data}");
    }
}

#[test]
fn a_value_that_misfits_is_left_out_reported_and_kept_as_it_came() {
    let event = event(
        "thing_add",
        &json!({"thingId": "t1", "count": [1], "owner": {"userId": {}}, "parts": ["x", {"partName": "p"}]}),
    );
    let misfits: Vec<_> = event.misfits().iter().map(ToString::to_string).collect();
    assert_eq!(
        misfits,
        [
            "count: expected an integer, found a list",
            "owner.userId: expected a string, found an object",
            "parts[0]: expected an object, found \"x\"",
        ]
    );
    assert_eq!(event.raw()["count"][0], 1);
    let ThingsEvent::ThingAdd(event) = event else {
        panic!("another event")
    };
    assert_eq!(event.data.thing_id.as_deref(), Some("t1"));
    assert_eq!(event.data.count, None);
    assert_eq!(event.data.parts.as_ref().map(Vec::len), Some(1));
}

#[test]
fn data_that_is_not_an_object_is_a_misfit_and_not_an_error() {
    let text = event("thing_add", &json!("plain"));
    let misfits: Vec<_> = text.misfits().iter().map(ToString::to_string).collect();
    assert_eq!(misfits, ["expected an object, found \"plain\""]);
    assert_eq!(text.raw(), &Json::from("plain"));
    assert_eq!(event("thing_remove", &json!(null)).misfits(), []);
}

#[test]
fn debug_shows_neither_secrets_nor_what_is_not_documented() {
    let event = thing(&json!({"thingId": "t1", "owner": {"userId": "hush"}, "password": "hush"}));
    let text = format!("{event:?}");
    assert!(text.contains("t1") && text.contains("***"), "{text}");
    assert!(!text.contains("hush"), "{text}");
}

#[test]
fn an_event_of_another_type_is_kept() {
    let event = event("thing_melts", &json!({"a": 1}));
    assert!(matches!(event, ThingsEvent::Unknown(_)));
    assert_eq!(event.event_type(), Some("thing_melts"));
    assert_eq!(event.raw()["a"], 1);
    assert_eq!(ThingsEvent::event_types(), ["thing_add", "thing_remove"]);
}

#[test]
fn a_callback_has_a_topic_and_an_answer() {
    fn answer<C: FromCallback<Response = A>, A>() -> &'static str {
        C::TOPIC
    }
    assert_eq!(
        answer::<Received<Question>, QuestionResponse>(),
        "/v1.0/things/question"
    );
    assert_eq!(answer::<Received<Notice>, ()>(), "/v1.0/things/notice");
    let asked = dingtalk_api::json!({"ThingId": "t1", "text": {"content": "What?"}, "more": 1});
    let asked = Received::<Question>::from_callback(asked);
    assert_eq!(asked.data.thing_id.as_deref(), Some("t1"));
    assert_eq!(asked.raw()["more"], 1);
    let answer = QuestionResponse::new()
        .answer("That")
        .items(vec![question::Item::new("one")]);
    assert_eq!(
        serde_json::to_value(&answer).unwrap(),
        json!({"answer": "That", "items": [{"name": "one"}]})
    );
}
