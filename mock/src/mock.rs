//! A mock, as tests hold it.

use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use dingtalk_api::generated as rt;
use dingtalk_api::model::Json;
use dingtalk_api::platform::PLATFORM;
use dingtalk_api::{BuildError, Bytes, Client};

use crate::answer::Answer;
use crate::control;
use crate::envelope::Refusal;
use crate::error::MockError;
use crate::log::RecordedRequest;
use crate::platform::{Platform, lock};
use crate::route::Known;
use crate::rules::{Effect, Outcome, Rule as Entry};
use crate::server::Server;

/// A DingTalk on this machine, which answers every operation of the platform.
///
/// A call is checked as the client checks it, and must have a token that the mock gave. The reply is the one that you set,
/// else what earlier calls have made, else the documented example with the ids of the request, else one made from types.
///
/// Users, departments, robot messages, work notices, cards, approvals and media are kept. Until a call makes the first
/// thing of a kind, examples answer for that kind; from then on, what was not made does not exist.
///
/// A paged operation has one page, unless what was made fills more.
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
///
/// // From here on, the platform is too busy for this operation twice.
/// mock.on("oapi_user", "Get")?.throttle().times(2);
/// assert!(client.oapi_user().get(GetRequest::new("zhangsan")).send().await.is_ok(), "it is retried");
/// assert_eq!(mock.requests_of("oapi_user", "Get")?.len(), 4);
/// # Ok(())
/// # }
/// ```
pub struct MockDingTalk {
    pub(crate) platform: Arc<Platform>,
    server: Server,
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
        Ok(Self { platform, server })
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
        let builder = self.configure(Client::builder());
        builder.app("mock-key", "mock-secret").build()
    }

    /// Sends the calls of all APIs to the mock. Credentials are yours to set: `.app(..)`, `.token(..)` and the others.
    /// The builder may be that of any generated client.
    pub fn configure<C: From<rt::Client>>(
        &self,
        builder: rt::ClientBuilder<C>,
    ) -> rt::ClientBuilder<C> {
        let url = self.url();
        let apis = PLATFORM.apis.iter();
        apis.fold(builder, |builder, api| builder.base_url_of(api.name, &*url))
    }

    /// A rule for the calls of an operation. Until it says more, it changes nothing.
    ///
    /// The oldest rule for an operation applies until its [times](Rule::times) are used up, then the next.
    ///
    /// # Errors
    /// If there is no such operation.
    pub fn on(&self, service: &str, action: &str) -> Result<Rule<'_>, MockError> {
        let known = self.platform.known(service, action)?;
        let number = lock(&self.platform.rules).add(Entry {
            operation: (known.operation.service(), known.operation.action()),
            effect: Effect::default(),
            left: None,
        });
        Ok(Rule {
            platform: &self.platform,
            known,
            number,
        })
    }

    /// Adds rules from JSON: an object with `service`, `action`, and `fault` or `reply`, and perhaps `times`; or a list of
    /// such objects. A fault is text as in [`Rule::fault`].
    ///
    /// # Errors
    /// If one of them makes no sense; none is added then.
    pub fn add_rules(&self, rules: &Json) -> Result<(), MockError> {
        control::add_rules(&self.platform, rules)
    }

    /// Removes all rules.
    pub fn clear_rules(&self) {
        lock(&self.platform.rules).clear();
    }

    /// The newest requests, the oldest first. Some thousands are kept, up to 8 MiB.
    pub fn requests(&self) -> Vec<RecordedRequest> {
        lock(&self.platform.log).all()
    }

    /// The requests for an operation.
    ///
    /// # Errors
    /// If there is no such operation.
    pub fn requests_of(
        &self,
        service: &str,
        action: &str,
    ) -> Result<Vec<RecordedRequest>, MockError> {
        let operation = self.platform.known(service, action)?.operation;
        let mut requests = self.requests();
        requests.retain(|request| {
            (request.service(), request.action()) == (operation.service(), operation.action())
        });
        Ok(requests)
    }

    /// Forgets all requests.
    pub fn clear_requests(&self) {
        lock(&self.platform.log).clear();
    }

    /// Forgets rules, requests, and all that calls have made. Tokens stay valid.
    pub fn reset(&self) {
        self.platform.reset();
    }

    /// Moves the mock's clock forward: tokens that were given more than 7,200 seconds ago have expired.
    pub fn advance(&self, time: Duration) {
        lock(&self.platform.tokens).advance(time);
    }

    /// Makes all tokens wrong that were given so far.
    pub fn reject_tokens(&self) {
        lock(&self.platform.tokens).reject_all();
    }

    /// Takes this token for all operations, besides those that were fetched here. It does not expire.
    pub fn accept_token(&self, token: impl Into<String>) {
        lock(&self.platform.tokens).accept(token.into());
    }

    /// A valid token of a user who has logged in.
    pub fn user_token(&self) -> String {
        lock(&self.platform.tokens).user()
    }

    /// Refuses requests for tokens with another key or secret. Before, any are taken.
    pub fn only_application(&self, key: impl Into<String>, secret: impl Into<String>) {
        lock(&self.platform.tokens).only(key.into(), secret.into());
    }

    /// Takes a permission away, for example `qyapi_robot_sendmsg`. At the beginning, all are granted.
    pub fn revoke(&self, permission: impl Into<String>) {
        lock(&self.platform.tokens).revoke(permission.into());
    }

    /// Grants a permission that was taken away.
    pub fn grant(&self, permission: &str) {
        lock(&self.platform.tokens).grant(permission);
    }
}

