//! What must not be shown is known at any depth, and in the path.

use dingtalk_runtime::JsonRequest;
use serde_json::{Value, json};

use crate::support::platform::{self, ENTER, EnterRequest, Login};
use crate::support::{Answer, Server};

const SECRETS: [&str; 3] = ["path-secret", "inner-secret", "packed-secret"];

fn request(packed: &Value) -> JsonRequest {
    JsonRequest::new().path("key", SECRETS[0]).body(json!({
        "logins": [{"name": "n", "code": SECRETS[1]}],
        "packed": packed,
    }))
}

#[tokio::test]
async fn no_error_shows_a_secret_of_the_path_or_from_inside_the_body() {
    let server = Server::start(|_, request| {
        let echo = format!("{} {}", request.target, SECRETS.join(" "));
        Answer::json(400, &json!({"code": "a", "message": echo}))
    });
    let client = platform::client(&server);
    let packed = json!({"code": SECRETS[2]});
    let typed = EnterRequest {
        logins: Some(vec![Login {
            code: Some(SECRETS[1].into()),
            ..Login::default()
        }]),
        packed: Some(Login {
            code: Some(SECRETS[2].into()),
            ..Login::default()
        }),
    };
    let path = vec![SECRETS[0].to_owned()];
    let typed =
        dingtalk_runtime::Call::<dingtalk_runtime::model::Json, dingtalk_runtime::ApiError>::new(
            &client,
            &ENTER,
            path,
            Some(&typed),
        );
    let mut errors = vec![typed.await.unwrap_err()];
    for packed in [packed.clone(), packed.to_string().into()] {
        let call = client.call_json(&ENTER, request(&packed));
        errors.push(call.await.unwrap_err());
    }
    for error in errors {
        let said = format!("{error} {error:?} {:?}", error.api().unwrap().body());
        assert!(said.contains("***"), "{said}");
        for secret in SECRETS {
            assert!(!said.contains(secret), "{said}");
        }
    }
}

#[tokio::test]
async fn a_masked_request_hides_them_all() {
    let server = Server::always(200, json!({}));
    let client = platform::client(&server);
    let packed = json!({"code": SECRETS[2]});
    for packed in [packed.clone(), packed.to_string().into()] {
        let call = client.call_json(&ENTER, request(&packed).masked());
        call.await.unwrap();
        let sent = server.requests().pop().unwrap();
        assert_eq!(sent.target, "/v1.0/rooms/%2A%2A%2A/enter");
        assert_eq!(
            sent.json(),
            json!({
                "logins": [{"name": "n", "code": "***"}],
                "packed": "{\"code\":\"***\"}",
            })
        );
    }
}
