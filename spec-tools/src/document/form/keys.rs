//! The keys of the format in their order.

use super::Role;
use super::Role::{
    Api, Apis, Cases, Enum, EnumValue, Envelope, Errors, Event, EventGroup, Example, Field, Fields,
    FileLimits, Glossary, Grant, GrantReply, Grants, Json, LimitsBy, Operation, Paging, Plain,
    Platform, Request, Response, Row, Server, Servers, Service, Signature, Signatures, Term, Terms,
    Type, Types, Values,
};

const OPERATION: &[(&str, Role)] = &[
    ("operation", Plain),
    ("rust_name", Plain),
    ("title", Plain),
    ("summary", Plain),
    ("doc", Plain),
    ("source", Plain),
    ("method", Plain),
    ("path", Plain),
    ("encoding", Plain),
    ("response_field", Plain),
    ("app_types", Plain),
    ("permission", Plain),
    ("token", Plain),
    ("webhook", Plain),
    ("signature", Plain),
    ("max_bytes", Plain),
    ("idempotent", Plain),
    ("undecided", Plain),
    ("path_params", Fields),
    ("query", Fields),
    ("headers", Fields),
    ("body", Fields),
    ("body_type", Field),
    ("response", Fields),
    ("response_type", Field),
    ("paging", Paging),
    ("types", Types),
    ("errors", Errors),
    ("example", Example),
];

/// How many of the keys above say what the operation is, in one block without empty lines.
pub(super) const HEAD: usize = 18;

const EVENT: &[(&str, Role)] = &[
    ("event", Plain),
    ("topic", Plain),
    ("rust_name", Plain),
    ("title", Plain),
    ("summary", Plain),
    ("doc", Plain),
    ("source", Plain),
    ("delivery", Plain),
    ("app_types", Plain),
    ("permission", Plain),
    ("undecided", Plain),
    ("data", Fields),
    ("response", Fields),
    ("example", Json),
];

/// As [`HEAD`], of an event.
pub(super) const EVENT_HEAD: usize = 11;

const FIELD: &[(&str, Role)] = &[
    ("type", Plain),
    ("enum", Enum),
    ("list", Field),
    ("map", Field),
    ("object", Fields),
    ("required", Plain),
    ("secret", Plain),
    ("idempotency_key", Plain),
    ("success_flag", Plain),
    ("aliases", Plain),
    ("encoding", Plain),
    ("max_length", Plain),
    ("max_bytes", Plain),
    ("min", Plain),
    ("max", Plain),
    ("max_items", Plain),
    ("extensions", Plain),
    ("limits_by", LimitsBy),
    ("doc", Plain),
    ("glossary", Plain),
    ("rust_name", Plain),
    ("rust_type", Plain),
    ("undecided", Plain),
];

const PLATFORM: &[(&str, Role)] = &[
    ("version", Plain),
    ("apis", Apis),
    ("grants", Grants),
    ("default_services", Plain),
];

const API: &[(&str, Role)] = &[
    ("title", Plain),
    ("doc", Plain),
    ("servers", Servers),
    ("token", Plain),
    ("request_id_headers", Plain),
    ("envelope", Envelope),
    ("signatures", Signatures),
    ("errors", Errors),
];

const ENVELOPE: &[(&str, Role)] = &[
    ("every_reply", Plain),
    ("code", Plain),
    ("certain", Plain),
    ("success", Plain),
    ("flag", Plain),
    ("message", Plain),
    ("uncertain", Plain),
    ("outer", Plain),
    ("sub_code", Plain),
    ("sub_message", Plain),
    ("request_id", Plain),
    ("others", Plain),
];

impl Role {
    /// The keys that the format has here, in their order; none where keys are free.
    pub(in crate::document) fn keys(self) -> &'static [(&'static str, Role)] {
        match self {
            Operation => OPERATION,
            Service => &[
                ("title", Plain),
                ("summary", Plain),
                ("api", Plain),
                ("types", Types),
            ],
            Event => EVENT,
            EventGroup => &[("title", Plain), ("summary", Plain)],
            Platform => PLATFORM,
            Api => API,
            Envelope => ENVELOPE,
            Glossary => &[("fields", Terms), ("errors", Terms)],
            Term => &[
                ("type", Plain),
                ("list", Plain),
                ("class", Plain),
                ("doc", Plain),
            ],
            Field => FIELD,
            FileLimits => &[("max_bytes", Plain), ("extensions", Plain)],
            EnumValue => &[("doc", Plain), ("rust_name", Plain)],
            Type => &[
                ("doc", Plain),
                ("type", Plain),
                ("enum", Enum),
                ("object", Fields),
                ("rust_type", Plain),
            ],
            Paging => &[
                ("token", Plain),
                ("next", Plain),
                ("page", Plain),
                ("first", Plain),
                ("offset", Plain),
                ("size", Plain),
                ("items", Plain),
                ("more", Plain),
                ("total", Plain),
            ],
            Row => &[
                ("status", Plain),
                ("code", Plain),
                ("message", Plain),
                ("class", Plain),
                ("doc", Plain),
                ("rust_name", Plain),
            ],
            Example => &[("request", Request), ("response", Response)],
            Request => &[
                ("path", Values),
                ("query", Values),
                ("headers", Values),
                ("body", Json),
            ],
            Response => &[("status", Plain), ("body", Json)],
            Signature => &[
                ("doc", Plain),
                ("signer", Plain),
                ("text", Plain),
                ("query", Plain),
            ],
            Server => &[("url", Plain), ("doc", Plain)],
            Grants => &[
                ("app", Grant),
                ("organisation", Grant),
                ("suite", Grant),
                ("unified", Grant),
                ("user", Grant),
                ("user_refresh", Grant),
            ],
            Grant => &[
                ("operation", Plain),
                ("path", Plain),
                ("request", Plain),
                ("constants", Plain),
                ("reply", GrantReply),
            ],
            GrantReply => &[
                ("token", Plain),
                ("expires_in", Plain),
                ("refresh_token", Plain),
                ("organisation", Plain),
            ],
            Fields | Terms | LimitsBy | Cases | Enum | Types | Errors | Apis | Servers
            | Signatures | Values | Json | Plain => &[],
        }
    }
}
