//! A server that speaks TLS, with certificates made for the test.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig, ServerConnection, StreamOwned};

/// An authority that no system knows.
pub struct Authority {
    pub pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    pub fn new() -> Self {
        let mut params = CertificateParams::new(Vec::<String>::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        Self {
            pem,
            issuer: Issuer::new(params, key),
        }
    }

    /// A certificate for this name and its key, in PEM.
    pub fn issue(&self, name: &str) -> String {
        let params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        certificate.pem() + &key.serialize_pem()
    }

    /// The settings of a server on this machine, which asks for a certificate of this authority if `mutual`.
    pub fn server(&self, mutual: bool) -> ServerConfig {
        let pem = self.issue("127.0.0.1");
        let certificates = CertificateDer::pem_slice_iter(pem.as_bytes());
        let certificates = certificates.collect::<Result<Vec<_>, _>>().unwrap();
        let key = PrivateKeyDer::from_pem_slice(pem.as_bytes()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .unwrap();
        let builder = if mutual {
            let mut roots = RootCertStore::empty();
            roots
                .add(CertificateDer::from_pem_slice(self.pem.as_bytes()).unwrap())
                .unwrap();
            let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
            builder.with_client_cert_verifier(verifier.build().unwrap())
        } else {
            builder.with_no_client_auth()
        };
        builder.with_single_cert(certificates, key).unwrap()
    }
}

/// Answers every request with `{"count": 1}`.
pub struct TlsServer {
    pub address: SocketAddr,
    connections: Arc<Mutex<usize>>,
}

impl TlsServer {
    pub fn start(config: ServerConfig) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(Mutex::new(0));
        let (config, opened) = (Arc::new(config), Arc::clone(&connections));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (stream, config) = (stream.unwrap(), Arc::clone(&config));
                let opened = Arc::clone(&opened);
                std::thread::spawn(move || {
                    let _ = answer(stream, config, &opened);
                });
            }
        });
        Self {
            address,
            connections,
        }
    }

    pub fn url(&self) -> String {
        format!("https://{}", self.address)
    }

    /// How many connections had a request on them.
    pub fn connections(&self) -> usize {
        *self.connections.lock().unwrap()
    }
}

fn answer(
    stream: TcpStream,
    config: Arc<ServerConfig>,
    opened: &Mutex<usize>,
) -> std::io::Result<()> {
    let connection = ServerConnection::new(config).map_err(std::io::Error::other)?;
    let mut stream = StreamOwned::new(connection, stream);
    let (mut buffer, mut filled, mut first) = ([0; 4096], 0, true);
    loop {
        match stream.read(&mut buffer[filled..])? {
            0 => return Ok(()),
            read => filled += read,
        }
        // Bodies are short objects without another in them: the last byte ends them.
        if buffer[..filled].ends_with(b"}") {
            *opened.lock().unwrap() += usize::from(std::mem::take(&mut first));
            filled = 0;
            stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n{\"count\": 1}")?;
            stream.flush()?;
        }
    }
}

/// A server that offers HTTP/2, takes one connection, answers like [`TlsServer`], and gives the token of each request.
#[cfg(feature = "http2")]
pub async fn http2(
    mut config: ServerConfig,
) -> (String, tokio::sync::mpsc::UnboundedReceiver<String>) {
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let acceptor = tokio_rustls::TlsAcceptor::from(Arc::new(config));
    let (seen, tokens) = tokio::sync::mpsc::unbounded_channel();
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let stream = acceptor.accept(stream).await.unwrap();
        let mut connection = h2::server::handshake(stream).await.unwrap();
        while let Some(Ok((request, mut respond))) = connection.accept().await {
            let token = &request.headers()["x-acs-dingtalk-access-token"];
            seen.send(token.to_str().unwrap().to_owned()).unwrap();
            let reply = dingtalk_runtime::http::Response::new(());
            let mut body = respond.send_response(reply, false).unwrap();
            body.send_data(r#"{"count": 1}"#.into(), true).unwrap();
        }
    });
    (url, tokens)
}
