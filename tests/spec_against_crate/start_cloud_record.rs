//! `StartCloudRecord` as a user calls it: typed, with what the documentation shows.

use dingtalk_api::conference_1_0::start_cloud_record::{
    Mode, SmallWindowPosition, StartCloudRecordError, StartCloudRecordRequest,
    StartCloudRecordResponse,
};
use dingtalk_api::{Client, Error, OperationError};
use serde_json::{Value as Json, json};

use crate::support::spec::{ErrorRow, Operation, fields, json as as_json};
use crate::support::{Answer, DETAIL, Spec, StandIn};

const SERVICE: &str = "conference_1_0";
const ACTION: &str = "StartCloudRecord";
const TOKEN: &str = "d27c05xxx";

#[tokio::test]
async fn the_documented_call_is_sent_and_its_reply_is_read() {
    let (stand_in, client) = setting();
    let request = StartCloudRecordRequest::new("WFBkgxxx")
        .small_window_position(SmallWindowPosition::RelativeRight)
        .mode(Mode::Speech);
    let call = client
        .conference_1_0()
        .start_cloud_record("61289f392xxx", request);
    let reply = call.send().await.unwrap();
    let mut expected = StartCloudRecordResponse::default();
    expected.code = Some("200".to_owned());
    assert_eq!(reply, expected);

    let spec = Spec::of_this_project();
    let requests = stand_in.take_requests();
    let [sent] = requests.as_slice() else {
        panic!("{requests:?}")
    };
    assert_eq!(sent.method, "POST");
    let path = operation(&spec)
        .path
        .replace("{conferenceId}", "61289f392xxx");
    assert_eq!(sent.path, path);
    assert_eq!(sent.query, []);
    assert_eq!(sent.header(spec.token_header()), Some(TOKEN));
    assert_eq!(sent.json(), operation(&spec).example(&["request", "body"]));
}

#[tokio::test]
async fn what_is_not_set_is_not_sent() {
    let (stand_in, client) = setting();
    start(&client, StartCloudRecordRequest::new("u"))
        .await
        .unwrap();
    assert_eq!(
        stand_in.take_requests()[0].json(),
        Some(json!({ "unionId": "u" }))
    );
}

#[test]
fn the_blocking_call_sends_the_same() {
    let (stand_in, client) = setting();
    let request = StartCloudRecordRequest::new("u").mode(Mode::Grid);
    let call = client.conference_1_0().start_cloud_record("id", request);
    assert_eq!(call.send_blocking().unwrap().code.as_deref(), Some("200"));
    let body = json!({ "unionId": "u", "mode": "grid" });
    assert_eq!(stand_in.take_requests()[0].json(), Some(body));
}

#[tokio::test]
async fn a_value_cannot_reach_another_path() {
    let (stand_in, client) = setting();
    let conferences = client.conference_1_0();
    let start = |id: &str| conferences.start_cloud_record(id, StartCloudRecordRequest::new("u"));
    for id in ["", ".", ".."] {
        let error = start(id).send().await.unwrap_err();
        let Error::InvalidArgument(invalid) = &error else {
            panic!("{error}")
        };
        assert_eq!(invalid.argument(), "conferenceId");
    }
    assert!(stand_in.take_requests().is_empty());
    start("../../robot?a#b c").send().await.unwrap();
    let path = &stand_in.take_requests()[0].path;
    assert!(path.contains("/..%2F..%2Frobot%3Fa%23b%20c/"), "{path}");
}

#[tokio::test]
async fn each_documented_error_arrives_as_its_variant() {
    let (stand_in, client) = setting();
    let spec = Spec::of_this_project();
    for (number, row) in operation(&spec).errors().into_iter().enumerate() {
        stand_in.answer_next(SERVICE, ACTION, Answer::ErrorRow(number));
        let error = start(&client, StartCloudRecordRequest::new("u"))
            .await
            .unwrap_err();
        let id = &stand_in.take_requests()[0].request_id;
        let Error::Api(typed) = &error else {
            panic!("{row:?}: {error}")
        };
        // The codes written out here are the test: no table of the crate is asked.
        let code = match typed {
            StartCloudRecordError::RoomClosed(_) => "roomClosed",
            StartCloudRecordError::ParamsError(_) => "paramsError",
            StartCloudRecordError::RecordStartError(_) => "recordStartError",
            StartCloudRecordError::RecordStartPermissionError(_) => "recordStartPermissionError",
            StartCloudRecordError::SystemError(_) => "systemError",
            other => panic!("{row:?}: {other}"),
        };
        assert_eq!(code, row.code);
        assert_says_all(&error.to_string(), typed.api(), &row, id);
    }
}

#[tokio::test]
async fn a_code_that_is_not_documented_is_kept() {
    let (stand_in, client) = setting();
    let body = br#"{"code":"newCode","requestid":"R-1","message":"of tomorrow"}"#.to_vec();
    stand_in.answer_next(SERVICE, ACTION, Answer::Raw(409, "application/json", body));
    let error = start(&client, StartCloudRecordRequest::new("u"))
        .await
        .unwrap_err();
    let Error::Api(StartCloudRecordError::Other(api)) = &error else {
        panic!("{error}")
    };
    assert_eq!(
        (api.status(), api.code(), api.message()),
        (409, "newCode", "of tomorrow")
    );
    assert_eq!(api.request_id(), Some("R-1"));
}

