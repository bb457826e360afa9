//! What is not known, damaged or unreadable is named.

use super::*;

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
        "`QUERY` is not an HTTP method that the spec supports",
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
        "the argument `floor` is never sent",
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
        "the query is filled but not sent",
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
        "`address` is never sent",
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
        "two fields have the wire name `text`",
    ),
    (
        MODELS,
        "class TreeNode(TeaModel):",
        "class Person(TeaModel):",
        "duplicate class `Person`",
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
