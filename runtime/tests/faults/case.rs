//! A case: what the server does, and what the client must make of it.

use std::time::Duration;

use dingtalk_runtime::{
    ApiError, Call, Client, Error, OperationError, RetryBudget, RetryPolicy, TransportErrorKind,
};
use tokio::task::JoinSet;

use super::hostile::{Hostile, Script, Then};
use crate::support::platform::{self, FIND, REMOVE, START, StartError, StartReply, builder};

/// How a call ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    Good,
    Transport(TransportErrorKind),
    Api,
    Authentication,
    Permission,
    Throttled,
    Quota,
    Decode,
    Unexpected,
    /// What no reply may lead to.
    Other,
}

pub const BROKEN: End = End::Transport(TransportErrorKind::Broken);
pub const CUT: End = End::Transport(TransportErrorKind::BodyCut);
pub const TOO_LARGE: End = End::Transport(TransportErrorKind::BodyTooLarge);
pub const TIMEOUT: End = End::Transport(TransportErrorKind::Timeout);

const TOKEN: &str = "SENTINEL-token";
/// The client's largest body.
pub const MAX_BODY: usize = 64 << 10;
/// No case may take longer.
const DEADLINE: Duration = Duration::from_secs(20);
/// How long a server may take that is not to answer.
const SHORT: Duration = Duration::from_millis(150);
/// How many cases run at once.
const AT_ONCE: usize = 16;

#[derive(Clone)]
#[expect(clippy::struct_excessive_bools, reason = "a line of a table")]
pub struct Case {
    name: String,
    script: Script,
    /// How it may end: what depends on the order in which bytes arrive may end in several ways.
    ends: Vec<End>,
    /// The connection must not be used again.
    damaged: bool,
    /// A call that may be repeated is sent again.
    passes: bool,
    /// It was refused before it ran: any call is sent again.
    refused: bool,
    /// The operation replies nothing, not JSON.
    nothing: bool,
    /// The request is larger than what the system keeps on its way.
    large: bool,
}

impl Case {
    /// These bytes in answer to the request, and the connection stays as it is.
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>, end: End) -> Self {
        Self {
            name: name.into(),
            script: Script {
                bytes: bytes.into(),
                then: Then::Keep,
                reads_body: true,
            },
            ends: vec![end],
            damaged: false,
            passes: matches!(end, BROKEN | CUT | TIMEOUT),
            refused: false,
            nothing: false,
            large: false,
        }
    }

    /// And then something after which the connection is of no use.
    pub fn then(mut self, then: Then) -> Self {
        self.script.then = then;
        self.damaged = true;
        self
    }

    pub fn close(self) -> Self {
        self.then(Then::Close)
    }

    /// The connection must not be used again, although the server would.
    pub fn damaged(mut self) -> Self {
        self.damaged = true;
        self
    }

    /// A call that may be repeated is sent again.
    pub fn passes(mut self) -> Self {
        self.passes = true;
        self
    }

    /// Any call is sent again.
    pub fn refused(mut self) -> Self {
        self.passes = true;
        self.refused = true;
        self
    }

    /// It may end so too.
    pub fn or(mut self, end: End) -> Self {
        self.ends.push(end);
        self
    }

    /// For an operation that replies nothing.
    pub fn nothing(mut self) -> Self {
        self.nothing = true;
        self
    }

    /// The request's body is large, and the server does not read it before it does its part.
    pub fn unread(mut self) -> Self {
        self.large = true;
        self.script.reads_body = false;
        self
    }
}

/// How a case is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    First,
    OnAUsedConnection,
    MayBeRepeated,
}

