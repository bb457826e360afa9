//! How many attempts, in what time, and what they cost.

use super::*;

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
        text.contains("timeout is 9s") && text.contains(QPS),
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
        error.to_string().contains("the attempt's timeout is 3s"),
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
