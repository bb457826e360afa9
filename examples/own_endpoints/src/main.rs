//! Calls operations of a spec of one's own with the same client as those of `dingtalk-api`.
//!
//! `build.rs` makes Rust of `spec/`; the module `own` takes it in. A stand-in for the platform answers, on this
//! machine.

mod stand_in;

use std::error::Error as StdError;

use dingtalk_api::conference_1_0::start_cloud_record::StartCloudRecordRequest;
use dingtalk_api::{Client, Error, json};

use own::Services as _;
use own::canteen::get_menu::{GetMenuError, GetMenuRequest};
use own::facilities_1_0::book_room::{BookRoomError, BookRoomRequest, Catering};
use own::facilities_1_0::list_rooms::ListRoomsRequest;
use stand_in::StandIn;

/// What was made from `spec/`.
mod own {
    include!(concat!(env!("OUT_DIR"), "/dingtalk.rs"));
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn StdError>> {
    let stand_in = StandIn::start()?;
    let client = Client::builder()
        .app("an app key", "an app secret")
        .base_url(stand_in.url())
        .api(&own::CANTEEN)
        .base_url_of("canteen", stand_in.url())
        .build()?;

    // One of the crate's operations.
    let call = client
        .conference_1_0()
        .start_cloud_record("61289f392xxx", StartCloudRecordRequest::new("WFBkgxxx"));
    println!("{:?}", call.send().await?);

    // Our own: the trait gives the client a method for each of our services.
    let facilities = client.facilities_1_0();
    let mut rooms = facilities.list_rooms(ListRoomsRequest::new()).items();
    while let Some(room) = rooms.next().await {
        println!("{:?}", room?);
    }
    let request = BookRoomRequest::new("Weekly")
        .catering(Catering::Coffee)
        .extra(json!({ "guests": 2 }));
    println!(
        "{:?}",
        facilities.book_room("blue", request.clone()).send().await?
    );
    match facilities.book_room("blue", request).send().await {
        Err(Error::Api(BookRoomError::RoomTaken(error))) => println!("{error}"),
        other => return Err(format!("the room should be taken: {other:?}").into()),
    }

    // An API of our own, which `spec/platform.yaml` describes.
    let canteen = client.canteen();
    println!(
        "{:?}",
        canteen
            .get_menu(GetMenuRequest::new("monday"))
            .send()
            .await?
    );
    match canteen.get_menu(GetMenuRequest::new("sunday")).send().await {
        Err(Error::Api(GetMenuError::Closed(error))) => println!("{error}"),
        other => return Err(format!("the canteen should be closed: {other:?}").into()),
    }

    let seen = stand_in.seen();
    for request in &seen.requests {
        println!("{request}");
    }
    println!(
        "{} requests, {} for a token, {} connection",
        seen.requests.len(),
        seen.tokens(),
        seen.connections
    );
    Ok(())
}
