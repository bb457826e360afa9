//! Users and departments.

use dingtalk_api::oapi_department::get::GetRequest as GetDepartmentRequest;
use dingtalk_api::oapi_department::list_sub::{self, ListSubRequest};
use dingtalk_api::oapi_department::list_sub_id::ListSubIdRequest;
use dingtalk_api::oapi_user::count::CountRequest;
use dingtalk_api::oapi_user::get::{GetRequest, Language};
use dingtalk_api::oapi_user::get_by_mobile::GetByMobileRequest;
use dingtalk_api::oapi_user::get_by_union_id::{ContactType, GetByUnionIdRequest};
use dingtalk_api::oapi_user::get_user_info::{GetUserInfoRequest, SysLevel};
use dingtalk_api::oapi_user::list::{ListRequest, OrderField};
use dingtalk_api::oapi_user::list_id::ListIdRequest;
use dingtalk_api::oapi_user::list_simple::ListSimpleRequest;

use super::Goldens;

#[tokio::test]
async fn users_are_read_as_the_pages_say() {
    let mut goldens = Goldens::of(&["oapi_user/"]);
    let user = goldens
        .check("oapi_user/Get", async |client| {
            let request = GetRequest::new("0123").language(Language::ZhCn);
            client.oapi_user().get(request).await
        })
        .await;
    assert_eq!(user.userid.as_deref(), Some("0123"));
    assert_eq!(user.dept_id_list, Some(vec![2, -7]));
    assert_eq!(user.hired_date, Some(1_597_573_616_828));
    assert_eq!(user.active, Some(true));
    let leads = &user.leader_in_dept.unwrap()[0];
    assert_eq!((leads.dept_id, leads.leader), (Some(2), Some(true)));
    assert_eq!(user.role_list.unwrap()[0].id, Some(100));
    let union = user.union_emp_ext.unwrap();
    let mapped = &union.union_emp_map_list.unwrap()[0];
    assert_eq!(mapped.corp_id.as_deref(), Some("ding2"));

    let users = goldens
        .check("oapi_user/List", async |client| {
            let request = ListRequest::new(1, 0, 10)
                .order_field(OrderField::ModifyDesc)
                .contain_access_limit(false);
            client.oapi_user().list(request).await
        })
        .await;
    assert_eq!((users.has_more, users.next_cursor), (Some(true), Some(10)));
    let user = &users.list.unwrap()[0];
    assert_eq!((user.dept_order, user.leader), (Some(5), Some(true)));

    let users = goldens
        .check("oapi_user/ListSimple", async |client| {
            let request = ListSimpleRequest::new(1, 0, 10);
            client.oapi_user().list_simple(request).await
        })
        .await;
    assert_eq!(users.next_cursor, None);
    assert_eq!(users.list.unwrap()[0].name.as_deref(), Some("Ann"));

    let ids = goldens
        .check("oapi_user/ListId", async |client| {
            client.oapi_user().list_id(ListIdRequest::new(1)).await
        })
        .await;
    let expected = ["ann", "0123"].map(str::to_owned);
    assert_eq!(ids.userid_list, Some(expected.to_vec()));

    let count = goldens
        .check("oapi_user/Count", async |client| {
            client.oapi_user().count(CountRequest::new(false)).await
        })
        .await;
    assert_eq!(count.count, Some(4));

    let user = goldens
        .check("oapi_user/GetUserInfo", async |client| {
            let request = GetUserInfoRequest::new("abc");
            client.oapi_user().get_user_info(request).await
        })
        .await;
    assert_eq!(
        (user.sys, user.sys_level),
        (Some(true), Some(SysLevel::Primary))
    );
    assert_eq!(user.associated_unionid.as_deref(), Some("a1"));

    let user = goldens
        .check("oapi_user/GetByUnionId", async |client| {
            let request = GetByUnionIdRequest::new("u1");
            client.oapi_user().get_by_union_id(request).await
        })
        .await;
    assert_eq!(user.contact_type, Some(ContactType::Internal));

    let user = goldens
        .check("oapi_user/GetByMobile", async |client| {
            let request = GetByMobileRequest::new("13800000000");
            client.oapi_user().get_by_mobile(request).await
        })
        .await;
    let exclusive = user.exclusive_account_userid_list.unwrap();
    assert_eq!(
        (user.userid.as_deref(), &*exclusive[0]),
        (Some("ann"), "bob")
    );
    goldens.done();
}

#[tokio::test]
async fn departments_are_read_as_the_pages_say() {
    let mut goldens = Goldens::of(&["oapi_department/"]);
    let departments = goldens
        .check("oapi_department/ListSub", async |client| {
            let request = ListSubRequest::new()
                .dept_id(1)
                .language(list_sub::Language::ZhCn);
            client.oapi_department().list_sub(request).await
        })
        .await;
    let [department] = departments.as_slice() else {
        panic!("{departments:?}")
    };
    assert_eq!(
        (department.dept_id, department.parent_id),
        (Some(37), Some(1))
    );
    assert_eq!(department.auto_add_user, Some(true));

    let ids = goldens
        .check("oapi_department/ListSubId", async |client| {
            let request = ListSubIdRequest::new(1);
            client.oapi_department().list_sub_id(request).await
        })
        .await;
    assert_eq!(ids.dept_id_list, Some(vec![379, -1]));

    let department = goldens
        .check("oapi_department/Get", async |client| {
            client
                .oapi_department()
                .get(GetDepartmentRequest::new(1))
                .await
        })
        .await;
    assert_eq!(department.dept_permits, Some(vec![3, 4]));
    assert_eq!(department.user_permits, Some(Vec::new()));
    assert_eq!(department.order, Some(0));
    let managers = department.dept_manager_userid_list.unwrap();
    assert_eq!(managers, ["ann"]);
    goldens.done();
}
