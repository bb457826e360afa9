//! Requests that an application signs, as the platform's own spec describes them.

use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use base64::Engine as _;
use dingtalk_runtime::{
    BoxFuture, Client, Error, FixedToken, RetryPolicy, Signer, Token, TokenProvider, TokenRequest,
    TokenResult,
};

use crate::oapi_auth::OapiAuth;
use crate::oapi_auth::service_get_agent::ServiceGetAgentRequest;
use crate::oapi_auth::service_get_corp_token::ServiceGetCorpTokenRequest;
use crate::oapi_auth::sns_get_user_info_by_code::{
    SnsGetUserInfoByCodeError, SnsGetUserInfoByCodeRequest,
};
use crate::support::{Answer, Server};
use crate::webhooks::{builder, ok, query};

const KEY: &str = "a-key";
const SECRET: &str = "SENTINEL-secret";
const TICKET: &str = "SENTINEL-ticket";

/// What a server computes.
pub(crate) fn hmac(text: &str, secret: &str) -> String {
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, secret.as_bytes());
    let signed = ring::hmac::sign(&key, text.as_bytes());
    base64::engine::general_purpose::STANDARD.encode(signed)
}

async fn user(client: &Client) -> Result<(), Error<SnsGetUserInfoByCodeError>> {
    let request = SnsGetUserInfoByCodeRequest::new("SENTINEL-code");
    let call = OapiAuth::new(client).sns_get_user_info_by_code(request);
    call.await.map(drop)
}

#[tokio::test]
async fn an_application_signs_with_the_clients_key_and_secret() {
    let server = ok();
    let builder = || builder().base_url_of("oapi", server.url());
    for client in [
        builder().app(KEY, SECRET).build().unwrap(),
        builder().app_in("corp", KEY, SECRET).build().unwrap(),
        builder()
            .suite(KEY, SECRET, || async {
                Ok::<_, std::io::Error>(TICKET.to_owned())
            })
            .build()
            .unwrap(),
    ] {
        user(&client).await.unwrap();
    }
    assert_eq!(server.requests().len(), 3);
    for sent in server.requests() {
        assert_eq!(sent.path(), "/sns/getuserinfo_bycode");
        let sent = query(&sent.target);
        let names: Vec<_> = sent.keys().collect();
        assert_eq!(names, ["accessKey", "signature", "timestamp"]);
        assert_eq!(sent["accessKey"], KEY);
        assert_eq!(sent["signature"], hmac(&sent["timestamp"], SECRET));
    }
}

#[tokio::test]
async fn a_suite_signs_with_its_newest_ticket() {
    let server = ok();
    let newest = Arc::new(Mutex::new("ticket-1".to_owned()));
    let tickets = {
        let newest = Arc::clone(&newest);
        move || {
            let ticket = newest.lock().unwrap().clone();
            async move { Ok::<_, std::io::Error>(ticket) }
        }
    };
    let client = builder()
        .base_url_of("oapi", server.url())
        .suite(KEY, SECRET, tickets);
    let client = client.build().unwrap();
    for ticket in ["ticket-1", "ticket-2"] {
        *newest.lock().unwrap() = ticket.to_owned();
        let request = ServiceGetCorpTokenRequest::new("corp");
        OapiAuth::new(&client)
            .service_get_corp_token(request)
            .await
            .unwrap();
        let sent = server.requests().pop().unwrap();
        assert_eq!(sent.json(), serde_json::json!({"auth_corpid": "corp"}));
        let sent = query(&sent.target);
        assert_eq!((&*sent["accessKey"], &*sent["suiteTicket"]), (KEY, ticket));
        assert_eq!(
            sent["signature"],
            hmac(&format!("{}\n{ticket}", sent["timestamp"]), SECRET)
        );
        assert_eq!(sent.len(), 4);
    }
}

#[tokio::test]
async fn a_calls_own_signer_goes_before_the_clients() {
    let server = ok();
    let client = builder()
        .base_url_of("oapi", server.url())
        .app("another", "SENTINEL-other");
    let client = client.build().unwrap();
    let signer = Signer::new(KEY, SECRET).ticket(TICKET);
    let request = ServiceGetAgentRequest::new("a-suite-token", "1", "corp", KEY);
    let call = OapiAuth::new(&client).service_get_agent(request);
    assert!(!format!("{signer:?}").contains("SENTINEL"));
    call.signer(signer).await.unwrap();
    let sent = query(&server.request().target);
    let names: Vec<_> = sent.keys().collect();
    assert_eq!(
        names,
        [
            "signature",
            "suiteTicket",
            "suite_access_token",
            "timestamp"
        ]
    );
    assert_eq!(
        sent["signature"],
        hmac(&format!("{}\n{TICKET}", sent["timestamp"]), SECRET)
    );
}

