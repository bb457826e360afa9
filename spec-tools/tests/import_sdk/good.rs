//! What a package becomes, and what happens to a spec that is there.

use super::*;

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
