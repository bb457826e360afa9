//! The client, configured by environment variables.

use std::env;

use dingtalk_api::operation::Operation;
use dingtalk_api::platform::PLATFORM;
use dingtalk_api::{BuildError, Client, ClientBuilder, JsonCall, OrganisationToken, RobotWebhook};

use crate::failure::Failure;

const TOKEN: &str = "DINGTALK_ACCESS_TOKEN";
pub const KEY: &str = "DINGTALK_APP_KEY";
pub const SECRET: &str = "DINGTALK_APP_SECRET";
const TICKET: &str = "DINGTALK_SUITE_TICKET";
const WEBHOOK: &str = "DINGTALK_WEBHOOK";
const WEBHOOK_SECRET: &str = "DINGTALK_WEBHOOK_SECRET";
const CORP_ID: &str = "DINGTALK_CORP_ID";
const SERVER: &str = "DINGTALK_SERVER";
pub const BASE_URL: &str = "DINGTALK_BASE_URL";

/// A client builder with the server set.
pub fn builder() -> Result<ClientBuilder, Failure> {
    let builder = Client::builder();
    Ok(match (variable(SERVER)?, variable(BASE_URL)?) {
        (None, None) => builder,
        (Some(server), None) => builder.server(server),
        (None, Some(url)) => PLATFORM
            .apis
            .iter()
            .fold(builder, |builder, api| builder.base_url_of(api.name, &*url)),
        (Some(_), Some(_)) => {
            let message = format!("{SERVER} and {BASE_URL} are both set: set only one of them");
            return Err(Failure::usage(message));
        }
    })
}

/// A client that may call the operation.
pub fn for_operation(operation: &Operation) -> Result<Client, Failure> {
    let builder = builder()?;
    let signs = operation.signature().is_some() && operation.webhook().is_none();
    let builder = if operation.needs_token() || signs {
        with_credentials(builder, signs)?
    } else {
        builder
    };
    build(builder)
}

/// Adds the webhook of the environment if the operation needs one.
pub fn with_webhook(call: JsonCall, operation: &Operation) -> Result<JsonCall, Failure> {
    if operation.webhook().is_none() {
        return Ok(call);
    }
    let webhook = variable(WEBHOOK)?.ok_or_else(|| {
        let message = format!("the operation needs a webhook: set {WEBHOOK} to its URL");
        Failure::usage(message)
    })?;
    let webhook = RobotWebhook::new(webhook);
    Ok(match variable(WEBHOOK_SECRET)? {
        Some(secret) => call.webhook(&webhook.secret(secret)),
        None => call.webhook(&webhook),
    })
}

/// Builds the client. All its settings come from the environment, so errors do too.
pub fn build(builder: ClientBuilder) -> Result<Client, Failure> {
    builder.build().map_err(|error| unfit(&error))
}

fn unfit(error: &BuildError) -> Failure {
    Failure::usage(error.to_string()).hint("Check the DINGTALK_ variables in the environment")
}

/// A token takes precedence over key and secret, which would have to fetch one. It cannot sign.
fn with_credentials(builder: ClientBuilder, signs: bool) -> Result<ClientBuilder, Failure> {
    if let Some(token) = variable(TOKEN)?.filter(|_| !signs) {
        return Ok(builder.token(token));
    }
    let missing = |name: &str, there: &str| {
        Failure::usage(format!("{there} is set, but {name} is not: set both"))
    };
    match (variable(KEY)?, variable(SECRET)?) {
        (Some(key), Some(secret)) => as_application(builder, key, secret),
        (Some(_), None) => Err(missing(SECRET, KEY)),
        (None, Some(_)) => Err(missing(KEY, SECRET)),
        (None, None) if signs => Err(Failure::usage(format!(
            "the operation is signed, but the environment has no key and secret\n\
             Set {KEY} and {SECRET}; or see the request with --dry-run"
        ))),
        (None, None) => Err(Failure::usage(format!(
            "the operation needs a token, but the environment has no credentials\n\
             Set {TOKEN}, or {KEY} and {SECRET}; or see the request with --dry-run"
        ))),
    }
}

/// An application's credentials: of a third party's, in an organization or in none, if there is a suite ticket.
fn as_application(
    builder: ClientBuilder,
    key: String,
    secret: String,
) -> Result<ClientBuilder, Failure> {
    let tickets = variable(TICKET)?
        .map(|ticket| move || std::future::ready(Ok::<_, std::io::Error>(ticket.clone())));
    Ok(match (tickets, variable(CORP_ID)?) {
        (Some(tickets), Some(corp_id)) => {
            let provider = OrganisationToken::new(key, secret, corp_id, tickets);
            builder.token_provider(provider.map_err(|error| unfit(&error))?)
        }
        (Some(tickets), None) => builder.suite(key, secret, tickets),
        (None, Some(corp_id)) => builder.app_in(corp_id, key, secret),
        (None, None) => builder.app(key, secret),
    })
}

/// An environment variable; an empty one counts as unset.
fn variable(name: &str) -> Result<Option<String>, Failure> {
    match env::var(name) {
        Ok(value) if value.is_empty() => Ok(None),
        Ok(value) => Ok(Some(value)),
        Err(env::VarError::NotPresent) => Ok(None),
        Err(env::VarError::NotUnicode(_)) => {
            Err(Failure::usage(format!("{name} is not valid Unicode")))
        }
    }
}
