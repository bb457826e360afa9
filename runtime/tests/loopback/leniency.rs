//! What a reply's values may be instead of what is documented: the table of ARCHITECTURE.md, row by row.

use dingtalk_runtime::generated::{self as m, BODY, FieldInfo, JSON_STRING, ModelInfo, SECRET};
use dingtalk_runtime::operation::Operation;
use dingtalk_runtime::{ApiError, Call, Error, JsonRequest};

use crate::model_sample::{Level, Mode};
use crate::support::platform::{self, REMOVE};
use crate::support::{Answer, Server};

#[derive(Default)]
struct Row {
    other: Option<String>,
    string: Option<String>,
    integer: Option<i64>,
    number: Option<f64>,
    boolean: Option<bool>,
    string_enum: Option<Mode>,
    integer_enum: Option<Level>,
    list: Option<Vec<String>>,
    integers: Option<Vec<i64>>,
    object: Option<Size>,
    objects: Option<Vec<Size>>,
    map: Option<m::Map<i64>>,
    json_string: Option<Size>,
    json: Option<m::Json>,
    secret: Option<i64>,
}

impl m::Model for Row {
    fn info(&self) -> &'static ModelInfo {
        &ModelInfo(
            "Row",
            &[
                FieldInfo("other", BODY),
                FieldInfo("string", BODY),
                FieldInfo("integer", BODY),
                FieldInfo("number", BODY),
                FieldInfo("boolean", BODY),
                FieldInfo("stringEnum", BODY),
                FieldInfo("integerEnum", BODY),
                FieldInfo("list", BODY),
                FieldInfo("integers", BODY),
                FieldInfo("object", BODY),
                FieldInfo("objects", BODY),
                FieldInfo("map", BODY),
                FieldInfo("jsonString", BODY | JSON_STRING),
                FieldInfo("json", BODY),
                FieldInfo("secret", BODY | SECRET),
            ],
        )
    }

    fn get(&self, index: usize) -> &dyn m::Field {
        match index {
            0 => &self.other,
            1 => &self.string,
            2 => &self.integer,
            3 => &self.number,
            4 => &self.boolean,
            5 => &self.string_enum,
            6 => &self.integer_enum,
            7 => &self.list,
            8 => &self.integers,
            9 => &self.object,
            10 => &self.objects,
            11 => &self.map,
            12 => &self.json_string,
            13 => &self.json,
            _ => &self.secret,
        }
    }

    fn get_mut(&mut self, index: usize) -> &mut dyn m::Field {
        match index {
            0 => &mut self.other,
            1 => &mut self.string,
            2 => &mut self.integer,
            3 => &mut self.number,
            4 => &mut self.boolean,
            5 => &mut self.string_enum,
            6 => &mut self.integer_enum,
            7 => &mut self.list,
            8 => &mut self.integers,
            9 => &mut self.object,
            10 => &mut self.objects,
            11 => &mut self.map,
            12 => &mut self.json_string,
            13 => &mut self.json,
            _ => &mut self.secret,
        }
    }

    fn empty() -> Self {
        Self::default()
    }
}

m::model!(Row);

#[derive(Default)]
struct Size {
    height: Option<i64>,
    label: Option<String>,
}

impl m::Model for Size {
    fn info(&self) -> &'static ModelInfo {
        &ModelInfo(
            "Size",
            &[FieldInfo("height", BODY), FieldInfo("label", BODY)],
        )
    }

    fn get(&self, index: usize) -> &dyn m::Field {
        match index {
            0 => &self.height,
            _ => &self.label,
        }
    }

    fn get_mut(&mut self, index: usize) -> &mut dyn m::Field {
        match index {
            0 => &mut self.height,
            _ => &mut self.label,
        }
    }

    fn empty() -> Self {
        Self::default()
    }
}

m::model!(Size);

static READ: Operation = Operation {
    action: "ReadRow",
    reply: dingtalk_runtime::generated::ReplyKind::Json,
    reply_type: Some(m::TypeOf::Rust(<Row as m::Element>::type_of)),
    ..REMOVE
};

