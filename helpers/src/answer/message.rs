//! A message, in the forms of the operations that send it.

use dingtalk_api::json;
use dingtalk_api::oapi_robot::send_by_session::SendBySessionRequest;
use dingtalk_api::oapi_robot::types::{Markdown, Text};
use dingtalk_api::robot_1_0::types::{RobotMessage, SampleMarkdown, SampleText};

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
        let content = match self {
            Self::Text { content } => json!({"content": content}),
            Self::Markdown { title, text } => json!({"title": title, "text": text}),
        };
        let (bytes, limit) = (content.to_string().len(), MOST);
        if bytes > limit {
            return Err(ReplyError::TooLong { bytes, limit });
        }
        Ok(())
    }

    pub(super) fn for_session(&self) -> SendBySessionRequest {
        match self {
            Self::Text { content } => SendBySessionRequest::new(Text::new(content)),
            Self::Markdown { title, text } => SendBySessionRequest::new(Markdown::new(title, text)),
        }
    }

    pub(super) fn for_robot(&self) -> RobotMessage {
        match self {
            Self::Text { content } => SampleText::new(content).into(),
            Self::Markdown { title, text } => SampleMarkdown::new(title, text).into(),
        }
    }
}
