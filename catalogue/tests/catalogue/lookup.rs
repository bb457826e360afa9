//! Operations by name and by path.

use dingtalk_catalogue::{Catalogue, NotFound};

fn catalogue() -> &'static Catalogue {
    dingtalk_catalogue::open().unwrap()
}

const PATH: &str = "/v1.0/conference/videoConferences/{conferenceId}/cloudRecords/start";

#[test]
fn an_operation_is_found_by_each_of_its_names() {
    let found = catalogue()
        .operation("conference_1_0", "StartCloudRecord")
        .unwrap();
    assert_eq!(found.to_string(), "conference_1_0.StartCloudRecord");
    assert_eq!(found.rust_name(), "start_cloud_record");
    assert_eq!((found.method(), found.path()), ("POST", PATH));
    assert_eq!(
        found.summary(),
        "Starts the cloud recording of a video conference"
    );
    let same = catalogue()
        .by_rust_name("conference_1_0", "start_cloud_record")
        .unwrap();
    assert_eq!(same.unwrap().to_string(), found.to_string());
    let none = catalogue().by_rust_name("conference_1_0", "start").unwrap();
    assert!(none.is_none());
    assert!(
        catalogue()
            .by_rust_name("no_1_0", "start")
            .unwrap()
            .is_none()
    );
}

#[test]
fn an_operation_is_found_by_a_path_and_by_its_template() {
    for path in [
        PATH,
        "/v1.0/conference/videoConferences/61289f392xxx/cloudRecords/start",
    ] {
        let found = catalogue().by_path("POST", path).unwrap().unwrap();
        assert_eq!(found.action(), "StartCloudRecord");
    }
    for (method, path) in [
        ("GET", PATH),
        (
            "POST",
            "/v1.0/conference/videoConferences//cloudRecords/start",
        ),
        (
            "POST",
            "/v1.0/conference/videoConferences/1/cloudRecords/start/2",
        ),
        ("POST", "/v1.0/conference/videoConferences/1/cloudRecords"),
        ("POST", ""),
    ] {
        assert!(
            catalogue().by_path(method, path).unwrap().is_none(),
            "{method} {path}"
        );
    }
}

#[test]
fn every_operation_is_found_by_its_own_names() {
    let all = catalogue().operations().unwrap();
    assert!(all.len() > 3000);
    for operation in all {
        let service = operation.service().name();
        let same = catalogue().operation(service, operation.action()).unwrap();
        assert_eq!(same.path(), operation.path());
        let same = catalogue()
            .by_rust_name(service, operation.rust_name())
            .unwrap()
            .unwrap();
        assert_eq!(same.action(), operation.action());
    }
}

#[test]
fn operations_are_found_by_their_own_paths() {
    // One in ten: each look-up goes through all of them.
    for operation in catalogue().operations().unwrap().into_iter().step_by(10) {
        let found = catalogue()
            .by_path(operation.method(), operation.path())
            .unwrap();
        assert_eq!(found.unwrap().to_string(), operation.to_string());
    }
}

#[test]
fn services_are_found_whatever_their_case_and_underscores() {
    let found = catalogue()
        .operation("ai_paa_s_1_0", "Nothing")
        .unwrap_err();
    assert!(
        found
            .to_string()
            .starts_with("`ai_paa_s_1_0` has no operation"),
        "{found}"
    );
    assert!(catalogue().service("Conference1_0").is_some());
}

#[test]
fn what_may_have_been_meant_is_said() {
    for (service, action, said) in [
        (
            "conference_1_0",
            "start_cloud_recrod",
            "did you mean `StartCloudRecord`?",
        ),
        (
            "conferense_1_0",
            "StartCloudRecord",
            "did you mean `conference_1_0`?",
        ),
        (
            "no_such_thing",
            "StartCloudRecord",
            "`StartCloudRecord` is in `conference_1_0`",
        ),
    ] {
        let unknown = catalogue().operation(service, action).unwrap_err();
        assert!(unknown.to_string().ends_with(said), "{unknown}");
        assert!(matches!(unknown, NotFound::Unknown(unknown) if !unknown.is_not_compiled()));
    }
}

#[test]
fn an_event_is_found_by_its_type_and_a_callback_by_its_topic_and_its_name() {
    let event = catalogue().event("user_add_org").unwrap();
    assert_eq!(event.group().name(), "events_contact");
    assert_eq!(event.title(), "通讯录用户增加");
    let topic = catalogue().event("/v1.0/im/bot/messages/get").unwrap();
    assert!(topic.is_callback());
    let named = catalogue().event("bot_message").unwrap();
    assert_eq!(named.wire(), topic.wire());
    assert_eq!(
        catalogue().event("user_ad_org").unwrap_err().to_string(),
        "there is no event `user_ad_org`; did you mean `user_add_org`?"
    );
}
