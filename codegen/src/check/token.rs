use super::Mistakes;
use crate::diagnostic::{Diagnostic, quoted};
use crate::spec::walk::Path;
use crate::spec::{Operation, Token, TokenKind};

/// Checks the list of tokens that an operation takes.
pub(super) fn check(path: &Path<'_>, op: &Operation, mistakes: &mut Mistakes) {
    let Some(Token::AnyOf(kinds)) = &op.token else {
        return;
    };
    let path = path.key("token");
    if kinds.len() < 2 {
        let message = "a list of tokens must have at least two items";
        let help = "write a single one without brackets; omit the key if it is unknown";
        mistakes.push(Diagnostic::new(path.at_value(), message).help(help));
    }
    for (at, kind) in kinds.iter().enumerate() {
        let wrong = if *kind == TokenKind::None {
            "`none` cannot be one of several tokens".to_owned()
        } else if kinds.iter().take(at).any(|known| known == kind) {
            format!("duplicate token {}", quoted(kind.as_str()))
        } else {
            continue;
        };
        mistakes.push(Diagnostic::new(path.index(at).at_value(), wrong).help("remove it"));
    }
}
