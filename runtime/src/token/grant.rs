//! Requests a token, as the platform's data describes.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use serde::de::Error as _;
use serde_json::{Map, Value};

use super::Token;
use crate::client::Client;
use crate::engine::PreparedCall;
use crate::error::{ApiError, Error, UntypedError};
use crate::operation::{Grant, GrantInput, GrantKind, PathParam};
use crate::request::Encoded;
use crate::secret::Secret;

/// How long a token is kept if the server does not say, or says something impossible.
const UNSAID: Duration = Duration::from_secs(60);

/// The credentials of a token request. Fields that a grant does not take stay empty.
#[derive(Clone, Copy, Default)]
pub(super) struct Credentials<'a> {
    pub(super) app_key: &'a str,
    pub(super) app_secret: &'a str,
    pub(super) organisation: &'a str,
    pub(super) suite_ticket: &'a str,
    pub(super) code: &'a str,
    pub(super) refresh_token: &'a str,
}

impl<'a> Credentials<'a> {
    fn value(&self, input: GrantInput) -> &'a str {
        match input {
            GrantInput::AppKey => self.app_key,
            GrantInput::AppSecret => self.app_secret,
            GrantInput::Organisation => self.organisation,
            GrantInput::SuiteTicket => self.suite_ticket,
            GrantInput::Code => self.code,
            GrantInput::RefreshToken => self.refresh_token,
            GrantInput::Constant(value) => value,
        }
    }

    fn secrets(&self) -> impl Iterator<Item = &'a str> {
        let all = [
            self.app_secret,
            self.suite_ticket,
            self.code,
            self.refresh_token,
        ];
        all.into_iter().filter(|secret| !secret.is_empty())
    }
}

/// The result of a token request.
pub(super) struct Granted {
    pub(super) token: Token,
    pub(super) refresh_token: Option<Secret>,
    pub(super) organisation: Option<String>,
}

/// Requests a token.
pub(super) async fn ask(
    client: &Client,
    kind: GrantKind,
    credentials: Credentials<'_>,
) -> Result<Granted, Box<dyn StdError + Send + Sync>> {
    let grant = client.platform().grant(kind).ok_or(NoGrant(kind))?;
    Ok(send(client, grant, credentials).await?)
}

async fn send(
    client: &Client,
    grant: &'static Grant,
    credentials: Credentials<'_>,
) -> Result<Granted, Error<ApiError>> {
    let body = grant.request.iter().map(|(field, input)| {
        let value = Value::from(credentials.value(*input));
        ((*field).to_owned(), value)
    });
    let body = Value::Object(body.collect::<Map<_, _>>());
    let path = path_values(grant, credentials);
    let endpoint = client.endpoint(grant.operation);
    let mut request = endpoint
        .and_then(|endpoint| Encoded::json(endpoint, grant.operation, &path, &body))
        .map_err(Error::<ApiError>::InvalidArgument)?;
    credentials
        .secrets()
        .for_each(|secret| request.add_secret(secret));
    for field in [Some(grant.token), grant.refresh_token]
        .into_iter()
        .flatten()
    {
        request.add_secret_reply_field(field);
    }
    let call = PreparedCall::new(client.clone(), grant.operation, request);
    let reply = call
        .run()
        .await
        .map_err(|error| error.map_api(UntypedError::resolve::<ApiError>))?;
    let read = serde_json::from_slice(&reply.body).and_then(|body| read(grant, &body));
    read.map_err(|error| call.not_as_documented(&reply, error))
}

/// The values in the order of the operation's path parameters.
fn path_values(grant: &Grant, credentials: Credentials<'_>) -> Vec<String> {
    let value = |name: &str| {
        let input = grant.path.iter().find(|(known, _)| *known == name);
        input.map_or("", |(_, input)| credentials.value(*input))
    };
    let params = grant.operation.path_params.iter();
    params
        .map(|PathParam(info, _)| value(info.name()).to_owned())
        .collect()
}

fn read(grant: &Grant, body: &Value) -> Result<Granted, serde_json::Error> {
    let text = |field: Option<&str>| {
        let text = body.get(field?)?.as_str()?;
        (!text.is_empty()).then(|| text.to_owned())
    };
    let token = text(Some(grant.token)).ok_or_else(|| {
        serde_json::Error::custom(format_args!("{}: there is no token", grant.token))
    })?;
    let seconds = match body.get(grant.expires_in) {
        Some(Value::String(text)) => text.parse().ok(),
        Some(value) => value.as_u64(),
        None => None,
    };
    // With zero, each call would fetch a token; a token that is kept too long is rejected and replaced.
    let valid = seconds
        .filter(|seconds| *seconds > 0)
        .map_or(UNSAID, Duration::from_secs);
    Ok(Granted {
        token: Token::new(token).valid_for(valid),
        refresh_token: text(grant.refresh_token).map(Secret),
        organisation: text(grant.organisation),
    })
}

/// The platform's data has no such grant.
#[derive(Debug)]
struct NoGrant(GrantKind);

impl fmt::Display for NoGrant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.0.name();
        write!(f, "the platform has no grant for tokens of kind `{kind}`")
    }
}

impl StdError for NoGrant {}
