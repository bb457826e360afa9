//! The stand-in itself, asked over bare sockets: what a test proves against it is worth what it
//! does right.

use std::io::{Read, Write};
use std::net::TcpStream;

use crate::support::{Answer, DETAIL, Spec, StandIn};
use serde_json::{Value, json};

const START: &str = "/v1.0/conference/videoConferences/a%2Fb/cloudRecords/start";
const TOKEN: &str = "/v1.0/oauth2/accessToken";

#[test]
fn serves_the_example_once_the_token_was_fetched() {
    let stand_in = dingtalk();
    let (_, _, token) = ask(&stand_in, "POST", TOKEN, "", "{}");
    let token = format!(
        "x-acs-dingtalk-access-token: {}\r\n",
        token["accessToken"].as_str().unwrap()
    );
    let (status, _, body) = ask(&stand_in, "POST", START, &token, "{}");
    assert_eq!((status, body), (200, json!({ "code": "200" })));
}

#[test]
fn refuses_a_missing_an_unknown_and_an_expired_token() {
    let stand_in = dingtalk();
    let code = |header: &str| {
        let (status, _, body) = ask(&stand_in, "POST", START, header, "{}");
        (status, body["code"].as_str().map(str::to_owned))
    };
    let missing = Some("AuthenticationFailed.MissingParameter".to_owned());
    let invalid = Some("InvalidAuthentication".to_owned());
    assert_eq!(code(""), (400, missing));
    let header = "x-acs-dingtalk-access-token: mine\r\n";
    assert_eq!(code(header), (400, invalid.clone()));
    stand_in.accept_token("mine");
    assert_eq!(code(header), (200, Some("200".to_owned())));
    stand_in.expire_tokens();
    assert_eq!(code(header), (400, invalid));
}

#[test]
fn gives_another_token_after_the_first_expired() {
    let stand_in = dingtalk();
    let fetch = || ask(&stand_in, "POST", TOKEN, "", "{}").2["accessToken"].clone();
    let first = fetch();
    assert_eq!(fetch(), first);
    stand_in.expire_tokens();
    assert_ne!(fetch(), first);
}

#[test]
fn answers_an_error_row_once_with_the_envelope_and_the_request_id() {
    let stand_in = dingtalk();
    stand_in.answer_next("oauth2_1_0", "GetAccessToken", Answer::ErrorRow(0));
    let (status, head, body) = ask(&stand_in, "POST", TOKEN, "", "{}");
    let id = &stand_in.take_requests()[0].request_id;
    assert_eq!(status, 400);
    assert!(head.contains(&format!("x-acs-request-id: {id}")), "{head}");
    assert_eq!(body["code"], "invalidClientIdOrSecret");
    assert_eq!(body["requestid"], **id);
    assert_eq!(ask(&stand_in, "POST", TOKEN, "", "{}").0, 200);
}

#[test]
fn fills_in_the_detail_of_an_error_message() {
    let stand_in = dingtalk();
    stand_in.accept_token("mine");
    stand_in.answer_next("conference_1_0", "StartCloudRecord", Answer::ErrorRow(1));
    let header = "x-acs-dingtalk-access-token: mine\r\n";
    let (_, _, body) = ask(&stand_in, "POST", START, header, "{}");
    assert_eq!(body["message"], format!("error:{DETAIL}"));
}

#[test]
fn answers_an_unknown_path_as_the_live_hosts_do() {
    let stand_in = dingtalk();
    for (method, path) in [("POST", "/v1.0/no/such"), ("GET", START), ("POST", "//")] {
        let (status, _, body) = ask(&stand_in, method, path, "", "");
        assert_eq!((status, &body["errcode"]), (200, &json!(404)), "{path}");
    }
    // An empty value does not count.
    let path = START.replace("a%2Fb", "");
    assert_eq!(
        ask(&stand_in, "POST", &path, "", "").2["errcode"],
        json!(404)
    );
}

#[test]
fn keeps_requests_byte_for_byte() {
    let stand_in = dingtalk();
    let path = format!("{START}?a=1%2B1&a=%E4%B8%AD+x&empty=");
    ask(&stand_in, "POST", &path, "X-Own: yes\r\n", "{ \"k\": 1 }");
    let requests = stand_in.take_requests();
    let [request] = requests.as_slice() else {
        panic!("{requests:?}")
    };
    assert_eq!(
        (request.method.as_str(), request.path.as_str()),
        ("POST", START)
    );
    let query: Vec<_> = request
        .query
        .iter()
        .map(|(k, v)| (k.as_str(), v.as_str()))
        .collect();
    assert_eq!(query, [("a", "1+1"), ("a", "中 x"), ("empty", "")]);
    assert_eq!(request.header("x-own"), Some("yes"));
    assert_eq!(request.body, b"{ \"k\": 1 }");
    assert!(stand_in.take_requests().is_empty());
}

#[test]
fn closes_its_port_when_dropped() {
    let stand_in = dingtalk();
    let address = stand_in.url().replace("http://", "");
    let mut open = TcpStream::connect(&address).unwrap();
    drop(stand_in);
    assert!(TcpStream::connect(&address).is_err());
    // The connection that was open is closed as well.
    assert_eq!(open.read(&mut [0]).unwrap_or(0), 0);
}

fn dingtalk() -> StandIn {
    StandIn::start(Spec::of_this_project()).unwrap()
}

/// Sends a request over a socket of its own; gives status, head and body of the reply.
fn ask(
    stand_in: &StandIn,
    method: &str,
    path: &str,
    headers: &str,
    body: &str,
) -> (u16, String, Value) {
    let address = stand_in.url().replace("http://", "");
    let mut socket = TcpStream::connect(address).unwrap();
    let length = body.len();
    write!(
        socket,
        "{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\
         content-length: {length}\r\n{headers}\r\n{body}"
    )
    .unwrap();
    let mut reply = String::new();
    socket.read_to_string(&mut reply).unwrap();
    let (head, body) = reply.split_once("\r\n\r\n").unwrap();
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    (
        status.unwrap(),
        head.to_owned(),
        serde_json::from_str(body).unwrap(),
    )
}
