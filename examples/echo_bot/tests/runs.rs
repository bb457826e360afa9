//! The example does what it says.
#![allow(clippy::expect_used, reason = "tests may")]

use std::process::Command;

#[test]
fn each_message_is_acknowledged_and_answered() {
    let output = Command::new(env!("CARGO_BIN_EXE_echo_bot"))
        .env_remove("DINGTALK_APP_KEY")
        .output()
        .expect("the example runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let text = String::from_utf8_lossy(&output.stdout);
    for line in [
        "a user says: hello",
        "a user says: 你好",
        r#"the robot answers: "hello""#,
        r#"the robot answers: "你好""#,
    ] {
        assert_eq!(text.matches(line).count(), 1, "{line}: {text}");
    }
    assert_eq!(
        text.matches("acknowledged with code 200").count(),
        2,
        "{text}"
    );
}
