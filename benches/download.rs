//! A download of 64 MB against bare reqwest downloading the same bytes, from the same loopback server.
//!
//! Prints the fastest of the rounds of each side, in megabytes a second, and the ratio of their times. Both sides run in
//! turns, in one process; the server is a thread of it.
#![allow(missing_docs, clippy::cast_precision_loss, clippy::unwrap_used)]

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

use dingtalk_runtime::generated::{Api, Platform};
use dingtalk_runtime::{Client, ClientBuilder};

const SIZE: usize = 64_000_000;
const ROUNDS: usize = 15;

static PLATFORM: Platform = Platform {
    apis: &[Api::named("api")],
    grants: &[],
};

fn main() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            std::thread::spawn(move || serve(&stream.unwrap()));
        }
    });
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let ours = ClientBuilder::<Client>::new(&PLATFORM)
        .base_url(url.as_str())
        .token("t");
    let ours = ours.build().unwrap();
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    let bare = reqwest::Client::builder();
    let bare = bare
        .tls_backend_preconfigured(tls)
        .no_proxy()
        .build()
        .unwrap();
    let url = format!("{url}/f?Signature=b%2Bc%3D");
    let mut fastest = [Duration::MAX; 2];
    for _ in 0..ROUNDS {
        let times = [
            runtime.block_on(async {
                let begun = Instant::now();
                let mut file = ours.download(url.as_str()).open().await.unwrap();
                let mut bytes = 0;
                while let Some(piece) = file.next().await {
                    bytes += piece.unwrap().len();
                }
                assert_eq!(bytes, SIZE);
                begun.elapsed()
            }),
            runtime.block_on(async {
                let begun = Instant::now();
                let mut reply = bare.get(&url).send().await.unwrap();
                let mut bytes = 0;
                while let Some(piece) = reply.chunk().await.unwrap() {
                    bytes += piece.len();
                }
                assert_eq!(bytes, SIZE);
                begun.elapsed()
            }),
        ];
        for (fastest, time) in fastest.iter_mut().zip(times) {
            *fastest = time.min(*fastest);
        }
    }
    let [ours, bare] = fastest.map(|time| time.as_secs_f64());
    let speed = |seconds: f64| SIZE as f64 / 1e6 / seconds;
    println!("ours          {:8.0} MB/s", speed(ours));
    println!("bare reqwest  {:8.0} MB/s", speed(bare));
    println!("ratio of times    {:.3}", ours / bare);
}

fn serve(stream: &TcpStream) {
    let content = vec![7; SIZE];
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    while reader.read_line(&mut line).is_ok_and(|count| count > 0) {
        if line.trim().is_empty() {
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {SIZE}\r\n\r\n");
            let mut stream = stream;
            if stream
                .write_all(head.as_bytes())
                .and_then(|()| stream.write_all(&content))
                .is_err()
            {
                return;
            }
        }
        line.clear();
    }
}
