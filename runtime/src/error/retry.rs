//! Whether what a call met allows sending it again.

use super::{ApiError, Error};
use crate::operation::ErrorClass;
use crate::retry::Pause;
use crate::transport::TransportErrorKind;

/// What to wait for before sending again; `None` if it must not be sent again, or would fail again.
///
/// This is the table of [`retry`](crate::retry).
pub(crate) fn retry_after<E>(error: &Error<E>, api: fn(&E) -> &ApiError) -> Option<Pause> {
    match error {
        Error::Api(error) => refused(api(error)),
        Error::Authentication(error)
        | Error::Permission(error)
        | Error::Throttled(error)
        | Error::Quota(error) => refused(error),
        Error::Transport(failure) => {
            let attempts = failure.attempts;
            let safe = attempts.made == 0
                || attempts.repeatable
                || failure.error().kind().is_before_sending();
            (safe && may_pass(failure.error().kind())).then_some(Pause::Backoff)
        }
        Error::UnexpectedReply(reply) => match reply.status {
            429 => Some(Pause::Throttled),
            status => (reply.attempts.repeatable && is_fault(status)).then_some(Pause::Backoff),
        }
        .map(|pause| pause.or_asked(reply.wait)),
        Error::Limited(_) => Some(Pause::Throttled),
        // What fetched the token has retried already.
        Error::Token(_) | Error::InvalidArgument(_) | Error::Decode(_) | Error::PageLimit(_) => {
            None
        }
    }
}

/// The same for what the server said.
pub(super) fn refused(error: &ApiError) -> Option<Pause> {
    let repeatable = error.sending().repeatable;
    let pause = match error.class() {
        Some(ErrorClass::Throttled) => Pause::Throttled,
        Some(ErrorClass::ThrottledMinute) => Pause::NextMinute,
        Some(ErrorClass::RetryLater) if repeatable => Pause::Throttled,
        Some(ErrorClass::Transient) if repeatable => Pause::Backoff,
        None if repeatable && is_fault(error.status()) => Pause::Backoff,
        _ => return None,
    };
    Some(pause.or_asked(error.wait()))
}

/// Whether it can go away without anyone doing anything.
pub(crate) fn may_pass(kind: TransportErrorKind) -> bool {
    use TransportErrorKind as Kind;
    !matches!(
        kind,
        Kind::Tls | Kind::RequestBody | Kind::BodyTooLarge | Kind::Runtime | Kind::Other
    )
}

/// Whether a status is a fault of the server that may pass: not that it can never do what was asked.
pub(crate) fn is_fault(status: u16) -> bool {
    status >= 500 && !matches!(status, 501 | 505)
}
