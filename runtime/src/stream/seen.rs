//! Remembers which frames were delivered before.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

/// How long a frame is remembered after its handler has ended.
const LIFE: Duration = Duration::from_secs(5 * 60);

/// The maximum number of such frames' ids, about 150 bytes each. A frame has two at most.
const MOST: usize = 200_000;

/// What has become of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Running,
    Handled,
}

/// The frames that are being handled or were handled in the last minutes, by their ids.
#[derive(Debug, Default)]
pub(super) struct Seen {
    fates: HashMap<Arc<str>, Fate>,
    /// The handled ones and when, oldest first.
    handled: VecDeque<(Instant, Arc<str>)>,
}

impl Seen {
    /// What has become of the frame with one of these ids. If it is new, returns `None` and notes it as running until
    /// it is [settled](Self::settle).
    pub(super) fn note(&mut self, ids: &[String]) -> Option<Fate> {
        self.forget_old();
        let known = ids.iter().find_map(|id| self.fates.get(&**id));
        if let Some(fate) = known {
            return Some(*fate);
        }
        for id in ids {
            self.fates.insert(Arc::from(&**id), Fate::Running);
        }
        None
    }

    /// Notes that a running frame was handled, or forgets it, so that it is handled if it is delivered again.
    pub(super) fn settle(&mut self, ids: &[String], handled: bool) {
        let now = Instant::now();
        for id in ids {
            // A frame's two ids may be the same.
            if self.fates.get(&**id) != Some(&Fate::Running) {
                continue;
            }
            if let Some((id, _)) = self.fates.remove_entry(&**id)
                && handled
            {
                self.handled.push_back((now, Arc::clone(&id)));
                self.fates.insert(id, Fate::Handled);
            }
        }
        self.forget_old();
    }

    fn forget_old(&mut self) {
        let now = Instant::now();
        while let Some((since, id)) = self.handled.front()
            && (self.handled.len() > MOST || now.duration_since(*since) >= LIFE)
        {
            self.fates.remove(id);
            self.handled.pop_front();
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::advance;

    use super::{Fate, LIFE, MOST, Seen};

    fn ids(ids: &[&str]) -> Vec<String> {
        ids.iter().map(|id| (*id).to_owned()).collect()
    }

    #[tokio::test(start_paused = true)]
    async fn a_frame_is_known_by_either_id_until_five_minutes_after_its_handler() {
        let mut seen = Seen::default();
        assert_eq!(seen.note(&ids(&["m1", "b1"])), None);
        assert_eq!(seen.note(&ids(&["m2", "b1"])), Some(Fate::Running));
        advance(2 * LIFE).await;
        assert_eq!(seen.note(&ids(&["m1"])), Some(Fate::Running));
        seen.settle(&ids(&["m1", "b1"]), true);
        advance(std::time::Duration::from_millis(299_999)).await;
        assert_eq!(seen.note(&ids(&["m3", "b1"])), Some(Fate::Handled));
        advance(std::time::Duration::from_millis(1)).await;
        assert_eq!(seen.note(&ids(&["m4", "b1"])), None);
    }

    #[tokio::test(start_paused = true)]
    async fn a_frame_that_is_forgotten_is_new_and_lives_as_long_as_any() {
        let mut seen = Seen::default();
        seen.note(&ids(&["m1", "b1"]));
        seen.settle(&ids(&["m1", "b1"]), false);
        advance(LIFE / 2).await;
        assert_eq!(seen.note(&ids(&["m2", "b1"])), None);
        seen.settle(&ids(&["m2", "b1"]), true);
        advance(LIFE / 2).await;
        assert_eq!(seen.note(&ids(&["m3", "b1"])), Some(Fate::Handled));
    }

    #[tokio::test(start_paused = true)]
    async fn a_frame_that_was_settled_is_not_settled_again() {
        let mut seen = Seen::default();
        seen.note(&ids(&["same", "same"]));
        seen.settle(&ids(&["same", "same"]), true);
        seen.settle(&ids(&["same", "unknown"]), false);
        assert_eq!(seen.note(&ids(&["same"])), Some(Fate::Handled));
        advance(LIFE).await;
        assert_eq!(seen.note(&ids(&["same"])), None);
        assert!(seen.handled.is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn the_number_of_handled_ids_is_bounded_and_those_that_run_are_kept() {
        let mut seen = Seen::default();
        seen.note(&ids(&["running"]));
        for number in 0..MOST {
            let frame = [format!("m{number}"), format!("b{number}")];
            seen.note(&frame);
            seen.settle(&frame, true);
            assert!(seen.handled.len() <= MOST && seen.fates.len() <= MOST + 1);
        }
        assert_eq!(seen.note(&ids(&["running"])), Some(Fate::Running));
        assert_eq!(seen.note(&ids(&["m0"])), None);
        let oldest = format!("m{}", MOST / 2);
        assert_eq!(seen.note(&[oldest]), Some(Fate::Handled));
    }
}
