//! Catalogue and typed operations are one description.

use dingtalk_api::operation::Operation;

/// Of the services that are compiled in: `--features dingtalk-api/full` compares all 3,289 operations.
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

/// Fails unless two operations are the same to all who call or describe them.
pub fn same(typed: &Operation, other: &Operation) {
    assert_eq!(typed.describe(), other.describe());
    let infos = |operation: &Operation| -> Vec<_> {
        let fields = operation.fields().into_iter();
        fields.map(|(info, _)| info).collect()
    };
    assert_eq!(infos(typed), infos(other), "{typed}");
    assert_eq!(
        (typed.body, typed.reply, typed.paging, typed.errors),
        (other.body, other.reply, other.paging, other.errors),
        "{typed}"
    );
    assert_eq!(typed.request.is_some(), other.request.is_some(), "{typed}");
    assert_eq!(
        typed.reply_type.is_some(),
        other.reply_type.is_some(),
        "{typed}"
    );
}
