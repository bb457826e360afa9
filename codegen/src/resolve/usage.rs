use std::collections::HashSet;

use crate::spec::walk;
use crate::spec::{self, Scope};

/// What uses a model: requests, replies, or both.
#[derive(Debug, Clone, Copy)]
pub struct Usage {
    /// Requests use it: callers build it.
    pub requested: bool,
    /// Replies use it: every field is optional, because a server may leave anything out.
    pub replied: bool,
}

impl Usage {
    /// What only requests use.
    pub(super) const REQUEST: Self = Self {
        requested: true,
        replied: false,
    };
    /// What only replies use.
    pub(super) const REPLY: Self = Self {
        requested: false,
        replied: true,
    };
}

/// What uses the named types of a service, directly or through other types.
#[derive(Debug, Default)]
pub(super) struct Users<'a> {
    requests: Named<'a>,
    replies: Named<'a>,
}

/// Named types: those of operations by operation and name, shared ones by name.
#[derive(Debug, Default)]
struct Named<'a> {
    own: HashSet<(&'a str, &'a str)>,
    shared: HashSet<&'a str>,
}

impl<'a> Users<'a> {
    /// Finds them.
    pub(super) fn of(service: &'a spec::Service) -> Self {
        let mut users = Self::default();
        let top = walk::Path::File("");
        for op in service.operations.values() {
            let scope = Scope::of(service).in_operation(op);
            let (mut requests, mut replies) = (Vec::new(), Vec::new());
            walk::request(&top, op, &mut |seen| requests.extend(seen.type_name()));
            walk::reply(&top, op, &mut |seen| replies.extend(seen.type_name()));
            for (used, all) in [
                (requests, &mut users.requests),
                (replies, &mut users.replies),
            ] {
                for name in scope.reached(used) {
                    if scope.own(name).is_some() {
                        all.own.insert((&op.operation, name));
                    } else {
                        all.shared.insert(name);
                    }
                }
            }
        }
        users
    }

    pub(super) fn usage(&self, op: Option<&'a spec::Operation>, name: &'a str) -> Usage {
        let uses = |named: &Named<'a>| match op {
            Some(op) => named.own.contains(&(op.operation.as_str(), name)),
            None => named.shared.contains(name),
        };
        Usage {
            requested: uses(&self.requests),
            replied: uses(&self.replies),
        }
    }
}
