//! Credentials that cannot be right are refused where they are given, whichever way that is.

use dingtalk_runtime::{
    AppToken, BuildError, Client, FixedToken, OrganisationToken, RefreshToken, SuiteToken,
    UnifiedToken, UserToken,
};
use serde_json::json;

use crate::support::Server;
use crate::support::platform::{self, builder};

/// Invalid credentials, each with its error, which must not show `S3CRET`.
const FAULTS: [(&str, &str); 10] = [
    ("", "is empty"),
    (" \t\n", "is empty"),
    (
        "S3CRET\n",
        "begins or ends with white space or a line break",
    ),
    (
        "S3CRET\r\n",
        "begins or ends with white space or a line break",
    ),
    (" S3CRET", "begins or ends with white space or a line break"),
    (
        "S3CRET\u{3000}",
        "begins or ends with white space or a line break",
    ),
    (
        "S3C\nRET",
        "contains a line break or another control character",
    ),
    (
        "S3C\0RET",
        "contains a line break or another control character",
    ),
    ("\u{feff}S3CRET", "contains an invisible character"),
    ("S3CRET\u{200b}", "contains an invisible character"),
];

async fn ticket() -> Result<String, std::io::Error> {
    Ok("the-ticket".to_owned())
}

async fn keep(_: RefreshToken) -> Result<(), std::io::Error> {
    Ok(())
}

const KEY: &str = "the application's key";
const SECRET: &str = "the application's secret";
const CORP: &str = "the organization's id";
const REFRESH: &str = "the refresh token";

fn of<T>(made: Result<T, BuildError>) -> Result<(), BuildError> {
    made.map(|_| ())
}

/// A method, its argument, and what came of it.
type Way = (&'static str, &'static str, Result<(), BuildError>);

/// Each way to give credentials, with a value in one of its arguments.
fn each_way(bad: &str) -> Vec<Way> {
    let in_another = || builder().app_in("c", "k", "s").build().unwrap();
    vec![
        ("app", KEY, of(builder().app(bad, "s").build())),
        ("app", SECRET, of(builder().app("k", bad).build())),
        ("app_in", CORP, of(builder().app_in(bad, "k", "s").build())),
        ("app_in", KEY, of(builder().app_in("c", bad, "s").build())),
        (
            "app_in",
            SECRET,
            of(builder().app_in("c", "k", bad).build()),
        ),
        ("suite", KEY, of(builder().suite(bad, "s", ticket).build())),
        (
            "suite",
            SECRET,
            of(builder().suite("k", bad, ticket).build()),
        ),
        ("token", "the token", of(builder().token(bad).build())),
        (
            "for_organisation",
            CORP,
            of(in_another().for_organisation(bad)),
        ),
        ("AppToken::new", KEY, of(AppToken::new(bad, "s"))),
        ("AppToken::new", SECRET, of(AppToken::new("k", bad))),
        (
            "UnifiedToken::new",
            KEY,
            of(UnifiedToken::new(bad, "s", "c")),
        ),
        (
            "UnifiedToken::new",
            SECRET,
            of(UnifiedToken::new("k", bad, "c")),
        ),
        (
            "UnifiedToken::new",
            CORP,
            of(UnifiedToken::new("k", "s", bad)),
        ),
        (
            "SuiteToken::new",
            KEY,
            of(SuiteToken::new(bad, "s", ticket)),
        ),
        (
            "SuiteToken::new",
            SECRET,
            of(SuiteToken::new("k", bad, ticket)),
        ),
        (
            "OrganisationToken::new",
            KEY,
            of(OrganisationToken::new(bad, "s", "c", ticket)),
        ),
        (
            "OrganisationToken::new",
            SECRET,
            of(OrganisationToken::new("k", bad, "c", ticket)),
        ),
        (
            "OrganisationToken::new",
            CORP,
            of(OrganisationToken::new("k", "s", bad, ticket)),
        ),
        ("FixedToken::new", "the token", of(FixedToken::new(bad))),
    ]
    .into_iter()
    .chain(of_users(bad))
    .collect()
}

fn of_users(bad: &str) -> Vec<Way> {
    vec![
        ("RefreshToken::new", REFRESH, of(RefreshToken::new(bad))),
        (
            "UserToken::from_code",
            KEY,
            of(UserToken::from_code(bad, "s", "c", keep)),
        ),
        (
            "UserToken::from_code",
            SECRET,
            of(UserToken::from_code("k", bad, "c", keep)),
        ),
        (
            "UserToken::from_code",
            "the login's code",
            of(UserToken::from_code("k", "s", bad, keep)),
        ),
        (
            "UserToken::from_refresh_token",
            KEY,
            of(UserToken::from_refresh_token(bad, "s", "r", keep)),
        ),
        (
            "UserToken::from_refresh_token",
            SECRET,
            of(UserToken::from_refresh_token("k", bad, "r", keep)),
        ),
        (
            "UserToken::from_refresh_token",
            REFRESH,
            of(UserToken::from_refresh_token("k", "s", bad, keep)),
        ),
        (
            "UserToken::identified_by",
            "the user's id",
            UserToken::from_code("k", "s", "c", keep).and_then(|user| of(user.identified_by(bad))),
        ),
    ]
}

#[test]
fn what_no_credential_can_be_is_refused_by_name_and_never_shown() {
    for (bad, fault) in FAULTS {
        for (method, name, made) in each_way(bad) {
            let error = made.expect_err(method);
            assert_eq!(error.argument(), method);
            let said = error.reason();
            assert!(
                said.starts_with(&format!("{name} {fault}")),
                "{method}: {said}"
            );
            assert!(!format!("{error} {error:?}").contains("S3"), "{error}");
        }
    }
}

#[test]
fn what_can_be_a_credential_is_taken() {
    for (method, name, made) in each_way("dingoa-B_7+x/y=.9") {
        assert_eq!(made, Ok(()), "{method}: {name}");
    }
}

#[tokio::test]
async fn a_token_of_a_call_or_a_provider_is_held_to_the_same_rule() {
    use dingtalk_runtime::{BoxFuture, Token, TokenProvider, TokenRequest, TokenResult};

    struct Gives(&'static str);

    impl TokenProvider for Gives {
        fn fetch<'a>(&'a self, _: TokenRequest<'a>) -> BoxFuture<'a, TokenResult> {
            Box::pin(std::future::ready(Ok(Token::new(self.0))))
        }
    }

    let server = Server::always(200, json!({}));
    for (bad, fault) in FAULTS
        .into_iter()
        .chain([("中文", "contains a character that is not ASCII")])
    {
        let client: Client = builder().base_url(server.url()).build().unwrap();
        let of_the_call = platform::start(&client)
            .token(bad)
            .send()
            .await
            .unwrap_err();
        let given = client.with_token_provider(Gives(bad));
        let of_the_provider = platform::start(&given).send().await.unwrap_err();
        for (error, name) in [(of_the_call, "`token`"), (of_the_provider, "the token")] {
            let said = format!("{error} {error:?}");
            assert!(said.contains(&format!("{name} {fault}")), "{said}");
            assert!(!said.contains("S3"), "{said}");
        }
    }
    assert!(server.requests().is_empty());
}
