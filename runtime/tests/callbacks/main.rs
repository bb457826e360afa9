//! Events over HTTP: what the platform posts is taken, and what anyone else posts is not.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

mod platform;

use std::time::Duration;

use dingtalk_runtime::model::Json;
use dingtalk_runtime::{Bytes, CallbackError, HttpCallback, RawEvent, http, json};

use self::platform::{PLATFORM, Platform, now, post};

const EVENT: &str =
    r#"{"EventType":"user_add_org","TimeStamp":43535463645,"UserId":["u1"],"CorpId":"ding1"}"#;

fn refusal(request: &http::Request<Bytes>) -> CallbackError {
    PLATFORM.callback().receive(request).unwrap_err()
}

#[test]
fn the_platforms_own_example_is_read() {
    let encrypted = "1a3NBxmCFwkCJvfoQ7WhJHB+iX3qHPsc9JbaDznE1i03peOk1LaOQoRz3+nlyGNhwmwJ3vDMG+OzrHMeiZI7gTRWVdUBmfxjZ8Ej23\
                     JVYa9VrYeJ5as7XM/ZpulX8NEQis44w53h1qAgnC3PRzM7Zc/D6Ibr0rgUathB6zRHP8PYrfgnNOS9PhSBdHlegK+AGGanfwjXuQ9+0p\
                     Zcy0w9lQ==";
    let request = http::Request::post(
        "/?signature=5a65ceeef9aab2d149439f82dc191dd6c5cbe2c0&timestamp=1445827045067&nonce=nEXhMP4r",
    );
    let request = request
        .body(json!({"encrypt": encrypted}).to_string())
        .unwrap();
    let aes_key = "4g5j64qlyl3zvetqxz5jiocdr586fn2zvjpa8zls3ij";
    let callback = HttpCallback::new("123456", aes_key, "suite4xxxxxxxxxxxxxxx").unwrap();
    let old = callback.receive(&request).unwrap_err();
    assert!(matches!(old, CallbackError::Expired { .. }), "{old}");
    let callback = callback.window(Duration::MAX);
    let delivery = callback.receive(&request).unwrap();
    assert_eq!(delivery.body()["EventType"], "check_create_suite_url");
    assert_eq!(delivery.body()["Random"], "LPIdSnlF");
    assert!(
        delivery.events::<RawEvent>().is_empty(),
        "it only tests the address"
    );
}

#[test]
fn an_event_is_verified_decrypted_and_decoded() {
    let callback = PLATFORM.callback();
    let encrypted = PLATFORM.encrypt(EVENT);
    let timestamp = now().as_secs().to_string();
    let signature = PLATFORM.sign(&timestamp, "n", &encrypted);
    for request in [
        PLATFORM.post(&encrypted),
        // The older name, and a time in seconds.
        post("signature", &signature, &timestamp, &encrypted),
    ] {
        let delivery = callback.receive(&request).unwrap();
        let events = delivery.events::<RawEvent>();
        assert_eq!(events.len(), 1);
        assert_eq!(events[0].header.event_type.as_deref(), Some("user_add_org"));
        assert_eq!(events[0].header.corp_id.as_deref(), Some("ding1"));
        assert_eq!(events[0].header.time, Some(43_535_463_645));
        assert_eq!(delivery.owner(), "ding-app");
    }
}

#[test]
fn the_answer_is_success_encrypted_and_signed() {
    for text in [EVENT, r#"{"EventType":"check_url"}"#] {
        let delivery = PLATFORM
            .callback()
            .receive(&PLATFORM.post(&PLATFORM.encrypt(text)))
            .unwrap();
        let response = delivery.response();
        assert_eq!(
            (
                response.status().as_u16(),
                &response.headers()["content-type"]
            ),
            (200, &http::HeaderValue::from_static("application/json"))
        );
        let answer: Json = std::str::from_utf8(response.body())
            .unwrap()
            .parse()
            .unwrap();
        let field = |name: &str| answer[name].as_str().unwrap();
        let signature = PLATFORM.sign(field("timeStamp"), field("nonce"), field("encrypt"));
        assert_eq!(field("msg_signature"), signature);
        let plain = PLATFORM.decrypt(field("encrypt"));
        assert_eq!(plain.len() % 32, 0);
        assert_eq!(&plain[16..20], 7u32.to_be_bytes());
        assert!(plain[20..].starts_with(b"successding-app"));
    }
}

