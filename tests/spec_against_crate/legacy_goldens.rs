//! The legacy operations that programs call most, against requests and replies written by hand from their pages.

use dingtalk_api::{Client, RetryPolicy};
use serde_json::{Value as Json, json};

use crate::support::sample::Request;
use crate::support::{Answer, Spec, StandIn, dynamic};

#[tokio::test]
async fn the_legacy_calls_go_out_and_come_back_as_their_pages_say() {
    let calls: Vec<Json> = serde_yaml::from_str(include_str!("legacy_goldens.yaml")).unwrap();
    let stand_in = StandIn::start(Spec::of_this_project()).unwrap();
    stand_in.accept_token("t");
    let client = Client::builder().token("t").retry(RetryPolicy::none());
    let client = client
        .base_url_of("oapi", stand_in.url())
        .base_url(stand_in.url())
        .build()
        .unwrap();
    for call in calls {
        let name = call["operation"].as_str().unwrap();
        let (service, action) = name.split_once('/').unwrap();
        let operation = dynamic::find(service, action).unwrap();
        let request = Request {
            body: Some(call["request"].clone()),
            ..Request::default()
        };
        let answers = [
            &call["reply"],
            &json!({"errcode": 88, "errmsg": "ding talk error", "sub_code": call["error"], "sub_msg": "no"}),
        ]
        .map(|body| body.to_string().into_bytes());
        let [good, bad] = answers.map(|body| Answer::Raw(200, "application/json", body));

        stand_in.answer_next(service, action, good);
        let reply = dynamic::call(&client, operation, &request).await;
        assert_eq!(reply.unwrap(), call["result"], "{name}");
        let sent = stand_in.take_requests().pop().unwrap();
        assert_eq!(
            json!({"method": sent.method, "path": sent.path, "body": sent.json()}),
            call["sent"],
            "{name}"
        );
        assert_eq!(
            sent.query,
            [("access_token".to_owned(), "t".to_owned())],
            "{name}"
        );

        stand_in.answer_next(service, action, bad);
        let error = dynamic::call(&client, operation, &request).await;
        assert_eq!(error.unwrap_err().code(), call["error"].as_str(), "{name}");
    }
}
