//! The server: raw TCP on loopback, a thread a connection.

use std::collections::HashMap;
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What is done to a request.
#[derive(Clone)]
pub struct Script {
    pub bytes: Vec<u8>,
    pub then: Then,
    /// Whether the request's body is read before.
    pub reads_body: bool,
}

/// What happens when the bytes are written.
#[derive(Clone)]
pub enum Then {
    /// The next request is read.
    Keep,
    /// The connection is closed.
    Close,
    /// Nothing, until the client leaves.
    Hold,
    /// These bytes, until the client leaves or the test ends.
    Repeat(Vec<u8>),
    /// The bytes are written one by one instead, and then nothing.
    Drip,
}

/// The longest that the server waits for anything: no thread of it outlives a test that has failed.
const PATIENCE: Duration = Duration::from_secs(30);

/// Between the bytes of a drip.
const PACE: Duration = Duration::from_millis(4);

/// The numbers of the connections on which each room was asked for.
type Log = Mutex<HashMap<String, Vec<usize>>>;

/// Answers what is asked of the room `case-I-...` as the script numbered `I` says, of `once-I-...` the first time
/// alone, and every other request with the room's name.
pub struct Hostile {
    pub url: String,
    log: Arc<Log>,
    ended: Arc<AtomicBool>,
}

/// A client that is flooded may be too busy to leave.
impl Drop for Hostile {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
    }
}

impl Hostile {
    pub fn start(scripts: Vec<Script>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let log = Arc::<Log>::default();
        let ended = Arc::<AtomicBool>::default();
        let (scripts, seen, end) = (Arc::new(scripts), Arc::clone(&log), Arc::clone(&ended));
        std::thread::spawn(move || {
            for (number, stream) in listener.incoming().enumerate() {
                let (scripts, log, ended) =
                    (Arc::clone(&scripts), Arc::clone(&seen), Arc::clone(&end));
                std::thread::spawn(move || {
                    // The client may leave at any point: that is what is tested.
                    let _ = serve(&stream.unwrap(), number, &scripts, &log, &ended);
                });
            }
        });
        Self { url, log, ended }
    }

    /// The connections on which the room was asked for, one for each time.
    pub fn seen(&self, room: &str) -> Vec<usize> {
        let log = self.log.lock().unwrap();
        log.get(room).cloned().unwrap_or_default()
    }
}

fn serve(
    mut stream: &TcpStream,
    number: usize,
    scripts: &[Script],
    log: &Log,
    ended: &AtomicBool,
) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut unread = Vec::new();
    loop {
        let Some(head) = read_head(stream, &mut unread)? else {
            return Ok(());
        };
        let room = head.split('/').nth(3).unwrap_or_default().to_owned();
        let before = {
            let mut log = log.lock().unwrap();
            let seen = log.entry(room.clone()).or_default();
            seen.push(number);
            seen.len() - 1
        };
        let mut words = room.split('-');
        let script = match words.next() {
            Some("once") if before > 0 => None,
            Some("case" | "once") => words.next().and_then(|index| index.parse().ok()),
            _ => None,
        };
        let script: Option<&Script> = script.map(|index: usize| &scripts[index]);
        if script.is_none_or(|script| script.reads_body) {
            read_body(stream, &mut unread, &head)?;
        }
        let Some(script) = script else {
            // Of a call that is documented to reply nothing, a code would be an error.
            let body = if head.starts_with("DELETE") {
                "{}".to_owned()
            } else {
                format!("{{\"code\":\"{room}\"}}")
            };
            let length = body.len();
            write!(
                stream,
                "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n\r\n{body}"
            )?;
            continue;
        };
        if !matches!(script.then, Then::Drip) {
            stream.write_all(&script.bytes)?;
        }
        match &script.then {
            // A server that answers before it has read reads on behind it.
            Then::Keep if !script.reads_body => read_body(stream, &mut unread, &head)?,
            Then::Keep => {}
            Then::Close => return stream.shutdown(Shutdown::Both),
            Then::Hold => return until_the_client_leaves(stream),
            Then::Repeat(bytes) => {
                while !ended.load(Ordering::Relaxed) {
                    stream.write_all(bytes)?;
                }
                return stream.shutdown(Shutdown::Both);
            }
            Then::Drip => return drip(stream, &script.bytes),
        }
    }
}

/// Writes a byte whenever the client has said nothing for a while.
fn drip(mut stream: &TcpStream, bytes: &[u8]) -> std::io::Result<()> {
    stream.set_read_timeout(Some(PACE))?;
    for byte in bytes {
        stream.write_all(&[*byte])?;
        match stream.read(&mut [0]) {
            Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            _ => return Ok(()),
        }
    }
    stream.set_read_timeout(Some(PATIENCE))?;
    until_the_client_leaves(stream)
}

fn until_the_client_leaves(mut stream: &TcpStream) -> std::io::Result<()> {
    let mut buffer = [0; 4096];
    while stream.read(&mut buffer)? > 0 {}
    Ok(())
}

/// The text of a request up to its empty line; what was read beyond it stays in `unread`.
fn read_head(mut stream: &TcpStream, unread: &mut Vec<u8>) -> std::io::Result<Option<String>> {
    let mut buffer = [0; 4096];
    loop {
        if let Some(end) = unread.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
            let head = unread.drain(..end + 4).collect();
            return Ok(String::from_utf8(head).ok());
        }
        match stream.read(&mut buffer)? {
            0 => return Ok(None),
            read => unread.extend_from_slice(&buffer[..read]),
        }
    }
}

fn read_body(mut stream: &TcpStream, unread: &mut Vec<u8>, head: &str) -> std::io::Result<()> {
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        let named = name.eq_ignore_ascii_case("content-length");
        named.then(|| value.trim().parse::<usize>().ok()).flatten()
    });
    let length = length.unwrap_or(0);
    let known = length.min(unread.len());
    unread.drain(..known);
    let mut rest = vec![0; length - known];
    stream.read_exact(&mut rest)
}