#[test]
fn tests_of_the_address_are_not_events_and_a_batch_is_several() {
    let deliver = |text: &str| {
        let delivery = PLATFORM
            .callback()
            .receive(&PLATFORM.post(&PLATFORM.encrypt(text)));
        delivery.unwrap().events::<RawEvent>()
    };
    for name in [
        "check_url",
        "check_create_suite_url",
        "check_update_suite_url",
    ] {
        assert_eq!(deliver(&json!({"EventType": name}).to_string()), []);
    }
    let batch = r#"{"EventType":"SYNC_HTTP_PUSH_HIGH","bizData":[{"biz_data":"{\"syncAction\":\"suite_ticket\"}"},{"biz_data":"{\"syncAction\":\"org_suite_auth\"}"}]}"#;
    let names = deliver(batch)
        .into_iter()
        .map(|event| event.header.event_type.unwrap());
    assert_eq!(
        names.collect::<Vec<_>>(),
        ["suite_ticket", "org_suite_auth"]
    );
}

#[test]
fn what_a_delivery_says_is_not_shown() {
    let body = json!({
        "EventType": "suite_ticket", "CorpId": "ding1", "suiteTicket": "the-ticket",
        "AuthCode": "the-code", "data": {"permanentCode": "the-permanent-code"}
    });
    let encrypted = PLATFORM.encrypt(&body.to_string());
    let delivery = PLATFORM.callback().receive(&PLATFORM.post(&encrypted));
    let delivery = delivery.unwrap();
    let events = delivery.events::<RawEvent>();
    let shown = format!("{delivery:?} {events:?} {delivery:#?} {events:#?}");
    assert!(
        shown.contains("ding-app") && shown.contains("suite_ticket"),
        "{shown}"
    );
    assert!(!shown.contains("the-"), "{shown}");
}

#[test]
fn a_wrong_signature_is_refused() {
    let encrypted = PLATFORM.encrypt(EVENT);
    let timestamp = now().as_millis().to_string();
    let right = PLATFORM.sign(&timestamp, "n", &encrypted);
    let stranger = Platform {
        token: "another-token",
        ..PLATFORM
    };
    for signature in [
        "",
        "0",
        &right[1..],
        &right.to_uppercase(),
        &right.replace(|c: char| c.is_ascii_digit(), "0"),
        &stranger.sign(&timestamp, "n", &encrypted),
        &PLATFORM.sign(&timestamp, "m", &encrypted),
        &PLATFORM.sign("1", "n", &encrypted),
        &PLATFORM.sign(&timestamp, "n", &PLATFORM.encrypt("{}")),
    ] {
        let request = post("msg_signature", signature, &timestamp, &encrypted);
        assert_eq!(refusal(&request), CallbackError::Signature, "{signature}");
    }
    let response = CallbackError::Signature.response();
    assert_eq!(
        (response.status().as_u16(), response.body().as_ref()),
        (403, b"{}".as_slice())
    );
}

#[test]
fn a_request_from_another_time_is_refused() {
    let encrypted = PLATFORM.encrypt(EVENT);
    let minutes = |minutes: u64| Duration::from_secs(60 * minutes);
    let ago = |number| now().checked_sub(minutes(number)).unwrap();
    for (sent, taken) in [
        (ago(4), true),
        (now() + minutes(4), true),
        (ago(6), false),
        (now() + minutes(6), false),
        (Duration::ZERO, false),
        (Duration::from_millis(u64::MAX), false),
    ] {
        let request = PLATFORM.post_at(&encrypted, &sent.as_millis().to_string());
        match PLATFORM.callback().receive(&request) {
            Ok(_) => assert!(taken, "{sent:?}"),
            Err(CallbackError::Expired { age, window }) => {
                assert!(!taken && age > window && window == minutes(5), "{sent:?}");
            }
            Err(error) => panic!("{error}"),
        }
    }
    let wider = PLATFORM.callback().window(minutes(10));
    let _ = wider
        .receive(&PLATFORM.post_at(&encrypted, &ago(6).as_millis().to_string()))
        .unwrap();
}

