//! All operations of the catalogue, over sockets.

use std::sync::LazyLock;

use dingtalk_api::generated::{Body, Encoding, FieldInfo, FieldType, Location};
use dingtalk_api::model::Json;
use dingtalk_api::{
    Client, FilePart, JsonCall, JsonRequest, RetryPolicy, RobotWebhook, SessionWebhook, Signer,
    json,
};
use dingtalk_catalogue::{Operation, Sampler};
use dingtalk_mock::MockDingTalk;
use proptest::prelude::*;

const TOKEN: &str = "a-token";

/// The values of a request, which a test damages.
#[derive(Clone, Default)]
struct Values {
    path: Vec<(String, Json)>,
    query: Vec<(String, Json)>,
    headers: Vec<(String, Json)>,
    body: Json,
    files: Vec<(String, String)>,
}

impl Values {
    /// Those of the example, or made from the types.
    fn of(operation: &Operation<'_>) -> Self {
        let example = operation.details().unwrap().example;
        let callable = operation.callable().unwrap();
        let Some(example) = example else {
            let mut made = Self::default();
            for (info, kind) in callable.fields() {
                made.set(
                    callable.body,
                    info,
                    kind,
                    Sampler::for_the_wire(false).field(info, kind),
                );
            }
            return made;
        };
        let values = |pairs: &[(&str, &str)]| {
            pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), value.parse().unwrap()))
                .collect()
        };
        let mut values = Self {
            path: values(&example.path),
            query: values(&example.query),
            headers: values(&example.headers),
            body: example
                .body
                .map_or(Json::Null, |body| body.parse().unwrap()),
            files: Vec::new(),
        };
        for (info, kind) in callable.fields() {
            if matches!(kind, FieldType::File)
                && let Some(name) = values
                    .body
                    .as_object_mut()
                    .and_then(|body| body.remove(info.name()))
            {
                values.files.push((
                    info.name().to_owned(),
                    name.as_str().unwrap_or("a.txt").to_owned(),
                ));
            }
        }
        values
    }

    fn set(&mut self, body: Body, info: &FieldInfo, kind: FieldType, value: Option<Json>) {
        let Some(value) = value else { return };
        let name = info.name().to_owned();
        match info.location() {
            Location::Path => self.path.push((name, value)),
            Location::Query => self.query.push((name, value)),
            Location::Header => self.headers.push((name, value)),
            Location::Body if matches!(kind, FieldType::File) => {
                self.files.push((name, "a.txt".to_owned()));
            }
            Location::Body if body == Body::Bare => self.body = value,
            Location::Body => {
                if self.body.is_null() {
                    self.body = json!({});
                }
                self.body.as_object_mut().unwrap().insert(name, value);
            }
        }
    }

    fn request(self) -> JsonRequest {
        let mut request = JsonRequest::new().body(self.body);
        for (name, value) in self.path {
            request = request.path(name, value);
        }
        for (name, value) in self.query {
            request = request.query(name, value);
        }
        for (name, value) in self.headers {
            request = request.header(name, value);
        }
        for (field, name) in self.files {
            request = request.file(field, FilePart::bytes(name, &b"x"[..]));
        }
        request
    }
}

fn call(
    mock: &MockDingTalk,
    client: &Client,
    operation: &Operation<'_>,
    request: JsonRequest,
) -> JsonCall {
    let callable = operation.callable().unwrap();
    let call = client
        .call_json(callable, request)
        .retry(RetryPolicy::none());
    let Some(parameter) = callable.webhook() else {
        return if callable.signature().is_some() {
            call.signer(Signer::new("k", "s").ticket("t"))
        } else {
            call
        };
    };
    let url = format!("{}{}?{parameter}=w", mock.url(), operation.path());
    if callable.signature().is_some() {
        call.webhook(&RobotWebhook::new(url).secret("SECs"))
    } else {
        call.webhook(&SessionWebhook::new(url))
    }
}

fn client(mock: &MockDingTalk) -> Client {
    mock.accept_token(TOKEN);
    mock.configure(Client::builder())
        .token(TOKEN)
        .build()
        .unwrap()
}

