//! Messages to the webhooks of robots and conversations, as the platform's own spec describes them.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use dingtalk_runtime::operation::ErrorClass;
use dingtalk_runtime::{
    Client, ClientBuilder, Error, JsonRequest, RetryPolicy, RobotWebhook, SessionWebhook, json,
};
use percent_encoding::percent_decode_str;
use tokio::time::Instant;

use crate::oapi_robot::OapiRobot;
use crate::oapi_robot::send::{SendError, SendRequest};
use crate::oapi_robot::types::Text;
use crate::oapi_robot::{send, send_by_session};
use crate::real_platform::PLATFORM;
use crate::signatures::hmac;
use crate::support::scripted::{Scripted, Step};
use crate::support::{Request, Server};

pub(crate) const URL: &str = "https://oapi.dingtalk.com/robot/send?access_token=SENTINEL-token";
pub(crate) const SECRET: &str = "SECSENTINELsecret";
const MINUTE: Duration = Duration::from_secs(60);

pub(crate) fn builder() -> ClientBuilder<Client> {
    ClientBuilder::<Client>::new(&PLATFORM).retry(RetryPolicy::none())
}

pub(crate) fn at(server: &Server) -> Client {
    let builder = builder().base_url_of("oapi", server.url());
    builder.build().unwrap()
}

pub(crate) fn ok() -> Server {
    Server::always(200, serde_json::json!({"errcode": 0, "errmsg": "ok"}))
}

pub(crate) fn text(content: &str) -> SendRequest {
    SendRequest::new(Text::new(content))
}

/// The pairs of the query, decoded.
pub(crate) fn query(target: &str) -> BTreeMap<String, String> {
    let (_, query) = target.split_once('?').unwrap();
    let decoded = |text: &str| percent_decode_str(text).decode_utf8().unwrap().into_owned();
    let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap());
    pairs
        .map(|(name, value)| (decoded(name), decoded(value)))
        .collect()
}

fn names(request: &Request) -> Vec<String> {
    query(&request.target).into_keys().collect()
}

#[tokio::test]
async fn a_robot_needs_no_application_and_signs_if_it_has_a_secret() {
    let server = ok();
    let client = at(&server);
    let robot = RobotWebhook::new(URL);
    let signing = robot.clone().secret(SECRET);
    OapiRobot::new(&client)
        .send(text("安"))
        .webhook(&robot)
        .await
        .unwrap();
    OapiRobot::new(&client)
        .send(text("安"))
        .webhook(&signing)
        .await
        .unwrap();
    let [plain, signed] = &server.requests()[..] else {
        panic!()
    };
    assert_eq!(plain.target, "/robot/send?access_token=SENTINEL-token");
    let message = serde_json::json!({"msgtype": "text", "text": {"content": "安"}});
    assert_eq!(plain.json(), message);
    assert_eq!(names(signed), ["access_token", "sign", "timestamp"]);
    let sent = query(&signed.target);
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_millis();
    let age = now - sent["timestamp"].parse::<u128>().unwrap();
    assert!(age < 60_000, "{age}");
    assert_eq!(
        sent["sign"],
        hmac(&format!("{}\n{SECRET}", sent["timestamp"]), SECRET)
    );
    for sent in server.requests() {
        assert!(!format!("{:?}", sent.headers).contains("SENTINEL"));
    }
}

#[tokio::test]
async fn a_robot_is_called_by_its_token_alone_and_by_name() {
    let server = ok();
    let robot = RobotWebhook::new("a-token");
    let request = JsonRequest::new().body(json!({"msgtype": "text", "text": {"content": "a"}}));
    let call = at(&server).call_json(send::operation(), request);
    call.webhook(&robot).send().await.unwrap();
    assert_eq!(server.request().target, "/robot/send?access_token=a-token");
}

