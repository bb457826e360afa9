//! What `MockDingTalk` costs, as a server in a process of its own: the time until it can be called, calls a second with one
//! client process, and its memory once every operation was called.
//!
//!     cargo bench -p dingtalk-mock
//!
//! CPU time of both processes is printed too, since the rate depends on what else the machine does.

#![allow(clippy::cast_precision_loss, clippy::unwrap_used, missing_docs)]

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use dingtalk_api::generated::{Body, FieldType, Location};
use dingtalk_api::{Client, FilePart, JsonRequest, RetryPolicy, json};
use dingtalk_catalogue::{Operation, Sampler};
use dingtalk_mock::MockDingTalk;

const SERVE: &str = "--serve";
const TOKEN: &str = "a-token";
const CALLS: usize = 100_000;
const CONNECTIONS: usize = 8;

fn main() {
    if std::env::args().any(|argument| argument == SERVE) {
        serve();
        return;
    }
    let starts: Vec<_> = (0..20).map(|_| Server::start().took).collect();
    let fastest = starts.iter().min().unwrap();
    println!("{fastest:8.1?} until it can be called; at most 100 ms are wanted");

    let server = Server::start();
    server.load(CALLS / 10);
    let (started, cpu, own) = (Instant::now(), server.cpu(), cpu("self"));
    server.load(CALLS);
    let (took, cpu, own) = (
        started.elapsed(),
        server.cpu().saturating_sub(cpu),
        self::cpu("self").saturating_sub(own),
    );
    let each = |time: Duration| time.as_secs_f64() * 1e6 / CALLS as f64;
    println!(
        "{:8.0} calls a second; at least 20000 are wanted ({:.0} us of CPU a call in the server, {:.0} in the client)",
        CALLS as f64 / took.as_secs_f64(),
        each(cpu),
        each(own),
    );

    let server = Server::start();
    let before = server.memory();
    let count = server.call_all();
    println!(
        "{:8.1} MB with {count} operations called, {before:.1} MB with none; at most 50 are wanted",
        server.memory()
    );
}

fn serve() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    let mock = runtime.block_on(MockDingTalk::start()).unwrap();
    mock.accept_token(TOKEN);
    println!("{}", mock.url());
    // Until the other side is gone.
    let _ = std::io::stdin().read_line(&mut String::new());
}

struct Server {
    process: Child,
    url: String,
    /// The time from the start of the process to its address.
    took: Duration,
}

impl Server {
    fn start() -> Self {
        let started = Instant::now();
        let mut process = Command::new(std::env::current_exe().unwrap())
            .arg(SERVE)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut url = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut url)
            .unwrap();
        Self {
            process,
            url: url.trim().to_owned(),
            took: started.elapsed(),
        }
    }

    /// Sends a message of a robot this often, over some connections.
    fn load(&self, calls: usize) {
        let address = self.url.strip_prefix("http://").unwrap();
        let body = json!({
            "robotCode": "dingxxxxxx", "userIds": ["manager1234"], "msgKey": "sampleText", "msgParam": "{\"content\":\"hi\"}",
        });
        let body = body.to_string();
        let request = format!(
            "POST /v1.0/robot/oToMessages/batchSend HTTP/1.1\r\nhost: {address}\r\nx-acs-dingtalk-access-token: {TOKEN}\r\n\
             content-type: application/json; charset=utf-8\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        let left = AtomicUsize::new(calls);
        std::thread::scope(|scope| {
            for _ in 0..CONNECTIONS {
                scope.spawn(|| {
                    let mut socket = TcpStream::connect(address).unwrap();
                    socket.set_nodelay(true).unwrap();
                    let mut buffer = vec![0; 4096];
                    while left
                        .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                            left.checked_sub(1)
                        })
                        .is_ok()
                    {
                        socket.write_all(request.as_bytes()).unwrap();
                        // A reply is small and comes in one piece.
                        let length = socket.read(&mut buffer).unwrap();
                        let reply = buffer.get(..length).unwrap();
                        assert!(
                            reply.starts_with(b"HTTP/1.1 200"),
                            "{}",
                            String::from_utf8_lossy(reply)
                        );
                    }
                });
            }
        });
    }

    /// Calls every operation; gives their number.
    fn call_all(&self) -> usize {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let client = Client::builder()
            .base_url(&*self.url)
            .base_url_of("oapi", &*self.url)
            .token(TOKEN);
        let client = client.retry(RetryPolicy::none()).build().unwrap();
        let operations = dingtalk_catalogue::open().unwrap().operations().unwrap();
        for operation in &operations {
            let call = client.call_json(operation.callable().unwrap(), request(operation));
            // An operation that takes no token, but a webhook or a signature, is not sent: there are a few.
            let _ = runtime.block_on(call.send());
        }
        operations.len()
    }

    fn cpu(&self) -> Duration {
        cpu(&self.process.id().to_string())
    }

    /// MB of resident memory.
    fn memory(&self) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap();
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .unwrap();
        line.trim().trim_end_matches(" kB").parse::<f64>().unwrap() / 1000.0
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The CPU time of a process so far.
fn cpu(process: &str) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap();
    let (_, fields) = stat.rsplit_once(')').unwrap();
    let ticks = fields
        .split_whitespace()
        .skip(11)
        .take(2)
        .map(|ticks| ticks.parse::<u64>().unwrap());
    Duration::from_millis(ticks.sum::<u64>() * 10)
}

/// A request with the required fields.
fn request(operation: &Operation<'_>) -> JsonRequest {
    let callable = operation.callable().unwrap();
    let mut request = JsonRequest::new();
    let mut body = json!({});
    for (info, kind) in callable.fields() {
        let Some(value) = Sampler::new(false).field(info, kind) else {
            continue;
        };
        let name = info.name();
        request = match info.location() {
            Location::Path => request.path(name, value),
            Location::Query => request.query(name, value),
            Location::Header => request.header(name, value),
            Location::Body if matches!(kind, FieldType::File) => {
                request.file(name, FilePart::bytes("a.txt", &b"x"[..]))
            }
            Location::Body if callable.body == Body::Bare => request.body(value),
            Location::Body => {
                body.as_object_mut().unwrap().insert(name, value);
                request
            }
        };
    }
    if callable.body.has_fields() {
        request.body(body)
    } else {
        request
    }
}
