//! Moves the members of a department.

use dingtalk_api::oapi_user::list::ListRequest;
use dingtalk_api::oapi_user::update::UpdateRequest;
use dingtalk_api::{Client, Error};

/// Moves all members of a department to another one. Gives their user ids.
///
/// # Errors
/// The first call that failed. Who was moved before stays moved, so run it again.
pub async fn move_members(client: &Client, from: i64, to: i64) -> Result<Vec<String>, Error> {
    // All of them first: moving people while pages are read would leave some out.
    let mut members = Vec::new();
    let mut items = client
        .oapi_user()
        .list(ListRequest::new(from, 0, 100))
        .items();
    while let Some(member) = items.next().await {
        members.extend(member?.userid);
    }
    for member in &members {
        let moved = UpdateRequest::new(member).dept_id_list(vec![to]);
        client.oapi_user().update(moved).send().await?;
    }
    Ok(members)
}
