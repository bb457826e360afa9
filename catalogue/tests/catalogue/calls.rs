//! Calls of operations that no type describes.

use std::sync::{Arc, Mutex};

use dingtalk_api::http::Response;
use dingtalk_api::{
    BoxFuture, Bytes, Client, Error, HttpRequest, JsonRequest, Limits, Transport, TransportError,
    json, operation,
};

/// What was sent: method and URL, and the body.
type Sent = (String, Option<Bytes>);

/// Keeps the last request, and answers as if it had been sent.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Option<Sent>>>);

impl Transport for Kept {
    fn send(
        &self,
        request: HttpRequest,
        _: Limits,
    ) -> BoxFuture<'_, Result<Response<Bytes>, TransportError>> {
        let body = request.body.and_then(|body| body.as_bytes().cloned());
        *self.0.lock().unwrap() = Some((format!("{} {}", request.method, request.url), body));
        Box::pin(async { Ok(Response::new(Bytes::from_static(br#"{"code":"200"}"#))) })
    }
}

fn client(kept: &Kept) -> Client {
    Client::builder()
        .token("t")
        .transport(kept.clone())
        .build()
        .unwrap()
}

fn callable(service: &str, action: &str) -> &'static operation::Operation {
    let catalogue = dingtalk_catalogue::open().unwrap();
    catalogue
        .operation(service, action)
        .unwrap()
        .callable()
        .unwrap()
}

#[test]
fn a_call_is_sent_as_the_typed_operation_would_be() {
    let request = JsonRequest::new()
        .path("conferenceId", "a b")
        .body(json!({"unionId": "u", "smallWindowPosition": "left_top", "mode": "grid"}));
    let mut sent = Vec::new();
    for operation in [
        callable("conference_1_0", "StartCloudRecord"),
        dingtalk_api::find_operation("conference_1_0", "StartCloudRecord").unwrap(),
    ] {
        let kept = Kept::default();
        let reply = client(&kept)
            .call_json(operation, request.clone())
            .send_blocking();
        assert_eq!(reply.unwrap().to_string(), r#"{"code":"200"}"#);
        sent.push(kept.0.lock().unwrap().take().unwrap());
    }
    assert!(
        sent[0]
            .0
            .ends_with("/videoConferences/a%20b/cloudRecords/start"),
        "{sent:?}"
    );
    assert_eq!(sent[0], sent[1]);
}

#[test]
fn mistakes_are_told_before_anything_is_sent() {
    let kept = Kept::default();
    // No type of this service is compiled here.
    let operation = callable("robot_1_0", "OrgGroupSend");
    let request = JsonRequest::new().body(json!({"robotCode": 1, "msgKeys": "sampleText"}));
    let error = client(&kept)
        .call_json(operation, request)
        .send_blocking()
        .unwrap_err();
    let Error::InvalidArgument(invalid) = error else {
        panic!("{error}");
    };
    let mistakes: Vec<_> = invalid
        .mistakes()
        .map(|(place, reason)| format!("{place} {reason}"))
        .collect();
    assert!(
        mistakes.contains(&"body.robotCode must be a string, found the number 1".to_owned()),
        "{mistakes:?}"
    );
    assert!(
        mistakes.contains(
            &"body.msgKeys is not a field in the body; did you mean `msgKey`?".to_owned()
        ),
        "{mistakes:?}"
    );
    assert_eq!(*kept.0.lock().unwrap(), None);
}

#[test]
fn an_operation_is_made_once() {
    let once = callable("robot_1_0", "OrgGroupSend");
    assert!(std::ptr::eq(once, callable("robot_1_0", "OrgGroupSend")));
}
