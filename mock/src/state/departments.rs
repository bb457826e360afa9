//! Departments.

use dingtalk_api::json;
use dingtalk_api::model::Json;

use super::users::is_in;
use super::{Call, Outcome, Table, update};

/// The department that is there from the beginning.
const ROOT: &str = "1";

pub(super) fn answer(departments: &mut Table, users: &Table, call: &Call<'_>) -> Outcome {
    let id = call.text("dept_id");
    let exists = |departments: &Table, id: &str| id == ROOT || departments.get(id).is_some();
    if call.is("Create") {
        if departments.is_used() && !exists(departments, &call.text("parent_id")) {
            return call.refuse(["", "60004"], "the parent department does not exist");
        }
        let number = 1000 + departments.next();
        let mut row = call.fields();
        row.insert("dept_id", number);
        departments.add(number.to_string(), row);
        return Some(Ok(json!({"dept_id": number})));
    }
    if !departments.is_used() {
        return None;
    }
    let id = if id.is_empty() { ROOT.to_owned() } else { id };
    if !exists(departments, &id)
        && ["Get", "Update", "Delete", "ListSub", "ListSubId"]
            .iter()
            .any(|action| call.is(action))
    {
        return call.refuse(["", "60003"], "the department does not exist");
    }
    let below = |departments: &Table| -> Vec<Json> {
        let rows = departments.iter().map(|(_, row)| Json::from(row.clone()));
        let parent = id.parse::<i64>().ok();
        rows.filter(|row| row["parent_id"].as_i64() == parent)
            .collect()
    };
    match call.known.operation.action() {
        "Get" => {
            let row = departments.get(&id)?;
            Some(Ok(row.clone().into()))
        }
        "Update" => {
            update(departments.get_mut(&id)?, call.fields());
            None
        }
        "Delete" if !below(departments).is_empty() => {
            call.refuse(["", "60006"], "the department has departments below it")
        }
        "Delete"
            if users
                .iter()
                .any(|(_, user)| is_in(&user.clone().into(), id.parse().ok())) =>
        {
            call.refuse(["", "60005"], "the department has members")
        }
        "Delete" => {
            departments.remove(&id);
            None
        }
        "ListSub" => Some(Ok(below(departments).into())),
        "ListSubId" => {
            let ids: Vec<_> = below(departments)
                .into_iter()
                .map(|row| row["dept_id"].clone())
                .collect();
            Some(Ok(json!({"dept_id_list": ids})))
        }
        _ => None,
    }
}
