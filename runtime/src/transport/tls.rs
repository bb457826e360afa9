//! The TLS of the client's own connections.
//!
//! rustls with ring. Against aws-lc-rs, reqwest's default, building reqwest for the first time took 47 instead of
//! 80 seconds of CPU time (`cargo check`: 28 instead of 63), and C code is a small part of it; both need
//! a C compiler and nothing else. The provider is given explicitly, so that neither a missing nor a second
//! provider in the user's program can make the client panic, and nothing global is installed.

use std::sync::Arc;

use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

use super::Identity;
use crate::build_error::BuildError;

/// Who may vouch for a server.
pub(super) enum Trust {
    /// Whom the operating system trusts, and these.
    System(Vec<CertificateDer<'static>>),
    /// Nobody, for a client that makes no TLS connection. It saves reading the system's certificates, and needs none
    /// to be there.
    Nobody,
}

/// The settings of connections.
pub(super) fn config(trust: Trust, identity: Option<Identity>) -> Result<ClientConfig, BuildError> {
    let provider = Arc::new(ring::default_provider());
    let unusable = |error: rustls::Error| BuildError::new("http_client", error.to_string());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(unusable)?;
    let builder = match trust {
        Trust::Nobody => builder.with_root_certificates(RootCertStore::empty()),
        Trust::System(roots) => {
            let verifier = verifier(roots, provider).map_err(|error| {
                let reason = format!("the system's certificates cannot be used: {error}");
                BuildError::new("http_client", reason)
            })?;
            // rustls calls a verifier dangerous that is not its own; this is the system's.
            builder
                .dangerous()
                .with_custom_certificate_verifier(Arc::new(verifier))
        }
    };
    let mut config = match identity {
        None => builder.with_no_client_auth(),
        Some(Identity { certificates, key }) => builder
            .with_client_auth_cert(certificates, key)
            .map_err(|error| BuildError::new("identity", format!("cannot be used: {error}")))?,
    };
    if cfg!(feature = "http2") {
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    }
    Ok(config)
}

#[cfg(not(target_os = "android"))]
fn verifier(
    roots: Vec<CertificateDer<'static>>,
    provider: Arc<rustls::crypto::CryptoProvider>,
) -> Result<Verifier, rustls::Error> {
    Verifier::new_with_extra_roots(roots, provider)
}

/// Android's own store is the only one its verifier asks.
#[cfg(target_os = "android")]
fn verifier(
    roots: Vec<CertificateDer<'static>>,
    provider: Arc<rustls::crypto::CryptoProvider>,
) -> Result<Verifier, rustls::Error> {
    if !roots.is_empty() {
        let reason = "on Android, authorities are added to the system";
        return Err(rustls::Error::General(reason.to_owned()));
    }
    Verifier::new(provider)
}
