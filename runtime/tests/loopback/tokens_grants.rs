//! Whose tokens there are, and what is sent to get them.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use dingtalk_runtime::operation::ErrorClass;
use dingtalk_runtime::{Api, Client, OrganisationToken, TokenPlace};
use serde_json::json;

use crate::support::grants::{CORP, SUITE};
use crate::support::platform::{self, builder};
use crate::support::{Answer, Request, Server};

const HEADER: &str = "x-acs-dingtalk-access-token";
const UNIFIED: &str = "/v1.0/oauth2/corp-1/token";
const SECRETS: [&str; 2] = ["the-suite-secret", "the-ticket"];

/// Gives each organization a token of its own: `corp-1-token-1`.
fn server() -> Server {
    let fetched = AtomicUsize::new(0);
    Server::start(move |_, request: &Request| {
        let number = fetched.load(Ordering::SeqCst) + 1;
        let (field, whose) = match request.path() {
            path if path == CORP.path => (
                "accessToken",
                request.json()["authCorpId"].as_str().unwrap().to_owned(),
            ),
            path if path == SUITE.path => ("accessToken", "suite".to_owned()),
            path => match path.strip_prefix("/v1.0/oauth2/") {
                Some(rest) => ("access_token", rest.replace("/token", "")),
                None => return Answer::json(200, &json!({})),
            },
        };
        fetched.fetch_add(1, Ordering::SeqCst);
        let token = format!("{whose}-token-{number}");
        Answer::json(
            200,
            &json!({field: token, "expireIn": 7200, "expires_in": "7200"}),
        )
    })
}

fn suite(server: &Server) -> Client {
    builder()
        .base_url(server.url())
        .suite("the-suite", "the-suite-secret", || async {
            Ok::<_, std::io::Error>("the-ticket".to_owned())
        })
        .build()
        .unwrap()
}

fn tokens_sent(server: &Server) -> Vec<String> {
    let requests = server.requests();
    let tokens = requests.iter().filter_map(|request| request.header(HEADER));
    tokens.map(str::to_owned).collect()
}

#[tokio::test]
async fn a_suite_gets_its_own_token_with_the_ticket() {
    let server = server();
    platform::start(&suite(&server)).send().await.unwrap();
    let fetch = &server.requests()[0];
    assert_eq!(fetch.path(), SUITE.path);
    assert_eq!(
        fetch.json(),
        json!({"suiteKey": "the-suite", "suiteSecret": "the-suite-secret", "suiteTicket": "the-ticket"})
    );
    assert_eq!(fetch.header(HEADER), None);
    assert_eq!(tokens_sent(&server), ["suite-token-1"]);
}

#[tokio::test]
async fn each_organization_has_a_token_of_its_own() {
    let server = server();
    let client = suite(&server);
    for corp in ["corp-1", "corp-2", "corp-1"] {
        let client = client.for_organisation(corp).unwrap();
        platform::start(&client).send().await.unwrap();
    }
    assert_eq!(
        server.requests()[0].json(),
        json!({
            "suiteKey": "the-suite",
            "suiteSecret": "the-suite-secret",
            "authCorpId": "corp-1",
            "suiteTicket": "the-ticket",
        })
    );
    assert_eq!(
        tokens_sent(&server),
        ["corp-1-token-1", "corp-2-token-2", "corp-1-token-1"]
    );
}

#[tokio::test]
async fn a_thousand_organizations_share_one_connection() {
    let server = server();
    let client = suite(&server);
    for _ in 0..2 {
        for corp in 0..1000 {
            let corp = format!("corp-{corp}");
            let client = client.for_organisation(&corp).unwrap();
            platform::start(&client).send().await.unwrap();
        }
    }
    let sent = tokens_sent(&server);
    assert_eq!(sent.len(), 2000);
    for (corp, token) in (0..1000).chain(0..1000).zip(sent) {
        assert!(token.starts_with(&format!("corp-{corp}-token-")), "{token}");
    }
    assert_eq!(server.count(CORP.path), 1000);
    assert!(
        server
            .requests()
            .iter()
            .all(|request| request.connection == 0)
    );
}

#[tokio::test]
async fn an_organizations_client_leads_to_the_others() {
    let server = server();
    let first = suite(&server).for_organisation("corp-1").unwrap();
    let second = first.for_organisation("corp-2").unwrap();
    let again = second.for_organisation("corp-1").unwrap();
    for client in [&first, &second, &again] {
        platform::start(client).send().await.unwrap();
    }
    assert_eq!(server.count(CORP.path), 2);
}

