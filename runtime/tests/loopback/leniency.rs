//! What a reply's values may be instead of what is documented: the table of ARCHITECTURE.md, row by row.

mod model;
mod table;

use dingtalk_runtime::generated::{self as m, BODY, FieldInfo, ModelInfo};
use dingtalk_runtime::operation::Operation;
use dingtalk_runtime::{ApiError, Call, Error, JsonRequest};

use self::model::Row;
use self::table::ROWS;
use self::table::Typed::{Is, Misfit, Unset};
use crate::support::platform::{self, REMOVE};
use crate::support::{Answer, Server};

static READ: Operation = Operation {
    action: "ReadRow",
    reply: dingtalk_runtime::generated::ReplyKind::Json,
    reply_type: Some(m::TypeOf::Rust(<Row as m::Element>::type_of)),
    ..REMOVE
};

fn body(field: &str, found: &str) -> String {
    format!(r#"{{"other": "kept", "{field}": {found}}}"#)
}

fn server(body: impl Into<String>) -> Server {
    let body = body.into();
    Server::start(move |_, _| Answer::new(200, &[], &body))
}

fn typed(client: &dingtalk_runtime::Client) -> Call<Row, ApiError> {
    Call::new(client, &READ, vec!["r".to_owned()], None)
}

#[tokio::test]
async fn each_row_of_the_table_holds_for_typed_calls() {
    for (field, found, expected) in ROWS {
        let row = format!("{field}: {found}");
        let server = server(body(field, found));
        let client = platform::client(&server);
        let reply = typed(&client).send_reply().await;
        let reply = reply.unwrap_or_else(|error| panic!("{row}: {error}"));
        let reported: Vec<_> = reply.misfits().iter().map(ToString::to_string).collect();
        let shown = format!("{:?}", reply.body());
        let (misfits, value) = match expected {
            Is(value) => (vec![], Some(*value)),
            Unset => (vec![], None),
            Misfit(misfit, value) => (vec![*misfit], *value),
        };
        assert_eq!(reported, misfits, "{row}");
        let rest = value.map_or(String::new(), |value| format!(", {field}: {value}"));
        assert_eq!(shown, format!(r#"Row {{ other: "kept"{rest} }}"#), "{row}");
    }
}

#[tokio::test]
async fn a_call_by_name_gives_each_value_as_it_came() {
    for (field, found, _) in ROWS {
        let server = server(body(field, found));
        let client = platform::client(&server);
        let request = JsonRequest::new().path("roomId", "r");
        let reply = client.call_json(&READ, request).send_reply().await.unwrap();
        assert!(reply.misfits().is_empty());
        let found: serde_json::Value = serde_json::from_str(found).unwrap();
        assert_eq!(reply.body()[*field], found, "{field}");
    }
}

/// `serde_json` refuses such a number wherever it is.
#[tokio::test]
async fn a_number_that_no_type_holds_loses_nothing_but_itself() {
    for field in ["number", "integer"] {
        let server = server(body(field, "1e400"));
        let reply = typed(&platform::client(&server))
            .send_reply()
            .await
            .unwrap();
        assert_eq!(format!("{:?}", reply.body()), r#"Row { other: "kept" }"#);
        let reported: Vec<_> = reply.misfits().iter().map(ToString::to_string).collect();
        let article = if field == "integer" { "an" } else { "a" };
        assert_eq!(
            reported,
            [format!("{field}: expected {article} {field}, found 1e400")]
        );
    }
}

#[tokio::test]
async fn a_reply_of_which_nothing_fits_is_an_error() {
    for (body, message) in [
        (
            r#"{"integer": "x"}"#,
            r#"integer: expected an integer, found "x""#,
        ),
        (
            r#"{"objects": [{"height": "x"}, {}], "list": 1}"#,
            r#"objects[0].height: expected an integer, found "x""#,
        ),
        ("[]", "expected an object, found a list"),
        (r#""""#, r#"expected an object, found """#),
        (r#""{}""#, r#"expected an object, found "{}""#),
        ("null", "expected an object, found null"),
    ] {
        let server = server(body);
        let error = typed(&platform::client(&server)).send().await.unwrap_err();
        assert!(matches!(&error, Error::Decode(_)), "{body}: {error:?}");
        assert!(error.to_string().contains(message), "{body}: {error}");
    }
}

#[tokio::test]
async fn at_most_a_hundred_misfits_are_kept() {
    let items = vec!["{}"; 1000].join(",");
    let server = server(body("list", &format!("[{items}]")));
    let reply = typed(&platform::client(&server))
        .send_reply()
        .await
        .unwrap();
    assert_eq!(reply.misfits().len(), 100);
    assert_eq!(reply.misfits()[99].path(), "list[99]");
}

#[tokio::test]
async fn no_misfit_shows_a_secret_that_was_sent() {
    let server = server(body("integer", r#""the-token is not a number""#));
    let reply = typed(&platform::client(&server))
        .send_reply()
        .await
        .unwrap();
    assert_eq!(reply.misfits()[0].found(), r#""*** is not a number""#);
    assert!(!format!("{reply:?}").contains("the-token"));
}

/// Numbers whose digits count, in strings and in free JSON.
#[tokio::test]
async fn digits_and_the_order_of_keys_stay_as_they_came() {
    let long = "123456789012345678901234567890";
    let free = format!(r#"{{"z":{long},"a":[1.10,-0,1e400],"m":{{"y":1,"b":2}}}}"#);
    let body = format!(
        r#"{{"string": 1.10, "list": ["a", {long}, 1e3], "stringEnum": {long}, "integers": [{long}, 2],
            "object": {long}, "map": {{"k": {long}}}, "number": 1.50, "secret": {long}, "json": {free}}}"#
    );
    let server = server(body.clone());
    let client = platform::client(&server);
    let reply = typed(&client).send_reply().await.unwrap();
    let row = reply.body();
    assert_eq!(row.string.as_deref(), Some("1.10"));
    assert_eq!(row.list.clone().unwrap(), ["a", long, "1e3"]);
    assert_eq!(row.string_enum.as_ref().unwrap().as_str(), long);
    assert_eq!(row.integers.clone().unwrap(), [2]);
    assert_eq!(row.number.unwrap().to_bits(), 1.5_f64.to_bits());
    assert_eq!(row.json.as_ref().unwrap().to_string(), free);
    let reported: Vec<_> = reply.misfits().iter().map(ToString::to_string).collect();
    assert_eq!(
        reported,
        [
            format!("integers[0]: expected an integer, found {long}"),
            format!("object: expected an object, found {long}"),
            format!("map.k: expected an integer, found {long}"),
            "secret: expected an integer, found a number".to_owned(),
        ]
    );
    let by_name = JsonRequest::new().path("roomId", "r");
    let reply = client.call_json(&READ, by_name).send().await.unwrap();
    assert_eq!(reply["json"].to_string(), free);
    assert_eq!(reply["list"][1].to_string(), long);
    let keys: Vec<_> = reply.as_object().unwrap().keys().take(3).collect();
    assert_eq!(keys, ["string", "list", "stringEnum"]);
}

#[derive(Default)]
struct Flagged {
    success: Option<bool>,
}

impl m::Model for Flagged {
    fn info(&self) -> &'static ModelInfo {
        &ModelInfo("Flagged", &[FieldInfo("success", BODY | m::SUCCESS_FLAG)])
    }

    fn get(&self, _: usize) -> &dyn m::Field {
        &self.success
    }

    fn get_mut(&mut self, _: usize) -> &mut dyn m::Field {
        &mut self.success
    }

    fn empty() -> Self {
        Self::default()
    }
}

#[tokio::test]
async fn a_zero_where_the_reply_says_whether_the_call_worked_is_no_success() {
    for found in ["0", r#""0""#, r#""FALSE""#, "2", "{}"] {
        let server = server(format!(r#"{{"success": {found}}}"#));
        let client = platform::client(&server);
        let path = vec!["r".to_owned()];
        let call: Call<Flagged, ApiError> = Call::new(&client, &READ, path, None);
        let error = call.await.err().unwrap();
        assert!(matches!(&error, Error::Decode(_)), "{found}: {error:?}");
        assert!(error.to_string().contains("success: "), "{error}");
    }
}
