//! A stand-in for the platform: a server on a loopback port, with no more than the example needs.

use std::io::{self, BufRead, BufReader, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// What it saw.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// Method, path and body of each request.
    pub requests: Vec<String>,
    /// How many connections were made.
    pub connections: usize,
}

impl Seen {
    /// How many requests asked for a token.
    pub fn tokens(&self) -> usize {
        let requests = self.requests.iter();
        requests
            .filter(|request| request.contains("accessToken"))
            .count()
    }
}

/// A server that runs until the program ends.
pub struct StandIn {
    address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
}

impl StandIn {
    pub fn start() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = listener.local_addr()?;
        let seen = Arc::<Mutex<Seen>>::default();
        let shared = Arc::clone(&seen);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                change(&shared, |seen| seen.connections += 1);
                let seen = Arc::clone(&shared);
                // A client may go away at any time.
                thread::spawn(move || serve(stream, &seen).ok());
            }
        });
        Ok(Self { address, seen })
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn seen(&self) -> Seen {
        change(&self.seen, |seen| seen.clone())
    }
}

fn change<T>(seen: &Mutex<Seen>, with: impl FnOnce(&mut Seen) -> T) -> T {
    with(&mut seen.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Answers the requests of one connection.
fn serve(mut stream: TcpStream, seen: &Mutex<Seen>) -> io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    while let Some((request, with_token)) = read(&mut reader)? {
        let before = change(seen, |seen| {
            seen.requests.push(request.clone());
            seen.requests.len() - 1
        });
        let again = change(seen, |seen| seen.requests[..before].contains(&request));
        let (status, body) = answer(&request, with_token, again);
        write!(
            stream,
            "HTTP/1.1 {status} Reply\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        )?;
    }
    Ok(())
}

/// The next request as "METHOD PATH BODY", and whether it has the token; `None` at the end.
fn read(reader: &mut impl BufRead) -> io::Result<Option<(String, bool)>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut request: String = line.split_inclusive(' ').take(2).collect();
    let (mut length, mut with_token) = (0, false);
    loop {
        line.clear();
        reader.read_line(&mut line)?;
        match line.trim_end().split_once(": ") {
            Some(("content-length", value)) => length = value.parse().unwrap_or_default(),
            Some(("x-acs-dingtalk-access-token" | "x-canteen-token", value)) => {
                with_token = value == "t1";
            }
            Some(_) => {}
            None => break,
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    request.push_str(&String::from_utf8_lossy(&body));
    Ok(Some((request.trim_end().to_owned(), with_token)))
}

/// What a request is answered; `again` if the same came before.
fn answer(request: &str, with_token: bool, again: bool) -> (u16, &'static str) {
    if request.starts_with("POST /v1.0/oauth2/accessToken ") {
        return (200, r#"{"accessToken":"t1","expireIn":7200}"#);
    }
    if !with_token {
        return (
            400,
            r#"{"code":"InvalidAuthentication","message":"no token"}"#,
        );
    }
    if request.contains("/cloudRecords/start") {
        (200, r#"{"code":"200"}"#)
    } else if request == "GET /menu?day=monday" {
        (200, r#"{"status":0,"dishes":["soup"]}"#)
    } else if request.starts_with("GET /menu") {
        (200, r#"{"status":7,"reason":"closed on Sundays"}"#)
    } else if request.contains("nextToken=2") {
        (200, r#"{"rooms":[{"id":"green","name":"Green"}]}"#)
    } else if request.starts_with("GET /v1.0/facilities/rooms") {
        (
            200,
            r#"{"rooms":[{"id":"blue","name":"Blue"}],"nextToken":"2"}"#,
        )
    } else if again {
        (
            400,
            r#"{"code":"roomTaken","message":"room taken by Ann","requestid":"q1"}"#,
        )
    } else {
        (200, r#"{"bookingId":"b1"}"#)
    }
}
