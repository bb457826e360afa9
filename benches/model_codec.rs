//! Decoding and encoding a large reply through the table, against serde derive on the same model.
//!
//! `cargo bench -p dingtalk-runtime --bench model_codec`. Both sides run in turn, round by round, so
//! that whatever else the machine does falls on both; the ratio shown is the median of the rounds'.
#![allow(missing_docs, clippy::unwrap_used, reason = "a measurement")]

use std::hint::black_box;
use std::time::Instant;

use dingtalk_runtime::generated as m;
use serde_json::json;

const ROUNDS: usize = 600;

/// One model in both shapes: as it is generated, and with serde's derives.
macro_rules! model {
    ($table:ident, $derived:ident { $($index:tt $field:ident $wire:literal: $type:ty, $derived_type:ty;)* }) => {
        pub struct $table { $(pub $field: Option<$type>,)* }

        impl m::Model for $table {
            #[inline]
            fn info(&self) -> &'static m::ModelInfo {
                &m::ModelInfo(stringify!($table), &[$(m::FieldInfo($wire, m::BODY),)*])
            }

            #[inline]
            fn get(&self, index: usize) -> &dyn m::Field {
                match index { $($index => &self.$field,)* _ => &self.first }
            }

            #[inline]
            fn get_mut(&mut self, index: usize) -> &mut dyn m::Field {
                match index { $($index => &mut self.$field,)* _ => &mut self.first }
            }

            #[inline]
            fn empty() -> Self {
                Self { $($field: None,)* }
            }
        }

        impl m::Serialize for $table {
            #[inline]
            fn serialize<S: m::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                m::serialize(self, to)
            }
        }

        impl<'de> m::Deserialize<'de> for $table {
            #[inline]
            fn deserialize<D: m::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                m::deserialize(from)
            }
        }

        #[derive(serde::Serialize, serde::Deserialize)]
        pub struct $derived {
            $(#[serde(rename = $wire, skip_serializing_if = "Option::is_none")]
            pub $field: Option<$derived_type>,)*
        }
    };
}

model!(Reply, DerivedReply {
    0 first "result": Page, DerivedPage;
    1 success "success": bool, bool;
    2 request_id "requestId": String, String;
});
model!(Page, DerivedPage {
    0 first "items": Vec<Event>, Vec<DerivedEvent>;
    1 next_token "nextToken": String, String;
    2 total "totalCount": i64, i64;
});
model!(Event, DerivedEvent {
    0 first "id": String, String;
    1 summary "summary": String, String;
    2 description "description": String, String;
    3 status "status": String, String;
    4 all_day "isAllDay": bool, bool;
    5 created "createTime": i64, i64;
    6 updated "updateTime": i64, i64;
    7 start "start": When, DerivedWhen;
    8 end "end": When, DerivedWhen;
    9 attendees "attendees": Vec<Person>, Vec<DerivedPerson>;
    10 tags "tags": Vec<String>, Vec<String>;
    11 weight "weight": f64, f64;
    12 series "seriesMasterId": String, String;
});
model!(When, DerivedWhen {
    0 first "date": String, String;
    1 date_time "dateTime": String, String;
    2 zone "timeZone": String, String;
});
model!(Person, DerivedPerson {
    0 first "id": String, String;
    1 name "displayName": String, String;
    2 status "responseStatus": String, String;
    3 me "self": bool, bool;
    4 optional "isOptional": bool, bool;
});

fn reply() -> String {
    let person = |i| {
        json!({"id": format!("user{i:06}"), "displayName": "Zhang San", "responseStatus": "accepted",
            "self": i == 0, "isOptional": false})
    };
    let event = |i| {
        json!({"id": format!("event{i:08}"), "summary": "Weekly review of the project",
            "description": "Bring notes \"and\" numbers\nto the \u{4f1a}\u{8bae}", "status": "confirmed",
            "isAllDay": i % 2 == 0, "createTime": 1_700_000_000_000_i64 + i,
            "updateTime": 1_700_000_999_000_i64 + i,
            "start": {"dateTime": "2026-01-01T10:00:00+08:00", "timeZone": "Asia/Shanghai"},
            "end": {"dateTime": "2026-01-01T11:00:00+08:00", "timeZone": "Asia/Shanghai"},
            "attendees": (0..5).map(person).collect::<Vec<_>>(), "tags": ["a", "bb", "ccc"], "weight": 1.5})
    };
    let items: Vec<_> = (0..180).map(event).collect();
    let reply = json!({"result": {"items": items, "nextToken": "n", "totalCount": 180}, "success": true,
        "requestId": "r"});
    // In the order of the fields, as servers write them, and not in that of a sorted map.
    let typed: DerivedReply = serde_json::from_value(reply).unwrap();
    serde_json::to_string(&typed).unwrap()
}

/// The time of one run, in microseconds.
fn time<T>(run: impl FnOnce() -> T) -> f64 {
    let start = Instant::now();
    let value = black_box(run());
    let time = start.elapsed().as_secs_f64() * 1e6;
    drop(value);
    time
}

fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn compare<A, B>(name: &str, table: impl Fn() -> A, derived: impl Fn() -> B) {
    let (mut ours, mut theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        // Who goes first changes, so that neither always finds the caches as the other left them.
        let (a, b) = if round % 2 == 0 {
            let a = time(&table);
            (a, time(&derived))
        } else {
            let b = time(&derived);
            (time(&table), b)
        };
        ours.push(a);
        theirs.push(b);
        ratios.push(a / b);
    }
    println!(
        "{name:8} table {:8.1} us   derive {:8.1} us   ratio {:.2}",
        median(&mut ours),
        median(&mut theirs),
        median(&mut ratios)
    );
}

fn main() {
    let text = reply();
    let bytes = text.as_bytes();
    let table: Reply = m::from_slice(bytes).unwrap();
    let derived: DerivedReply = serde_json::from_slice(bytes).unwrap();
    assert_eq!(serde_json::to_string(&table).unwrap(), text);
    println!("a reply of {} bytes, {ROUNDS} rounds", text.len());
    compare(
        "decode",
        || m::from_slice::<Reply>(bytes).unwrap(),
        || serde_json::from_slice::<DerivedReply>(bytes).unwrap(),
    );
    compare(
        "encode",
        || m::to_vec(m::View::Object(&table)).unwrap(),
        || serde_json::to_vec(&derived).unwrap(),
    );
    println!("the same through the model's own Deserialize and Serialize:");
    compare(
        "decode",
        || serde_json::from_slice::<Reply>(bytes).unwrap(),
        || serde_json::from_slice::<DerivedReply>(bytes).unwrap(),
    );
    compare(
        "encode",
        || serde_json::to_vec(&table).unwrap(),
        || serde_json::to_vec(&derived).unwrap(),
    );
}
