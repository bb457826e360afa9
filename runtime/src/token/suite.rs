//! The tokens of third-party applications, also called suites.

use std::error::Error as StdError;
use std::fmt;
use std::future::Future;
use std::sync::Arc;

use super::grant::{Credentials, ask};
use super::{TicketResult, TokenKey, TokenProvider, TokenRequest, TokenResult};
use crate::build_error::BuildError;
use crate::credential::{self, CORP_ID, KEY, SECRET};
use crate::operation::{GrantKind, TokenKind};
use crate::secret::Secret;
use crate::transport::BoxFuture;

/// Returns the newest suite ticket.
///
/// The platform pushes a new ticket to the application every few hours, so only the application knows it. The client
/// asks each time it fetches a token. Closures that return a future implement this trait:
///
/// ```
/// # extern crate dingtalk_runtime as dingtalk_api;
/// use dingtalk_api::SuiteToken;
///
/// let tickets = || async {
///     let ticket = std::fs::read_to_string("suite-ticket")?;
///     Ok::<_, std::io::Error>(ticket.trim().to_owned())
/// };
/// let provider = SuiteToken::new("suite key", "suite secret", tickets)?;
/// # Ok::<(), dingtalk_api::BuildError>(())
/// ```
pub trait SuiteTickets: Send + Sync + 'static {
    /// The newest ticket. What this fails with is the cause of [`Error::Token`](crate::Error::Token).
    fn ticket(&self) -> BoxFuture<'_, Result<String, Box<dyn StdError + Send + Sync>>>;
}

impl<F, T, E> SuiteTickets for F
where
    F: Fn() -> T + Send + Sync + 'static,
    T: Future<Output = Result<String, E>> + Send + 'static,
    E: Into<Box<dyn StdError + Send + Sync>>,
{
    fn ticket(&self) -> BoxFuture<'_, Result<String, Box<dyn StdError + Send + Sync>>> {
        let ticket = self();
        Box::pin(async { ticket.await.map_err(Into::into) })
    }
}

/// The credentials of a suite.
struct Suite {
    key: String,
    secret: Secret,
    tickets: Box<dyn SuiteTickets>,
}

impl Suite {
    fn new(
        argument: &'static str,
        key: String,
        secret: String,
        tickets: impl SuiteTickets,
    ) -> Result<Arc<Self>, BuildError> {
        credential::check(argument, [(KEY, &key), (SECRET, &secret)])?;
        Ok(Arc::new(Self {
            key,
            secret: Secret(secret),
            tickets: Box::new(tickets),
        }))
    }

    async fn ticket(&self) -> Result<String, NoTicket> {
        let ticket = self.tickets.ticket().await.map_err(NoTicket::Failed)?;
        match credential::fault(&ticket) {
            Some(fault) => Err(NoTicket::Unfit(fault)),
            None => Ok(ticket),
        }
    }

    async fn fetch(&self, request: TokenRequest<'_>, corp_id: Option<&str>) -> TokenResult {
        let ticket = self.ticket().await?;
        let credentials = Credentials {
            app_key: &self.key,
            app_secret: &self.secret.0,
            organisation: corp_id.unwrap_or_default(),
            suite_ticket: &ticket,
            ..Credentials::default()
        };
        let kind = match corp_id {
            Some(_) => GrantKind::Organisation,
            None => GrantKind::Suite,
        };
        Ok(ask(request.client, kind, credentials).await?.token)
    }

    fn debug(&self, f: &mut fmt::DebugStruct<'_, '_>) -> fmt::Result {
        f.field("key", &self.key)
            .field("secret", &self.secret)
            .finish_non_exhaustive()
    }
}

/// Fetches a third-party application's own tokens, which belong to no organization.
///
/// ```
/// # extern crate dingtalk_runtime as dingtalk_api;
/// use dingtalk_api::SuiteToken;
///
/// let tickets = || async { std::fs::read_to_string("suite-ticket") };
/// let provider = SuiteToken::new("suite key", "suite secret", tickets)?;
/// # Ok::<(), dingtalk_api::BuildError>(())
/// ```
#[derive(Clone)]
pub struct SuiteToken(Arc<Suite>);

impl SuiteToken {
    /// A provider for the suite with this key and secret.
    ///
    /// # Errors
    /// If one of them is empty, has white space around it, or holds control characters.
    pub fn new(
        key: impl Into<String>,
        secret: impl Into<String>,
        tickets: impl SuiteTickets,
    ) -> Result<Self, BuildError> {
        Suite::new("SuiteToken::new", key.into(), secret.into(), tickets).map(Self)
    }
}

