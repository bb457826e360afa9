//! When a call is sent again, after what wait, and when not.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod support;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use dingtalk_runtime::operation::ErrorClass;
use dingtalk_runtime::{
    ApiError, Call, Client, RetryBudget, RetryPolicy, TransportErrorKind as Kind,
};
use serde_json::json;
use support::platform::{self, Error, StartReply};
use support::scripted::{Scripted, Step};
use support::{Answer, Server};

const QPS: &str = "Forbidden.AccessDenied.QpsLimitForApi";
const QPM: &str = "Forbidden.AccessDenied.QpmLimitForApi";
const QUOTA: &str = "Forbidden.AccessDenied.ApiCountLimitForOrg";
const DENIED: &str = "Forbidden.AccessDenied.AccessTokenPermissionDenied";

fn find(client: &Client) -> Call<StartReply, ApiError> {
    platform::find(client, &platform::request())
}

/// How often a call of each kind is sent if it always gets this: one that may not be repeated, one that may.
async fn sent(step: Step) -> (usize, usize) {
    let script = Scripted::always(step.clone());
    platform::start(&script.client()).await.unwrap_err();
    let repeatable = Scripted::always(step);
    find(&repeatable.client()).await.unwrap_err();
    (script.count(), repeatable.count())
}

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
    // An empty key is none.
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

#[tokio::test(start_paused = true)]
async fn a_throttled_call_waits_a_second_or_what_the_server_asks() {
    let script = Scripted::steps([
        Step::code(403, QPS),
        Step::code(403, QPS).header("retry-after", "7"),
    ]);
    platform::start(&script.client()).await.unwrap();
    let waits = script.waits();
    let near = |wait: Duration, floor: u64| {
        let floor = Duration::from_secs(floor);
        wait >= floor && wait <= floor + Duration::from_millis(410)
    };
    assert!(near(waits[0], 1) && near(waits[1], 7), "{waits:?}");
}

#[tokio::test(start_paused = true)]
async fn a_date_and_a_blocked_address_s_wait_are_waited_for() {
    let script = Scripted::steps([
        Step::code(403, QPS)
            .header("date", "Wed, 21 Oct 2015 07:28:00 GMT")
            .header("retry-after", "Wed, 21 Oct 2015 07:28:09 GMT"),
        Step::json(200, &json!({"status": 1111, "wait": 5, "punish": "deny"})),
    ]);
    platform::start(&script.client()).await.unwrap();
    let waits: Vec<_> = script.waits().iter().map(Duration::as_secs).collect();
    assert_eq!(waits, [9, 5]);
}

