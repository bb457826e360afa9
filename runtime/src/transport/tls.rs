//! The TLS of the client's own connections.
//!
//! rustls with ring. Against aws-lc-rs, reqwest's default, building reqwest for the first time took 47 instead of
//! 80 seconds of CPU time (`cargo check`: 28 instead of 63), and C code is a small part of it; both need
//! a C compiler and nothing else. The provider is given explicitly, so that neither a missing nor a second
//! provider in the user's program can make the client panic, and nothing global is installed.

use std::sync::Arc;

use rustls::ClientConfig;
use rustls::crypto::ring;
use rustls_platform_verifier::BuilderVerifierExt;

/// The settings of connections that trust what the operating system trusts.
pub(super) fn trusting_the_system() -> Result<ClientConfig, rustls::Error> {
    let config = builder()?.with_platform_verifier()?;
    Ok(config.with_no_client_auth())
}

/// The settings of a client that makes no TLS connection. It saves reading the system's certificates, and needs
/// none to be there.
pub(super) fn trusting_nobody() -> Result<ClientConfig, rustls::Error> {
    let config = builder()?.with_root_certificates(rustls::RootCertStore::empty());
    Ok(config.with_no_client_auth())
}

fn builder() -> Result<rustls::ConfigBuilder<ClientConfig, rustls::WantsVerifier>, rustls::Error> {
    ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
}
