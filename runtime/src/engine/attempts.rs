//! The attempts of a call, within its time.

use std::time::Duration;

use tokio::runtime::Handle;
use tokio::time::{Instant, sleep, timeout_at};
use tracing::Instrument;

use super::PreparedCall;
use crate::error::{
    ApiError, Attempts, CallResult, Error, LimitFailure, OperationError, Stopped, TransportFailure,
    retry_after,
};
use crate::operation::ErrorClass;
use crate::reply::RawReply;
use crate::request::Payload;
use crate::retry::Pause;
use crate::trace;
use crate::transport::{TransportError, TransportErrorKind};
use crate::webhook::Webhook;

/// The end of a call whose timeout no clock can tell.
const FOREVER: Duration = Duration::from_secs(60 * 60 * 24 * 365);

/// The state of a call. It outlives the attempts, which the call's timeout may end at any point.
#[derive(Default)]
struct Progress {
    sent: u32,
    /// The attempts that count for the policy: not the one that ended with a rejected token.
    counted: u32,
    token_replaced: bool,
    /// Whether an attempt is being made right now.
    in_flight: bool,
    /// What the last attempt failed with, while the next one is waited for or made.
    last: Option<Error>,
}

impl PreparedCall {
    /// Carries it out.
    pub(crate) async fn run(&self) -> CallResult<RawReply> {
        if Handle::try_current().is_err() {
            let reason = "no tokio runtime drives it: call it inside one, or use `send_blocking`";
            let error = TransportError::new(TransportErrorKind::Runtime).with_reason(reason);
            return Err(self.transport_failure(error));
        }
        let span = trace::call(self.operation);
        let outcome = async {
            self.admit_webhook().await?;
            self.within_time().await
        };
        let outcome = outcome.instrument(span.clone()).await;
        trace::end(&span, &outcome, |reply| self.loggable_request_id(reply));
        outcome
    }

    /// Waits for the webhook's own limit, for as long as it takes.
    async fn admit_webhook(&self) -> CallResult<()> {
        let Some(webhook) = &self.webhook else {
            return Ok(());
        };
        if let Some(limit) = webhook.limit() {
            let admitted = limit.admit(Instant::now() + FOREVER).await;
            admitted.map_err(|exceeded| {
                <Error>::Limited(Box::new(LimitFailure::new(self.operation, exceeded)))
            })?;
        }
        match webhook.expired() {
            Some(reason) => Err(self.invalid("webhook", reason)),
            None => Ok(()),
        }
    }

    /// Makes the attempts within the call's time.
    async fn within_time(&self) -> CallResult<RawReply> {
        let now = Instant::now();
        let deadline = now
            .checked_add(self.timeout)
            .unwrap_or_else(|| now + FOREVER);
        let mut progress = Progress::default();
        if let Ok(outcome) = timeout_at(deadline, self.attempts(deadline, &mut progress)).await {
            return outcome;
        }
        let mut failure =
            TransportFailure::new(self.operation, TransportError::timeout(self.timeout));
        failure.attempts = self.sending(progress.sent, None);
        // It would not have been sent again if that were not safe.
        failure.attempts.repeatable |= !progress.in_flight;
        failure.previous = progress.last;
        Err(Error::Transport(Box::new(failure)))
    }

