//! The import of the official Python SDK, on a made-up package in its layout.
//!
//! `tests/sdk/package` is the package, `tests/sdk/spec` what comes out, made with
//! `dingtalk-codegen import sdk tests/sdk/package --spec tests/sdk/spec` and reviewed. Only `platform.yaml` and
//! the lists in `import/` are written by hand.
#![cfg(feature = "import")]
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests may"
)]

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use common::{Files, check, read_all};
use dingtalk_codegen::import::sdk::{Options, Outcome, import};

const CLIENT: &str = "alibabacloud_dingtalk/alpha_1_0/client.py";
const MODELS: &str = "alibabacloud_dingtalk/alpha_1_0/models.py";
const FIND: &str = "alpha_1_0/find_things.yaml";

fn golden(folder: &str) -> Files {
    read_all(
        &Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/sdk")
            .join(folder),
    )
}

/// The spec before anything was imported.
fn lists() -> Files {
    let mut files = golden("spec");
    files.retain(|name, _| {
        name == "platform.yaml" || (name.starts_with("import/") && name != "import/counts.yaml")
    });
    files
}

/// A package and a spec in a folder of a test's own.
struct Bench {
    folder: PathBuf,
}

impl Bench {
    #[track_caller]
    fn new(name: &str, package: &Files, spec: &Files) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("import_sdk")
            .join(name);
        let _ = fs::remove_dir_all(&folder);
        let bench = Self { folder };
        bench.write("package", package);
        bench.write("spec", spec);
        bench
    }

    fn write(&self, part: &str, files: &Files) {
        for (name, text) in files {
            let path = self.folder.join(part).join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }

    fn options(&self) -> Options {
        Options {
            package: self.folder.join("package"),
            spec: self.folder.join("spec"),
            service: None,
        }
    }

    fn import(&self) -> Outcome {
        import(&self.options(), &|_, _| {}).expect("a package and a spec")
    }

    fn spec(&self) -> Files {
        read_all(&self.folder.join("spec"))
    }

    fn run(&self, more: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_dingtalk-codegen"))
            .args(["import", "sdk", "package"])
            .args(more)
            .current_dir(&self.folder)
            .output()
            .expect("the program runs")
    }
}

/// Files with a piece of text replaced, which must be there; only its first occurrence is.
#[track_caller]
fn changed(mut files: Files, file: &str, from: &str, to: &str) -> Files {
    let text = files.get_mut(file).expect("a file");
    assert!(text.contains(from), "{from:?} is not in {file}");
    *text = text.replacen(from, to, 1);
    files
}

