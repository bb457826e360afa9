//! The example does what it says.
#![allow(clippy::expect_used, reason = "tests may")]

use std::process::Command;

#[test]
fn an_event_is_handled_a_test_of_the_address_is_answered_and_a_wrong_signature_is_refused() {
    let output = Command::new(env!("CARGO_BIN_EXE_callbacks_axum"))
        .env_remove("DINGTALK_CALLBACK_TOKEN")
        .output()
        .expect("the example runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let text = String::from_utf8_lossy(&output.stdout);
    let lines: Vec<_> = text.lines().skip(2).collect();
    let expected = [
        "joined: user1, user2",
        "HTTP/1.1 200 OK",
        "HTTP/1.1 200 OK",
        "the callback was refused: the signature is wrong: check the token, and who sends to this address",
        "HTTP/1.1 403 Forbidden",
    ];
    assert_eq!(lines, expected, "{text}");
}
