//! "Did you mean": the nearest of several words.

use crate::diagnostic::{alternatives, quoted};

/// At most so many words are listed.
const LISTED: usize = 20;

/// The most candidates that are compared: more would take long and rarely help.
const MANY: usize = 500;

/// The candidate that is most like `word`, if one is near enough to be what was meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(word);
    if folded.is_empty() || folded.len() > 64 {
        return None;
    }
    let limit = (folded.len() / 3).max(1);
    candidates
        .into_iter()
        .take(MANY)
        .map(|candidate| (fold(candidate), candidate))
        // The rest of the letters would have to be put in or taken out.
        .filter(|(letters, _)| letters.len().abs_diff(folded.len()) <= limit)
        .map(|(letters, candidate)| (distance(&folded, &letters), candidate))
        .filter(|(distance, candidate)| *distance <= limit && *candidate != word)
        .min()
        .map(|(_, candidate)| candidate)
}

/// "did you mean `x`?", if one of the known words is near enough.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(word, known).map(|near| format!("did you mean {}?", quoted(near)))
}

/// What to write instead of an unknown word.
pub fn instead<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.into_iter().collect();
    did_you_mean(word, known.iter().copied()).unwrap_or_else(|| match known.as_slice() {
        [] => "it has none".to_owned(),
        known => {
            let listed = known.iter().copied().take(LISTED);
            format!("it has {}", alternatives(listed))
        }
    })
}

/// Whether two words differ in case and separators at most.
pub fn same(one: &str, other: &str) -> bool {
    fold(one) == fold(other)
}

/// Letters without case and separators: `pathParams`, `path-params` and `path_params` are alike.
fn fold(word: &str) -> Vec<char> {
    word.chars()
        .filter(|c| !matches!(c, '_' | '-' | ' ' | '.'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// How many letters must be put in, taken out, changed or swapped with their neighbor.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX / 2);
            let mut cost = (at(&row, j) + usize::from(x != y)).min(at(&row, j + 1) + 1);
            cost = cost.min(at(&next, j) + 1);
            let swapped = i > 0 && j > 0 && a.get(i - 1) == Some(y) && b.get(j - 1) == Some(x);
            if swapped {
                cost = cost.min(at(&before, j - 1) + 1);
            }
            next.push(cost);
        }
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn small_slips_are_understood() {
        let keys = ["body", "body_type", "path_params", "summary", "response"];
        assert_eq!(nearest("bdoy", keys), Some("body"));
        assert_eq!(nearest("pathParams", keys), Some("path_params"));
        assert_eq!(nearest("sumary", keys), Some("summary"));
        assert_eq!(nearest("quantity", keys), None);
        assert_eq!(nearest("", keys), None);
    }
}