/// Runs all cases in all ways, and names all that fail.
pub async fn run_all(cases: Vec<Case>) {
    let scripts = cases.iter().map(|case| case.script.clone()).collect();
    let server = std::sync::Arc::new(Hostile::start(scripts));
    let count = cases.len();
    let mut failures = Vec::new();
    let mut running = JoinSet::new();
    for (index, case) in cases.into_iter().enumerate() {
        for way in [Way::First, Way::OnAUsedConnection, Way::MayBeRepeated] {
            if running.len() == AT_ONCE {
                failures.extend(failure(running.join_next().await.unwrap()));
            }
            let (case, server) = (case.clone(), std::sync::Arc::clone(&server));
            running.spawn(async move {
                let outcome = tokio::time::timeout(DEADLINE, run(&case, index, way, &server)).await;
                let outcome = outcome.unwrap_or_else(|_| Err("did not end".to_owned()));
                outcome.map_err(|what| format!("{} ({way:?}): {what}", case.name))
            });
        }
    }
    while let Some(outcome) = running.join_next().await {
        failures.extend(failure(outcome));
    }
    failures.sort();
    assert!(
        failures.is_empty(),
        "{} of {count} cases run three ways fail:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

fn failure(outcome: Result<Result<(), String>, tokio::task::JoinError>) -> Option<String> {
    match outcome {
        Ok(outcome) => outcome.err(),
        Err(error) => Some(format!("a panic: {error}")),
    }
}

async fn run(case: &Case, index: usize, way: Way, server: &Hostile) -> Result<(), String> {
    let policy = RetryPolicy::new()
        .base_backoff(Duration::from_millis(1))
        .throttled_wait(Duration::from_millis(1))
        .max_wait(Duration::from_millis(5));
    let client: Client = builder()
        .base_url(&server.url)
        .token(TOKEN)
        .max_body(MAX_BODY)
        .retry(policy)
        .retry_budget(RetryBudget::new())
        .build()
        .unwrap();
    if way == Way::OnAUsedConnection {
        good(&client, &format!("before-{index}")).await?;
    }
    let kind = if way == Way::MayBeRepeated {
        "once"
    } else {
        "case"
    };
    let room = format!("{kind}-{index}-{way:?}");
    let end = call(case, &client, &room, way).await?;
    let seen = server.seen(&room);
    let repeated = way == Way::MayBeRepeated && case.passes;
    let expected = match (repeated, case.refused) {
        (true, _) => 2,
        (false, true) => 3,
        (false, false) => 1,
    };
    if repeated && end != End::Good || !repeated && !case.ends.contains(&end) {
        return Err(format!("ended with {end:?}, not {:?}", case.ends));
    }
    // Where it may end in several ways, it is sent again in some of them.
    let once = way != Way::MayBeRepeated || case.ends.len() == 1;
    if seen.len() != expected && once {
        return Err(format!(
            "reached the server {} times, not {expected}",
            seen.len()
        ));
    }
    let after = format!("after-{index}-{way:?}");
    // After a whole reply the client learns only by the next call, if that is quick, that the server has closed the
    // connection. Such a call is repeated, if it may be.
    let closes = matches!(case.script.then, Then::Close) && matches!(end, End::Good | End::Api);
    if closes {
        repeatable(&client, &after).await?;
    } else {
        good(&client, &after).await?;
    }
    let (last, used) = (seen.last(), server.seen(&after));
    let fresh = !seen.contains(&used[0]);
    match (case.damaged && !repeated, fresh) {
        (true, false) => Err(format!("connection {last:?} was used again")),
        (false, true) if case.ends == [End::Good] => Err(format!("{last:?} was not used again")),
        _ => Ok(()),
    }
}

/// A call that nothing is done to.
async fn good(client: &Client, room: &str) -> Result<(), String> {
    let call = platform::start_with(client, room, &platform::request());
    replied(call.await, room)
}

/// The same, sent again if the connection breaks.
async fn repeatable(client: &Client, room: &str) -> Result<(), String> {
    let path = vec![room.to_owned()];
    let call: Call<StartReply, ApiError> =
        Call::new(client, &FIND, path, Some(&platform::request()));
    replied(call.await, room)
}

fn replied<E: OperationError>(
    outcome: Result<StartReply, Error<E>>,
    room: &str,
) -> Result<(), String> {
    match outcome {
        Ok(reply) if reply.code.as_deref() == Some(room) => Ok(()),
        other => Err(format!("{room}: {other:?}")),
    }
}

async fn call(case: &Case, client: &Client, room: &str, way: Way) -> Result<End, String> {
    let path = vec![room.to_owned()];
    let mut request = platform::request();
    if case.large {
        request.union_id = "x".repeat(4 << 20);
    }
    if case.nothing {
        let mut call: Call<(), ApiError> = Call::new(client, &REMOVE, path, None);
        if way == Way::MayBeRepeated {
            call = call.idempotent();
        }
        return end(limited(case, call).await, "rooms_1_0.RemoveRoom");
    }
    if way == Way::MayBeRepeated {
        let call: Call<StartReply, ApiError> = Call::new(client, &FIND, path, Some(&request));
        return end(limited(case, call).await, "rooms_1_0.FindRoom");
    }
    let call: Call<StartReply, StartError> = Call::new(client, &START, path, Some(&request));
    end(limited(case, call).await, "rooms_1_0.StartRoom")
}

fn limited<R, E>(case: &Case, call: Call<R, E>) -> Call<R, E> {
    if case.ends.contains(&TIMEOUT) {
        call.attempt_timeout(SHORT)
    } else {
        call
    }
}

/// How a call has ended. Its error must say what it is about, and show no secret.
fn end<R, E: OperationError>(outcome: Result<R, Error<E>>, name: &str) -> Result<End, String> {
    let Err(error) = outcome else {
        return Ok(End::Good);
    };
    let (shown, details) = (error.to_string(), format!("{error:?}"));
    if !shown.contains(name) || shown.contains(TOKEN) || details.contains(TOKEN) {
        return Err(format!("reads {shown}"));
    }
    let status = error.status().map(|status| format!("HTTP {status}"));
    if status.is_some_and(|status| !shown.contains(&status)) {
        return Err(format!("does not show its status: {shown}"));
    }
    Ok(match error {
        Error::Transport(failure) => End::Transport(failure.error().kind()),
        Error::Api(_) => End::Api,
        Error::Authentication(_) => End::Authentication,
        Error::Permission(_) => End::Permission,
        Error::Throttled(_) => End::Throttled,
        Error::Quota(_) => End::Quota,
        Error::Decode(_) => End::Decode,
        Error::UnexpectedReply(_) => End::Unexpected,
        _ => End::Other,
    })
}
