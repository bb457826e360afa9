//! `mock`.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use serde_json::json;

use crate::program::{DINGTALK, dingtalk, run};

/// A server that runs, and the variables that it prints.
struct Running {
    process: Child,
    variables: Vec<(String, String)>,
}

impl Running {
    fn start(arguments: &[&str]) -> Self {
        let mut process = Command::new(DINGTALK)
            .arg("mock")
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut variables = Vec::new();
        for line in BufReader::new(process.stdout.take().unwrap()).lines() {
            let line = line.unwrap();
            if line.starts_with("Requests so far") {
                break;
            }
            if let Some((name, value)) = line
                .strip_prefix("export ")
                .and_then(|line| line.split_once('='))
            {
                variables.push((name.to_owned(), value.to_owned()));
            }
        }
        Self { process, variables }
    }

    fn variables(&self) -> Vec<(&str, &str)> {
        self.variables
            .iter()
            .map(|(name, value)| (&**name, &**value))
            .collect()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

const GET: [&str; 5] = ["call", "oapi_user", "Get", "--body", r#"{"userid": "u1"}"#];

#[test]
fn with_the_variables_that_it_prints_calls_are_answered() {
    let mock = Running::start(&[]);
    let reply = run(DINGTALK, &GET, &mock.variables(), "").json();
    assert_eq!(reply["userid"], "u1");
}

#[test]
fn it_starts_with_the_rules_of_a_file() {
    let file =
        std::env::temp_dir().join(format!("dingtalk-mock-rules-{}.json", std::process::id()));
    let rules = json!([{"service": "oapi_user", "action": "Get", "fault": "error=33012"}]);
    fs::write(&file, rules.to_string()).unwrap();
    let mock = Running::start(&["--rules", file.to_str().unwrap()]);
    let ended = run(DINGTALK, &GET, &mock.variables(), "");
    assert!(ended.failed_with(1).contains("33012"), "{ended:?}");

    fs::write(&file, rules.to_string().replace("33012", "330112")).unwrap();
    let ended = dingtalk(&["mock", "--rules", file.to_str().unwrap()]);
    assert!(
        ended.failed_with(2).contains("did you mean `33012`?"),
        "{ended:?}"
    );
    let _ = fs::remove_file(file);
}

#[test]
fn a_port_that_is_taken_is_named() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let ended = dingtalk(&["mock", "--port", &port]);
    assert!(
        ended
            .failed_with(2)
            .contains(&format!("cannot listen on port {port}")),
        "{ended:?}"
    );
}

#[test]
#[cfg(unix)]
fn an_interrupt_stops_it_as_if_it_were_done() {
    let mut mock = Running::start(&[]);
    let id = mock.process.id().to_string();
    assert!(
        Command::new("kill")
            .args(["-INT", &id])
            .status()
            .unwrap()
            .success()
    );
    assert_eq!(mock.process.wait().unwrap().code(), Some(0));
}
