//! The text of a message.

use dingtalk_api::events_callbacks::BotMessage;

/// What a user said: the text of a message, the texts of rich text, or what the platform recognized in an audio. Empty
/// if there is none, as in a picture.
///
/// The platform removes the mention of the robot and leaves the white space that follows it; so white space at both ends
/// is cut off.
pub fn text(message: &BotMessage) -> String {
    if let Some(text) = message
        .text
        .as_ref()
        .and_then(|text| text.content.as_deref())
    {
        return text.trim().to_owned();
    }
    let Some(content) = &message.content else {
        return String::new();
    };
    let parts = content.rich_text.iter().flatten();
    let text: String = parts.filter_map(|part| part.text.as_deref()).collect();
    let recognized = content.recognition.as_deref().unwrap_or_default();
    let text = if text.is_empty() { recognized } else { &text };
    text.trim().to_owned()
}
