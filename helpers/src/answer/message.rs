//! A message, in the forms of the operations that send it.

use dingtalk_api::json;
use dingtalk_api::model::Json;
use dingtalk_api::oapi_robot::send_by_session::{Markdown, Msgtype, SendBySessionRequest, Text};

use super::ReplyError;

/// The maximum size of a robot's message, in bytes of JSON. A webhook takes a little more, but a message must fit the
/// way that is left when the webhook has expired.
const MOST: usize = 15_000;

pub(super) enum Message {
    Text { content: String },
    Markdown { title: String, text: String },
}

impl Message {
    pub(super) fn check(&self) -> Result<(), ReplyError> {
        let (_, param) = self.for_robot();
        let (bytes, limit) = (param.len(), MOST);
        if bytes > limit {
            return Err(ReplyError::TooLong { bytes, limit });
        }
        Ok(())
    }

    pub(super) fn for_session(&self) -> SendBySessionRequest {
        match self {
            Self::Text { content } => {
                SendBySessionRequest::new(Msgtype::Text).text(Text::new(content))
            }
            Self::Markdown { title, text } => {
                SendBySessionRequest::new(Msgtype::Markdown).markdown(Markdown::new(text, title))
            }
        }
    }

    /// The key of the template, and its parameters as a string of JSON.
    pub(super) fn for_robot(&self) -> (&'static str, String) {
        let (key, param): (_, Json) = match self {
            Self::Text { content } => ("sampleText", json!({"content": content})),
            Self::Markdown { title, text } => {
                ("sampleMarkdown", json!({"title": title, "text": text}))
            }
        };
        (key, param.to_string())
    }
}
