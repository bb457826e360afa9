//! What makes two descriptions of an operation one.

use dingtalk_api::operation::Operation;

/// Fails unless two operations are the same to all who call or describe them.
pub fn same(typed: &Operation, other: &Operation) {
    assert_eq!(typed.describe(), other.describe());
    let infos = |operation: &Operation| -> Vec<_> {
        let fields = operation.fields().into_iter();
        fields.map(|(info, _)| info).collect()
    };
    assert_eq!(infos(typed), infos(other), "{typed}");
    assert_eq!(
        (typed.body, typed.reply, typed.paging, typed.errors),
        (other.body, other.reply, other.paging, other.errors),
        "{typed}"
    );
    assert_eq!(typed.request.is_some(), other.request.is_some(), "{typed}");
    assert_eq!(
        typed.reply_type.is_some(),
        other.reply_type.is_some(),
        "{typed}"
    );
}
