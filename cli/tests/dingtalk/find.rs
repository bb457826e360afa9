//! `list` and `show`, and the help.

use serde_json::json;

use crate::program::{DINGTALK, dingtalk, run};

#[test]
fn operations_are_found_by_words_in_any_case_and_order() {
    let found = dingtalk(&["list", "RECORD", "startcloud", "conference_1_0"]);
    assert_eq!(found.code, Some(0));
    assert_eq!(
        found.out,
        "conference_1_0  StartCloudRecord  POST  \
         /v1.0/conference/videoConferences/{conferenceId}/cloudRecords/start\n"
    );
    // In the path, and in the summary.
    assert_eq!(dingtalk(&["list", "/cloudrecords/start"]).out, found.out);
    assert_eq!(
        dingtalk(&["list", "starts the cloud recording"]).out,
        found.out
    );
}

#[test]
fn operations_are_found_by_their_titles_and_those_of_their_services() {
    let found = dingtalk(&["list", "云录制"]);
    assert!(found.out.contains(" StartCloudRecord "), "{found:?}");
    assert_eq!(
        dingtalk(&["list", "钉钉碳中和"]).out,
        dingtalk(&["list", "carbon_1_0"]).out
    );
}

#[test]
fn the_operations_of_a_large_service_are_listed_in_groups() {
    let all = dingtalk(&["list", "conference_1_0"]).out;
    let groups: Vec<_> = all.split("\n\n").collect();
    let titles = groups.iter().filter_map(|group| group.lines().next());
    let titles: Vec<_> = titles.collect();
    assert!(
        titles.is_sorted_by_key(|title| (*title == "Others", *title)),
        "{titles:?}"
    );
    let of = |title: &str| {
        groups
            .iter()
            .find(|group| group.starts_with(title))
            .unwrap()
    };
    let records = of("Video conferences: cloud records\n");
    for action in ["StartCloudRecord", "StopCloudRecord"] {
        assert!(
            records.contains(&format!("\n  conference_1_0  {action} ")),
            "{records}"
        );
    }
    assert!(of("Others\n").contains(" CreateCustomShortLink "), "{all}");
    // Besides the rows there are only titles and empty lines.
    let rows: Vec<_> = all
        .lines()
        .filter_map(|line| line.strip_prefix("  "))
        .collect();
    let service = dingtalk_catalogue::open()
        .unwrap()
        .service("conference_1_0")
        .unwrap();
    assert_eq!(rows.len(), service.operations().unwrap().len());
    assert_eq!(all.lines().count(), rows.len() + 2 * groups.len() - 1);
    // Neither several services nor a small one have groups.
    for words in ["record", "carbon_1_0"] {
        assert!(!dingtalk(&["list", words]).out.contains("\n\n"), "{words}");
    }
}

#[test]
fn all_operations_and_events_are_listed_without_words() {
    let all = dingtalk(&["list"]);
    let catalogue = dingtalk_catalogue::open().unwrap();
    let expected = catalogue.operations().unwrap().len() + catalogue.events().unwrap().len();
    assert!(expected > 3000, "{expected}");
    assert_eq!(all.out.lines().count(), expected);
    assert_eq!(
        dingtalk(&["list", "--json"])
            .json()
            .as_array()
            .unwrap()
            .len(),
        expected
    );
}

#[test]
fn a_list_can_be_json() {
    assert_eq!(
        dingtalk(&["list", "StartCloudRecord", "--json"]).json(),
        json!([{
            "service": "conference_1_0",
            "action": "StartCloudRecord",
            "group": "Video conferences: cloud records",
            "title": "开启视频会议云录制",
            "summary": "Starts the cloud recording of a video conference",
            "method": "POST",
            "path": "/v1.0/conference/videoConferences/{conferenceId}/cloudRecords/start",
        }])
    );
}

#[test]
fn services_are_listed_with_the_number_of_operations_found() {
    let row = dingtalk(&["list", "startcloudrecord", "--services"]);
    assert_eq!(row.out, "conference_1_0     1  Video conferences\n");
    assert_eq!(
        dingtalk(&["list", "startcloudrecord", "--services", "--json"]).json(),
        json!([{ "service": "conference_1_0", "operations": 1, "api": "api", "title": "会议", "summary": "Video conferences" }])
    );
}

#[test]
fn nothing_found_is_said_and_ends_with_1() {
    let found = dingtalk(&["list", "no", "such", "thing"]);
    assert_eq!(
        found.failed_with(1),
        "error: no operation or event matches `no such thing`\n"
    );
}

#[test]
fn events_are_found_by_their_types_titles_and_groups() {
    let row = "events_contact  user_add_org  event  A user joined the organization\n";
    assert_eq!(dingtalk(&["list", "user_add_org"]).out, row);
    assert_eq!(dingtalk(&["list", "通讯录用户增加"]).out, row);
    let group = dingtalk(&["list", "events_contact"]).out;
    let contact = dingtalk_catalogue::open().unwrap();
    let mut groups = contact.event_groups();
    let contact = groups
        .find(|group| group.name() == "events_contact")
        .unwrap();
    assert_eq!(group.lines().count(), contact.events().unwrap().len());
    let all = dingtalk(&["list", "events"]).out;
    let count = |text: &str| {
        all.lines()
            .filter(|line| line.starts_with("events_") && line.contains(text))
            .count()
    };
    let expected = dingtalk_catalogue::open().unwrap().events().unwrap();
    assert_eq!(count(""), expected.len());
    assert_eq!(count("  callback  "), 3);
    let words = ["list", "events_callbacks", "bot_message", "--json"];
    assert_eq!(
        dingtalk(&words).json(),
        json!([{
            "group": "events_callbacks",
            "topic": "/v1.0/im/bot/messages/get",
            "title": "机器人接收消息",
            "summary": "A user sent a message to a robot, or mentioned it in a group chat",
        }])
    );
    let words = ["list", "user_add_org", "--services", "--json"];
    assert_eq!(
        dingtalk(&words).json(),
        json!([{
            "group": "events_contact",
            "events": 1,
            "title": contact.title(),
            "summary": contact.summary(),
        }])
    );
}

