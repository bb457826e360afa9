//! A platform written by hand, as the generated code would describe it.

use dingtalk_runtime::generated::{
    self as m, BODY, COMMA, HEADER, IDEMPOTENCY_KEY, INDEXED, JSON_STRING, QUERY,
};
use dingtalk_runtime::generated::{
    Api, Body, Envelope, ErrorClass, Operation, PathParam, Platform, PlatformError, ReplyKind,
    TokenPlace,
};
use dingtalk_runtime::generated::{FieldInfo, ModelInfo, REQUIRED, SECRET};
use dingtalk_runtime::{ApiError, Call, Client, ClientBuilder, OperationError, RetryPolicy};

pub const TOKEN_HEADER: &str = "x-acs-dingtalk-access-token";

pub static PLATFORM: Platform = Platform {
    apis: &[Api {
        name: "api",
        servers: &[
            ("global", "https://api.dingtalk.io"),
            ("mainland", "https://api.dingtalk.com"),
        ],
        token: TokenPlace::Header(TOKEN_HEADER),
        request_id_headers: &["x-acs-request-id", "x-acs-trace-id"],
        envelope: Envelope {
            every_reply: false,
            code: &["errcode", "errorcode", "code"],
            certain: &["errcode"],
            success: &["0", "200", "ok", "success"],
            flag: &[],
            message: &[
                "message",
                "errmsg",
                "msg",
                "errormessage",
                "errormsg",
                "description",
            ],
            uncertain: &["description"],
            outer: &[],
            sub_code: &[],
            sub_message: &[],
            request_id: &["requestid", "traceid"],
            others: &["success", "accessdenieddetail", "hostid"],
        },
        signatures: &[],
        errors: &[
            error(&[400], "InvalidAuthentication", ErrorClass::TokenRejected),
            error(&[400], "invalidClientIdOrSecret", ErrorClass::Credentials),
            error(
                &[403],
                "Forbidden.AccessDenied.AccessTokenPermissionDenied",
                ErrorClass::Permission,
            ),
            error(
                &[403],
                "Forbidden.AccessDenied.QpsLimitForApi",
                ErrorClass::Throttled,
            ),
            error(
                &[],
                "Forbidden.AccessDenied.ApiCountLimitForOrg",
                ErrorClass::Quota,
            ),
            error(
                &[403],
                "Forbidden.AccessDenied.QpmLimitForApi",
                ErrorClass::ThrottledMinute,
            ),
            error(&[500, 503], "serviceBusy", ErrorClass::Transient),
            error(&[400], "tryAgainLater", ErrorClass::RetryLater),
            error(
                &[400],
                "IdempotentParameterMismatch",
                ErrorClass::IdempotencyMisuse,
            ),
        ],
    }],
    grants: super::grants::GRANTS,
};

const fn error(status: &'static [u16], code: &'static str, class: ErrorClass) -> PlatformError {
    PlatformError {
        status,
        code,
        class,
    }
}

pub static GET_TOKEN: Operation = Operation {
    service: "oauth2_1_0",
    api: None,
    action: "GetAccessToken",
    summary: "",
    method: "POST",
    path: "/v1.0/oauth2/accessToken",
    path_params: &[],
    request: None,
    body: Body::Fields,
    reply: ReplyKind::Json,
    reply_type: Some(m::TypeOf::Rust(<TokenReply as m::Element>::type_of)),
    token: None,
    sending: None,
    idempotent: true,
    app_types: &[],
    permission: "",
    paging: None,
    errors: &[],
};

pub static START: Operation = Operation {
    action: "StartRoom",
    permission: "Rooms.Room.Write",
    errors: &[
        "0\t400\t\troomClosed\tthe meeting has ended",
        "1\t400\t\tparamsError\terror:%s",
        "2\t500\t\tparamsError\tbroken:%s in %s",
        "3\t400\tthrottled\tbusy\t",
    ],
    ..START_COPY
};

pub static FIND: Operation = Operation {
    action: "FindRoom",
    method: "GET",
    body: Body::None,
    sending: None,
    idempotent: true,
    errors: &[],
    ..START_COPY
};

pub static REMOVE: Operation = Operation {
    action: "RemoveRoom",
    method: "DELETE",
    request: None,
    body: Body::None,
    reply: ReplyKind::Nothing,
    reply_type: None,
    ..START_COPY
};

pub static REPLACE: Operation = Operation {
    action: "ReplaceRows",
    method: "PUT",
    request: Some(m::TypeOf::Rust(<Rows as m::Element>::type_of)),
    body: Body::Bare,
    reply: ReplyKind::Json,
    reply_type: Some(m::TypeOf::Rust(<bool as m::Element>::type_of)),
    ..START_COPY
};

/// Has secrets in its path, and inside its body.
pub static ENTER: Operation = Operation {
    action: "EnterRoom",
    path: "/v1.0/rooms/{key}/enter",
    path_params: &[PathParam(
        m::FieldInfo("key", m::PATH | REQUIRED | SECRET),
        m::TypeOf::Rust(<String as m::Element>::type_of),
    )],
    request: Some(m::TypeOf::Rust(<EnterRequest as m::Element>::type_of)),
    ..START_COPY
};

/// What operations of other tests begin with.
pub const START_COPY: Operation = Operation {
    service: "rooms_1_0",
    api: None,
    action: "",
    summary: "",
    method: "POST",
    path: "/v1.0/rooms/{roomId}/start",
    path_params: &[PathParam(
        m::FieldInfo("roomId", m::PATH | m::REQUIRED),
        m::TypeOf::Rust(<String as m::Element>::type_of),
    )],
    request: Some(m::TypeOf::Rust(<StartRequest as m::Element>::type_of)),
    body: Body::Fields,
    reply: ReplyKind::Json,
    reply_type: Some(m::TypeOf::Rust(<StartReply as m::Element>::type_of)),
    token: Some(&[]),
    sending: None,
    idempotent: false,
    app_types: &[],
    permission: "",
    paging: None,
    errors: &[],
};

