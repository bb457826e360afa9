//! One-ofs: what is sent, what comes back, and what is refused.

use dingtalk_api::operation::Operation;
use dingtalk_api::{Client, Error, JsonRequest};
use serde_json::{Value, from_value, json, to_value};

use crate::constructs_1_0::Constructs1_0;
use crate::constructs_1_0::send_by_template::{
    self, Divider, Picture, PlainText, SendByTemplateRequest, TemplateMessage,
};
use crate::constructs_1_0::send_note::{
    self, Bell, Link, Melody, Note, SendNoteRequest, Sound, Text,
};
use crate::support::StandIn;

fn client(stand_in: &StandIn) -> Client {
    let builder = Client::builder().base_url(stand_in.url()).token("t");
    builder.build().unwrap()
}

/// What is wrong with a request that was not sent.
fn mistakes<E: std::fmt::Debug + std::fmt::Display>(error: &Error<E>) -> String {
    let Error::InvalidArgument(invalid) = error else {
        panic!("{error}");
    };
    let mistakes = invalid.mistakes();
    let lines: Vec<_> = mistakes
        .map(|(place, reason)| format!("{place}: {reason}"))
        .collect();
    lines.join("\n")
}

/// The body that a typed request sends, or what is wrong with it.
async fn template(request: SendByTemplateRequest) -> Result<Value, String> {
    let stand_in = StandIn::that_accepts_everything().unwrap();
    let client = client(&stand_in);
    let sent = Constructs1_0::new(&client).send_by_template(request).await;
    sent.map_err(|error| mistakes(&error))?;
    Ok(stand_in.take_requests().remove(0).json().unwrap())
}

/// The same of a request by name.
async fn by_name(operation: &'static Operation, body: Value) -> Result<Value, String> {
    let stand_in = StandIn::that_accepts_everything().unwrap();
    let client = client(&stand_in);
    let sent = client
        .call_json(operation, JsonRequest::new().body(body))
        .await;
    sent.map_err(|error| mistakes(&error))?;
    Ok(stand_in.take_requests().remove(0).json().unwrap())
}

async fn template_by_name(body: Value) -> Result<Value, String> {
    by_name(send_by_template::operation(), body).await
}

fn users() -> Vec<String> {
    vec!["u1".to_owned()]
}

