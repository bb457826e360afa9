//! The operations that give tokens, and what the client does with them.

use dingtalk_api::conference_1_0::start_cloud_record::{
    StartCloudRecordError, StartCloudRecordRequest,
};
use dingtalk_api::oauth2_1_0::{
    get_access_token, get_corp_access_token, get_suite_access_token, get_token, get_user_token,
};
use dingtalk_api::{Client, Error, RefreshToken, RetryPolicy, UserToken};

use serde_json::json;

use crate::support::{Answer, Recorded, Spec, StandIn};

const SERVICE: &str = "oauth2_1_0";
const KEY: &str = "the-key-of-the-tests";
const SECRET: &str = "the-secret-of-the-tests";

/// Calls with the values of the spec's example, and compares request and reply with it.
macro_rules! example {
    ($stand_in:ident, $action:literal, $call:expr) => {{
        let reply = $call.send().await.unwrap();
        let spec = Spec::of_this_project();
        let operation = spec.operation(SERVICE, $action).unwrap();
        let sent = only(&$stand_in);
        assert_eq!(sent.json(), operation.example(&["request", "body"]));
        assert_eq!(sent.header(spec.token_header()), None);
        let encoded = serde_json::to_value(&reply).unwrap();
        let expected = operation.example(&["response", "body"]).unwrap();
        assert_eq!(encoded, expected);
        // What the spec marks as secret is not shown.
        let shown = format!("{reply:?}");
        for field in ["accessToken", "access_token", "refreshToken"] {
            if let Some(secret) = expected[field].as_str() {
                assert!(!shown.contains(secret), "{shown}");
            }
        }
        reply
    }};
}

#[tokio::test]
async fn each_token_operation_is_called_without_a_token_as_in_its_example() {
    let (stand_in, client) = setting();
    let tokens = client.oauth2_1_0();
    let reply = example!(stand_in, "GetAccessToken", {
        use get_access_token::GetAccessTokenRequest as Request;
        tokens.get_access_token(Request::new("dingeqqpkv3xxxxxx", "GT-lsu-taDAxxxsTsxxxx"))
    });
    assert_eq!(reply.expire_in, Some(7200));
    example!(stand_in, "GetCorpAccessToken", {
        use get_corp_access_token::GetCorpAccessTokenRequest as Request;
        tokens.get_corp_access_token(Request::new(
            "suitep1f5lzyglm7fryxxxx",
            "_FP5PpZF3irDKjxxx",
            "ding123456",
            "1f5lzyglm7fryxxxx",
        ))
    });
    example!(stand_in, "GetSuiteAccessToken", {
        use get_suite_access_token::GetSuiteAccessTokenRequest as Request;
        tokens.get_suite_access_token(Request::new("suitexxxx", "secretxxxx", "ticketxxxx"))
    });
    example!(stand_in, "GetToken", {
        use get_token::{GetTokenRequest as Request, GrantType};
        let request = Request::new("suite123", "********", GrantType::ClientCredentials);
        tokens.get_token("ding9f****41", request)
    });
    example!(stand_in, "GetUserToken", {
        use get_user_token::{GetUserTokenRequest as Request, GrantType};
        let request = Request::new("dingxxxx", "secretxxxx", GrantType::AuthorizationCode);
        tokens.get_user_token(request.code("codexxxx"))
    });
}

#[tokio::test]
async fn wrong_credentials_arrive_typed() {
    let (stand_in, client) = setting();
    stand_in.answer_next(SERVICE, "GetAccessToken", Answer::ErrorRow(0));
    let request = get_access_token::GetAccessTokenRequest::new(KEY, SECRET);
    let error = client
        .oauth2_1_0()
        .get_access_token(request)
        .send()
        .await
        .unwrap_err();
    assert!(
        matches!(
            &error,
            Error::Api(get_access_token::GetAccessTokenError::InvalidClientIdOrSecret(api))
                if api.status() == 400
        ),
        "{error}"
    );
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains(SECRET), "{shown}");
}

#[tokio::test]
async fn each_row_of_get_token_is_a_variant_of_its_own() {
    use get_token::{GetTokenError, GetTokenRequest, GrantType};
    let (stand_in, client) = setting();
    let spec = Spec::of_this_project();
    let rows = spec.operation(SERVICE, "GetToken").unwrap().errors();
    for (number, row) in rows.into_iter().enumerate() {
        stand_in.answer_next(SERVICE, "GetToken", Answer::ErrorRow(number));
        let request = GetTokenRequest::new(KEY, SECRET, GrantType::ClientCredentials);
        let error = client
            .oauth2_1_0()
            .get_token("corp", request)
            // The stand-in gives an error once, and some of these would be asked again.
            .retry(RetryPolicy::none())
            .send()
            .await
            .unwrap_err();
        let Error::Api(error) = error else {
            panic!("{row:?}: {error}")
        };
        let (code, api) = match &error {
            GetTokenError::InvalidClient(api) => ("invalid.client", api),
            GetTokenError::UnsupportedGrantType(api) => ("unsupported.grant.type", api),
            GetTokenError::UnauthorizedClient(api) => ("unauthorized.client", api),
            GetTokenError::ServerError(api) => ("server.error", api),
            other => panic!("{row:?}: {other}"),
        };
        assert_eq!((code, api.status()), (row.code.as_str(), row.status));
    }
}