#[tokio::test]
async fn a_missing_permission_is_named() {
    let (stand_in, client) = setting();
    let code = "Forbidden.AccessDenied.AccessTokenPermissionDenied";
    stand_in.answer_next(SERVICE, ACTION, Answer::Platform(code));
    let error = start(&client, StartCloudRecordRequest::new("u"))
        .await
        .unwrap_err();
    let Error::Permission(api) = &error else {
        panic!("{error}")
    };
    assert_eq!((api.status(), api.code()), (403, code));
    assert_eq!(api.required_scopes(), ["Stand.In.Scope"]);
    assert!(error.to_string().contains("Stand.In.Scope"), "{error}");
}

#[tokio::test]
async fn a_path_that_the_platform_does_not_know_is_an_error_although_it_says_200() {
    let (stand_in, client) = setting();
    let body = br#"{"errcode":404,"errmsg":"the requested path does not exist"}"#.to_vec();
    stand_in.answer_next(SERVICE, ACTION, Answer::Raw(200, "application/json", body));
    let error = start(&client, StartCloudRecordRequest::new("u"))
        .await
        .unwrap_err();
    assert_eq!((error.status(), error.code()), (Some(200), Some("404")));
}

#[tokio::test]
async fn a_page_instead_of_json_keeps_its_status_and_beginning() {
    let (stand_in, client) = setting();
    let page = b"<html>blocked for a while</html>".to_vec();
    stand_in.answer_next(SERVICE, ACTION, Answer::Raw(405, "text/html", page));
    let error = start(&client, StartCloudRecordRequest::new("u"))
        .await
        .unwrap_err();
    let Error::UnexpectedReply(reply) = &error else {
        panic!("{error}")
    };
    assert_eq!(reply.status(), 405);
    assert!(error.to_string().contains("blocked for a while"), "{error}");
}

#[test]
fn every_value_of_the_enums_is_known_and_others_are_kept() {
    let spec = Spec::of_this_project();
    let listed = |field: &str| -> Vec<String> {
        let (_, field) = *operation(&spec)
            .fields("body")
            .iter()
            .find(|(name, _)| *name == field)
            .unwrap();
        fields(field.get("enum"))
            .iter()
            .map(|(value, _)| (*value).to_owned())
            .collect()
    };
    for value in listed("mode") {
        let mode = Mode::from(value.as_str());
        assert!(!matches!(mode, Mode::Unknown(_)), "{value}");
        assert_round_trip(&mode, &value);
    }
    for value in listed("smallWindowPosition") {
        let position = SmallWindowPosition::from(value.as_str());
        assert!(
            !matches!(position, SmallWindowPosition::Unknown(_)),
            "{value}"
        );
        assert_round_trip(&position, &value);
    }
    let unknown = Mode::from("of tomorrow");
    assert!(matches!(unknown, Mode::Unknown(_)));
    assert_round_trip(&unknown, "of tomorrow");
}

fn assert_round_trip<E>(value: &E, wire: &str)
where
    E: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug,
{
    assert_eq!(serde_json::to_value(value).unwrap(), Json::from(wire));
    assert_eq!(&serde_json::from_value::<E>(wire.into()).unwrap(), value);
}

fn assert_says_all(text: &str, api: &dingtalk_api::ApiError, row: &ErrorRow, id: &str) {
    let message = row.message.replace("%s", DETAIL);
    assert_eq!(
        (api.status(), api.code(), api.message()),
        (row.status, &*row.code, &*message)
    );
    assert_eq!(api.request_id(), Some(id));
    assert_eq!(api.detail(), row.message.contains("%s").then_some(DETAIL));
    let status = row.status.to_string();
    for part in [&status, &row.code, &message, id, ACTION] {
        assert!(text.contains(part), "`{part}` is not in: {text}");
    }
}

fn operation(spec: &Spec) -> &Operation {
    let operation = spec.operation(SERVICE, ACTION).unwrap();
    // A spec that lost what these tests are about would let them pass in silence.
    assert_eq!(operation.errors().len(), 5);
    assert_ne!(as_json(&operation.yaml)["example"], Json::Null);
    operation
}

async fn start(
    client: &Client,
    request: StartCloudRecordRequest,
) -> Result<StartCloudRecordResponse, Error<StartCloudRecordError>> {
    client
        .conference_1_0()
        .start_cloud_record("61289f392xxx", request)
        .send()
        .await
}

fn setting() -> (StandIn, Client) {
    let stand_in = StandIn::start(Spec::of_this_project()).unwrap();
    stand_in.accept_token(TOKEN);
    let client = Client::builder()
        .token(TOKEN)
        .base_url(stand_in.url())
        .build()
        .unwrap();
    (stand_in, client)
}