#[tokio::test(start_paused = true)]
async fn a_call_throttled_by_the_minute_waits_for_the_next_one() {
    let script = Scripted::steps([Step::code(403, QPM)]);
    let before = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let client = script.client();
    platform::start(&client)
        .timeout(Duration::from_secs(100))
        .await
        .unwrap();
    // The clock of the test runs ahead of the system's by the wait.
    let into = (before + script.waits()[0]).as_millis() % 60_000;
    assert!(!(500..=59_500).contains(&into), "{into} ms into a minute");
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_does_not_fit_fails_at_once_and_is_told() {
    let script = Scripted::always(Step::code(403, QPS).header("retry-after", "30"));
    let client = script.client();
    let began = tokio::time::Instant::now();
    let error = platform::start(&client)
        .timeout(Duration::from_secs(20))
        .send()
        .await
        .unwrap_err();
    assert_eq!(began.elapsed(), Duration::ZERO);
    let Error::Throttled(throttled) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(throttled.wait(), Some(Duration::from_secs(30)));
    let text = error.to_string();
    assert!(
        text.contains("wait 30 s") && text.contains("does not fit"),
        "{text}"
    );
    assert!(error.is_retryable());
    // The wait of a kind of throttling is told too if the server says nothing.
    let script = Scripted::always(Step::code(403, QPS));
    let call = platform::start(&script.client()).retry(RetryPolicy::none());
    let Error::Throttled(throttled) = call.send().await.unwrap_err() else {
        panic!()
    };
    assert_eq!(throttled.wait(), Some(Duration::from_secs(1)));
}

#[tokio::test(start_paused = true)]
async fn an_absurd_wait_is_not_granted() {
    for wait in ["61", "18446744073709551615"] {
        let script = Scripted::always(Step::code(403, QPS).header("retry-after", wait));
        let call = platform::start(&script.client()).timeout(Duration::MAX);
        let error = call.send().await.unwrap_err();
        assert_eq!(script.count(), 1);
        assert!(
            error.to_string().contains("longer than the policy grants"),
            "{error}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn back_off_grows_and_is_random() {
    let policy = RetryPolicy::new()
        .max_attempts(5)
        .base_backoff(Duration::from_millis(100))
        .max_backoff(Duration::from_millis(300));
    let mut longest = [Duration::ZERO; 4];
    let mut different = std::collections::HashSet::new();
    for _ in 0..200 {
        let script = Scripted::always(Step::Fail(Kind::Connect));
        let call = platform::start(&script.client()).retry(policy);
        call.await.unwrap_err();
        for (longest, wait) in longest.iter_mut().zip(script.waits()) {
            *longest = wait.max(*longest);
            different.insert(wait);
        }
    }
    for (longest, limit) in longest.into_iter().zip([100, 200, 300, 300]) {
        let limit = Duration::from_millis(limit);
        assert!(longest > limit * 8 / 10 && longest <= limit + Duration::from_millis(1));
    }
    assert!(different.len() > 100, "{}", different.len());
}

#[tokio::test(start_paused = true)]
async fn every_number_can_be_set_for_a_client_and_for_a_call() {
    let script = Scripted::always(Step::code(403, QPS));
    let policy = RetryPolicy::new()
        .max_attempts(2)
        .throttled_wait(Duration::from_millis(10))
        .base_backoff(Duration::ZERO);
    let client = script.builder().retry(policy).build().unwrap();
    platform::start(&client).await.unwrap_err();
    assert_eq!(script.count(), 2);
    assert_eq!(script.waits()[0].as_millis(), 10);
    platform::start(&client)
        .retry(policy.max_attempts(7))
        .await
        .unwrap_err();
    assert_eq!(script.count(), 2 + 7);
    platform::start(&client)
        .retry(RetryPolicy::none())
        .await
        .unwrap_err();
    assert_eq!(script.count(), 2 + 7 + 1);
}

#[tokio::test(start_paused = true)]
async fn the_error_says_how_many_attempts_were_made() {
    let script = Scripted::always(Step::code(403, QPS));
    let error = platform::start(&script.client()).send().await.unwrap_err();
    assert_eq!(error.attempts(), 3);
    assert!(error.to_string().ends_with("; 3 attempts"), "{error}");
    let script = Scripted::always(Step::Fail(Kind::Connect));
    let error = platform::start(&script.client()).send().await.unwrap_err();
    assert_eq!(error.attempts(), 3);
    assert!(error.to_string().ends_with("; 3 attempts"), "{error}");
    let script = Scripted::always(Step::Reply(503, Vec::new(), "<html>".into()));
    let error = find(&script.client()).send().await.unwrap_err();
    assert_eq!(error.attempts(), 3);
    assert!(error.to_string().ends_with("; 3 attempts"), "{error}");
    let script = Scripted::steps([
        Step::code(403, QPS),
        Step::json(200, &json!({"count": "x"})),
    ]);
    let error = platform::start(&script.client()).send().await.unwrap_err();
    assert!(
        matches!(error, Error::Decode(_)) && error.attempts() == 2,
        "{error}"
    );
    // One attempt is what everybody expects: it is not mentioned.
    let script = Scripted::always(Step::code(400, "unknown"));
    let error = platform::start(&script.client()).send().await.unwrap_err();
    assert_eq!(error.attempts(), 1);
    assert!(!error.to_string().contains("attempt"), "{error}");
    let script = Scripted::steps([Step::code(403, QPS)]);
    let reply = platform::start(&script.client())
        .send_reply()
        .await
        .unwrap();
    assert_eq!(reply.attempts(), 2);
}

#[tokio::test(start_paused = true)]
async fn the_last_attempt_s_error_is_returned() {
    let script = Scripted::steps([
        Step::Fail(Kind::Connect),
        Step::code(403, QPS),
        Step::code(400, "roomClosed"),
    ]);
    let error = platform::start(&script.client()).send().await.unwrap_err();
    assert_eq!((error.code(), error.attempts()), (Some("roomClosed"), 3));
}

#[tokio::test(start_paused = true)]
async fn one_deadline_is_over_all_attempts_and_keeps_the_error_before() {
    let script = Scripted::steps([Step::code(403, QPS), Step::Silence]);
    let began = tokio::time::Instant::now();
    let error = platform::start(&script.client())
        .timeout(Duration::from_secs(9))
        .send()
        .await
        .unwrap_err();
    assert_eq!(began.elapsed().as_secs(), 9);
    let Error::Transport(failure) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(failure.error().kind(), Kind::Timeout);
    assert_eq!(failure.attempts(), 2);
    assert_eq!(
        failure.previous().unwrap().class(),
        Some(ErrorClass::Throttled)
    );
    let text = error.to_string();
    assert!(
        text.contains("given 9s in all") && text.contains(QPS),
        "{text}"
    );
    assert!(text.contains("may have been carried out"), "{text}");
    assert!(!error.is_retryable());
}

#[tokio::test(start_paused = true)]
async fn an_attempt_has_a_time_of_its_own() {
    let script = Scripted::steps([Step::Silence, Step::Silence]);
    let client = script
        .builder()
        .attempt_timeout(Duration::from_secs(2))
        .build()
        .unwrap();
    find(&client).await.unwrap();
    assert_eq!(script.count(), 3);
    assert!(
        script.waits().iter().all(|wait| wait.as_secs() == 2),
        "{:?}",
        script.waits()
    );
    // What cannot be repeated fails with it, and says so.
    let script = Scripted::always(Step::Silence);
    let call = platform::start(&script.client()).attempt_timeout(Duration::from_secs(3));
    let error = call.send().await.unwrap_err();
    assert_eq!(script.count(), 1);
    assert!(
        error.to_string().contains("the attempt was given 3s"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_budget_keeps_retries_from_multiplying_the_load() {
    let script = Scripted::always(Step::Fail(Kind::Connect));
    let client = script.client();
    let mut exhausted = 0;
    for _ in 0..1_000 {
        let error = find(&client).send().await.unwrap_err();
        exhausted += usize::from(error.to_string().contains("budget is used up"));
    }
    // 100 at first, and one for each second that the waits took.
    let retries = script.count() - 1_000;
    assert!((100..250).contains(&retries), "{retries}");
    assert!(exhausted > 800, "{exhausted}");
}

#[tokio::test(start_paused = true)]
async fn successes_pay_for_retries() {
    let script = Scripted::new(|number, _| {
        if number % 2 == 0 {
            Step::Fail(Kind::Connect)
        } else {
            Step::ok()
        }
    });
    let budget = RetryBudget::new().burst(1).per_success(1.0).per_second(0.0);
    let client = script.builder().retry_budget(budget).build().unwrap();
    for _ in 0..50 {
        find(&client).await.unwrap();
    }
    let broke = Scripted::steps([Step::Fail(Kind::Connect)]);
    let client = broke
        .builder()
        .retry_budget(budget.burst(0))
        .build()
        .unwrap();
    find(&client).await.unwrap_err();
    assert_eq!(broke.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_replaced_token_is_no_retry_and_counts_once() {
    let rejected = || Step::code(400, "InvalidAuthentication");
    let run = async |steps: Vec<Step>, policy| {
        let script = Scripted::new(move |number, request| {
            if request.url.path().contains("oauth2") {
                let body = json!({"accessToken": format!("token-{number}"), "expireIn": 7200});
                return Step::json(200, &body);
            }
            steps.get(number).cloned().unwrap_or_else(Step::ok)
        });
        let client = dingtalk_runtime::ClientBuilder::<Client>::new(&platform::PLATFORM)
            .app("k", "s-e-c-r-e-t")
            .transport(script.clone())
            .retry(policy)
            .build()
            .unwrap();
        let outcome = platform::start(&client).send_reply().await;
        (outcome.map(|reply| reply.attempts()), script.count())
    };
    // Requests 0 and 2 are for tokens.
    let filler = Step::ok;
    let (outcome, count) = run(vec![filler(), rejected()], RetryPolicy::none()).await;
    assert_eq!((outcome.unwrap(), count), (2, 4), "under any policy");
    let steps = vec![
        filler(),
        rejected(),
        filler(),
        Step::code(403, QPS),
        Step::code(403, QPS),
    ];
    let (outcome, count) = run(steps, RetryPolicy::new()).await;
    assert_eq!(
        (outcome.unwrap(), count),
        (4, 6),
        "and the policy's attempts are left"
    );
    let steps = vec![
        filler(),
        rejected(),
        filler(),
        Step::code(403, QPS),
        rejected(),
    ];
    let (outcome, count) = run(steps, RetryPolicy::new()).await;
    let error = outcome.unwrap_err();
    assert!(matches!(error, Error::Authentication(_)), "{error:?}");
    assert_eq!((error.attempts(), count), (3, 5), "only once");
}

#[tokio::test(start_paused = true)]
async fn time_that_runs_out_between_attempts_leaves_nothing_in_doubt() {
    let script = Scripted::new(|number, _| match number {
        0 => Step::json(200, &json!({"accessToken": "token-1", "expireIn": 7200})),
        1 => Step::code(400, "InvalidAuthentication"),
        _ => Step::Silence,
    });
    let client = dingtalk_runtime::ClientBuilder::<Client>::new(&platform::PLATFORM)
        .app("k", "s-e-c-r-e-t")
        .transport(script.clone())
        .build()
        .unwrap();
    let call = platform::start(&client).timeout(Duration::from_secs(5));
    let error = call.send().await.unwrap_err();
    let Error::Transport(failure) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(
        (failure.error().kind(), failure.attempts()),
        (Kind::Timeout, 1)
    );
    assert_eq!(
        failure.previous().unwrap().code(),
        Some("InvalidAuthentication")
    );
    assert!(error.is_retryable());
    assert!(
        !error.to_string().contains("may have been carried out"),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn fetching_a_token_is_retried_and_its_failure_is_not_retried_again() {
    let script = Scripted::new(|_, _| Step::code(403, QPS));
    let client = dingtalk_runtime::ClientBuilder::<Client>::new(&platform::PLATFORM)
        .app("k", "s-e-c-r-e-t")
        .transport(script.clone())
        .build()
        .unwrap();
    let error = platform::start(&client).send().await.unwrap_err();
    assert!(matches!(error, Error::Token(_)), "{error:?}");
    assert_eq!((script.count(), error.attempts()), (3, 0));
    assert!(error.to_string().contains("3 attempts"), "{error}");
}

#[tokio::test]
async fn a_bad_policy_is_an_error_before_anything_is_sent() {
    let script = Scripted::always(Step::ok());
    let call = platform::start(&script.client()).retry(RetryPolicy::new().max_attempts(0));
    let Error::InvalidArgument(invalid) = call.send().await.unwrap_err() else {
        panic!()
    };
    assert_eq!((invalid.argument(), script.count()), ("retry", 0));
    let call = platform::start(&script.client()).attempt_timeout(Duration::ZERO);
    let Error::InvalidArgument(invalid) = call.send().await.unwrap_err() else {
        panic!()
    };
    assert_eq!((invalid.argument(), script.count()), ("attempt_timeout", 0));
}

/// A quick policy for a real server.
fn quick() -> RetryPolicy {
    RetryPolicy::new()
        .base_backoff(Duration::from_millis(1))
        .throttled_wait(Duration::from_millis(1))
}

#[tokio::test]
async fn on_the_wire_what_may_have_run_arrives_once() {
    for answer in [
        "",
        "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{",
        "HTTP/1.1 500 X\r\nconnection: close\r\ncontent-length: 0\r\n\r\n",
        "HTTP/1.1 503 X\r\nconnection: close\r\nretry-after: 0\r\ncontent-length: 23\r\n\r\n{\"code\": \"serviceBusy\"}",
        "garbage\r\n\r\n",
    ] {
        let server = Server::start(move |_, _| Answer::raw(answer));
        let client = platform::builder()
            .base_url(server.url())
            .token("t")
            .retry(quick())
            .build()
            .unwrap();
        platform::start(&client).await.unwrap_err();
        assert_eq!(server.requests().len(), 1, "{answer:?}");
        find(&client).await.unwrap_err();
        assert_eq!(server.requests().len(), 1 + 3, "{answer:?}");
    }
}

#[tokio::test]
async fn on_the_wire_a_throttled_call_comes_again_whole() {
    let server = Server::start(|number, _| match number {
        0 | 1 => Answer::json(403, &json!({"code": QPS, "message": "m"})),
        _ => Answer::json(200, &json!({"count": 3})),
    });
    let client = platform::builder()
        .base_url(server.url())
        .token("t")
        .retry(quick())
        .build()
        .unwrap();
    let reply = platform::start(&client)
        .header("x-extra", "e")
        .await
        .unwrap();
    assert_eq!(reply.count, Some(3));
    let requests = server.requests();
    assert_eq!(requests.len(), 3);
    for request in &requests {
        assert_eq!(request.method, "POST");
        assert_eq!(request.target, requests[0].target);
        assert_eq!(request.body, br#"{"unionId":"u"}"#);
        assert_eq!(request.header("x-extra"), Some("e"));
        assert_eq!(request.connection, 0, "on the same connection");
    }
}

#[tokio::test]
async fn a_refused_connection_is_tried_again() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let client = platform::builder()
        .base_url(format!("http://{address}"))
        .token("t")
        .retry(quick())
        .build()
        .unwrap();
    let error = platform::start(&client).send().await.unwrap_err();
    assert_eq!(error.attempts(), 3);
    assert!(error.to_string().contains("refused"), "{error}");
}
