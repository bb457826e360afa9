//! The lists of `import/`, and the command.

use super::*;

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
    assert!(String::from_utf8_lossy(&output.stderr).contains("cannot read the package's folder"));
}
