//! Identifies the owner of a token without revealing who it is.

use std::fmt;

use ring::digest::{Context, SHA256};

use crate::hex::hex;
use crate::operation::GrantKind;

/// Identifies the credentials that a token belongs to, across processes.
///
/// It is a hash of the credentials, so that it can name an entry of a [`TokenStore`](crate::TokenStore).
///
/// ```
/// # extern crate dingtalk_runtime as dingtalk_api;
/// use dingtalk_api::TokenKey;
///
/// let key = TokenKey::new("our-vault", &["app key", "app secret"]);
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct TokenKey(String);

impl TokenKey {
    /// A key for a custom provider: a unique name of the provider, then everything its tokens depend on, secrets
    /// included.
    pub fn new(provider: &str, parts: &[&str]) -> Self {
        Self::hashed(&["own", provider], parts)
    }

    pub(super) fn of(kind: GrantKind, parts: &[&str]) -> Self {
        Self::hashed(&["grant", kind.name()], parts)
    }

    /// The name of the entry that holds the token which this server gave.
    pub(super) fn at(&self, server: &str) -> String {
        let Self(hash) = Self::hashed(&["server", server], &[&self.0]);
        format!("dingtalk-token:{hash}")
    }

    fn hashed(domain: &[&str], parts: &[&str]) -> Self {
        let mut context = Context::new(&SHA256);
        // With its length before each part, no two lists of parts give the same bytes.
        for part in domain.iter().chain(parts) {
            context.update(&(part.len() as u64).to_le_bytes());
            context.update(part.as_bytes());
        }
        Self(hex(context.finish().as_ref()))
    }
}

impl fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::TokenKey;
    use crate::operation::GrantKind;

    #[test]
    fn every_credential_and_the_server_make_another_key() {
        let mut keys = vec![
            TokenKey::of(GrantKind::Unified, &["key", "secret", "corp"]).at("https://a"),
            TokenKey::of(GrantKind::Unified, &["key", "secret", "corp"]).at("https://b"),
            TokenKey::of(GrantKind::Organisation, &["key", "secret", "corp"]).at("https://a"),
            TokenKey::of(GrantKind::Unified, &["key", "secret", "other"]).at("https://a"),
            TokenKey::of(GrantKind::Unified, &["key", "other", "corp"]).at("https://a"),
            TokenKey::of(GrantKind::Unified, &["other", "secret", "corp"]).at("https://a"),
            TokenKey::of(GrantKind::Unified, &["key", "secretcorp"]).at("https://a"),
            TokenKey::of(GrantKind::Unified, &["key", "secret", "corp", ""]).at("https://a"),
            TokenKey::new("unified", &["key", "secret", "corp"]).at("https://a"),
        ];
        let made = keys.len();
        keys.sort();
        keys.dedup();
        assert_eq!(keys.len(), made);
        assert!(keys.iter().all(|key| !key.contains("secret")));
    }

    #[test]
    fn a_key_is_the_same_in_every_process() {
        let key = TokenKey::of(GrantKind::App, &["key", "secret"]);
        assert_eq!(key, TokenKey::of(GrantKind::App, &["key", "secret"]));
    }
}
