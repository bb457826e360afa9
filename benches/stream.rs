//! A Stream connection under load.
//!
//! First a soak: 600,000 messages to a robot, a tenth of them delivered twice, over 50 connections that break or that
//! the server gives up, with 64 handlers at once; one in a hundred panics. It runs without a network, under tokio's
//! paused clock, which skips the waits between connections. It fails unless each message is handled once, each frame is
//! acknowledged once, and memory stays flat.
//!
//! Then the cost: CPU time per frame on loopback, compared with a bare tokio-tungstenite client that echoes each text.
#![allow(
    missing_docs,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::too_many_lines,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic
)]

#[path = "stream/cost.rs"]
mod cost;
#[path = "soak/server.rs"]
#[allow(dead_code)]
mod process;
#[path = "../runtime/tests/support/stream.rs"]
#[allow(dead_code, unreachable_pub)]
mod server;
#[path = "stream/soak.rs"]
mod soak;

use dingtalk_runtime::generated::{Api, Platform};
use dingtalk_runtime::model::Json;
use dingtalk_runtime::{FromCallback, RawEvent, StreamPlatform, json};

/// The stream remembers 100,000 of them. The table of their ids has its final size before the middle.
const MESSAGES: usize = 600_000;
/// The maximum number of frames on their way.
const WINDOW: usize = 64;

static PLATFORM: Platform = Platform {
    apis: &[Api {
        servers: &[("global", "https://api.example")],
        ..Api::named("api")
    }],
    grants: &[],
};

struct Types;

impl StreamPlatform for Types {
    type Event = RawEvent;
    type BotMessage = BotMessage;
    type CardAction = BotMessage;
}

struct BotMessage(Json);

impl FromCallback for BotMessage {
    const TOPIC: &'static str = "/v1.0/im/bot/messages/get";
    type Response = ();
    fn from_callback(data: Json) -> Self {
        Self(data)
    }
}

/// A message as the platform sends it.
fn frame(delivery: usize, message: usize) -> String {
    let data = json!({
        "conversationId": "cidXXXXXXXXXXXXXXXXXXXXXXXX", "conversationType": "2", "conversationTitle": "group",
        "msgId": message.to_string(), "createAt": 1_700_000_000_000_i64, "senderId": "$:LWCP_v1:$xxxxxxxxxxxxxxxx",
        "senderStaffId": "user1", "senderNick": "nick", "senderCorpId": "dingxxxxxxxx", "isAdmin": false,
        "robotCode": "dingxxxxxxxx", "isInAtList": true, "msgtype": "text", "text": {"content": "hello"},
        "sessionWebhook": "https://oapi.dingtalk.com/robot/sendBySession?session=xxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "sessionWebhookExpiredTime": 1_700_005_400_000_i64
    });
    let headers = json!({
        "topic": BotMessage::TOPIC, "messageId": format!("m{delivery}"), "contentType": "application/json",
        "time": "1700000000000", "appId": "xxxxxxxx-xxxx", "connectionId": "xxxxxxxx-xxxx"
    });
    json!({"specVersion": "1.0", "type": "CALLBACK", "headers": headers, "data": data.to_string()})
        .to_string()
}

fn main() {
    let mut arguments = std::env::args()
        .skip(1)
        .filter_map(|text| text.parse().ok());
    let messages = arguments.next().unwrap_or(MESSAGES);
    std::panic::set_hook(Box::new(|panic| {
        // Handlers panic on purpose.
        if panic.payload().downcast_ref() != Some(&"on purpose") {
            eprintln!("{panic}");
        }
    }));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(soak::soak(messages));
    drop(runtime);
    let ours = cost::ours();
    let bare = cost::bare_echo();
    println!("{:32}{:>16.1} us", "CPU a frame", ours * 1e6);
    println!("{:32}{:>16.1} us", "CPU a frame, bare echo", bare * 1e6);
    println!("{:32}{:>16.2}", "ratio", ours / bare);
}
