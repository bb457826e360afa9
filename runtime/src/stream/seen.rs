//! Which frames were delivered before.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

/// How long a frame is remembered.
const LIFE: Duration = Duration::from_secs(5 * 60);

/// How many ids are remembered. A frame has two at most.
const MOST: usize = 20_000;

/// What has become of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Running,
    Handled,
}

/// The frames of the last minutes, by their ids.
#[derive(Debug, Default)]
pub(super) struct Seen {
    fates: HashMap<Arc<str>, (Instant, Fate)>,
    order: VecDeque<(Instant, Arc<str>)>,
}

impl Seen {
    /// What has become of the frame with one of these ids. `None` if it is new: it is noted as running then.
    pub(super) fn note(&mut self, ids: &[String]) -> Option<Fate> {
        let now = Instant::now();
        self.forget_old(now);
        let known = ids.iter().find_map(|id| self.fates.get(&**id));
        if let Some((_, fate)) = known {
            return Some(*fate);
        }
        for id in ids {
            let id: Arc<str> = Arc::from(&**id);
            self.order.push_back((now, Arc::clone(&id)));
            self.fates.insert(id, (now, Fate::Running));
        }
        None
    }

    /// Notes that a frame was handled, or, with `None`, forgets it: it is handled anew if it is delivered again.
    pub(super) fn settle(&mut self, ids: &[String], fate: Option<Fate>) {
        for id in ids {
            match fate {
                None => drop(self.fates.remove(&**id)),
                Some(fate) => {
                    if let Some((_, known)) = self.fates.get_mut(&**id) {
                        *known = fate;
                    }
                }
            }
        }
    }

    fn forget_old(&mut self, now: Instant) {
        while let Some((noted, id)) = self.order.front()
            && (self.order.len() > MOST - 2 || now.duration_since(*noted) >= LIFE)
        {
            // An id that was forgotten and noted again is a younger entry's.
            if self.fates.get(id).is_some_and(|(since, _)| since == noted) {
                self.fates.remove(id);
            }
            self.order.pop_front();
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
    async fn a_frame_is_known_by_either_id_for_five_minutes() {
        let mut seen = Seen::default();
        assert_eq!(seen.note(&ids(&["m1", "b1"])), None);
        assert_eq!(seen.note(&ids(&["m2", "b1"])), Some(Fate::Running));
        assert_eq!(seen.note(&ids(&["m1"])), Some(Fate::Running));
        seen.settle(&ids(&["m1", "b1"]), Some(Fate::Handled));
        advance(std::time::Duration::from_millis(299_999)).await;
        assert_eq!(seen.note(&ids(&["m3", "b1"])), Some(Fate::Handled));
        advance(std::time::Duration::from_millis(1)).await;
        assert_eq!(seen.note(&ids(&["m4", "b1"])), None);
    }

    #[tokio::test(start_paused = true)]
    async fn a_frame_that_is_forgotten_is_new_and_lives_as_long_as_any() {
        let mut seen = Seen::default();
        seen.note(&ids(&["m1", "b1"]));
        seen.settle(&ids(&["m1", "b1"]), None);
        advance(LIFE / 2).await;
        assert_eq!(seen.note(&ids(&["m2", "b1"])), None);
        advance(LIFE / 2).await;
        assert_eq!(seen.note(&ids(&["m3", "b1"])), Some(Fate::Running));
    }

    #[tokio::test(start_paused = true)]
    async fn the_number_of_ids_is_bounded() {
        let mut seen = Seen::default();
        for number in 0..3 * MOST {
            seen.note(&[format!("m{number}"), format!("b{number}")]);
            assert!(seen.order.len() <= MOST && seen.fates.len() <= MOST);
        }
        assert_eq!(seen.note(&ids(&["m0"])), None);
        assert_eq!(
            seen.note(&[format!("m{}", 3 * MOST - 1)]),
            Some(Fate::Running)
        );
    }
}
