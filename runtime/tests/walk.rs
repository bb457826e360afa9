//! Trees whose nodes are listed by one call each, and what the nodes hold.
//!
//! The operations are generated from `tests/golden/spec/old_people`.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod support;

#[path = "../../tests/golden/generated/src/old_people/mod.rs"]
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod old_people;
#[path = "../../tests/golden/generated/src/platform.rs"]
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod platform;

use std::future::{poll_fn, ready};
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, Mutex, mpsc};
use std::task::{Context, Poll, Waker};

use dingtalk_runtime::generated::ClientBuilder;
use dingtalk_runtime::{Client, Error, RetryPolicy, Walk, WalkError};
use futures_core::Stream;
use old_people::OldPeople;
use old_people::list_sub::{ListSubRequest, Response as Department};
use old_people::list_users::ListUsersRequest;
use serde_json::{Value, json};
use support::{Answer, Request, Server};

fn client(server: &Server) -> Client {
    ClientBuilder::<Client>::new(&platform::PLATFORM)
        .base_url_of("oapi", server.url())
        .retry(RetryPolicy::none())
        .token("t")
        .build()
        .unwrap()
}

/// The departments below department 1.
fn departments(client: &Client) -> Walk<'_, i64, Department> {
    let list = |id| OldPeople::new(client).list_sub(ListSubRequest::new().dept_id(id));
    Walk::new(1, list, |department: &Department| department.dept_id)
}

/// A server that knows which departments are below which, and answers what cannot be listed with an error. Each department
/// has two users, `{id}-0` and `{id}-1`, a page each.
fn server(tree: &'static [(i64, &'static [i64])]) -> Server {
    Server::start(move |_, request| Answer::json(200, &answer(tree, request)))
}

fn answer(tree: &[(i64, &[i64])], request: &Request) -> Value {
    let body = request.json();
    let id = body["dept_id"].as_i64().unwrap();
    let below = tree.iter().find(|(parent, _)| *parent == id);
    let Some((_, below)) = below else {
        return json!({"errcode": 88, "sub_code": "60003", "sub_msg": "no such department"});
    };
    let result = if request.path().ends_with("listsub") {
        below.iter().map(|id| json!({"dept_id": id})).collect()
    } else {
        let page = body["cursor"].as_i64().unwrap();
        let user = format!("{id}-{page}");
        json!({"has_more": page == 0, "next_cursor": page + 1, "list": [{"userid": user}]})
    };
    json!({"errcode": 0, "errmsg": "ok", "result": result})
}

fn asked(server: &Server, path: &str) -> Vec<i64> {
    let requests = server.requests().into_iter();
    let of_path = requests.filter(|request| request.path().ends_with(path));
    let mut ids: Vec<_> = of_path
        .map(|request| request.json()["dept_id"].as_i64().unwrap())
        .collect();
    ids.sort_unstable();
    ids
}

/// All nodes in their order, and those that could not be listed.
async fn all(mut walk: Walk<'_, i64, Department>) -> (Vec<i64>, Vec<WalkError<i64>>) {
    let (mut found, mut failed) = (Vec::new(), Vec::new());
    while let Some(item) = walk.next().await {
        match item {
            Ok(department) => found.push(department.dept_id.unwrap()),
            Err(error) => failed.push(error),
        }
    }
    assert!(walk.next().await.is_none(), "the end is the end");
    (found, failed)
}

#[tokio::test]
async fn all_departments_below_one_come_each_after_its_parent() {
    let server = server(&[(1, &[2, -7]), (2, &[3]), (3, &[]), (-7, &[])]);
    let (found, failed) = all(departments(&client(&server))).await;
    assert!(failed.is_empty(), "{failed:?}");
    assert_eq!(found, [2, -7, 3]);
    assert_eq!(asked(&server, "listsub"), [-7, 1, 2, 3]);
}

