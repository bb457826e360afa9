//! How long is waited between attempts.

use super::*;

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
        text.contains("wait 30 s") && text.contains("exceeds the call's timeout"),
        "{text}"
    );
    assert!(error.is_retryable());
    // A kind of throttling has a wait too if the server names none.
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
            error
                .to_string()
                .contains("exceeds the policy's `max_wait`"),
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
