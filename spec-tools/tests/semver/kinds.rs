//! Kinds of change, and what they mean to users of the crate.

use dingtalk_spec::diff::Level;

/// What is done to the base spec.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Edit {
    /// A piece of a file's text, which is there once, is replaced by another.
    Replace(&'static str, &'static str, &'static str),
    /// A file is written.
    Write(&'static str, &'static str),
    /// A file gets another name.
    Move(&'static str, &'static str),
    /// A file is removed.
    Remove(&'static str),
}

/// What cargo-semver-checks says about the generated crates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tool {
    /// The change asks for a new major version.
    Breaks,
    /// It does not.
    Fine,
    /// It does not, though the change breaks: the tool cannot see it, for the reason given.
    Blind(&'static str),
}

/// A kind of change.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) edits: &'static [Edit],
    pub(crate) verdict: Option<Level>,
    pub(crate) tool: Tool,
}

const CREATE: &str = "rooms_1_0/create_room.yaml";
const LIST: &str = "rooms_1_0/list_rooms.yaml";
const CLOSE: &str = "rooms_1_0/close_room.yaml";
const FREE: &str = "rooms_1_0/is_free.yaml";
const ROOMS: &str = "rooms_1_0/_service.yaml";
const EVENT: &str = "events/rooms/room_open.yaml";
const KNOCK: &str = "events/rooms/knock.yaml";
const PLATFORM: &str = "platform.yaml";

const WIRE: Tool = Blind("the Rust is the same; what goes over the wire is not");
const TYPES: Tool =
    Blind("it has no lint for the types of fields, arguments and what methods give");

macro_rules! kinds {
    ($($name:ident: $verdict:ident, $tool:expr, $edits:expr;)*) => {
        pub(crate) const KINDS: &[Kind] = &[$(Kind {
            name: stringify!($name),
            edits: &$edits,
            verdict: kinds!(@ $verdict),
            tool: $tool,
        }),*];
    };
    (@ nothing) => { None };
    (@ breaking) => { Some(Level::Breaking) };
    (@ additive) => { Some(Level::Additive) };
    (@ documentation) => { Some(Level::Documentation) };
}

use Edit::{Move, Remove, Replace, Write};
use Tool::{Blind, Breaks, Fine};