#[test]
fn a_wrong_key_owner_or_length_is_an_error_of_its_own() {
    let other_key = Platform {
        key: *b"ffffffffffffffff0123456789abcdef",
        ..PLATFORM
    };
    let other_owner = Platform {
        owner: "ding-other",
        ..PLATFORM
    };
    for (request, expected) in [
        (PLATFORM.post(&other_key.encrypt(EVENT)), CallbackError::Key),
        (
            PLATFORM.post(&other_owner.encrypt(EVENT)),
            CallbackError::Owner,
        ),
        (
            PLATFORM.post(&PLATFORM.encrypt_as("{}", 1)),
            CallbackError::Owner,
        ),
        // Believing this length would take four gigabytes.
        (
            PLATFORM.post(&PLATFORM.encrypt_as("{}", u32::MAX)),
            CallbackError::Length {
                said: u32::MAX as usize,
                present: 10,
            },
        ),
        (
            PLATFORM.post(&PLATFORM.encrypt_as("{}", 11)),
            CallbackError::Length {
                said: 11,
                present: 10,
            },
        ),
        (
            PLATFORM.post(&PLATFORM.encrypt("not JSON")),
            CallbackError::Json,
        ),
        // Nothing, no whole block, not base 64, no padding, too long a padding, only padding, and too short for a head.
        (PLATFORM.post(""), CallbackError::Key),
        (PLATFORM.post("AAAA"), CallbackError::Key),
        (PLATFORM.post("%%"), CallbackError::Key),
        (
            PLATFORM.post(&PLATFORM.cipher(vec![0; 32])),
            CallbackError::Key,
        ),
        (
            PLATFORM.post(&PLATFORM.cipher(vec![33; 48])),
            CallbackError::Key,
        ),
        (
            PLATFORM.post(&PLATFORM.cipher(vec![32; 32])),
            CallbackError::Key,
        ),
        (
            PLATFORM.post(&PLATFORM.cipher(vec![16; 32])),
            CallbackError::Key,
        ),
    ] {
        assert_eq!(refusal(&request), expected);
        let shown = format!("{expected} {expected:?}");
        assert!(!shown.contains("the-token") && !shown.contains("user_add_org"));
    }
}

#[test]
fn a_request_that_is_not_a_callback_is_refused() {
    let body = json!({"encrypt": "AAAA"}).to_string();
    for (target, body, reason) in [
        ("/", &*body, "signature"),
        ("/?msg_signature=s&nonce=n", &body, "timestamp"),
        ("/?msg_signature=s&timestamp=1", &body, "nonce"),
        (
            "/?msg_signature=s&timestamp=x&nonce=n",
            &body,
            "not a number",
        ),
        ("/?msg_signature=s&timestamp=1&nonce=n", "{}", "`encrypt`"),
        (
            "/?msg_signature=s&timestamp=1&nonce=n",
            r#"{"encrypt":7}"#,
            "`encrypt`",
        ),
        ("/?msg_signature=s&timestamp=1&nonce=n", "", "`encrypt`"),
    ] {
        let request = http::Request::post(target)
            .body(Bytes::from(body.to_owned()))
            .unwrap();
        let refused = refusal(&request);
        assert!(
            refused.to_string().contains(reason),
            "{target} {body}: {refused}"
        );
        assert_eq!(refused.response().status().as_u16(), 400);
    }
}

#[test]
fn several_applications_share_an_address_and_even_a_token() {
    let second = Platform {
        token: "the-token",
        key: *b"another key of thirty-two bytes.",
        owner: "suite-2",
    };
    let third = Platform {
        token: "third",
        ..second
    };
    let callback = PLATFORM.callback();
    let callback = callback
        .application(second.token, &second.aes_key(), second.owner)
        .unwrap();
    let callback = callback
        .application(third.token, &third.aes_key(), third.owner)
        .unwrap();
    for platform in [&PLATFORM, &second, &third] {
        let delivery = callback
            .receive(&platform.post(&platform.encrypt(EVENT)))
            .unwrap();
        assert_eq!(delivery.owner(), platform.owner);
        let answer: Json = std::str::from_utf8(delivery.response().body())
            .unwrap()
            .parse()
            .unwrap();
        let plain = platform.decrypt(answer["encrypt"].as_str().unwrap());
        assert!(plain[20..].starts_with(format!("success{}", platform.owner).as_bytes()));
    }
    let stranger = Platform {
        token: "fourth",
        ..PLATFORM
    };
    let refused = callback
        .receive(&stranger.post(&stranger.encrypt(EVENT)))
        .unwrap_err();
    assert_eq!(refused, CallbackError::Signature);
}

#[test]
fn bad_settings_are_refused_and_none_is_shown() {
    let key = PLATFORM.aes_key();
    for (token, key, owner, reason) in [
        ("", &*key, "o", "the token is empty"),
        ("t ", &key, "o", "white space"),
        ("t", "", "o", "the AES key is empty"),
        ("t", &key[1..], "o", "found 42"),
        ("t", &key.replace('M', "*"), "o", "found 43"),
        ("t", &key, "", "the owner is empty"),
    ] {
        let refused = HttpCallback::new(token, key, owner)
            .unwrap_err()
            .to_string();
        assert!(refused.contains(reason), "{refused}");
        assert!(key.is_empty() || !refused.contains(key), "{refused}");
    }
    let shown = format!("{:?}", PLATFORM.callback());
    assert!(
        shown.contains("ding-app") && !shown.contains("the-token") && !shown.contains(&key),
        "{shown}"
    );
}
