//! What takes several operations of DingTalk's open platform.
//!
//! | feature | what it adds |
//! |---|---|
//! | `answer` | [`BotReply`]: replies to a message to a robot |
//! | `cards` | [`Card`]: AI cards that fill while an answer is made; [`BotReply::card`] |
//! | `files` | [`Files`]: downloads of files in messages, storage and Drive; uploads to storage and of media |
//! | `stream` | [`OnMessage`]: a Stream connection whose handlers get the reply with the message |
//!
//! A robot that echoes each message, with the feature `stream`:
//!
//! ```no_run
//! # #[cfg(feature = "stream")]
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use dingtalk_api::Client;
//! use dingtalk_helpers::{OnMessage as _, text};
//!
//! let client = Client::builder().app("app key", "app secret").server("mainland").build()?;
//! let stream = client
//!     .stream()
//!     .on_message(async |message, reply| reply.text(text(&message.data)).await);
//! stream.run().await?;
//! # Ok(())
//! # }
//! ```
#![cfg_attr(docsrs, feature(doc_cfg))]

#[cfg(feature = "answer")]
mod answer;
#[cfg(feature = "cards")]
mod cards;
#[cfg(feature = "files")]
mod files;

#[cfg(feature = "stream")]
#[cfg_attr(docsrs, doc(cfg(feature = "stream")))]
pub use self::answer::OnMessage;
#[cfg(feature = "answer")]
#[cfg_attr(docsrs, doc(cfg(feature = "answer")))]
pub use self::answer::{BotReply, ReplyError, text};
#[cfg(feature = "cards")]
#[cfg_attr(docsrs, doc(cfg(feature = "cards")))]
pub use self::cards::{Card, CardError, CardReply, CardTemplate};
#[cfg(feature = "files")]
#[cfg_attr(docsrs, doc(cfg(feature = "files")))]
pub use self::files::{Files, FilesError, MediaId, RemoteFile, StorageFolder, StorageUpload};
