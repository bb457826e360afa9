//! Catalogue and typed operations are one description.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::same::same;

/// Of the services that are compiled in: with the feature `full`, of all.
#[test]
fn every_typed_operation_is_in_the_catalogue_as_it_is() {
    let catalogue = dingtalk_catalogue::open().unwrap();
    let mut compared = 0;
    for typed in dingtalk_api::operations() {
        let found = catalogue.operation(typed.service, typed.action).unwrap();
        same(typed, found.callable().unwrap());
        compared += 1;
    }
    assert!(compared > 50, "{compared} operations were compared");
}

#[test]
fn the_catalogue_has_all_services_in_their_order() {
    let catalogue = dingtalk_catalogue::open().unwrap();
    let listed = catalogue
        .services()
        .map(|service| (service.name(), service.summary()));
    let typed = dingtalk_api::services().iter();
    assert!(listed.eq(typed.map(|service| (service.name, service.summary))));
    for typed in dingtalk_api::services() {
        let Some(operations) = typed.operations else {
            continue;
        };
        let service = catalogue.service(typed.name).unwrap();
        let actions = service
            .operations()
            .unwrap()
            .map(|operation| operation.action());
        assert!(actions.eq(operations.iter().map(|operation| operation.action)));
    }
}

#[test]
fn a_services_module_page_lists_its_operations_in_the_catalogues_groups() {
    let catalogue = dingtalk_catalogue::open().unwrap();
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("generated/src");
    let mut grouped = 0;
    for service in catalogue.services() {
        let page = fs::read_to_string(sources.join(service.name()).join("mod.rs")).unwrap();
        let mut group = "";
        let mut listed = BTreeMap::new();
        for line in page.lines().filter_map(|line| line.strip_prefix("//! ")) {
            if let Some(heading) = line.strip_prefix("# ") {
                group = heading;
            } else if let Some((method, _)) = line
                .strip_prefix("- [`")
                .and_then(|line| line.split_once('`'))
            {
                let again = listed.insert(method.trim_start_matches("r#"), group);
                assert_eq!(again, None, "{service:?} lists {method} again");
            }
        }
        let operations: Vec<_> = service.operations().unwrap().collect();
        let has_groups = operations
            .iter()
            .any(|operation| !operation.group().is_empty());
        let others = if has_groups { "Others" } else { "" };
        let expected: BTreeMap<_, _> = operations
            .iter()
            .map(|operation| {
                let group = Some(operation.group()).filter(|group| !group.is_empty());
                (operation.rust_name(), group.unwrap_or(others))
            })
            .collect();
        assert_eq!(listed, expected, "{service:?}");
        assert!(!has_groups || operations.len() > 15, "{service:?} is small");
        grouped += usize::from(has_groups);
    }
    assert!(grouped > 50, "{grouped} services have groups");
}