/// All reports of an import as one text.
fn reports(outcome: &Outcome) -> String {
    outcome
        .reports
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn each_construct_of_the_package_becomes_what_a_person_would_write() {
    let bench = Bench::new("golden", &golden("package"), &lists());
    let outcome = bench.import();
    assert_eq!(reports(&outcome), "");
    assert_eq!(outcome.version.as_deref(), Some("9.8.7"));
    assert_eq!(
        (outcome.services, outcome.operations, outcome.new),
        (2, 18, 20)
    );
    let (made, golden) = (bench.spec(), golden("spec"));
    assert_eq!(
        made.keys().collect::<Vec<_>>(),
        golden.keys().collect::<Vec<_>>()
    );
    for (name, text) in &golden {
        assert_eq!(made.get(name), Some(text), "{name}");
    }
    check(
        &made
            .into_iter()
            .filter(|(name, _)| !name.starts_with("import/"))
            .collect(),
    )
    .expect("a good spec");
}

#[test]
fn importing_twice_changes_nothing() {
    let bench = Bench::new("twice", &golden("package"), &golden("spec"));
    let outcome = bench.import();
    assert_eq!(
        (outcome.new, outcome.changed, outcome.findings),
        (0, 0, Vec::new())
    );
    assert_eq!(bench.spec(), golden("spec"));
}

#[test]
fn what_is_reviewed_stays_and_the_rest_is_added() {
    let reviewed = "\
# yaml-language-server: $schema=../schema.json
operation: FindThings
summary: Finds what is in a building
method: GET
path: /v1.0/alpha/buildings/{buildingId}/things/{thingId}
permission: Alpha.Thing.Read

path_params:
  buildingId: { type: string }
  thingId: { type: string }

query:
  # Of our own.
  kinds: { list: string, encoding: comma }
  active: { type: boolean, doc: Whether it works }

response:
  things:
    list:
      object:
        title: { enum: { door: A door, window: A window }, doc: What it is }
      rust_type: Found
";
    let mut spec = golden("spec");
    spec.insert(FIND.to_owned(), reviewed.to_owned());
    let bench = Bench::new("reviewed", &golden("package"), &spec);
    let outcome = bench.import();
    let findings: Vec<_> = outcome.findings.iter().map(ToString::to_string).collect();
    insta::assert_snapshot!("import_sdk_merged", bench.spec()[FIND]);
    insta::assert_snapshot!("import_sdk_findings", findings.join("\n"));
    assert_eq!((outcome.new, outcome.changed), (0, 1));
}

#[test]
fn a_published_name_is_not_taken_by_what_is_new() {
    let package = changed(
        golden("package"),
        MODELS,
        "class ListPagesResponseBody(TeaModel):\n    def __init__(\n        self,\n",
        "class ListPagesResponseBodyStatus(TeaModel):\n    def __init__(\n        self,\n        more: str = None,\n    ):\n        \
         self.more = more\n\n    def to_map(self):\n        result = dict()\n        if self.more is not None:\n            \
         result['more'] = self.more\n        return result\n\n\n\
         class ListPagesResponseBody(TeaModel):\n    def __init__(\n        self,\n        status: ListPagesResponseBodyStatus = None,\n",
    );
    let models = &package[MODELS];
    let at = models
        .find("class ListPagesResponseBody(TeaModel)")
        .unwrap();
    let (before, after) = models.split_at(at);
    let after = after
        .replacen("    ):\n", "    ):\n        self.status = status\n", 1)
        .replacen(
            "        result = dict()\n",
            "        result = dict()\n        if self.status is not None:\n            result['status'] = self.status.to_map()\n",
            1,
        );
    let mut package = package.clone();
    package.insert(MODELS.to_owned(), format!("{before}{after}"));
    let bench = Bench::new("published", &package, &golden("spec"));
    let outcome = bench.import();
    assert_eq!(reports(&outcome), "");
    let text = &bench.spec()["alpha_1_0/list_pages.yaml"];
    // Alone it would have been `Status`, which an object further in has had so far.
    assert!(text.contains("rust_type: ResponseStatus"), "{text}");
    assert!(text.contains("rust_type: ItemStatus"), "{text}");
}

/// What is changed in which file, where it is found to be wrong, and the first words of what is said.
const UNKNOWN: &[(&str, &str, &str, &str)] = &[
    (
        CLIENT,
        "query['active'] = request.active",
        "query.update(request.active)",
        "the import does not know this in a method",
    ),
    (
        CLIENT,
        "'ids', 'json')",
        "'ids', 'pipeDelimited')",
        "the import does not know this as a way to make a text",
    ),
    (
        CLIENT,
        "auth_type='AK'",
        "auth_type='Basic'",
        "the import does not know this as `auth_type`",
    ),
    (
        CLIENT,
        "style='ROA'",
        "style='RPC'",
        "the import does not know this as `style`",
    ),
    (
        CLIENT,
        "method='POST'",
        "method='QUERY'",
        "`QUERY` is no HTTP method of the spec",
    ),
    (
        CLIENT,
        " body_type='json'",
        " body_type='binary'",
        "a reply that is read as `binary` is not described so",
    ),
    (
        CLIENT,
        "            body_type='json'\n",
        "",
        "`Params` does not say `body_type`",
    ),
    (
        CLIENT,
        "/{building_id}/",
        "/{building_id.lower()}/",
        "the import does not know this as a path",
    ),
    (
        CLIENT,
        "/{building_id}/",
        "/{building}/",
        "the path needs `building`",
    ),
    (
        CLIENT,
        "        building_id: str,\n",
        "        building_id: str,\n        floor: str,\n",
        "the argument `floor` is sent nowhere",
    ),
    (
        CLIENT,
        "        building_id: str,\n",
        "        building_id,\n",
        "the import does not know this as an argument",
    ),
    (
        CLIENT,
        "            query=OpenApiUtilClient.query(query)\n",
        "",
        "the query is filled, and not sent",
    ),
    (
        CLIENT,
        "if not UtilClient.is_unset(request.address):\n            body['address'] = request.address",
        "if not UtilClient.is_unset(request.adress):\n            body['address'] = request.adress",
        "there is no field `adress`",
    ),
    (
        CLIENT,
        "query['active'] = request.active",
        "query['names'] = request.active",
        "`names` is sent twice",
    ),
    (
        CLIENT,
        "        if not UtilClient.is_unset(request.address):\n            body['address'] = request.address\n",
        "",
        "`address` is sent nowhere",
    ),
    (
        CLIENT,
        "    def show_types_with_options(",
        "    x = 1\n\n    def show_types_with_options(",
        "the import does not know this in a client",
    ),
    (
        CLIENT,
        "class Client(OpenApiClient):",
        "print(1)\n\n\nclass Client(OpenApiClient):",
        "the import does not know this beside the class",
    ),
    (
        CLIENT,
        "models.ShowTypesRequest,",
        "models.ShowTypeRequest,",
        "the package has no class `ShowTypeRequest`; there is `ShowTypesRequest`",
    ),
    (
        MODELS,
        "count: int = None",
        "count: Set[int] = None",
        "the import does not know this as a type",
    ),
    (
        MODELS,
        "count: int = None",
        "count: int = 1 + 1",
        "the import does not know this as a default",
    ),
    (
        MODELS,
        "count: int = None",
        "count=None",
        "the import does not know this among the fields of a model",
    ),
    (
        MODELS,
        "count: int = None",
        "count: Nothing = None",
        "the package has no class `Nothing`",
    ),
    (
        MODELS,
        "result['count'] = self.count",
        "result.set('count', self.count)",
        "the import does not know this in a `to_map`",
    ),
    (
        MODELS,
        "self.count = count",
        "self.count = count or 1",
        "the import does not know this in an `__init__`",
    ),
    (
        MODELS,
        "class ShowTypesRequest(TeaModel):",
        "class ShowTypesRequest(Person):",
        "the import does not know this a class that is no `TeaModel`",
    ),
    (
        MODELS,
        "class ShowTypesRequest(TeaModel):",
        "x = 1\n\n\nclass ShowTypesRequest(TeaModel):",
        "the import does not know this among the classes",
    ),
    (
        CLIENT,
        "action='ListPages'",
        "action='ShowTypes'",
        "`ShowTypes` would have the file of `ShowTypes`",
    ),
    (
        MODELS,
        "result['count'] = self.count",
        "result['text'] = self.count",
        "two fields are called `text` on the wire",
    ),
    (
        MODELS,
        "class TreeNode(TeaModel):",
        "class Person(TeaModel):",
        "the class `Person` is there twice",
    ),
];

#[test]
fn what_is_not_known_is_named_with_its_place_and_the_rest_imported() {
    let package = golden("package");
    for (number, (file, from, to, says)) in UNKNOWN.iter().enumerate() {
        let damaged = changed(package.clone(), file, from, to);
        let bench = Bench::new(&format!("unknown{number}"), &damaged, &lists());
        let outcome = bench.import();
        let report = reports(&outcome);
        assert!(report.contains(&format!("error: {says}")), "{to}: {report}");
        let of_service = file
            .trim_start_matches("alibabacloud_dingtalk/")
            .trim_end_matches("client.py")
            .trim_end_matches("models.py");
        let place = report
            .lines()
            .find(|line| line.contains("--> "))
            .expect("a place");
        let (_, position) = place
            .split_once(".py:")
            .unwrap_or_else(|| panic!("{to}: {place}"));
        assert!(
            place.contains(of_service) && position.split(':').count() == 2,
            "{to}: {place}"
        );
        assert!(
            outcome.operations >= 14,
            "{to}: {} operations",
            outcome.operations
        );
        assert!(bench.spec().contains_key("beta_2_0/get_other.yaml"), "{to}");
    }
}

#[test]
fn a_damaged_package_is_refused_or_read_and_never_a_panic() {
    let package = golden("package");
    let (mut refused, mut number) = (0, 0);
    for file in [CLIENT, MODELS] {
        let text = &package[file];
        let lines: Vec<&str> = text.lines().collect();
        let mut damaged = Vec::new();
        for step in 1..12 {
            let at = lines.len() * step / 12;
            let cut: String = text
                .chars()
                .take(text.chars().count() * step / 12)
                .collect();
            damaged.push(cut);
            let mut without = lines.clone();
            without.remove(at);
            damaged.push(without.join("\n"));
            let mut twice = lines.clone();
            twice.insert(at, lines[at]);
            damaged.push(twice.join("\n"));
            let mut swapped = lines.clone();
            swapped.swap(at, at / 2);
            damaged.push(swapped.join("\n"));
        }
        for text in damaged {
            number += 1;
            let mut package = package.clone();
            package.insert(file.to_owned(), text);
            let bench = Bench::new(&format!("damaged{number}"), &package, &lists());
            let outcome = bench.import();
            refused += usize::from(!outcome.reports.is_empty());
            assert!(
                !outcome.reports.is_empty() || outcome.operations == 18,
                "something was lost in silence"
            );
        }
    }
    assert!(refused > number / 2, "{refused} of {number}");
}

#[test]
fn files_that_cannot_be_read_are_named_and_the_other_services_imported() {
    let mut package = golden("package");
    package.remove(MODELS);
    let bench = Bench::new("unreadable", &package, &lists());
    fs::write(bench.folder.join("package").join(CLIENT), b"# \xff\n").unwrap();
    let outcome = bench.import();
    let report = reports(&outcome);
    assert!(report.contains("alpha_1_0/models.py"), "{report}");
    assert!(
        report.contains("this file is not UTF-8: see its line 1"),
        "{report}"
    );
    assert_eq!(outcome.operations, 2);
}

#[test]
fn deep_nesting_is_refused() {
    let deep = format!(
        "count: {}int{} = None",
        "List[".repeat(20_000),
        "]".repeat(20_000)
    );
    let package = changed(golden("package"), MODELS, "count: int = None", &deep);
    let outcome = Bench::new("deep", &package, &lists()).import();
    assert!(
        reports(&outcome).contains("nested too deeply"),
        "{}",
        reports(&outcome)
    );
}

#[test]
fn entries_of_the_lists_that_no_longer_apply_are_errors() {
    let mut spec = golden("spec");
    let names = spec.get_mut("import/names.yaml").expect("a list");
    *names = names.replace("services:", "services:\n  no_such_1_0: nothing_1_0");
    let mut append = |file: &str, text: &str| spec.get_mut(file).expect("a list").push_str(text);
    append(
        "import/names.yaml",
        "\n  noSuchField: nothing\n  unionId: union_id\n",
    );
    append(
        "import/corrections.yaml",
        "  - { says: NoSuchType, right: json, reason: None. }\n",
    );
    append(
        "import/marks.yaml",
        "  except:\n    - { operation: alpha_1_0/NoSuch, reason: None. }\n",
    );
    let outcome = Bench::new("stale", &golden("package"), &spec).import();
    insta::assert_snapshot!(
        "import_sdk_stale",
        reports(&outcome).replace(env!("CARGO_TARGET_TMPDIR"), "..")
    );
}

#[test]
fn lists_with_mistakes_stop_the_import() {
    let cases = [
        (
            "import/names.yaml",
            "methods:",
            "method:",
            "unknown field `method`",
        ),
        (
            "import/corrections.yaml",
            "reason: A space stands behind the path.",
            "reason: \"\"",
            "an entry needs a reason",
        ),
        (
            "import/corrections.yaml",
            "    reason: A space stands behind the path.\n",
            "",
            "missing field `reason`",
        ),
        (
            "import/marks.yaml",
            "ends: [client_token]",
            "ends: {}",
            "invalid type: map",
        ),
    ];
    for (number, (file, from, to, says)) in cases.into_iter().enumerate() {
        let spec = changed(golden("spec"), file, from, to);
        let bench = Bench::new(&format!("list{number}"), &golden("package"), &spec);
        let report = import(&bench.options(), &|_, _| {})
            .expect_err("a mistake")
            .to_string();
        assert!(report.contains(says), "{report}");
        assert!(report.contains(&format!("spec/{file}:")), "{report}");
    }
}

#[test]
fn one_service_can_be_imported_alone() {
    let bench = Bench::new("alone", &golden("package"), &lists());
    // By its name here, or by the package's.
    for name in ["beta_2_0", "be_t_a_2_0"] {
        let options = Options {
            service: Some(name.to_owned()),
            ..bench.options()
        };
        let outcome = import(&options, &|_, _| {}).unwrap();
        assert_eq!(reports(&outcome), "");
        assert_eq!((outcome.services, outcome.operations), (1, 2));
    }
    assert!(
        !bench
            .spec()
            .keys()
            .any(|name| name.starts_with("alpha_1_0/"))
    );
}

#[test]
fn the_exit_code_tells_whether_all_was_imported() {
    let bench = Bench::new("exit", &golden("package"), &lists());
    let output = bench.run(&[]);
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8_lossy(&output.stdout);
    assert_eq!(
        text,
        "alibabacloud-dingtalk 9.8.7: 2 services with 18 operations; 20 files new, 0 added to, 0 differences\n"
    );
    assert!(String::from_utf8_lossy(&output.stderr).contains("imported 2 of 2 services"));

    assert_eq!(bench.run(&["--service", "beta_1_0"]).status.code(), Some(1));
    assert!(
        String::from_utf8_lossy(&bench.run(&["--service", "beta_1_0"]).stderr)
            .contains("did you mean `beta_2_0`?")
    );
    assert_eq!(bench.run(&["--spec", "nowhere"]).status.code(), Some(1));
    assert_eq!(bench.run(&["--sevrice", "beta_2_0"]).status.code(), Some(2));

    let damaged = changed(golden("package"), CLIENT, "style='ROA'", "style='RPC'");
    let output = Bench::new("exit_damaged", &damaged, &lists()).run(&[]);
    assert_eq!(output.status.code(), Some(1));
    let nothing = Bench::new("exit_nothing", &Files::new(), &lists());
    let output = nothing.run(&[]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("the package's folder cannot be read")
    );
}
