//! Bodies with files, as they are received.

use serde_json::{Map, Value as Json};

/// The fields of a `multipart/form-data` body: the text of each, and of a file its name. `None` if it is not one, or broken.
pub fn fields(content_type: &str, body: &[u8]) -> Option<Map<String, Json>> {
    let boundary = content_type.strip_prefix("multipart/form-data; boundary=")?;
    let body = String::from_utf8_lossy(body);
    let body = body.strip_suffix(&format!("\r\n--{boundary}--\r\n"))?;
    let body = body.strip_prefix(&format!("--{boundary}\r\n"))?;
    let separator = format!("\r\n--{boundary}\r\n");
    body.split(&*separator).map(part).collect()
}

fn part(part: &str) -> Option<(String, Json)> {
    let (head, content) = part.split_once("\r\n\r\n")?;
    let head = head.strip_prefix("Content-Disposition: form-data; name=\"")?;
    let (name, rest) = head.split_once('"')?;
    let file = rest.strip_prefix("; filename=\"");
    let value = match file {
        Some(file) => file.split_once('"')?.0,
        None => content,
    };
    Some((name.to_owned(), value.into()))
}
