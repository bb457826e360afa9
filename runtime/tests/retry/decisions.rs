//! Which failures are sent again, by which methods.

use super::*;

#[tokio::test(start_paused = true)]
async fn what_was_refused_before_it_ran_is_sent_again_by_any_method() {
    for step in [
        Step::code(403, QPS),
        Step::code(429, "whatever"),
        Step::Reply(429, Vec::new(), "<html>too many".into()),
        Step::json(200, &json!({"status": 1111, "wait": 1, "punish": "deny"})),
    ] {
        assert_eq!(sent(step).await, (3, 3));
    }
    let busy = Scripted::steps([Step::code(400, "busy")]);
    platform::start(&busy.client()).await.unwrap();
    assert_eq!(
        busy.count(),
        2,
        "the operation's own row says that it is throttled"
    );
}

#[tokio::test(start_paused = true)]
async fn what_was_not_sent_is_sent_again_by_any_method() {
    for kind in [Kind::Dns, Kind::Connect, Kind::ConnectTimeout] {
        assert_eq!(sent(Step::Fail(kind)).await, (3, 3), "{kind}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_may_have_run_is_sent_again_only_if_it_may_be_repeated() {
    for step in [
        Step::Fail(Kind::Broken),
        Step::Fail(Kind::BodyCut),
        Step::Fail(Kind::Timeout),
        Step::code(500, "serviceBusy"),
        Step::code(500, "unknown"),
        Step::code(504, "unknown"),
        Step::Reply(502, Vec::new(), "<html>bad gateway".into()),
        Step::code(400, "tryAgainLater"),
    ] {
        assert_eq!(sent(step).await, (1, 3));
    }
}

#[tokio::test(start_paused = true)]
async fn what_would_fail_again_is_never_sent_again() {
    for step in [
        Step::code(403, QUOTA),
        Step::code(403, DENIED),
        Step::code(400, "invalidClientIdOrSecret"),
        Step::code(400, "InvalidAuthentication"),
        Step::code(400, "IdempotentParameterMismatch"),
        Step::code(400, "unknown"),
        Step::code(404, "unknown"),
        Step::code(501, "unknown"),
        Step::json(200, &json!({"errcode": 404, "errmsg": "no such path"})),
        Step::json(200, &json!({"count": "not a number"})),
        Step::Reply(200, Vec::new(), "<html>".into()),
        Step::Reply(
            302,
            vec![("location", "https://a.example".into())],
            String::new(),
        ),
        Step::Fail(Kind::Tls),
        Step::Fail(Kind::BodyTooLarge),
        Step::Fail(Kind::Other),
    ] {
        assert_eq!(sent(step).await, (1, 1));
    }
}

#[tokio::test(start_paused = true)]
async fn a_request_with_an_idempotency_key_may_be_repeated() {
    let script = Scripted::steps([Step::Fail(Kind::Broken), Step::code(500, "serviceBusy")]);
    let mut request = platform::request();
    request.key = Some("key-1".into());
    platform::start_with(&script.client(), "r", &request)
        .await
        .unwrap();
    assert_eq!(script.count(), 3);
    // Given as a header of the call.
    let script = Scripted::steps([Step::Fail(Kind::Broken)]);
    let call = platform::start(&script.client()).header("X-Client-Token", "key-1");
    call.await.unwrap();
    assert_eq!(script.count(), 2);
    // An empty key does not count.
    let script = Scripted::steps([Step::Fail(Kind::Broken)]);
    request.key = Some(String::new());
    platform::start_with(&script.client(), "r", &request)
        .await
        .unwrap_err();
    assert_eq!(script.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn the_caller_can_say_that_a_call_may_be_repeated() {
    let script = Scripted::steps([Step::Fail(Kind::Timeout)]);
    platform::start(&script.client())
        .idempotent()
        .await
        .unwrap();
    assert_eq!(script.count(), 2);
    let script = Scripted::always(Step::Fail(Kind::Timeout));
    let error = platform::start(&script.client())
        .idempotent()
        .send()
        .await
        .unwrap_err();
    assert!(error.is_retryable(), "the error knows it too");
}