#[tokio::test]
async fn a_call_goes_to_the_server_of_its_webhook() {
    for (url, host) in [
        (URL, "oapi.dingtalk.com"),
        (
            "https://oapi.dingtalk.io/robot/send?access_token=t-oken",
            "oapi.dingtalk.io",
        ),
        ("a-token", "oapi.dingtalk.io"),
    ] {
        let script = Scripted::new(move |_, request: &dingtalk_runtime::HttpRequest| {
            assert_eq!(request.url.host_str(), Some(host));
            assert_eq!(request.url.path(), "/robot/send");
            Step::json(200, &serde_json::json!({"errcode": 0}))
        });
        let client = builder().transport(script.clone()).build().unwrap();
        let call = OapiRobot::new(&client).send(text("a"));
        call.webhook(&RobotWebhook::new(url)).await.unwrap();
        assert_eq!(script.count(), 1);
    }
}

#[tokio::test]
async fn a_session_is_answered_until_it_expires() {
    let server = ok();
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap()
        .as_millis();
    let now = i64::try_from(now).unwrap();
    let session = "https://oapi.dingtalk.com/robot/sendBySession?session=SENTINEL%2Bs";
    let send = async |session: &SessionWebhook| {
        let message = send_by_session::SendBySessionRequest::new(Text::new("a"));
        let client = at(&server);
        OapiRobot::new(&client)
            .send_by_session(message)
            .webhook(session)
            .await
    };
    let session = SessionWebhook::new(session);
    send(&session).await.unwrap();
    send(&session.clone().expires_at(now + 60_000))
        .await
        .unwrap();
    let late = session.clone().expires_at(now - 3_000);
    let error = send(&late).await.unwrap_err();
    assert!(matches!(error, Error::InvalidArgument(_)), "{error:?}");
    let said = error.to_string();
    assert!(said.contains("expired 3s ago"), "{said}");
    assert!(!format!("{error:?} {late:?} {said}").contains("SENTINEL"));
    assert_eq!(server.requests().len(), 2);
    for sent in server.requests() {
        assert_eq!(sent.target, "/robot/sendBySession?session=SENTINEL%2Bs");
    }
}

#[tokio::test(start_paused = true)]
async fn of_a_burst_the_twenty_first_message_waits_and_none_is_lost() {
    let script = Scripted::always(Step::json(200, &serde_json::json!({"errcode": 0})));
    let client = builder().transport(script.clone()).build().unwrap();
    let robot = RobotWebhook::new(URL).limit(20, MINUTE);
    let began = Instant::now();
    let calls: Vec<_> = (0..21)
        .map(|_| {
            let call = OapiRobot::new(&client)
                .send(text("a"))
                .webhook(&robot.clone());
            tokio::spawn(call.send())
        })
        .collect();
    for call in calls {
        call.await.unwrap().unwrap();
    }
    let times = script.times();
    assert_eq!(times.len(), 21);
    assert_eq!(times[19] - began, Duration::ZERO);
    assert_eq!(times[20] - began, MINUTE);
    // Another robot has a limit of its own.
    let other = RobotWebhook::new("another").limit(20, MINUTE);
    let before = Instant::now();
    OapiRobot::new(&client)
        .send(text("a"))
        .webhook(&other)
        .await
        .unwrap();
    assert_eq!(before.elapsed(), Duration::ZERO);
}

#[tokio::test(start_paused = true)]
async fn a_throttled_robot_waits_for_the_next_minute_and_sends_again() {
    for code in [410_100, 130_101] {
        let script = Scripted::new(move |number, _: &dingtalk_runtime::HttpRequest| {
            let code = if number == 0 { code } else { 0 };
            Step::json(
                200,
                &serde_json::json!({"errcode": code, "errmsg": "send too fast"}),
            )
        });
        let builder = builder().retry(RetryPolicy::default());
        let client = builder
            .transport(script.clone())
            .timeout(3 * MINUTE)
            .build()
            .unwrap();
        let call = OapiRobot::new(&client).send(text("a"));
        call.webhook(&RobotWebhook::new(URL)).await.unwrap();
        assert_eq!(script.count(), 2);
    }
}

