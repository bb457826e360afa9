//! Our requests against recorded requests of the official SDK, operation by operation.
//!
//! The recordings are in `tests/wire/*.jsonl`, a request a line. More of them are read from the
//! files that the environment variable `WIRE_FIXTURES` names, with `:` between the paths. Those of services
//! that are not compiled in are counted and left out; with the feature `full`, none is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::support::wire::{Fixture, differences};
use crate::support::{StandIn, dynamic};
use dingtalk_api::platform::PLATFORM;
use dingtalk_api::{Client, TokenPlace};
use serde_json::{Value as Json, json};

#[test]
fn requests_equal_those_of_the_official_sdk() {
    let mut fixtures = Vec::new();
    let mut files = checked_in();
    if let Ok(more) = std::env::var("WIRE_FIXTURES") {
        files.extend(std::env::split_paths(&more).filter(|path| !path.as_os_str().is_empty()));
    }
    for file in &files {
        fixtures.extend(Fixture::read(file));
    }
    let Replayed {
        compared,
        left_out,
        failures,
    } = replay(&fixtures);
    println!(
        "{compared} recorded requests compared, from {} files; {left_out} are of services that are \
         not compiled in",
        files.len()
    );
    assert!(compared > 0, "no recording was compared");
    assert!(
        failures.is_empty(),
        "{} of {compared} recorded requests differ:\n{}",
        failures.len(),
        failures.join("\n")
    );
}

#[test]
fn there_are_recordings_of_every_operation_of_the_package() {
    let files = checked_in();
    let fixtures: Vec<_> = files.iter().flat_map(|file| Fixture::read(file)).collect();
    let recorded: BTreeSet<_> = fixtures
        .iter()
        .map(|fixture| (&fixture.service, &fixture.action))
        .collect();
    let counts = Path::new(env!("CARGO_MANIFEST_DIR")).join("spec/import/counts.yaml");
    let counts = std::fs::read_to_string(counts).unwrap();
    let counts: serde_yaml::Value = serde_yaml::from_str(&counts).unwrap();
    let services = counts["services"].as_mapping().unwrap().values();
    let operations: u64 = services
        .map(|service| service["operations"].as_u64().unwrap())
        .sum();
    assert_eq!(recorded.len() as u64, operations);
}

/// Makes a recording wrong in one part.
type Damage = fn(&mut Json);

#[test]
fn a_recording_that_differs_is_reported() {
    let damage: [(&str, Damage); 8] = [
        ("method", |expect| expect["method"] = "PUT".into()),
        ("path", |expect| expect["path"] = "/v1.0/elsewhere".into()),
        ("query", |expect| expect["query"] = json!([["a", "b"]])),
        ("body", |expect| expect["body"]["unionId"] = 1.into()),
        ("body", |expect| expect["body"] = Json::Null),
        ("header `x-more`", |expect| {
            expect["headers"]["x-more"] = "1".into();
        }),
        ("header `x-acs-dingtalk-access-token`", |expect| {
            expect["headers"]["x-acs-dingtalk-access-token"] = "another".into();
        }),
        ("header `x-acs-dingtalk-access-token`", |expect| {
            expect["headers"] = json!({});
        }),
    ];
    for (part, damage) in damage {
        let mut fixture = recording_of_start_cloud_record();
        assert_eq!(replay(std::slice::from_ref(&fixture)).failures, [""; 0]);
        damage(&mut fixture.expect);
        let failures = replay(&[fixture]).failures;
        let [failure] = failures.as_slice() else {
            panic!("{part}: {failures:?}")
        };
        assert!(
            failure.contains("conference_1_0.StartCloudRecord"),
            "{failure}"
        );
        assert!(failure.contains(part), "{part} is not in: {failure}");
    }
}

#[test]
fn all_operations_that_are_not_known_are_named_at_once() {
    let mut one = recording_of_start_cloud_record();
    let mut other = one.clone();
    one.action = "StartNothing".to_owned();
    other.action = "StartAnything".to_owned();
    let failures = replay(&[one, other]).failures.join("\n");
    for name in ["StartNothing", "StartAnything"] {
        assert!(failures.contains(name), "{failures}");
    }
}

