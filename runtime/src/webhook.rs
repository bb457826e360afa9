//! Webhooks: addresses that carry their own credential, so that a call needs no application.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use percent_encoding::percent_decode_str;
use reqwest::Url;

use crate::base_url::BaseUrl;
use crate::clock::since_1970;
use crate::credential;
use crate::endpoint::Endpoint;
use crate::limit::{Rate, Window};
use crate::operation::Operation;
use crate::secret::Secret;
use crate::sign::Signer;
use crate::transport::authority;

/// A webhook that a call is sent to: a [`RobotWebhook`] or a [`SessionWebhook`].
#[derive(Clone)]
pub struct Webhook {
    /// A URL, or the credential alone.
    address: Secret,
    secret: Option<Secret>,
    /// In milliseconds since the epoch.
    expires: Option<i64>,
    limit: Option<Arc<Window>>,
}

/// Where a call to a webhook goes.
pub(crate) struct Target {
    /// What identifies the webhook. It is sent like a token, and checked as one.
    pub(crate) credential: String,
    /// The server of the webhook's URL, if that is not the client's.
    pub(crate) server: Option<BaseUrl>,
}

impl Webhook {
    fn new(address: String) -> Self {
        Self {
            address: Secret(address),
            secret: None,
            expires: None,
            limit: None,
        }
    }

    /// Checks the webhook for an operation, whose webhooks are identified by `field`. The error is words that follow
    /// "webhook"; it shows nothing of the URL but scheme, host and port.
    pub(crate) fn target(
        &self,
        operation: &Operation,
        field: &str,
        endpoint: &Endpoint,
    ) -> Result<Target, String> {
        let (credential, server) = if self.address.0.contains("://") {
            self.of_url(operation, field, endpoint)?
        } else if self.address.0.contains(['/', '?', '=', '&']) {
            return Err(format!(
                "is neither a URL nor a `{field}`: copy the whole URL, from `https://` on"
            ));
        } else {
            (self.address.0.clone(), None)
        };
        if let Some(Secret(secret)) = &self.secret {
            let prefix = (!secret.starts_with("SEC")).then_some("does not begin with `SEC`");
            let space = secret
                .contains(char::is_whitespace)
                .then_some("contains white space");
            if let Some(fault) = credential::fault(secret).or(space).or(prefix) {
                let hint = "copy it from the robot's security settings";
                return Err(format!("has a secret that {fault}: {hint}"));
            }
        }
        if let Some(mistake) = self.limit.as_ref().and_then(|limit| limit.rate().mistake()) {
            return Err(format!("has a limit that {mistake}"));
        }
        Ok(Target { credential, server })
    }

    fn of_url(
        &self,
        operation: &Operation,
        field: &str,
        endpoint: &Endpoint,
    ) -> Result<(String, Option<BaseUrl>), String> {
        let url =
            Url::parse(self.address.0.trim()).map_err(|error| format!("is not a URL: {error}"))?;
        let (prefix, server) = server(&url, endpoint)?;
        if url.path().strip_prefix(prefix) != Some(operation.path) {
            return Err(format!(
                "has a URL with another path than `{}`",
                operation.path
            ));
        }
        let pairs = url.query().unwrap_or_default().split('&');
        let mut pairs = pairs.filter_map(|pair| pair.split_once('='));
        let value = pairs.find(|(name, value)| *name == field && !value.is_empty());
        let (_, value) = value.ok_or_else(|| {
            format!("has no `{field}` in its URL: copy the whole URL, with what follows `?`")
        })?;
        let credential = percent_decode_str(value).decode_utf8_lossy().into_owned();
        Ok((credential, server))
    }

    /// Why it can no longer be called, as words that follow "webhook".
    pub(crate) fn expired(&self) -> Option<String> {
        let expires = u64::try_from(self.expires?).unwrap_or(0);
        let since = since_1970().checked_sub(Duration::from_millis(expires))?;
        let since = Duration::from_secs(since.as_secs());
        Some(format!(
            "expired {since:?} ago: it is good for replies to the message that it came with, until then"
        ))
    }

    /// Signs with the webhook's secret, if it has one.
    pub(crate) fn signer(&self) -> Option<Signer> {
        let secret = self.secret.as_ref()?;
        Some(Signer::new("webhook", &*secret.0))
    }

    pub(crate) fn limit(&self) -> Option<&Window> {
        self.limit.as_deref()
    }
}