#[tokio::test]
async fn a_department_that_fails_is_named_and_the_walk_goes_on() {
    let server = server(&[(1, &[2, 3]), (3, &[4]), (4, &[])]);
    let (found, failed) = all(departments(&client(&server))).await;
    assert_eq!(found, [2, 3, 4]);
    let [error] = &failed[..] else {
        panic!("{failed:?}")
    };
    assert_eq!(*error.node(), 2);
    assert_eq!(error.error().code(), Some("60003"));
    assert_eq!(
        error.to_string(),
        format!("node 2: {}", error.error()),
        "the department and the whole error"
    );
    let error = failed.into_iter().next().unwrap();
    assert!(matches!(Error::from(error), Error::Api(_)));
}

#[tokio::test]
async fn a_department_that_is_found_twice_is_walked_once_and_a_cycle_ends() {
    let server = server(&[(1, &[2, 3]), (2, &[4, 1]), (3, &[4]), (4, &[2])]);
    let (mut found, failed) = all(departments(&client(&server))).await;
    assert!(failed.is_empty(), "{failed:?}");
    found.sort_unstable();
    assert_eq!(found, [2, 3, 4]);
    assert_eq!(asked(&server, "listsub"), [1, 2, 3, 4]);
}

#[tokio::test]
async fn nodes_without_an_id_come_and_are_not_listed() {
    let server = server(&[(1, &[2, 3]), (3, &[])]);
    let client = client(&server);
    let list = |id| OldPeople::new(&client).list_sub(ListSubRequest::new().dept_id(id));
    let only_odd = |department: &Department| department.dept_id.filter(|id| id % 2 == 1);
    let (found, failed) = all(Walk::new(1, list, only_odd)).await;
    assert!(failed.is_empty(), "{failed:?}");
    assert_eq!(found, [2, 3]);
    assert_eq!(asked(&server, "listsub"), [1, 3]);
}

/// The calls below the root only get an answer three at a time.
#[tokio::test]
async fn as_many_calls_are_made_at_once_as_the_limit_allows() {
    const TREE: &[(i64, &[i64])] = &[
        (1, &[2, 3, 4, 5, 6, 7]),
        (2, &[]),
        (3, &[]),
        (4, &[]),
        (5, &[]),
        (6, &[]),
        (7, &[]),
    ];
    let three = Barrier::new(3);
    let server = Server::start(move |_, request| {
        if request.json()["dept_id"] != 1 {
            three.wait();
        }
        Answer::json(200, &answer(TREE, request))
    });
    let client = client(&server);
    let (found, failed) = all(departments(&client).concurrency(3)).await;
    assert!(failed.is_empty(), "{failed:?}");
    assert_eq!(found.len(), 6);
}

#[tokio::test]
async fn no_more_calls_are_made_than_the_limit_allows() {
    let made = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&made);
    let list = move |node: u32| {
        count.fetch_add(1, Ordering::SeqCst);
        async move {
            if node > 0 {
                std::future::pending::<()>().await;
            }
            Ok::<_, Error>(vec![1, 2, 3, 4, 5])
        }
    };
    let mut walk = Walk::new(0, list, |node| Some(*node)).concurrency(2);
    for node in 1..=5 {
        assert_eq!(walk.next().await.unwrap().unwrap(), node);
    }
    let mut context = Context::from_waker(Waker::noop());
    assert!(pin!(walk.next()).poll(&mut context).is_pending());
    assert_eq!(made.load(Ordering::SeqCst), 1 + 2);
}

#[tokio::test]
async fn a_limit_of_no_calls_is_one_of_one() {
    let list = |node: u32| {
        ready(Ok::<_, Error>(if node < 3 {
            vec![node + 1]
        } else {
            vec![]
        }))
    };
    let mut walk = Walk::new(0, list, |node| Some(*node)).concurrency(0);
    let mut found = Vec::new();
    while let Some(node) = walk.next().await {
        found.push(node.unwrap());
    }
    assert_eq!(found, [1, 2, 3]);
}

