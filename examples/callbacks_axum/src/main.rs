//! A server that receives events over HTTP callbacks.
//!
//! Without credentials it posts an event to itself, encrypted and signed as the platform does, and ends:
//!
//!     cargo run -p callbacks_axum
//!
//! With the token and the AES key that you set together with the address, and your application's key, it serves:
//!
//!     export DINGTALK_CALLBACK_TOKEN=.. DINGTALK_CALLBACK_AES_KEY=.. DINGTALK_APP_KEY=..
//!     cargo run -p callbacks_axum -- 0.0.0.0:8080

mod stand_in;

use std::env;
use std::error::Error;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{Request, Uri};
use axum::response::Response;
use axum::routing::post;
use dingtalk_api::events_contact::ContactEvent;
use dingtalk_api::{Event, HttpCallback};
use tokio::net::TcpListener;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let address = env::args().nth(1);
    let listener = TcpListener::bind(address.as_deref().unwrap_or("127.0.0.1:0")).await?;
    let names = [
        "DINGTALK_CALLBACK_TOKEN",
        "DINGTALK_CALLBACK_AES_KEY",
        "DINGTALK_APP_KEY",
    ];
    if let [Ok(token), Ok(aes_key), Ok(app_key)] = names.map(env::var) {
        println!("Serving http://{}/callback", listener.local_addr()?);
        let callback = HttpCallback::new(token, &aes_key, app_key)?;
        return Ok(axum::serve(listener, router(callback)).await?);
    }
    println!("No credentials are set: a stand-in for DingTalk posts events from this machine.\n");
    let platform = stand_in::Platform::new(listener.local_addr()?);
    let callback = HttpCallback::new(platform.token, &platform.aes_key(), platform.app_key)?;
    tokio::spawn(axum::serve(listener, router(callback)).into_future());
    platform.post_events().await
}

fn router(callback: HttpCallback) -> Router {
    let router = Router::new().route("/callback", post(receive));
    router.with_state(Arc::new(callback))
}

/// Verifies and decrypts what was posted, and answers. The platform waits about a second: leave what takes longer to
/// another task.
async fn receive(State(callback): State<Arc<HttpCallback>>, uri: Uri, body: Bytes) -> Response {
    let mut request = Request::new(body);
    *request.uri_mut() = uri;
    let response = match callback.receive(&request) {
        Ok(delivery) => {
            delivery.events().into_iter().for_each(handle);
            delivery.response()
        }
        Err(error) => {
            println!("{error}");
            error.response()
        }
    };
    response.map(Body::from)
}

fn handle(event: Event) {
    match event {
        Event::Contact(ContactEvent::UserAddOrg(joined)) => {
            let users = joined.data.user_id.unwrap_or_default();
            println!("joined: {}", users.join(", "));
        }
        other => println!("another event: {:?}", other.event_type()),
    }
}
