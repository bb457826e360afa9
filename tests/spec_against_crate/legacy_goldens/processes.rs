//! Tokens and logins, approval and attendance.

use dingtalk_api::Signer;

use super::Goldens;
use super::oapi_attendance::OapiAttendance;
use super::oapi_attendance::get_leave_status::{DurationUnit, GetLeaveStatusRequest};
use super::oapi_auth::OapiAuth;
use super::oapi_auth::get_token::GetTokenRequest;
use super::oapi_auth::sns_get_user_info_by_code::SnsGetUserInfoByCodeRequest;
use super::oapi_process::OapiProcess;
use super::oapi_process::instance_create::{
    ApproversV2, CcPosition, FormComponentValue, InstanceCreateRequest, TaskActionType,
};
use super::oapi_process::instance_get::{
    BizAction, InstanceGetRequest, OperationResult, OperationType, ResultType, Status, TaskResult,
    TaskStatus,
};
use super::oapi_process::instance_list_ids::InstanceListIdsRequest;

fn list(items: &[&str]) -> Vec<String> {
    items.iter().map(|&item| item.to_owned()).collect()
}

#[tokio::test]
async fn tokens_tickets_and_logins_are_got_as_the_pages_say() {
    let mut goldens = Goldens::of(&["oapi_auth/"]);
    let token = goldens
        .check("oapi_auth/GetToken", async |client| {
            OapiAuth::new(client)
                .get_token(GetTokenRequest::new("k1", "s/1"))
                .await
        })
        .await;
    assert_eq!(token.access_token.as_deref(), Some("96fc7a7axxx"));
    assert_eq!(token.expires_in, Some(7200));

    let ticket = goldens
        .check("oapi_auth/GetJsapiTicket", async |client| {
            OapiAuth::new(client).get_jsapi_ticket().await
        })
        .await;
    assert_eq!(ticket.ticket.as_deref(), Some("dWk8xxxx"));

    let reply = goldens
        .check("oapi_auth/SnsGetUserInfoByCode", async |client| {
            let request = SnsGetUserInfoByCodeRequest::new("c1");
            let call = OapiAuth::new(client).sns_get_user_info_by_code(request);
            call.signer(Signer::new("k1", "s/1")).await
        })
        .await;
    let user = reply.user_info.unwrap();
    assert_eq!(user.unionid.as_deref(), Some("u1"));
    assert_eq!(user.main_org_auth_high_level, Some(true));
    goldens.done();
}

#[tokio::test]
async fn approvals_are_started_and_read_as_the_pages_say() {
    let mut goldens = Goldens::of(&["oapi_process/"]);
    let started = goldens
        .check("oapi_process/InstanceCreate", async |client| {
            let approvers = ApproversV2::new()
                .task_action_type(TaskActionType::And)
                .user_ids(list(&["bob", "cat"]));
            let form = vec![FormComponentValue::new("多选框", r#"["a","b"]"#)];
            let request = InstanceCreateRequest::new("PROC-1", "ann", -1, form)
                .approvers_v2(vec![approvers])
                .cc_list(list(&["dan", "eve"]))
                .cc_position(CcPosition::Finish);
            OapiProcess::new(client).instance_create(request).await
        })
        .await;
    let id = started.process_instance_id;
    assert_eq!(id.as_deref(), Some("7fc61e3e-7282-xxxx"));

    let reply = goldens
        .check("oapi_process/InstanceGet", async |client| {
            let request = InstanceGetRequest::new("1a2b-3e4dxxxx");
            OapiProcess::new(client).instance_get(request).await
        })
        .await;
    let instance = reply.process_instance.unwrap();
    assert_eq!(instance.originator_dept_id.as_deref(), Some("-1"));
    assert_eq!(instance.status, Some(Status::Completed));
    assert_eq!(instance.result, Some(ResultType::Agree));
    assert_eq!(instance.biz_action, Some(BizAction::None));
    let record = &instance.operation_records.unwrap()[0];
    assert_eq!(
        record.operation_type,
        Some(OperationType::StartProcessInstance)
    );
    assert_eq!(record.operation_result, Some(OperationResult::None));
    let task = &instance.tasks.unwrap()[0];
    assert_eq!(task.task_status, Some(TaskStatus::Completed));
    assert_eq!(task.task_result, Some(TaskResult::Agree));
    let value = &instance.form_component_values.unwrap()[0];
    assert_eq!(value.component_type.as_deref(), Some("TextField"));

    let ids = goldens
        .check("oapi_process/InstanceListIds", async |client| {
            let request = InstanceListIdsRequest::new("PROC-1", 1_496_678_400_000)
                .size(10)
                .cursor(0)
                .userid_list(list(&["manager1", "manager2"]));
            OapiProcess::new(client).instance_list_ids(request).await
        })
        .await;
    assert_eq!(ids.list.unwrap(), ["b6a42e32"]);
    assert_eq!(ids.next_cursor, Some(10));
    goldens.done();
}

#[tokio::test]
async fn leave_is_read_as_the_page_says() {
    let mut goldens = Goldens::of(&["oapi_attendance/"]);
    let reply = goldens
        .check("oapi_attendance/GetLeaveStatus", async |client| {
            let users = list(&["ann", "bob"]);
            let request =
                GetLeaveStatusRequest::new(users, 1_538_323_200_000, 1_546_358_399_000, 0, 10);
            OapiAttendance::new(client).get_leave_status(request).await
        })
        .await;
    assert_eq!(reply.has_more, Some(false));
    let leave = &reply.leave_status.unwrap()[0];
    assert_eq!(leave.duration_unit, Some(DurationUnit::Hour));
    assert_eq!(leave.duration_percent, Some(650));
    assert_eq!(leave.userid.as_deref(), Some("ann"));
    goldens.done();
}
