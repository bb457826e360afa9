//! A mock, as tests hold it.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use dingtalk_api::generated as rt;
use dingtalk_api::platform::PLATFORM;
use dingtalk_api::{BuildError, Client};

use crate::platform::Platform;
use crate::server::Server;

/// A DingTalk on this machine, which answers every operation of the platform.
///
/// It stops when it is dropped.
///
/// ```
/// use dingtalk_api::oapi_user::get::GetRequest;
/// use dingtalk_mock::MockDingTalk;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let mock = MockDingTalk::start().await?;
/// let client = mock.client()?;
///
/// let user = client.oapi_user().get(GetRequest::new("zhangsan")).send().await?;
/// assert_eq!(user.name.as_deref(), Some("张三"));
/// # Ok(())
/// # }
/// ```
pub struct MockDingTalk {
    server: Server,
    pub(crate) platform: Arc<Platform>,
}

impl MockDingTalk {
    /// Starts a mock on a free port of 127.0.0.1, on the tokio runtime that calls this.
    ///
    /// # Errors
    /// If no port is free.
    pub async fn start() -> io::Result<Self> {
        Self::start_at((Ipv4Addr::LOCALHOST, 0).into()).await
    }

    /// Starts a mock at an address of this machine; port 0 is any that is free.
    ///
    /// # Errors
    /// If the address is not a loopback address, or its port is taken.
    pub async fn start_at(address: SocketAddr) -> io::Result<Self> {
        let catalogue = dingtalk_catalogue::open().map_err(io::Error::other)?;
        let platform = Arc::new(Platform::new(catalogue)?);
        let server = Server::start(address, Arc::clone(&platform)).await?;
        Ok(Self { server, platform })
    }

    /// Its address, for example `http://127.0.0.1:40123`.
    pub fn url(&self) -> String {
        format!("http://{}", self.server.address)
    }

    /// A client of the mock, as an internal application.
    ///
    /// # Errors
    /// If the client cannot be built: this machine's proxy settings may be invalid.
    pub fn client(&self) -> Result<Client, BuildError> {
        self.configure(Client::builder())
            .app("mock-key", "mock-secret")
            .build()
    }

    /// Sends the calls of all APIs to the mock. Credentials are yours to set: `.app(..)`, `.token(..)` and the others.
    pub fn configure<C: From<rt::Client>>(
        &self,
        builder: rt::ClientBuilder<C>,
    ) -> rt::ClientBuilder<C> {
        let url = self.url();
        PLATFORM
            .apis
            .iter()
            .fold(builder, |builder, api| builder.base_url_of(api.name, &*url))
    }
}

impl fmt::Debug for MockDingTalk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MockDingTalk at {}", self.url())
    }
}
