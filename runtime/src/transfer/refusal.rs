//! What an object store says when it refuses a request.

use http::{HeaderMap, header};

use crate::error::wait_asked;
use crate::excerpt;
use crate::secret::Scrubber;

/// How much of an error's body is read.
pub(super) const LONGEST_BODY: usize = 64 * 1024;

/// An answer that is not the file.
#[derive(Debug, Default)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) code: Option<String>,
    pub(super) message: String,
    pub(super) request_id: Option<String>,
    pub(super) wait: Option<std::time::Duration>,
}

impl Refusal {
    /// Reads the XML of an object store. Only code, message and request id are kept: the rest holds the signature.
    pub(super) fn new(status: u16, headers: &HeaderMap, body: &[u8], scrubber: &Scrubber) -> Self {
        let text = String::from_utf8_lossy(body);
        let clean = |text: String| excerpt::shorten(&scrubber.text(&text));
        let code = element(&text, "Code").map(clean);
        let id = headers.get("x-oss-request-id");
        let id = id.and_then(|id| id.to_str().ok()).map(str::to_owned);
        let message = match element(&text, "Message") {
            Some(message) => clean(message),
            None if code.is_some() => String::new(),
            None => match redirect(status, headers) {
                Some(redirect) => redirect,
                None => clean(excerpt::beginning(body)),
            },
        };
        Self {
            status,
            code,
            message,
            request_id: id.or_else(|| element(&text, "RequestId")).map(clean),
            wait: wait_asked(headers),
        }
    }

    /// Whether the URL or its headers are no longer valid.
    pub(super) fn is_expired(&self) -> bool {
        match self.code.as_deref() {
            Some("RequestTimeTooSkewed" | "SecurityTokenExpired" | "ExpiredToken") => true,
            Some("AccessDenied") => self.message.contains("expired"),
            _ => false,
        }
    }

    /// What to do about it.
    pub(super) fn advice(&self) -> Option<&'static str> {
        if self.is_expired() {
            return Some("the URL has expired: ask the platform for a new one");
        }
        match self.code.as_deref() {
            Some("SignatureDoesNotMatch") => {
                Some("use the URL as it came, with exactly the headers that came with it")
            }
            _ => None,
        }
    }
}

/// Where a redirect leads: the host alone, since the rest may be signed.
fn redirect(status: u16, headers: &HeaderMap) -> Option<String> {
    if !(300..400).contains(&status) {
        return None;
    }
    let location = headers.get(header::LOCATION)?.to_str().ok()?;
    let url = reqwest::Url::parse(location).ok();
    let host = url.as_ref().and_then(reqwest::Url::host_str);
    Some(format!(
        "a redirect to {}, which is not followed",
        host.unwrap_or("another path")
    ))
}

/// The text of the first element of this name.
fn element(xml: &str, name: &str) -> Option<String> {
    let (_, rest) = xml.split_once(&format!("<{name}>"))?;
    let (text, _) = rest.split_once(&format!("</{name}>"))?;
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&apos;", "'"),
        ("&amp;", "&"),
    ];
    let text = entities
        .iter()
        .fold(text.to_owned(), |text, (from, to)| text.replace(from, to));
    Some(text).filter(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue};

    use super::Refusal;
    use crate::secret::Scrubber;

    fn read(status: u16, body: &str) -> Refusal {
        let mut scrubber = Scrubber::default();
        scrubber.add_text("SENTINEL");
        Refusal::new(status, &HeaderMap::new(), body.as_bytes(), &scrubber)
    }

    #[test]
    fn code_message_and_request_id_are_read_and_nothing_else_is_kept() {
        let refusal = read(
            403,
            "<?xml version=\"1.0\"?>\n<Error>\n <Code>SignatureDoesNotMatch</Code>\n <Message>a &lt;b&gt; &amp;amp; \
             SENTINEL</Message><RequestId>5DA9</RequestId><StringToSign>GET SENTINEL</StringToSign></Error>",
        );
        assert_eq!(refusal.code.as_deref(), Some("SignatureDoesNotMatch"));
        assert_eq!(refusal.message, "a <b> &amp; ***");
        assert_eq!(refusal.request_id.as_deref(), Some("5DA9"));
        assert!(!refusal.is_expired() && refusal.advice().is_some());
    }

    #[test]
    fn an_expired_url_is_recognized_by_code_and_message() {
        let error = |code: &str, message: &str| {
            read(
                403,
                &format!("<Code>{code}</Code><Message>{message}</Message>"),
            )
        };
        assert!(error("AccessDenied", "Request has expired.").is_expired());
        assert!(error("RequestTimeTooSkewed", "x").is_expired());
        assert!(!error("AccessDenied", "no right").is_expired());
    }

    #[test]
    fn what_is_no_xml_keeps_its_beginning_without_secrets() {
        assert_eq!(
            read(502, "<html>SENTINEL bad gateway").message,
            "<html>*** bad gateway"
        );
        assert_eq!(read(403, "<Code>cut off").code, None);
        assert_eq!(read(403, "").message, "");
    }

    #[test]
    fn a_redirect_says_where_it_leads_without_its_query() {
        let mut headers = HeaderMap::new();
        let to = HeaderValue::from_static("https://other.example/f?Signature=s");
        headers.insert("location", to);
        let refusal = Refusal::new(302, &headers, b"", &Scrubber::default());
        assert_eq!(
            refusal.message,
            "a redirect to other.example, which is not followed"
        );
    }
}