#[tokio::test]
async fn a_call_without_what_it_signs_with_is_not_sent_and_says_what_to_set() {
    let server = ok();
    let builder = || builder().base_url_of("oapi", server.url());
    for client in [
        builder().build().unwrap(),
        builder()
            .token_provider(FixedToken::new("a-token").unwrap())
            .build()
            .unwrap(),
    ] {
        let error = user(&client).await.unwrap_err();
        assert!(matches!(error, Error::InvalidArgument(_)), "{error:?}");
        let said = error.to_string();
        assert!(
            said.contains("`.app(key, secret)`") && said.contains("`.signer("),
            "{said}"
        );
    }
    let app = builder().app(KEY, SECRET).build().unwrap();
    let request = ServiceGetCorpTokenRequest::new("corp");
    let error = OapiAuth::new(&app)
        .service_get_corp_token(request)
        .await
        .unwrap_err();
    assert!(error.to_string().contains("no suite ticket"), "{error}");
    let no_ticket = || async { Err::<String, _>(std::io::Error::other("the file is gone")) };
    let suite = builder().suite(KEY, SECRET, no_ticket).build().unwrap();
    let request = ServiceGetCorpTokenRequest::new("corp");
    let error = OapiAuth::new(&suite)
        .service_get_corp_token(request)
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Token(_)), "{error:?}");
    assert!(error.to_string().contains("the file is gone"), "{error}");
    let call = OapiAuth::new(&app).sns_get_user_info_by_code(SnsGetUserInfoByCodeRequest::new("c"));
    let error = call
        .signer(Signer::new(KEY, " SENTINEL"))
        .await
        .unwrap_err();
    assert!(error.to_string().contains("white space"), "{error}");
    assert!(!format!("{error} {error:?}").contains("SENTINEL"));
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn each_attempt_is_signed_with_its_own_time() {
    let server = Server::start(|number, _| {
        // The clock goes on before the next attempt.
        let now = SystemTime::now();
        while now.elapsed().unwrap_or_default().as_millis() < 2 {
            std::thread::yield_now();
        }
        let code = if number == 0 { 90_018 } else { 0 };
        Answer::json(200, &serde_json::json!({"errcode": code, "errmsg": "m"}))
    });
    let policy = RetryPolicy::default().throttled_wait(std::time::Duration::ZERO);
    let client = builder()
        .base_url_of("oapi", server.url())
        .app(KEY, SECRET)
        .retry(policy);
    user(&client.build().unwrap()).await.unwrap();
    let [first, second] = &server.requests()[..] else {
        panic!()
    };
    let (first, second) = (query(&first.target), query(&second.target));
    assert!(second["timestamp"] > first["timestamp"]);
    assert_eq!(second["signature"], hmac(&second["timestamp"], SECRET));
}

#[tokio::test]
async fn an_error_shows_neither_secret_nor_ticket_nor_signature() {
    let server = Server::start(|_, request| {
        let said = format!(
            "{} {SECRET} {TICKET} {:?}",
            request.target,
            query(&request.target)
        );
        Answer::json(
            200,
            &serde_json::json!({"errcode": 853_004, "errmsg": said}),
        )
    });
    let tickets = || async { Ok::<_, std::io::Error>(TICKET.to_owned()) };
    let client = builder()
        .base_url_of("oapi", server.url())
        .suite(KEY, SECRET, tickets);
    let client = client.build().unwrap();
    let request = ServiceGetCorpTokenRequest::new("corp");
    let error = OapiAuth::new(&client)
        .service_get_corp_token(request)
        .await
        .unwrap_err();
    let said = format!(
        "{error} {error:?} {:?}",
        error.api().map(|api| api.body().clone())
    );
    assert!(!said.contains("SENTINEL"), "{said}");
    assert!(
        !said.contains(&query(&server.request().target)["signature"]),
        "{said}"
    );
}

/// An API of a user's own, with a signature of its own.
mod own {
    use dingtalk_runtime::generated::{Body, Operation, ReplyKind, Sending};
    use dingtalk_runtime::{
        Api, Envelope, Signature, SignatureField, SignedBy, SignedPart, TokenPlace,
    };

    pub(super) static INTRANET: Api = Api {
        token: TokenPlace::Header("x-token"),
        envelope: Envelope {
            code: &["code"],
            ..Envelope::NONE
        },
        signatures: &[Signature {
            name: "stamp",
            signer: SignedBy::Application,
            text: &[
                SignedPart::Key,
                SignedPart::Text("@"),
                SignedPart::Timestamp,
            ],
            query: &[
                ("at", SignatureField::Timestamp),
                ("stamp", SignatureField::Signature),
            ],
        }],
        ..Api::named("intranet")
    };

    pub(super) static LOOK: Operation = operation(&signed("stamp"));
    pub(super) static UNKNOWN: Operation = operation(&signed("seal"));

    const fn signed(signature: &'static str) -> Sending {
        Sending {
            webhook: None,
            signature: Some(signature),
            max_bytes: None,
        }
    }

    const fn operation(sending: &'static Sending) -> Operation {
        Operation {
            service: "intranet",
            api: Some("intranet"),
            action: "Look",
            summary: "",
            method: "GET",
            path: "/look",
            path_params: &[],
            request: None,
            body: Body::None,
            reply: ReplyKind::Nothing,
            reply_type: None,
            token: None,
            sending: Some(sending),
            idempotent: true,
            app_types: &[],
            permission: "",
            paging: None,
            errors: &[],
        }
    }
}

/// A provider of a user's own, which signs.
struct Own;

impl TokenProvider for Own {
    fn fetch<'a>(&'a self, _: TokenRequest<'a>) -> BoxFuture<'a, TokenResult> {
        Box::pin(async { Ok(Token::new("a-token")) })
    }

    fn application(&self) -> Option<(&str, &str)> {
        Some(("own-key", "own-secret"))
    }
}

#[tokio::test]
async fn an_api_and_a_provider_of_ones_own_sign_as_they_say() {
    use dingtalk_runtime::JsonRequest;

    let server = Server::always(200, serde_json::json!({}));
    let client = builder()
        .api(&own::INTRANET)
        .base_url_of("intranet", server.url());
    let client = client.token_provider(Own).build().unwrap();
    client
        .call_json(&own::LOOK, JsonRequest::new())
        .send()
        .await
        .unwrap();
    let sent = query(&server.request().target);
    assert_eq!(
        sent["stamp"],
        hmac(&format!("own-key@{}", sent["at"]), "own-secret")
    );
    let error = client
        .call_json(&own::UNKNOWN, JsonRequest::new())
        .send()
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("`signature` is `seal`, which the API `intranet` does not have"),
        "{error}"
    );
}
