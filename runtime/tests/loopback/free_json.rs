//! Free JSON: nothing of it is lost on its way in and out.

use std::collections::BTreeMap;

use dingtalk_runtime::generated::{self as m, BODY, FieldInfo, ModelInfo, QUERY};
use dingtalk_runtime::model::{Json, JsonObject};
use dingtalk_runtime::operation::Operation;
use dingtalk_runtime::{ApiError, Call, JsonRequest, json};

use crate::support::Server;
use crate::support::platform::{self, REPLACE};

const ODD: &str =
    r#"{"z":12345678901234567890123,"a":[1.10,-0,1E5,null,true],"m":{"k\n":"\u4e2d\"","":{}}}"#;

fn odd() -> Json {
    ODD.parse().unwrap()
}

#[test]
fn a_text_comes_back_with_its_digits_and_order() {
    let written = ODD.replace("\\u4e2d", "中");
    assert_eq!(odd().to_string(), written);
    assert_eq!(serde_json::to_string(&odd()).unwrap(), written);
    assert_eq!(serde_json::from_str::<Json>(ODD).unwrap(), odd());
    assert_eq!(
        serde_json::from_slice::<Json>(ODD.as_bytes()).unwrap(),
        odd()
    );
    assert_eq!(odd().parse::<Json>().unwrap(), odd());
    let pretty = format!("{:#}", odd());
    assert!(
        pretty.contains("\n  \"z\": 12345678901234567890123,\n"),
        "{pretty}"
    );
    assert_eq!(pretty.parse::<Json>().unwrap(), odd());
    for text in [
        "null",
        "true",
        "-1",
        "0",
        "1.0",
        "\"\"",
        "[]",
        "{}",
        " [ 1 , { } ] ",
    ] {
        let json: Json = text.parse().unwrap();
        assert_eq!(json.to_string(), text.replace(' ', ""));
    }
}

#[test]
fn what_is_no_json_is_refused_and_never_a_panic() {
    for text in [
        "",
        "{",
        "[1,]",
        "{\"a\"}",
        "01",
        "1.",
        "nul",
        "\"",
        "[1 2]",
        "1 2",
        "\"\\ud800\"",
        "{\"a\":1,}",
    ] {
        assert!(text.parse::<Json>().is_err(), "{text}");
        assert!(serde_json::from_str::<Json>(text).is_err(), "{text}");
    }
    let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert!(deep(120).parse::<Json>().is_ok());
    let error = deep(100_000).parse::<Json>().unwrap_err().to_string();
    assert!(error.starts_with("recursion limit exceeded"), "{error}");
}

#[test]
fn values_of_serde_json_and_of_rust_become_free_json() {
    let value = serde_json::json!({"a": [1, 1.5, "x", null, true], "b": {"c": u64::MAX}});
    let free = Json::from(value.clone());
    assert_eq!(free, value);
    assert_eq!(value, free);
    assert_eq!(serde_json::Value::from(free.clone()), value);
    assert_eq!(serde_json::to_value(&free).unwrap(), value);
    assert_eq!(serde_json::from_value::<Json>(value).unwrap(), free);
    assert_eq!(free["a"][2], "x");
    assert_eq!(
        (free["a"][0].as_i64(), free["b"]["c"].as_u64()),
        (Some(1), Some(u64::MAX))
    );
    assert_eq!(free["a"][1], 1.5);
    assert!(free["none"][7]["x"].is_null());
    assert_eq!(Json::from(vec!["a", "b"]), json!(["a", "b"]));
    assert_eq!(Json::from(f64::NAN), Json::Null);
    assert_eq!(
        serde_json::Value::from(odd())["z"],
        1.234_567_890_123_456_8e22
    );
    let huge: Json = "1e400".parse().unwrap();
    assert_eq!(serde_json::Value::from(huge), "1e400");
}

#[test]
fn free_json_is_read_as_types_of_the_users_own() {
    #[derive(serde::Deserialize, serde::Serialize, Debug)]
    struct Mine {
        m: BTreeMap<String, Json>,
        #[serde(flatten)]
        rest: BTreeMap<String, Json>,
    }
    let mine: Mine = json!({"m": {"a": 1}, "x": {"y": [1.5, "s"]}})
        .parse()
        .unwrap();
    assert_eq!(
        (&mine.m["a"], &mine.rest["x"]["y"]),
        (&json!(1), &json!([1.5, "s"]))
    );
    assert_eq!(serde_json::to_value(&mine).unwrap()["x"]["y"][0], 1.5);
    let whole: m::Map<Json> = m::from_slice(ODD.as_bytes()).unwrap();
    assert_eq!(whole["z"], odd()["z"]);
}

#[test]
fn an_object_keeps_its_order_and_its_last_value_of_a_key_counts() {
    let mut object = JsonObject::new();
    object.insert("b", 1);
    object.insert("a", "x");
    assert_eq!(object.insert("b", true), Some(json!(1)));
    assert_eq!(
        Json::from(object.clone()).to_string(),
        r#"{"b":true,"a":"x"}"#
    );
    assert_eq!(Json::from(object.clone()), json!({"a": "x", "b": true}));
    assert_eq!(object.remove("b"), Some(json!(true)));
    assert_eq!((object.len(), object.contains_key("b")), (1, false));
    let twice: Json = r#"{"a":1,"a":2}"#.parse().unwrap();
    assert_eq!(twice["a"], 2);
}

#[derive(Default)]
struct Request {
    filter: Option<Json>,
    body: Option<Json>,
}

impl m::Model for Request {
    fn info(&self) -> &'static ModelInfo {
        &ModelInfo(
            "Request",
            &[FieldInfo("filter", QUERY), FieldInfo("body", BODY)],
        )
    }

    fn get(&self, index: usize) -> &dyn m::Field {
        match index {
            0 => &self.filter,
            _ => &self.body,
        }
    }

    fn get_mut(&mut self, index: usize) -> &mut dyn m::Field {
        match index {
            0 => &mut self.filter,
            _ => &mut self.body,
        }
    }

    fn empty() -> Self {
        Self::default()
    }
}

static SEND: Operation = Operation {
    action: "SendAnything",
    request: Some(m::TypeOf::Rust(<Request as m::Element>::type_of)),
    ..REPLACE
};

#[tokio::test]
async fn a_request_goes_out_with_the_digits_and_the_order_that_it_was_given() {
    let written = ODD.replace("\\u4e2d", "中");
    let server = Server::always(200, serde_json::json!(true));
    let client = platform::client(&server);
    let request = Request {
        filter: Some("[1.10]".parse().unwrap()),
        body: Some(odd()),
    };
    let call: Call<bool, ApiError> = Call::new(&client, &SEND, vec!["r".into()], Some(&request));
    call.await.unwrap();
    let request = JsonRequest::new().path("roomId", "r").body(odd());
    let request = request.query("filter", "[1.10]".parse::<Json>().unwrap());
    client.call_json(&SEND, request).await.unwrap();
    // As before, what `serde_json` makes is taken too.
    let request = JsonRequest::new()
        .path("roomId", "r")
        .body(serde_json::json!([1.5]));
    client.call_json(&SEND, request).await.unwrap();
    let requests = server.requests();
    assert!(
        requests[0].target.ends_with("?filter=%5B1.10%5D"),
        "{}",
        requests[0].target
    );
    assert_eq!(requests[0].target, requests[1].target);
    let bodies = requests
        .into_iter()
        .map(|request| String::from_utf8(request.body).unwrap());
    assert_eq!(
        bodies.collect::<Vec<_>>(),
        [written.as_str(), &written, "[1.5]"]
    );
}
