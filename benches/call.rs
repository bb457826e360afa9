//! A whole call against bare reqwest doing the same request, on the same loopback server.
//!
//! Prints the client's CPU time per call, one call after another, the calls per second with 64 at once, the allocations
//! of a call, and the connections that 10,000 calls after each other open. Both sides run in turns, in one process; the
//! server is another process (this program again), so that its work is not counted.
#![allow(
    missing_docs,
    clippy::cast_precision_loss,
    clippy::unwrap_used,
    clippy::panic
)]

#[path = "call/server.rs"]
mod server;

use std::time::{Duration, Instant};

use dingtalk_runtime::generated::{self as m, BODY, FieldInfo, ModelInfo, REQUIRED};
use dingtalk_runtime::generated::{
    Api, Body, Envelope, Operation, PathParam, Platform, ReplyKind, TokenPlace,
};
use dingtalk_runtime::{ApiError, Call, Client, ClientBuilder};

const ROUNDS: usize = 60;
const SEQUENTIAL: usize = 500;
const AT_ONCE: usize = 64;
const PER_TASK: usize = 50;

const CALLS: u64 = 10_000;

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
        errors: &[],
    }],
    grants: &[],
};

static START: Operation = Operation {
    service: "conference_1_0",
    api: None,
    action: "StartCloudRecord",
    summary: "",
    method: "POST",
    path: "/v1.0/conference/videoConferences/{conferenceId}/cloudRecords/start",
    path_params: &[PathParam(
        m::FieldInfo("conferenceId", m::PATH | m::REQUIRED),
        m::TypeOf::Rust(<String as m::Element>::type_of),
    )],
    request: Some(m::TypeOf::Rust(<Request as m::Element>::type_of)),
    body: Body::Fields,
    reply: ReplyKind::Json,
    reply_type: Some(m::TypeOf::Rust(<Response as m::Element>::type_of)),
    token: Some(&[]),
    sending: None,
    idempotent: false,
    app_types: &[],
    permission: "",
    paging: None,
    errors: &[],
};

struct Request {
    union_id: String,
    mode: Option<String>,
    position: Option<String>,
}

impl m::Model for Request {
    fn info(&self) -> &'static ModelInfo {
        &ModelInfo(
            "Request",
            &[
                FieldInfo("unionId", BODY | REQUIRED),
                FieldInfo("mode", BODY),
                FieldInfo("smallWindowPosition", BODY),
            ],
        )
    }
    fn get(&self, index: usize) -> &dyn m::Field {
        match index {
            0 => &self.union_id,
            1 => &self.mode,
            _ => &self.position,
        }
    }
    fn get_mut(&mut self, index: usize) -> &mut dyn m::Field {
        match index {
            0 => &mut self.union_id,
            1 => &mut self.mode,
            _ => &mut self.position,
        }
    }
    fn empty() -> Self {
        Self {
            union_id: String::new(),
            mode: None,
            position: None,
        }
    }
}

#[derive(serde::Deserialize)]
struct Response {
    code: Option<String>,
}

impl m::Model for Response {
    fn info(&self) -> &'static ModelInfo {
        &ModelInfo("Response", &[FieldInfo("code", BODY)])
    }
    fn get(&self, _: usize) -> &dyn m::Field {
        &self.code
    }
    fn get_mut(&mut self, _: usize) -> &mut dyn m::Field {
        &mut self.code
    }
    fn empty() -> Self {
        Self { code: None }
    }
}

/// One of the two sides.
#[derive(Clone)]
enum Side {
    Ours(Client),
    Bare(reqwest::Client, String),
}

impl Side {
    async fn call(&self) {
        let code = match self {
            Self::Ours(client) => {
                let request = Request {
                    union_id: "WFBkgxxx".into(),
                    mode: Some("speech".into()),
                    position: Some("relative_right".into()),
                };
                let path = vec!["61289f392xxx".into()];
                Call::<Response, ApiError>::new(client, &START, path, Some(&request))
                    .send()
                    .await
                    .unwrap()
                    .code
            }
            Self::Bare(client, url) => {
                #[derive(serde::Serialize)]
                #[serde(rename_all = "camelCase")]
                struct Body {
                    union_id: &'static str,
                    mode: Option<&'static str>,
                    small_window_position: Option<&'static str>,
                }
                let id = "61289f392xxx";
                let url = format!("{url}/v1.0/conference/videoConferences/{id}/cloudRecords/start");
                let body = Body {
                    union_id: "WFBkgxxx",
                    mode: Some("speech"),
                    small_window_position: Some("relative_right"),
                };
                let reply = client
                    .post(url)
                    .timeout(Duration::from_secs(60))
                    .header("x-acs-dingtalk-access-token", "0123456789abcdef")
                    .header("content-type", "application/json; charset=utf-8")
                    .body(serde_json::to_vec(&body).unwrap())
                    .send()
                    .await
                    .unwrap();
                assert!(reply.status().is_success());
                serde_json::from_slice::<Response>(&reply.bytes().await.unwrap())
                    .unwrap()
                    .code
            }
        };
        assert_eq!(code.as_deref(), Some("200"));
    }
}

