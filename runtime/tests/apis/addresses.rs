//! The addresses of the APIs.

use super::*;

#[tokio::test]
async fn a_client_with_an_address_of_one_api_alone_calls_no_other() {
    let server = Server::always(200, found());
    let client = ClientBuilder::<Client>::new(&platform::PLATFORM)
        .base_url(server.url())
        .token("t");
    let client = client.build().unwrap();
    assert_eq!(client.base_url_of("oapi"), None);
    let error = get(&client).await.unwrap_err();
    assert!(
        error.to_string().contains("`.base_url_of(\"oapi\", ..)`"),
        "{error}"
    );
    assert!(server.requests().is_empty());

    let client = ClientBuilder::<Client>::new(&platform::PLATFORM)
        .base_url(server.url())
        .server("only");
    let client = client.token("t").build().unwrap();
    assert_eq!(client.base_url_of("oapi"), Some("https://old.example.com"));
}

#[test]
fn addresses_are_of_apis_that_there_are() {
    let builder = || ClientBuilder::<Client>::new(&platform::PLATFORM);
    let error = builder()
        .base_url_of("ancient", "https://a")
        .build()
        .unwrap_err();
    assert!(
        error
            .to_string()
            .contains("`ancient` is not one of the APIs: api, oapi"),
        "{error}"
    );
    let error = builder()
        .base_url("https://a")
        .base_url_of("oapi", "https://b")
        .server("only")
        .build();
    assert!(
        error
            .unwrap_err()
            .to_string()
            .contains("`server` is set too")
    );
    let error = builder()
        .base_url_of("oapi", "http://example.com")
        .build()
        .unwrap_err();
    assert!(error.to_string().contains("plain http"), "{error}");
}
