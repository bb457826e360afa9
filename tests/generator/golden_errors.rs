//! Errors of the golden operations: variants, details and flags.

use dingtalk_api::model::Json;
use dingtalk_api::{Call, Client, Error, OperationError, RetryPolicy};

use crate::constructs_1_0::{self, Constructs1_0, errors, get_values, nested, put_list};
use crate::support::{Answer, Spec, StandIn, project};

#[test]
fn rows_with_one_code_share_a_variant_unless_they_are_named() {
    let variants: Vec<_> = errors::operation()
        .error_rows()
        .map(|row| (row.status, row.code, row.variant))
        .collect();
    assert_eq!(
        variants,
        [
            (400, "invalid.value", 0),
            (500, "invalid.value", 0),
            (400, "invalid.value", 1),
            (429, "too_fast", 2),
            (403, "other", 3),
            (404, "10001", 4),
        ]
    );
}

#[test]
fn operations_that_document_the_same_errors_share_one_enum_and_have_types_of_their_own() {
    use crate::pages_1_0::list_by_token::{ListByTokenError, ListByTokenErrors};
    use crate::pages_1_0::list_inside::{ListInsideError, ListInsideErrors};
    use crate::pages_1_0::list_plainly::ListPlainlyError;

    // Whatever the operation, it is this enum: else this does not compile.
    fn number<const OPERATION: u64>(_: fn(ListByTokenErrors<OPERATION>)) -> u64 {
        OPERATION
    }
    let by_token = number(|_: ListByTokenError| ());
    let plainly = number(|_: ListPlainlyError| ());
    assert_ne!(by_token, plainly);
    // The text of its row is another, and so the documentation of the variant.
    let _: fn(ListInsideError) = |error| match error {
        ListInsideErrors::NoFolder(_) | ListInsideErrors::Other(_) => {}
    };
}

#[tokio::test]
async fn a_reply_that_says_it_failed_is_an_error_where_the_spec_says_so() {
    let stand_in = StandIn::start(Spec::read(&project("tests/golden/spec"))).unwrap();
    stand_in.accept_token("t");
    let client = Client::builder()
        .base_url(stand_in.url())
        .token("t")
        .build()
        .unwrap();
    let call = |body: &str| {
        let answer = Answer::Raw(200, "application/json", body.as_bytes().to_vec());
        stand_in.answer_next("constructs_1_0", "DeleteFlagged", answer);
        Constructs1_0::new(&client).delete_flagged().send()
    };
    let error = call(r#"{"success":false,"code":"full","message":"no room"}"#)
        .await
        .unwrap_err();
    assert_eq!(
        (error.status(), error.code(), error.message()),
        (Some(200), Some("full"), "no room")
    );
    let error = call(r#"{"success":false}"#).await.unwrap_err();
    assert!(error.to_string().contains("`success: false`"), "{error}");
    let body = r#"{"success":true,"parts":[{"id":"a","success":true},{"success":false,"subErrCode":"c","errorMsg":"m"}]}"#;
    let reply = call(body).await.unwrap();
    let failed: Vec<_> = reply.failed().iter().map(ToString::to_string).collect();
    assert_eq!(failed, ["parts[1] failed: code c: m"]);
    let reply = call(r#"{"success":true,"result":"false"}"#).await.unwrap();
    assert_eq!(
        (reply.success, reply.result.as_deref()),
        (Some(true), Some("false"))
    );
}

#[tokio::test]
async fn a_row_of_the_error_table_is_a_variant_with_its_detail() {
    use errors::ErrorsError;
    let stand_in = StandIn::start(Spec::read(&project("tests/golden/spec"))).unwrap();
    stand_in.accept_token("t");
    let client = Client::builder()
        .base_url(stand_in.url())
        .token("t")
        // One of the rows is throttling.
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    let mut seen = Vec::new();
    for row in 0..errors::operation().errors.len() {
        stand_in.answer_next("constructs_1_0", "Errors", Answer::ErrorRow(row));
        let error = match Constructs1_0::new(&client).errors().await.unwrap_err() {
            Error::Api(error) => error,
            other => panic!("{other}"),
        };
        let name = match &error {
            ErrorsError::InvalidValue(_) => "InvalidValue",
            ErrorsError::TooLong(_) => "TooLong",
            ErrorsError::TooFast(_) => "TooFast",
            ErrorsError::OtherCode(_) => "OtherCode",
            ErrorsError::Code10001(_) => "Code10001",
            _ => "Other",
        };
        seen.push((error.api().status(), name));
    }
    assert_eq!(
        seen,
        [
            (400, "InvalidValue"),
            (500, "InvalidValue"),
            (400, "TooLong"),
            (429, "TooFast"),
            (403, "OtherCode"),
            (404, "Code10001"),
        ]
    );
}

/// What a user writes about the errors of an operation: it compiles before the first code is documented and after.
macro_rules! users_program {
    ($program:ident, $operation:ident, $($error:ident)::+) => {
        mod $program {
            use crate::$($error)::+ as TheError;

            use super::{Call, Client, Constructs1_0, Error, OperationError};

            pub(super) async fn run(client: &Client) -> Result<(), Error> {
                let call: Call<_, TheError> = super::$operation(Constructs1_0::new(client));
                let outcome: Result<_, Error<TheError>> = call.send().await;
                match &outcome {
                    Ok(_) => {}
                    Err(Error::Api(TheError::Other(error))) => assert_eq!(error.code(), "odd"),
                    Err(error) => panic!("{error} {error:?}"),
                }
                if let Err(Error::Api(error)) = &outcome {
                    let copy: Box<dyn std::error::Error + Send + Sync> = error.clone().into();
                    assert_eq!(copy.to_string(), error.api().to_string());
                }
                Ok(outcome.map(drop)?)
            }
        }
    };
}

fn errors(service: Constructs1_0<'_>) -> Call<(), errors::ErrorsError> {
    service.errors()
}

fn call_open(service: Constructs1_0<'_>) -> Call<Json, constructs_1_0::call_open::CallOpenError> {
    service.call_open()
}

users_program!(documented, errors, constructs_1_0::errors::ErrorsError);
users_program!(
    undocumented,
    call_open,
    constructs_1_0::call_open::CallOpenError
);

#[tokio::test]
async fn a_program_on_an_operations_errors_is_the_same_before_its_first_documented_code_and_after()
{
    let stand_in = StandIn::start(Spec::read(&project("tests/golden/spec"))).unwrap();
    stand_in.accept_token("t");
    let client = Client::builder()
        .base_url(stand_in.url())
        .token("t")
        .retry(RetryPolicy::none())
        .build()
        .unwrap();
    let odd = || Answer::Raw(400, "application/json", br#"{"code":"odd"}"#.to_vec());
    stand_in.answer_next("constructs_1_0", "Errors", odd());
    stand_in.answer_next("constructs_1_0", "CallOpen", odd());
    for outcome in [
        documented::run(&client).await,
        undocumented::run(&client).await,
    ] {
        assert_eq!(outcome.unwrap_err().code(), Some("odd"));
    }
}

/// Each operation's error is a type of its own, also without documented codes: were two the same, so would be their impls.
#[allow(dead_code)]
trait Named {}
impl Named for get_values::GetValuesError {}
impl Named for put_list::PutListError {}
impl Named for nested::NestedError {}
