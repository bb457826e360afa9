//! The example does what it says.
#![allow(clippy::expect_used, reason = "tests may")]

use std::process::Command;

#[test]
fn own_operations_share_the_client_with_those_of_the_crate() {
    let output = Command::new(env!("CARGO_BIN_EXE_own_endpoints"))
        .output()
        .expect("the example runs");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let text = String::from_utf8_lossy(&output.stdout);
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(
        lines,
        [
            r#"StartCloudRecordResponse { code: "200" }"#,
            r#"Room { id: "blue", name: "Blue" }"#,
            r#"Room { id: "green", name: "Green" }"#,
            r#"BookRoomResponse { bookingId: "b1" }"#,
            "facilities_1_0.BookRoom: HTTP 400, code roomTaken: room taken by Ann (request id q1)",
            r#"GetMenuResponse { dishes: ["soup"] }"#,
            "canteen.GetMenu: HTTP 200, code 7: closed on Sundays (no request id)",
            r#"POST /v1.0/oauth2/accessToken {"appKey":"an app key","appSecret":"an app secret"}"#,
            r#"POST /v1.0/conference/videoConferences/61289f392xxx/cloudRecords/start {"unionId":"WFBkgxxx"}"#,
            "GET /v1.0/facilities/rooms",
            "GET /v1.0/facilities/rooms?nextToken=2",
            r#"POST /v1.0/facilities/rooms/blue/bookings {"title":"Weekly","catering":"coffee","extra":{"guests":2}}"#,
            r#"POST /v1.0/facilities/rooms/blue/bookings {"title":"Weekly","catering":"coffee","extra":{"guests":2}}"#,
            "GET /menu?day=monday",
            "GET /menu?day=sunday",
            "8 requests, 1 for a token, 1 connection",
        ],
        "{text}"
    );
}
