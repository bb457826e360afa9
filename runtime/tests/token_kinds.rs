//! A call whose client has another's token than the operation takes says so.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod support;

use dingtalk_runtime::generated::{Operation, TokenKind};
use dingtalk_runtime::{ApiError, Call, Client, Error, RefreshToken, UserToken};
use serde_json::{Value, json};
use std::convert::Infallible;
use support::platform::{self, START_COPY, StartReply, request};
use support::{Answer, Request, Server};

static OF_USER: Operation = Operation {
    token: Some(&[TokenKind::User]),
    ..START_COPY
};

static OF_SUITE: Operation = Operation {
    token: Some(&[TokenKind::Suite]),
    ..START_COPY
};

static OF_BOTH: Operation = Operation {
    token: Some(&[TokenKind::Application, TokenKind::User]),
    ..START_COPY
};

fn call(client: &Client, operation: &'static Operation) -> Call<StartReply, ApiError> {
    Call::new(client, operation, vec!["r".to_owned()], Some(&request()))
}

/// Gives tokens, and answers calls with this.
fn server(status: u16, body: Value) -> Server {
    Server::start(move |_, request: &Request| {
        if request.path().starts_with("/v1.0/oauth2/") {
            let token = json!({"accessToken": "t", "refreshToken": "r2", "expireIn": 7200});
            return Answer::json(200, &token);
        }
        Answer::json(status, &body)
    })
}

fn rejection() -> Value {
    json!({"code": "InvalidAuthentication", "message": "no"})
}

fn of_user(server: &Server) -> Client {
    let keeper = |_: RefreshToken| async { Ok::<_, Infallible>(()) };
    let token = UserToken::from_refresh_token("the-key", "the-secret", "r1", keeper);
    platform::app(server).with_token_provider(token.unwrap())
}

#[tokio::test]
async fn an_applications_token_is_not_sent_where_only_a_users_is_taken() {
    let server = server(200, json!({"count": 1}));
    let client = platform::app(&server);
    let Err(Error::InvalidArgument(invalid)) = call(&client, &OF_USER).send().await else {
        panic!("sent")
    };
    assert_eq!(invalid.argument(), "token");
    let said = "must be a user's, found the application's";
    assert!(invalid.reason().starts_with(said), "{invalid}");
    assert!(
        server.requests().is_empty(),
        "nothing is sent, no token is fetched"
    );

    let sent = call(&client, &OF_USER).token("a-users").send().await;
    assert!(sent.is_ok(), "{sent:?}");
    for operation in [&OF_BOTH, &OF_SUITE, &START_COPY] {
        let sent = call(&client, operation).send().await;
        assert!(sent.is_ok(), "{sent:?}");
    }
}

#[tokio::test]
async fn a_refused_call_names_the_token_that_is_taken_and_the_clients() {
    let server = server(400, rejection());
    let (app, fixed) = (platform::app(&server), platform::client(&server));
    let hint = "the operation takes ";
    for (client, operation, expected) in [
        (
            &app,
            &OF_SUITE,
            Some("the suite's token, and the client has the application's"),
        ),
        (
            &fixed,
            &OF_BOTH,
            Some("the application's or a user's token"),
        ),
        (&app, &OF_BOTH, None),
        (&fixed, &platform::START, None),
    ] {
        let error = call(client, operation)
            .send()
            .await
            .unwrap_err()
            .to_string();
        let said = error
            .split_once(hint)
            .map(|(_, said)| said.split(';').next().unwrap());
        assert_eq!(said, expected, "{error}");
    }
}

#[tokio::test]
async fn a_users_client_is_told_that_the_application_is_wanted() {
    static OF_APPLICATION: Operation = Operation {
        token: Some(&[TokenKind::Application]),
        ..START_COPY
    };
    let server = server(403, json!({"code": "notYours", "message": "no"}));
    let error = call(&of_user(&server), &OF_APPLICATION)
        .send()
        .await
        .unwrap_err();
    let said = "the operation takes the application's token, and the client has a user's";
    assert!(error.to_string().contains(said), "{error}");
}

#[tokio::test]
async fn errors_that_have_another_cause_say_nothing_of_tokens() {
    let server = server(429, json!({"code": "tooMany", "message": "no"}));
    let error = call(&platform::app(&server), &OF_SUITE)
        .send()
        .await
        .unwrap_err();
    assert!(!error.to_string().contains("takes"), "{error}");
}