#[tokio::test]
async fn the_client_fetches_one_token_and_calls_with_it() {
    let (stand_in, client) = setting();
    for _ in 0..2 {
        start(&client).await.unwrap();
    }
    let requests = stand_in.take_requests();
    let [fetch, first, second] = requests.as_slice() else {
        panic!("{requests:?}")
    };
    assert_eq!(fetch.path, "/v1.0/oauth2/accessToken");
    assert_eq!(fetch.json().unwrap()["appKey"], KEY);
    assert_eq!(fetch.json().unwrap()["appSecret"], SECRET);
    let token = token_of(first);
    assert!(token.is_some());
    assert_eq!(token_of(second), token);
}

#[tokio::test]
async fn every_kind_of_token_is_asked_for_as_the_spec_says() {
    let stand_in = StandIn::start(Spec::of_this_project()).unwrap();
    let builder = || Client::builder().base_url(stand_in.url());
    let ticket = || async { Ok::<_, std::io::Error>("the-ticket".to_owned()) };
    let suite = builder().suite(KEY, SECRET, ticket).build().unwrap();
    let unified = builder().app_in("corp-1", KEY, SECRET).build().unwrap();
    let keep = |_: RefreshToken| async { Ok::<_, std::io::Error>(()) };
    let user = |user| builder().token_provider(user).build().unwrap();
    let by_code = user(UserToken::from_code(KEY, SECRET, "the-code", keep).unwrap());
    let by_refresh = user(UserToken::from_refresh_token(KEY, SECRET, "refresh", keep).unwrap());
    let suite_of = json!({ "suiteKey": KEY, "suiteSecret": SECRET, "suiteTicket": "the-ticket" });
    let mut corp = suite_of.clone();
    corp["authCorpId"] = json!("corp-1");
    let cases = [
        (
            suite.for_organisation("corp-1").unwrap(),
            "corpAccessToken",
            corp,
        ),
        (suite, "suiteAccessToken", suite_of),
        (
            unified,
            "corp-1/token",
            json!({ "client_id": KEY, "client_secret": SECRET, "grant_type": "client_credentials" }),
        ),
        (
            by_code,
            "userAccessToken",
            json!({
                "clientId": KEY, "clientSecret": SECRET,
                "code": "the-code", "grantType": "authorization_code",
            }),
        ),
        (
            by_refresh,
            "userAccessToken",
            json!({
                "clientId": KEY, "clientSecret": SECRET,
                "refreshToken": "refresh", "grantType": "refresh_token",
            }),
        ),
    ];
    for (client, path, body) in cases {
        start(&client).await.unwrap();
        let requests = stand_in.take_requests();
        let [fetch, call] = requests.as_slice() else {
            panic!("{requests:?}")
        };
        assert_eq!(fetch.path, format!("/v1.0/oauth2/{path}"));
        assert_eq!(fetch.json(), Some(body));
        assert_eq!(token_of(fetch), None);
        assert!(token_of(call).is_some());
    }
}

#[tokio::test]
async fn a_rejected_token_is_replaced_once_and_the_call_is_sent_again() {
    let (stand_in, client) = setting();
    start(&client).await.unwrap();
    stand_in.expire_tokens();
    stand_in.take_requests();
    start(&client).await.unwrap();
    let requests = stand_in.take_requests();
    let [rejected, _fetch, accepted] = requests.as_slice() else {
        panic!("{requests:?}")
    };
    assert_ne!(token_of(rejected), token_of(accepted));
}

#[tokio::test]
async fn a_call_without_a_token_to_call_with_says_why() {
    let (stand_in, client) = setting();
    stand_in.answer_next(SERVICE, "GetAccessToken", Answer::ErrorRow(0));
    let error = start(&client).await.unwrap_err();
    let Error::Token(failure) = &error else {
        panic!("{error}")
    };
    assert_eq!(failure.operation().action, "StartCloudRecord");
    assert_eq!(error.code(), Some("invalidClientIdOrSecret"));
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains(SECRET), "{shown}");
    assert_eq!(only(&stand_in).path, "/v1.0/oauth2/accessToken");
}

#[test]
fn a_request_shows_no_secret() {
    let request = get_access_token::GetAccessTokenRequest::new(KEY, SECRET);
    let shown = format!("{request:?} {:?}", Client::builder().app(KEY, SECRET));
    assert!(!shown.contains(SECRET), "{shown}");
}

fn token_of(sent: &Recorded) -> Option<&str> {
    sent.header(Spec::of_this_project().token_header())
}

fn only(stand_in: &StandIn) -> Recorded {
    let mut requests = stand_in.take_requests();
    assert_eq!(requests.len(), 1, "{requests:?}");
    requests.remove(0)
}

async fn start(client: &Client) -> Result<(), Error<StartCloudRecordError>> {
    let request = StartCloudRecordRequest::new("WFBkgxxx");
    let call = client
        .conference_1_0()
        .start_cloud_record("61289f392xxx", request);
    call.send().await.map(drop)
}

/// A stand-in, and a client that gets its tokens there.
fn setting() -> (StandIn, Client) {
    let stand_in = StandIn::start(Spec::of_this_project()).unwrap();
    let client = Client::builder()
        .app(KEY, SECRET)
        .base_url(stand_in.url())
        .build()
        .unwrap();
    (stand_in, client)
}
