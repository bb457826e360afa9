//! Operations of the spec, written as made-up pages and imported again: what comes out otherwise has been told.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::LazyLock;

use dingtalk_codegen::sources::Sources;
use dingtalk_codegen::spec::{
    Field, Fields, NamedType, Operation, Ordered, ScalarOrNamed, Service, Shape, Spec, TypeNode,
};
use dingtalk_spec::import::doc::{Finding, Importer, Kind, Options, Source};

use crate::common;
use crate::page_writer::{Layout, Shown, Style, Types, Written, write};
use crate::telling::{self, Telling};

/// What a field is, by its place: `body/people/[]/name`.
pub(crate) type Facts = BTreeMap<String, String>;

pub(crate) fn facts(operation: &Operation, types: Types<'_>) -> Facts {
    let mut facts = Facts::new();
    let op = operation;
    for (place, fields) in [
        ("path_params", Some(&op.path_params)),
        ("query", Some(&op.query)),
        ("headers", Some(&op.headers)),
        ("body", op.body.as_ref()),
        ("response", op.response.as_ref()),
    ] {
        if let Some(fields) = fields {
            put_all(place, fields, types, &mut Vec::new(), &mut facts);
        }
    }
    for (place, whole) in [("body", &op.body_type), ("response", &op.response_type)] {
        if let Some(whole) = whole {
            put(place, whole, types, &mut Vec::new(), &mut facts);
            // An object with a name is an object.
            if facts
                .get(place)
                .is_some_and(|fact| fact.starts_with("object"))
            {
                facts.remove(place);
            }
        }
    }
    facts
}

fn put_all<'a>(
    place: &str,
    fields: &'a Fields,
    types: Types<'a>,
    open: &mut Vec<&'a str>,
    facts: &mut Facts,
) {
    for (name, field) in fields.iter() {
        put(&format!("{place}/{name}"), field, types, open, facts);
    }
}

fn put<'a>(
    place: &str,
    field: &'a Field,
    types: Types<'a>,
    open: &mut Vec<&'a str>,
    facts: &mut Facts,
) {
    let Some(shape) = field.shape() else { return };
    put_shape(place, shape, types, open, facts);
    if field.required
        && !place.starts_with("response")
        && let Some(fact) = facts.get_mut(place)
    {
        fact.push_str(" required");
    }
}

fn put_shape<'a>(
    place: &str,
    shape: Shape<'a>,
    types: Types<'a>,
    open: &mut Vec<&'a str>,
    facts: &mut Facts,
) {
    let mut inner = |step: &str, node: &'a TypeNode, facts: &mut Facts| {
        if let Some(shape) = node.shape() {
            put_shape(&format!("{place}/{step}"), shape, types, open, facts);
        }
    };
    let fact = match shape {
        Shape::Object(fields) => {
            put_all(place, fields, types, open, facts);
            "object".to_owned()
        }
        Shape::OneOf(_) => unreachable!("operations with a one-of are left out"),
        Shape::List(node) => {
            inner("[]", node, facts);
            "list".to_owned()
        }
        Shape::Map(node) => {
            inner("{}", node, facts);
            "map".to_owned()
        }
        Shape::Enum(values, _) => {
            let values: Vec<String> = values.iter().map(|(key, _)| key.to_string()).collect();
            format!("one of {}", values.join(", "))
        }
        Shape::Name(ScalarOrNamed::Named(name)) => {
            if open.contains(&name.as_str()) {
                facts.insert(place.to_owned(), "object".to_owned());
                return;
            }
            open.push(name);
            if let Some(shape) = types.named(name) {
                put_shape(place, shape, types, open, facts);
            }
            open.pop();
            return;
        }
        Shape::Name(name) => format!("{name:?}"),
    };
    facts.insert(place.to_owned(), fact);
}

