//! The tokens that the mock has given, and what each is good for.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use dingtalk_api::generated::TokenPlace;
use dingtalk_api::model::JsonObject;
use dingtalk_api::operation::TokenKind;
use tokio::time::Instant;

use crate::envelope::Refusal;
use crate::platform::Request;
use crate::received::Received;
use crate::route::Known;

/// How long a token is valid.
const LIFETIME: Duration = Duration::from_secs(7200);

/// The organization of all users.
pub(crate) const CORP_ID: &str = "dingmock";

/// The operations that give a token: whose it is, the request's field that identifies who asks, and the reply's fields with the
/// token and with its lifetime.
#[rustfmt::skip]
const GIVERS: [(&str, &str, TokenKind, &str, &str, &str); 10] = [
    ("oauth2_1_0", "GetAccessToken", TokenKind::Application, "appKey", "accessToken", "expireIn"),
    ("oauth2_1_0", "GetCorpAccessToken", TokenKind::Application, "", "accessToken", "expireIn"),
    ("oauth2_1_0", "GetSuiteAccessToken", TokenKind::Suite, "suiteKey", "accessToken", "expireIn"),
    ("oauth2_1_0", "GetToken", TokenKind::Application, "client_id", "access_token", "expires_in"),
    ("oauth2_1_0", "GetUserToken", TokenKind::User, "", "accessToken", "expireIn"),
    ("oapi_auth", "GetToken", TokenKind::Application, "appkey", "access_token", "expires_in"),
    ("oapi_auth", "ServiceGetCorpToken", TokenKind::Application, "", "access_token", "expires_in"),
    ("oapi_auth", "ServiceGetSuiteToken", TokenKind::Suite, "suite_key", "suite_access_token", "expires_in"),
    ("oapi_auth", "SnsGetToken", TokenKind::Application, "", "access_token", "expires_in"),
    ("oapi_auth", "SsoGetToken", TokenKind::Application, "", "access_token", "expires_in"),
];

/// The fields of requests for tokens that say which application asks, and that prove it.
const KEYS: [&str; 7] = [
    "appKey",
    "suiteKey",
    "client_id",
    "clientId",
    "appkey",
    "appid",
    "suite_key",
];
const SECRETS: [&str; 7] = [
    "appSecret",
    "suiteSecret",
    "client_secret",
    "clientSecret",
    "appsecret",
    "suite_secret",
    "corpsecret",
];

/// All tokens.
pub(crate) struct Tokens {
    started: Instant,
    /// How far the clock is ahead of time itself.
    ahead: Duration,
    given: HashMap<String, Given>,
    /// The refresh tokens that were not used yet.
    refresh: HashSet<String>,
    /// The token that each application has.
    current: HashMap<(TokenKind, String), String>,
    count: u64,
    /// The permissions that applications lack.
    revoked: HashSet<String>,
    /// The only application there is, if any but it is refused.
    application: Option<(String, String)>,
}

struct Given {
    /// Whose it is; `None` is good for all operations.
    kind: Option<TokenKind>,
    /// `None` for one that does not expire.
    expires: Option<Duration>,
}

impl Tokens {
    pub(crate) fn new() -> Self {
        Self {
            started: Instant::now(),
            ahead: Duration::ZERO,
            given: HashMap::new(),
            refresh: HashSet::new(),
            current: HashMap::new(),
            count: 0,
            revoked: HashSet::new(),
            application: None,
        }
    }

    fn now(&self) -> Duration {
        self.started.elapsed() + self.ahead
    }

    /// Moves the clock forward.
    pub(crate) fn advance(&mut self, time: Duration) {
        self.ahead = self.ahead.saturating_add(time);
    }

    /// Makes all tokens wrong, as if they had never been given.
    pub(crate) fn reject_all(&mut self) {
        self.given.clear();
        self.current.clear();
    }

    /// Takes a token that was not given here.
    pub(crate) fn accept(&mut self, token: String) {
        let given = Given {
            kind: None,
            expires: None,
        };
        self.given.insert(token, given);
    }

    /// Gives a user's token.
    pub(crate) fn user(&mut self) -> String {
        self.give(TokenKind::User)
    }

    pub(crate) fn revoke(&mut self, permission: String) {
        self.revoked.insert(permission);
    }

