//! The keys of one application: signatures, decryption and encryption.

use aes::Aes256;
use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use cbc::cipher::block_padding::NoPadding;
use cbc::cipher::{BlockModeDecrypt as _, BlockModeEncrypt as _, KeyIvInit as _};
use ring::rand::{SecureRandom as _, SystemRandom};
use ring::{digest, hmac};
use serde_json::json;

use super::{CallbackError, Signed};
use crate::build_error::BuildError;
use crate::credential;
use crate::hex::hex;
use crate::secret::Secret;

/// Keys have no padding, and their last bits are ignored.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// Texts are padded to blocks of this size, as in PKCS #7.
const BLOCK: usize = 32;

/// What precedes a text: random bytes, and its length.
const RANDOM: usize = 16;
const HEAD: usize = RANDOM + 4;

pub(super) struct Application {
    token: Secret,
    key: [u8; 32],
    iv: [u8; 16],
    owner: String,
}

impl Application {
    pub(super) fn new(
        argument: &'static str,
        token: String,
        aes_key: &str,
        owner: String,
    ) -> Result<Self, BuildError> {
        let given = [
            ("the token", &*token),
            ("the AES key", aes_key),
            ("the owner", &*owner),
        ];
        credential::check(argument, given)?;
        let key = BASE64.decode(aes_key).ok();
        let key = key.and_then(|key| <[u8; 32]>::try_from(key).ok());
        let key = key.ok_or_else(|| {
            let length = aes_key.chars().count();
            let reason = format!(
                "the AES key must be 43 characters of base 64, found {length}: copy the one that was set with the address"
            );
            BuildError::new(argument, reason)
        })?;
        let mut iv = [0; 16];
        iv.copy_from_slice(&key[..16]);
        Ok(Self {
            token: Secret(token),
            key,
            iv,
            owner,
        })
    }

    pub(super) fn owner(&self) -> &str {
        &self.owner
    }

    /// Whether this application made the signature. It takes the same time for any wrong one.
    pub(super) fn has_signed(&self, signed: &Signed) -> bool {
        let expected = self.sign(&signed.timestamp, &signed.nonce, &signed.encrypted);
        // Compares keyed digests, which nobody can choose byte by byte.
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.key);
        let expected = hmac::sign(&key, expected.as_bytes());
        hmac::verify(&key, signed.signature.as_bytes(), expected.as_ref()).is_ok()
    }

    fn sign(&self, timestamp: &str, nonce: &str, encrypted: &str) -> String {
        let mut parts = [&self.token.0, timestamp, nonce, encrypted];
        parts.sort_unstable();
        let text = parts.concat();
        let digest = digest::digest(&digest::SHA1_FOR_LEGACY_USE_ONLY, text.as_bytes());
        hex(digest.as_ref())
    }

    pub(super) fn decrypt(&self, encrypted: &str) -> Result<String, CallbackError> {
        let mut bytes = BASE64.decode(encrypted).map_err(|_| CallbackError::Key)?;
        let cipher = cbc::Decryptor::<Aes256>::new(&self.key.into(), &self.iv.into());
        let plain = cipher.decrypt_padded::<NoPadding>(&mut bytes);
        let plain = without_padding(plain.map_err(|_| CallbackError::Key)?);
        let plain = plain.ok_or(CallbackError::Key)?;
        let length = plain
            .get(RANDOM..HEAD)
            .and_then(|bytes| bytes.try_into().ok());
        let length = length.map(u32::from_be_bytes).ok_or(CallbackError::Key)?;
        let said = usize::try_from(length).unwrap_or(usize::MAX);
        let rest = plain.get(HEAD..).unwrap_or_default();
        let (text, owner) = rest.split_at_checked(said).ok_or(CallbackError::Length {
            said,
            present: rest.len(),
        })?;
        if owner != self.owner.as_bytes() {
            return Err(CallbackError::Owner);
        }
        String::from_utf8(text.to_vec()).map_err(|_| CallbackError::Json)
    }

    fn encrypt(&self, text: &str) -> Result<String, CallbackError> {
        let mut bytes = random::<RANDOM>()?.to_vec();
        let length = u32::try_from(text.len()).map_err(|_| CallbackError::Json)?;
        bytes.extend(length.to_be_bytes());
        bytes.extend(text.as_bytes());
        bytes.extend(self.owner.as_bytes());
        let padding = BLOCK - bytes.len() % BLOCK;
        bytes.resize(
            bytes.len() + padding,
            u8::try_from(padding).unwrap_or_default(),
        );
        let length = bytes.len();
        let cipher = cbc::Encryptor::<Aes256>::new(&self.key.into(), &self.iv.into());
        let encrypted = cipher.encrypt_padded::<NoPadding>(&mut bytes, length);
        encrypted
            .map(|bytes| BASE64.encode(bytes))
            .map_err(|_| CallbackError::Key)
    }

    /// The body of the answer to a delivery.
    pub(super) fn answer(&self, timestamp: &str) -> Result<String, CallbackError> {
        let encrypted = self.encrypt("success")?;
        let nonce = u64::from_ne_bytes(random()?).to_string();
        let answer = json!({
            "msg_signature": self.sign(timestamp, &nonce, &encrypted),
            "timeStamp": timestamp,
            "nonce": nonce,
            "encrypt": encrypted,
        });
        Ok(answer.to_string())
    }
}

fn random<const N: usize>() -> Result<[u8; N], CallbackError> {
    let mut bytes = [0; N];
    let filled = SystemRandom::new().fill(&mut bytes);
    filled.map_err(|_| CallbackError::Random)?;
    Ok(bytes)
}

/// The text without its padding, whose bytes all hold its length. `None` if there is no valid padding.
fn without_padding(text: &[u8]) -> Option<&[u8]> {
    let padding = usize::from(*text.last()?);
    let (text, end) = text.split_at_checked(text.len().checked_sub(padding)?)?;
    let whole =
        (1..=BLOCK).contains(&padding) && end.iter().all(|byte| usize::from(*byte) == padding);
    whole.then_some(text)
}
