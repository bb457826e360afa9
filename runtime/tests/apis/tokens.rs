//! The token: one for both APIs, and shown nowhere.

use super::*;

#[tokio::test]
async fn one_token_serves_both_apis_and_a_rejected_one_is_replaced_once() {
    let (server, client) = app(|number| match number {
        1 => {
            serde_json::json!({"errcode": 88, "errmsg": "e", "sub_code": "40014", "sub_msg": "bad token"})
        }
        _ => found(),
    });
    assert_eq!(get(&client).await.unwrap().name.as_deref(), Some("Ann"));
    assert_eq!(server.requests().len(), 4, "token, call, token, call");

    let (server, client) = app(|_| serde_json::json!({"errcode": 42001, "errmsg": "expired"}));
    let error = get(&client).await.unwrap_err();
    assert!(matches!(error, Error::Authentication(_)), "{error:?}");
    assert_eq!(server.requests().len(), 4, "{error}");
}

#[tokio::test]
async fn the_token_is_seen_nowhere_but_in_the_request() {
    let echo =
        |text: &str| format!(r#"{{"errcode":5,"errmsg":"{text}","url":"?access_token={text}"}}"#);
    let server = Server::start({
        let body = echo(TOKEN);
        move |_, _| Answer::new(200, &[], &body)
    });
    let client = client(&server);
    let call = OldPeople::new(&client).get_user(GetUserRequest::new("1"));
    assert!(!format!("{call:?} {client:?}").contains("SENTINEL"));
    let error = call.send().await.unwrap_err();
    let said = format!(
        "{error} {error:?} {:?}",
        error.api().map(|said| said.body().clone())
    );
    assert!(!said.contains("SENTINEL"), "{said}");

    let escaped = "SENTINEL%2Btoken%2F%3D";
    let server = Server::start({
        let body = echo(escaped);
        move |_, _| Answer::new(200, &[], &body)
    });
    let error = get(&self::client(&server)).await.unwrap_err();
    let said = format!(
        "{error} {error:?} {:?}",
        error.api().map(|said| said.body().clone())
    );
    assert!(!said.contains("SENTINEL"), "{said}");

    let gone = Server::start(|_, _| Answer::raw(""));
    let error = get(&self::client(&gone)).await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error}");
    let mut chain = format!("{error} {error:?}");
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        chain = format!("{chain}{cause} {cause:?}");
        source = cause.source();
    }
    assert!(
        !chain.contains("SENTINEL") && !chain.contains("access_token"),
        "{chain}"
    );
}
