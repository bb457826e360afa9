//! Users, over both APIs.

use dingtalk_api::json;
use dingtalk_api::model::{Json, JsonObject};

use super::{Call, Outcome, Table, listed, update};

pub(super) fn answer(users: &mut Table, call: &Call<'_>) -> Outcome {
    let id = call.text("userid");
    if call.known.operation.service() == "oapi_user" && call.is("Create") {
        return create(users, call, id);
    }
    if !users.is_used() {
        return None;
    }
    let unknown = || call.refuse(["user.notExist", "33012"], "the user does not exist");
    let found =
        |row: Option<&JsonObject>| row.map_or_else(unknown, |row| Some(Ok(row.clone().into())));
    match (
        call.known.operation.service(),
        call.known.operation.action(),
    ) {
        ("oapi_user", "Get") => found(users.get(&id)),
        ("oapi_user", "Update") => match users.get_mut(&id) {
            Some(row) => {
                update(row, call.fields());
                None
            }
            None => unknown(),
        },
        ("oapi_user", "Delete") => {
            if users.remove(&id) {
                None
            } else {
                unknown()
            }
        }
        ("oapi_user", "List") => listed(call, of_department(users, call)),
        ("oapi_user", "ListSimple") => {
            let users = of_department(users, call).into_iter();
            let brief = |user: Json| json!({"userid": user["userid"].clone(), "name": user["name"].clone()});
            listed(call, users.map(brief).collect())
        }
        ("oapi_user", "ListId") => {
            let users = of_department(users, call).into_iter();
            let ids: Vec<_> = users.map(|user| user["userid"].clone()).collect();
            Some(Ok(json!({"userid_list": ids})))
        }
        ("oapi_user", "GetByMobile") => found(with(users, "mobile", &call.text("mobile"))),
        ("oapi_user", "GetByUnionId") => found(with(users, "unionid", &call.text("unionid"))),
        ("contact_1_0", "GetUser") => match with(users, "unionid", &call.text("unionId")) {
            Some(row) => {
                let user = Json::from(row.clone());
                let of = |name: &str| user[name].clone();
                call.usual(&json!({"unionId": of("unionid"), "nick": of("name"), "mobile": of("mobile"), "email": of("email")}))
            }
            // `me` is whoever has logged in.
            None if call.text("unionId") == "me" => None,
            None => unknown(),
        },
        _ => None,
    }
}

fn create(users: &mut Table, call: &Call<'_>, mut id: String) -> Outcome {
    if id.is_empty() {
        id = format!("mock-user-{}", users.next());
    }
    if users.get(&id).is_some() {
        return call.refuse(
            ["user.exists", "60102"],
            "there is a user with this userid already",
        );
    }
    let union_id = format!("mock-union-{}", users.next());
    let mut row = call.fields();
    row.insert("userid", &*id);
    row.insert("unionid", &*union_id);
    row.insert("active", true);
    users.add(&*id, row);
    call.usual(&json!({"userid": id, "unionId": union_id}))
}

fn with<'t>(users: &'t Table, name: &str, value: &str) -> Option<&'t JsonObject> {
    let mut users = users.iter().map(|(_, row)| row);
    users.find(|row| row.get(name).and_then(Json::as_str) == Some(value))
}

/// The users of the department that the call names.
fn of_department(users: &Table, call: &Call<'_>) -> Vec<Json> {
    let department = call.received.value("dept_id").and_then(Json::as_i64);
    let users = users.iter().map(|(_, row)| Json::from(row.clone()));
    users.filter(|user| is_in(user, department)).collect()
}

/// Whether a user is in a department.
pub(super) fn is_in(user: &Json, department: Option<i64>) -> bool {
    let departments = user["dept_id_list"].as_array();
    departments.is_some_and(|all| all.iter().any(|of| of.as_i64() == department))
}