kinds! {
    // Services and operations.
    service_removed: breaking, Breaks, [Remove("chairs_1_0/count_chairs.yaml")];
    service_added: additive, Fine, [Write(
        "tables_1_0/move_table.yaml",
        "operation: MoveTable\nsummary: Moves\nmethod: PUT\npath: /v1.0/tables/move\n",
    )];
    operation_removed: breaking, Breaks, [Remove(CLOSE)];
    operation_added: additive, Fine, [Write(
        "rooms_1_0/open_room.yaml",
        "operation: OpenRoom\nsummary: Opens\nmethod: PUT\npath: /v1.0/rooms/open\n",
    )];
    method_renamed: breaking, Breaks, [
        Replace(CLOSE, "summary:", "rust_name: shut_room\nsummary:"),
    ];
    operation_renamed_under_the_same_method: breaking, Breaks, [
        Replace(FREE, "operation: IsFree", "operation: AskFree\nrust_name: is_free"),
        Move(FREE, "rooms_1_0/ask_free.yaml"),
    ];
    operation_without_types_renamed: breaking, WIRE, [
        Replace(CLOSE, "operation: CloseRoom", "operation: ShutRoom\nrust_name: close_room"),
        Move(CLOSE, "rooms_1_0/shut_room.yaml"),
    ];
    // What is sent where.
    path_changed: breaking, WIRE, [Replace(LIST, "path: /v1.0/rooms", "path: /v2.0/rooms")];
    path_value_renamed: breaking, WIRE, [
        Replace(CLOSE, "{number}", "{roomNumber}"),
        Replace(CLOSE, "  number:", "  roomNumber:"),
    ];
    http_method_changed: breaking, WIRE, [Replace(FREE, "method: POST", "method: PUT")];
    token_no_longer_sent: breaking, WIRE, [Replace(FREE, "method: POST", "method: POST\ntoken: none")];
    path_value_added: breaking, Breaks, [
        Replace(CLOSE, "rooms/{number}", "floors/{floor}/rooms/{number}"),
        Replace(CLOSE, "  number:", "  floor: { type: string }\n  number:"),
    ];
    path_value_removed: breaking, Breaks, [
        Replace(CLOSE, "/buildings/{buildingId}", ""),
        Replace(CLOSE, "  buildingId: { type: string }\n", ""),
    ];
    path_value_of_another_type: breaking, TYPES, [
        Replace(CLOSE, "number: { type: integer }", "number: { type: boolean }"),
    ];
    path_values_swapped: breaking, TYPES, [
        Replace(CLOSE, "buildings/{buildingId}/rooms/{number}", "rooms/{number}/buildings/{buildingId}"),
    ];
    // Requests.
    first_field_of_a_request: breaking, Breaks, [
        Replace(CLOSE, "path_params:", "query:\n  force: { type: boolean }\npath_params:"),
    ];
    last_field_of_a_request_removed: breaking, Breaks, [
        Replace(FREE, "body:\n  filter: { type: string }\n", ""),
    ];
    empty_body_added: breaking, Breaks, [Replace(CLOSE, "path_params:", "body: {}\npath_params:")];
    body_that_is_one_value: breaking, Breaks, [
        Replace(FREE, "body:\n  filter: { type: string }\n", "body_type: { list: string }\n"),
    ];
    optional_field_added: additive, Fine, [Replace(FREE, "body:", "body:\n  day: { type: string }")];
    optional_field_removed: breaking, Breaks, [Replace(CREATE, "  tags: { list: string }\n", "")];
    required_field_added: breaking, Breaks, [
        Replace(CREATE, "body:\n  title", "body:\n  floor: { type: integer, required: true }\n  title"),
        Replace(CREATE, "body: { title: Blue", "body: { floor: 1, title: Blue"),
    ];
    first_required_field_added: breaking, Breaks, [
        Replace(FREE, "body:", "body:\n  day: { type: string, required: true }"),
    ];
    required_field_removed: breaking, Breaks, [
        Replace(CREATE, "  note: { type: string, required: true }\n", ""),
        Replace(CREATE, ", note: None", ""),
    ];
    optional_made_required: breaking, Breaks, [
        Replace(FREE, "filter: { type: string }", "filter: { type: string, required: true }"),
    ];
    required_made_optional: breaking, Breaks, [
        Replace(CREATE, "note: { type: string, required: true }", "note: { type: string }"),
    ];
    required_fields_swapped: breaking, TYPES, [
        Replace(CREATE, "  note: { type: string, required: true }\n", ""),
        Replace(CREATE, "body:\n  title", "body:\n  note: { type: string, required: true }\n  title"),
    ];
    optional_fields_swapped: nothing, Fine, [
        Replace(CREATE, "  tags: { list: string }\n", ""),
        Replace(CREATE, "  owner: {", "  tags: { list: string }\n  owner: {"),
    ];
    field_renamed_in_rust: breaking, Breaks, [
        Replace(CREATE, "tags: { list: string }", "tags: { list: string, rust_name: labels }"),
    ];
    field_renamed_on_the_wire: breaking, WIRE, [
        Replace(CREATE, "tags: { list: string }", "labels: { list: string, rust_name: tags }"),
    ];
    field_renamed: breaking, Breaks, [
        Replace(CREATE, "tags: { list: string }", "labels: { list: string }"),
    ];
    field_of_another_type: breaking, TYPES, [
        Replace(CREATE, "size: { type: integer,", "size: { type: number,"),
    ];
    string_that_becomes_an_enum: breaking, TYPES, [
        Replace(FREE, "filter: { type: string }", "filter: { enum: { all: All } }"),
    ];
    list_that_becomes_one: breaking, TYPES, [
        Replace(CREATE, "tags: { list: string }", "tags: { type: json }"),
    ];
    field_moved_to_the_query: breaking, WIRE, [
        Replace(FREE, "body:\n  filter: { type: string }\n", "query:\n  filter: { type: string }\n"),
    ];
    encoding_changed: breaking, WIRE, [
        Replace(CREATE, "days: { list: integer, encoding: comma }", "days: { list: integer }"),
    ];
    field_made_secret: additive, Fine, [
        Replace(CREATE, "note: { type: string, required: true }", "note: { type: string, required: true, secret: true }"),
    ];
    idempotency_key_marked: additive, Fine, [
        Replace(CREATE, "x-client-token: { type: string }", "x-client-token: { type: string, idempotency_key: true }"),
    ];
    header_removed: breaking, Breaks, [Replace(CREATE, "headers:\n  x-client-token: { type: string }\n", "")];
    // Replies.
    field_of_a_reply_added: additive, Fine, [
        Replace(CREATE, "  done: { type: boolean }", "  done: { type: boolean }\n  floor: { type: integer }"),
    ];
    field_of_a_reply_removed: breaking, Breaks, [Replace(CREATE, "  done: { type: boolean }\n", "")];
    field_of_a_reply_marked_required: documentation, Fine, [
        Replace(CREATE, "roomId: { type: string }", "roomId: { type: string, required: true }"),
    ];
    field_of_a_reply_says_whether_it_worked: breaking, WIRE, [
        Replace(CREATE, "done: { type: boolean }", "done: { type: boolean, success_flag: true }"),
    ];
    reply_removed: breaking, Breaks, [
        Replace(CREATE, "response:\n  roomId: { type: string }\n  done: { type: boolean }\n", ""),
    ];
    first_reply: breaking, TYPES, [
        Replace(CLOSE, "path_params:", "response:\n  done: { type: boolean }\npath_params:"),
    ];
    reply_that_becomes_an_object: breaking, TYPES, [
        Replace(FREE, "response_type: { type: boolean }", "response:\n  free: { type: boolean }"),
    ];
    reply_of_another_type: breaking, TYPES, [
        Replace(FREE, "response_type: { type: boolean }", "response_type: { type: string }"),
    ];
    pages_removed: breaking, TYPES, [
        Replace(LIST, "paging: { token: nextToken, next: nextToken, size: maxResults, items: rooms, more: hasMore }\n", ""),
    ];
    size_of_pages_no_longer_known: additive, Fine, [Replace(LIST, "size: maxResults, ", "")];
    // Types.
    value_of_an_enum_added: additive, Fine, [
        Replace(CREATE, "      closed:", "      half: Some may\n      closed:"),
    ];
    value_of_an_enum_removed: breaking, Breaks, [
        Replace(CREATE, "      closed: Only its owners may\n", ""),
    ];
    value_of_an_enum_renamed_in_rust: breaking, Breaks, [
        Replace(CREATE, "closed: Only its owners may", "closed: { rust_name: Shut, doc: Only its owners may }"),
    ];
    value_of_an_enum_renamed_on_the_wire: breaking, WIRE, [
        Replace(CREATE, "closed: Only its owners may", "shut: { rust_name: Closed, doc: Only its owners may }"),
    ];
    enum_that_becomes_a_string: breaking, Breaks, [
        Replace(CREATE, "    enum:\n      open: Anybody may book it\n      closed: Only its owners may\n", "    type: string\n"),
    ];
    enum_of_texts_that_becomes_one_of_integers: breaking, Breaks, [
        Replace(CREATE, "    enum:\n      open: Anybody may book it\n      closed: Only its owners may\n", "    type: integer\n    enum:\n      1: { doc: Anybody, rust_name: Open }\n      2: { doc: Owners, rust_name: Closed }\n"),
    ];
    enum_renamed: breaking, Breaks, [
        Replace(CREATE, "    doc: Who may book it", "    doc: Who may book it\n    rust_type: Booking"),
    ];
    object_renamed: breaking, Breaks, [
        Replace(CREATE, "      street: { type: string }\n", "      street: { type: string }\n    rust_type: Place\n"),
    ];
    type_gets_a_name_and_is_the_same_in_rust: nothing, Fine, [
        Replace(CREATE, "  address:\n    object:\n      city: { type: string, required: true }\n      street: { type: string }\n", "  address: { type: Address }\n"),
        Replace(CREATE, "types:\n", "types:\n  Address:\n    object:\n      city: { type: string, required: true }\n      street: { type: string }\n"),
    ];
    type_moves_to_the_service: breaking, Breaks, [
        Replace(CREATE, "types:\n  Color:\n    enum:\n      red: Red\n      blue: Blue\n", ""),
        Replace(ROOMS, "types:\n", "types:\n  Color:\n    enum:\n      red: Red\n      blue: Blue\n"),
    ];
    name_of_a_type_that_rust_does_not_see: nothing, Fine, [
        Replace(CREATE, "color: { type: Color }", "color: { type: Paint }"),
        Replace(CREATE, "  Color:\n", "  Paint:\n    rust_type: Color\n"),
    ];
    field_of_a_shared_type_added: additive, Fine, [
        Replace(ROOMS, "      level: {", "      name: { type: string }\n      level: {"),
    ];
    shared_type_that_a_reply_comes_to_hold: breaking, Breaks, [
        Replace(CREATE, "roomId: { type: string }", "roomId: { type: string }\n  owner: { type: Person }"),
    ];
    type_of_replies_that_a_request_comes_to_hold: additive, Fine, [
        Replace(FREE, "body:", "body:\n  floor: { type: Floor }"),
    ];
    type_of_requests_that_replies_alone_come_to_hold: breaking, Breaks, [
        Replace(CREATE, "  owner: { type: Person }\n", ""),
        Replace(CREATE, "  roomId: {", "  owner: { type: Person }\n  roomId: {"),
    ];
    type_that_comes_to_hold_itself: additive, Fine, [
        Replace(ROOMS, "      level: {", "      boss: { type: Person }\n      level: {"),
    ];
    // Errors.
    code_added: additive, Fine, [
        Replace(CREATE, "errors:\n", "errors:\n  - { status: 403, code: notYours }\n"),
    ];
    code_removed: breaking, Breaks, [
        Replace(CREATE, "  - { status: 400, code: closed, message: \"closed:%s\" }\n", ""),
    ];
    error_renamed: breaking, Breaks, [
        Replace(CREATE, "code: closed,", "code: closed, rust_name: Shut,"),
    ];
    code_of_an_error_changed: breaking, WIRE, [
        Replace(CREATE, "code: closed,", "code: shut, rust_name: Closed,"),
    ];
    message_added: additive, Fine, [
        Replace(CREATE, "errors:\n", "errors:\n  - { status: 409, code: closed, message: shut }\n"),
    ];
    class_of_an_error_added: additive, Fine, [Replace(CREATE, "code: closed,", "code: closed, class: transient,")];
    first_error: additive, Fine, [
        Replace(CLOSE, "path_params:", "errors:\n  - { status: 400, code: a }\npath_params:"),
    ];
    all_errors_removed: breaking, Breaks, [
        Replace(CREATE, "errors:\n  - { status: 400, code: nameTaken, message: name taken, doc: Another room has the name }\n  - { status: 400, code: closed, message: \"closed:%s\" }\n", ""),
    ];
    // What all operations share.
    server_added: additive, Fine, [
        Replace(PLATFORM, "      mainland:", "      test: { url: \"https://test.example.com\" }\n      mainland:"),
    ];
    server_removed: breaking, WIRE, [Replace(PLATFORM, "      mainland: { url: \"https://api.example.com\" }\n", "")];
    server_moved: breaking, WIRE, [Replace(PLATFORM, "https://api.example.com", "https://api.example.net")];
    another_default_server: breaking, WIRE, [
        Replace(PLATFORM, "      mainland: { url: \"https://api.example.com\" }\n", ""),
        Replace(PLATFORM, "servers:\n", "servers:\n      mainland: { url: \"https://api.example.com\" }\n"),
    ];
    token_header_changed: breaking, WIRE, [Replace(PLATFORM, "header: x-token", "header: x-tokens")];
    common_error_added: additive, Fine, [
        Replace(PLATFORM, "errors:\n", "errors:\n      - { code: Busy, class: throttled }\n"),
    ];
    grant_added: additive, Fine, [
        Replace(PLATFORM, "grants:\n", "grants:\n  suite:\n    operation: token_1_0/GetToken\n    request: { appKey: app_key, appSecret: app_secret }\n    reply: { token: accessToken, expires_in: expireIn }\n"),
    ];
    idempotence_changed: additive, Fine, [Replace(FREE, "method: POST", "method: POST\nidempotent: true")];
    // Events.
    group_of_events_added: additive, Fine, [
        Write("events/chairs/chair_add.yaml", "event: chair_add\nsummary: A chair was added\ndata: { chairId: { type: string } }\n"),
    ];
    event_added: additive, Fine, [
        Write("events/rooms/room_lock.yaml", "event: room_lock\nsummary: A room was locked\ndata: { roomId: { type: string } }\n"),
    ];
    event_removed: breaking, Breaks, [Remove("events/rooms/room_close.yaml")];
    event_moved_to_another_group: breaking, Breaks, [
        Move("events/rooms/room_close.yaml", "events/doors/room_close.yaml"),
    ];
    field_of_an_event_added: additive, Fine, [Replace(EVENT, "data:\n", "data:\n  floor: { type: integer }\n")];
    field_of_an_event_removed: breaking, Breaks, [Replace(EVENT, "  kind: { enum: { small: Small } }\n", "")];
    field_of_an_event_changed: breaking, TYPES, [Replace(EVENT, "roomId: { type: string", "roomId: { type: integer")];
    value_of_an_event_added: additive, Fine, [Replace(EVENT, "{ small: Small }", "{ small: Small, big: Big }")];
    alias_added: additive, Fine, [Replace(EVENT, "roomId: { type: string", "roomId: { aliases: [room], type: string")];
    field_of_an_answer_added: additive, Fine, [
        Replace(KNOCK, "response:\n", "response:\n  reason: { type: string }\n"),
    ];
    answer_removed: breaking, Breaks, [Replace(KNOCK, "response:\n  open: { type: boolean }\n", "")];
    delivery_of_an_event_changed: documentation, Fine, [Replace(EVENT, "[stream]", "[stream, http]")];
    // Words.
    summary_changed: documentation, Fine, [Replace(FREE, "summary: Says", "summary: Tells")];
    doc_of_an_operation_changed: documentation, Fine, [Replace(CREATE, "must be open", "has to be open")];
    doc_of_a_field_changed: documentation, Fine, [Replace(CREATE, "How many people have room", "How many")];
    doc_of_a_value_removed: documentation, Fine, [Replace(CREATE, "red: Red", "red:")];
    doc_of_a_shared_type_changed: documentation, Fine, [Replace(ROOMS, "doc: Somebody", "doc: A person")];
    doc_of_an_error_changed: documentation, Fine, [Replace(CREATE, "Another room has the name", "It is taken")];
    summary_of_a_service_changed: documentation, Fine, [Replace(ROOMS, "summary: Rooms", "summary: All rooms")];
    source_changed: documentation, Fine, [Replace(CREATE, "example.com/create-room", "example.com/new-room")];
    permission_changed: documentation, Fine, [Replace(CREATE, "Rooms.Write", "Rooms.All")];
    kinds_of_application_changed: documentation, Fine, [Replace(CREATE, "[internal]", "[internal, third_party]")];
    example_changed: documentation, Fine, [Replace(CREATE, "title: Blue", "title: Red")];
    layout_changed: nothing, Fine, [Replace(CREATE, "  tags: { list: string }\n", "  # Any words.\n  tags:\n    list:\n      type: string\n")];
}
