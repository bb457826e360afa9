//! Catalogue and typed operations are one description.

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