#[tokio::test]
async fn nothing_is_sent_before_it_is_asked_for_and_nothing_after_it_is_dropped() {
    let (arrived, arrival) = mpsc::channel();
    let (go, wait) = mpsc::channel::<()>();
    let wait = Mutex::new(wait);
    let server = Server::start(move |number, request| {
        if number == 1 {
            arrived.send(()).unwrap();
            let _ = wait.lock().unwrap().recv();
        }
        Answer::json(200, &answer(&[(1, &[2]), (2, &[3]), (3, &[])], request))
    });
    let client = client(&server);
    drop(departments(&client));
    let mut walk = departments(&client);
    assert!(server.requests().is_empty());
    walk.next().await.unwrap().unwrap();
    // The call for department 2 is under way when the walk is dropped.
    {
        let mut next = pin!(walk.next());
        poll_fn(|context| {
            assert!(next.as_mut().poll(context).is_pending());
            if arrival.try_recv().is_ok() {
                return Poll::Ready(());
            }
            context.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
    }
    drop(walk);
    go.send(()).unwrap();
    assert_eq!(asked(&server, "listsub"), [1, 2]);
    let (found, _) = all(departments(&client)).await;
    assert_eq!(found, [2, 3], "the client is as it was");
}

#[tokio::test]
async fn all_users_of_a_department_and_below_come_with_their_department() {
    let server = server(&[(1, &[2, 3]), (2, &[4]), (3, &[]), (4, &[])]);
    let client = client(&server);
    let users = |id| OldPeople::new(&client).list_users(ListUsersRequest::new(id, 0, 1));
    for concurrency in [1, 2, 8] {
        let walk = departments(&client).concurrency(concurrency);
        let mut walk = walk.contents(|id| users(id).items());
        let mut found = Vec::new();
        while let Some(item) = walk.next().await {
            let (department, user) = item.unwrap();
            found.push((department, user.userid.unwrap()));
        }
        assert!(walk.next().await.is_none(), "the end is the end");
        found.sort_unstable();
        let expected: Vec<_> = [1, 2, 3, 4]
            .into_iter()
            .flat_map(|id| [(id, format!("{id}-0")), (id, format!("{id}-1"))])
            .collect();
        assert_eq!(found, expected, "{concurrency} at once");
    }
}

#[tokio::test]
async fn users_of_other_departments_come_although_one_fails() {
    // Department 2 can be neither listed nor asked for its users; department 3 fails in the middle.
    let server = Server::start(|_, request| {
        let body = request.json();
        if (&body["dept_id"], &body["cursor"]) == (&json!(3), &json!(1)) {
            return Answer::json(200, &json!({"errcode": -1, "errmsg": "busy"}));
        }
        Answer::json(200, &answer(&[(1, &[2, 3]), (3, &[])], request))
    });
    let client = client(&server);
    let users = |id| OldPeople::new(&client).list_users(ListUsersRequest::new(id, 0, 1));
    let mut walk = departments(&client).contents(|id| users(id).items());
    let (mut found, mut failed) = (Vec::new(), Vec::new());
    while let Some(item) = walk.next().await {
        match item {
            Ok((_, user)) => found.push(user.userid.unwrap()),
            Err(error) => failed.push((*error.node(), error.error().code().unwrap().to_owned())),
        }
    }
    found.sort_unstable();
    failed.sort_unstable();
    assert_eq!(found, ["1-0", "1-1", "3-0"]);
    let expected = [(2, "60003"), (2, "60003"), (3, "-1")];
    assert_eq!(failed, expected.map(|(node, code)| (node, code.to_owned())));
}

#[test]
fn walks_are_streams_that_go_anywhere() {
    fn anywhere<S: Stream + Send + Unpin>(_: Pin<&mut S>) {}
    let list = |node: u32| ready(Ok::<Vec<u32>, Error>(vec![node]));
    let mut walk = Walk::new(0, list, |node| Some(*node));
    anywhere(Pin::new(&mut walk));
    let users = |node: u32| Walk::new(node, list, |_| None);
    let mut contents = walk.contents(users);
    anywhere(Pin::new(&mut contents));
    assert_eq!(
        format!("{contents:?}"),
        "WalkContents { walk: Walk { root: 0, concurrency: 4, .. }, .. }"
    );
}
