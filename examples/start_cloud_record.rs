//! Starts the cloud recording of a video conference, and shows how each documented error arrives.
//!
//! Without credentials a mock of DingTalk answers, on this machine. See `--help`.

use std::env;
use std::process::ExitCode;

use dingtalk_api::conference_1_0::start_cloud_record::{
    Mode, SmallWindowPosition, StartCloudRecordError, StartCloudRecordRequest, operation,
};
use dingtalk_api::{Client, Error};
use dingtalk_mock::MockDingTalk;

const HELP: &str = "\
Starts the cloud recording of a video conference.

Usage: cargo run --example start_cloud_record [-- [CONFERENCE_ID UNION_ID]]

Without credentials a mock of DingTalk answers, on this machine: a token is fetched, the recording
is started, and each documented error is provoked once.

With credentials the real platform is called:
  DINGTALK_APP_KEY        the application's key (client id)
  DINGTALK_APP_SECRET     the application's secret
  DINGTALK_BASE_URL       another server than https://api.dingtalk.io (optional)
  DINGTALK_CONFERENCE_ID  the conference, if not given as an argument
  DINGTALK_UNION_ID       its host, if not given as an argument

Exit code: 0 the recording was started, 1 it was not, 2 something is missing or cannot be understood.
";

type BoxError = Box<dyn std::error::Error>;

/// What the arguments and the environment ask for.
enum Task {
    Help,
    Mock,
    Real {
        app_key: String,
        app_secret: String,
        base_url: Option<String>,
        conference_id: String,
        union_id: String,
    },
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let task = match task() {
        Ok(task) => task,
        Err(problem) => {
            eprintln!("{problem}\nSee --help.");
            return ExitCode::from(2);
        }
    };
    let done = match task {
        Task::Help => {
            print!("{HELP}");
            Ok(())
        }
        Task::Mock => with_mock().await,
        Task::Real {
            app_key,
            app_secret,
            base_url,
            conference_id,
            union_id,
        } => {
            let mut builder = Client::builder().app(app_key, app_secret);
            if let Some(url) = base_url {
                builder = builder.base_url(url);
            }
            match builder.build() {
                Ok(client) => start(&client, &conference_id, &union_id).await,
                Err(problem) => {
                    eprintln!("{problem}");
                    return ExitCode::from(2);
                }
            }
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Calls the real platform once.
async fn start(client: &Client, conference_id: &str, union_id: &str) -> Result<(), BoxError> {
    println!("Calling {}", client.base_url());
    let call = client
        .conference_1_0()
        .start_cloud_record(conference_id, request(union_id));
    match call.send().await {
        Ok(reply) => println!("Started: {reply:?}"),
        Err(error) => return Err(describe(&error).into()),
    }
    Ok(())
}

/// Goes through it all with the mock.
async fn with_mock() -> Result<(), BoxError> {
    let mock = MockDingTalk::start().await?;
    println!(
        "No credentials are set: a mock of DingTalk answers at {}\n",
        mock.url()
    );

    let client = mock
        .configure(Client::builder())
        .app("an app key", "an app secret")
        .build()?;
    let conferences = client.conference_1_0();
    let reply = conferences
        .start_cloud_record("61289f392xxx", request("WFBkgxxx"))
        .send()
        .await?;
    println!("The recording was started: {reply:?}");
    println!("What was sent for it:");
    for sent in mock.requests() {
        println!("    {} {}", sent.method(), sent.path());
    }

    let errors = operation().describe().errors;
    println!(
        "\nThe {} documented errors, and how they arrive:",
        errors.len()
    );
    for error in errors {
        let rule = mock.on("conference_1_0", "StartCloudRecord")?;
        rule.error(error.code)?.times(1);
        let call = conferences.start_cloud_record("61289f392xxx", request("WFBkgxxx"));
        match call.send().await {
            Ok(reply) => return Err(format!("{} was expected, not {reply:?}", error.code).into()),
            Err(error) => println!("\n    {}", describe(&error)),
        }
    }
    Ok(())
}

fn request(union_id: &str) -> StartCloudRecordRequest {
    StartCloudRecordRequest::new(union_id)
        .small_window_position(SmallWindowPosition::RelativeRight)
        .mode(Mode::Speech)
}

/// Which variant it is, and all that the server said.
fn describe(error: &Error<StartCloudRecordError>) -> String {
    let variant = match error {
        Error::Api(StartCloudRecordError::RoomClosed(_)) => "RoomClosed: the conference is over",
        Error::Api(StartCloudRecordError::ParamsError(_)) => "ParamsError: correct the request",
        Error::Api(StartCloudRecordError::RecordStartError(_)) => {
            "RecordStartError: it did not start"
        }
        Error::Api(StartCloudRecordError::RecordStartPermissionError(_)) => {
            "RecordStartPermissionError: is the user the host?"
        }
        Error::Api(StartCloudRecordError::SystemError(_)) => "SystemError: try again later",
        Error::Api(_) => "an error that is not documented",
        _ => "an error that any call can meet",
    };
    format!("{variant}\n        {error}")
}

fn task() -> Result<Task, String> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if arguments
        .iter()
        .any(|argument| argument == "--help" || argument == "-h")
    {
        return Ok(Task::Help);
    }
    if let Some(unknown) = arguments.iter().find(|argument| argument.starts_with("--")) {
        return Err(format!("There is no option {unknown}."));
    }
    if let Some(extra) = arguments.get(2) {
        return Err(format!("There is one argument too many: {extra}"));
    }
    let variable = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    let (key, secret) = (
        variable("DINGTALK_APP_KEY"),
        variable("DINGTALK_APP_SECRET"),
    );
    let needed = |value: Option<String>, name: &str| {
        value.ok_or_else(|| format!("To call the real platform, {name} is needed."))
    };
    let base_url = variable("DINGTALK_BASE_URL");
    if key.is_none() && secret.is_none() && base_url.is_none() && arguments.is_empty() {
        return Ok(Task::Mock);
    }
    let mut arguments = arguments.into_iter();
    let conference_id = arguments
        .next()
        .or_else(|| variable("DINGTALK_CONFERENCE_ID"));
    let union_id = arguments.next().or_else(|| variable("DINGTALK_UNION_ID"));
    Ok(Task::Real {
        app_key: needed(key, "DINGTALK_APP_KEY")?,
        app_secret: needed(secret, "DINGTALK_APP_SECRET")?,
        base_url,
        conference_id: needed(conference_id, "CONFERENCE_ID or DINGTALK_CONFERENCE_ID")?,
        union_id: needed(union_id, "UNION_ID or DINGTALK_UNION_ID")?,
    })
}
