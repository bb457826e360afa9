//! A token that is ready to be sent, and for how long it is good.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::HeaderValue;
use serde_json::{Value, json};
use tokio::time::Instant;

use super::Token;
use crate::credential::token_fault;

/// A token is renewed this long before it expires, or after nine tenths of its time if that is later.
const RENEWED: Duration = Duration::from_secs(300);

/// It is no longer sent this long before it expires, to allow for the network and the server's clock.
const GIVEN_UP: Duration = Duration::from_secs(30);

/// No token is kept longer than this.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// A token that is ready to be sent.
#[derive(Clone)]
pub(crate) struct ReadyToken {
    token: Arc<Token>,
    header: HeaderValue,
    time: Option<Time>,
}

#[derive(Clone, Copy)]
struct Time {
    renew: Instant,
    give_up: Instant,
}

impl ReadyToken {
    /// The error says what is wrong with the token.
    pub(crate) fn new(token: Token) -> Result<Self, &'static str> {
        let lifetime = token.valid_for.map(|time| time.min(LONGEST));
        let margins = lifetime.map(|time| {
            let renew = time.saturating_sub(RENEWED.min(time / 10));
            (renew, time.saturating_sub(GIVEN_UP.min(time / 50)))
        });
        Self::lasting(token, margins)
    }

    fn lasting(token: Token, times: Option<(Duration, Duration)>) -> Result<Self, &'static str> {
        if let Some(fault) = token_fault(token.value()) {
            return Err(fault);
        }
        let mut header =
            HeaderValue::from_str(token.value()).map_err(|_| "cannot be sent in a header")?;
        header.set_sensitive(true);
        let now = Instant::now();
        let time = times.map(|(renew, give_up)| Time {
            renew: now + renew.min(LONGEST),
            give_up: now + give_up.min(LONGEST),
        });
        Ok(Self {
            token: Arc::new(token),
            header,
            time,
        })
    }

    pub(crate) fn value(&self) -> &str {
        self.token.value()
    }

    pub(crate) fn header(&self) -> HeaderValue {
        self.header.clone()
    }

    pub(super) fn token(&self) -> &Token {
        &self.token
    }

    /// Whether it need not be renewed yet.
    pub(super) fn is_fresh(&self) -> bool {
        self.time.is_none_or(|time| Instant::now() < time.renew)
    }

    /// Whether it can still be sent.
    pub(super) fn is_good(&self) -> bool {
        self.time.is_none_or(|time| Instant::now() < time.give_up)
    }

    /// What a store keeps of it, and for how long; `None` if it is not known how long it is good.
    pub(super) fn to_entry(&self) -> Option<(String, Duration)> {
        let time = self.time?;
        let rest = |until: Instant| until.saturating_duration_since(Instant::now());
        let entry = json!({
            "token": self.value(),
            "renew": on_the_clock(rest(time.renew))?,
            "give_up": on_the_clock(rest(time.give_up))?,
        });
        let keep = rest(time.give_up);
        (!keep.is_zero()).then(|| (entry.to_string(), keep))
    }

    /// A token that a store kept; `None` if the entry is damaged.
    pub(super) fn from_entry(entry: &str) -> Option<Self> {
        let entry: Value = serde_json::from_str(entry).ok()?;
        let rest = |name: &str| Some(until(entry.get(name)?.as_u64()?));
        let token = Token::new(entry.get("token")?.as_str()?);
        Self::lasting(token, Some((rest("renew")?, rest("give_up")?))).ok()
    }
}

/// Milliseconds of the clock that processes and machines share.
fn on_the_clock(rest: Duration) -> Option<u64> {
    let at = SystemTime::now().checked_add(rest)?;
    let since = at.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    u64::try_from(since.as_millis()).ok()
}

fn until(milliseconds: u64) -> Duration {
    SystemTime::UNIX_EPOCH
        .checked_add(Duration::from_millis(milliseconds))
        .and_then(|at| at.duration_since(SystemTime::now()).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{LONGEST, ReadyToken};
    use crate::token::Token;

    fn held(seconds: u64) -> Option<ReadyToken> {
        ReadyToken::new(Token::new("t").valid_for(Duration::from_secs(seconds))).ok()
    }

    #[tokio::test(start_paused = true)]
    async fn an_entry_gives_the_same_token_for_the_same_time() {
        let (entry, keep) = held(7200)
            .and_then(|held| held.to_entry())
            .unwrap_or_default();
        assert_eq!(keep, Duration::from_secs(7170));
        let held = ReadyToken::from_entry(&entry);
        assert_eq!(held.as_ref().map(ReadyToken::value), Some("t"));
        tokio::time::advance(Duration::from_secs(6890)).await;
        assert!(held.as_ref().is_some_and(ReadyToken::is_fresh));
        tokio::time::advance(Duration::from_secs(11)).await;
        assert!(
            held.as_ref()
                .is_some_and(|held| !held.is_fresh() && held.is_good())
        );
        tokio::time::advance(Duration::from_secs(270)).await;
        assert!(held.is_some_and(|held| !held.is_good()));
    }

    #[test]
    fn a_damaged_entry_is_none() {
        for entry in [
            "",
            "t",
            "{}",
            r#"{"token": "t"}"#,
            r#"{"token": "t", "renew": -1, "give_up": 5}"#,
            r#"{"token": "a\nb", "renew": 1, "give_up": 5}"#,
        ] {
            assert!(ReadyToken::from_entry(entry).is_none(), "{entry}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn nothing_is_kept_for_absurdly_long_or_at_all_when_it_has_expired() {
        let entry = format!(
            r#"{{"token": "t", "renew": {0}, "give_up": {0}}}"#,
            u64::MAX
        );
        let both = [held(u64::MAX), ReadyToken::from_entry(&entry)];
        tokio::time::advance(LONGEST).await;
        assert!(both.iter().flatten().all(|held| !held.is_good()));
        assert!(held(0).is_some_and(|held| !held.is_good() && held.to_entry().is_none()));
        let old = ReadyToken::from_entry(r#"{"token": "t", "renew": 1, "give_up": 5}"#);
        assert!(old.is_some_and(|held| !held.is_good()));
    }
}
