//! `Build`, which makes a user's own services part of a crate.
#![allow(clippy::expect_used, reason = "tests may")]

mod common;

use std::fs;
use std::path::{Path, PathBuf};

use dingtalk_codegen::{Build, Failure};

/// A folder of one test with a spec of services alone, and one for what is made of it.
struct Scratch {
    spec: PathBuf,
    out: PathBuf,
}

impl Scratch {
    fn new(name: &str) -> Self {
        let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("build-{name}"));
        let _ = fs::remove_dir_all(&root);
        let scratch = Self {
            spec: root.join("spec"),
            out: root.join("out"),
        };
        let mut files = common::good();
        files.retain(|path, _| path != "platform.yaml" && !path.starts_with("events/"));
        for (path, text) in files {
            scratch.write(&path, &text);
        }
        scratch
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.spec.join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder is made");
        fs::write(path, text).expect("the file is written");
    }

    fn generate(&self) -> Result<PathBuf, Failure> {
        Build::new(&self.spec).out_dir(&self.out).generate()
    }

    /// The names of the files that were made.
    fn made(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.out).into_iter().flatten();
        let names = entries.map(|entry| entry.expect("an entry").file_name());
        names
            .map(|name| name.to_string_lossy().into_owned())
            .collect()
    }
}

#[test]
fn services_without_a_platform_become_one_file_that_can_be_included() {
    let scratch = Scratch::new("one-file");
    let file = scratch.generate().expect("a good spec");
    assert_eq!(file, scratch.out.join("dingtalk.rs"));
    assert_eq!(scratch.made(), ["dingtalk.rs"]);
    let text = fs::read_to_string(file).expect("a text");
    // What is included can have no attributes of its own, and modules in other files are not found by all tools.
    assert!(
        !text
            .lines()
            .any(|line| line.starts_with("#![") || line.starts_with("//!"))
    );
    assert!(!text.contains("mod create_meeting;"), "{text}");
    for part in [
        "pub mod demo_1_0 {",
        "pub mod create_meeting {",
        "fn demo_1_0(&self) -> demo_1_0::Demo1_0<'_>;",
        "Services for C",
    ] {
        assert!(text.contains(part), "{part}");
    }
}

#[test]
fn examples_name_no_crate_that_does_not_have_the_service() {
    let scratch = Scratch::new("examples");
    let file = scratch.generate().expect("a good spec");
    let text = fs::read_to_string(file).expect("a text");
    assert!(
        text.contains("/// use demo_1_0::create_meeting::{"),
        "{text}"
    );
    assert!(text.contains("dingtalk_runtime::json!("));
    assert!(!text.contains("dingtalk_api"));
    assert!(!text.contains("```no_run"));
}

#[test]
fn path_arguments_are_enums_where_the_path_is_and_a_colon_needs_a_text() {
    let scratch = Scratch::new("path-enums");
    scratch.write(
        "demo_1_0/touch.yaml",
        "operation: Touch\nsummary: Changes nothing\nmethod: POST\npath: /v1.0/demo/{level}/{mode}/{id}\n\
         path_params:\n  level: { type: Level }\n  mode: { enum: { one: First, two: Second }, doc: Which }\n  id: { type: number }\n",
    );
    let file = scratch.generate().expect("a good spec");
    let text = fs::read_to_string(file).expect("a text");
    for part in [
        "level: types::Level,",
        "mode: touch::Mode,",
        "id: f64,",
        "vec![level.to_string(), mode.to_string(), id.to_string()]",
        "- `level` (`level` in the path)\n",
        "- `mode` (`mode` in the path): Which.\n",
    ] {
        assert!(text.contains(part), "{part}");
    }
}

/// Adds an API to those of the crate, and a service of it.
fn with_an_api(name: &str, service_names: &str) -> Scratch {
    let scratch = Scratch::new(name);
    scratch.write(
        "platform.yaml",
        "apis:\n  intranet:\n    doc: Our own server\n    servers: { global: { url: \"https://intranet.example.com\" } }\n    \
         token: { query: key }\n    envelope: { code: [status], success: [\"0\"], message: [reason] }\n",
    );
    let service = format!("api: {service_names}\n");
    scratch.write("menu/_service.yaml", &service);
    scratch.write(
        "menu/get.yaml",
        "operation: Get\nsummary: Gets the menu\nmethod: GET\npath: /menu\nresponse: { dishes: { list: string } }\n",
    );
    scratch
}

