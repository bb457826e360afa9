//! Whose token an operation takes, by where its page says to get one.

use super::plain;
use super::words;
use crate::spec::Token;

/// The token that the description of its header names; `None` if it names no operation that is known here.
pub(super) fn of(text: &str) -> Option<Token> {
    match words::tokens(&plain(text)).as_slice() {
        [] => None,
        [kind] => Some(Token::One(*kind)),
        kinds => Some(Token::AnyOf(kinds.to_vec())),
    }
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::spec::{Token, TokenKind};

    #[test]
    fn a_token_is_that_of_the_operations_named() {
        let application = "调用[获取企业内部应用的accessToken](0033-a.md)接口获取。";
        let user = "第三方个人应用，调用[获取用户token](0036-b.md)接口获取。";
        let suite = "通过调用获取第三方企业应用的suiteAccessToken接口获取。";
        assert_eq!(of(application), Some(Token::One(TokenKind::Application)));
        assert_eq!(of(user), Some(Token::One(TokenKind::User)));
        assert_eq!(of(suite), Some(Token::One(TokenKind::Suite)));
        assert_eq!(
            of(&format!("{application} {user}")),
            Some(Token::AnyOf(vec![TokenKind::Application, TokenKind::User]))
        );
        assert_eq!(of("调用该接口的访问凭证。"), None);
    }
}
