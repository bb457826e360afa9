//! A stand-in, a client of it, and what went wrong so far: one run tells all that is wrong.

use std::fmt::Debug;

use dingtalk_api::{ApiError, Client, Error, JsonCall, RetryPolicy, RobotWebhook, SessionWebhook};
use percent_encoding::percent_decode_str;
use serde_json::Value as Json;

use super::signature;
use crate::support::sample::{Request, Sampler};
use crate::support::spec::{Operation, text};
use crate::support::{Answer, Recorded, Spec, StandIn, dynamic, in_envelope, multipart};

const TOKEN: &str = "a-token-of-the-tests";

pub struct Setting<'s> {
    pub stand_in: StandIn,
    spec: &'s Spec,
    client: Client,
    failures: Vec<String>,
}

impl<'s> Setting<'s> {
    pub fn new(spec: &'s Spec) -> Self {
        let stand_in = StandIn::start(Spec::of_this_project()).unwrap();
        stand_in.accept_token(TOKEN);
        let client = Client::builder().token(TOKEN).base_url(stand_in.url());
        let client = client.base_url_of("oapi", stand_in.url());
        // Each answer is for one request.
        let client = client.retry(RetryPolicy::none());
        Self {
            client: client.build().unwrap(),
            stand_in,
            spec,
            failures: Vec::new(),
        }
    }

    /// Calls an operation; gives the request as it arrived, if it was the only one.
    pub async fn call(
        &mut self,
        operation: &Operation,
        request: &Request,
    ) -> (Option<Recorded>, Result<Json, Error<ApiError>>) {
        let compiled = dynamic::find(&operation.service, &operation.action).unwrap();
        let values = dynamic::values(compiled, request);
        let call = self.with_credentials(operation, self.client.call_json(compiled, values));
        let answer = call.send().await.map(Json::from);
        let mut sent = self.stand_in.take_requests();
        if sent.len() != 1 {
            let why = answer.as_ref().err().map(ToString::to_string);
            self.fail(
                operation,
                &format!("{} requests instead of 1: {why:?}", sent.len()),
            );
        }
        (sent.pop(), answer)
    }

    /// Gives a call the webhook or the signer that its operation needs.
    fn with_credentials(&self, operation: &Operation, call: JsonCall) -> JsonCall {
        let signed = self.spec.signature(operation).is_some();
        let Some(parameter) = operation.webhook() else {
            return if signed {
                call.signer(signature::signer())
            } else {
                call
            };
        };
        let server = self.stand_in.url();
        let url = format!("{server}{}?{parameter}={TOKEN}", operation.path);
        if signed {
            call.webhook(&RobotWebhook::new(url).secret(signature::SECRET))
        } else {
            call.webhook(&SessionWebhook::new(url))
        }
    }

    /// Sends a request and compares it with what the spec says of it.
    pub async fn check_request(&mut self, operation: &Operation, request: &Request) {
        let (sent, answer) = self.call(operation, request).await;
        if let Err(error) = answer {
            self.fail(operation, &format!("failed: {error}"));
        }
        let Some(sent) = sent else { return };
        self.compare(operation, "method", &operation.method, &sent.method);
        self.check_path(operation, request, &sent.path);
        let header = self.spec.token_header();
        let token = operation.needs_token().then_some(TOKEN);
        let parameter = self.spec.token_parameter(operation);
        let in_header = token.filter(|_| parameter.is_none());
        self.compare_header(operation, header, in_header, &sent);
        for (name, value) in &request.headers {
            let wanted = plain(value);
            self.compare_header(operation, name, Some(&wanted), &sent);
        }
        let mut wanted = query_of(operation, request);
        if let (Some(parameter), Some(token)) = (parameter, token) {
            wanted.push((parameter.to_owned(), token.to_owned()));
        }
        if let Some(signature) = self.spec.signature(operation) {
            wanted.extend(signature::pairs(signature, &sent));
        }
        let mut given = sent.query.clone();
        wanted.sort();
        given.sort();
        self.compare(operation, "query", &wanted, &given);
        self.check_body(operation, request, &sent);
    }

    /// Has the stand-in reply this, and compares it with what the call gives.
    pub async fn check_reply(&mut self, operation: &Operation, reply: &Json) {
        let sampler = Sampler::new(self.spec, operation);
        let on_the_wire = match sampler.node("response") {
            Some(node) => sampler.on_the_wire(&node, reply),
            None => reply.clone(),
        };
        let request = sampler.request();
        let body = if self.spec.has_envelope(operation) {
            in_envelope(operation, Some(on_the_wire.clone()), "r1")
        } else {
            on_the_wire.clone()
        };
        let answer = Answer::Raw(200, "application/json", body.to_string().into_bytes());
        self.stand_in
            .answer_next(&operation.service, &operation.action, answer);
        let (_, answer) = self.call(operation, &request).await;
        let answer = answer.map_err(|error| error.to_string());
        // A dynamic call gives the reply as it came; `tables` looks at what the models make of it.
        self.compare(operation, "reply", &Ok(on_the_wire), &answer);
    }

