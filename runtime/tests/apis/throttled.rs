//! A host that takes 20 calls within a second and refuses the others, as the platform's legacy one does. Under the
//! paused clock.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use crate::old_people::list_sub::{ListSubRequest, Response as Department};
use dingtalk_runtime::{HttpRequest, RateLimit, Walk};
use tokio::time::Instant;

use super::*;
use crate::support::scripted::{Scripted, Step};

const SECOND: Duration = Duration::from_secs(1);

/// The host, which gives these replies to the calls that it takes; and how many it has refused.
fn host(reply: impl Fn() -> Value + Send + Sync + 'static) -> (Scripted, Arc<AtomicUsize>) {
    let refused = Arc::new(AtomicUsize::new(0));
    let (taken, count) = (Mutex::new(VecDeque::new()), refused.clone());
    let answer = move |_, _: &HttpRequest| {
        let (now, mut taken) = (Instant::now(), taken.lock().unwrap());
        taken.retain(|at| now.duration_since(*at) < SECOND);
        if taken.len() == 20 {
            count.fetch_add(1, Ordering::Relaxed);
            return Step::json(
                200,
                &serde_json::json!({"errcode": 88, "errmsg": "e", "sub_code": "90018", "sub_msg": "20 a second"}),
            );
        }
        taken.push_back(now);
        Step::json(200, &reply())
    };
    (Scripted::new(answer), refused)
}

fn builder_at(host: &Scripted) -> ClientBuilder<Client> {
    ClientBuilder::<Client>::new(&platform::PLATFORM)
        .token(TOKEN)
        .transport(host.clone())
}

/// Makes 21 calls at once, and returns how long they took together.
async fn burst(client: &Client) -> Duration {
    let begun = Instant::now();
    let calls: Vec<_> = (0..21)
        .map(|_| {
            let client = client.clone();
            tokio::spawn(async move { get(&client).await.map(|user| user.userid) })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap().as_deref(), Some("0123"));
    }
    begun.elapsed()
}

#[tokio::test(start_paused = true)]
async fn a_burst_of_21_calls_is_complete_after_the_one_that_was_refused_has_waited() {
    let (host, refused) = host(found);
    let took = burst(&builder_at(&host).build().unwrap()).await;
    assert!(took >= SECOND, "{took:?}");
    assert!(refused.load(Ordering::Relaxed) >= 1);
}

#[tokio::test(start_paused = true)]
async fn with_a_limit_of_the_clients_own_no_call_is_refused() {
    let (host, refused) = host(found);
    let client = builder_at(&host).limit(RateLimit::new());
    let took = burst(&client.build().unwrap()).await;
    assert!(took >= SECOND, "{took:?}");
    assert_eq!(refused.load(Ordering::Relaxed), 0);
    assert_eq!(host.count(), 21);
}

#[tokio::test(start_paused = true)]
async fn a_walk_of_60_departments_within_the_limit_is_complete() {
    // Only the first call is for the root.
    let root = AtomicBool::new(true);
    let (host, refused) = host(move || {
        let below = if root.swap(false, Ordering::Relaxed) {
            60
        } else {
            0
        };
        let departments: Vec<_> = (0..below)
            .map(|id| serde_json::json!({"dept_id": id + 2}))
            .collect();
        serde_json::json!({"errcode": 0, "errmsg": "ok", "result": departments})
    });
    let client = builder_at(&host).limit(RateLimit::new());
    let client = client.build().unwrap();
    let list = |id| OldPeople::new(&client).list_sub(ListSubRequest::new().dept_id(id));
    let mut walk = Walk::new(1, list, |department: &Department| department.dept_id);
    let mut found = 0;
    while let Some(department) = walk.next().await {
        department.unwrap();
        found += 1;
    }
    assert_eq!(found, 60);
    assert_eq!(refused.load(Ordering::Relaxed), 0);
}
