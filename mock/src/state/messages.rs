//! Messages that robots sent, and work notices.

use dingtalk_api::json;
use dingtalk_api::model::{Json, JsonObject};

use super::{Call, Outcome, Table};

/// Messages of robots, by the key that sending one gives.
pub(super) fn robot(messages: &mut Table, call: &Call<'_>) -> Outcome {
    match call.known.operation.action() {
        "BatchSendOTO" | "OrgGroupSend" | "PrivateChatSend" => {
            let key = format!("mock-message-{}", messages.next());
            messages.add(&*key, call.fields());
            let nobody = Vec::<Json>::new();
            let mut reply = call.known.usual.body();
            if let Some(reply) = reply.as_object_mut() {
                // All receivers got it.
                for list in [
                    "invalidStaffIdList",
                    "flowControlledStaffIdList",
                    "filteredStaffIdList",
                ] {
                    if let Some(receivers) = reply.get_mut(list) {
                        *receivers = nobody.clone().into();
                    }
                }
                reply.insert("processQueryKey", key);
            }
            Some(Ok(reply))
        }
        "BatchRecallOTO" | "OrgGroupRecall" | "BatchRecallPrivateChat" if messages.is_used() => {
            let keys = call
                .received
                .value("processQueryKeys")
                .and_then(Json::as_array);
            let (mut done, mut failed) = (Vec::<Json>::new(), JsonObject::new());
            for key in keys.into_iter().flatten().filter_map(Json::as_str) {
                if messages.remove(key) {
                    done.push(key.into());
                } else {
                    failed.insert(key, "the message does not exist, or was recalled");
                }
            }
            Some(Ok(
                json!({"successResult": done, "failedResult": Json::from(failed)}),
            ))
        }
        _ => None,
    }
}

/// Work notices, by the number of their task.
pub(super) fn notice(notices: &mut Table, call: &Call<'_>) -> Outcome {
    let task = |name: &str| call.text(name);
    match call.known.operation.action() {
        "CorpConversationAsyncSend" => {
            let task = notices.next();
            notices.add(task.to_string(), call.fields());
            Some(Ok(json!({"task_id": task})))
        }
        "CorpConversationGetSendProgress" if notices.is_used() => {
            match notices.get(&task("task_id")) {
                Some(_) => Some(Ok(
                    json!({"progress": {"progress_in_percent": 100, "status": 2}}),
                )),
                None => call.refuse(["", "40035"], "the task does not exist"),
            }
        }
        "CorpConversationGetSendResult" if notices.is_used() => match notices.get(&task("task_id"))
        {
            Some(notice) => {
                let users = notice.get("userid_list").cloned().unwrap_or_default();
                Some(Ok(json!({"send_result": {"unread_user_id_list": users}})))
            }
            None => call.refuse(["", "40035"], "the task does not exist"),
        },
        "CorpConversationRecall" if notices.is_used() => {
            if notices.remove(&task("msg_task_id")) {
                None
            } else {
                call.refuse(["", "40035"], "the task does not exist, or was recalled")
            }
        }
        _ => None,
    }
}
