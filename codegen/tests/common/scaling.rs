//! How time grows with the size of what is read.

use std::fs;
use std::time::{Duration, Instant};

/// How much more time four times as much may take. In linear time it is four times as much, in quadratic sixteen.
const MOST: u32 = 8;

/// How often it is measured before it fails.
const ATTEMPTS: usize = 4;

/// Fails if four times as much takes more than linear time, and reserves, ask for.
pub(crate) fn is_linear<T>(name: &str, small: usize, make: impl Fn(usize) -> T, work: impl Fn(&T)) {
    let least = |size| {
        let input = make(size);
        let time = |_| {
            let started = now();
            work(&input);
            now().saturating_sub(started)
        };
        (0..3).map(time).min().unwrap_or_default()
    };
    // The system counts in ticks of milliseconds, and caches are shared: a quadratic step shows in each of the attempts.
    let mut seen = Vec::new();
    let linear = (0..ATTEMPTS).any(|_| {
        let (one, four) = (least(small), least(4 * small));
        seen.push((one, four));
        four < MOST * one.max(Duration::from_millis(1))
    });
    assert!(
        linear,
        "{name}: time for {small}, and for four times as much: {seen:?}"
    );
}

/// The CPU time of this thread, where the system gives it: others may keep the machine busy.
fn now() -> Duration {
    let statistics = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let worked = statistics.and_then(|text| text.split(' ').next()?.parse().ok());
    worked.map_or_else(since_start, Duration::from_nanos)
}

fn since_start() -> Duration {
    static START: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

/// The spec of one operation with `rest` behind its first keys.
pub(crate) fn operation(rest: &str) -> String {
    format!("operation: Big\nsummary: Is big\nmethod: POST\npath: /v1.0/demo/big\n{rest}")
}

/// Lines made of numbers.
pub(crate) fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}
