//! Caches a token, and fetches a new one when needed: once for all calls that wait.

use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use super::backoff::Backoff;
use super::shared::Shared;
use super::{ReadyToken, Token, TokenProvider, TokenRequest, Unusable};
use crate::client::Client;
use crate::error::{ApiError, Error};
use crate::operation::TokenKind;
use crate::sign::Signer;

/// How often a waiting call starts the fetch again that was broken off under it.
const STARTS: usize = 2;

/// How long the call that renews a token waits for the new one, while the old one is still good.
const PATIENCE: Duration = Duration::from_secs(5);

/// The longest time for which fetches are not tried again after they have failed several times in a row.
const FAILED: Duration = Duration::from_secs(5);

/// The longest time for which a server that rejects one token after the other gets no new one.
const REJECTED: Duration = Duration::from_millis(500);

/// The longest wait that a server can ask for.
const TOLD: Duration = Duration::from_secs(60);

/// A client's token.
pub(crate) struct TokenCache {
    provider: Box<dyn TokenProvider>,
    state: Mutex<State>,
}

struct State {
    held: Option<ReadyToken>,
    rejected: Option<Token>,
    flight: Option<watch::Receiver<Option<Fetched>>>,
    /// What the last fetch failed with.
    failure: Option<Failure>,
    failures: Backoff,
    rejections: Backoff,
}

type Failure = Arc<dyn StdError + Send + Sync>;

/// Shared by all that waited for it.
type Fetched = Result<ReadyToken, Failure>;

/// What a call that needs a token does next.
enum Step {
    Take(Fetched),
    /// Wait for the fetch; the token is what is still good meanwhile.
    Wait(watch::Receiver<Option<Fetched>>, Option<ReadyToken>),
}

impl TokenCache {
    pub(crate) fn new(provider: Box<dyn TokenProvider>) -> Self {
        let state = State {
            held: None,
            rejected: None,
            flight: None,
            failure: None,
            failures: Backoff::new(FAILED),
            rejections: Backoff::new(REJECTED),
        };
        Self {
            provider,
            state: Mutex::new(state),
        }
    }

    /// Whose tokens it holds, if that is known.
    pub(crate) fn kind(&self) -> Option<TokenKind> {
        self.provider.kind()
    }

    /// A signer with the provider's key and secret, if it has them. `ticket` adds the suite ticket.
    pub(crate) async fn signer(&self, ticket: bool) -> Result<Option<Signer>, Failure> {
        let Some((key, secret)) = self.provider.application() else {
            return Ok(None);
        };
        let signer = Signer::new(key, secret);
        let ticket = if ticket {
            self.provider.ticket().await.map_err(Failure::from)?
        } else {
            None
        };
        Ok(Some(match ticket {
            Some(ticket) => signer.ticket(ticket),
            None => signer,
        }))
    }

    pub(crate) fn provider(&self) -> &dyn TokenProvider {
        &*self.provider
    }

    /// Whether it holds nothing that would have to be fetched again if it were dropped.
    pub(super) fn is_idle(&self) -> bool {
        let state = self.lock();
        state.flight.is_none() && !state.held.as_ref().is_some_and(ReadyToken::is_good)
    }

    /// A token to call with.
    pub(crate) async fn get(self: &Arc<Self>, client: &Client) -> Fetched {
        for _ in 0..STARTS {
            let (mut flight, good) = match self.step(client) {
                Step::Take(outcome) => return outcome,
                Step::Wait(flight, good) => (flight, good),
            };
            let landed = flight.wait_for(Option::is_some);
            let Some(good) = good else {
                match landed.await.ok().and_then(|outcome| outcome.clone()) {
                    Some(outcome) => return outcome,
                    None => continue,
                }
            };
            let landed = tokio::time::timeout(PATIENCE, landed).await;
            let outcome = landed.ok().and_then(|landed| landed.ok()?.clone());
            return Ok(outcome.and_then(Result::ok).unwrap_or(good));
        }
        Err(Arc::new(Unusable::BrokenOff))
    }