/// The prefix of paths at a URL's server, and the server if the call must go there instead of to the client's. A webhook
/// comes from outside, so it must not send a call to a host that is not the API's.
fn server<'a>(url: &Url, endpoint: &'a Endpoint) -> Result<(&'a str, Option<BaseUrl>), String> {
    if let Some(base) = endpoint.base.as_ref().filter(|base| base.is_origin_of(url)) {
        return Ok((base.prefix(), None));
    }
    let servers = || endpoint.api.servers.iter().map(|(_, server)| *server);
    let parsed = servers().filter_map(|server| BaseUrl::parse(server, false).ok());
    let found = parsed.into_iter().find(|server| server.is_origin_of(url));
    match found {
        // An address that you set replaces all servers.
        Some(_) if endpoint.given => Ok(("", None)),
        Some(server) => Ok(("", Some(server))),
        None => {
            let given = endpoint.base.as_ref().filter(|_| endpoint.given);
            let given = given.map(BaseUrl::as_str);
            let servers: Vec<_> = given.into_iter().chain(servers()).collect();
            Err(format!(
                "has a URL at `{}://{}`, which is none of the API's servers: {}",
                url.scheme(),
                authority(url).unwrap_or_default(),
                servers.join(", ")
            ))
        }
    }
}

/// Shows nothing that would let a reader call it.
impl fmt::Debug for Webhook {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Webhook")
            .field("signs", &self.secret.is_some())
            .field("expires", &self.expires)
            .field("limit", &self.limit.as_ref().map(|limit| limit.rate()))
            .finish_non_exhaustive()
    }
}

/// The webhook of a robot in a group chat. It needs no application: the address is the credential.
///
/// ```
/// # extern crate dingtalk_runtime as dingtalk_api;
/// use std::time::Duration;
///
/// use dingtalk_api::RobotWebhook;
///
/// # fn example(call: dingtalk_api::JsonCall) {
/// let robot = RobotWebhook::new("https://oapi.dingtalk.com/robot/send?access_token=..")
///     .secret("SEC..")
///     .limit(20, Duration::from_secs(60));
/// let call = call.webhook(&robot);
/// # }
/// ```
///
/// A mistake in it, such as a URL without a token, is an invalid argument of the call: nothing is sent.
#[derive(Debug, Clone)]
pub struct RobotWebhook(Webhook);

impl RobotWebhook {
    /// The webhook at this URL, or with this token at the client's server.
    pub fn new(url_or_token: impl Into<String>) -> Self {
        Self(Webhook::new(url_or_token.into()))
    }

    /// Signs each message with this secret, for a robot whose security settings ask for a signature. It begins with
    /// `SEC`.
    pub fn secret(mut self, secret: impl Into<String>) -> Self {
        self.0.secret = Some(Secret(secret.into()));
        self
    }

    /// Sends at most `calls` messages within a window: the platform takes 20 a minute, and refuses all for 10 minutes
    /// after more. Messages above the limit wait, and that wait is not part of the call's timeout. Clones share the
    /// limit.
    pub fn limit(mut self, calls: u32, within: Duration) -> Self {
        self.0.limit = Some(Arc::new(Window::new(Rate { calls, within })));
        self
    }
}

impl From<&RobotWebhook> for Webhook {
    fn from(robot: &RobotWebhook) -> Self {
        robot.0.clone()
    }
}

/// The webhook that comes with a message to a robot, for replies to the conversation.
///
/// Its URL comes from outside, so a call to a host that is not the platform's is refused.
///
/// ```
/// # extern crate dingtalk_runtime as dingtalk_api;
/// use dingtalk_api::SessionWebhook;
///
/// # fn example(call: dingtalk_api::JsonCall, url: String, expires: i64) {
/// let session = SessionWebhook::new(url).expires_at(expires);
/// let call = call.webhook(&session);
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct SessionWebhook(Webhook);

impl SessionWebhook {
    /// The webhook at this URL: `sessionWebhook` of the message.
    pub fn new(url: impl Into<String>) -> Self {
        Self(Webhook::new(url.into()))
    }

    /// Sets when it expires, in milliseconds since the epoch: `sessionWebhookExpiredTime` of the message. A later call
    /// fails without being sent.
    pub fn expires_at(mut self, milliseconds: i64) -> Self {
        self.0.expires = Some(milliseconds);
        self
    }
}

impl From<&SessionWebhook> for Webhook {
    fn from(session: &SessionWebhook) -> Self {
        session.0.clone()
    }
}
