//! Approvals, over both APIs.

use dingtalk_api::json;
use dingtalk_api::model::Json;

use super::{Call, Outcome, Table, page};

pub(super) fn answer(approvals: &mut Table, call: &Call<'_>) -> Outcome {
    let unknown = || {
        call.refuse(
            ["processInstance.notExist", "820004"],
            "the approval does not exist",
        )
    };
    let action = call.known.operation.action();
    match action {
        "StartProcessInstance" | "InstanceCreate" => {
            let id = format!("mock-approval-{}", approvals.next());
            let mut row = call.fields();
            row.insert("status", "RUNNING");
            approvals.add(&*id, row);
            let field = if action == "InstanceCreate" {
                "process_instance_id"
            } else {
                "instanceId"
            };
            call.usual(&[(field, Json::from(id))].into_iter().collect())
        }
        _ if !approvals.is_used() => None,
        "GetProcessInstance" | "InstanceGet" => {
            let legacy = action == "InstanceGet";
            let (id, field) = if legacy {
                ("process_instance_id", "process_instance")
            } else {
                ("processInstanceId", "result")
            };
            let Some(row) = approvals.get(&call.text(id)) else {
                return unknown();
            };
            let mut reply = call.known.usual.body();
            if let Some(approval) = reply
                .as_object_mut()
                .and_then(|reply| reply.get_mut(field))
                .and_then(Json::as_object_mut)
            {
                approval.insert("status", row.get("status").cloned().unwrap_or_default());
                if row.get("status") == Some(&"RUNNING".into()) {
                    approval.remove("result");
                }
            }
            Some(Ok(reply))
        }
        "ListProcessInstanceIds" | "InstanceListIds" => {
            let name = if action == "InstanceListIds" {
                "process_code"
            } else {
                "processCode"
            };
            let code = call.text(name);
            let of = |row: &dingtalk_api::model::JsonObject| {
                ["process_code", "processCode"]
                    .iter()
                    .any(|name| row.get(name) == Some(&(&*code).into()))
            };
            let ids = approvals
                .iter()
                .filter(|(_, row)| of(row))
                .map(|(id, _)| id.into())
                .collect();
            if action == "InstanceListIds" {
                let (ids, next) = page(call, ids);
                return Some(Ok(json!({"list": ids, "next_cursor": next})));
            }
            call.usual(&json!({"result": {"list": ids}}))
        }
        "TerminateProcessInstance" | "InstanceTerminate" => {
            let id = match &call.received.body["request"] {
                Json::Null => call.text("processInstanceId"),
                request => request["process_instance_id"]
                    .as_str()
                    .unwrap_or_default()
                    .to_owned(),
            };
            match approvals.get_mut(&id) {
                Some(row) => {
                    row.insert("status", "TERMINATED");
                    None
                }
                None => unknown(),
            }
        }
        _ => None,
    }
}
