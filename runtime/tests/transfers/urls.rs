//! Which URLs are called, and how.

use super::*;

/// Everything that a path and a query may hold, escapes in both cases and repeated ones among them.
const TARGET: &str = "/oss/%e4%bd%a0%2F/a+b%20c;v=1,2:3@!$&'()*~-._//?Expires=1&Signature=b%2Bc%3D/+==&a=%e4%bd%a0&&a=%2525\
                      &b=a;b:@!$()*,/?~[]|^`{}\\";

#[tokio::test]
async fn a_signed_url_goes_out_byte_for_byte() {
    let server = Server::start(|_, _| Answer::new(200, &[], "x"));
    let client = client(&server);
    let url = format!("{}{TARGET}", server.url());
    client.download(url.as_str()).bytes(1).await.unwrap();
    client
        .upload(url.as_str(), FilePart::bytes("a", &b"x"[..]))
        .send()
        .await
        .unwrap();
    let targets: Vec<_> = server
        .requests()
        .into_iter()
        .map(|request| request.target)
        .collect();
    assert_eq!(targets, [TARGET, TARGET]);
}

#[tokio::test]
async fn what_no_request_line_can_hold_is_escaped_and_nothing_else() {
    let server = Server::start(|_, _| Answer::new(200, &[], "x"));
    let url = format!(
        "{}/报 告%20.pdf?name=报 告'%27&Signature=b%2Bc%3D",
        server.url()
    );
    client(&server).download(url).bytes(1).await.unwrap();
    assert_eq!(
        server.request().target,
        "/%E6%8A%A5%20%E5%91%8A%20.pdf?name=%E6%8A%A5%20%E5%91%8A%27%27&Signature=b%2Bc%3D"
    );
}

#[tokio::test]
async fn a_url_that_cannot_be_called_as_it_is_is_refused_with_a_reason() {
    let server = Server::start(|_, _| Answer::new(200, &[], "x"));
    let client = client(&server);
    let long = format!("https://h/{}", "x".repeat(70_000));
    for (url, wanted) in [
        (
            "files.example/f?Signature=SENTINEL",
            "must begin with `https://`",
        ),
        ("", "must begin with `https://`"),
        ("ftp://h/f", "found `ftp:`"),
        ("https://", "cannot be read"),
        ("https://u:SENTINEL@h/f", "user name or password"),
        ("https://h/f?Signature=SENTINEL#x", "fragment"),
        ("https://h/f\n?Signature=SENTINEL", "line break"),
        (
            "https://h/a/../f?Signature=SENTINEL",
            "HTTP clients rewrite",
        ),
        ("https://h/a/%2e%2E/f", "HTTP clients rewrite"),
        ("https://h/./f", "HTTP clients rewrite"),
        ("https://h\\f", "HTTP clients rewrite"),
        (
            "http://files.example:9000/f?Signature=SENTINEL",
            "plain http at port 9000",
        ),
        (&long, "70010 bytes, of at most 65534"),
    ] {
        let error = client.download(url).open().await.unwrap_err();
        let said = error.to_string();
        assert_eq!(error.kind(), Kind::Invalid, "{said}");
        assert!(said.contains(wanted), "{url}: {said}");
        assert!(said.contains("not sent: the signed URL "), "{said}");
        no_secret(&said);
    }
    for (name, value, wanted) in [
        ("a b", "x", "`a b` is not a valid header name"),
        (
            "x-a",
            "SENTINEL\n",
            "the header `x-a` contains a line break",
        ),
        (
            "Content-Length",
            "1",
            "the header `content-length` is set by the HTTP client",
        ),
    ] {
        let url = signed(&server).header(name, value);
        let said = client.download(url).open().await.unwrap_err().to_string();
        assert!(said.contains(wanted), "{said}");
        no_secret(&said);
    }
    assert!(server.requests().is_empty());
}

/// The platform gives some URLs with plain http, and object stores take both.
#[tokio::test]
async fn plain_http_to_another_machine_becomes_https_unless_the_client_allows_it() {
    let transport = support::scripted::Scripted::new(|_, request| {
        let scheme = request.url.scheme().to_owned();
        support::scripted::Step::Reply(200, Vec::new(), scheme)
    });
    let builder = || transport.builder();
    let scheme = async |client: Client, url: &str| client.download(url).bytes(9).await.unwrap();
    let strict = builder().build().unwrap();
    assert_eq!(
        scheme(strict.clone(), "http://files.example/f?Signature=b").await,
        "https"
    );
    // This machine's plain http is for clients that call the platform there.
    assert_eq!(scheme(strict, "http://127.0.0.1/f").await, "https");
    let open = builder().allow_http().build().unwrap();
    assert_eq!(scheme(open, "http://files.example:9000/f").await, "http");
    let local = builder().base_url("http://127.0.0.1:9").build().unwrap();
    assert_eq!(scheme(local, "http://localhost:8/f").await, "http");
}

#[test]
fn debug_and_display_show_host_path_and_names_of_headers_alone() {
    let url = SignedUrl::new("https://files.example:8443/a%20b.pdf?Signature=SENTINEL")
        .header("Authorization", "SENTINEL");
    assert_eq!(url.to_string(), "https://files.example:8443/a%20b.pdf");
    assert_eq!(
        format!("{url:?}"),
        "SignedUrl { url: https://files.example:8443/a%20b.pdf, headers: [\"Authorization\"] }"
    );
    assert_eq!(SignedUrl::new("SENTINEL").to_string(), "an unreadable URL");
}
