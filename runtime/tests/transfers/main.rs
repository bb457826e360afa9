//! Downloads from and uploads to signed URLs: what is on the wire, what is refused, and what a broken connection costs.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing
)]

mod download;
mod idle;
mod memory;
mod refused;
mod resumed;
#[path = "../support/mod.rs"]
mod support;
mod upload;
mod urls;

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use dingtalk_runtime::{
    Bytes, Client, ClientBuilder, DownloadStream, FilePart, RetryPolicy, SignedUrl, TransferError,
    TransferErrorKind as Kind, TransportErrorKind,
};
use support::{Answer, Server};

const TOKEN: &str = "SENTINEL-token";

fn at_once() -> RetryPolicy {
    RetryPolicy::new()
        .base_backoff(Duration::ZERO)
        .throttled_wait(Duration::ZERO)
}

fn builder(url: impl Into<String>) -> ClientBuilder<Client> {
    ClientBuilder::<Client>::new(&support::platform::PLATFORM)
        .base_url(url)
        .token(TOKEN)
        .header("x-of-the-client", "SENTINEL-header")
        .retry(at_once())
}

fn client(server: &Server) -> Client {
    builder(server.url()).build().unwrap()
}

/// A signed URL at the server, as an object store's.
fn signed(server: &Server) -> SignedUrl {
    SignedUrl::new(format!(
        "{}/oss/f?Expires=1&OSSAccessKeyId=a&Signature=SENTINEL%2Bc%3D",
        server.url()
    ))
}

async fn read(file: &mut DownloadStream) -> Result<Vec<u8>, TransferError> {
    let mut whole = Vec::new();
    while let Some(piece) = file.next().await {
        whole.extend_from_slice(&piece?);
    }
    Ok(whole)
}

fn no_secret(text: &str) {
    assert!(!text.contains("SENTINEL"), "{text}");
}

/// A folder that goes away with the test.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("dingtalk-transfers-{}-{number}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(&self.0).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