#[tokio::test]
async fn the_newest_ticket_is_asked_for_with_each_fetch() {
    let server = server();
    let ticket = Arc::new(Mutex::new("first".to_owned()));
    let newest = Arc::clone(&ticket);
    let provider = OrganisationToken::new("k", "the-suite-secret", "corp-1", move || {
        let ticket = newest.lock().unwrap().clone();
        async { Ok::<_, std::io::Error>(ticket) }
    })
    .unwrap();
    let client = builder()
        .base_url(server.url())
        .token_provider(provider)
        .build()
        .unwrap();
    platform::start(&client).send().await.unwrap();
    *ticket.lock().unwrap() = "second".to_owned();
    let other = client.for_organisation("corp-2").unwrap();
    platform::start(&other).send().await.unwrap();
    let fetches: Vec<_> = server.requests();
    assert_eq!(fetches[0].json()["suiteTicket"], "first");
    assert_eq!(fetches[2].json()["suiteTicket"], "second");
}

#[tokio::test]
async fn without_a_ticket_nothing_is_sent_and_the_error_says_so() {
    let server = server();
    for ticket in [
        Ok(" ".to_owned()),
        Ok("the-ticket\n".to_owned()),
        Err("nobody pushed one"),
    ] {
        let client = builder()
            .base_url(server.url())
            .suite("k", "the-suite-secret", move || {
                std::future::ready(ticket.clone())
            })
            .build()
            .unwrap();
        let error = platform::start(&client).send().await.unwrap_err();
        let text = error.to_string();
        assert!(text.contains("there is no suite ticket"), "{text}");
        assert!(!text.contains("the-ticket"), "{text}");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_wrong_ticket_is_an_error_that_shows_no_secret() {
    let server = Server::always(
        400,
        json!({
            "code": "invalidSuiteTicket",
            "message": "the-ticket is wrong, the-suite-secret is right",
            "requestid": "q",
        }),
    );
    let error = platform::start(&suite(&server)).send().await.unwrap_err();
    assert_eq!(error.code(), Some("invalidSuiteTicket"));
    let shown = format!("{error} {error:?} {:?}", suite(&server));
    for secret in SECRETS {
        assert!(!shown.contains(secret), "{shown}");
    }
}

#[tokio::test]
async fn the_unified_way_names_the_organization_in_the_path() {
    let server = server();
    let client = builder()
        .base_url(server.url())
        .app_in("corp-1", "the-key", "the-app-secret")
        .build()
        .unwrap();
    platform::start(&client).send().await.unwrap();
    let other = client.for_organisation("corp-2").unwrap();
    platform::start(&other).send().await.unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].path(), UNIFIED);
    assert_eq!(
        requests[0].json(),
        json!({
            "client_id": "the-key",
            "client_secret": "the-app-secret",
            "grant_type": "client_credentials",
        })
    );
    assert_eq!(tokens_sent(&server), ["corp-1-token-1", "corp-2-token-2"]);
}

#[tokio::test]
async fn an_organization_that_would_lead_to_another_path_is_not_sent() {
    let server = server();
    let client = builder()
        .base_url(server.url())
        .app_in("..", "the-key", "the-app-secret")
        .build()
        .unwrap();
    let error = platform::start(&client).send().await.unwrap_err();
    assert!(error.to_string().contains("corpId"), "{error}");
    let client = client.for_organisation("a/../b").unwrap();
    platform::start(&client).send().await.unwrap();
    assert_eq!(server.requests()[0].target, "/v1.0/oauth2/a%2F..%2Fb/token");
}

#[test]
fn credentials_without_organizations_and_empty_ids_are_refused() {
    let app = builder().app("k", "s").build().unwrap();
    let fixed = builder().token("t").build().unwrap();
    let none = builder().build().unwrap();
    let suite = builder()
        .suite("k", "s", || async {
            Ok::<_, std::io::Error>(String::new())
        })
        .build()
        .unwrap();
    for (client, corp) in [(app, "c"), (fixed, "c"), (none, "c"), (suite, " ")] {
        let error = client.for_organisation(corp).unwrap_err();
        assert_eq!(error.argument(), "for_organisation");
    }
}

#[tokio::test]
async fn a_platform_without_the_grant_says_so() {
    use dingtalk_runtime::generated::Platform;

    static BARE: Platform = Platform {
        apis: &[Api {
            token: TokenPlace::Header(HEADER),
            ..Api::named("api")
        }],
        grants: &[],
    };
    let server = server();
    let client: Client = dingtalk_runtime::ClientBuilder::new(&BARE)
        .base_url(server.url())
        .app("k", "the-app-secret")
        .build()
        .unwrap();
    let error = platform::start(&client).send().await.unwrap_err();
    assert!(error.to_string().contains("`app`"), "{error}");
    assert_eq!(error.class(), None::<ErrorClass>);
}
