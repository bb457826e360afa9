use dingtalk_api::json;
use dingtalk_helpers::text;

use super::support::{in_group, message, with};

fn of(changes: &dingtalk_api::model::Json) -> String {
    text(&message(with(in_group(), changes)))
}

#[test]
fn the_text_of_a_message_is_found_in_each_kind_that_has_one() {
    assert_eq!(of(&json!({})), "hello");
    let rich =
        json!([{"text": " see "}, {"type": "picture", "downloadCode": "d"}, {"text": "this "}]);
    let kinds = [
        (json!({"richText": rich}), "see this"),
        (
            json!({"recognition": "good morning", "duration": 3000}),
            "good morning",
        ),
        (json!({"downloadCode": "d"}), ""),
    ];
    for (content, text) in kinds {
        assert_eq!(of(&json!({"text": null, "content": content})), text);
    }
    assert_eq!(of(&json!({"text": null})), "");
}
