//! Every operation of DingTalk's open platform as data.
//!
//! The crate `dingtalk-api` has a typed method for each operation of the services whose features are on. This crate
//! describes all operations of all services in one file of about five megabytes, and compiles none of them. It is for
//! programs that learn at run time what to call or describe: commands, mock servers, servers for agents, reference sites.
//!
//! ```
//! let catalogue = dingtalk_catalogue::open()?;
//! let operation = catalogue.operation("conference_1_0", "StartCloudRecord")?;
//! assert_eq!(operation.path(), "/v1.0/conference/videoConferences/{conferenceId}/cloudRecords/start");
//!
//! let details = operation.details()?;
//! assert_eq!(details.path[0].name, "conferenceId");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! It also calls them, in the same way and with the same checks as `dingtalk-api` calls an operation by name:
//!
//! ```no_run
//! use dingtalk_api::{Client, JsonRequest, json};
//!
//! # async fn call() -> Result<(), Box<dyn std::error::Error>> {
//! let operation = dingtalk_catalogue::open()?.operation("conference_1_0", "StartCloudRecord")?;
//! let client = Client::builder().app("app key", "app secret").build()?;
//! let request = JsonRequest::new()
//!     .path("conferenceId", "61289f392xxx")
//!     .body(json!({"unionId": "WFBkgxxx"}));
//! let reply = client.call_json(operation.callable()?, request).await?;
//! # Ok(())
//! # }
//! ```
//!
//! [`mod@format`] describes the layout of the file.

mod callable;
mod catalogue;
mod lookup;
mod sample;

pub use dingtalk_catalogue_format as format;

pub use self::catalogue::{Catalogue, Operation, Service, open};
pub use self::format::{Details, Error};
pub use self::lookup::NotFound;
pub use self::sample::Sampler;
