//! Files that are refused before anything is sent.

use super::*;

/// The mistake of a call that sends nothing.
async fn mistake(kind: Type, file: FilePart) -> String {
    let server = Server::always(200, done());
    let request = UploadPhotoRequest::new(kind, file);
    let error = upload(&client(&server), request).await.unwrap_err();
    assert!(matches!(error, Error::InvalidArgument(_)), "{error}");
    assert_eq!(server.requests().len(), 0);
    error.message().to_owned()
}

#[tokio::test]
async fn a_file_that_cannot_be_sent_is_refused_before_anything_is_sent() {
    let empty = Temporary::new("empty.png", b"");
    let path = empty.0.display();
    let folder = empty.0.parent().unwrap();
    let found = mistake(Type::Image, FilePart::path(&empty.0)).await;
    assert_eq!(
        found,
        "`media` must not be empty, found 0 bytes in \"empty.png\""
    );
    let found = mistake(Type::Image, png(b"")).await;
    assert_eq!(
        found,
        "`media` must not be empty, found 0 bytes in \"a.png\""
    );
    let found = mistake(Type::Image, FilePart::path(folder)).await;
    let wanted = format!(
        "`media` must be a file, found a folder: {}",
        folder.display()
    );
    assert_eq!(found, wanted);
    let found = mistake(Type::Image, FilePart::path(folder.join("none.png"))).await;
    let wanted = format!("`media` cannot be read: {}/none.png: ", folder.display());
    assert!(found.starts_with(&wanted), "{found}");
    let found = mistake(Type::Image, FilePart::bytes("", &b"x"[..])).await;
    assert_eq!(found, "`media` has no file name: set one with `.name(..)`");
    let found = mistake(Type::Image, png(b"x").content_type("a\r\nb: c")).await;
    assert_eq!(
        found,
        "`media` has a content type that contains a line break or another control character"
    );
    #[cfg(unix)]
    {
        let found = mistake(Type::Image, FilePart::path("/dev/null").name("a.png")).await;
        assert_eq!(found, "`media` must be a regular file: /dev/null");
    }
    assert!(path.to_string().ends_with("empty.png"));
}

#[tokio::test]
async fn limits_follow_the_field_that_they_depend_on() {
    let large = Temporary::zeros(1001);
    let found = mistake(Type::Image, FilePart::path(&large.0)).await;
    assert_eq!(
        found,
        "`media` must have at most 1000 bytes where `type` is `image`, found 1001"
    );
    let found = mistake(Type::Voice, FilePart::reader("a", 21, tokio::io::empty())).await;
    assert_eq!(
        found,
        "`media` must have at most 20 bytes where `type` is `voice`, found 21"
    );
    let found = mistake(Type::Image, FilePart::bytes("a.pdf", &b"x"[..])).await;
    assert_eq!(
        found,
        "`media` must have a name that ends in .jpg or .png where `type` is `image`, found \"a.pdf\""
    );
    // An unknown value has no known limits.
    let server = Server::always(200, done());
    let request = UploadPhotoRequest::new("new".into(), FilePart::path(&large.0));
    upload(&client(&server), request).await.unwrap();
}

#[tokio::test]
async fn all_mistakes_of_files_are_reported_at_once() {
    let server = Server::always(200, done());
    let request = UploadPhotoRequest::new(Type::Image, FilePart::bytes("a.pdf", &b"x"[..]))
        .thumbnail(FilePart::bytes("b.png", vec![0; 101]));
    let error = upload(&client(&server), request).await.unwrap_err();
    let Error::InvalidArgument(error) = error else {
        panic!("{error}");
    };
    let found: Vec<_> = error.mistakes().map(|(field, _)| field).collect();
    assert_eq!(found, ["media", "thumbnail"]);
    let limit = "must have at most 100 bytes, found 101";
    assert_eq!(error.mistakes().nth(1), Some(("thumbnail", limit)));
}

#[tokio::test]
async fn files_of_a_call_by_name_are_checked_like_other_values() {
    let server = Server::always(200, done());
    let client = client(&server);
    let mistakes = async |request: JsonRequest| {
        let error = client.call_json(operation(), request).send().await;
        error.unwrap_err().message().to_owned()
    };
    let body = json!({"type": "image"});
    let request = JsonRequest::new().body(body.clone());
    assert_eq!(mistakes(request.clone()).await, "`body.media` is required");
    assert_eq!(
        mistakes(request.file("medium", png(b"x"))).await,
        "`body.media` is required; `files.medium` is not a field that takes a file; did you mean `media`?"
    );
    let request = JsonRequest::new().body(json!({"type": "image", "media": "a.png"}));
    assert_eq!(
        mistakes(request).await,
        "`body.media` must be a file, set with `.file(..)`, found the string \"a.png\""
    );
    let request = JsonRequest::new()
        .body(body.clone())
        .file("tags", png(b"x"));
    assert_eq!(
        mistakes(request).await,
        "`body.media` is required; `files.tags` is not a file"
    );
    let request = JsonRequest::new().body(body.clone());
    let too_large = request.file("media", FilePart::bytes("a.png", vec![0; 1001]));
    assert_eq!(
        mistakes(too_large.clone()).await,
        "`media` must have at most 1000 bytes where `type` is `image`, found 1001"
    );
    assert_eq!(server.requests().len(), 0);
    // Without checks, the server decides.
    let call = client.call_json(operation(), too_large.unchecked());
    call.send().await.unwrap();
}

#[tokio::test]
async fn a_length_that_means_not_known_and_a_name_with_a_control_character_are_refused() {
    let server = Server::always(200, done());
    let endless = FilePart::reader("a.png", u64::MAX, &b"abc"[..]);
    let hidden = png(b"abc").name("a.exe\0.png");
    for (part, expected) in [
        (endless, "bytes, found 18446744073709551615"),
        (hidden, "has a file name with a control character"),
    ] {
        let error = upload_file(&client(&server), part).await.unwrap_err();
        assert!(error.message().contains(expected), "{error}");
    }
    assert!(server.requests().is_empty());
}