    fn step(self: &Arc<Self>, client: &Client) -> Step {
        let mut state = self.lock();
        let mut good = None;
        if let Some(held) = &state.held {
            if held.is_fresh() {
                return Step::Take(Ok(held.clone()));
            }
            if held.is_good() {
                // One call renews it; the others go on with it.
                if state.flight.is_some() || state.failures.is_waiting() {
                    return Step::Take(Ok(held.clone()));
                }
                good = Some(held.clone());
            }
        }
        if let Some(flight) = &state.flight {
            return Step::Wait(flight.clone(), good);
        }
        match &state.failure {
            Some(failure) if good.is_none() && state.failures.is_waiting() => {
                Step::Take(Err(Arc::clone(failure)))
            }
            _ => Step::Wait(self.start(&mut state, client), good),
        }
    }

    /// A token instead of one that the server has rejected; `None` if there can be no other, or if the server
    /// rejects whatever it gets.
    pub(crate) async fn replace(
        self: &Arc<Self>,
        client: &Client,
        rejected: &ReadyToken,
    ) -> Option<Fetched> {
        if !self.provider.can_replace() {
            return None;
        }
        {
            let mut state = self.lock();
            let held = state.held.as_ref();
            // Another call may have replaced it already.
            if held.is_some_and(|held| held.value() == rejected.value()) {
                if state.rejections.is_waiting() {
                    return None;
                }
                state.rejections.note(Duration::ZERO);
                state.held = None;
                state.rejected = Some(rejected.token().clone());
            }
        }
        Some(self.get(client).await)
    }

    /// Starts a fetch. It is a task of its own: a call that stops waiting must not stop the others' fetch.
    fn start(
        self: &Arc<Self>,
        state: &mut State,
        client: &Client,
    ) -> watch::Receiver<Option<Fetched>> {
        let (sender, receiver) = watch::channel(None);
        state.flight = Some(receiver.clone());
        let rejected = state.rejected.clone();
        let client = client.without_tokens();
        let landing = Landing {
            cache: Arc::clone(self),
            sender,
            landed: false,
        };
        tokio::spawn(async move {
            let outcome = landing.cache.fetch(&client, rejected.as_ref()).await;
            landing.land(outcome);
        });
        receiver
    }

    async fn fetch(&self, client: &Client, rejected: Option<&Token>) -> Fetched {
        let fetch = self.ask(client, rejected);
        match (&client.core().store, self.provider.key()) {
            (Some(store), Some(key)) => {
                let key = key.at(client.base_url());
                let shared = Shared::new(&**store, &key, client.core().timeout);
                shared.fetch(rejected, fetch).await
            }
            _ => fetch.await,
        }
    }

    async fn ask(&self, client: &Client, rejected: Option<&Token>) -> Fetched {
        let limit = client.core().timeout;
        let fetch = self.provider.fetch(TokenRequest { client, rejected });
        match tokio::time::timeout(limit, fetch).await {
            Ok(Ok(token)) => {
                ReadyToken::new(token).map_err(|fault| Arc::new(Unusable::Unfit(fault)) as _)
            }
            Ok(Err(error)) => Err(Arc::from(error)),
            Err(_) => Err(Arc::new(Unusable::Late(limit))),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for TokenCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl State {
    fn failed(&mut self, failure: Failure) {
        let call = failure.downcast_ref::<Error<ApiError>>();
        let told = call.and_then(Error::api).and_then(ApiError::wait);
        self.failures.note(told.unwrap_or_default().min(TOLD));
        self.failure = Some(failure);
    }
}

/// Ends a fetch for those who wait, also when its task is dropped.
struct Landing {
    cache: Arc<TokenCache>,
    sender: watch::Sender<Option<Fetched>>,
    landed: bool,
}

impl Landing {
    fn land(mut self, outcome: Fetched) {
        let mut state = self.cache.lock();
        match &outcome {
            Ok(held) => {
                state.held = Some(held.clone());
                state.rejected = None;
                state.failure = None;
                state.failures.reset();
            }
            // What was held stays: it may still be good.
            Err(failure) => state.failed(Arc::clone(failure)),
        }
        state.flight = None;
        drop(state);
        self.landed = true;
        self.sender.send_replace(Some(outcome));
    }
}

impl Drop for Landing {
    fn drop(&mut self) {
        if !self.landed {
            let mut state = self.cache.lock();
            state.flight = None;
            state.failed(Arc::new(Unusable::BrokenOff));
        }
    }
}
