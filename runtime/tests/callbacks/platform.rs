//! The platform's side of a callback: it encrypts, signs and posts.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use aes::Aes256;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use cbc::cipher::block_padding::NoPadding;
use cbc::cipher::{BlockModeDecrypt as _, BlockModeEncrypt as _, KeyIvInit as _};
use dingtalk_runtime::{Bytes, HttpCallback, http, json};
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};

/// The platform, for one application.
pub(super) struct Platform {
    pub(super) token: &'static str,
    pub(super) key: [u8; 32],
    pub(super) owner: &'static str,
}

pub(super) const PLATFORM: Platform = Platform {
    token: "the-token",
    key: *b"0123456789abcdef0123456789abcdef",
    owner: "ding-app",
};

impl Platform {
    pub(super) fn aes_key(&self) -> String {
        STANDARD_NO_PAD.encode(self.key)
    }

    pub(super) fn callback(&self) -> HttpCallback {
        HttpCallback::new(self.token, &self.aes_key(), self.owner).unwrap()
    }

    pub(super) fn sign(&self, timestamp: &str, nonce: &str, encrypted: &str) -> String {
        let mut parts = [self.token, timestamp, nonce, encrypted];
        parts.sort_unstable();
        let digest = digest(&SHA1_FOR_LEGACY_USE_ONLY, parts.concat().as_bytes());
        let bytes = digest.as_ref().iter();
        bytes.fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
    }

    /// Encrypts bytes; their number must be a multiple of 16.
    pub(super) fn cipher(&self, mut bytes: Vec<u8>) -> String {
        let length = bytes.len();
        let iv: [u8; 16] = self.key[..16].try_into().unwrap();
        let cipher = cbc::Encryptor::<Aes256>::new(&self.key.into(), &iv.into());
        cipher
            .encrypt_padded::<NoPadding>(&mut bytes, length)
            .unwrap();
        STANDARD.encode(bytes)
    }

    /// Encrypts a text with this stated length.
    pub(super) fn encrypt_as(&self, text: &str, length: u32) -> String {
        let mut bytes = b"sixteen bytes...".to_vec();
        bytes.extend(length.to_be_bytes());
        bytes.extend(text.as_bytes());
        bytes.extend(self.owner.as_bytes());
        let padding = 32 - bytes.len() % 32;
        bytes.resize(bytes.len() + padding, u8::try_from(padding).unwrap());
        self.cipher(bytes)
    }

    pub(super) fn encrypt(&self, text: &str) -> String {
        self.encrypt_as(text, u32::try_from(text.len()).unwrap())
    }

    pub(super) fn post_at(&self, encrypted: &str, timestamp: &str) -> http::Request<Bytes> {
        let signature = self.sign(timestamp, "n", encrypted);
        post("msg_signature", &signature, timestamp, encrypted)
    }

    pub(super) fn post(&self, encrypted: &str) -> http::Request<Bytes> {
        self.post_at(encrypted, &now().as_millis().to_string())
    }

    pub(super) fn decrypt(&self, encrypted: &str) -> Vec<u8> {
        let mut bytes = STANDARD.decode(encrypted).unwrap();
        let iv: [u8; 16] = self.key[..16].try_into().unwrap();
        let cipher = cbc::Decryptor::<Aes256>::new(&self.key.into(), &iv.into());
        cipher
            .decrypt_padded::<NoPadding>(&mut bytes)
            .unwrap()
            .to_vec()
    }
}

pub(super) fn now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap()
}

pub(super) fn post(
    name: &str,
    signature: &str,
    timestamp: &str,
    encrypted: &str,
) -> http::Request<Bytes> {
    let body = json!({"encrypt": encrypted}).to_string();
    http::Request::post(format!(
        "/callback?{name}={signature}&timestamp={timestamp}&nonce=n"
    ))
    .body(Bytes::from(body))
    .unwrap()
}
