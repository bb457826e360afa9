//! 200,000 calls by 64 tasks against a server that throttles, cuts connections and lets tokens expire.
//!
//! The server is another process (this program again): of 100 requests it throttles 5 before their handler, cuts the
//! connection of 1 behind its handler, and it lets each token expire after a second. The bench fails if a call ends
//! otherwise than the policy says, if the handler of a call that must not be repeated ran twice, if a token was
//! fetched without need, or if memory grows. `cargo bench --bench soak -- 20000` makes fewer calls.
#![allow(
    missing_docs,
    clippy::cast_precision_loss,
    clippy::unwrap_used,
    clippy::panic
)]

#[path = "soak/server.rs"]
mod server;

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use dingtalk_runtime::generated as m;
use dingtalk_runtime::generated::{
    Api, Body, Envelope, ErrorClass, Grant, GrantInput, GrantKind, Operation, PathParam, Platform,
    PlatformError, ReplyKind, TokenPlace,
};
use dingtalk_runtime::{
    ApiError, Call, Client, ClientBuilder, Error, RetryPolicy, TransportErrorKind,
};

const CALLS: usize = 200_000;
const TASKS: usize = 64;
/// The bench is stopped if it takes longer.
const LONGEST: Duration = Duration::from_secs(600);
/// How often memory is looked at.
const SAMPLES: usize = 200;

static PLATFORM: Platform = Platform {
    apis: &[Api {
        name: "api",
        servers: &[],
        token: TokenPlace::Header("x-acs-dingtalk-access-token"),
        request_id_headers: &["x-acs-request-id"],
        envelope: Envelope {
            every_reply: false,
            code: &["errcode", "errorcode", "code"],
            certain: &["errcode"],
            flag: &[],
            success: &["0", "200", "ok", "success"],
            message: &[
                "message",
                "errmsg",
                "msg",
                "errormessage",
                "errormsg",
                "description",
            ],
            uncertain: &["description"],
            outer: &[],
            sub_code: &[],
            sub_message: &[],
            request_id: &["requestid", "traceid"],
            others: &["success", "accessdenieddetail", "hostid"],
        },
        signatures: &[],
        errors: &[
            PlatformError {
                status: &[403],
                code: "Forbidden.AccessDenied.QpsLimitForApi",
                class: ErrorClass::Throttled,
            },
            PlatformError {
                status: &[400],
                code: "InvalidAuthentication",
                class: ErrorClass::TokenRejected,
            },
        ],
    }],
    grants: &[Grant {
        kind: GrantKind::App,
        operation: &GET_TOKEN,
        path: &[],
        request: &[
            ("appKey", GrantInput::AppKey),
            ("appSecret", GrantInput::AppSecret),
        ],
        token: "accessToken",
        expires_in: "expireIn",
        refresh_token: None,
        organisation: None,
    }],
};

const START: Operation = Operation {
    service: "soak_1_0",
    api: None,
    action: "Start",
    summary: "",
    method: "POST",
    path: "/v1.0/calls/{id}",
    path_params: &[PathParam(
        m::FieldInfo("id", m::PATH | m::REQUIRED),
        m::TypeOf::Rust(<String as m::Element>::type_of),
    )],
    request: None,
    body: Body::None,
    reply: ReplyKind::Json,
    reply_type: Some(m::TypeOf::Rust(<m::Json as m::Element>::type_of)),
    token: Some(&[]),
    sending: None,
    idempotent: false,
    app_types: &[],
    permission: "",
    paging: None,
    errors: &[],
};
static POST: Operation = START;
static GET: Operation = Operation {
    action: "Find",
    method: "GET",
    sending: None,
    idempotent: true,
    ..START
};
static GET_TOKEN: Operation = Operation {
    action: "GetAccessToken",
    path: "/v1.0/oauth2/accessToken",
    path_params: &[],
    body: Body::Fields,
    token: None,
    sending: None,
    idempotent: true,
    ..START
};

/// How the calls have ended.
#[derive(Default)]
struct Ends {
    done: AtomicUsize,
    good: AtomicUsize,
    /// Calls that must not be repeated, whose connection was cut.
    cut: AtomicUsize,
    throttled: AtomicUsize,
    wrong: AtomicUsize,
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|text| text != "--bench");
    let first = arguments.next();
    let number = |text: Option<String>| text.and_then(|text| text.parse().ok()).unwrap_or(CALLS);
    if first.as_deref() == Some("--serve") {
        return server::run(number(arguments.next()));
    }
    let calls = number(first);
    let mut server = Command::new(std::env::current_exe().unwrap())
        .args(["--serve", &calls.to_string()])
        .stdout(Stdio::piped())
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut url = String::new();
    BufReader::new(server.stdout.as_mut().unwrap())
        .read_line(&mut url)
        .unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let outcome =
        runtime.block_on(async { tokio::time::timeout(LONGEST, soak(url.trim(), calls)).await });
    drop(runtime);
    server.kill().unwrap();
    server.wait().unwrap();
    let mistakes = outcome.unwrap_or_else(|_| vec!["it did not end in its time".to_owned()]);
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
}