#[tokio::test]
async fn a_robots_codes_have_their_meaning() {
    let answered = async |code: i64, message: &str| {
        let server = Server::always(200, serde_json::json!({"errcode": code, "errmsg": message}));
        let client = at(&server);
        let call = OapiRobot::new(&client).send(text("a"));
        call.webhook(&RobotWebhook::new(URL)).await.unwrap_err()
    };
    let more = ", more: [https://open.dingtalk.com/a]";
    let error = answered(310_000, &format!("keywords not in content{more}")).await;
    assert!(
        matches!(error, Error::Api(SendError::KeywordMissing(_))),
        "{error:?}"
    );
    let error = answered(310_000, &format!("sign not match{more}")).await;
    assert!(
        matches!(error, Error::Api(SendError::SignatureWrong(_))),
        "{error:?}"
    );
    assert_eq!(error.class(), Some(ErrorClass::Credentials));
    let error = answered(310_000, &format!("invalid timestamp{more}")).await;
    assert!(
        matches!(error, Error::Api(SendError::TimestampInvalid(_))),
        "{error:?}"
    );
    let error = answered(310_000, &format!("ip 1.2.3.4 not in whitelist{more}")).await;
    assert!(
        matches!(error, Error::Api(SendError::AddressNotAllowed(_))),
        "{error:?}"
    );
    assert_eq!(error.class(), Some(ErrorClass::Permission));
    let error = answered(400_403, "错误描述:参数 markdown --》 text 缺失").await;
    assert!(
        matches!(error, Error::Api(SendError::Code400403(_))),
        "{error:?}"
    );
    assert!(!error.is_retryable());
    let error = answered(460_101, "body 大小不合法").await;
    assert!(
        matches!(error, Error::Api(SendError::Code460101(_))),
        "{error:?}"
    );
    for code in [410_100, 130_101] {
        let error = answered(code, "too fast").await;
        assert_eq!(error.class(), Some(ErrorClass::ThrottledMinute));
        assert!(error.is_retryable());
    }
}

#[tokio::test]
async fn an_error_shows_neither_token_nor_secret_nor_signature() {
    let server = Server::start(|_, request| {
        let sent = query(&request.target);
        let body = serde_json::json!({
            "errcode": 310_000,
            "errmsg": format!("sign not match {} {SECRET} {}", request.target, sent["sign"]),
        });
        crate::support::Answer::json(200, &body)
    });
    let robot = RobotWebhook::new(URL).secret(SECRET);
    let client = at(&server);
    let call = OapiRobot::new(&client).send(text("a")).webhook(&robot);
    assert!(!format!("{call:?} {robot:?}").contains("SENTINEL"));
    let error = call.await.unwrap_err();
    let said = format!(
        "{error} {error:?} {:?}",
        error.api().map(|api| api.body().clone())
    );
    let sent = query(&server.request().target);
    let (_, encoded) = server
        .request()
        .target
        .split_once("sign=")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    assert!(
        !said.contains("SENTINEL") && !said.contains(&sent["sign"]) && !said.contains(&encoded),
        "{said}"
    );

    let gone = Server::start(|_, _| crate::support::Answer::raw(""));
    let client = at(&gone);
    let error = OapiRobot::new(&client)
        .send(text("a"))
        .webhook(&robot)
        .await
        .unwrap_err();
    let said = format!("{error} {error:?}");
    assert!(matches!(error, Error::Transport(_)), "{said}");
    assert!(
        !said.contains("SENTINEL") && !said.contains("access_token"),
        "{said}"
    );
}

#[tokio::test]
async fn a_request_that_is_shown_masks_what_lets_it_in() {
    let script = Scripted::new(|_, request: &dingtalk_runtime::HttpRequest| {
        let url = request.url.as_str().replace("%2A%2A%2A", "***");
        assert!(
            url.contains("access_token=***") && url.contains("sign=***"),
            "{url}"
        );
        Step::json(200, &serde_json::json!({"errcode": 0}))
    });
    let client = builder().transport(script.clone()).build().unwrap();
    let text = json!({"msgtype": "text", "text": {"content": "a"}});
    let request = JsonRequest::new().masked().body(text);
    let call = client.call_json(send::operation(), request);
    let robot = RobotWebhook::new("***").secret(SECRET);
    call.webhook(&robot).send().await.unwrap();
    assert_eq!(script.count(), 1);
}
