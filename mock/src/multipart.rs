//! Bodies with files.

use dingtalk_api::Bytes;
use memchr::memmem;

/// A part of a form.
#[derive(Debug, PartialEq)]
pub(crate) struct Part {
    pub(crate) field: String,
    /// The name of the file, if it is one.
    pub(crate) file: Option<String>,
    pub(crate) content: Bytes,
}

/// The parts of a `multipart/form-data` body; the error says what is wrong with it.
pub(crate) fn parts(content_type: &str, body: &Bytes) -> Result<Vec<Part>, String> {
    let kind = content_type.strip_prefix("multipart/form-data");
    let kind = kind.ok_or_else(|| {
        format!("must be `multipart/form-data`, and the content type is `{content_type}`")
    })?;
    let boundary = attribute(kind, "boundary").ok_or("has a content type without a boundary")?;
    let delimiter = format!("\r\n--{boundary}");
    let mut delimiters = memmem::find_iter(body, &delimiter[..]);
    let mut parts = Vec::new();
    // The first delimiter begins the body, without a line break before it.
    let first = delimiter.len() - 2;
    if !body.starts_with(&delimiter.as_bytes()[2..]) {
        return Err(format!("does not begin with its boundary `{boundary}`"));
    }
    let mut start = first;
    loop {
        if body
            .get(start..)
            .is_some_and(|rest| rest.starts_with(b"--"))
        {
            return Ok(parts);
        }
        let end = delimiters.next().ok_or("ends before its last boundary")?;
        let part = body.get(start..end).unwrap_or_default();
        parts.push(self::part(&body.slice_ref(part))?);
        start = end + delimiter.len();
    }
}

fn part(part: &Bytes) -> Result<Part, String> {
    let end = memmem::find(part, b"\r\n\r\n").ok_or("has a part without an end of its headers")?;
    let head = String::from_utf8_lossy(part.get(..end).unwrap_or_default());
    let named = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-disposition")
            .then_some(value)
    });
    let named = named.ok_or("has a part without `Content-Disposition`")?;
    Ok(Part {
        field: attribute(named, "name").ok_or("has a part without a name")?,
        file: attribute(named, "filename"),
        content: part.slice(end + 4..),
    })
}

/// The value of `; name="value"`, in which quotes and line breaks are percent-encoded.
fn attribute(header: &str, name: &str) -> Option<String> {
    let start = format!("{name}=");
    let mut places = header.match_indices(&start);
    // `name=` is the end of `filename=` too.
    let (at, _) = places.find(|(at, _)| {
        header
            .get(..*at)
            .is_some_and(|before| before.ends_with([' ', ';']))
    })?;
    let rest = header.get(at + start.len()..)?;
    let value = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => rest.split(';').next()?.trim(),
    };
    Some(
        value
            .replace("%22", "\"")
            .replace("%0D", "\r")
            .replace("%0A", "\n"),
    )
}

#[cfg(test)]
mod tests {
    use dingtalk_api::Bytes;

    use super::{Part, parts};

    #[test]
    fn a_text_and_a_file_that_looks_like_a_boundary_are_read() {
        let body = "--b\r\nContent-Disposition: form-data; name=\"type\"\r\n\r\nfile\r\n\
            --b\r\nContent-Disposition: form-data; name=\"media\"; filename=\"a %22; b.pdf\"\r\n\
            Content-Type: application/pdf\r\n\r\n --b\r\n\r\n--\r\n--b--\r\n";
        let found = parts("multipart/form-data; boundary=b", &Bytes::from(body)).unwrap();
        let text = Part {
            field: "type".to_owned(),
            file: None,
            content: Bytes::from("file"),
        };
        assert_eq!(found[0], text);
        assert_eq!(found[1].file.as_deref(), Some("a \"; b.pdf"));
        assert_eq!(found[1].content, " --b\r\n\r\n--");
    }

    #[test]
    fn damage_is_named() {
        let of = |kind: &str, body: &'static str| parts(kind, &Bytes::from(body)).unwrap_err();
        assert!(of("application/json", "{}").contains("application/json"));
        assert!(of("multipart/form-data", "").contains("without a boundary"));
        let kind = "multipart/form-data; boundary=b";
        assert!(of(kind, "x").contains("does not begin"));
        assert!(
            of(
                kind,
                "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx"
            )
            .contains("ends before")
        );
    }
}