    /// Has the stand-in reply nothing, which is what the operation is described to reply.
    pub async fn check_empty_reply(&mut self, operation: &Operation) {
        let request = Sampler::new(self.spec, operation).request();
        let (_, answer) = self.call(operation, &request).await;
        let answer = answer.map_err(|error| error.to_string());
        self.compare(operation, "reply", &Ok(Json::Null), &answer);
    }

    /// Ends the test, with all failures at once.
    pub fn finish(self) {
        let failures = self.failures;
        assert!(
            failures.is_empty(),
            "{}\n{} failures",
            failures.join("\n"),
            failures.len()
        );
    }

    pub fn compare<T: PartialEq + Debug>(
        &mut self,
        operation: &Operation,
        part: &str,
        wanted: &T,
        given: &T,
    ) {
        if wanted != given {
            self.fail(
                operation,
                &format!("{part}: wanted {wanted:?}, got {given:?}"),
            );
        }
    }

    fn fail(&mut self, operation: &Operation, what: &str) {
        self.failures.push(format!("{}: {what}", operation.name()));
    }

    fn compare_header(
        &mut self,
        operation: &Operation,
        name: &str,
        wanted: Option<&str>,
        sent: &Recorded,
    ) {
        self.compare(
            operation,
            &format!("header {name}"),
            &wanted,
            &sent.header(name),
        );
    }

    /// Each value must be one segment of the path and decode to what was given.
    fn check_path(&mut self, operation: &Operation, request: &Request, path: &str) {
        let segments = |path: &str| path.split('/').map(str::to_owned).collect::<Vec<_>>();
        let wanted: Vec<_> = segments(&operation.path)
            .into_iter()
            .map(|mut segment| {
                for (name, value) in &request.path {
                    segment = segment.replace(&format!("{{{name}}}"), &plain(value));
                }
                segment
            })
            .collect();
        let given: Vec<_> = segments(path)
            .iter()
            .map(|segment| percent_decode_str(segment).decode_utf8_lossy().into_owned())
            .collect();
        self.compare(operation, "path", &wanted, &given);
        let reserved = path.find(|c: char| !(c.is_ascii_alphanumeric() || "/-._~%:".contains(c)));
        self.compare(
            operation,
            "first bare character of the path",
            &None,
            &reserved,
        );
    }

    fn check_body(&mut self, operation: &Operation, request: &Request, sent: &Recorded) {
        let sampler = Sampler::new(self.spec, operation);
        let node = sampler.node("body");
        let kind = sent.header("content-type").unwrap_or_default();
        let multipart = text(&operation.yaml, "encoding") == Some("multipart");
        let given = if multipart {
            multipart::fields(kind, &sent.body).map(Json::Object)
        } else {
            sent.json()
        };
        let (wanted, given) = match (&node, &request.body, given) {
            (Some(node), wanted, given) => (
                // A described body is there even if no field of it is set.
                Some(sampler.marked(node, wanted.as_ref().unwrap_or(&serde_json::json!({})))),
                given.map(|given| sampler.received(node, &given)),
            ),
            (None, _, given) => (None, given),
        };
        self.compare(operation, "body", &wanted, &given);
        let json = kind.starts_with("application/json");
        self.compare(
            operation,
            "whether the content is called JSON",
            &(node.is_some() && !multipart),
            &json,
        );
    }
}

/// The pairs that the values of the query are sent as.
fn query_of(operation: &Operation, request: &Request) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for (name, value) in &request.query {
        let field = operation
            .yaml
            .get("query")
            .and_then(|query| query.get(name));
        match (field.and_then(|field| text(field, "encoding")), value) {
            (Some("comma"), Json::Array(items)) => {
                let items: Vec<_> = items.iter().map(plain).collect();
                pairs.push((name.clone(), items.join(",")));
            }
            (Some("indexed"), Json::Array(items)) => {
                for (at, item) in items.iter().enumerate() {
                    let name = format!("{name}.{}", at + 1);
                    match item {
                        Json::Object(fields) => pairs.extend(
                            fields
                                .iter()
                                .map(|(key, v)| (format!("{name}.{key}"), plain(v))),
                        ),
                        item => pairs.push((name, plain(item))),
                    }
                }
            }
            _ => pairs.push((name.clone(), plain(value))),
        }
    }
    pairs
}

/// A value as it is written in a path, a query or a header: text bare, the rest as JSON.
fn plain(value: &Json) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
