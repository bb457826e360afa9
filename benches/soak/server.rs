//! The soak's server: a thread a connection, and counts of what has happened.

use std::collections::HashSet;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// How long a token is valid.
const VALID: Duration = Duration::from_secs(1);

struct State {
    /// How often the handler of each call has run.
    handled: Vec<AtomicU8>,
    requests: AtomicUsize,
    throttled: AtomicUsize,
    cut: AtomicUsize,
    rejected: AtomicUsize,
    connections: AtomicUsize,
    tokens: Mutex<Tokens>,
}

struct Tokens {
    fetched: usize,
    since: Instant,
    /// The tokens that were refused.
    expired: HashSet<String>,
}

/// Serves until the one who started it ends.
pub fn run(calls: usize) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    println!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(|| {
        let _ = std::io::stdin().read(&mut [0]);
        std::process::exit(0);
    });
    let state = Arc::new(State {
        handled: (0..calls).map(|_| AtomicU8::new(0)).collect(),
        requests: AtomicUsize::new(0),
        throttled: AtomicUsize::new(0),
        cut: AtomicUsize::new(0),
        rejected: AtomicUsize::new(0),
        connections: AtomicUsize::new(0),
        tokens: Mutex::new(Tokens {
            fetched: 0,
            since: Instant::now(),
            expired: HashSet::new(),
        }),
    });
    for stream in listener.incoming() {
        let state = Arc::clone(&state);
        state.connections.fetch_add(1, Ordering::Relaxed);
        std::thread::spawn(move || {
            let _ = serve(&stream.unwrap(), &state);
        });
    }
}

fn serve(mut stream: &TcpStream, state: &State) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let (mut buffer, mut filled) = ([0; 4096], 0);
    loop {
        let read = stream.read(&mut buffer[filled..])?;
        if read == 0 {
            return Ok(());
        }
        filled += read;
        let text = String::from_utf8_lossy(&buffer[..filled]);
        let Some((head, body)) = text.split_once("\r\n\r\n") else {
            continue;
        };
        let length = header(head, "content-length").and_then(|text| text.parse().ok());
        if body.len() < length.unwrap_or(0) {
            continue;
        }
        let Some((status, body)) = answer(head, state) else {
            return Ok(());
        };
        filled = 0;
        let length = body.len();
        let reply = format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\n\r\n{body}");
        stream.write_all(reply.as_bytes())?;
    }
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    head.lines().find_map(|line| {
        let (known, value) = line.split_once(": ")?;
        known.eq_ignore_ascii_case(name).then_some(value)
    })
}

/// The reply; `None` if the connection is to be cut.
fn answer(head: &str, state: &State) -> Option<(u16, String)> {
    let mut words = head.split(' ');
    let (method, path) = (words.next()?, words.next()?);
    let last = path.rsplit('/').next()?;
    if last == "accessToken" {
        let mut tokens = state.tokens.lock().unwrap();
        tokens.fetched += 1;
        tokens.since = Instant::now();
        let body = format!(r#"{{"accessToken":"t{}","expireIn":7200}}"#, tokens.fetched);
        return Some((200, body));
    }
    if last == "tally" {
        return Some((200, tally(state)));
    }
    let number = state.requests.fetch_add(1, Ordering::Relaxed);
    let token = header(head, "x-acs-dingtalk-access-token")?;
    {
        let mut tokens = state.tokens.lock().unwrap();
        if token != format!("t{}", tokens.fetched) || tokens.since.elapsed() > VALID {
            tokens.expired.insert(token.to_owned());
            state.rejected.fetch_add(1, Ordering::Relaxed);
            return Some((
                400,
                r#"{"code":"InvalidAuthentication","message":"m"}"#.to_owned(),
            ));
        }
    }
    // The order of requests is chance enough, and it keeps the shares exact.
    if number % 20 == 7 {
        state.throttled.fetch_add(1, Ordering::Relaxed);
        let code = "Forbidden.AccessDenied.QpsLimitForApi";
        return Some((403, format!(r#"{{"code":"{code}","message":"m"}}"#)));
    }
    if method == "POST" {
        state
            .handled
            .get(last.parse::<usize>().ok()?)?
            .fetch_add(1, Ordering::Relaxed);
    }
    if number % 100 == 50 {
        state.cut.fetch_add(1, Ordering::Relaxed);
        return None;
    }
    Some((200, format!(r#"{{"id":{last}}}"#)))
}

fn tally(state: &State) -> String {
    let count = |number: &AtomicUsize| number.load(Ordering::Relaxed);
    let handled = |test: fn(u8) -> bool| {
        let counts = state
            .handled
            .iter()
            .map(|count| count.load(Ordering::Relaxed));
        counts.filter(|count| test(*count)).count()
    };
    let tokens = state.tokens.lock().unwrap();
    // The token that the tally is asked with may have expired without having been refused.
    format!(
        r#"{{"requests":{},"throttled":{},"cut":{},"rejected":{},"connections":{},"fetched":{},"expired":{},"once":{},"twice":{},"cpu":{}}}"#,
        count(&state.requests),
        count(&state.throttled),
        count(&state.cut),
        count(&state.rejected),
        count(&state.connections),
        tokens.fetched,
        tokens.expired.len(),
        handled(|count| count == 1),
        handled(|count| count > 1),
        cpu_time(),
    )
}

/// The CPU time of this process, in seconds.
pub fn cpu_time() -> f64 {
    let text = read("/proc/self/stat");
    // Behind the name, which may hold anything, the 12th and 13th numbers are those of the program and the system.
    let (_, rest) = text.rsplit_once(')').unwrap();
    let ticks = rest.split_whitespace().skip(11).take(2);
    ticks.map(|text| text.parse::<f64>().unwrap()).sum::<f64>() / 100.0
}

/// The memory of this process that is in use, in KiB.
pub fn memory() -> f64 {
    let text = read("/proc/self/status");
    let line = text
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(path)
        .unwrap_or_else(|error| panic!("this bench reads from Linux what it costs: {error}"))
}
