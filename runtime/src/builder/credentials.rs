//! Who calls in many organisations, and where tokens are shared.

use std::sync::Arc;

use super::ClientBuilder;
use crate::client::Client;
use crate::token::{SuiteTickets, SuiteToken, TokenStore, UnifiedToken};

impl<C: From<Client>> ClientBuilder<C> {
    /// Calls as an application in the organisation with this corp id. It is the platform's newer way, for internal
    /// and third-party applications; [`for_organisation`](Client::for_organisation) gives the client of another
    /// organisation.
    pub fn app_in(
        mut self,
        corp_id: impl Into<String>,
        key: impl Into<String>,
        secret: impl Into<String>,
    ) -> Self {
        let (corp_id, key, secret) = (corp_id.into(), key.into(), secret.into());
        self.check_pair("app_in", &key, &secret);
        if corp_id.trim().is_empty() {
            self.note("app_in", "the organisation's id is empty");
        }
        self.credentials
            .push(("app_in", Box::new(UnifiedToken::new(key, secret, corp_id))));
        self
    }

    /// Calls as a third-party application, also called suite. `tickets` gives the newest suite ticket, of which the
    /// platform pushes another one every few hours; it is asked when a token has to be fetched.
    ///
    /// The client itself has the suite's own token, for no organisation in particular;
    /// [`for_organisation`](Client::for_organisation) gives the client of each organisation that authorised the
    /// application.
    pub fn suite(
        mut self,
        key: impl Into<String>,
        secret: impl Into<String>,
        tickets: impl SuiteTickets,
    ) -> Self {
        let (key, secret) = (key.into(), secret.into());
        self.check_pair("suite", &key, &secret);
        self.credentials
            .push(("suite", Box::new(SuiteToken::new(key, secret, tickets))));
        self
    }

    /// Shares tokens through this store with other processes that have the same credentials, so that one of them
    /// fetches a token and the others take it. Without it, each client keeps its tokens to itself.
    ///
    /// Tokens with a [key](crate::TokenProvider::key) are shared: all but fixed ones, those of users who have not been
    /// [identified](crate::UserToken::identified_by), and those of providers that give no key.
    pub fn token_store(mut self, store: impl TokenStore) -> Self {
        self.store = Some(Arc::new(store));
        self
    }

    pub(super) fn check_pair(&mut self, method: &'static str, key: &str, secret: &str) {
        if key.trim().is_empty() {
            self.note(method, "the application's key is empty");
        } else if secret.trim().is_empty() {
            self.note(method, "the application's secret is empty");
        }
    }
}
