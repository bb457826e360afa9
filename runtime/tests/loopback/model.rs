//! What the models' codec promises, one promise a test.

mod reading;

use dingtalk_runtime::generated as m;
use m::Model as _;
use serde_json::json;

use crate::model_sample::{
    CreateMeetingRequest, Item, Level, ListItemsResponse, Mode, Nothing, Room, Topic,
};

fn read<T: m::Element>(text: &str) -> T {
    m::from_slice(text.as_bytes()).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn refusal<T: m::Element>(text: &str) -> String {
    match m::from_slice::<T>(text.as_bytes()) {
        Ok(_) => panic!("{text} was taken"),
        Err(error) => error.to_string(),
    }
}

fn body(model: &dyn m::Model) -> String {
    String::from_utf8(m::body(model).unwrap()).unwrap()
}

fn item(field: &str) -> Item {
    read(&format!("{{{field}}}"))
}

fn request() -> CreateMeetingRequest {
    CreateMeetingRequest::new("u1", 7)
}

#[test]
fn body_holds_the_body_fields_alone() {
    let request = request()
        .mode(Mode::Grid)
        .max_results(5)
        .client_token("t")
        .password("p")
        .modes(vec![Mode::Grid]);
    assert_eq!(
        body(&request),
        r#"{"unionId":"u1","mode":"grid","password":"p"}"#
    );
    assert_eq!(body(&Topic::new()), "{}");
    assert_eq!(body(&Nothing::empty()), "{}");
}

#[test]
fn fields_tell_where_they_go() {
    let request = request()
        .client_token("t")
        .modes(vec![Mode::Grid, Mode::from("new")]);
    let seen: Vec<_> = m::fields(&request)
        .map(|(info, view)| {
            (
                info.name(),
                info.location(),
                info.encoding(),
                format!("{view:?}"),
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            (
                "unionId",
                m::Location::Body,
                m::Encoding::Plain,
                r#""u1""#.to_owned()
            ),
            (
                "calendarId",
                m::Location::Query,
                m::Encoding::Plain,
                "7".to_owned()
            ),
            (
                "x-client-token",
                m::Location::Header,
                m::Encoding::Plain,
                r#""t""#.to_owned()
            ),
            (
                "modes",
                m::Location::Query,
                m::Encoding::Comma,
                r#"["grid", "new"]"#.to_owned()
            ),
        ]
    );
}

#[test]
fn an_object_inside_a_string_is_written_and_read() {
    let request = request().layout(Room::new("a \"b\""));
    let text = body(&request);
    assert_eq!(
        text,
        r#"{"unionId":"u1","layout":"{\"name\":\"a \\\"b\\\"\"}"}"#
    );
    let full = serde_json::to_string(&request).unwrap();
    assert_eq!(read::<CreateMeetingRequest>(&full), request);
    // Some servers send the object itself where a string is documented, and empty strings.
    let plain: Topic = read(r#"{"detail":{"title":"x"}}"#);
    assert_eq!(plain, Topic::new().detail(Topic::new().title("x")));
    assert_eq!(read::<Topic>(r#"{"detail":""}"#), Topic::new());
    assert_eq!(
        refusal::<Topic>(r#"{"detail":"{\"next\":{\"title\":[]}}"}"#),
        "detail.next.title: expected a string, found a list at line 1 column 37"
    );
    assert_eq!(
        refusal::<Topic>(r#"{"detail":"{"}"#),
        "detail: expected an object, found a string of invalid JSON (EOF while parsing an object) \
         at line 1 column 13"
    );
}

#[test]
fn debug_leaves_out_what_is_unset_and_hides_secrets() {
    let request = request()
        .password("hunter2")
        .room(Room::new("r").code("1234"));
    assert_eq!(
        format!("{request:?}"),
        r#"CreateMeetingRequest { unionId: "u1", calendarId: 7, password: ***, room: Room { name: "r", code: *** } }"#
    );
}

#[test]
fn clone_and_equality_look_at_every_field() {
    let one = request()
        .mode(Mode::from("odd"))
        .level(Level::from(11))
        .hours(0.5)
        .recorded(false)
        .rooms(vec![Room::new("a"), Room::new("b").places(3)])
        .seats(vec![vec![1], vec![]])
        .labels([("k".to_owned(), vec!["v".to_owned()])].into())
        .places([("p".to_owned(), Room::new("q"))].into())
        .extra(json!({"x": [null, 1.5]}))
        .extras(vec![json!(null).into(), json!(1).into()])
        .agenda(
            Topic::new()
                .next(Topic::new().title("t"))
                .parts(vec![Topic::new()]),
        );
    assert_eq!(one, one.clone());
    assert_ne!(one, one.clone().recorded(true));
    assert_ne!(one, one.clone().seats(vec![vec![1]]));
    assert_ne!(one, one.clone().agenda(Topic::new()));
    assert_eq!(
        read::<CreateMeetingRequest>(&serde_json::to_string(&one).unwrap()),
        one
    );
}

#[test]
fn enums_are_open_and_known_values_never_unknown() {
    for (text, value) in [("grid", Mode::Grid), ("full_speech", Mode::FullSpeech)] {
        assert_eq!(Mode::from(text), value);
        assert_eq!(Mode::from(text.to_owned()), value);
        assert_eq!(value.to_string(), text);
        assert_eq!(serde_json::to_value(&value).unwrap(), json!(text));
        assert_eq!(serde_json::from_value::<Mode>(json!(text)).unwrap(), value);
    }
    let Mode::Unknown(value) = Mode::from("later") else {
        panic!("known")
    };
    assert_eq!(
        (value.as_str(), value.to_string().as_str()),
        ("later", "later")
    );
    assert_eq!(Level::from(40), Level::Urgent);
    assert_eq!(
        serde_json::from_value::<Level>(json!(10)).unwrap(),
        Level::Low
    );
    assert_eq!(Level::from(-1).value(), -1);
    assert_eq!(Level::from(-1).to_string(), "-1");
    assert_eq!(serde_json::to_value(Level::from(11)).unwrap(), json!(11));
    assert!(serde_json::from_value::<Mode>(json!(null)).is_err());
}

#[test]
fn kinds_come_from_the_types() {
    let request = CreateMeetingRequest::empty();
    let shown = |index| show(request.get(index).field_type(), 0);
    let all: Vec<_> = (0..request.info().fields().len()).map(shown).collect();
    assert_eq!(
        all.join(" "),
        "string integer enum[\"grid\", \"full_speech\"] enum[10, 40] string string integer number boolean Room [Room] \
         [[integer]] {[string]} {Room} json [json] Topic Room [enum[\"grid\", \"full_speech\"]]"
    );
}

fn show(kind: m::FieldType, depth: usize) -> String {
    match kind {
        _ if depth > 5 => "..".to_owned(),
        m::FieldType::String => "string".to_owned(),
        m::FieldType::Integer => "integer".to_owned(),
        m::FieldType::Number => "number".to_owned(),
        m::FieldType::Boolean => "boolean".to_owned(),
        m::FieldType::Json => "json".to_owned(),
        m::FieldType::StringEnum(values) => format!("enum{values:?}"),
        m::FieldType::IntegerEnum(values) => format!("enum{values:?}"),
        m::FieldType::Object(object) => object.info().name().to_owned(),
        m::FieldType::List(item) => format!("[{}]", show(item.get(), depth + 1)),
        m::FieldType::Map(value) => format!("{{{}}}", show(value.get(), depth + 1)),
        _ => "?".to_owned(),
    }
}
