//! What DingTalk would answer to a request, as far as the spec says it. No sockets here.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::sample::Sampler;
use super::spec::{Operation, Spec, status, text};
use super::stand_in::Recorded;

/// The text that replaces `%s` in an error's message. One word, because white space may separate several in a message.
pub const DETAIL: &str = "detail-from-the-stand-in";

/// An answer that reports a failure.
#[derive(Debug, Clone)]
pub enum Answer {
    /// The row with this index in the operation's error table.
    ErrorRow(usize),
    /// The platform-wide error with this code.
    Platform(&'static str),
    /// A status, a content type and a body, whatever they are.
    Raw(u16, &'static str, Vec<u8>),
}

/// A reply before it is written to the socket.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    pub content_type: &'static str,
    pub body: Vec<u8>,
}

/// The stand-in's mind: the spec, the tokens that are good, and what was asked of it.
#[derive(Debug)]
pub struct Platform {
    spec: Arc<Spec>,
    /// The operations with a method and so many segments in their path.
    by_shape: HashMap<(String, usize), Vec<usize>>,
    tokens: HashSet<String>,
    /// Tokens expired so often: a later one differs from those before.
    generation: usize,
    next: VecDeque<(String, Answer)>,
}

impl Platform {
    pub fn new(spec: Arc<Spec>) -> Self {
        let mut by_shape: HashMap<_, Vec<_>> = HashMap::new();
        for (index, operation) in spec.operations.iter().enumerate() {
            let shape = (operation.method.clone(), segments(&operation.path));
            by_shape.entry(shape).or_default().push(index);
        }
        Self {
            spec,
            by_shape,
            tokens: HashSet::new(),
            generation: 1,
            next: VecDeque::new(),
        }
    }

    pub fn request_id_header(&self) -> String {
        self.spec.request_id_header().to_owned()
    }

    pub fn accept_token(&mut self, token: &str) {
        self.tokens.insert(token.to_owned());
    }

    pub fn expire_tokens(&mut self) {
        self.tokens.clear();
        self.generation += 1;
    }

    pub fn answer_next(&mut self, service: &str, action: &str, answer: Answer) {
        assert!(
            self.spec.operation(service, action).is_some(),
            "the spec has no {service}.{action}"
        );
        self.next.push_back((format!("{service}.{action}"), answer));
    }

    /// Answers a request. `id` is the request id of the answer.
    pub fn answer(&mut self, request: &Recorded, id: &str) -> Reply {
        let Some(index) = self.find(&request.method, &request.path) else {
            // As the live hosts do: a failure that says 200.
            let message = "the requested path does not exist";
            return Reply::json(200, &json!({ "errcode": 404, "errmsg": message }));
        };
        let operation = &self.spec.operations[index];
        if operation.needs_token() {
            let (token, [missing, rejected]) = match self.spec.token_parameter(operation) {
                Some(parameter) => (request.parameter(parameter), ["41001", "40014"]),
                None => (
                    request.header(self.spec.token_header()),
                    [
                        "AuthenticationFailed.MissingParameter",
                        "InvalidAuthentication",
                    ],
                ),
            };
            let refused = match token {
                None => Some(missing),
                Some(token) if !self.tokens.contains(token) => Some(rejected),
                Some(_) => None,
            };
            if let Some(code) = refused {
                return self.platform_error(operation, code, id);
            }
        }
        let name = operation.name();
        if let Some(position) = self.next.iter().position(|(of, _)| *of == name) {
            let answer = self.next.remove(position).map(|(_, answer)| answer);
            return match answer {
                Some(Answer::Platform(code)) => self.platform_error(operation, code, id),
                Some(Answer::ErrorRow(row)) => self.error_row(operation, row, id),
                Some(Answer::Raw(status, content_type, body)) => Reply {
                    status,
                    content_type,
                    body,
                },
                None => Reply::json(500, &Json::Null),
            };
        }
        let success = operation.example(&["response", "status"]);
        let success = success.and_then(|status| status.as_u64()?.try_into().ok());
        let success = success.unwrap_or(200);
        let body = Sampler::new(&self.spec, operation).reply();
        if self.spec.has_envelope(operation) {
            return Reply::json(200, &in_envelope(operation, body, id));
        }
        match body {
            Some(body) => self.issue(success, body),
            None => Reply {
                status: success,
                content_type: "application/json",
                body: Vec::new(),
            },
        }
    }

