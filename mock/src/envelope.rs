//! What replies of each API have in common, and how each API refuses.

use dingtalk_api::generated::ReplyKind;
use dingtalk_api::json;
use dingtalk_api::model::{Json, JsonObject};

use crate::answer::Answer;
use crate::route::Known;

/// The text of a successful reply, from that of what is documented.
pub(crate) fn success(known: &Known, body: &str, request_id: &str) -> String {
    if !known.is_legacy() {
        return body.to_owned();
    }
    let fields = match (known.operation.reply, body.trim().strip_prefix('{')) {
        (ReplyKind::Field(name), _) => format!("{}:{body},", Json::from(name)),
        (_, Some(fields)) => match fields.strip_suffix('}').unwrap_or(fields).trim() {
            "" => String::new(),
            fields => format!("{fields},"),
        },
        _ => String::new(),
    };
    format!(r#"{{"errcode":0,"errmsg":"ok",{fields}"request_id":"{request_id}"}}"#)
}

/// Why a request is not carried out.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Refusal {
    status: u16,
    code: String,
    message: String,
    /// The permission that is missing.
    scope: Option<String>,
    /// Whether the legacy API says the code inside another one, as it does for what is checked before the operation.
    inside: bool,
}

impl Refusal {
    /// An error of an operation's own.
    pub(crate) fn new(status: u16, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            status,
            code: code.into(),
            message: message.into(),
            scope: None,
            inside: false,
        }
    }

    /// An error with a code for each API.
    fn either(known: &Known, status: u16, [new, legacy]: [&str; 2], message: &str) -> Self {
        let inside = known.is_legacy();
        let code = if inside { legacy } else { new };
        Self {
            inside,
            ..Self::new(status, code, message)
        }
    }

    pub(crate) fn missing_token(known: &Known) -> Self {
        Self::either(
            known,
            400,
            ["AuthenticationFailed.MissingParameter", "41001"],
            "the token is missing",
        )
    }

    pub(crate) fn wrong_token(known: &Known, reason: &str) -> Self {
        Self::either(known, 400, ["InvalidAuthentication", "40014"], reason)
    }

    pub(crate) fn expired_token(known: &Known) -> Self {
        Self::either(
            known,
            400,
            ["InvalidAuthentication", "42001"],
            "the token has expired",
        )
    }

    pub(crate) fn wrong_application(known: &Known) -> Self {
        Self {
            inside: false,
            ..Self::either(
                known,
                400,
                ["invalidClientIdOrSecret", "40089"],
                "the key or the secret is wrong",
            )
        }
    }

    pub(crate) fn wrong_refresh_token(known: &Known) -> Self {
        let message = "the refresh token is unknown, or was used before";
        Self::either(known, 400, ["invalidRefreshToken", "40089"], message)
    }

    pub(crate) fn lacks(known: &Known, permission: &str) -> Self {
        let message = format!("the application lacks the permission {permission}");
        let codes = [
            "Forbidden.AccessDenied.AccessTokenPermissionDenied",
            "60011",
        ];
        Self {
            scope: Some(permission.to_owned()),
            ..Self::either(known, 403, codes, &message)
        }
    }

    pub(crate) fn throttled(known: &Known) -> Self {
        let codes = ["Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", "90018"];
        Self::either(known, 403, codes, "too many calls in this second")
    }

    /// A request that does not fit the operation; `message` names the places.
    pub(crate) fn invalid(known: &Known, message: &str) -> Self {
        Self {
            inside: false,
            ..Self::either(known, 400, ["invalidParameter", "40035"], message)
        }
    }

    /// A thing that does not exist, with the code that each API has for it.
    pub(crate) fn unknown(known: &Known, codes: [&str; 2], message: &str) -> Self {
        Self {
            inside: false,
            ..Self::either(known, 400, codes, message)
        }
    }

    /// A documented error, or one that any operation may answer.
    pub(crate) fn documented(known: &Known, code: &str) -> Option<Self> {
        const DETAIL: &str = "as the mock was told";

        if let Some(row) = known.operation.error_rows().find(|row| row.code == code) {
            return Some(Self::new(
                row.status,
                code,
                row.message.replace("%s", DETAIL),
            ));
        }
        let error = known.api.errors.iter().find(|error| error.code == code)?;
        let status = error.status.first().copied().unwrap_or(400);
        let scope = known
            .operation
            .permission()
            .filter(|_| code.ends_with("PermissionDenied"));
        Some(Self {
            inside: known.is_legacy(),
            scope: scope.map(str::to_owned),
            ..Self::new(status, code, DETAIL)
        })
    }

    /// The codes of [`documented`](Self::documented).
    pub(crate) fn codes(known: &Known) -> Vec<&'static str> {
        let own = known.operation.error_rows().map(|row| row.code);
        own.chain(known.api.errors.iter().map(|error| error.code))
            .collect()
    }

    /// The reply that says so.
    pub(crate) fn answer(&self, legacy: bool, request_id: &str) -> Answer {
        let Self {
            status,
            code,
            message,
            ..
        } = self;
        if !legacy {
            let mut body = JsonObject::new();
            body.insert("code", &**code);
            body.insert("requestid", request_id);
            body.insert("message", &**message);
            if let Some(scope) = &self.scope {
                body.insert("accessdenieddetail", json!({"requiredScopes": [scope]}));
            }
            return Answer::json(*status, Json::from(body).to_string());
        }
        let number = |code: &str| code.parse::<i64>().map_or_else(|_| code.into(), Json::from);
        let body = if self.inside {
            let outer = format!("ding talk error[subcode={code},submsg={message}]");
            json!({"errcode": 88, "errmsg": outer, "sub_code": code, "sub_msg": message, "request_id": request_id})
        } else {
            json!({"errcode": number(code), "errmsg": message, "request_id": request_id})
        };
        Answer::json(200, body.to_string())
    }
}
