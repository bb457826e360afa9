//! Mistakes in events.

use crate::common::good;
use crate::{CLOSE, CREATE, GROUP, KNOCK, OPEN, PLATFORM, report, snapshot};

// Events.
cases! {
    an_event_without_type_or_topic: CLOSE "event: room_close\n" => "";
    an_event_with_type_and_topic: CLOSE "event: room_close\n" => "event: room_close\ntopic: /v1.0/a\n";
    an_event_with_an_unknown_key: CLOSE "data:" => "payload:";
    an_event_that_is_answered: CLOSE "data: {}\n" => "data:\nresponse: { open: { type: boolean } }\n";
    an_event_in_a_file_of_another_name: CLOSE "event: room_close" => "event: room_shut";
    an_event_described_twice: CLOSE "event: room_close" => "event: room_open\nrust_name: room_close";
    a_topic_described_twice: CLOSE "event: room_close" => "topic: /v1.0/rooms/knock\nrust_name: room_close";
    a_callback_without_a_name: KNOCK "rust_name: knock\n" => "";
    a_delivery_that_is_not_known: OPEN "[stream, http, sync_http]" => "[stream, mail]";
    a_delivery_named_twice: OPEN "[stream, http, sync_http]" => "[stream, http, stream]";
    an_application_type_of_an_event_named_twice: OPEN "[internal, third_party]" => "[internal, internal]";
    fields_of_an_event_that_are_one_key: OPEN "  kind: {" => "  RoomID: { type: string }\n  kind: {";
    an_alias_that_is_another_field: OPEN "[users, staffIds]" => "[users, room_id]";
    an_alias_that_is_the_fields_own_name: OPEN "[users, staffIds]" => "[user_id_list]";
    an_alias_of_a_field_in_a_request: CREATE "title: { type: string," => "title: { type: string, aliases: [name],";
    an_alias_of_an_answer: KNOCK "open: { type: boolean," => "open: { type: boolean, aliases: [is_open],";
    an_example_of_an_event_with_an_undescribed_field: OPEN "  kind: small\n" => "  kind: small\n  color: red\n";
    an_example_of_an_event_with_a_wrong_value: OPEN "  kind: small\n" => "  kind: tiny\n";
    a_file_in_an_answer: KNOCK "open: { type: boolean," => "open: { type: file,";
    a_limit_in_an_event: OPEN "roomId: { type: string," => "roomId: { type: string, max_length: 5,";
    a_flag_of_success_in_an_event: OPEN "roomId: { type: string," => "roomId: { type: boolean, success_flag: true,";
    an_event_with_a_type_that_is_declared_nowhere: OPEN "roomId: { type: string," => "roomId: { type: Room,";
    an_event_with_a_type_of_its_own_name: OPEN "  owner:\n    object:" => "  owner:\n    rust_type: RoomOpen\n    object:";
    an_answer_with_two_types_of_one_name: KNOCK "open: { type: boolean," => "why: { enum: { wet: Rain } }\n  late: { rust_type: Why, enum: { night: Night } }\n  open: { type: boolean,";
    an_answer_with_a_type_of_the_callbacks_name: KNOCK "open: { type: boolean," => "how: { rust_type: Knock, enum: { wide: Wide } }\n  open: { type: boolean,";
    an_event_named_as_the_variant_of_all_others: CLOSE "event: room_close" => "event: room_close\nrust_name: unknown";
    an_event_named_as_the_enum_of_its_group: CLOSE "event: room_close" => "event: room_close\nrust_name: rooms_event";
    an_undecided_event: OPEN "title: 打开房间\n" => "title: 打开房间\nundecided: Is it sent once?\n";
    a_group_with_an_unknown_key: GROUP "title:" => "titel:";
}

#[test]
fn files_of_events_in_wrong_places() {
    let mut files = good();
    for file in [
        "events/loose.yaml",
        "events/rooms/deep/file.yaml",
        "events/rooms/notes.txt",
    ] {
        files.insert(file.to_owned(), String::new());
    }
    snapshot("files_of_events_in_wrong_places", &report(&files));
}

#[test]
fn a_group_without_events_or_with_a_bad_name() {
    let mut files = good();
    files.insert(
        "events/halls/_group.yaml".to_owned(),
        "summary: Halls\n".to_owned(),
    );
    let event = "event: room_lock\nsummary: A room was locked\n".to_owned();
    files.insert("events/Rooms-2/room_lock.yaml".to_owned(), event);
    snapshot("a_group_without_events_or_with_a_bad_name", &report(&files));
}

/// The module of a group has the types of all its events.
#[test]
fn an_event_named_as_an_answer() {
    let mut files = good();
    let event = "event: knock_response\nsummary: A door answered\n".to_owned();
    files.insert("events/callbacks/knock_response.yaml".to_owned(), event);
    snapshot("an_event_named_as_an_answer", &report(&files));
}

#[test]
fn events_without_a_platform() {
    let mut files = good();
    files.remove(PLATFORM);
    files.retain(|path, _| !path.starts_with("token_1_0/"));
    let entries = files
        .into_iter()
        .map(|(path, text)| (path, Ok(text.into_bytes())))
        .collect();
    let sources =
        dingtalk_codegen::sources::Sources::from_entries("spec", entries).expect("readable");
    let report = dingtalk_codegen::check::examine_services(&sources).expect_err("a mistake");
    snapshot("events_without_a_platform", &report.to_string());
}
