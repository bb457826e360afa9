//! `dingtalk mock`: a DingTalk on this machine to test against.

use std::fs;
use std::net::Ipv4Addr;

use clap::{Arg, ArgMatches, Command, value_parser};
use dingtalk_api::model::Json;
use dingtalk_mock::MockDingTalk;

use crate::client::{BASE_URL, KEY, SECRET};
use crate::command::text;
use crate::failure::Failure;
use crate::output;

/// `mock [--port PORT] [--rules FILE]`
pub fn command() -> Command {
    Command::new("mock")
        .about("Runs a DingTalk on this machine to test programs against")
        .long_about(
            "Runs a server on 127.0.0.1 that answers every operation, until Ctrl-C. It checks requests as `call` does, gives \
             tokens, and replies with the documented examples. Users, departments, messages, cards, approvals and media that \
             calls make are there for later calls, until the server stops.",
        )
        .after_help(
            "Rules say what else is answered. A rule is JSON; `--rules` and POST /_mock/rules take one or a list:\n  \
             {\"service\": \"oapi_user\", \"action\": \"Get\", \"reply\": {\"userid\": \"u\", \"name\": \"n\"}}\n  \
             {\"service\": \"oapi_user\", \"action\": \"Get\", \"fault\": \"error=33012\", \"times\": 2}\n\
             Faults: error=CODE, throttle, block, html, empty, cut, delay=MILLISECONDS; several with `;` between. The header \
             x-mock-fault asks for one in a single request.\n\n\
             Examples:\n  \
             dingtalk mock --port 4010                        then set the variables that it prints\n  \
             dingtalk mock --rules busy.json                  start with rules\n  \
             curl localhost:4010/_mock/requests               what came so far\n  \
             curl localhost:4010/_mock/clock -d '{\"advance\":7200}'   all tokens expire",
        )
        .arg(
            Arg::new("port")
                .long("port")
                .value_name("PORT")
                .default_value("0")
                .value_parser(value_parser!(u16))
                .help("The port; 0 is any that is free"),
        )
        .arg(
            Arg::new("rules")
                .long("rules")
                .value_name("FILE")
                .help("Starts with the rules of a file of JSON"),
        )
}

pub fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let port = matches.get_one("port").copied().unwrap_or(0);
    let rules = match text(matches, "rules") {
        "" => None,
        file => Some((file, rules(file)?)),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| Failure::failed(error.to_string()))?;
    runtime.block_on(async {
        let mock = MockDingTalk::start_at((Ipv4Addr::LOCALHOST, port).into()).await;
        let mock = mock.map_err(|error| {
            Failure::usage(format!(
                "cannot listen on port {port} of 127.0.0.1: {error}"
            ))
        })?;
        if let Some((file, rules)) = rules {
            let added = mock.add_rules(&rules);
            added.map_err(|error| Failure::usage(format!("{file}: {error}")))?;
        }
        let url = mock.url();
        output::print(&format!(
            "A DingTalk to test against runs at {url}, until Ctrl-C.\n\n\
             export {BASE_URL}={url}\nexport {KEY}=mock-key\nexport {SECRET}=mock-secret\n\n\
             Requests so far: {url}/_mock/requests\n"
        ))?;
        let stopped = tokio::signal::ctrl_c().await;
        stopped.map_err(|error| Failure::failed(format!("cannot wait for Ctrl-C: {error}")))
    })
}

fn rules(file: &str) -> Result<Json, Failure> {
    let unreadable =
        |error: &dyn std::fmt::Display| Failure::usage(format!("cannot read {file}: {error}"));
    let text = fs::read_to_string(file).map_err(|error| unreadable(&error))?;
    text.parse().map_err(|error| unreadable(&error))
}
