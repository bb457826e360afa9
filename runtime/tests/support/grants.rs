//! The ways to get a token, as the generated code would describe them.

use dingtalk_runtime::generated as m;
use dingtalk_runtime::generated::{Grant, GrantInput, GrantKind, Operation, PathParam};

use super::platform::GET_TOKEN;

pub static GRANTS: &[Grant] = &[
    Grant {
        request: &[
            ("appKey", GrantInput::AppKey),
            ("appSecret", GrantInput::AppSecret),
        ],
        ..COMMON
    },
    Grant {
        kind: GrantKind::Organisation,
        operation: &CORP,
        request: &[
            ("suiteKey", GrantInput::AppKey),
            ("suiteSecret", GrantInput::AppSecret),
            ("authCorpId", GrantInput::Organisation),
            ("suiteTicket", GrantInput::SuiteTicket),
        ],
        ..COMMON
    },
    Grant {
        kind: GrantKind::Suite,
        operation: &SUITE,
        request: &[
            ("suiteKey", GrantInput::AppKey),
            ("suiteSecret", GrantInput::AppSecret),
            ("suiteTicket", GrantInput::SuiteTicket),
        ],
        ..COMMON
    },
    Grant {
        kind: GrantKind::Unified,
        operation: &UNIFIED,
        path: &[("corpId", GrantInput::Organisation)],
        request: &[
            ("client_id", GrantInput::AppKey),
            ("client_secret", GrantInput::AppSecret),
            ("grant_type", GrantInput::Constant("client_credentials")),
        ],
        token: "access_token",
        expires_in: "expires_in",
        ..COMMON
    },
    Grant {
        kind: GrantKind::User,
        operation: &USER,
        request: &[
            ("clientId", GrantInput::AppKey),
            ("clientSecret", GrantInput::AppSecret),
            ("code", GrantInput::Code),
            ("grantType", GrantInput::Constant("authorization_code")),
        ],
        refresh_token: Some("refreshToken"),
        organisation: Some("corpId"),
        ..COMMON
    },
    Grant {
        kind: GrantKind::UserRefresh,
        operation: &USER,
        request: &[
            ("clientId", GrantInput::AppKey),
            ("clientSecret", GrantInput::AppSecret),
            ("refreshToken", GrantInput::RefreshToken),
            ("grantType", GrantInput::Constant("refresh_token")),
        ],
        refresh_token: Some("refreshToken"),
        organisation: Some("corpId"),
        ..COMMON
    },
];

const COMMON: Grant = Grant {
    kind: GrantKind::App,
    operation: &GET_TOKEN,
    path: &[],
    request: &[],
    token: "accessToken",
    expires_in: "expireIn",
    refresh_token: None,
    organisation: None,
};

pub static CORP: Operation = Operation {
    action: "GetCorpAccessToken",
    path: "/v1.0/oauth2/corpAccessToken",
    ..OPERATION
};

pub static SUITE: Operation = Operation {
    action: "GetSuiteAccessToken",
    path: "/v1.0/oauth2/suiteAccessToken",
    ..OPERATION
};

pub static UNIFIED: Operation = Operation {
    action: "GetToken",
    path: "/v1.0/oauth2/{corpId}/token",
    path_params: &[PathParam(
        m::FieldInfo("corpId", m::PATH | m::REQUIRED),
        m::TypeOf::Rust(<String as m::Element>::type_of),
    )],
    ..OPERATION
};

pub static USER: Operation = Operation {
    action: "GetUserToken",
    path: "/v1.0/oauth2/userAccessToken",
    ..OPERATION
};

const OPERATION: Operation = Operation {
    service: "oauth2_1_0",
    api: None,
    action: "",
    summary: "",
    method: "POST",
    path: "",
    path_params: &[],
    request: None,
    body: dingtalk_runtime::generated::Body::Fields,
    reply: dingtalk_runtime::generated::ReplyKind::Json,
    reply_type: None,
    token: None,
    paging: None,
    sending: None,
    idempotent: true,
    app_types: &[],
    permission: "",
    errors: &[],
};