async fn soak(url: &str, calls: usize) -> Vec<String> {
    let policy = RetryPolicy::new()
        .max_attempts(6)
        .base_backoff(Duration::from_millis(2))
        .throttled_wait(Duration::from_millis(2));
    let client: Client = ClientBuilder::new(&PLATFORM)
        .base_url(url)
        .app("the-key", "the-secret")
        .retry(policy)
        .build()
        .unwrap();
    let ends = Arc::new(Ends::default());
    let (next, began) = (Arc::new(AtomicUsize::new(0)), Instant::now());
    let tasks: Vec<_> = (0..TASKS)
        .map(|_| {
            tokio::spawn(work(
                client.clone(),
                Arc::clone(&next),
                calls,
                Arc::clone(&ends),
            ))
        })
        .collect();
    let memory = tokio::spawn(watch(Arc::clone(&ends), calls));
    for task in tasks {
        task.await.unwrap();
    }
    let took = began.elapsed();
    let memory = memory.await.unwrap();
    let tally: Call<m::Json, ApiError> = Call::new(&client, &GET, vec!["tally".into()], None);
    report(&ends, calls, took, &memory, &tally.await.unwrap())
}

/// Makes calls until there are no more to be made. Every other one must not be repeated.
async fn work(client: Client, next: Arc<AtomicUsize>, calls: usize, ends: Arc<Ends>) {
    loop {
        let id = next.fetch_add(1, Ordering::Relaxed);
        if id >= calls {
            return;
        }
        let repeatable = id % 2 == 1;
        let operation = if repeatable { &GET } else { &POST };
        let call: Call<m::Json, ApiError> =
            Call::new(&client, operation, vec![id.to_string()], None);
        let end = match call.await {
            Ok(_) => &ends.good,
            Err(Error::Throttled(_)) => &ends.throttled,
            Err(Error::Transport(error))
                if !repeatable && error.error().kind() == TransportErrorKind::Broken =>
            {
                &ends.cut
            }
            Err(error) => {
                println!("call {id}: {error}");
                &ends.wrong
            }
        };
        end.fetch_add(1, Ordering::Relaxed);
        ends.done.fetch_add(1, Ordering::Relaxed);
    }
}

/// The memory of this process, in KiB, at equal parts of the way.
async fn watch(ends: Arc<Ends>, calls: usize) -> Vec<f64> {
    let mut samples = Vec::with_capacity(SAMPLES);
    let mut tick = tokio::time::interval(Duration::from_millis(5));
    while samples.len() < SAMPLES {
        tick.tick().await;
        let done = ends.done.load(Ordering::Relaxed);
        while samples.len() < SAMPLES && done * SAMPLES >= (samples.len() + 1) * calls {
            samples.push(server::memory());
        }
    }
    samples
}

fn report(
    ends: &Ends,
    calls: usize,
    took: Duration,
    memory: &[f64],
    tally: &m::Json,
) -> Vec<String> {
    let count = |number: &AtomicUsize| number.load(Ordering::Relaxed);
    let server = |name: &str| usize::try_from(tally[name].as_u64().unwrap()).unwrap();
    let mean = |samples: &[f64]| samples.iter().sum::<f64>() / samples.len() as f64;
    // The allocator's pools and the connections' buffers fill up during the first tenth.
    let memory = &memory[memory.len() / 10..];
    let quarter = memory.len() / 4;
    let (first, last) = (
        mean(&memory[..quarter]),
        mean(&memory[memory.len() - quarter..]),
    );
    let growth = (last / first - 1.0) * 100.0;
    let per_call = |seconds: f64| format!("{:.1} us", seconds * 1e6 / calls as f64);
    let rows = [
        ("calls", calls.to_string()),
        (
            "calls a second",
            format!("{:.0}", calls as f64 / took.as_secs_f64()),
        ),
        ("succeeded", count(&ends.good).to_string()),
        ("not repeatable, and cut", count(&ends.cut).to_string()),
        (
            "throttled to the last attempt",
            count(&ends.throttled).to_string(),
        ),
        ("ended otherwise", count(&ends.wrong).to_string()),
        ("requests", server("requests").to_string()),
        ("throttled by the server", server("throttled").to_string()),
        ("cut by the server", server("cut").to_string()),
        ("refused for their token", server("rejected").to_string()),
        ("tokens that expired in use", server("expired").to_string()),
        ("tokens fetched", server("fetched").to_string()),
        ("connections", server("connections").to_string()),
        ("not repeatable: handled once", server("once").to_string()),
        ("not repeatable: handled twice", server("twice").to_string()),
        ("memory, first quarter", format!("{first:.0} KiB")),
        (
            "memory, last quarter",
            format!("{last:.0} KiB ({growth:+.1} %)"),
        ),
        ("CPU of the client a call", per_call(server::cpu_time())),
        (
            "CPU of the server a call",
            per_call(tally["cpu"].as_f64().unwrap()),
        ),
    ];
    for (name, value) in rows {
        println!("{name:32}{value:>24}");
    }
    let posts = calls.div_ceil(2);
    let missing = posts - server("once");
    let checks = [
        (
            count(&ends.wrong) == 0,
            "a call ended otherwise than the policy says",
        ),
        (server("twice") == 0, "a call that must not be repeated was"),
        (
            missing <= count(&ends.throttled),
            "a call that was not refused was not handled",
        ),
        (
            server("fetched") == server("expired") + 1,
            "a token was fetched without need",
        ),
        (growth < 5.0, "memory grows"),
    ];
    let mistakes = checks.into_iter().filter(|(holds, _)| !holds);
    mistakes.map(|(_, mistake)| mistake.to_owned()).collect()
}