#[test]
fn an_api_of_ones_own_becomes_a_static_for_the_client() {
    let scratch = with_an_api("own-api", "intranet");
    let file = scratch.generate().expect("a good spec");
    let text = fs::read_to_string(file).expect("a text");
    for part in [
        "/// The API `intranet`. Give it to the client with `ClientBuilder::api`. Our own server.\n\
         pub static INTRANET: ::dingtalk_runtime::Api",
        "token: rt::TokenPlace::Query(\"key\")",
        "api: Some(\"intranet\")",
        // Services that name none are still of the crate's first.
        "api: None",
    ] {
        assert!(text.contains(part), "{part}");
    }
}

#[test]
fn a_service_may_name_an_api_of_the_crate_but_not_almost_one_of_its_own() {
    let scratch = with_an_api("crate-api", "oapi");
    scratch.generate().expect("the crate may have it");
    let scratch = with_an_api("almost-own-api", "intrenet");
    let mistake = scratch.generate().expect_err("a mistake").to_string();
    assert!(mistake.contains("did you mean `intranet`?"), "{mistake}");
}

#[test]
fn apis_alone_are_no_platform_of_a_whole_crate() {
    let mut files = common::good();
    let text = "apis:\n  api:\n    servers: { global: { url: \"https://api.example.io\" } }\n    token: { header: x-token }\n    \
                envelope: { code: [code], success: [\"0\"], message: [message] }\n";
    files.insert("platform.yaml".to_owned(), text.to_owned());
    let mistake = common::check(&files).expect_err("a mistake").to_string();
    assert!(
        mistake.contains("`platform.yaml` lacks `version` and `grants`"),
        "{mistake}"
    );
}

#[test]
fn the_same_spec_writes_nothing() {
    let scratch = Scratch::new("twice");
    let file = scratch.generate().expect("a good spec");
    let written = || {
        fs::metadata(&file)
            .and_then(|data| data.modified())
            .expect("a time")
    };
    let before = written();
    scratch.generate().expect("a good spec");
    assert_eq!(before, written());
}

#[test]
fn a_mistake_is_told_with_its_place_and_leaves_the_file_alone() {
    let scratch = Scratch::new("mistake");
    let file = scratch.generate().expect("a good spec");
    let before = fs::read(&file).expect("the file");
    scratch.write(
        "demo_1_0/touch.yaml",
        "operation: Touch\nsummary: Changes nothing\nmethod: PUSH\npath: /v1.0/demo/touch\nbody: { a: { type: strng } }\n",
    );
    let Err(Failure::Spec(report)) = scratch.generate() else {
        panic!("the spec has mistakes");
    };
    let lines = report.lines();
    let file_of = |place: &str| format!("{}/demo_1_0/touch.yaml:{place}", scratch.spec.display());
    assert_eq!(
        lines,
        [
            file_of(
                "3:9: `PUSH` is not a valid value of `method`; allowed: `GET`, `POST`, `PUT`, `DELETE` or \
                 `PATCH`"
            ),
            file_of("5:20: unknown type `strng`; did you mean `string`?"),
        ]
    );
    assert!(fs::read(&file).expect("the file") == before);
}

#[test]
fn a_folder_without_services_is_no_spec() {
    let scratch = Scratch::new("empty");
    fs::remove_dir_all(&scratch.spec).expect("it goes");
    let missing = scratch.generate().expect_err("no folder").to_string();
    assert!(missing.contains("cannot read the spec folder"), "{missing}");
    fs::create_dir(&scratch.spec).expect("it is made");
    let empty = scratch.generate().expect_err("nothing in it").to_string();
    assert!(empty.contains("`platform.yaml` is missing"), "{empty}");
}
