//! One line on what an operation does, made from the words of its name.

use heck::ToSnakeCase;

/// `StartCloudRecord` gives "Starts cloud record".
pub(super) fn summary(action: &str) -> String {
    let words = action.to_snake_case().replace('_', " ");
    words
}
