//! What a call shows to be let in: a token, or a signature.

use super::PreparedCall;
use crate::error::{CallResult, Error, InvalidArgument};
use crate::operation::{Signature, SignedBy, TokenKind};
use crate::secret::MASK;
use crate::sign::Signer;
use crate::token::{ReadyToken, Token};
use crate::webhook::Webhook;

/// What signs, and how.
pub(super) type Ready = (&'static Signature, Signer);

impl PreparedCall {
    /// A token instead of the rejected one; `None` if there can be no other.
    pub(super) async fn replace(
        &self,
        rejected: Option<&ReadyToken>,
        sent: u32,
    ) -> CallResult<Option<ReadyToken>> {
        // A token given for this call alone is the caller's to replace.
        let (Some(rejected), Some(tokens), None) = (rejected, self.client.tokens(), &self.token)
        else {
            return Ok(None);
        };
        match tokens.replace(&self.client, rejected).await {
            None => Ok(None),
            Some(Ok(token)) => Ok(Some(token)),
            Some(Err(cause)) => Err(self.token_failure(cause, sent)),
        }
    }

    /// The token to call with.
    pub(super) async fn token(&self, sent: u32) -> CallResult<Option<ReadyToken>> {
        if !self.operation.needs_token() && self.operation.webhook().is_none() {
            return Ok(None);
        }
        if let Some(token) = &self.token {
            return Ok(Some(token.clone()));
        }
        if self.operation.webhook().is_some() {
            if self.masked {
                return Ok(ReadyToken::new(Token::new(MASK)).ok());
            }
            let reason = "is required: set it with `.webhook(&RobotWebhook::new(url))`, or a `SessionWebhook`";
            return Err(self.invalid("webhook", reason));
        }
        let Some(tokens) = self.client.tokens() else {
            return Err(Error::InvalidArgument(InvalidArgument::new(
                self.operation,
                "token",
                "is required: build the client with `.app(key, secret)`, `.app_in(..)`, `.suite(..)`, `.token(..)` or \
                 `.token_provider(..)`, or set one for this call with `.token(..)`",
            )));
        };
        if self.operation.token_kinds() == [TokenKind::User]
            && tokens.kind() == Some(TokenKind::Application)
        {
            return Err(Error::InvalidArgument(InvalidArgument::new(
                self.operation,
                "token",
                "must be a user's, found the application's: set a user's with `.token(..)`, or make the call with \
                 `client.with_token_provider(..)` and a `UserToken`",
            )));
        }
        match tokens.get(&self.client).await {
            Ok(token) => Ok(Some(token)),
            Err(cause) => Err(self.token_failure(cause, sent)),
        }
    }

    /// What signs the request, if it is signed.
    pub(super) async fn signer(&self, sent: u32) -> CallResult<Option<Ready>> {
        let Some(name) = self.operation.signature() else {
            return Ok(None);
        };
        let endpoint = &self.request.endpoint;
        let signature = endpoint.signature(name).ok_or_else(|| {
            let reason = format!(
                "`{name}` is none of those of the API `{}`",
                endpoint.api.name
            );
            self.invalid("signature", reason)
        })?;
        let signer = match signature.signer {
            SignedBy::Webhook => match self.webhook.as_ref().and_then(Webhook::signer) {
                Some(signer) => signer,
                None => return Ok(None),
            },
            SignedBy::Application => self.application(signature, sent).await?,
        };
        let signer = if self.masked {
            Signer::masked()
        } else {
            signer
        };
        match signer.fault(signature) {
            Some(fault) => Err(self.invalid("signer", fault)),
            None => Ok(Some((signature, signer))),
        }
    }

    /// The call's own signer, or the client's.
    async fn application(&self, signature: &Signature, sent: u32) -> CallResult<Signer> {
        if self.masked {
            return Ok(Signer::masked());
        }
        if let Some(signer) = &self.signer {
            return Ok(signer.clone());
        }
        let clients = match self.client.tokens() {
            Some(tokens) => tokens.signer(signature.takes_ticket()).await,
            None => Ok(None),
        };
        let clients = clients.map_err(|cause| self.token_failure(cause, sent))?;
        clients.ok_or_else(|| {
            let reason = "is required: build the client with `.app(key, secret)`, `.app_in(..)` or `.suite(..)`, or set one \
                          for this call with `.signer(Signer::new(key, secret))`";
            self.invalid("signer", reason)
        })
    }

    pub(super) fn invalid(&self, argument: &str, reason: impl Into<String>) -> Error {
        Error::InvalidArgument(InvalidArgument::new(self.operation, argument, reason))
    }
}
