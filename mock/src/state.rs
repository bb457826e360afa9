//! What calls have made: users, departments, messages, cards, approvals, files.
//!
//! Each area is empty at first, and its operations are answered as all others are. Once a call has made something in it, the
//! area answers by what is there: what was not made, or was deleted, does not exist.

mod approvals;
mod cards;
mod departments;
pub(crate) mod files;
mod messages;
mod users;

use std::collections::BTreeMap;

use dingtalk_api::json;
use dingtalk_api::model::{Json, JsonObject};

use crate::envelope::Refusal;
use crate::received::Received;
use crate::route::Known;

/// All areas.
#[derive(Default)]
pub(crate) struct State {
    users: Table,
    departments: Table,
    messages: Table,
    notices: Table,
    cards: Table,
    approvals: Table,
    pub(crate) files: files::Files,
}

/// A call that is carried out.
pub(crate) struct Call<'a> {
    pub(crate) known: &'a Known,
    pub(crate) received: &'a Received,
    /// The mock's address as the client knows it.
    pub(crate) host: &'a str,
}

/// What is documented of a reply, or why the call fails; `None` for the usual reply.
type Outcome = Option<Result<Json, Refusal>>;

impl State {
    pub(crate) fn answer(&mut self, call: &Call<'_>) -> Outcome {
        match call.known.operation.service() {
            "oapi_user" | "contact_1_0" => users::answer(&mut self.users, call),
            "oapi_department" => departments::answer(&mut self.departments, &self.users, call),
            "robot_1_0" if call.is("RobotMessageFileDownload") => self.files.answer(call),
            "robot_1_0" => messages::robot(&mut self.messages, call),
            "oapi_message" => messages::notice(&mut self.notices, call),
            "card_1_0" => cards::answer(&mut self.cards, call),
            "workflow_1_0" | "oapi_process" => approvals::answer(&mut self.approvals, call),
            "oapi_media" => self.files.answer(call),
            _ => None,
        }
    }
}

impl Call<'_> {
    fn is(&self, action: &str) -> bool {
        self.known.operation.action() == action
    }

    /// A value of the request as text; empty if it was not sent.
    fn text(&self, name: &str) -> String {
        match self.received.value(name) {
            Some(Json::String(text)) => text.clone(),
            None | Some(Json::Null) => String::new(),
            Some(value) => value.to_string(),
        }
    }

    /// The fields of the body.
    fn fields(&self) -> JsonObject {
        self.received.body.as_object().cloned().unwrap_or_default()
    }

    /// The usual reply with these fields in it.
    #[expect(clippy::unnecessary_wraps, reason = "an area returns it as it is")]
    fn usual(&self, fields: &Json) -> Outcome {
        let fields = fields.as_object().cloned().unwrap_or_default();
        Some(Ok(self.known.usual.with(fields)))
    }

    #[expect(clippy::unnecessary_wraps, reason = "an area returns it as it is")]
    fn refuse(&self, codes: [&str; 2], message: &str) -> Outcome {
        Some(Err(Refusal::unknown(self.known, codes, message)))
    }
}

/// Things of one kind, by their id, in the order in which they were made.
#[derive(Default)]
struct Table {
    rows: BTreeMap<u64, (String, JsonObject)>,
    count: u64,
}

impl Table {
    /// Whether anything was ever made here.
    fn is_used(&self) -> bool {
        self.count > 0
    }

    /// The number of the thing that is made next.
    fn next(&self) -> u64 {
        self.count + 1
    }

    fn add(&mut self, id: impl Into<String>, row: JsonObject) {
        self.count += 1;
        self.rows.insert(self.count, (id.into(), row));
    }

    fn get(&self, id: &str) -> Option<&JsonObject> {
        let row = self.rows.values().find(|(known, _)| known == id);
        row.map(|(_, row)| row)
    }

    fn get_mut(&mut self, id: &str) -> Option<&mut JsonObject> {
        let row = self.rows.values_mut().find(|(known, _)| known == id);
        row.map(|(_, row)| row)
    }

    /// Deletes a thing; `false` if it was not there.
    fn remove(&mut self, id: &str) -> bool {
        let count = self.rows.len();
        self.rows.retain(|_, (known, _)| known != id);
        self.rows.len() < count
    }

    fn iter(&self) -> impl Iterator<Item = (&str, &JsonObject)> {
        self.rows.values().map(|(id, row)| (&**id, row))
    }
}

/// Sets the fields that were sent.
fn update(row: &mut JsonObject, fields: JsonObject) {
    for (name, value) in fields {
        row.insert(name, value);
    }
}

/// A page of items by `cursor` and `size`: the page, and the cursor of the next one.
fn page(call: &Call<'_>, items: Vec<Json>) -> (Vec<Json>, Option<usize>) {
    let number = |name: &str| {
        call.received
            .value(name)
            .and_then(Json::as_u64)
            .and_then(|number| usize::try_from(number).ok())
    };
    let (from, size) = (
        number("cursor").unwrap_or(0),
        number("size").unwrap_or(20).max(1),
    );
    let next = from.saturating_add(size);
    let more = items.len() > next;
    let page = items.into_iter().skip(from).take(size).collect();
    (page, more.then_some(next))
}

/// The reply of a legacy operation that lists a page.
#[expect(clippy::unnecessary_wraps, reason = "an area returns it as it is")]
fn listed(call: &Call<'_>, items: Vec<Json>) -> Outcome {
    let (page, next) = page(call, items);
    let mut reply = json!({"list": page, "has_more": next.is_some()});
    if let (Some(next), Some(reply)) = (next, reply.as_object_mut()) {
        reply.insert("next_cursor", next);
    }
    Some(Ok(reply))
}
