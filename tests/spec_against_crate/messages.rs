//! Messages as types, and what programs that wrote them by hand ran into.

use std::collections::BTreeMap;

use dingtalk_api::generated::{FieldType, Kind};
use dingtalk_api::robot_1_0::batch_send_oto::{self, BatchSendOtoRequest};
use dingtalk_api::robot_1_0::types::{RobotMessage, SampleActionCard6, SampleText};
use dingtalk_api::{Client, JsonRequest, split_text};
use serde_json::{Value as Json, json};
use serde_yaml::Value as Yaml;

use crate::support::spec::{fields, project};
use crate::support::{StandIn, dynamic};

/// Sends the messages, and gives the bodies that arrived.
async fn sent(messages: impl IntoIterator<Item = RobotMessage>) -> Vec<Json> {
    let stand_in = StandIn::that_accepts_everything().unwrap();
    let builder = Client::builder().base_url(stand_in.url()).token("t");
    let client = builder.build().unwrap();
    for message in messages {
        let request = BatchSendOtoRequest::new(message, "dingrb", vec!["u1".to_owned()]);
        client.robot_1_0().batch_send_oto(request).await.unwrap();
    }
    let requests = stand_in.take_requests();
    requests.iter().map(|sent| sent.json().unwrap()).collect()
}

#[tokio::test]
async fn the_parameters_of_a_message_are_json_in_a_string_typed_and_by_name() {
    let wanted = json!({
        "robotCode": "dingrb", "userIds": ["u1"], "msgKey": "sampleText", "msgParam": r#"{"content":"hi"}"#,
    });
    assert_eq!(
        sent([SampleText::new("hi").into()]).await,
        std::slice::from_ref(&wanted)
    );
    let stand_in = StandIn::that_accepts_everything().unwrap();
    let builder = Client::builder().base_url(stand_in.url()).token("t");
    let client = builder.build().unwrap();
    for param in [json!({"content": "hi"}), json!(r#"{"content":"hi"}"#)] {
        let mut body = wanted.clone();
        body["msgParam"] = param;
        let request = JsonRequest::new().body(body);
        client
            .call_json(batch_send_oto::operation(), request)
            .await
            .unwrap();
        assert_eq!(
            stand_in.take_requests().remove(0).json(),
            Some(wanted.clone())
        );
    }
}

#[tokio::test]
async fn a_long_text_is_sent_in_parts_that_lose_nothing() {
    let text = "第一行：构建通过 ✅\n".repeat(300);
    let parts = split_text(&text, 2_000);
    assert!(
        parts
            .iter()
            .all(|part| part.len() <= 2_000 && part.ends_with('\n'))
    );
    let messages = parts.iter().map(|part| SampleText::new(*part).into());
    let arrived = sent(messages).await;
    let contents = arrived.iter().map(|body| {
        let param: Json = serde_json::from_str(body["msgParam"].as_str().unwrap()).unwrap();
        param["content"].as_str().unwrap().to_owned()
    });
    assert_eq!(contents.collect::<String>(), text);
}

#[test]
fn a_message_keeps_its_kind() {
    let card = SampleActionCard6::new("t", "x", "a", "https://a.example", "b", "https://b.example");
    let wire = serde_json::to_value(RobotMessage::from(card.clone())).unwrap();
    assert_eq!(wire["msgKey"], "sampleActionCard6");
    let read: RobotMessage = serde_json::from_value(wire).unwrap();
    assert_eq!(read, RobotMessage::SampleActionCard6(card));
}

/// The kinds of the one-ofs in the spec, by service and type.
fn kinds_in_the_spec(service: &str, file: &str) -> BTreeMap<String, Yaml> {
    let path = project("spec").join(service).join(file);
    let file: Yaml = serde_yaml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let types = fields(file.get("types")).into_iter();
    let one_ofs =
        types.filter_map(|(name, def)| Some((name.to_owned(), def.get("one_of")?.clone())));
    one_ofs.collect()
}

#[test]
fn the_tables_have_all_kinds_of_the_spec_with_their_fields() {
    let mut compared = 0;
    for (service, file, action) in [
        ("robot_1_0", "_service.yaml", "BatchSendOTO"),
        ("oapi_robot", "_service.yaml", "Send"),
        ("oapi_message", "_service.yaml", "SendToConversation"),
        ("oapi_chat", "send.yaml", "Send"),
    ] {
        let Some(operation) = dynamic::find(service, action) else {
            continue;
        };
        for (name, one_of) in kinds_in_the_spec(service, file) {
            let fields_of_request = operation.request.unwrap().get().fields();
            let kinds: &[Kind] = fields_of_request
                .iter()
                .map(|(_, kind)| kind.kinds())
                .find(|kinds| !kinds.is_empty())
                .unwrap();
            let wanted = fields(one_of.get("kinds")).into_iter().map(|(tag, kind)| {
                let names = fields(kind.get("object")).into_iter();
                (
                    tag.to_owned(),
                    names.map(|(name, _)| name.to_owned()).collect::<Vec<_>>(),
                )
            });
            let given = kinds.iter().map(|kind| {
                let FieldType::Object(object) = kind.of.get() else {
                    panic!("{name}")
                };
                let names = object.info().fields().iter();
                (
                    kind.tag.to_owned(),
                    names.map(|info| info.name().to_owned()).collect::<Vec<_>>(),
                )
            });
            assert_eq!(
                given.collect::<Vec<_>>(),
                wanted.collect::<Vec<_>>(),
                "{service} {name}"
            );
            compared += kinds.len();
        }
    }
    assert!(compared >= 13, "{compared}");
}
