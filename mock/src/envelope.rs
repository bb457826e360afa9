//! What replies of each API have in common.

use dingtalk_api::generated::ReplyKind;
use dingtalk_api::model::{Json, JsonObject};

use crate::route::Known;

/// The text of a successful reply, from that of what is documented.
pub(crate) fn success(known: &Known, body: Option<&str>, request_id: &str) -> String {
    if !known.api.envelope.every_reply {
        return body.unwrap_or("{}").to_owned();
    }
    let body = body.and_then(|body| body.parse::<Json>().ok());
    let mut reply = JsonObject::new();
    reply.insert("errcode", 0);
    reply.insert("errmsg", "ok");
    match (known.operation.reply, body) {
        (ReplyKind::Field(name), Some(body)) => {
            reply.insert(name, body);
        }
        (_, Some(Json::Object(fields))) => {
            for (name, value) in fields {
                reply.insert(name, value);
            }
        }
        _ => {}
    }
    reply.insert("request_id", request_id);
    Json::from(reply).to_string()
}
