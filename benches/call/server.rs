//! The server, as a process of its own: this program, started once more.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};

/// What the program is started with to be the server.
pub const ARGUMENT: &str = "--serve";

const REPLY: &str = r#"{"code":"200","message":"started","requestId":"0123456789"}"#;

/// A server that runs. It ends with this value.
pub struct Server {
    pub url: String,
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Server {
    pub fn start() -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .arg(ARGUMENT)
            .stdout(Stdio::piped())
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let input = process.stdin.take().unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let url = line(&mut output);
        Self {
            url,
            process,
            input,
            output,
        }
    }

    /// How many connections it has accepted so far.
    pub fn connections(&mut self) -> u64 {
        self.input.write_all(b"?\n").unwrap();
        line(&mut self.output).parse().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn line(from: &mut impl BufRead) -> String {
    let mut line = String::new();
    from.read_line(&mut line).unwrap();
    line.trim().to_owned()
}

/// Serves: a thread a connection, one reply for every request.
pub fn serve() {
    static ACCEPTED: AtomicU64 = AtomicU64::new(0);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    println!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(|| {
        // Each line asks for the count. The end of the input is the end of the one who started it.
        for _ in std::io::stdin().lines() {
            println!("{}", ACCEPTED.load(Ordering::SeqCst));
        }
        std::process::exit(0);
    });
    for stream in listener.incoming() {
        ACCEPTED.fetch_add(1, Ordering::SeqCst);
        std::thread::spawn(move || answer(&stream.unwrap()));
    }
}

fn answer(mut stream: &TcpStream) {
    stream.set_nodelay(true).unwrap();
    let reply = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nx-acs-request-id: q\r\n\
         content-length: {}\r\n\r\n{REPLY}",
        REPLY.len()
    );
    let (mut buffer, mut filled) = ([0; 4096], 0);
    loop {
        let Ok(read @ 1..) = stream.read(&mut buffer[filled..]) else {
            return;
        };
        filled += read;
        // Bodies are short objects without another in them: the last byte ends them.
        if buffer[..filled].ends_with(b"}") {
            filled = 0;
            stream.write_all(reply.as_bytes()).unwrap();
        }
    }
}
