//! "Did you mean": the nearest of several names.

/// The candidate that is most like a name, if one is near enough to be what was meant.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    /// Beyond this length it is another word, not a slip.
    const LONGEST: usize = 64;

    let name = fold(name);
    if name.is_empty() || name.len() > LONGEST {
        return None;
    }
    let limit = (name.len() / 3).max(1);
    let near = candidates.into_iter().filter_map(|candidate| {
        let distance = strsim::osa_distance(&name, &fold(candidate));
        (distance <= limit).then_some((distance, candidate))
    });
    near.min().map(|(_, candidate)| candidate)
}

/// Whether two names differ in case and separators at most.
pub(crate) fn same(one: &str, other: &str) -> bool {
    fold(one) == fold(other)
}

/// Without case and separators: `unionId`, `union-id` and `union_id` are alike.
fn fold(name: &str) -> String {
    let letters = name.chars().filter(|c| !matches!(c, '_' | '-' | ' ' | '.'));
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn small_slips_are_understood() {
        let names = ["unionId", "mode", "smallWindowPosition"];
        assert_eq!(nearest("unoinId", names), Some("unionId"));
        assert_eq!(
            nearest("small_window_position", names),
            Some("smallWindowPosition")
        );
        assert_eq!(nearest("moode", names), Some("mode"));
        assert_eq!(nearest("quantity", names), None);
        assert_eq!(nearest("", names), None);
    }
}
