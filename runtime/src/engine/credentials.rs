//! The credentials of a call: a token or a signature.

use super::PreparedCall;
use crate::error::{CallResult, Error, InvalidArgument};
use crate::operation::{Signature, SignedBy, TokenKind};
use crate::secret::MASK;
use crate::sign::Signer;
use crate::token::{ReadyToken, Token};
use crate::webhook::Webhook;

/// A way to sign, and who signs.
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
            let reason = "is required: build the client with `.app(key, secret)`, `.app_in(..)`, `.suite(..)`, `.token(..)` \
                          or `.token_provider(..)`, or set one for this call with `.token(..)`";
            return Err(self.invalid("token", reason));
        };
        if self.operation.token_kinds() == [TokenKind::User]
            && tokens.kind() == Some(TokenKind::Application)
        {
            let reason = "must be a user's, found the application's: set a user's with `.token(..)`, or make the call with \
                          `client.with_token_provider(..)` and a `UserToken`";
            return Err(self.invalid("token", reason));
        }
        match tokens.get(&self.client).await {
            Ok(token) => Ok(Some(token)),
            Err(cause) => Err(self.token_failure(cause, sent)),
        }
    }

    /// The signer of the request, if it is signed.
    pub(super) async fn signer(&self, sent: u32) -> CallResult<Option<Ready>> {
        let Some(name) = self.operation.signature() else {
            return Ok(None);
        };
        let endpoint = &self.request.endpoint;
        let signature = endpoint.signature(name).ok_or_else(|| {
            let api = endpoint.api.name;
            let reason = format!("is `{name}`, which the API `{api}` does not have");
            self.invalid("signature", reason)
        })?;
        let webhooks = self.webhook.as_ref().and_then(Webhook::signer);
        let signer = match (signature.signer, webhooks) {
            (SignedBy::Webhook, None) => return Ok(None),
            _ if self.masked => Signer::masked(),
            (SignedBy::Webhook, Some(signer)) => signer,
            (SignedBy::Application, _) => self.application(signature, sent).await?,
        };
        match signer.fault(signature) {
            Some(fault) => Err(self.invalid("signer", fault)),
            None => Ok(Some((signature, signer))),
        }
    }

    /// The call's own signer, or the client's.
    async fn application(&self, signature: &Signature, sent: u32) -> CallResult<Signer> {
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
