//! An API of a user's own.

use super::*;

/// An API of a user's own.
static INTRANET: Api = Api {
    token: TokenPlace::Header("x-intranet-token"),
    envelope: Envelope {
        code: &["errorCode"],
        message: &["reason"],
        ..Envelope::NONE
    },
    errors: &[PlatformError {
        status: &[],
        code: "away",
        class: ErrorClass::RetryLater,
    }],
    ..Api::named("intranet")
};

static LOOK: Operation = Operation {
    service: "intranet_1_0",
    api: Some("intranet"),
    action: "Look",
    summary: "",
    method: "GET",
    path: "/v1.0/look",
    path_params: &[],
    request: None,
    body: Body::None,
    reply: ReplyKind::Json,
    reply_type: Some(TypeOf::Rust(<Json as Element>::type_of)),
    token: Some(&[]),
    sending: None,
    idempotent: true,
    app_types: &[],
    permission: "",
    paging: None,
    errors: &[],
};

#[tokio::test]
async fn an_api_of_ones_own_is_called_as_it_is_described() {
    let server = Server::start(|number, _| match number {
        0 => Answer::json(
            200,
            &serde_json::json!({"errcode": 5, "errmsg": "is data here"}),
        ),
        _ => Answer::json(
            400,
            &serde_json::json!({"error_code": "away", "reason": "lunch"}),
        ),
    });
    let client = ClientBuilder::<Client>::new(&platform::PLATFORM).api(&INTRANET);
    let client = client.base_url_of("intranet", server.url()).token(TOKEN);
    let client = client.retry(RetryPolicy::none()).build().unwrap();
    let reply = client
        .call_json(&LOOK, JsonRequest::new())
        .send()
        .await
        .unwrap();
    assert_eq!(reply.as_object().unwrap().iter().count(), 2);
    let error = client
        .call_json(&LOOK, JsonRequest::new())
        .send()
        .await
        .unwrap_err();
    assert_eq!((error.code(), error.message()), (Some("away"), "lunch"));
    assert_eq!(error.class(), Some(ErrorClass::RetryLater));
    for sent in server.requests() {
        assert_eq!(sent.header("x-intranet-token"), Some(TOKEN));
        assert_eq!(sent.target, "/v1.0/look");
    }
}

#[tokio::test]
async fn an_operation_of_an_api_that_the_client_does_not_know_is_refused() {
    let server = Server::always(200, found());
    let error = client(&server)
        .call_json(&LOOK, JsonRequest::new())
        .send()
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("`intranet` is none of the client's APIs"),
        "{error}"
    );
    let twice = ClientBuilder::<Client>::new(&platform::PLATFORM)
        .api(&INTRANET)
        .api(&INTRANET);
    assert!(
        twice
            .build()
            .unwrap_err()
            .to_string()
            .contains("already an API `intranet`")
    );
}