/// What a typed call makes of a value.
enum Typed {
    /// The field as `Debug` shows it.
    Is(&'static str),
    /// Nothing: the field is unset, and that is as it should be.
    Unset,
    /// The value is left out and reported: where, what was expected, what was found. The field is then as given.
    Misfit(&'static str, Option<&'static str>),
}
use Typed::{Is, Misfit, Unset};

/// Documented as, found, and what a typed call gives.
const ROWS: &[(&str, &str, Typed)] = &[
    ("string", r#""""#, Is(r#""""#)),
    ("string", r#""text""#, Is(r#""text""#)),
    ("string", "null", Unset),
    ("string", "12", Is(r#""12""#)),
    (
        "string",
        "18446744073709551615",
        Is(r#""18446744073709551615""#),
    ),
    ("string", "true", Is(r#""true""#)),
    (
        "string",
        "{}",
        Misfit("string: expected a string, found an object", None),
    ),
    (
        "string",
        "[1]",
        Misfit("string: expected a string, found a list", None),
    ),
    ("integer", r#""""#, Unset),
    ("integer", "null", Unset),
    ("integer", r#""-7""#, Is("-7")),
    ("integer", "3.0", Is("3")),
    ("integer", r#""3.0""#, Is("3")),
    ("integer", "9223372036854775807", Is("9223372036854775807")),
    (
        "integer",
        "9223372036854775808",
        Misfit(
            "integer: expected an integer, found 9223372036854775808",
            None,
        ),
    ),
    (
        "integer",
        "1.5",
        Misfit("integer: expected an integer, found 1.5", None),
    ),
    (
        "integer",
        r#""x""#,
        Misfit(r#"integer: expected an integer, found "x""#, None),
    ),
    (
        "integer",
        "true",
        Misfit("integer: expected an integer, found true", None),
    ),
    (
        "integer",
        "{}",
        Misfit("integer: expected an integer, found an object", None),
    ),
    ("number", r#""""#, Unset),
    ("number", "null", Unset),
    ("number", "7", Is("7.0")),
    ("number", r#""1.5""#, Is("1.5")),
    (
        "number",
        r#""NaN""#,
        Misfit(r#"number: expected a number, found "NaN""#, None),
    ),
    (
        "number",
        "false",
        Misfit("number: expected a number, found false", None),
    ),
    ("boolean", r#""""#, Unset),
    ("boolean", "null", Unset),
    ("boolean", "1", Is("true")),
    ("boolean", "0", Is("false")),
    ("boolean", r#""1""#, Is("true")),
    ("boolean", r#""0""#, Is("false")),
    ("boolean", r#""true""#, Is("true")),
    ("boolean", r#""False""#, Is("false")),
    (
        "boolean",
        "2",
        Misfit("boolean: expected a boolean, found 2", None),
    ),
    (
        "boolean",
        r#""yes""#,
        Misfit(r#"boolean: expected a boolean, found "yes""#, None),
    ),
    ("stringEnum", r#""grid""#, Is(r#""grid""#)),
    ("stringEnum", r#""later""#, Is(r#""later""#)),
    ("stringEnum", r#""""#, Is(r#""""#)),
    ("stringEnum", "5", Is(r#""5""#)),
    ("stringEnum", "null", Unset),
    (
        "stringEnum",
        "[]",
        Misfit("stringEnum: expected a string, found a list", None),
    ),
    ("integerEnum", r#""40""#, Is("40")),
    ("integerEnum", "41", Is("41")),
    ("integerEnum", r#""""#, Unset),
    (
        "integerEnum",
        r#""low""#,
        Misfit(r#"integerEnum: expected an integer, found "low""#, None),
    ),
    ("list", r#""""#, Unset),
    ("list", "null", Unset),
    ("list", "[]", Is("[]")),
    (
        "list",
        r#"["a", 2, null, "", true]"#,
        Is(r#"["a", "2", "", "true"]"#),
    ),
    ("list", r#""[\"a\", 2]""#, Is(r#"["a", "2"]"#)),
    (
        "list",
        r#"["a", {}]"#,
        Misfit(
            "list[1]: expected a string, found an object",
            Some(r#"["a"]"#),
        ),
    ),
    (
        "list",
        r#""a,b""#,
        Misfit(r#"list: expected a list, found "a,b""#, None),
    ),
    (
        "list",
        "{}",
        Misfit("list: expected a list, found an object", None),
    ),
    ("list", "1", Misfit("list: expected a list, found 1", None)),
    (
        "list",
        r#""[1""#,
        Misfit(
            "list: expected a list, found a string of invalid JSON (EOF while parsing a list)",
            None,
        ),
    ),
    ("integers", r#"[1, "", "2", null]"#, Is("[1, 2]")),
    (
        "integers",
        r#"[1, "x"]"#,
        Misfit(
            r#"integers[1]: expected an integer, found "x""#,
            Some("[1]"),
        ),
    ),
    ("object", r#""""#, Unset),
    ("object", "null", Unset),
    ("object", r#"{"height": 1}"#, Is("Size { height: 1 }")),
    ("object", r#""{\"height\":1}""#, Is("Size { height: 1 }")),
    (
        "object",
        r#""x""#,
        Misfit(r#"object: expected an object, found "x""#, None),
    ),
    (
        "object",
        "[]",
        Misfit("object: expected an object, found a list", None),
    ),
    (
        "object",
        "[[{}]]",
        Misfit("object: expected an object, found a list", None),
    ),
    (
        "object",
        r#"{"height": "x", "label": "l"}"#,
        Misfit(
            r#"object.height: expected an integer, found "x""#,
            Some(r#"Size { label: "l" }"#),
        ),
    ),
    (
        "object",
        r#""{\"height\":[],\"label\":\"l\"}""#,
        Misfit(
            "object.height: expected an integer, found a list",
            Some(r#"Size { label: "l" }"#),
        ),
    ),
    (
        "objects",
        r#"[{"height": 1}, {"height": {"a": [1]}, "label": "l"}, {"height": 3}]"#,
        Misfit(
            "objects[1].height: expected an integer, found an object",
            Some(r#"[Size { height: 1 }, Size { label: "l" }, Size { height: 3 }]"#),
        ),
    ),
    (
        "objects",
        r#"[{"height": 1}, 2]"#,
        Misfit(
            "objects[1]: expected an object, found 2",
            Some("[Size { height: 1 }]"),
        ),
    ),
    ("map", r#""""#, Unset),
    (
        "map",
        r#"{"a": 1, "b": "2", "c": null, "d": ""}"#,
        Is(r#"{"a": 1, "b": 2}"#),
    ),
    ("map", r#""{\"a\":1}""#, Is(r#"{"a": 1}"#)),
    (
        "map",
        r#"{"a": 1, "b": "x"}"#,
        Misfit(
            r#"map.b: expected an integer, found "x""#,
            Some(r#"{"a": 1}"#),
        ),
    ),
    (
        "map",
        "[]",
        Misfit("map: expected an object, found a list", None),
    ),
    (
        "jsonString",
        r#""{\"height\":1}""#,
        Is("Size { height: 1 }"),
    ),
    ("jsonString", r#"{"height":1}"#, Is("Size { height: 1 }")),
    ("jsonString", r#""""#, Unset),
    (
        "jsonString",
        r#""{""#,
        Misfit(
            "jsonString: expected an object, found a string of invalid JSON (EOF while parsing an object)",
            None,
        ),
    ),
    (
        "jsonString",
        "1",
        Misfit("jsonString: expected an object, found 1", None),
    ),
    ("json", r#""""#, Is(r#""""#)),
    ("json", "null", Unset),
    ("json", r#"{"a":[1,"x",null]}"#, Is(r#"{"a":[1,"x",null]}"#)),
    (
        "secret",
        r#""hidden""#,
        Misfit("secret: expected an integer, found a string", None),
    ),
];

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