impl TokenProvider for SuiteToken {
    fn fetch<'a>(&'a self, request: TokenRequest<'a>) -> BoxFuture<'a, TokenResult> {
        Box::pin(self.0.fetch(request, None))
    }

    fn kind(&self) -> Option<TokenKind> {
        Some(TokenKind::Suite)
    }

    fn application(&self) -> Option<(&str, &str)> {
        Some((&self.0.key, &self.0.secret.0))
    }

    fn ticket(&self) -> BoxFuture<'_, TicketResult> {
        Box::pin(async { Ok(Some(self.0.ticket().await?)) })
    }

    fn key(&self) -> Option<TokenKey> {
        let Suite { key, secret, .. } = &*self.0;
        Some(TokenKey::of(GrantKind::Suite, &[key, &secret.0]))
    }

    fn for_organisation(&self, corp_id: &str) -> Option<Box<dyn TokenProvider>> {
        Some(Box::new(OrganisationToken {
            suite: Arc::clone(&self.0),
            corp_id: corp_id.to_owned(),
        }))
    }
}

impl fmt::Debug for SuiteToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.debug(&mut f.debug_struct("SuiteToken"))
    }
}

/// Fetches a third-party application's tokens for one organization that authorized it.
///
/// ```
/// # extern crate dingtalk_runtime as dingtalk_api;
/// use dingtalk_api::OrganisationToken;
///
/// let tickets = || async { std::fs::read_to_string("suite-ticket") };
/// let provider = OrganisationToken::new("suite key", "suite secret", "corp id", tickets)?;
/// # Ok::<(), dingtalk_api::BuildError>(())
/// ```
#[derive(Clone)]
pub struct OrganisationToken {
    suite: Arc<Suite>,
    corp_id: String,
}

impl OrganisationToken {
    /// A provider for the suite with this key and secret, in the organization with this corp id.
    ///
    /// # Errors
    /// If one of them is empty, has white space around it, or holds control characters.
    pub fn new(
        key: impl Into<String>,
        secret: impl Into<String>,
        corp_id: impl Into<String>,
        tickets: impl SuiteTickets,
    ) -> Result<Self, BuildError> {
        let (argument, corp_id) = ("OrganisationToken::new", corp_id.into());
        credential::check(argument, [(CORP_ID, &corp_id)])?;
        Ok(Self {
            suite: Suite::new(argument, key.into(), secret.into(), tickets)?,
            corp_id,
        })
    }
}

impl TokenProvider for OrganisationToken {
    fn fetch<'a>(&'a self, request: TokenRequest<'a>) -> BoxFuture<'a, TokenResult> {
        Box::pin(self.suite.fetch(request, Some(&self.corp_id)))
    }

    fn kind(&self) -> Option<TokenKind> {
        Some(TokenKind::Application)
    }

    fn application(&self) -> Option<(&str, &str)> {
        Some((&self.suite.key, &self.suite.secret.0))
    }

    fn ticket(&self) -> BoxFuture<'_, TicketResult> {
        Box::pin(async { Ok(Some(self.suite.ticket().await?)) })
    }

    fn key(&self) -> Option<TokenKey> {
        let Suite { key, secret, .. } = &*self.suite;
        Some(TokenKey::of(
            GrantKind::Organisation,
            &[key, &secret.0, &self.corp_id],
        ))
    }

    fn for_organisation(&self, corp_id: &str) -> Option<Box<dyn TokenProvider>> {
        Some(Box::new(Self {
            suite: Arc::clone(&self.suite),
            corp_id: corp_id.to_owned(),
        }))
    }
}

impl fmt::Debug for OrganisationToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("OrganisationToken");
        shown.field("corp_id", &self.corp_id);
        self.suite.debug(&mut shown)
    }
}

/// Why no token could be asked for.
#[derive(Debug)]
enum NoTicket {
    Failed(Box<dyn StdError + Send + Sync>),
    Unfit(&'static str),
}

impl fmt::Display for NoTicket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Failed(cause) => write!(f, "there is no suite ticket: {cause}"),
            Self::Unfit(fault) => write!(
                f,
                "there is no suite ticket: the one that was given {fault}"
            ),
        }
    }
}

impl StdError for NoTicket {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            // The cause itself is in the text.
            Self::Failed(cause) => cause.source(),
            Self::Unfit(_) => None,
        }
    }
}
