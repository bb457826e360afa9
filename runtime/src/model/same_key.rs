//! How keys of events are compared.

/// Whether two keys are the same without case and `_`: deliveries spell a field `eventType`, `EventType` and
/// `event_type`.
pub(crate) fn same_key(a: &str, b: &str) -> bool {
    fn letters(key: &str) -> impl Iterator<Item = u8> {
        let letters = key.bytes().filter(|byte| *byte != b'_');
        letters.map(|byte| byte.to_ascii_lowercase())
    }
    letters(a).eq(letters(b))
}