    /// Sends it until it succeeds, or until sending again is of no use, not safe, or not allowed.
    async fn attempts(&self, deadline: Instant, progress: &mut Progress) -> CallResult<RawReply> {
        let core = self.client.core();
        // A file that cannot be sent is reported before a token is fetched.
        if let Some(Payload::Multipart(form)) = &self.request.body {
            self.open(form).await?;
        }
        let mut replacement = None;
        loop {
            let token = match replacement.take() {
                Some(token) => Some(token),
                None => self.token(progress.sent).await?,
            };
            let signer = self.signer(progress.sent).await?;
            self.admit(deadline, progress).await?;
            progress.sent += 1;
            progress.counted += 1;
            progress.in_flight = true;
            let outcome = self
                .attempt(token.as_ref(), signer.as_ref(), progress.sent)
                .await;
            progress.in_flight = false;
            let mut error = match outcome {
                Ok(reply) => {
                    core.retries.credit();
                    return Ok(reply);
                }
                Err(error) if is_rejection(&error) && !progress.token_replaced => {
                    progress.token_replaced = true;
                    progress.last = Some(error);
                    let replaced = self.replace(token.as_ref(), progress.sent).await;
                    let Some(mut error) = progress.last.take() else {
                        continue;
                    };
                    match replaced {
                        // A reader cannot be read again, but the next call has another token.
                        Ok(Some(_)) | Err(_) if self.request.is_spent() => {
                            let stopped = Some(Stopped::Reader);
                            error.set_attempts(self.sending(progress.sent, stopped));
                            return Err(error);
                        }
                        Ok(Some(token)) => {
                            trace::token_replaced(self.operation);
                            progress.last = Some(error);
                            progress.counted -= 1;
                            replacement = Some(token);
                            continue;
                        }
                        Ok(None) => error,
                        Err(failure) => return Err(failure),
                    }
                }
                Err(error) => match (error, progress.last.take()) {
                    // A file went away meanwhile. The earlier error says what became of the call.
                    (Error::InvalidArgument(_), Some(mut earlier)) => {
                        let stopped = Some(Stopped::File);
                        earlier.set_attempts(self.sending(progress.sent - 1, stopped));
                        return Err(earlier);
                    }
                    (error, _) => error,
                },
            };
            match self.next_wait(&error, deadline, progress.counted) {
                Ok(wait) => {
                    trace::waits(self.operation, &error, wait);
                    progress.last = Some(error);
                    sleep(wait).await;
                }
                Err(stopped) => {
                    error.set_attempts(self.sending(progress.sent, stopped));
                    self.tell_wait(&mut error);
                    return Err(error);
                }
            }
        }
    }

    /// Waits for the client's own limit.
    async fn admit(&self, deadline: Instant, progress: &mut Progress) -> CallResult<()> {
        let mut admitted = Ok(());
        if let Some(limiter) = &self.client.core().limiter {
            admitted = limiter.admit(self.operation, deadline).await;
        }
        // The first attempt was admitted before the call's time began.
        let limit = self.webhook.as_ref().and_then(Webhook::limit);
        if let (Some(limit), Ok(()), true) = (limit, &admitted, progress.sent > 0) {
            admitted = limit.admit(deadline).await;
        }
        let Err(exceeded) = admitted else {
            return Ok(());
        };
        // The error of an earlier attempt says more.
        Err(match progress.last.take() {
            Some(mut error) => {
                let stopped = Stopped::Deadline(exceeded.wait);
                error.set_attempts(self.sending(progress.sent, Some(stopped)));
                error
            }
            None => Error::Limited(Box::new(LimitFailure::new(self.operation, exceeded))),
        })
    }

    /// How long to wait before the next attempt; why there is none if there could have been one.
    fn next_wait(
        &self,
        error: &Error,
        deadline: Instant,
        made: u32,
    ) -> Result<Duration, Option<Stopped>> {
        let pause = retry_after(error, ApiError::api).ok_or(None)?;
        if !self.retry.allows_another(made) {
            return Err(None);
        }
        if self.request.is_spent() {
            return Err(Some(Stopped::Reader));
        }
        let floor = self.retry.floor(pause);
        if !self.retry.grants(floor) {
            return Err(Some(Stopped::TooLong(floor)));
        }
        let wait = floor.saturating_add(self.retry.jitter(made));
        if wait >= deadline.saturating_duration_since(Instant::now()) {
            return Err(Some(Stopped::Deadline(wait)));
        }
        if !self.client.core().retries.pay() {
            return Err(Some(Stopped::Budget));
        }
        Ok(wait)
    }

    /// Completes the wait in a throttled call's error.
    fn tell_wait(&self, error: &mut Error) {
        let pause = retry_after(error, ApiError::api);
        if let (Some(pause), Some(said)) = (pause, error.said_mut())
            && pause != Pause::Backoff
        {
            said.set_wait(self.retry.floor(pause));
        }
    }

    pub(super) fn sending(&self, made: u32, stopped: Option<Stopped>) -> Attempts {
        Attempts {
            made,
            repeatable: self.repeatable,
            stopped,
        }
    }
}

fn is_rejection(error: &Error) -> bool {
    let class = |error: &ApiError| error.class() == Some(ErrorClass::TokenRejected);
    match error {
        Error::Api(error) | Error::Authentication(error) => class(error),
        _ => false,
    }
}
