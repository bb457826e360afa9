//! The client's own limit on how fast it calls.

use std::time::Duration;

use dingtalk_runtime::{Client, RateLimit, RetryPolicy, TransportErrorKind};
use tokio::time::Instant;

use crate::support::platform::{self, Error};
use crate::support::scripted::{Scripted, Step};

const SECOND: Duration = Duration::from_secs(1);

fn limited(script: &Scripted, limit: RateLimit) -> Client {
    script.builder().limit(limit).build().unwrap()
}

/// The most requests within any stretch of time of this length.
fn most_within(times: &[Instant], within: Duration) -> usize {
    let from = |first: &Instant| {
        let near = |time: &&Instant| **time >= *first && **time - *first < within;
        times.iter().filter(near).count()
    };
    times.iter().map(from).max().unwrap_or(0)
}

async fn start_all(client: &Client, calls: usize) {
    let calls: Vec<_> = (0..calls)
        .map(|_| {
            let call = platform::start(client).timeout(1000 * SECOND);
            tokio::spawn(call.send())
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn an_operation_is_called_at_most_twenty_times_in_any_second() {
    let script = Scripted::always(Step::ok());
    let began = Instant::now();
    start_all(&limited(&script, RateLimit::new()), 205).await;
    assert_eq!(script.count(), 205);
    assert_eq!(most_within(&script.times(), SECOND), 20);
    // And no slower than it has to be.
    assert_eq!(began.elapsed().as_secs(), 10);
}

#[tokio::test(start_paused = true)]
async fn the_window_slides() {
    let script = Scripted::always(Step::ok());
    let client = limited(&script, RateLimit::new());
    start_all(&client, 10).await;
    tokio::time::advance(SECOND * 9 / 10).await;
    start_all(&client, 30).await;
    // A bucket that refills would have let 30 through within the second.
    assert_eq!(most_within(&script.times(), SECOND), 20);
}

#[tokio::test(start_paused = true)]
async fn operations_have_windows_of_their_own() {
    let script = Scripted::always(Step::ok());
    let client = limited(&script, RateLimit::new());
    start_all(&client, 20).await;
    let waiting = tokio::spawn(platform::start(&client).send());
    tokio::task::yield_now().await;
    let began = Instant::now();
    platform::find(&client, &platform::request()).await.unwrap();
    assert_eq!(
        began.elapsed(),
        Duration::ZERO,
        "another operation's calls wait"
    );
    waiting.await.unwrap().unwrap();
}

#[tokio::test(start_paused = true)]
async fn all_operations_and_clients_share_the_limit_of_the_address() {
    let limit = RateLimit::new().overall(30, 20 * SECOND);
    let script = Scripted::always(Step::ok());
    let (first, second) = (limited(&script, limit.clone()), limited(&script, limit));
    let tasks: Vec<_> = (0..25)
        .flat_map(|_| {
            let find = platform::find(&second, &platform::request());
            let start = platform::start(&first).timeout(100 * SECOND);
            [
                tokio::spawn(async move { find.timeout(100 * SECOND).await.is_ok() }),
                tokio::spawn(async move { start.await.is_ok() }),
            ]
        })
        .collect();
    for task in tasks {
        assert!(task.await.unwrap());
    }
    assert_eq!(script.count(), 50);
    assert_eq!(most_within(&script.times(), 20 * SECOND), 30);
    assert_eq!(most_within(&script.times(), SECOND), 30);
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_does_not_fit_is_an_error_at_once() {
    let script = Scripted::always(Step::ok());
    let client = limited(&script, RateLimit::new().per_operation(1, 60 * SECOND));
    platform::start(&client).await.unwrap();
    let began = Instant::now();
    let call = platform::start(&client).timeout(20 * SECOND);
    let error = call.send().await.unwrap_err();
    assert_eq!(began.elapsed(), Duration::ZERO);
    let Error::Limited(limited) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(limited.wait(), 60 * SECOND);
    assert!(error.is_retryable() && error.attempts() == 0);
    let text = error.to_string();
    assert!(text.contains("rooms_1_0.StartRoom: not sent"), "{text}");
    assert!(
        text.contains("1 calls in 60s") && text.contains("a wait of 60.0s"),
        "{text}"
    );
    assert_eq!(script.count(), 1);
}

#[tokio::test(start_paused = true)]
async fn those_who_wait_in_the_queue_fail_in_their_time() {
    let script = Scripted::always(Step::ok());
    let client = limited(&script, RateLimit::new().per_operation(1, 10 * SECOND));
    let began = Instant::now();
    let calls: Vec<_> = (0..8)
        .map(|_| tokio::spawn(platform::start(&client).timeout(25 * SECOND).send()))
        .collect();
    let mut sent = 0;
    for call in calls {
        match call.await.unwrap() {
            Ok(_) => sent += 1,
            Err(error) => assert!(matches!(error, Error::Limited(_)), "{error:?}"),
        }
    }
    assert_eq!((sent, script.count()), (3, 3));
    assert!(began.elapsed() <= 25 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_stops_waiting_leaves_its_place() {
    let script = Scripted::always(Step::ok());
    let client = limited(&script, RateLimit::new().per_operation(1, 10 * SECOND));
    platform::start(&client).await.unwrap();
    let began = Instant::now();
    for _ in 0..5 {
        let call = platform::start(&client).send();
        assert!(tokio::time::timeout(SECOND, call).await.is_err());
    }
    platform::start(&client).await.unwrap();
    assert_eq!((began.elapsed().as_secs(), script.count()), (10, 2));
}

#[tokio::test(start_paused = true)]
async fn retries_and_token_calls_count() {
    let script = Scripted::steps([Step::Fail(TransportErrorKind::Connect)]);
    let client = limited(&script, RateLimit::new().per_operation(1, 5 * SECOND));
    platform::start(&client).await.unwrap();
    assert!(script.waits()[0] >= 5 * SECOND);
    // If there is no time for the retry, the error is that of the attempt.
    let script = Scripted::always(Step::Fail(TransportErrorKind::Connect));
    let client = limited(&script, RateLimit::new().per_operation(1, 5 * SECOND));
    let call = platform::start(&client).timeout(3 * SECOND);
    let error = call.send().await.unwrap_err();
    assert!(matches!(error, Error::Transport(_)), "{error:?}");
    assert!(
        error.to_string().contains("exceeds the call's timeout"),
        "{error}"
    );
    assert_eq!((script.count(), error.attempts()), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn without_a_limit_nothing_waits() {
    let script = Scripted::always(Step::ok());
    let client = script.builder().retry(RetryPolicy::none()).build().unwrap();
    let began = Instant::now();
    start_all(&client, 500).await;
    assert_eq!(began.elapsed(), Duration::ZERO);
}
