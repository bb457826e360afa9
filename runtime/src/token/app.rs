//! The token of an internal application.

use std::fmt;
use std::time::Duration;

use serde::de::Error as _;
use serde_json::{Map, Value};

use super::{Token, TokenProvider, TokenRequest, TokenResult};
use crate::engine::Job;
use crate::error::{ApiError, Error, Unresolved};
use crate::operation::{Grant, GrantInput};
use crate::request::Encoded;
use crate::secret::Secret;
use crate::transport::BoxFuture;

/// How long a token is kept if the server does not say, or says something that cannot be.
const UNSAID: Duration = Duration::from_secs(60);

/// Gets tokens with an application's key and secret.
#[derive(Clone)]
pub struct AppToken {
    key: String,
    secret: Secret,
}

impl AppToken {
    /// A provider for the application with this key and secret.
    pub fn new(key: impl Into<String>, secret: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            secret: Secret(secret.into()),
        }
    }

    async fn ask(&self, request: TokenRequest<'_>) -> Result<Token, Error<ApiError>> {
        let grant = &request.client.platform().app_token;
        let body = grant.request.iter().map(|(field, input)| {
            let value = match input {
                GrantInput::AppKey => &self.key,
                GrantInput::AppSecret => &self.secret.0,
            };
            ((*field).to_owned(), Value::from(value.as_str()))
        });
        let body = Value::Object(body.collect::<Map<_, _>>());
        let mut encoded = Encoded::json(request.client, grant.operation, &body)
            .map_err(Error::InvalidArgument)?;
        encoded.add_secret(&self.secret.0);
        let job = Job::new(request.client.clone(), grant.operation, encoded);
        let reply = job
            .run()
            .await
            .map_err(|error| error.map_api(Unresolved::resolve))?;
        let read = serde_json::from_slice(&reply.body).and_then(|body| read(grant, &body));
        read.map_err(|error| job.not_as_documented(&reply, error))
    }
}

fn read(grant: &Grant, body: &Value) -> Result<Token, serde_json::Error> {
    let token = body
        .get(grant.token)
        .and_then(Value::as_str)
        .filter(|token| !token.is_empty());
    let token = token.ok_or_else(|| {
        serde_json::Error::custom(format_args!("{}: there is no token", grant.token))
    })?;
    let seconds = match body.get(grant.expires_in) {
        Some(Value::String(text)) => text.parse().ok(),
        Some(value) => value.as_u64(),
        None => None,
    };
    // Zero would have each call fetch a token; one that is kept too long is rejected and replaced.
    let valid = seconds
        .filter(|seconds| *seconds > 0)
        .map_or(UNSAID, Duration::from_secs);
    Ok(Token::new(token).valid_for(valid))
}

impl TokenProvider for AppToken {
    fn fetch<'a>(&'a self, request: TokenRequest<'a>) -> BoxFuture<'a, TokenResult> {
        Box::pin(async move { Ok(self.ask(request).await?) })
    }
}

impl fmt::Debug for AppToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AppToken")
            .field("key", &self.key)
            .field("secret", &self.secret)
            .finish()
    }
}
