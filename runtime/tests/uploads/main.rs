//! Files in a request: what is on the wire, what is refused before that, and what a retry may send again.
//!
//! Platform and operations are generated from `tests/golden/spec`.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod attempts;
mod form;
mod refused;
mod streaming;
#[path = "../support/mod.rs"]
mod support;

#[path = "../../../tests/golden/generated/src/old_people/mod.rs"]
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod old_people;
#[path = "../../../tests/golden/generated/src/platform.rs"]
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod platform;

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use dingtalk_runtime::generated::ClientBuilder;
use dingtalk_runtime::{
    BoxFuture, Bytes, Client, Error, FilePart, HttpRequest, JsonRequest, Limits, RetryPolicy,
    Transport, TransportError, TransportErrorKind, http, json,
};
use old_people::OldPeople;
use old_people::upload_photo::{
    Size, Type, UploadPhotoError, UploadPhotoRequest, UploadPhotoResponse, operation,
};
use serde_json::Value;
use support::{Answer, Request, Server};

const TOKEN: &str = "SENTINEL-token";

fn builder(url: impl Into<String>) -> ClientBuilder<Client> {
    let at_once = RetryPolicy::new()
        .base_backoff(Duration::ZERO)
        .throttled_wait(Duration::ZERO);
    ClientBuilder::<Client>::new(&platform::PLATFORM)
        .base_url_of("oapi", url)
        .token(TOKEN)
        .retry(at_once)
}

fn client(server: &Server) -> Client {
    builder(server.url()).build().unwrap()
}

fn done() -> Value {
    serde_json::json!({"errcode": 0, "errmsg": "ok", "media_id": "@m1"})
}

fn throttled() -> Value {
    serde_json::json!({"errcode": 90018, "errmsg": "too fast"})
}

fn png(content: &'static [u8]) -> FilePart {
    FilePart::bytes("a.png", content)
}

async fn upload(
    client: &Client,
    request: UploadPhotoRequest,
) -> Result<UploadPhotoResponse, Error<UploadPhotoError>> {
    OldPeople::new(client).upload_photo(request).send().await
}

async fn upload_file(client: &Client, file: FilePart) -> Result<(), Error<UploadPhotoError>> {
    let request = UploadPhotoRequest::new(Type::Image, file);
    upload(client, request).await.map(drop)
}

/// A file that goes away with the test.
struct Temporary(PathBuf);

impl Temporary {
    fn new(name: &str, content: &[u8]) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = format!("dingtalk-uploads-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(folder);
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join(name);
        fs::write(&path, content).unwrap();
        Self(path)
    }

    /// A file of zeros that takes no space.
    fn zeros(size: u64) -> Self {
        let file = Self::new("zeros.png", b"");
        file.resize(size);
        file
    }

    fn resize(&self, size: u64) {
        resize(&self.0, size);
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(self.0.parent().unwrap());
    }
}

fn resize(path: &Path, size: u64) {
    let file = File::options().write(true).open(path).unwrap();
    file.set_len(size).unwrap();
}

#[test]
fn debug_shows_name_and_size_alone_and_a_request_can_be_cloned_and_compared() {
    let secret = png(b"SENTINEL");
    assert_eq!(
        format!("{secret:?}"),
        "FilePart { name: \"a.png\", size: 8, .. }"
    );
    let path = FilePart::path("/SENTINEL/b.png");
    assert_eq!(format!("{path:?}"), "FilePart { name: \"b.png\", .. }");
    let request = UploadPhotoRequest::new(Type::Image, secret).thumbnail(path);
    let copy = request.clone();
    assert_eq!(copy, request);
    assert!(!format!("{copy:?}").contains("SENTINEL"), "{copy:?}");
    assert_ne!(copy, request.thumbnail(png(b"x")));
    let reader = |content: &'static [u8]| FilePart::reader("r", content.len() as u64, content);
    assert_ne!(reader(b"r"), reader(b"r"));
}