    pub(crate) fn grant(&mut self, permission: &str) {
        self.revoked.remove(permission);
    }

    /// Refuses all applications but this.
    pub(crate) fn only(&mut self, key: String, secret: String) {
        self.application = Some((key, secret));
    }

    /// Whether a call may be carried out.
    pub(crate) fn check(&self, known: &Known, request: &Request<'_>) -> Result<(), Refusal> {
        let operation = known.operation;
        if !operation.needs_token() {
            return Ok(());
        }
        let token = match known.api.token {
            TokenPlace::Header(name) => request.header(name).map(str::to_owned),
            TokenPlace::Query(name) => request.parameter(name),
        };
        let Some(token) = token.filter(|token| !token.is_empty()) else {
            return Err(Refusal::missing_token(known));
        };
        let Some(given) = self.given.get(&token) else {
            return Err(Refusal::wrong_token(known, "the token is unknown"));
        };
        if given.expires.is_some_and(|expires| expires <= self.now()) {
            return Err(Refusal::expired_token(known));
        }
        let kinds = operation.token_kinds();
        if let Some(kind) = given.kind
            && !(kinds.is_empty() || kinds.contains(&kind))
        {
            let wanted: Vec<_> = kinds.iter().map(ToString::to_string).collect();
            let reason = format!(
                "the token is {kind}, and the operation takes {}",
                wanted.join(" or ")
            );
            return Err(Refusal::wrong_token(known, &reason));
        }
        match operation.permission() {
            Some(permission) if self.revoked.contains(permission) => {
                Err(Refusal::lacks(known, permission))
            }
            _ => Ok(()),
        }
    }

    /// The fields of a reply that gives a token; `None` if the operation gives none.
    pub(crate) fn answer(
        &mut self,
        known: &Known,
        received: &Received,
    ) -> Result<Option<JsonObject>, Refusal> {
        let operation = known.operation;
        let row = GIVERS.iter().find(|(service, action, ..)| {
            operation.service() == *service && operation.action() == *action
        });
        let Some((.., kind, asks, token, lifetime)) = row.copied() else {
            return Ok(None);
        };
        let text = |name: &str| {
            let value = received.body[name].as_str();
            value
                .or_else(|| received.query.get(name)?.as_str())
                .unwrap_or_default()
        };
        if let Some((key, secret)) = &self.application {
            let given = |names: &[&str]| {
                names
                    .iter()
                    .map(|name| text(name))
                    .find(|text| !text.is_empty())
            };
            if given(&KEYS) != Some(key) || given(&SECRETS) != Some(secret) {
                return Err(Refusal::wrong_application(known));
            }
        }
        let mut reply = JsonObject::new();
        if kind == TokenKind::User {
            let refresh = text("refreshToken");
            if text("grantType") == "refresh_token" && !self.refresh.remove(refresh) {
                return Err(Refusal::wrong_refresh_token(known));
            }
            self.count += 1;
            let next = format!("mock-refresh-token-{}", self.count);
            self.refresh.insert(next.clone());
            reply.insert("refreshToken", next);
            reply.insert("corpId", CORP_ID);
        }
        let given = if asks.is_empty() {
            self.give(kind)
        } else {
            self.again((kind, text(asks).to_owned()))
        };
        reply.insert(token, given);
        reply.insert(lifetime, LIFETIME.as_secs());
        Ok(Some(reply))
    }

    fn give(&mut self, kind: TokenKind) -> String {
        self.count += 1;
        let whose = match kind {
            TokenKind::User => "user",
            TokenKind::Suite => "suite",
            _ => "app",
        };
        let token = format!("mock-{whose}-token-{}", self.count);
        let expires = Some(self.now() + LIFETIME);
        self.given.insert(
            token.clone(),
            Given {
                kind: Some(kind),
                expires,
            },
        );
        token
    }

    /// Whoever has a valid token gets it again, and it is valid for longer.
    fn again(&mut self, whose: (TokenKind, String)) -> String {
        let now = self.now();
        if let Some(token) = self.current.get(&whose)
            && let Some(given) = self.given.get_mut(token)
            && given.expires.is_some_and(|expires| expires > now)
        {
            given.expires = Some(now + LIFETIME);
            return token.clone();
        }
        let token = self.give(whose.0);
        self.current.insert(whose, token.clone());
        token
    }
}
