use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use dingtalk_api::json;
use dingtalk_helpers::{Card, CardError};
use tokio::time::{Instant, sleep};

use super::support::{CREATE, StandIn, UPDATE};
use super::{frame, refusing, template, usual};

async fn card(stand_in: &StandIn) -> Card {
    let card = Card::in_group(&stand_in.client(), &template(), "c", "r").await;
    card.unwrap()
}

/// The text of each update.
fn shown(stand_in: &StandIn) -> Vec<String> {
    let sent = stand_in.of(UPDATE);
    sent.iter().map(|sent| frame(sent).0).collect()
}

#[tokio::test(start_paused = true)]
async fn many_small_pieces_become_few_updates_with_the_whole_text() {
    let stand_in = usual();
    let card = card(&stand_in).await;
    let delivered = Instant::now();
    let mut text = String::new();
    for number in 0..200 {
        let piece = format!("{number}\n");
        card.push(&piece);
        text.push_str(&piece);
        sleep(Duration::from_millis(20)).await;
    }
    card.finish().await.unwrap();
    let sent = stand_in.of(UPDATE);
    assert_eq!(sent.len(), 6);
    assert!(sent[0].at - delivered >= Duration::from_millis(500));
    for pair in sent.windows(2) {
        assert!(pair[1].at - pair[0].at >= Duration::from_millis(800));
        let ((before, last, _), (after, ..)) = (frame(&pair[0]), frame(&pair[1]));
        assert!(!last && after.starts_with(&before) && !before.ends_with('\n'));
        assert_ne!(pair[0].body["guid"], pair[1].body["guid"]);
        assert_eq!(pair[0].body["outTrackId"], pair[1].body["outTrackId"]);
    }
    assert_eq!(frame(&sent[5]), (text, true, false));
    assert_eq!(sent[5].body["key"], "content");
}

#[tokio::test(start_paused = true)]
async fn a_piece_is_shown_even_if_no_other_follows() {
    let stand_in = usual();
    let card = card(&stand_in).await;
    card.push("one");
    sleep(Duration::from_secs(1)).await;
    card.push(" two");
    sleep(Duration::from_secs(60)).await;
    // A pause has ended: the first word waits for more.
    card.push(" three");
    sleep(Duration::from_millis(200)).await;
    card.push(" four");
    sleep(Duration::from_secs(60)).await;
    assert_eq!(shown(&stand_in), ["one", "one two", "one two three four"]);
    card.replace("five");
    card.finish().await.unwrap();
    assert_eq!(shown(&stand_in).pop().unwrap(), "five");
}

#[tokio::test(start_paused = true)]
async fn a_failed_card_shows_the_reason_or_what_there_is() {
    for (reason, expected) in [("too busy", "too busy"), ("", "half an ans")] {
        let stand_in = usual();
        let card = card(&stand_in).await;
        card.push("half an ans");
        card.fail(reason).await.unwrap();
        let last = frame(stand_in.of(UPDATE).last().unwrap());
        assert_eq!(last, (expected.to_owned(), false, true));
    }
}

#[tokio::test(start_paused = true)]
async fn a_card_that_is_dropped_is_shown_as_failed() {
    for text in ["half an ans", ""] {
        let stand_in = usual();
        let card = card(&stand_in).await;
        card.push(text);
        drop(card);
        sleep(Duration::from_secs(10)).await;
        let (content, finished, failed) = frame(stand_in.of(UPDATE).last().unwrap());
        assert_eq!((content.trim(), finished, failed), (text, false, true));
    }
}

#[tokio::test(start_paused = true)]
async fn an_update_that_fails_in_passing_is_made_up_for_by_the_next() {
    let failures = AtomicUsize::new(0);
    let stand_in = StandIn::new(move |sent| {
        let fails = sent.call == UPDATE && failures.fetch_add(1, Ordering::Relaxed) < 3;
        fails.then(|| (503, json!({"code": "ServiceUnavailable", "message": "m"})))
    });
    let card = card(&stand_in).await;
    card.push("one");
    sleep(Duration::from_secs(30)).await;
    card.push(" two");
    card.finish().await.unwrap();
    let updates = shown(&stand_in);
    assert_eq!(updates, ["one", "one", "one", "one two"]);
}

#[tokio::test(start_paused = true)]
async fn after_an_update_that_failed_for_good_nothing_is_sent() {
    let stand_in = refusing(UPDATE, 400, "param.stream.outTrackId");
    let card = card(&stand_in).await;
    for _ in 0..10 {
        card.push("text");
        sleep(Duration::from_secs(1)).await;
    }
    let failed = card.finish().await.unwrap_err();
    assert!(
        failed.to_string().contains("param.stream.outTrackId"),
        "{failed}"
    );
    assert_eq!(stand_in.calls(), [CREATE, UPDATE]);
}

#[tokio::test(start_paused = true)]
async fn a_text_that_is_too_long_is_cut_between_characters() {
    let stand_in = usual();
    let card = card(&stand_in).await;
    card.push(&"字".repeat(20_001));
    let failed = card.finish().await.unwrap_err();
    let numbers = match failed {
        CardError::TooLong { characters, limit } => (characters, limit),
        other => panic!("{other}"),
    };
    assert_eq!(numbers, (20_001, 20_000));
    let (content, finished, _) = frame(stand_in.of(UPDATE).last().unwrap());
    assert_eq!((content.chars().count(), finished), (20_000, true));
}