fn main() {
    if std::env::args().nth(1).as_deref() == Some(server::ARGUMENT) {
        return server::serve();
    }
    let mut server = server::Server::start();
    let sides = sides(&server.url);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let mut cpu = [Vec::new(), Vec::new()];
    let mut rate = [Vec::new(), Vec::new()];
    for round in 0..=ROUNDS {
        for side in [round % 2, 1 - round % 2] {
            let used = runtime.block_on(sequential(&sides[side]));
            let per_second = runtime.block_on(at_once(&sides[side]));
            // The first round warms both sides up.
            if round > 0 {
                cpu[side].push(used);
                rate[side].push(per_second);
            }
        }
    }
    let [ours, bare] = cpu.map(|times| best(times, f64::total_cmp));
    println!("{:34}{:>10}{:>10}{:>8}", "", "dingtalk", "reqwest", "ratio");
    println!(
        "{:34}{ours:>10.1}{bare:>10.1}{:>8.2}",
        "client CPU a call, us",
        ours / bare
    );
    let [ours, bare] = rate.map(|rates| best(rates, |a, b| b.total_cmp(a)));
    println!(
        "{:34}{ours:>10.0}{bare:>10.0}{:>8.2}",
        "64 at once, calls a second",
        bare / ours
    );
    let [ours, bare] = [0, 1].map(|side| {
        let counted = allocation_counter::measure(|| {
            runtime.block_on(sequential(&sides[side]));
        });
        counted.count_total as f64 / SEQUENTIAL as f64
    });
    println!(
        "{:34}{ours:>10.1}{bare:>10.1}{:>8.2}",
        "allocations a call",
        ours / bare
    );
    // Clients of their own, which have no connection yet.
    let [ours, bare] = crate::sides(&server.url).map(|side| {
        let before = server.connections();
        runtime.block_on(async {
            for _ in 0..CALLS {
                side.call().await;
            }
        });
        server.connections() - before
    });
    println!("{:34}{ours:>10}{bare:>10}", "connections of 10,000 calls");
    assert_eq!(ours, 1, "calls after each other share a connection");
}

fn sides(url: &str) -> [Side; 2] {
    let ours: Client = ClientBuilder::new(&PLATFORM)
        .base_url(url)
        .token("0123456789abcdef")
        .build()
        .unwrap();
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    let bare = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(reqwest::redirect::Policy::none())
        .user_agent("bare")
        .no_proxy()
        .build()
        .unwrap();
    [Side::Ours(ours), Side::Bare(bare, url.to_owned())]
}

/// Calls one after another; the CPU time of this process for each, in microseconds.
async fn sequential(side: &Side) -> f64 {
    let before = cpu_time();
    for _ in 0..SEQUENTIAL {
        side.call().await;
    }
    (cpu_time() - before) / SEQUENTIAL as f64
}

/// Calls by many tasks; calls a second.
async fn at_once(side: &Side) -> f64 {
    let started = Instant::now();
    let tasks: Vec<_> = (0..AT_ONCE)
        .map(|_| {
            let side = side.clone();
            tokio::spawn(async move {
                for _ in 0..PER_TASK {
                    side.call().await;
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    (AT_ONCE * PER_TASK) as f64 / started.elapsed().as_secs_f64()
}

/// The CPU time of this thread in microseconds: all of the client runs on it.
fn cpu_time() -> f64 {
    let text = std::fs::read_to_string("/proc/thread-self/schedstat")
        .unwrap_or_else(|error| panic!("this bench reads CPU times from Linux: {error}"));
    text.split_whitespace()
        .next()
        .unwrap()
        .parse::<f64>()
        .unwrap()
        / 1000.0
}

/// The value that a tenth of the rounds did better than: what else the machine does only ever makes a round worse.
fn best(mut values: Vec<f64>, order: fn(&f64, &f64) -> std::cmp::Ordering) -> f64 {
    values.sort_by(order);
    values[values.len() / 10]
}
