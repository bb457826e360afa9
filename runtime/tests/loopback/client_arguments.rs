//! What a client's builder refuses, and what it hides.

use std::time::Duration;

use dingtalk_runtime::{Client, ClientBuilder, FixedToken, RateLimit, RetryBudget, RetryPolicy};

use crate::options::Canned;
use crate::support::platform::{self, builder};
use crate::support::tls::Authority;

fn refused(builder: ClientBuilder<Client>) -> (String, String) {
    let error = builder.build().unwrap_err();
    (error.argument().to_owned(), error.to_string())
}

#[test]
fn a_bad_argument_is_named_when_the_client_is_built() {
    for (builder, argument, reason) in vec![
        (
            builder().base_url("api.dingtalk.io"),
            "base_url",
            "has no scheme",
        ),
        (
            builder().base_url("https://a/?x=1"),
            "base_url",
            "has a query",
        ),
        (
            builder().base_url("https://a/#x"),
            "base_url",
            "has a fragment",
        ),
        (
            builder().base_url("https://u:p@a/"),
            "base_url",
            "user name",
        ),
        (
            builder().base_url("http://api.dingtalk.io"),
            "base_url",
            "plain http",
        ),
        (builder().server("moon"), "server", "global, mainland"),
        (
            builder().server("global").base_url("https://a"),
            "base_url",
            "`server`",
        ),
        (
            builder().base_url("https://api.dingtalk.com/v1.0/"),
            "base_url",
            "write `https://api.dingtalk.com`",
        ),
        (
            builder().token("a").app("k", "s"),
            "app",
            "`token` is set too",
        ),
        (
            builder()
                .token("a")
                .token_provider(FixedToken::new("b").unwrap()),
            "token_provider",
            "`token`",
        ),
        (builder().user_agent("a\r\nb"), "user_agent", "line break"),
        (builder().timeout(Duration::ZERO), "timeout", "zero"),
        (
            builder().connect_timeout(Duration::ZERO),
            "connect_timeout",
            "zero",
        ),
        (
            builder()
                .transport(Canned)
                .connect_timeout(Duration::from_secs(1)),
            "connect_timeout",
            "`transport`",
        ),
    ] {
        let (named, message) = refused(builder);
        assert_eq!(named, argument, "{message}");
        assert!(message.contains(reason), "{message}");
    }
}

#[test]
fn a_bad_number_or_header_is_named_when_the_client_is_built() {
    for (builder, argument, reason) in vec![
        (
            builder().attempt_timeout(Duration::ZERO),
            "attempt_timeout",
            "zero",
        ),
        (
            builder().retry(RetryPolicy::new().max_attempts(0)),
            "retry",
            "max_attempts(0)",
        ),
        (
            builder().retry_budget(RetryBudget::new().per_second(-1.0)),
            "retry_budget",
            "negative",
        ),
        (
            builder().retry_budget(RetryBudget::new().per_success(f64::NAN)),
            "retry_budget",
            "not finite",
        ),
        (
            builder().limit(RateLimit::new().per_operation(0, Duration::from_secs(1))),
            "limit",
            "0 calls",
        ),
        (
            builder().limit(RateLimit::new().overall(1, Duration::ZERO)),
            "limit",
            "window of zero",
        ),
        (
            builder().header("a b", "c"),
            "header",
            "`a b` is not a valid header name",
        ),
        (builder().header("a", "b\r\nc: d"), "header", "line break"),
        (
            builder().header("X-Acs-Dingtalk-Access-Token", "t"),
            "header",
            "carries the token",
        ),
        (builder().header("Host", "a"), "header", "set by the client"),
        (
            builder().header("User-Agent", "a"),
            "header",
            "`user_agent`",
        ),
    ] {
        let (named, message) = refused(builder);
        assert_eq!(named, argument, "{message}");
        assert!(message.contains(reason), "{message}");
    }
}

#[test]
fn a_bad_proxy_or_certificate_is_named_when_the_client_is_built() {
    for (builder, argument, reason) in vec![
        (builder().proxy("proxy:8080"), "proxy", "no scheme"),
        (builder().proxy(""), "proxy", "no scheme"),
        (builder().proxy("http://"), "proxy", "not a URL"),
        (builder().proxy("http://a:99999"), "proxy", "not a URL"),
        (builder().proxy("ftp://a"), "proxy", "not http or https"),
        (builder().proxy("http://a/b?c"), "proxy", "has a path"),
        (
            builder().add_root_certificate("nonsense"),
            "add_root_certificate",
            "no certificate in PEM",
        ),
        (
            builder().add_root_certificate(
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            ),
            "add_root_certificate",
            "not a certificate of an authority",
        ),
        (builder().identity(""), "identity", "no certificate in PEM"),
        (
            builder().identity(Authority::new().pem),
            "identity",
            "no private key",
        ),
        (
            builder().identity(Authority::new().pem + key(&Authority::new().issue("a"))),
            "identity",
            "cannot be used",
        ),
        (
            builder().transport(Canned).proxy("http://a"),
            "proxy",
            "`transport`",
        ),
    ] {
        let (named, message) = refused(builder);
        assert_eq!(named, argument, "{message}");
        assert!(message.contains(reason), "{message}");
    }
}

/// The private key alone of a text that holds a certificate too.
fn key(pem: &str) -> &str {
    &pem[pem.find("-----BEGIN PRIVATE").unwrap()..]
}

#[test]
fn secrets_of_the_options_are_not_shown() {
    let identity = Authority::new().issue("client");
    let key = key(&identity).lines().nth(1).unwrap().to_owned();
    let builder = builder()
        .proxy("http://user:pr0xy-pass@proxy.example:1")
        .header("x-gateway", "gateway-s3cret")
        .identity(identity);
    let shown = format!("{builder:?}") + &format!("{:?}", builder.build().unwrap());
    for secret in ["pr0xy-pass", "gateway-s3cret", &key] {
        assert!(!shown.contains(secret), "{shown}");
    }
    let (_, message) = refused(platform::builder().proxy("http://user:pr0xy-pass@a:b"));
    assert!(!message.contains("pr0xy-pass"), "{message}");
}
