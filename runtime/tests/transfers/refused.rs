//! What an object store answers instead of the file.

use super::*;

const DENIED: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error>\n  <Code>SignatureDoesNotMatch</Code>\n  \
                      <Message>The request signature does not match.</Message>\n  <RequestId>5DA928B2</RequestId>\n  \
                      <HostId>h</HostId><SignatureProvided>SENTINEL+c=</SignatureProvided></Error>";

fn denied() -> Answer {
    Answer::new(403, &[("content-type", "application/xml")], DENIED)
}

/// Reported in public: programs that send a content type, or the token, get this for a good URL.
#[tokio::test]
async fn the_stores_code_message_and_request_id_are_in_the_error_and_the_signature_is_not() {
    let server = Server::start(|_, _| denied());
    let client = client(&server);
    let download = client.download(signed(&server)).open().await.unwrap_err();
    let file = FilePart::bytes("a.txt", &b"x"[..]);
    let upload = client
        .upload(signed(&server), file)
        .send()
        .await
        .unwrap_err();
    for (what, error) in [("download from", download), ("upload to", upload)] {
        assert_eq!(error.kind(), Kind::Refused);
        assert_eq!(error.status(), Some(403));
        assert_eq!(error.code(), Some("SignatureDoesNotMatch"));
        assert_eq!(
            error.message(),
            Some("The request signature does not match.")
        );
        assert_eq!(error.request_id(), Some("5DA928B2"));
        assert!(!error.is_retryable() && !error.is_expired());
        assert_eq!(
            error.to_string(),
            format!(
                "{what} {}/oss/f: HTTP 403 SignatureDoesNotMatch: The request signature does not match. (request id \
                 5DA928B2); use the URL as it came, with exactly the headers that came with it",
                server.url()
            )
        );
        no_secret(&format!("{error:?}"));
    }
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn an_expired_url_is_told_apart() {
    let body = "<Error><Code>AccessDenied</Code><Message>Request has expired.</Message></Error>";
    let server = Server::start(move |_, _| Answer::new(403, &[], body));
    let error = client(&server)
        .download(signed(&server))
        .open()
        .await
        .unwrap_err();
    assert!(error.is_expired() && !error.is_retryable());
    let wanted = "the URL has expired: ask the platform for a new one";
    assert!(error.to_string().ends_with(wanted), "{error}");
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Server::start(|_, _| Answer::new(200, &[], "x"));
    let to = format!("{}/f?Signature=SENTINEL", elsewhere.url());
    let server = Server::start(move |_, _| Answer::new(302, &[("location", &to)], ""));
    let url = signed(&server).header("Authorization", "SENTINEL");
    let error = client(&server).download(url).open().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (Kind::Refused, Some(302)));
    let said = error.to_string();
    assert!(
        said.contains("a redirect to 127.0.0.1, which is not followed"),
        "{said}"
    );
    no_secret(&said);
    assert!(elsewhere.requests().is_empty());
}

#[tokio::test]
async fn a_store_that_is_busy_is_asked_again_within_policy_and_budget() {
    let server = Server::start(|number, _| match number {
        0 => Answer::new(503, &[], "<Error><Code>ServiceUnavailable</Code></Error>"),
        1 => Answer::new(429, &[("retry-after", "0")], ""),
        _ => Answer::new(200, &[], "x"),
    });
    let bytes = client(&server)
        .download(signed(&server))
        .bytes(1)
        .await
        .unwrap();
    assert_eq!((&bytes[..], server.requests().len()), (&b"x"[..], 3));

    let server = Server::start(|_, _| Answer::new(500, &[], ""));
    let error = client(&server)
        .download(signed(&server))
        .bytes(1)
        .await
        .unwrap_err();
    assert_eq!(error.attempts(), 3);
    assert!(error.is_retryable());
    assert!(
        error
            .to_string()
            .ends_with("HTTP 500 (no request id); 3 attempts"),
        "{error}"
    );
    let none = client(&server)
        .download(signed(&server))
        .retry(RetryPolicy::none());
    assert_eq!(none.bytes(1).await.unwrap_err().attempts(), 1);
    let budget = dingtalk_runtime::RetryBudget::new().burst(0);
    let poor = builder(server.url()).retry_budget(budget).build().unwrap();
    let error = poor.download(signed(&server)).bytes(1).await.unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("the client's retry budget is used up"),
        "{error}"
    );
}

#[tokio::test]
async fn an_endless_error_is_read_to_a_limit() {
    let page = format!("<html>{}", "x".repeat(1 << 20));
    let server = Server::start(move |_, _| Answer::new(404, &[], &page));
    let error = client(&server)
        .download(signed(&server))
        .open()
        .await
        .unwrap_err();
    let message = error.message().unwrap();
    assert!(
        message.starts_with("<html>xxx") && message.len() < 600,
        "{message}"
    );
}

#[tokio::test]
async fn a_host_that_cannot_be_reached_is_an_error_without_the_query() {
    let server = Server::start(|_, _| Answer::new(200, &[], "x"));
    let client = client(&server);
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = nobody.local_addr().unwrap();
    drop(nobody);
    let url = format!("http://{address}/f?Signature=SENTINEL");
    let error = client.download(url).open().await.unwrap_err();
    assert_eq!(error.kind(), Kind::Transport(TransportErrorKind::Connect));
    assert_eq!(error.attempts(), 3);
    no_secret(&format!("{error} {error:?}"));
}
