//! Keeps a token, and fetches another one when it is needed: once for all calls that wait.

use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::HeaderValue;
use tokio::sync::watch;
use tokio::time::Instant;

use super::{Token, TokenProvider, TokenRequest, Unusable};
use crate::client::Client;

/// A token is given up this long before it expires, or after nine tenths of its time if that is later.
const MARGIN: Duration = Duration::from_secs(300);

/// No token is kept longer, whatever is said of it.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// How often a waiting call starts the fetch again that was broken off under it.
const STARTS: usize = 2;

/// A client's token.
pub(crate) struct TokenCache {
    provider: Box<dyn TokenProvider>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    held: Option<Held>,
    rejected: Option<Token>,
    flight: Option<watch::Receiver<Option<Outcome>>>,
}

/// A token that is ready to be sent.
#[derive(Clone)]
pub(crate) struct Held {
    token: Arc<Token>,
    header: HeaderValue,
    until: Option<Instant>,
}

/// Shared by all that waited for it.
type Outcome = Result<Held, Arc<dyn StdError + Send + Sync>>;

impl Held {
    pub(crate) fn new(token: Token) -> Result<Self, Unusable> {
        let mut header = match HeaderValue::from_str(token.value()) {
            Ok(header) if !header.is_empty() => header,
            _ => return Err(Unusable::NoHeader),
        };
        header.set_sensitive(true);
        let until = token.valid_for.map(|time| {
            let time = time.min(LONGEST);
            Instant::now() + time.saturating_sub(MARGIN.min(time / 10))
        });
        Ok(Self {
            token: Arc::new(token),
            header,
            until,
        })
    }

    pub(crate) fn value(&self) -> &str {
        self.token.value()
    }

    pub(crate) fn header(&self) -> HeaderValue {
        self.header.clone()
    }

    fn is_fresh(&self) -> bool {
        self.until.is_none_or(|until| Instant::now() < until)
    }
}

impl TokenCache {
    pub(crate) fn new(provider: Box<dyn TokenProvider>) -> Self {
        Self {
            provider,
            state: Mutex::default(),
        }
    }

    /// A token to call with.
    pub(crate) async fn get(self: &Arc<Self>, client: &Client) -> Outcome {
        for _ in 0..STARTS {
            let mut flight = {
                let mut state = self.lock();
                if let Some(held) = state.held.as_ref().filter(|held| held.is_fresh()) {
                    return Ok(held.clone());
                }
                match &state.flight {
                    Some(flight) => flight.clone(),
                    None => self.start(&mut state, client),
                }
            };
            if let Ok(outcome) = flight.wait_for(Option::is_some).await
                && let Some(outcome) = outcome.clone()
            {
                return outcome;
            }
        }
        Err(Arc::new(Unusable::BrokenOff))
    }

    /// A token instead of one that the server has rejected; `None` if there can be no other.
    pub(crate) async fn replace(
        self: &Arc<Self>,
        client: &Client,
        rejected: &Held,
    ) -> Option<Outcome> {
        if !self.provider.can_replace() {
            return None;
        }
        {
            let mut state = self.lock();
            // Another call may have replaced it already.
            if state
                .held
                .as_ref()
                .is_some_and(|held| held.value() == rejected.value())
            {
                state.held = None;
                state.rejected = Some(Token::clone(&rejected.token));
            }
        }
        Some(self.get(client).await)
    }

    /// Starts a fetch. It is a task of its own: a call that stops waiting must not stop the others' fetch.
    fn start(
        self: &Arc<Self>,
        state: &mut State,
        client: &Client,
    ) -> watch::Receiver<Option<Outcome>> {
        let (sender, receiver) = watch::channel(None);
        state.flight = Some(receiver.clone());
        let rejected = state.rejected.take();
        let client = client.without_tokens();
        let landing = Landing {
            cache: Arc::clone(self),
            sender,
        };
        tokio::spawn(async move {
            let outcome = landing.cache.fetch(&client, rejected.as_ref()).await;
            landing.land(outcome);
        });
        receiver
    }

    async fn fetch(&self, client: &Client, rejected: Option<&Token>) -> Outcome {
        let limit = client.core().timeout;
        let fetch = self.provider.fetch(TokenRequest { client, rejected });
        match tokio::time::timeout(limit, fetch).await {
            Ok(Ok(token)) => Held::new(token).map_err(|error| Arc::new(error) as _),
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

/// Ends a fetch for those who wait, also when its task is dropped.
struct Landing {
    cache: Arc<TokenCache>,
    sender: watch::Sender<Option<Outcome>>,
}

impl Landing {
    fn land(&self, outcome: Outcome) {
        let mut state = self.cache.lock();
        state.held = outcome.as_ref().ok().cloned();
        self.sender.send_replace(Some(outcome));
    }
}

impl Drop for Landing {
    fn drop(&mut self) {
        self.cache.lock().flight = None;
    }
}
