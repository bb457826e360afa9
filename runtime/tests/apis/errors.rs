//! Error codes, which come with the status 200.

use super::*;

#[tokio::test]
async fn a_code_is_an_error_with_the_status_200_and_takes_the_operations_row() {
    let error =
        answered(r#"{"errcode":33012,"errmsg":"invalid userId:0123","request_id":"r9"}"#).await;
    let Error::Api(GetUserError::Code33012(said)) = &error else {
        panic!("{error:?}")
    };
    assert_eq!((said.code(), said.detail()), ("33012", Some("0123")));
    assert_eq!((said.status(), said.request_id()), (200, Some("r9")));
}

#[tokio::test]
async fn the_sub_code_is_the_code_where_the_code_only_says_so() {
    let body = r#"{"errcode":88,"errmsg":"ding talk error","sub_code":"33012","sub_msg":"invalid userId:x"}"#;
    let error = answered(body).await;
    assert!(
        matches!(error, Error::Api(GetUserError::Code33012(_))),
        "{error:?}"
    );
    assert_eq!(error.message(), "invalid userId:x");
    let error = answered(r#"{"errcode":88,"errmsg":"no more is known"}"#).await;
    assert_eq!(
        (error.code(), error.message()),
        (Some("88"), "no more is known")
    );
    let error = answered(r#"{"errcode":5,"errmsg":"a","sub_code":"33012"}"#).await;
    assert_eq!(error.code(), Some("5"), "only 88 gives way");
}

#[tokio::test]
async fn common_codes_have_the_classes_of_their_api() {
    for (code, class) in [
        ("60011", ErrorClass::Permission),
        ("90018", ErrorClass::Throttled),
        ("90020", ErrorClass::Quota),
        ("40089", ErrorClass::Credentials),
        ("40014", ErrorClass::TokenRejected),
        ("-1", ErrorClass::Transient),
    ] {
        for body in [
            format!(r#"{{"errcode":{code},"errmsg":"m"}}"#),
            format!(r#"{{"errcode":88,"errmsg":"m","sub_code":"{code}","sub_msg":"s"}}"#),
        ] {
            let error = answered(&body).await;
            assert_eq!(
                (error.class(), error.code()),
                (Some(class), Some(code)),
                "{body}"
            );
            let fits = match class {
                ErrorClass::Permission => matches!(error, Error::Permission(_)),
                ErrorClass::Throttled => matches!(error, Error::Throttled(_)),
                ErrorClass::Quota => matches!(error, Error::Quota(_)),
                ErrorClass::Transient => matches!(error, Error::Api(_)) && error.is_retryable(),
                _ => matches!(error, Error::Authentication(_)),
            };
            assert!(fits, "{error:?}");
        }
    }
}
