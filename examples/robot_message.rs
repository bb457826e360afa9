//! A robot sends a message to two people and one to a group.
//!
//! Without credentials a stand-in for DingTalk answers, on this machine. With them the real platform is called:
//!
//!     export DINGTALK_APP_KEY=.. DINGTALK_APP_SECRET=.. DINGTALK_ROBOT_CODE=..
//!     cargo run --example robot_message -- user-id
//!
//! It calls the server of mainland China; set `DINGTALK_SERVER=global` if your organization is elsewhere.

#[path = "../tests/support/mod.rs"]
mod support;

use std::env;

use dingtalk_api::robot_1_0::batch_send_oto::BatchSendOtoRequest;
use dingtalk_api::robot_1_0::org_group_send::OrgGroupSendRequest;
use dingtalk_api::{Client, json};
use support::{Spec, StandIn};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let users: Vec<String> = env::args().skip(1).collect();
    if let (Ok(key), Ok(secret)) = (
        env::var("DINGTALK_APP_KEY"),
        env::var("DINGTALK_APP_SECRET"),
    ) {
        let server = env::var("DINGTALK_SERVER").unwrap_or_else(|_| "mainland".to_owned());
        let robot = env::var("DINGTALK_ROBOT_CODE")
            .map_err(|_| "set DINGTALK_ROBOT_CODE to the code of your robot")?;
        if users.is_empty() {
            return Err(
                "name at least one user id: cargo run --example robot_message -- USER_ID".into(),
            );
        }
        let client = Client::builder().app(key, secret).server(server).build()?;
        return to_users(&client, &robot, users).await;
    }

    let stand_in = StandIn::start(Spec::of_services(&["oauth2_1_0", "robot_1_0"]))?;
    println!(
        "No credentials are set: a stand-in for DingTalk answers at {}\n",
        stand_in.url()
    );
    let client = Client::builder()
        .app("an app key", "an app secret")
        .base_url(stand_in.url())
        .build()?;
    to_users(
        &client,
        "a robot",
        vec!["user1".to_owned(), "user2".to_owned()],
    )
    .await?;
    to_group(&client, "a robot", "cid6KeBBLoveMJOGXoYKF5x7EeiodoA==").await?;
    println!("\nThe client sent:");
    for sent in stand_in.take_requests() {
        println!("    {} {}", sent.method, sent.path);
    }
    Ok(())
}

/// A text. `msgKey` names the kind of message, and `msgParam` is its content as a string of JSON.
async fn to_users(
    client: &Client,
    robot: &str,
    users: Vec<String>,
) -> Result<(), Box<dyn std::error::Error>> {
    let text = json!({ "content": "The build is green." }).to_string();
    let message = BatchSendOtoRequest::new("sampleText", text, robot, users);
    let reply = client.robot_1_0().batch_send_oto(message).send().await?;
    println!("Sent to the users: {reply:?}");
    Ok(())
}

/// Markdown, to a group that has the robot as a member.
async fn to_group(
    client: &Client,
    robot: &str,
    conversation: &str,
) -> Result<(), Box<dyn std::error::Error>> {
    let markdown = json!({ "title": "Build", "text": "The build is **green**." }).to_string();
    let message = OrgGroupSendRequest::new("sampleMarkdown", markdown, conversation, robot);
    let reply = client.robot_1_0().org_group_send(message).send().await?;
    println!("Sent to the group: {reply:?}");
    Ok(())
}
