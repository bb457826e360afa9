//! The legacy operations that programs call most: typed requests and replies, against calls written by hand from the
//! documentation's pages.

mod messages;
mod people;
mod processes;

use std::collections::BTreeMap;

use dingtalk_api::{Client, Error, OperationError, RetryPolicy};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use crate::support::{Answer, Spec, StandIn, multipart};

// Few services are compiled in by default, and these are not.
#[path = "../../../generated/src/oapi_attendance/mod.rs"]
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod oapi_attendance;
#[path = "../../../generated/src/oapi_auth/mod.rs"]
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod oapi_auth;
#[path = "../../../generated/src/oapi_media/mod.rs"]
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod oapi_media;
#[path = "../../../generated/src/oapi_process/mod.rs"]
#[allow(clippy::all, clippy::pedantic, dead_code, unused_imports)]
mod oapi_process;

/// A call as the pages have it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Golden {
    sent: Sent,
    reply: Json,
    result: Json,
    failure: Json,
    code: String,
}

/// A request. `kind` is the media type of its body.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Sent {
    method: String,
    path: String,
    query: BTreeMap<String, String>,
    kind: Option<String>,
    body: Option<Json>,
}

/// A stand-in for the platform, a client of it, and the calls.
struct Goldens {
    stand_in: StandIn,
    client: Client,
    calls: BTreeMap<String, Golden>,
}

impl Goldens {
    /// Those of services whose names begin like this.
    fn of(services: &[&str]) -> Self {
        let mut calls: BTreeMap<String, Golden> =
            serde_yaml::from_str(include_str!("calls.yaml")).unwrap();
        assert_eq!(calls.len(), 25);
        calls.retain(|name, _| services.iter().any(|service| name.starts_with(service)));
        let stand_in = StandIn::start(Spec::of_this_project()).unwrap();
        // That of an application, of a robot, and of a conversation.
        for token in ["t1", "r1", "s1"] {
            stand_in.accept_token(token);
        }
        let client = Client::builder()
            .token("t1")
            .retry(RetryPolicy::none())
            .base_url_of("oapi", stand_in.url());
        let client = client.build().unwrap();
        Self {
            stand_in,
            client,
            calls,
        }
    }

    /// Makes a call twice: one succeeds as on its page, and its reply is returned; the other fails with an error code.
    async fn check<R: Serialize, E: OperationError>(
        &mut self,
        name: &str,
        call: impl AsyncFn(&Client) -> Result<R, Error<E>>,
    ) -> R {
        let golden = self.calls.remove(name).expect(name);
        let (service, action) = name.split_once('/').unwrap();
        let answer = |body: &Json| {
            let body = body.to_string().into_bytes();
            let answer = Answer::Raw(200, "application/json", body);
            self.stand_in.answer_next(service, action, answer);
        };
        answer(&golden.reply);
        let reply = call(&self.client).await.unwrap();
        assert_eq!(
            serde_json::to_value(&reply).unwrap(),
            golden.result,
            "{name}"
        );
        assert_eq!(self.sent(), golden.sent, "{name}");

        answer(&golden.failure);
        let error = call(&self.client).await.err().unwrap();
        assert_eq!(error.code(), Some(&*golden.code), "{name}: {error}");
        self.sent();
        reply
    }

    /// The request that was sent.
    fn sent(&self) -> Sent {
        let mut requests = self.stand_in.take_requests();
        assert_eq!(requests.len(), 1);
        let sent = requests.remove(0);
        let kind = sent.header("content-type").map(str::to_owned);
        let form = kind
            .as_deref()
            .and_then(|kind| multipart::fields(kind, &sent.body));
        let changing = ["timestamp", "sign", "signature"];
        let query = sent.query.iter().map(|(name, value)| {
            assert!(!value.is_empty(), "{name}");
            let changes = changing.contains(&name.as_str());
            let value = if changes { "*" } else { value };
            (name.clone(), value.to_owned())
        });
        Sent {
            method: sent.method.clone(),
            path: sent.path.clone(),
            query: query.collect(),
            kind: kind.and_then(|kind| kind.split(';').next().map(str::to_owned)),
            body: form.map(Json::Object).or_else(|| sent.json()),
        }
    }

    /// All of them were called.
    fn done(self) {
        let left: Vec<_> = self.calls.keys().collect();
        assert!(left.is_empty(), "{left:?}");
    }
}