impl fmt::Debug for MockDingTalk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MockDingTalk at {}", self.url())
    }
}

/// A rule, which applies as soon as it is made. Its methods change it.
pub struct Rule<'m> {
    platform: &'m Platform,
    known: &'m Known,
    number: u64,
}

impl Rule<'_> {
    /// Replies with this: what is documented of a reply, without the envelope of the legacy API. The request is checked
    /// as always.
    pub fn reply(self, reply: impl Into<Json>) -> Self {
        self.outcome(Outcome::Reply(reply.into()))
    }

    /// Fails with a documented error of the operation, or with one that any operation may fail with.
    ///
    /// # Errors
    /// If it is not documented; then the rule still changes nothing.
    pub fn error(self, code: &str) -> Result<Self, MockError> {
        let outcome = Outcome::error(self.known, code)?;
        Ok(self.outcome(outcome))
    }

    /// Refuses calls because there are too many of them in a second.
    pub fn throttle(self) -> Self {
        let refusal = Refusal::throttled(self.known);
        self.outcome(Outcome::Refuse(Box::new(refusal)))
    }

    /// Answers as to an address that the platform blocks for a while.
    pub fn block(self) -> Self {
        self.outcome(Outcome::block())
    }

    /// Answers with a page of HTML and the status 502, as a proxy does that does not reach the platform.
    pub fn html(self) -> Self {
        self.outcome(Outcome::html())
    }

    /// Answers with the status 500 and nothing else.
    pub fn empty(self) -> Self {
        self.outcome(Outcome::empty())
    }

    /// Answers with this.
    pub fn raw(self, status: u16, content_type: &'static str, body: impl Into<Bytes>) -> Self {
        self.outcome(Outcome::Raw(Answer::new(status, content_type, body)))
    }

    /// Carries calls out, and closes the connection in the middle of the reply.
    pub fn cut(self) -> Self {
        self.change(|rule| rule.effect.cut = true)
    }

    /// Carries calls out at once, and replies this much later.
    pub fn delay(self, time: Duration) -> Self {
        self.change(|rule| rule.effect.delay = time)
    }

    /// What text says: `error=CODE`, `throttle`, `block`, `html`, `empty`, `cut`, `delay=MILLISECONDS`, or several of them
    /// with `;` between. The header `x-mock-fault` says the same for one request.
    ///
    /// # Errors
    /// If it says something else.
    pub fn fault(self, text: &str) -> Result<Self, MockError> {
        let effect = Effect::parse(self.known, text)?;
        Ok(self.change(|rule| rule.effect = effect))
    }

    /// For how many calls it is. Default: for all.
    pub fn times(self, calls: u32) -> Self {
        self.change(|rule| rule.left = Some(calls))
    }

    fn outcome(self, outcome: Outcome) -> Self {
        self.change(|rule| rule.effect.outcome = outcome)
    }

    fn change(self, change: impl FnOnce(&mut Entry)) -> Self {
        lock(&self.platform.rules).change(self.number, change);
        self
    }
}

impl fmt::Debug for Rule<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Rule for {}", self.known.operation)
    }
}
