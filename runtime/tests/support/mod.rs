//! A scripted HTTP/1.1 server on loopback, and a small platform to call on it.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs
)]

pub mod grants;
pub mod platform;
pub mod scripted;
pub mod tls;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: String,
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    /// The number of the connection it came on.
    pub connection: usize,
}

impl Request {
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.headers.iter();
        headers
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap()
    }
}

/// What is answered: bytes as they go on the wire, and whether the connection is closed then.
pub struct Answer {
    bytes: Vec<u8>,
    close: bool,
}

impl Answer {
    pub fn new(status: u16, headers: &[(&str, &str)], body: impl AsRef<[u8]>) -> Self {
        let body = body.as_ref();
        let mut text = format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\n", body.len());
        for (name, value) in headers {
            text.push_str(
                &[
                    name, ": ", value, "
",
                ]
                .concat(),
            );
        }
        Self {
            bytes: [text.as_bytes(), b"\r\n", body].concat(),
            close: false,
        }
    }

    pub fn json(status: u16, body: &serde_json::Value) -> Self {
        Self::new(
            status,
            &[("content-type", "application/json")],
            body.to_string(),
        )
    }

    /// These bytes, then the end of the connection.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            bytes: bytes.into(),
            close: true,
        }
    }
}

/// Answers each request with what the script says of it. Requests are numbered from 0.
pub struct Server {
    pub address: SocketAddr,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    pub fn start(script: impl Fn(usize, &Request) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let script = Arc::new(script);
        let log = Arc::clone(&requests);
        std::thread::spawn(move || {
            for (connection, stream) in listener.incoming().enumerate() {
                let (script, log) = (Arc::clone(&script), Arc::clone(&log));
                std::thread::spawn(move || {
                    let _ = serve(&stream.unwrap(), connection, &log, &*script);
                });
            }
        });
        Self { address, requests }
    }

    /// Answers all requests alike.
    pub fn always(status: u16, body: serde_json::Value) -> Self {
        Self::start(move |_, _| Answer::json(status, &body))
    }

    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    pub fn request(&self) -> Request {
        let requests = self.requests();
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests[0].clone()
    }

    /// How many requests there were for this path.
    pub fn count(&self, path: &str) -> usize {
        self.requests()
            .iter()
            .filter(|request| request.path() == path)
            .count()
    }
}

fn serve(
    stream: &TcpStream,
    connection: usize,
    log: &Mutex<Vec<Request>>,
    script: &dyn Fn(usize, &Request) -> Answer,
) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    while let Some(request) = read_request(&mut reader, connection)? {
        let number = {
            let mut log = log.lock().unwrap();
            log.push(request.clone());
            log.len() - 1
        };
        let answer = script(number, &request);
        (&*stream).write_all(&answer.bytes)?;
        if answer.close {
            return stream.shutdown(std::net::Shutdown::Both);
        }
    }
    Ok(())
}

fn read_request(
    reader: &mut BufReader<&TcpStream>,
    connection: usize,
) -> std::io::Result<Option<Request>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, target) = (words.next().unwrap(), words.next().unwrap());
    let mut headers = Vec::new();
    loop {
        let mut line = Vec::new();
        reader.read_until(b'\n', &mut line)?;
        let line = String::from_utf8_lossy(&line).trim_end().to_owned();
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        headers.push((name.to_owned(), value.trim().to_owned()));
    }
    let mut request = Request {
        method,
        target,
        headers,
        body: Vec::new(),
        connection,
    };
    let length = request
        .header("content-length")
        .map_or(0, |text| text.parse().unwrap());
    request.body.resize(length, 0);
    reader.read_exact(&mut request.body)?;
    Ok(Some(request))
}
