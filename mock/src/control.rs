//! The control endpoint: what a test says over HTTP that does not hold the mock itself.

use std::time::Duration;

use dingtalk_api::json;
use dingtalk_api::model::{Json, JsonObject};

use crate::answer::Answer;
use crate::error::MockError;
use crate::platform::{Platform, Request, lock};
use crate::rules::{Effect, Outcome, Rule};
use crate::state::files;

/// The beginning of its paths.
pub(crate) const PREFIX: &str = "/_mock/";

/// What it can do.
const HELP: &str = "GET or DELETE /_mock/requests; POST or DELETE /_mock/rules; POST /_mock/clock, /_mock/tokens, \
                    /_mock/permissions, /_mock/reset and, with the feature `stream`, /_mock/push";

pub(crate) fn answer(platform: &Platform, path: &str, request: &Request<'_>) -> Answer {
    if let Some(name) = path.strip_prefix(files::PATH) {
        return lock(&platform.state).files.download(name, request);
    }
    said(done(platform, path, request))
}

/// The answer to what was done or could not be done.
pub(crate) fn said(done: Result<Json, MockError>) -> Answer {
    match done {
        Ok(reply) => Answer::json(200, reply.to_string()),
        Err(error) => Answer::json(400, json!({"error": error.to_string()}).to_string()),
    }
}

fn done(platform: &Platform, path: &str, request: &Request<'_>) -> Result<Json, MockError> {
    let body = || read(&request.body);
    match (request.head.method.as_str(), path) {
        ("GET", "requests") => {
            let requests = lock(&platform.log).all();
            let shown: Vec<_> = requests.iter().map(crate::RecordedRequest::shown).collect();
            return Ok(shown.into());
        }
        ("DELETE", "requests") => lock(&platform.log).clear(),
        ("POST", "rules") => add_rules(platform, &body()?)?,
        ("DELETE", "rules") => lock(&platform.rules).clear(),
        ("POST", "clock") => {
            let body = body()?;
            let seconds = body["advance"].as_u64();
            let seconds =
                seconds.ok_or_else(|| MockError::new("`advance` must be a number of seconds"))?;
            lock(&platform.tokens).advance(Duration::from_secs(seconds));
        }
        ("POST", "tokens") => {
            let body = body()?;
            let mut tokens = lock(&platform.tokens);
            match (body["accept"].as_str(), body["reject_all"].as_bool()) {
                (Some(token), _) => tokens.accept(token.to_owned()),
                (None, Some(true)) => tokens.reject_all(),
                _ => {
                    return Err(MockError::new(
                        "expected `accept` with a token, or `reject_all` with true",
                    ));
                }
            }
        }
        ("POST", "permissions") => {
            let body = body()?;
            let mut tokens = lock(&platform.tokens);
            match (body["revoke"].as_str(), body["grant"].as_str()) {
                (Some(permission), _) => tokens.revoke(permission.to_owned()),
                (None, Some(permission)) => tokens.grant(permission),
                _ => {
                    return Err(MockError::new(
                        "expected `revoke` or `grant` with a permission",
                    ));
                }
            }
        }
        ("POST", "reset") => platform.reset(),
        (method, path) => {
            let message = format!("there is no {method} {PREFIX}{path}; there is {HELP}");
            return Err(MockError::new(message));
        }
    }
    Ok(json!({"ok": true}))
}

pub(crate) fn read(text: &[u8]) -> Result<Json, MockError> {
    let text = String::from_utf8_lossy(text);
    text.parse()
        .map_err(|error| MockError::new(format!("the body must be JSON: {error}")))
}

/// Adds a rule, or a list of them. All are read before the first is added.
pub(crate) fn add_rules(platform: &Platform, rules: &Json) -> Result<(), MockError> {
    let one = std::slice::from_ref(rules);
    let rules = rules.as_array().map_or(one, Vec::as_slice);
    let rules = rules.iter().map(|rule| self::rule(platform, rule));
    let rules = rules.collect::<Result<Vec<_>, _>>()?;
    for rule in rules {
        lock(&platform.rules).add(rule);
    }
    Ok(())
}

/// A rule: `service`, `action`, and `fault` or `reply`; `times` if it is not for all calls.
fn rule(platform: &Platform, rule: &Json) -> Result<Rule, MockError> {
    const KEYS: [&str; 5] = ["service", "action", "fault", "reply", "times"];

    let mut keys = rule.as_object().into_iter().flat_map(JsonObject::keys);
    if let Some(key) = keys.find(|key| !KEYS.contains(&key.as_str())) {
        let message = format!(
            "`{key}` is not a key of a rule: expected `{}`",
            KEYS.join("`, `")
        );
        return Err(MockError::new(message));
    }
    let text = |key: &str| {
        let text = rule[key].as_str();
        text.ok_or_else(|| MockError::new(format!("a rule needs `{key}`, as a string")))
    };
    let known = platform.known(text("service")?, text("action")?)?;
    let effect = match (&rule["fault"], &rule["reply"]) {
        (Json::String(fault), Json::Null) => Effect::parse(known, fault)?,
        (Json::Null, Json::Null) => return Err(MockError::new("a rule needs `fault` or `reply`")),
        (Json::Null, reply) => Effect {
            outcome: Outcome::Reply(reply.clone()),
            ..Effect::default()
        },
        (_, Json::Null) => return Err(MockError::new("`fault` must be a string")),
        _ => {
            return Err(MockError::new(
                "a rule has either `fault` or `reply`, not both",
            ));
        }
    };
    let left = match &rule["times"] {
        Json::Null => None,
        times => {
            let times = times.as_u64().and_then(|times| u32::try_from(times).ok());
            Some(times.ok_or_else(|| MockError::new("`times` must be a number of calls"))?)
        }
    };
    Ok(Rule {
        operation: (known.operation.service(), known.operation.action()),
        effect,
        left,
    })
}