macro_rules! model {
    ($name:ident { $($index:literal $field:ident: $type:ty = $wire:literal, $flags:expr;)* }) => {
        #[derive(Debug, Clone, PartialEq, Default)]
        pub struct $name { $(pub $field: $type,)* }

        impl m::Model for $name {
            fn info(&self) -> &'static ModelInfo {
                &ModelInfo(stringify!($name), &[$(FieldInfo($wire, $flags)),*])
            }
            fn get(&self, index: usize) -> &dyn m::Field {
                match index { $($index => &self.$field,)* _ => panic!("no such field") }
            }
            fn get_mut(&mut self, index: usize) -> &mut dyn m::Field {
                match index { $($index => &mut self.$field,)* _ => panic!("no such field") }
            }
            fn empty() -> Self {
                Self::default()
            }
        }
    };
}

model!(StartRequest {
    0 union_id: String = "unionId", BODY | REQUIRED;
    1 mode: Option<String> = "mode", BODY;
    2 password: Option<String> = "password", BODY | SECRET;
    3 verbose: Option<bool> = "verbose", QUERY;
    4 size: Option<i64> = "size", QUERY;
    5 names: Option<Vec<String>> = "names", QUERY;
    6 ids: Option<Vec<String>> = "ids", QUERY | COMMA;
    7 seats: Option<Vec<Seat>> = "seats", QUERY | INDEXED;
    8 key: Option<String> = "x-client-token", HEADER | IDEMPOTENCY_KEY;
    9 layout: Option<Seat> = "layout", BODY | JSON_STRING;
});

model!(Seat {
    0 row: Option<i64> = "row", BODY;
    1 label: Option<String> = "label", BODY;
});

model!(StartReply {
    0 code: Option<String> = "code", BODY;
    1 count: Option<i64> = "count", BODY;
    2 seats: Option<Vec<Seat>> = "seats", BODY;
});

model!(TokenReply {
    0 access_token: Option<String> = "accessToken", BODY | SECRET;
    1 expire_in: Option<i64> = "expireIn", BODY;
});

model!(EnterRequest {
    0 logins: Option<Vec<Login>> = "logins", BODY;
    1 packed: Option<Login> = "packed", BODY | JSON_STRING;
});

model!(Login {
    0 name: Option<String> = "name", BODY;
    1 code: Option<String> = "code", BODY | SECRET;
});

model!(Rows {
    0 rows: Vec<Seat> = "body", BODY | REQUIRED;
});

#[derive(Debug)]
pub enum StartError {
    RoomClosed(ApiError),
    ParamsError(ApiError),
    Broken(ApiError),
    Busy(ApiError),
    Other(ApiError),
}

impl OperationError for StartError {
    fn from_api(error: ApiError) -> Self {
        match error.variant() {
            Some(0) => Self::RoomClosed(error),
            Some(1) => Self::ParamsError(error),
            Some(2) => Self::Broken(error),
            Some(3) => Self::Busy(error),
            _ => Self::Other(error),
        }
    }

    fn api(&self) -> &ApiError {
        match self {
            Self::RoomClosed(error)
            | Self::ParamsError(error)
            | Self::Broken(error)
            | Self::Busy(error)
            | Self::Other(error) => error,
        }
    }
}

impl std::fmt::Display for StartError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.api().fmt(f)
    }
}

impl std::error::Error for StartError {}

pub type Error = dingtalk_runtime::Error<StartError>;

/// A builder of clients that send once: most tests look at what comes of that.
pub fn builder() -> ClientBuilder<Client> {
    ClientBuilder::new(&PLATFORM).retry(RetryPolicy::none())
}

/// A client with a fixed token.
pub fn client(server: &super::Server) -> Client {
    builder()
        .base_url(server.url())
        .token("the-token")
        .build()
        .unwrap()
}

/// A client that gets its token itself.
pub fn app(server: &super::Server) -> Client {
    builder()
        .base_url(server.url())
        .app("the-key", "the-app-secret")
        .build()
        .unwrap()
}

pub fn request() -> StartRequest {
    StartRequest {
        union_id: "u".into(),
        ..StartRequest::default()
    }
}

pub fn start(client: &Client) -> Call<StartReply, StartError> {
    start_with(client, "r", &request())
}

pub fn start_with(
    client: &Client,
    room: &str,
    request: &StartRequest,
) -> Call<StartReply, StartError> {
    Call::new(client, &START, vec![room.to_owned()], Some(request))
}

pub fn find(client: &Client, request: &StartRequest) -> Call<StartReply, ApiError> {
    Call::new(client, &FIND, vec!["r".to_owned()], Some(request))
}

pub fn remove(client: &Client) -> Call<(), ApiError> {
    Call::new(client, &REMOVE, vec!["r".to_owned()], None)
}

pub fn replace(client: &Client, rows: &Rows) -> Call<bool, ApiError> {
    Call::new(client, &REPLACE, vec!["r".to_owned()], Some(rows))
}

/// A reqwest client with the TLS settings that a user who brings one has to choose.
pub fn reqwest_client(builder: reqwest::ClientBuilder) -> reqwest::Client {
    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    builder.tls_backend_preconfigured(tls).build().unwrap()
}
