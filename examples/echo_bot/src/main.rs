//! A robot that echoes what users say to it.
//!
//! Without credentials a DingTalk on this machine sends it two messages and shows its answers:
//!
//!     cargo run -p echo_bot
//!
//! With them it answers real users until you press Ctrl-C:
//!
//!     export DINGTALK_APP_KEY=.. DINGTALK_APP_SECRET=..
//!     cargo run -p echo_bot
//!
//! It uses the server of mainland China; set `DINGTALK_SERVER=global` if your organization is elsewhere.

use std::env;
use std::error::Error;

use dingtalk_api::{Client, StreamBuilder, StreamTypes};
use dingtalk_helpers::{OnMessage as _, text};
use dingtalk_mock::{MockDingTalk, StreamFrame};

fn echo(client: &Client) -> StreamBuilder<StreamTypes> {
    client.stream().on_message(async |message, reply| {
        let said = text(&message.data);
        println!("a user says: {said}");
        reply.text(said).await
    })
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    if let (Ok(key), Ok(secret)) = (
        env::var("DINGTALK_APP_KEY"),
        env::var("DINGTALK_APP_SECRET"),
    ) {
        let server = env::var("DINGTALK_SERVER").unwrap_or_else(|_| "mainland".to_owned());
        let client = Client::builder().app(key, secret).server(server).build()?;
        println!("Send the robot a message.");
        return Ok(echo(&client).run().await?);
    }

    let mock = MockDingTalk::start().await?;
    println!("No credentials are set: a DingTalk on this machine sends the messages.\n");
    let stream = echo(&mock.client()?);
    let handle = stream.handle();
    let run = tokio::spawn(stream.run());
    for words in ["hello", "你好"] {
        let ack = mock
            .push(&StreamFrame::bot_message(mock.bot_message(words)))
            .await;
        println!("the message was acknowledged with code {}", ack.code);
    }
    // Handlers that run are finished first.
    handle.stop();
    run.await??;
    for request in mock.requests_of("oapi_robot", "SendBySession")? {
        println!("the robot answers: {}", request.body()["text"]["content"]);
    }
    Ok(())
}