#[tokio::test]
async fn a_flattened_one_of_sends_tag_and_content_beside_the_other_fields() {
    let request = SendByTemplateRequest::new(PlainText::new("hi"), users());
    let wanted = json!({"key": "plainText", "param": r#"{"content":"hi"}"#, "receivers": ["u1"]});
    assert_eq!(template(request.clone()).await.unwrap(), wanted);
    assert_eq!(to_value(&request).unwrap(), wanted);
    let request = SendByTemplateRequest::new(Divider::new(), users());
    let wanted = json!({"key": "divider", "param": "{}", "receivers": ["u1"]});
    assert_eq!(template(request).await.unwrap(), wanted);
}

#[tokio::test]
async fn a_one_of_in_a_field_and_one_beside_it_are_sent() {
    let note = Text::new().content("hi").inner(Link::new().address("a"));
    let request = SendNoteRequest::new(note)
        .more(vec![Link::new().address("b").into()])
        .sound(Melody::new("la"))
        .urgent(true);
    let wanted = json!({
        "note": {"type": "text", "text": {"content": "hi", "inner": {"type": "link", "link": {"address": "a"}}}},
        "more": [{"type": "link", "link": {"address": "b"}}],
        "sound": "song", "song": {"title": "la"}, "urgent": true,
    });
    let stand_in = StandIn::that_accepts_everything().unwrap();
    let client = client(&stand_in);
    let _ = Constructs1_0::new(&client).send_note(request.clone()).await;
    let sent = stand_in.take_requests().remove(0).json();
    assert_eq!(sent, Some(wanted.clone()));
    let read: SendNoteRequest = from_value(wanted.clone()).unwrap();
    assert_eq!(read, request);
    let by_name = by_name(send_note::operation(), wanted.clone()).await;
    assert_eq!(by_name, Ok(wanted));
}

#[tokio::test]
async fn an_unknown_kind_is_sent_as_it_is_given() {
    let text = TemplateMessage::unknown("new", "not JSON");
    let request = SendByTemplateRequest::new(text, users());
    let wanted = json!({"key": "new", "param": "not JSON", "receivers": ["u1"]});
    assert_eq!(template(request).await.unwrap(), wanted);
    // An object becomes the text that the content is on the wire.
    let object = TemplateMessage::unknown("new", json!({"a": 1}));
    let request = SendByTemplateRequest::new(object, users());
    let sent = template(request).await.unwrap();
    assert_eq!(sent["param"], r#"{"a":1}"#);
    let bare = to_value(Note::unknown("new", json!({"a": 1}))).unwrap();
    assert_eq!(bare, json!({"type": "new", "new": {"a": 1}}));
}

#[test]
fn a_one_of_is_read_wherever_its_tag_is() {
    let wire =
        r#"{"param":"{\"url\":\"u\",\"password\":\"p\"}","receivers":["u1"],"key":"picture"}"#;
    let request: SendByTemplateRequest = serde_json::from_str(wire).unwrap();
    let TemplateMessage::Picture(picture) = &request.message else {
        panic!("{request:?}");
    };
    assert_eq!(picture, &Picture::new("u").password("p"));
    assert_eq!(request.receivers, users());
    let note: Note = from_value(json!({"link": {"address": "a"}, "type": "link"})).unwrap();
    assert_eq!(note, Link::new().address("a").into());
}

#[test]
fn an_unknown_kind_keeps_what_came() {
    for content in [
        json!("not JSON"),
        json!("{\"a\":1}"),
        json!({"a": 1}),
        json!(null),
    ] {
        let wire = json!({"key": "new", "param": content, "receivers": []});
        let request: SendByTemplateRequest = from_value(wire.clone()).unwrap();
        let TemplateMessage::Unknown(unknown) = &request.message else {
            panic!("{request:?}");
        };
        assert_eq!(
            (unknown.tag(), &unknown.fields()["param"]),
            ("new", &content.into())
        );
        assert_eq!(to_value(&request).unwrap(), wire);
        assert_eq!(to_value(request.clone()).unwrap(), wire);
    }
    // A caller may know more of a kind than the spec does.
    let ours = TemplateMessage::unknown("plainText", json!({"bold": true}));
    assert_eq!(ours.clone(), ours);
    assert_ne!(ours, PlainText::new("").into());
}

#[test]
fn what_lacks_a_tag_or_the_content_is_refused() {
    for (wire, error) in [
        (json!({"receivers": []}), "key: missing, but required"),
        (
            json!({"key": "plainText", "receivers": []}),
            "param: missing, but required",
        ),
        (
            json!({"key": "plainText", "param": "{}", "receivers": []}),
            "param.content: missing, but required",
        ),
        (
            json!({"key": "plainText", "param": "x", "receivers": []}),
            "param",
        ),
    ] {
        let read: Result<SendByTemplateRequest, _> = from_value(wire.clone());
        let message = read.unwrap_err().to_string();
        assert!(message.contains(error), "{wire}: {message}");
    }
    let read: SendNoteRequest = from_value(json!({"note": {"type": "link"}})).unwrap();
    assert_eq!((read.sound, read.note), (None, Link::new().into()));
}

#[test]
fn a_reply_with_a_one_of_is_read() {
    let reply: send_note::SendNoteResponse =
        from_value(json!({"note": {"type": "text", "text": {"content": "hi"}}})).unwrap();
    assert_eq!(reply.note, Some(Text::new().content("hi").into()));
}

#[test]
fn debug_shows_the_kind_and_hides_secrets() {
    let request = SendByTemplateRequest::new(Picture::new("u").password("p"), users());
    assert_eq!(
        format!("{request:?}"),
        r#"SendByTemplateRequest { key: "picture", param: Picture { url: "u", password: *** }, receivers: ["u1"] }"#
    );
    let unknown = TemplateMessage::unknown("new", "x");
    assert_eq!(
        format!("{unknown:?}"),
        r#"TemplateMessage { key: "new", param: "x" }"#
    );
}

#[tokio::test]
async fn limits_inside_are_checked_with_their_place() {
    let request = SendByTemplateRequest::new(PlainText::new("你好你好"), users());
    let error = template(request).await.unwrap_err();
    assert!(error.contains("param.content"), "{error}");
    assert!(
        error.contains("10 bytes") && error.contains("12"),
        "{error}"
    );
    let body = json!({"key": "plainText", "param": {"content": "你好你好"}, "receivers": []});
    let by_name = template_by_name(body).await.unwrap_err();
    assert!(
        by_name.contains("body.param.content") && by_name.contains("10 bytes"),
        "{by_name}"
    );
}

#[tokio::test]
async fn the_content_as_a_whole_has_a_limit_in_bytes() {
    let long = "x".repeat(40);
    let url = Picture::new(&*long);
    assert!(
        template(SendByTemplateRequest::new(url, users()))
            .await
            .is_ok()
    );
    let longer = format!("{long}x");
    let picture = SendByTemplateRequest::new(Picture::new(&*longer), users());
    let unknown = TemplateMessage::unknown("new", "x".repeat(51));
    let by_name = json!({"key": "picture", "param": {"url": longer}, "receivers": []});
    for error in [
        template(picture).await,
        template(SendByTemplateRequest::new(unknown, users())).await,
        template_by_name(by_name).await,
    ] {
        let error = error.unwrap_err();
        assert!(
            error.contains("param") && error.contains("at most 50 bytes, found 51"),
            "{error}"
        );
    }
}

#[tokio::test]
async fn by_name_an_object_is_written_as_the_string() {
    let wanted = json!({"key": "plainText", "param": r#"{"content":"hi"}"#, "receivers": ["u1"]});
    for param in [json!({"content": "hi"}), json!(r#"{"content":"hi"}"#)] {
        let body = json!({"key": "plainText", "param": param, "receivers": ["u1"]});
        assert_eq!(template_by_name(body).await, Ok(wanted.clone()));
    }
    for (param, text) in [
        (json!({"a": 1}), r#"{"a":1}"#),
        (json!("no JSON"), "no JSON"),
    ] {
        let body = json!({"key": "new", "param": param, "receivers": []});
        assert_eq!(template_by_name(body).await.unwrap()["param"], text);
    }
}

#[tokio::test]
async fn by_name_mistakes_inside_are_found_with_their_place() {
    for (body, mistake) in [
        (json!({"receivers": []}), "body.key: is required"),
        (
            json!({"param": {}, "receivers": []}),
            "body.key: is required",
        ),
        (
            json!({"key": 1, "receivers": []}),
            "body.key: must be a string",
        ),
        (
            json!({"key": "plainText", "receivers": []}),
            "body.param: is required",
        ),
        (
            json!({"key": "plainText", "param": {}, "receivers": []}),
            "body.param.content: is required",
        ),
        (
            json!({"key": "plainText", "param": "{\"content\":1}", "receivers": []}),
            "body.param.content: must be a string",
        ),
        (
            json!({"key": "plainText", "param": "{", "receivers": []}),
            "body.param: must be JSON text",
        ),
        (
            json!({"key": "plainText", "param": {"content": "", "contnt": ""}, "receivers": []}),
            "body.param.contnt: is not a field here; did you mean `content`?",
        ),
        (
            json!({"kye": "plainText", "receivers": []}),
            "body.kye: is not a field in the body; did you mean `key`?",
        ),
        (
            json!({"message": {}, "receivers": []}),
            "body.message: is not a field in the body",
        ),
    ] {
        let error = template_by_name(body.clone()).await.unwrap_err();
        assert!(error.contains(mistake), "{body}: {error}");
    }
    let two = json!({"note": {"type": "text", "text": {}, "link": {}}, "sound": "bell", "bell": {}, "song": {}});
    let error = by_name(send_note::operation(), two).await.unwrap_err();
    for place in ["body.note.link", "body.song"] {
        assert!(
            error.contains(&format!("{place}: is not a field")),
            "{error}"
        );
    }
    assert!(error.contains("it is one of another kind"), "{error}");
}

#[test]
fn a_content_becomes_its_one_of() {
    assert_eq!(
        Sound::from(Bell::new().strokes(3)),
        Sound::Bell(Bell::new().strokes(3))
    );
}
