//! Credentials for many organizations, and the token store.

use std::sync::Arc;

use super::ClientBuilder;
use crate::build_error::BuildError;
use crate::client::Client;
use crate::token::{SuiteTickets, SuiteToken, TokenProvider, TokenStore, UnifiedToken};

impl<C: From<Client>> ClientBuilder<C> {
    /// Calls as an application in the organization with this corp id. This is the platform's newer grant, for internal
    /// and third-party applications alike. `Client::for_organisation` returns the client of another organization.
    pub fn app_in(
        mut self,
        corp_id: impl Into<String>,
        key: impl Into<String>,
        secret: impl Into<String>,
    ) -> Self {
        self.add_credentials("app_in", UnifiedToken::new(key, secret, corp_id));
        self
    }

    /// Calls as a third-party application, also called suite. `tickets` returns the newest suite ticket, which the
    /// platform replaces every few hours; the client asks for it when it fetches a token.
    ///
    /// The client itself has the suite's own token, which belongs to no organization. `Client::for_organisation`
    /// returns the client of an organization that authorized the application.
    pub fn suite(
        mut self,
        key: impl Into<String>,
        secret: impl Into<String>,
        tickets: impl SuiteTickets,
    ) -> Self {
        self.add_credentials("suite", SuiteToken::new(key, secret, tickets));
        self
    }

    /// Shares tokens through this store with other processes that have the same credentials: one of them fetches a
    /// token, and the others take it. Default: each client keeps its tokens to itself.
    ///
    /// Tokens with a [key](crate::TokenProvider::key) are shared: not fixed ones, those of users who are not
    /// [identified](crate::UserToken::identified_by), or those of providers without a key.
    pub fn token_store(mut self, store: impl TokenStore) -> Self {
        self.store = Some(Arc::new(store));
        self
    }

    /// Adds what one of the builder's methods was given, or keeps what is wrong with it for `build`.
    pub(super) fn add_credentials<P: TokenProvider>(
        &mut self,
        method: &'static str,
        provider: Result<P, BuildError>,
    ) {
        match provider {
            Ok(provider) => self.credentials.push((method, Box::new(provider))),
            Err(error) => self.note(method, error.reason()),
        }
    }
}
