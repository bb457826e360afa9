//! Files: uploaded media, and files that a signed URL gives.

use std::collections::HashMap;

use dingtalk_api::{Bytes, json};

use super::{Call, Outcome};
use crate::answer::Answer;
use crate::platform::Request;

/// The beginning of the paths of signed URLs, behind that of the control endpoint.
pub(crate) const PATH: &str = "files/";

/// All files.
#[derive(Default)]
pub(crate) struct Files {
    media: HashMap<String, Bytes>,
    /// What a signed URL gives: by its path, the query that it must have, and the content.
    signed: HashMap<String, (String, Bytes)>,
}

impl Files {
    pub(super) fn answer(&mut self, call: &Call<'_>) -> Outcome {
        if call.is("Upload") {
            let id = format!("@mock-media-{}", self.media.len() + 1);
            let content = call.received.files.first().map(|file| file.content.clone());
            self.media.insert(id.clone(), content.unwrap_or_default());
            return call.usual(&json!({"media_id": id, "type": call.text("type")}));
        }
        // The code of a message's file is that of media that was uploaded, or any other.
        let code = call.text("downloadCode");
        let content = self.media.get(&code).cloned();
        let content = content.unwrap_or_else(|| format!("the file {code}").into());
        let number = self.signed.len() + 1;
        let query =
            format!("Expires=4102444800&OSSAccessKeyId=mock&Signature=m{number}%2Bo%2Fk%3D");
        let url = format!("http://{}/_mock/{PATH}{number}?{query}", call.host);
        self.signed.insert(number.to_string(), (query, content));
        Some(Ok(json!({"downloadUrl": url})))
    }

    /// Answers as an object store does: what its signature covers must be as it was signed, and a header that it does not
    /// know of makes it wrong.
    pub(crate) fn download(&self, name: &str, request: &Request<'_>) -> Answer {
        let Some((query, content)) = self.signed.get(name) else {
            return error(404, "NoSuchKey", "The specified key does not exist.");
        };
        let covered = ["content-type", "x-acs-dingtalk-access-token"];
        let spoiled = covered.iter().any(|name| request.header(name).is_some());
        if spoiled || request.head.uri.query() != Some(query) {
            let message =
                "The request signature we calculated does not match the signature you provided.";
            return error(403, "SignatureDoesNotMatch", message);
        }
        Answer::new(200, "application/octet-stream", content.clone())
    }
}

fn error(status: u16, code: &str, message: &str) -> Answer {
    let body = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>{code}</Code><Message>{message}</Message></Error>"
    );
    Answer::new(status, "application/xml", body)
}
