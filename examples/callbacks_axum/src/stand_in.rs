//! The platform's side: it encrypts events, signs them and posts them.

use std::error::Error;
use std::net::SocketAddr;
use std::time::{SystemTime, UNIX_EPOCH};

use aes::Aes256;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};
use cbc::cipher::block_padding::NoPadding;
use cbc::cipher::{BlockModeEncrypt as _, KeyIvInit as _};
use dingtalk_api::json;
use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

pub struct Platform {
    address: SocketAddr,
    pub token: &'static str,
    pub app_key: &'static str,
    key: [u8; 32],
}

impl Platform {
    pub fn new(address: SocketAddr) -> Self {
        Self {
            address,
            token: "a token",
            app_key: "an-app-key",
            key: *b"0123456789abcdef0123456789abcdef",
        }
    }

    pub fn aes_key(&self) -> String {
        STANDARD_NO_PAD.encode(self.key)
    }

    /// Posts an event, a test of the address, and an event with a wrong signature.
    pub async fn post_events(&self) -> Result<(), Box<dyn Error>> {
        let joined = json!({
            "EventType": "user_add_org", "CorpId": "ding1", "TimeStamp": "1700000000000", "UserId": ["user1", "user2"]
        });
        let test = json!({"EventType": "check_url"});
        for (event, token) in [
            (&joined, self.token),
            (&test, self.token),
            (&joined, "another"),
        ] {
            let encrypted = self.encrypt(&event.to_string())?;
            println!("{}", self.post(token, &encrypted).await?);
        }
        Ok(())
    }

    /// Posts an encrypted text, and returns the first line of the answer.
    async fn post(&self, token: &str, encrypted: &str) -> Result<String, Box<dyn Error>> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
        let (timestamp, nonce) = (now.as_millis().to_string(), "a1b2c3");
        let mut parts = [token, &timestamp, nonce, encrypted];
        parts.sort_unstable();
        let digest = digest(&SHA1_FOR_LEGACY_USE_ONLY, parts.concat().as_bytes());
        let bytes = digest.as_ref().iter();
        let signature = bytes.fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
        let body = json!({"encrypt": encrypted}).to_string();
        let request = format!(
            "POST /callback?msg_signature={signature}&timestamp={timestamp}&nonce={nonce} HTTP/1.1\r\n\
             host: {}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            self.address,
            body.len()
        );
        let mut stream = TcpStream::connect(self.address).await?;
        stream.write_all(request.as_bytes()).await?;
        let mut reply = String::new();
        stream.read_to_string(&mut reply).await?;
        Ok(reply.lines().next().unwrap_or_default().to_owned())
    }

    /// 16 random bytes, the length, the text and the application's key, padded to blocks of 32 bytes.
    fn encrypt(&self, text: &str) -> Result<String, Box<dyn Error>> {
        let mut bytes = b"sixteen bytes...".to_vec();
        bytes.extend(u32::try_from(text.len())?.to_be_bytes());
        bytes.extend(text.as_bytes());
        bytes.extend(self.app_key.as_bytes());
        let padding = 32 - bytes.len() % 32;
        bytes.resize(bytes.len() + padding, u8::try_from(padding)?);
        let length = bytes.len();
        let iv: [u8; 16] = *b"0123456789abcdef";
        let cipher = cbc::Encryptor::<Aes256>::new(&self.key.into(), &iv.into());
        let padded = cipher.encrypt_padded::<NoPadding>(&mut bytes, length);
        padded.map_err(|_| "the buffer is as long as the text")?;
        Ok(STANDARD.encode(bytes))
    }
}