fn operations() -> Vec<Operation<'static>> {
    dingtalk_catalogue::open().unwrap().operations().unwrap()
}

#[tokio::test]
async fn the_example_of_every_operation_is_accepted_and_answered_with_a_success() {
    let mock = MockDingTalk::start().await.unwrap();
    let client = client(&mock);
    let mut wrong = Vec::new();
    let mut documented = 0;
    for operation in operations() {
        mock.reset();
        documented += usize::from(operation.details().unwrap().example.is_some());
        if let Err(error) = call(&mock, &client, &operation, Values::of(&operation).request()).await
        {
            wrong.push(error.to_string());
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        operations().len(),
        wrong.join("\n")
    );
    assert!(documented > 900, "{documented} operations have an example");
}

/// A field that is damaged, and how.
#[derive(Debug)]
enum Damage {
    /// It is required, and left out.
    Gone,
    /// Its value has another type.
    Mistyped,
}

/// Damages a field; `None` if such damage cannot be seen: texts of a query and of a form have no types, and free JSON has all.
fn damaged(operation: &Operation<'_>, field: usize) -> Option<(Values, Damage, String)> {
    let mut values = Values::of(operation);
    let callable = operation.callable().unwrap();
    let fields = callable.fields();
    let (info, kind) = *fields.get(field % fields.len().max(1))?;
    let place = |name: &str| format!("{name}.{}", info.name());
    let pairs = match info.location() {
        Location::Path => return None,
        Location::Query => Some((place("query"), &mut values.query)),
        Location::Header => Some((place("headers"), &mut values.headers)),
        Location::Body => None,
    };
    if let Some((place, pairs)) = pairs {
        if info.is_required() {
            pairs.retain(|(name, _)| name != info.name());
            return Some((values, Damage::Gone, place));
        }
        let typed = matches!(
            kind,
            FieldType::Integer | FieldType::IntegerEnum(_) | FieldType::Number | FieldType::Boolean
        );
        let (_, value) = pairs
            .iter_mut()
            .find(|(name, _)| name == info.name())
            .filter(|_| typed)?;
        *value = "x".into();
        return Some((values, Damage::Mistyped, place));
    }
    if callable.body == Body::Bare {
        return None;
    }
    if matches!(kind, FieldType::File) {
        if !info.is_required() {
            return None;
        }
        values.files.clear();
        return Some((values, Damage::Gone, info.name().to_owned()));
    }
    let body = values.body.as_object_mut()?;
    let old = body.get(info.name())?.clone();
    if info.is_required() && field.is_multiple_of(2) {
        body.remove(info.name());
        return Some((values, Damage::Gone, place("body")));
    }
    let typed = callable.body == Body::Fields
        && info.encoding() == Encoding::Plain
        && !matches!(kind, FieldType::Json);
    let other = if old.as_object().is_some() {
        json!(true)
    } else {
        json!({"damaged": true})
    };
    body.insert(info.name(), other);
    typed.then(|| (values, Damage::Mistyped, place("body")))
}

static RUNTIME: LazyLock<tokio::runtime::Runtime> =
    LazyLock::new(|| tokio::runtime::Runtime::new().unwrap());
static MOCK: LazyLock<(MockDingTalk, Client)> = LazyLock::new(|| {
    let mock = RUNTIME.block_on(MockDingTalk::start()).unwrap();
    let client = client(&mock);
    (mock, client)
});

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, max_global_rejects: 100_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_request_is_refused_with_the_place(at in 0..operations().len(), field in any::<usize>()) {
        let operation = operations()[at];
        let damaged = damaged(&operation, field);
        prop_assume!(damaged.is_some());
        let Some((values, damage, place)) = damaged else { return Ok(()) };
        let (mock, client) = &*MOCK;
        // The client leaves it to the server to check.
        let answer = RUNTIME.block_on(call(mock, client, &operation, values.request().unchecked()).send());
        let error = answer.err().map(|error| error.to_string()).unwrap_or_default();
        let refused = (error.contains("invalidParameter") || error.contains("40035")) && error.contains(&place);
        prop_assert!(refused, "{operation}: {place} {damage:?}: {error}");
    }
}
