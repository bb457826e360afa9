//! Running the program.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::support::{Spec, StandIn};

/// What the program said, and how it ended.
#[derive(Debug)]
pub struct Ended {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ended {
    /// The output as JSON.
    pub fn json(&self) -> Value {
        assert_eq!(self.code, Some(0), "{self:?}");
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Nothing was printed but an error, and the exit code is this.
    pub fn failed_with(&self, code: i32) -> &str {
        assert_eq!((self.code, &*self.out), (Some(code), ""), "{self:?}");
        assert!(self.err.starts_with("error: "), "{self:?}");
        &self.err
    }
}

/// Runs a command with these credentials and this server alone in its environment.
pub fn run(
    program: &str,
    arguments: &[&str],
    environment: &[(&str, &str)],
    input: impl AsRef<[u8]>,
) -> Ended {
    let mut command = Command::new(program);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("DINGTALK_") {
            command.env_remove(name);
        }
    }
    let mut child = command
        .args(arguments)
        .envs(environment.iter().copied())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that reads none of it may be gone already.
    let _ = child.stdin.take().unwrap().write_all(input.as_ref());
    let output = child.wait_with_output().unwrap();
    Ended {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The program's path.
pub const DINGTALK: &str = env!("CARGO_BIN_EXE_dingtalk");

/// `dingtalk` with these arguments and no credentials.
pub fn dingtalk(arguments: &[&str]) -> Ended {
    run(DINGTALK, arguments, &[], "")
}

/// `dingtalk` as an application, with the stand-in as server.
pub fn dingtalk_at(stand_in: &StandIn, arguments: &[&str]) -> Ended {
    let environment = [
        ("DINGTALK_BASE_URL", stand_in.url()),
        ("DINGTALK_APP_KEY", "the-key"),
        ("DINGTALK_APP_SECRET", "the-app-secret"),
    ];
    run(DINGTALK, arguments, &environment, "")
}

/// A stand-in for DingTalk that knows the project's spec.
pub fn stand_in() -> StandIn {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    StandIn::start(Spec::read(&spec)).unwrap()
}
