//! What DingTalk would answer to a request, as far as the spec says it. No sockets here.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use serde_json::{Value as Json, json};

use super::sample::Sampler;
use super::spec::{Operation, Spec, status, text};
use super::stand_in::Recorded;

/// What `%s` in an error's message is replaced by.
pub const DETAIL: &str = "a detail from the stand-in";

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
            let token = request.header(self.spec.token_header());
            let refused = match token {
                None => Some("AuthenticationFailed.MissingParameter"),
                Some(token) if !self.tokens.contains(token) => Some("InvalidAuthentication"),
                Some(_) => None,
            };
            if let Some(code) = refused {
                return self.platform_error(code, id);
            }
        }
        let name = operation.name();
        if let Some(position) = self.next.iter().position(|(of, _)| *of == name) {
            let answer = self.next.remove(position).map(|(_, answer)| answer);
            return match answer {
                Some(Answer::Platform(code)) => self.platform_error(code, id),
                Some(Answer::ErrorRow(row)) => error_row(operation, row, id),
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
        match Sampler::new(&self.spec, operation).reply() {
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

    fn platform_error(&self, code: &str, id: &str) -> Reply {
        let row = self.spec.platform_error(code);
        let statuses = row.and_then(|row| row.get("status")?.as_sequence());
        let known = statuses.and_then(|list| list.first()?.as_u64()?.try_into().ok());
        let known = known.or_else(|| status(row?)).unwrap_or(400);
        let mut body = envelope(code, "refused by the stand-in", id);
        if row.and_then(|row| text(row, "class")) == Some("permission") {
            body["accessdenieddetail"] = json!({ "requiredScopes": ["Stand.In.Scope"] });
        }
        Reply::json(known, &body)
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

fn error_row(operation: &Operation, row: usize, id: &str) -> Reply {
    let rows = operation.errors();
    let Some(row) = rows.get(row) else {
        panic!("{} has no error row {row}", operation.name());
    };
    let message = row.message.replace("%s", DETAIL);
    Reply::json(row.status, &envelope(&row.code, &message, id))
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
