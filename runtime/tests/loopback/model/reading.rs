//! What the codec reads, and what it refuses.

use super::*;

#[test]
fn scalars_are_lenient_without_loss() {
    assert_eq!(
        item(r#""name":12345678901234567890"#).name.unwrap(),
        "12345678901234567890"
    );
    assert_eq!(item(r#""name":-5"#).name.unwrap(), "-5");
    assert_eq!(item(r#""name":1.5"#).name.unwrap(), "1.5");
    assert_eq!(item(r#""name":true"#).name.unwrap(), "true");
    assert_eq!(item(r#""mode":5"#).mode.unwrap().as_str(), "5");
    assert_eq!(item(r#""id":"9223372036854775807""#).id.unwrap(), i64::MAX);
    assert_eq!(item(r#""id":-9223372036854775808"#).id.unwrap(), i64::MIN);
    assert_eq!(item(r#""id":3.0"#).id.unwrap(), 3);
    assert_eq!(item(r#""id":"3.0""#).id.unwrap(), 3);
    assert_eq!(item(r#""level":"40""#).level.unwrap(), Level::Urgent);
    assert_eq!(
        item(r#""weight":"1e3""#).weight.unwrap().to_bits(),
        1000_f64.to_bits()
    );
    assert_eq!(
        item(r#""weight":7"#).weight.unwrap().to_bits(),
        7_f64.to_bits()
    );
    assert_eq!(item(r#""done":"true""#).done, Some(true));
    assert_eq!(item(r#""done":"false""#).done, Some(false));
}

#[test]
fn what_is_not_lenient_is_an_error_with_its_path() {
    for (field, message) in [
        (r#""id":"abc""#, r#"id: expected an integer, found "abc""#),
        (r#""id":1.5"#, "id: expected an integer, found 1.5"),
        (
            r#""id":9223372036854775808"#,
            "id: expected an integer, found 9223372036854775808",
        ),
        (
            r#""id":9007199254740993.0"#,
            "id: expected an integer, found 9007199254740992.0",
        ),
        (r#""id":true"#, "id: expected an integer, found true"),
        (
            r#""id":{"a":1}"#,
            "id: expected an integer, found an object",
        ),
        (r#""id":[1]"#, "id: expected an integer, found a list"),
        (r#""name":{}"#, "name: expected a string, found an object"),
        (
            r#""weight":"NaN""#,
            r#"weight: expected a number, found "NaN""#,
        ),
        (r#""done":2"#, "done: expected a boolean, found 2"),
        (
            r#""done":"yes""#,
            r#"done: expected a boolean, found "yes""#,
        ),
        (r#""mode":[]"#, "mode: expected a string, found a list"),
        (
            r#""level":"low""#,
            r#"level: expected an integer, found "low""#,
        ),
        (
            r#""token":"sesame""#,
            "token: expected an integer, found a string",
        ),
    ] {
        let error = refusal::<Item>(&format!("{{{field}}}"));
        assert!(
            error.starts_with(&format!("{message} at line 1")),
            "{field}: {error}"
        );
    }
    let error = refusal::<Item>(r#"{"name":123456789012345678901}"#);
    assert!(
        error.starts_with("name: expected a string, found 1.2345678901234568e"),
        "{error}"
    );
    let deep = r#"{"result":{"items":[{},{},{},{"id":"abc"}]}}"#;
    assert_eq!(
        refusal::<ListItemsResponse>(deep),
        r#"result.items[3].id: expected an integer, found "abc" at line 1 column 40"#
    );
    assert!(
        refusal::<ListItemsResponse>(r#"{"result":[]}"#)
            .starts_with("result: expected an object, found a list")
    );
    assert!(refusal::<ListItemsResponse>("null").starts_with("expected an object, found null"));
    assert!(
        refusal::<Vec<i64>>(r#"[1,"x"]"#).starts_with(r#"[1]: expected an integer, found "x""#)
    );
    let map = r#"{"unionId":"u","calendarId":1,"labels":{"k":["a",{}]}}"#;
    assert!(
        refusal::<CreateMeetingRequest>(map)
            .starts_with("labels.k[1]: expected a string, found an object")
    );
    let long = format!(r#"{{"id":"{}"}}"#, "\u{e9}".repeat(1000));
    assert!(refusal::<Item>(&long).len() < 150, "the value is cut");
}

#[test]
fn a_missing_required_field_is_named() {
    assert!(
        refusal::<CreateMeetingRequest>(r#"{"unionId":"u"}"#)
            .starts_with("calendarId: missing, but required")
    );
    let nested = r#"{"unionId":"u","calendarId":1,"rooms":[{"name":"a"},{"places":1}]}"#;
    assert!(
        refusal::<CreateMeetingRequest>(nested).starts_with("rooms[1].name: missing, but required")
    );
    assert!(refusal::<Room>(r#"{"name":null}"#).starts_with("name: missing, but required"));
    assert!(
        refusal::<Room>(r#"{"name":"a","name":null}"#).starts_with("name: missing, but required")
    );
    assert_eq!(read::<Room>(r#"{"name":null,"name":"a"}"#), Room::new("a"));
}

#[test]
fn null_unknown_and_duplicate_keys() {
    assert_eq!(
        read::<Item>(r#"{"id":null,"other":{"id":[1]},"token":null}"#),
        Item::default()
    );
    assert_eq!(read::<Item>(r#"{"id":1,"name":"a","id":2}"#).id, Some(2));
    assert_eq!(read::<Item>(r#"{"id":1,"id":null}"#), Item::default());
    // The last one alone counts: nothing of the first object is left.
    let twice = r#"{"next":{"title":"a"},"parts":[{},{}],"next":{"parts":[]},"parts":[{}]}"#;
    assert_eq!(
        read::<Topic>(twice),
        Topic::new()
            .next(Topic::new().parts(vec![]))
            .parts(vec![Topic::new()])
    );
    assert_eq!(read::<Vec<String>>(r#"["a",null,"b"]"#), ["a", "b"]);
    assert_eq!(
        read::<m::Map<i64>>(r#"{"a":1,"b":null,"a":3}"#),
        [("a".to_owned(), 3)].into()
    );
    assert_eq!(read::<Vec<m::Json>>("[null,1]"), [json!(null), json!(1)]);
    assert_eq!(read::<Nothing>(r#"{"a":1}"#).info().name(), "Nothing");
}

#[test]
fn keys_are_found_in_any_order() {
    let item = item(r#""level":10,"mode":"grid","done":true,"weight":1.5,"name":"n","id":4"#);
    assert_eq!(
        format!("{item:?}"),
        r#"Item { id: 4, name: "n", weight: 1.5, done: true, mode: "grid", level: 10 }"#
    );
}

/// serde buffers what goes into `topic`, and gives it as a format of its own.
#[derive(serde::Deserialize)]
struct Outer {
    #[serde(flatten)]
    topic: Topic,
}

#[test]
fn any_self_describing_format_will_do() {
    let value = json!({"unionId": "u", "calendarId": "5", "rooms": [{"name": 1}], "hours": 2,
        "labels": {"a": ["b"]}, "layout": "{\"name\":\"x\"}", "agenda": {"next": {"title": "t"}}});
    let request: CreateMeetingRequest = serde_json::from_value(value.clone()).unwrap();
    assert_eq!(request, read(&value.to_string()));
    assert_eq!(
        serde_json::to_value(&request).unwrap()["rooms"],
        json!([{"name": "1"}])
    );
    let outer: Outer = serde_json::from_str(r#"{"title":5,"next":{"title":null}}"#).unwrap();
    assert_eq!(outer.topic, Topic::new().title("5").next(Topic::new()));
}

#[test]
fn numbers_whose_digits_are_kept() {
    use serde::de::value::{Error, MapDeserializer};
    // What serde_json hands on if some crate of the program switches `arbitrary_precision` on.
    let number = |digits: &'static str| {
        MapDeserializer::<_, Error>::new([("$serde_json::private::Number", digits)].into_iter())
    };
    assert_eq!(
        m::deserialize_text::<Mode, _>(number("123456789012345678901"))
            .unwrap()
            .as_str(),
        "123456789012345678901"
    );
    assert_eq!(
        m::deserialize_number::<Level, _>(number("40")).unwrap(),
        Level::Urgent
    );
    assert_eq!(
        m::deserialize_number::<Level, _>(number("4e30"))
            .unwrap_err()
            .to_string(),
        "expected an integer, found 4e30"
    );
}

#[test]
fn deep_nesting_is_refused_and_never_overflows() {
    let nest = |open: &str, close: &str, depth: usize| open.repeat(depth) + &close.repeat(depth);
    for text in [
        format!(
            "{}{{}}{}",
            r#"{"next":"#.repeat(100_000),
            "}".repeat(100_000)
        ),
        format!("{{\"parts\":{}}}", nest("[", "]", 100_000)),
        format!("{{\"parts\":{}", r#"[{"parts":"#.repeat(100_000)),
    ] {
        assert!(m::from_slice::<Topic>(text.as_bytes()).is_err());
    }
    let free = format!(
        r#"{{"unionId":"u","calendarId":1,"extra":{}}}"#,
        nest("[", "]", 100_000)
    );
    assert!(refusal::<CreateMeetingRequest>(&free).starts_with("recursion limit exceeded"));
    // Skipped values have no depth limit, because skipping needs no stack.
    let skipped = format!(r#"{{"other":{},"title":"t"}}"#, nest("[", "]", 100_000));
    assert_eq!(read::<Topic>(&skipped), Topic::new().title("t"));
    // Inside a string the count starts anew, but strings in strings do not add up.
    let inner = format!("{}{{}}{}", r#"{"next":"#.repeat(120), "}".repeat(120));
    let text = |inner: &str| json!({"detail": inner}).to_string();
    assert!(m::from_slice::<Topic>(text(&inner).as_bytes()).is_ok());
    let mut layers = "{}".to_owned();
    for _ in 0..4 {
        let wrapped = format!(
            "{}{}{}",
            r#"{"next":"#.repeat(100),
            text(&layers),
            "}".repeat(100)
        );
        layers = wrapped;
    }
    assert!(refusal::<Topic>(&layers).contains("nested too deeply"));
}
