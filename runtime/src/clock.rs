//! The clock that this machine shares with the platform.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The time since 1970; zero on a clock that is set to an earlier time.
pub(crate) fn since_1970() -> Duration {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.unwrap_or_default()
}