#[test]
fn only_what_is_not_compiled_in_may_be_left_out() {
    let mut fixture = recording_of_start_cloud_record();
    fixture.service = "nowhere_1_0".to_owned();
    let replayed = replay(&[fixture.clone()]);
    assert_eq!((replayed.left_out, replayed.failures.len()), (0, 1));
    let mut services = dingtalk_api::services().iter();
    let other = services.find(|service| service.operations.is_none());
    assert_eq!(other.is_none(), cfg!(feature = "full"));
    if let Some(other) = other {
        fixture.service = other.name.to_owned();
        let replayed = replay(&[fixture]);
        assert_eq!((replayed.left_out, replayed.failures.len()), (1, 0));
    }
}

/// What came of recordings.
#[derive(Default)]
struct Replayed {
    compared: usize,
    left_out: usize,
    /// A line for each that differs.
    failures: Vec<String>,
}

/// Sends all of them again.
fn replay(fixtures: &[Fixture]) -> Replayed {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let stand_in = StandIn::that_accepts_everything().unwrap();
        let mut replayed = Replayed::default();
        let mut clients = Clients::default();
        for fixture in fixtures {
            if dynamic::is_left_out(&fixture.service, &fixture.action) {
                replayed.left_out += 1;
                continue;
            }
            replayed.compared += 1;
            let problems = problems(&stand_in, &mut clients, fixture).await;
            if !problems.is_empty() {
                let line = format!("{}: {}", fixture.name(), problems.join("; "));
                replayed.failures.push(line);
            }
        }
        replayed
    })
}

async fn problems(stand_in: &StandIn, clients: &mut Clients, fixture: &Fixture) -> Vec<String> {
    let operation = match dingtalk_api::find_operation(&fixture.service, &fixture.action) {
        Ok(operation) => operation,
        Err(unknown) => return vec![unknown.to_string()],
    };
    let TokenPlace::Header(header) = PLATFORM.apis[0].token else {
        panic!("the first API takes the token in a header");
    };
    // An operation that takes no token must send none, although the client has one.
    let token = fixture.input["headers"][header]
        .as_str()
        .unwrap_or("unasked");
    let client = clients.with_token(token, stand_in);
    let mut request = dynamic::request(&fixture.input, header);
    // A method of the SDK may take a path value that its path has no place for. Whether one is missing, the
    // comparison of the paths tells.
    let known = |name: &String| {
        let mut params = operation.path_params.iter();
        params.any(|param| param.0.name() == name)
    };
    request.path.retain(|name, _| known(name));
    // Some were recorded without what is required. The reply is `{}`, which is not what every operation replies: only
    // the request matters.
    let call = client.call_json(operation, dynamic::values(operation, &request).unchecked());
    let answer = call.send().await;
    let sent = stand_in.take_requests();
    match sent.as_slice() {
        [sent] => differences(&fixture.expect, sent, header),
        _ => vec![format!(
            "{} requests were sent: {:?}",
            sent.len(),
            answer.err()
        )],
    }
}

/// One client a token: a client is dear, and the recordings have few tokens.
#[derive(Default)]
struct Clients(BTreeMap<String, Client>);

impl Clients {
    fn with_token(&mut self, token: &str, stand_in: &StandIn) -> Client {
        let build = || {
            let builder = Client::builder().token(token).base_url(stand_in.url());
            builder.build().unwrap()
        };
        self.0.entry(token.to_owned()).or_insert_with(build).clone()
    }
}

fn checked_in() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wire");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "jsonl")
        })
        .collect();
    files.sort();
    files
}

fn recording_of_start_cloud_record() -> Fixture {
    let files = checked_in();
    let mut all = files.iter().flat_map(|file| Fixture::read(file));
    all.find(|fixture| fixture.action == "StartCloudRecord")
        .unwrap()
}
