//! The tokens of one application in many organizations.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::TokenCache;

/// Fewer organizations are never looked through for those that are not needed any more.
const FEW: usize = 64;

/// A cache for each organization, so that no one's token is ever sent for another.
pub(crate) struct Organizations {
    root: Arc<TokenCache>,
    known: Mutex<Known>,
}

struct Known {
    caches: HashMap<String, Arc<TokenCache>>,
    /// When there are so many, those that hold nothing are dropped.
    sweep_at: usize,
}

impl Organizations {
    pub(crate) fn new(root: Arc<TokenCache>) -> Self {
        let known = Known {
            caches: HashMap::new(),
            sweep_at: FEW,
        };
        Self {
            root,
            known: Mutex::new(known),
        }
    }

    /// The organization's cache; `None` if the credentials know no organizations.
    pub(crate) fn get(&self, corp_id: &str) -> Option<Arc<TokenCache>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(cache) = known.caches.get(corp_id) {
            return Some(Arc::clone(cache));
        }
        let provider = self.root.provider().for_organisation(corp_id)?;
        let cache = Arc::new(TokenCache::new(provider));
        if known.caches.len() >= known.sweep_at {
            // A program that is asked for ever new organizations must not grow for ever.
            known
                .caches
                .retain(|_, cache| Arc::strong_count(cache) > 1 || !cache.is_idle());
            known.sweep_at = known.caches.len().saturating_mul(2).max(FEW);
        }
        known.caches.insert(corp_id.to_owned(), Arc::clone(&cache));
        Some(cache)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::{FEW, Organizations};
    use crate::build_error::BuildError;
    use crate::token::{AppToken, TokenCache, UnifiedToken};

    fn known(organizations: &Organizations) -> Option<usize> {
        let known = organizations.known.lock().ok()?;
        Some(known.caches.len())
    }

    #[test]
    fn organizations_that_hold_no_token_and_have_no_client_are_dropped() -> Result<(), BuildError> {
        let root = TokenCache::new(Box::new(UnifiedToken::new("k", "s", "corp")?));
        let organizations = Organizations::new(Arc::new(root));
        let used = organizations.get("used");
        for number in 0..10 * FEW {
            assert!(organizations.get(&number.to_string()).is_some());
        }
        assert!(known(&organizations).is_some_and(|count| count <= FEW));
        let again = organizations.get("used");
        assert!(used.is_some_and(|used| again.is_some_and(|again| Arc::ptr_eq(&used, &again))));
        Ok(())
    }

    #[test]
    fn credentials_of_one_organization_know_no_others() -> Result<(), BuildError> {
        let root = TokenCache::new(Box::new(AppToken::new("k", "s")?));
        assert!(Organizations::new(Arc::new(root)).get("corp").is_none());
        Ok(())
    }
}
