use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use dingtalk_api::json;
use tokio::time::sleep;

use super::Robot;
use super::support::{CREATE, SESSION, Sent, StandIn, UPDATE, in_group, one_to_one};

fn usual() -> StandIn {
    StandIn::new(|_| None)
}

fn content(update: &Sent) -> &str {
    update.body["content"].as_str().unwrap()
}

#[tokio::test(start_paused = true)]
async fn e1_a_card_shows_that_an_answer_is_made_before_the_model_says_a_word() {
    let mut robot = Robot::start(usual()).await;
    robot.hear(in_group()).await;
    let took = robot.until(CREATE, 1).await;
    assert!(took < Duration::from_secs(1), "{took:?}");
    assert_eq!(
        robot.calls.of(CREATE)[0].body["cardData"]["cardParamMap"]["content"],
        ""
    );
    assert!(robot.calls.of(UPDATE).is_empty());
}

#[tokio::test(start_paused = true)]
async fn e2_the_answer_grows_in_a_steady_rhythm() {
    let mut robot = Robot::start(usual()).await;
    robot.hear(in_group()).await;
    for number in 0..50 {
        robot.words.send(format!("{number}\n\n")).unwrap();
        sleep(Duration::from_millis(100)).await;
    }
    let updates = robot.calls.of(UPDATE);
    assert!((4..=7).contains(&updates.len()), "{}", updates.len());
    for pair in updates.windows(2) {
        let (before, after) = (content(&pair[0]), content(&pair[1]));
        assert!(after.len() > before.len() && after.starts_with(before));
        let gap = pair[1].at - pair[0].at;
        assert!((800..1200).contains(&gap.as_millis()), "{gap:?}");
    }
    for update in &updates {
        assert!(!content(update).ends_with('\n'));
        assert_eq!(
            (&update.body["isFull"], &update.body["isFinalize"]),
            (&true.into(), &false.into())
        );
    }
}

#[tokio::test(start_paused = true)]
async fn e3_the_last_update_has_the_whole_answer_and_ends_the_card() {
    let mut robot = Robot::start(usual()).await;
    robot.hear(in_group()).await;
    let answer = "# Title\n\n```\ncode\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
    for piece in answer.split_inclusive(' ') {
        robot.words.send(piece.to_owned()).unwrap();
    }
    let calls = robot.done().await;
    let updates = calls.of(UPDATE);
    let (last, earlier) = updates.split_last().unwrap();
    assert_eq!(content(last), answer);
    assert_eq!(
        (&last.body["isFinalize"], &last.body["isError"]),
        (&true.into(), &false.into())
    );
    assert!(
        earlier
            .iter()
            .all(|update| update.body["isFinalize"] == false)
    );
    assert_eq!(
        calls.sent().last().unwrap().call,
        UPDATE,
        "nothing follows it"
    );
}

#[tokio::test(start_paused = true)]
async fn e4_a_card_that_cannot_be_created_becomes_a_message_without_an_error_to_the_user() {
    for status in [400, 403, 500] {
        let mut robot = Robot::start(StandIn::new(move |sent| {
            let refused = json!({"code": "param.invalid", "message": "m"});
            (sent.call == CREATE).then_some((status, refused))
        }))
        .await;
        robot.hear(in_group()).await;
        robot.words.send("the answer".to_owned()).unwrap();
        let calls = robot.done().await;
        assert!(calls.of(UPDATE).is_empty());
        let [message] = &*calls.of(SESSION) else {
            panic!("one message: {:?}", calls.calls())
        };
        assert_eq!(message.body["markdown"]["text"], "the answer");
    }
}

#[tokio::test(start_paused = true)]
async fn e4_throttled_updates_are_sent_again_later() {
    let throttled = AtomicUsize::new(0);
    let mut robot = Robot::start(StandIn::new(move |sent| {
        let first = sent.call == UPDATE && throttled.fetch_add(1, Ordering::Relaxed) == 0;
        let code = "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi";
        first.then(|| (403, json!({"code": code, "message": "m"})))
    }))
    .await;
    robot.hear(in_group()).await;
    robot.words.send("the answer".to_owned()).unwrap();
    let calls = robot.done().await;
    let updates = calls.of(UPDATE);
    assert!(updates[1].at - updates[0].at >= Duration::from_secs(1));
    let last = updates.last().unwrap();
    assert_eq!(
        (content(last), &last.body["isFinalize"]),
        ("the answer", &true.into())
    );
    assert!(calls.of(SESSION).is_empty());
}

#[tokio::test(start_paused = true)]
async fn e5_groups_and_one_to_one_chats_are_served_alike() {
    for (data, space) in [
        (in_group(), "dtv1.card//IM_GROUP.cid//a+b=="),
        (one_to_one(), "dtv1.card//IM_ROBOT.user1"),
    ] {
        let mut robot = Robot::start(usual()).await;
        robot.hear(data).await;
        // The white space after the mention is gone.
        assert_eq!(robot.asked.recv().await.unwrap(), "hello");
        robot.words.send("the answer".to_owned()).unwrap();
        let calls = robot.done().await;
        assert_eq!(calls.of(CREATE)[0].body["openSpaceId"], space);
        let last = calls.of(UPDATE).pop().unwrap();
        assert_eq!(
            (content(&last), &last.body["isFinalize"]),
            ("the answer", &true.into())
        );
    }
}
