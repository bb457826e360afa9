//! Each event of the spec, written as a page in the platform's layout, comes back as it was.

use std::fmt::Write as _;
use std::path::Path;

use dingtalk_codegen::sources::Sources;
use dingtalk_codegen::spec::{AppType, Delivery, Event};
use dingtalk_spec::import::doc::Kind;
use dingtalk_spec::import::doc::event::Importer;
use serde_json::{Value, json};

use crate::source;

/// The page of an event.
fn written(event: &Event) -> String {
    let (name, data) = (event.wire(), event.example.clone().unwrap_or(json!({})));
    let title = event.title.as_deref().unwrap_or_default();
    let mut page = format!(
        "---\nsource_url: \"{}\"\n---\n\n# {title}\n\n| 名称 | 值 |\n| --- | --- |\n| 中文名称 | {title} |\n| 英文名称 | {} |\n\n",
        event.source.as_deref().unwrap_or_default(),
        name.replace('_', "\\_")
    );
    page.push_str(
        "| 应用类型 | Stream模式推送 | HTTP推送 | SyncHTTP/RDS推送 |\n| --- | --- | --- | --- |\n",
    );
    for kind in &event.app_types {
        let kind = match kind {
            AppType::Internal => "企业内部应用",
            AppType::ThirdParty => "第三方企业应用",
            AppType::Delegated => "委托开发应用",
            AppType::ThirdPartyPersonal => "第三方个人应用",
        };
        let supported = |way| {
            if event.delivery.contains(&way) {
                "支持"
            } else {
                "不支持"
            }
        };
        let [stream, http, sync] =
            [Delivery::Stream, Delivery::Http, Delivery::SyncHttp].map(supported);
        let _ = writeln!(page, "| {kind} | {stream} | {http} | {sync} |");
    }
    for way in &event.delivery {
        let example = match way {
            Delivery::Stream => json!({
                "eventType": name, "eventId": "e", "eventCorpId": "d", "eventBornTime": 1, "data": data,
            }),
            Delivery::Http => with(json!({ "EventType": name }), &data, pascal),
            Delivery::SyncHttp => json!({
                "biz_type": 1,
                "biz_data": with(json!({ "syncAction": name }), &data, str::to_owned),
            }),
        };
        let _ = write!(page, "\n### **事件体示例**\n\n```\n{example:#}\n```\n");
    }
    page
}

/// The data next to a header, with its keys in another spelling.
fn with(mut header: Value, data: &Value, spell: fn(&str) -> String) -> Value {
    let all = header.as_object_mut().expect("an object");
    for (key, value) in data.as_object().into_iter().flatten() {
        let key = spell(key);
        // The platform has such names in the header alone.
        if !matches!(
            &*key,
            "CorpId" | "BizId" | "EventId" | "TimeStamp" | "EventTime" | "EventType"
        ) {
            all.insert(key, value.clone());
        }
    }
    header
}

fn pascal(key: &str) -> String {
    let mut letters = key.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

#[test]
fn each_event_of_the_spec_comes_back_from_a_page_as_it_was() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec");
    let sources = Sources::read(&folder).unwrap();
    let mut import = Importer::open(&folder).unwrap();
    let mut compared = 0;
    for group in sources.events.values() {
        for text in group.members.values() {
            let event: Event = serde_yaml::from_str(text).unwrap();
            if event.topic.is_some() {
                continue;
            }
            let page = source(&written(&event));
            let all = import.page(&page, None).unwrap();
            let [imported] = all.as_slice() else {
                panic!("one event: {}", page.text);
            };
            assert_eq!(imported.added, [""; 0], "{}", event.wire());
            assert_eq!(imported.text, **text, "{}", event.wire());
            // An example need not have every field.
            let told = imported.findings.iter().filter(|finding| {
                let lacks = finding.message.contains("the page does not: ");
                !(finding.kind == Kind::Disagrees && lacks)
            });
            let told: Vec<_> = told.map(|finding| &finding.message).collect();
            assert_eq!(told, [""; 0], "{}\n{}", event.wire(), page.text);
            compared += 1;
        }
    }
    assert!(compared > 230, "{compared} events");
}