#[test]
fn an_event_is_shown_by_its_type_alone_and_in_its_group() {
    let shown = dingtalk(&["show", "events_contact", "user_add_org"]);
    assert_eq!(shown.code, Some(0));
    assert_eq!(shown.out, include_str!("../golden/show_user_add_org.txt"));
    assert_eq!(dingtalk(&["show", "user_add_org"]).out, shown.out);
    let json = dingtalk(&["show", "user_add_org", "--json"]).json();
    assert_eq!(json["group"], "events_contact");
    assert_eq!(
        json["data"][1],
        json!({ "name": "userId", "list": { "type": "string" } })
    );
    for (words, said) in [
        (
            &["user_ad_org"][..],
            "there is no event `user_ad_org`; did you mean `user_add_org`?",
        ),
        (
            &["events_todo", "user_add_org"],
            "`events_todo` has no event `user_add_org`; it is in `events_contact`",
        ),
        (&["events_contact"], "ACTION is missing"),
        (&["conference_1_0"], "ACTION is missing"),
    ] {
        let ended = dingtalk(&[&["show"], words].concat());
        let error = ended.failed_with(2);
        assert!(error.contains(said), "{error}");
    }
}

#[test]
fn an_operation_is_shown_whole() {
    let shown = dingtalk(&["show", "conference_1_0", "StartCloudRecord"]);
    assert_eq!(shown.code, Some(0));
    assert_eq!(
        shown.out,
        include_str!("../golden/show_start_cloud_record.txt")
    );
}

#[test]
fn an_operation_is_shown_as_json() {
    let shown = dingtalk(&["show", "oauth2_1_0", "GetAccessToken", "--json"]).json();
    assert_eq!(shown["method"], "POST");
    assert_eq!(shown["title"], "获取企业内部应用的accessToken");
    assert_eq!(shown["token"], false);
    assert_eq!(
        shown["body"][1],
        json!({ "name": "appSecret", "type": "string", "required": true, "secret": true })
    );
}

/// One operation in a hundred: each is four processes.
#[test]
fn examples_that_are_shown_could_be_sent() {
    let folder = std::path::Path::new(DINGTALK).parent().unwrap();
    let path = format!(
        "{}:{}",
        folder.display(),
        std::env::var("PATH").unwrap_or_default()
    );
    let operations = dingtalk_catalogue::open().unwrap().operations().unwrap();
    for operation in operations.into_iter().step_by(100) {
        let (service, method) = (operation.service().name(), operation.method());
        let shown = dingtalk(&["show", service, operation.action()]).out;
        let (_, example) = shown.split_once("\nExample\n").unwrap();
        let example = example.split("\n\n").next().unwrap().trim();
        let script = format!("{example} --dry-run");
        let ended = run("bash", &["-c", &script], &[("PATH", &path)], "");
        assert_eq!(ended.json()["method"], method, "{script}");
        let Some((_, body)) = shown.split_once("\nA body with every field\n") else {
            continue;
        };
        let call = example.split(" \\\n      --body ").next().unwrap();
        let script = format!("{call} --body @- --dry-run");
        let ended = run("bash", &["-c", &script], &[("PATH", &path)], body);
        assert_eq!(ended.json()["method"], method, "{script}");
    }
}

#[test]
fn a_name_that_is_not_known_is_told_with_what_may_have_been_meant() {
    for command in ["show", "call"] {
        let slip = dingtalk(&[command, "conference_1_0", "start_cloud_recrod"]);
        let said = slip.failed_with(2);
        assert!(said.contains("did you mean `StartCloudRecord`?"), "{said}");
        let slip = dingtalk(&[command, "conferense_1_0", "StartCloudRecord"]);
        let said = slip.failed_with(2);
        assert!(said.contains("did you mean `conference_1_0`?"), "{said}");
    }
}

#[test]
fn a_wrong_command_line_ends_with_2_and_help_with_0() {
    for wrong in [
        &["lsit"][..],
        &["show", "conference_1_0"],
        &["call", "conference_1_0", "StartCloudRecord", "--dryrun"],
        &["completion", "tcsh"],
        &[],
    ] {
        let ended = dingtalk(wrong);
        assert_eq!(ended.code, Some(2), "{ended:?}");
    }
    for command in [
        &["--help"][..],
        &["list", "-h"],
        &["show", "-h"],
        &["call", "-h"],
        &["completion", "-h"],
    ] {
        let help = dingtalk(command);
        assert_eq!(help.code, Some(0));
        assert!(help.out.contains("Examples:\n  "), "{help:?}");
    }
    assert!(dingtalk(&["--help"]).out.contains("DINGTALK_ACCESS_TOKEN"));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let script = format!("'{DINGTALK}' list --json | head -c 1; exit ${{PIPESTATUS[0]}}");
    let ended = run("bash", &["-c", &script], &[], "");
    assert_eq!((&*ended.out, &*ended.err), ("[", ""));
    // A short list may have been written before `head` was gone.
    assert!(matches!(ended.code, Some(0 | 1)), "{ended:?}");
}
