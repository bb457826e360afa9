//! What the targets for replies share: a client whose every request gets the same reply, and two operations.

use std::cell::LazyCell;

use dingtalk_runtime::generated as m;
use dingtalk_runtime::generated::{Api, Body, Envelope, ErrorClass, Operation, Platform, PlatformError, ReplyKind, TokenPlace};
use dingtalk_runtime::{
    BoxFuture, Bytes, Client, ClientBuilder, HttpRequest, Limits, RetryPolicy, Transport, TransportError, http,
};

/// What must never be shown.
pub const TOKEN: &str = "SENTINEL";

pub static PLATFORM: Platform = Platform {
    apis: &[Api {
        name: "api",
        servers: &[("one", "https://platform.example")],
        token: TokenPlace::Header("x-token"),
        request_id_headers: &["x-request-id"],
        envelope: Envelope {
            every_reply: false,
            code: &["errcode", "errorcode", "code"],
            certain: &["errcode"],
            success: &["0", "200", "ok", "success"],
            message: &["message", "errmsg", "msg", "errormessage", "errormsg", "description"],
            uncertain: &["description"],
            outer: &[],
            sub_code: &[],
            sub_message: &[],
            request_id: &["requestid", "traceid"],
            others: &["success", "accessdenieddetail", "hostid"],
        },
        signatures: &[],
        errors: &[
            class(&[403], "Denied", ErrorClass::Permission),
            class(&[], "Slow", ErrorClass::Throttled),
            class(&[400], "Bad", ErrorClass::TokenRejected),
        ],
    }],
    grants: &[],
};

const fn class(status: &'static [u16], code: &'static str, class: ErrorClass) -> PlatformError {
    PlatformError { status, code, class }
}

pub static FIND: Operation = Operation {
    service: "fuzz_1_0",
    api: None,
    action: "Find",
    summary: "",
    method: "GET",
    path: "/find",
    path_params: &[],
    request: None,
    body: Body::None,
    reply: ReplyKind::Json,
    reply_type: Some(m::TypeOf::Rust(<m::Json as m::Element>::type_of)),
    token: Some(&[]),
    sending: None,
    idempotent: true,
    app_types: &[],
    permission: "",
    paging: None,
    errors: &[
        "0\t400\t\tclosed\tit is %s since %s",
        "1\t400\t\tclosed\t",
        "2\t400\t\t%s\t%s%s",
    ],
};

pub static REMOVE: Operation = Operation {
    service: "fuzz_1_0",
    api: None,
    action: "Remove",
    summary: "",
    method: "DELETE",
    path: "/remove",
    path_params: &[],
    request: None,
    body: Body::None,
    reply: ReplyKind::Nothing,
    reply_type: None,
    token: Some(&[]),
    sending: None,
    idempotent: false,
    app_types: &[],
    permission: "",
    paging: None,
    errors: &[],
};

/// Answers without a network.
struct Always(http::Response<Bytes>);

impl Transport for Always {
    fn send(&self, _: HttpRequest, _: Limits) -> BoxFuture<'_, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(std::future::ready(Ok(self.0.clone())))
    }
}

/// A client that gets this reply.
pub fn client(reply: http::Response<Bytes>) -> Client {
    ClientBuilder::new(&PLATFORM)
        .token(TOKEN)
        .retry(RetryPolicy::none())
        .transport(Always(reply))
        .build()
        .unwrap()
}

/// What a call ends with.
pub fn outcome<T>(call: impl Future<Output = T>) -> T {
    thread_local! {
        static RUNTIME: LazyCell<tokio::runtime::Runtime> = LazyCell::new(|| {
            tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap()
        });
    }
    RUNTIME.with(|runtime| runtime.block_on(call))
}