/// The spec of the project.
static PROJECT: LazyLock<Spec> =
    LazyLock::new(|| crate::spec(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec")));

/// What a file says.
pub(crate) fn parsed(file: &str, text: &str, platform: &str) -> Operation {
    let (service, stem) = file.split_once('/').expect("a file in a folder");
    let entries = [("platform.yaml", platform), (file, text)];
    let entries = entries.map(|(path, text)| (path.to_owned(), Ok(text.as_bytes().to_vec())));
    let sources = Sources::from_entries("spec", entries.into_iter().collect()).expect("a spec");
    let spec = dingtalk_codegen::load::parse(&sources, &BTreeSet::from([service])).expect("a spec");
    spec.services[service].operations[stem.trim_end_matches(".yaml")].clone()
}

/// What differs.
pub(crate) fn differences(
    before: &Facts,
    after: &Facts,
    vague: &BTreeSet<String>,
) -> BTreeSet<String> {
    let places: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let outside = |place: &&&String| !telling::is_within(vague, place);
    let differ = |place: &&&String| before.get(**place) != after.get(**place);
    places
        .iter()
        .filter(outside)
        .filter(differ)
        .map(|place| (**place).clone())
        .collect()
}

/// Operations whose pages were once read wrongly, tried in all styles: an example that leaves out what is behind an
/// object, a map whose keys look like fields, a list as a map's value, a list that is a string of JSON, names and
/// encodings that no page has, a type inside itself, and so many fields of the same names that not all ways to read
/// them can be followed.
const HARD: &[&str] = &[
    "agoal_1_0/agoal_create_progress",
    "ai_search_ask_1_0/retrieve",
    "attendance_1_0/init_and_get_leave_a_llocation_quotas",
    "bizfinance_2_0/query_corp_scale",
    "contract_1_0/create_checklist_rule",
    "contract_1_0/create_sign_flow",
    "contract_1_0/query_contract_sign_info",
    "datacenter_1_0/query_calendar_statistical_data",
    "doc_1_0/get_range",
    "doc_2_0/create_dentry",
    "doc_2_0/move_dentry",
    "exclusive_1_0/get_conversation_category",
    "storage_1_0/list_dentry_versions",
    "workflow_1_0/premium_save_form",
    "workflow_1_0/save_process",
];

/// How the pages look.
const STYLES: &[Style] = &[
    style(Layout::Site, true, Shown::All),
    style(Layout::Older, false, Shown::All),
    style(Layout::Bars, true, Shown::InParts),
    style(Layout::Tabs, true, Shown::Some),
    style(Layout::Site, false, Shown::InParts),
    style(Layout::Older, true, Shown::Some),
    style(Layout::Tabs, false, Shown::All),
    style(Layout::Bars, true, Shown::Nothing),
    style(Layout::Tabs, false, Shown::Some),
    style(Layout::Site, false, Shown::Nothing),
];

const fn style(layout: Layout, exact: bool, shown: Shown) -> Style {
    Style {
        layout,
        exact,
        shown,
        english: exact && matches!(layout, Layout::Tabs),
    }
}

/// Tries pages of all services of the first API, since the layouts are those of its pages: of each service some
/// operations, or all of them with `ROUND_TRIP=all`, in all styles.
pub(crate) fn each_page(mut try_page: impl FnMut(&str, &str, &Page<'_>)) -> usize {
    let all = std::env::var_os("ROUND_TRIP").is_some();
    let mut count = 0;
    let first = |service: &Service| service.file.api.is_none();
    let services = PROJECT.services.iter();
    for (name, service) in services.filter(|(_, service)| first(service)) {
        for (number, (stem, operation)) in service.operations.iter().enumerate() {
            // Pages have no one way to describe a one-of.
            if operation
                .body
                .iter()
                .flat_map(Fields::iter)
                .any(|(_, field)| field.flatten)
            {
                continue;
            }
            let hard = HARD.contains(&format!("{name}/{stem}").as_str());
            if !all && !hard && number % 48 != 0 {
                continue;
            }
            let types = Types {
                own: &operation.types,
                shared: &service.file.types,
            };
            let styles = if all || hard { STYLES.len() } else { 1 };
            for style in STYLES.iter().cycle().skip(count).take(styles) {
                let written = write(name, operation, types, *style);
                let source = Source::new("page.md", written.text.as_bytes()).expect("a text");
                let page = Page {
                    operation,
                    types,
                    style,
                    written,
                    source,
                };
                try_page(name, stem, &page);
                count += 1;
            }
        }
    }
    count
}

impl Page<'_> {
    fn source_text(&self) -> &str {
        &self.written.text
    }
}
pub(crate) struct Page<'a> {
    pub(crate) operation: &'a Operation,
    pub(crate) types: Types<'a>,
    pub(crate) style: &'a Style,
    pub(crate) written: Written,
    pub(crate) source: Source,
}

#[test]
fn what_comes_out_otherwise_was_told() {
    let platform = &common::good()["platform.yaml"];
    let none = Ordered::<String, NamedType>::default();
    let mut wrong = Vec::new();
    let mut exact = 0;
    let count = each_page(|service, stem, page| {
        let imported = Importer::default().page(&page.source, &Options::default());
        let imported = imported.unwrap_or_else(|why| panic!("{service}/{stem}: {why:?}"));
        let after = parsed(&imported.file, &imported.text, platform);
        let before = page.operation;
        let same = (
            before.method,
            &before.path,
            before.token.as_ref(),
            before.errors.len(),
        );
        let found = (
            after.method,
            &after.path,
            after.token.as_ref(),
            after.errors.len(),
        );
        assert_eq!(found, same, "{service}/{stem} {:?}", page.style);
        let before = facts(before, page.types);
        let types = Types {
            own: &after.types,
            shared: &none,
        };
        let after = facts(&after, types);
        let differ = differences(&before, &after, &page.written.vague);
        exact += usize::from(differ.is_empty());
        if format!("{service}/{stem}") == std::env::var("SHOW").unwrap_or_default()
            && format!("{:?}", page.style).contains(&std::env::var("STYLE").unwrap_or_default())
        {
            println!("{}\n{}", page.source_text(), imported.text);
            for f in &imported.findings {
                println!("{} ROWS {:?}", f.shown(&page.source), f.rows);
            }
            println!("{differ:?} {:?}", page.written.lines);
        }
        let telling = Telling::new(&differ, &page.written);
        for place in &differ {
            let told = |finding: &Finding| telling.tells(finding, place);
            let told = imported.findings.iter().any(told);
            if !told || page.style.shown == Shown::All {
                wrong.push(format!(
                    "{service}/{stem} {place}: {:?} became {:?} ({:?})",
                    before.get(place),
                    after.get(place),
                    page.style
                ));
            }
        }
    });
    println!("{count} pages, {exact} as they were");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_page_changes_nothing_of_an_operation_that_the_spec_has() {
    let platform = &common::good()["platform.yaml"];
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let mut into = Importer::open(&spec).expect("the spec");
    let mut wrong = Vec::new();
    let count = each_page(|service, stem, page| {
        let imported = into.page(&page.source, &Options::default());
        let imported = imported.unwrap_or_else(|why| panic!("{service}/{stem}: {why:?}"));
        let mut after = parsed(&imported.file, &imported.text, platform);
        // The page's example is new.
        after.example.clone_from(&page.operation.example);
        if after != *page.operation {
            wrong.push(format!(
                "{service}/{stem} {:?}: {:?}",
                page.style, imported.added
            ));
        }
        let of_kind = |kind| {
            imported
                .findings
                .iter()
                .filter(move |finding| finding.kind == kind)
        };
        for finding in of_kind(Kind::Undecided).chain(of_kind(Kind::Disagrees)) {
            wrong.push(format!(
                "{service}/{stem} {:?}: {}",
                page.style,
                finding.shown(&page.source)
            ));
        }
    });
    println!("{count} pages");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