    /// A reply that holds a token makes it a good one.
    fn issue(&mut self, status: u16, mut body: Json) -> Reply {
        for key in ["accessToken", "access_token"] {
            if let Some(Json::String(token)) = body.get_mut(key) {
                if self.generation > 1 {
                    *token = format!("{token}-{}", self.generation);
                }
                self.tokens.insert(token.clone());
            }
        }
        Reply::json(status, &body)
    }

    fn platform_error(&self, operation: &Operation, code: &str, id: &str) -> Reply {
        let row = self.spec.platform_error(operation, code);
        if self.spec.has_envelope(operation) {
            return Reply::json(
                200,
                &legacy_error(code, "refused by the stand-in", true, id),
            );
        }
        let statuses = row.and_then(|row| row.get("status")?.as_sequence());
        let known = statuses.and_then(|list| list.first()?.as_u64()?.try_into().ok());
        let known = known.or_else(|| status(row?)).unwrap_or(400);
        let mut body = envelope(code, "refused by the stand-in", id);
        if row.and_then(|row| text(row, "class")) == Some("permission") {
            body["accessdenieddetail"] = json!({ "requiredScopes": ["Stand.In.Scope"] });
        }
        Reply::json(known, &body)
    }

    fn error_row(&self, operation: &Operation, number: usize, id: &str) -> Reply {
        let rows = operation.errors();
        let Some(row) = rows.get(number) else {
            panic!("{} has no error row {number}", operation.name());
        };
        let message = row.message.replace("%s", DETAIL);
        let body = if self.spec.has_envelope(operation) {
            // A code comes as it is, or inside another one.
            legacy_error(&row.code, &message, number % 2 == 1, id)
        } else {
            envelope(&row.code, &message, id)
        };
        Reply::json(row.status, &body)
    }

    fn find(&self, method: &str, path: &str) -> Option<usize> {
        let shape = (method.to_owned(), segments(path));
        let alike = self.by_shape.get(&shape).into_iter().flatten().copied();
        let template = |index: usize| self.spec.operations.get(index).map_or("", |of| &of.path);
        alike
            .filter(|index| fits_path(template(*index), path))
            // `/users/search` before `/users/{userId}`.
            .min_by_key(|index| template(*index).matches('{').count())
    }
}

impl Reply {
    pub fn json(status: u16, body: &Json) -> Self {
        Self {
            status,
            content_type: "application/json;charset=utf-8",
            body: body.to_string().into_bytes(),
        }
    }
}

/// A reply of the legacy API: what is documented is next to the code, or in a field of its own.
pub fn in_envelope(operation: &Operation, body: Option<Json>, id: &str) -> Json {
    let mut reply = match (text(&operation.yaml, "response_field"), body) {
        (Some(field), Some(body)) => json!({ field: body }),
        (None, Some(body @ Json::Object(_))) => body,
        _ => json!({}),
    };
    reply["errcode"] = 0.into();
    reply["errmsg"] = "ok".into();
    reply["request_id"] = id.into();
    reply
}

/// An error of the legacy API, whose status says nothing. Code 88 says that the sub code is the code.
fn legacy_error(code: &str, message: &str, inside: bool, id: &str) -> Json {
    let number = || code.parse::<i64>().map_or_else(|_| json!(code), Json::from);
    if inside && code != "88" {
        // A client may show the outer message where there is no inner one.
        let outer = if message.is_empty() {
            ""
        } else {
            "ding talk error"
        };
        return json!({ "errcode": 88, "errmsg": outer, "sub_code": code, "sub_msg": message, "request_id": id });
    }
    json!({ "errcode": number(), "errmsg": message, "request_id": id })
}

fn envelope(code: &str, message: &str, id: &str) -> Json {
    json!({ "code": code, "requestid": id, "message": message })
}

fn segments(path: &str) -> usize {
    path.split('/').count()
}

/// Whether a raw path is one of a template's: the values in it must be there and be one segment.
fn fits_path(template: &str, path: &str) -> bool {
    let mut template = template.split('/');
    let mut path = path.split('/');
    loop {
        match (template.next(), path.next()) {
            (None, None) => return true,
            (Some(wanted), Some(given)) if fits_segment(wanted, given) => {}
            _ => return false,
        }
    }
}

fn fits_segment(wanted: &str, given: &str) -> bool {
    match (wanted.split_once('{'), wanted.rsplit_once('}')) {
        (Some((before, _)), Some((_, after))) => {
            given.len() > before.len() + after.len()
                && given.starts_with(before)
                && given.ends_with(after)
        }
        _ => wanted == given,
    }
}
