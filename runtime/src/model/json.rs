//! Writing JSON text: what `Serialize` gives, by a shorter way.
//!
//! Through `serde_json`'s serializer each key is searched for characters to escape, byte by byte, and
//! every value passes several calls that know nothing of its neighbors. Here the structure is written
//! directly; `serde_json` is asked for what is hard: floats, free JSON, strings with escapes.

use std::io::Write as _;

use super::{COMMA, JSON_STRING, Location, Model, View, joined};

/// The JSON body of a request: its fields that are sent in the body, and `{}` if none is set.
pub fn body(model: &dyn Model) -> Result<Vec<u8>, serde_json::Error> {
    let mut out = Vec::with_capacity(128);
    object(&mut out, model, true)?;
    Ok(out)
}

/// The JSON text of a value.
pub fn to_vec(view: View<'_>) -> Result<Vec<u8>, serde_json::Error> {
    let mut out = Vec::with_capacity(128);
    value(&mut out, view)?;
    Ok(out)
}

fn value(out: &mut Vec<u8>, view: View<'_>) -> Result<(), serde_json::Error> {
    match view {
        View::Unset => out.extend_from_slice(b"null"),
        View::String(text) => return string(out, text),
        View::Integer(number) => return serde_json::to_writer(out, &number),
        View::Number(number) => return serde_json::to_writer(out, &number),
        View::Boolean(true) => out.extend_from_slice(b"true"),
        View::Boolean(false) => out.extend_from_slice(b"false"),
        View::Json(json) => return write!(out, "{json}").map_err(serde_json::Error::io),
        View::File(file) => return string(out, &file.name),
        View::Object(model) => return object(out, model, false),
        View::List(list) => {
            out.push(b'[');
            for index in 0..list.count() {
                if index > 0 {
                    out.push(b',');
                }
                value(out, list.item(index))?;
            }
            out.push(b']');
        }
        View::Map(map) => {
            out.push(b'{');
            for (index, (key, item)) in map.entries().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                string(out, key)?;
                out.push(b':');
                value(out, item)?;
            }
            out.push(b'}');
        }
    }
    Ok(())
}

#[inline]
fn object(out: &mut Vec<u8>, model: &dyn Model, is_body: bool) -> Result<(), serde_json::Error> {
    out.push(b'{');
    let mut first = true;
    for (index, info) in model.info().fields().iter().enumerate() {
        if is_body && info.location() != Location::Body {
            continue;
        }
        let view = model.get(index).view();
        if matches!(view, View::Unset) {
            continue;
        }
        if !first {
            out.push(b',');
        }
        first = false;
        string(out, info.name())?;
        out.push(b':');
        if info.has(JSON_STRING) {
            string(out, &text(view)?)?;
        } else if is_body && info.has(COMMA) {
            string(out, &joined(view)?)?;
        } else {
            value(out, view)?;
        }
    }
    out.push(b'}');
    Ok(())
}

/// The JSON text of a value, as a string.
pub(super) fn text(view: View<'_>) -> Result<String, serde_json::Error> {
    String::from_utf8(to_vec(view)?).map_err(serde::ser::Error::custom)
}

#[inline]
fn string(out: &mut Vec<u8>, text: &str) -> Result<(), serde_json::Error> {
    if !is_plain(text.as_bytes()) {
        return serde_json::to_writer(out, text);
    }
    out.reserve(text.len() + 2);
    out.push(b'"');
    out.extend_from_slice(text.as_bytes());
    out.push(b'"');
    Ok(())
}

/// Whether a string can be written as it is. Eight bytes are looked at together, the last eight
/// overlapping those before.
#[inline]
pub(super) fn is_plain(text: &[u8]) -> bool {
    let Some(last) = text.last_chunk::<8>() else {
        return text
            .iter()
            .all(|byte| *byte >= b' ' && *byte != b'"' && *byte != b'\\');
    };
    let (eights, _) = text.as_chunks::<8>();
    // One test at the end is cheaper than one for every eight: nearly all texts are plain.
    let mut found = special(u64::from_ne_bytes(*last));
    for eight in eights {
        found |= special(u64::from_ne_bytes(*eight));
    }
    found == 0
}

/// Not zero if one of eight bytes is a control character, a quote or a backslash.
#[inline]
const fn special(eight: u64) -> u64 {
    const ONES: u64 = u64::MAX / 0xff;
    // Subtracting from a byte that is smaller borrows: its highest bit is set, and was not before.
    const fn below(eight: u64, bound: u8) -> u64 {
        eight.wrapping_sub(ONES * bound as u64) & !eight
    }
    let quote = below(eight ^ (ONES * b'"' as u64), 1);
    let backslash = below(eight ^ (ONES * b'\\' as u64), 1);
    (below(eight, b' ') | quote | backslash) & (ONES << 7)
}

#[cfg(test)]
mod tests {
    use super::is_plain;

    #[test]
    fn every_byte_is_judged_in_every_place() {
        for len in 1..20 {
            for place in 0..len {
                for byte in 0..=u8::MAX {
                    let mut text = vec![b'a'; len];
                    text[place] = byte;
                    let plain = byte >= b' ' && byte != b'"' && byte != b'\\';
                    assert_eq!(is_plain(&text), plain, "{byte} at {place} of {len}");
                }
            }
        }
    }
}
