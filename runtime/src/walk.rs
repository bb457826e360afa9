//! Walks a tree whose nodes are listed by one call each.

mod contents;

use std::collections::{HashSet, VecDeque};
use std::fmt;
use std::future::{IntoFuture, poll_fn};
use std::hash::Hash;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures_core::Stream;

pub use self::contents::WalkContents;
use crate::error::Error;
use crate::transport::BoxFuture;

/// How many calls are under way at once, unless [`Walk::concurrency`] says otherwise.
const CONCURRENCY: usize = 4;

/// All nodes below one: the departments below a department, the files below a folder.
///
/// The platform lists a tree one node at a time. A walk calls the listing operation for the root, for each node that it
/// finds, and so on, several at once. It is a [`Stream`]; for a loop, its own [`next`](Self::next) is enough. Dropping it
/// cancels the calls that are under way.
///
/// - A node comes after its parent; there is no other order. The root itself does not come.
/// - A node that is found twice, for example because it was moved in between, comes once and is walked once. So a cycle
///   ends too.
/// - A node that cannot be listed does not end the walk: the error comes as an item that [names it](WalkError::node),
///   and what is below it is missing.
///
/// The calls make progress while `next` is waited for. [`contents`](Self::contents) also lists what each node holds.
///
/// ```
/// # use dingtalk_runtime::{BoxFuture, Error, Walk};
/// # struct Department { id: Option<i64> }
/// # async fn example(list_sub: fn(i64) -> BoxFuture<'static, Result<Vec<Department>, Error>>) {
/// // `list_sub` returns the call that lists what is directly below a department.
/// let mut departments = Walk::new(1, list_sub, |department| department.id);
/// while let Some(found) = departments.next().await {
///     match found {
///         Ok(department) => println!("{:?}", department.id),
///         Err(error) => eprintln!("what is below {} is missing: {error}", error.node()),
///     }
/// }
/// # }
/// ```
///
/// An operation with pages is called in an async block that collects its items.
#[must_use = "nothing is sent before `next`"]
pub struct Walk<'a, K, N> {
    list: Box<dyn Fn(K) -> Listing<'a, N> + Send + 'a>,
    id: IdOf<'a, K, N>,
    concurrency: usize,
    root: K,
    seen: HashSet<K>,
    /// Nodes to list.
    waiting: VecDeque<K>,
    running: Vec<(K, Listing<'a, N>)>,
    found: VecDeque<Result<N, WalkError<K>>>,
}

type IdOf<'a, K, N> = Box<dyn Fn(&N) -> Option<K> + Send + 'a>;

/// A call that lists the nodes directly below one.
type Listing<'a, N> = BoxFuture<'a, Result<Vec<N>, Error>>;

impl<'a, K: Clone + Eq + Hash, N> Walk<'a, K, N> {
    /// A walk that begins below `root`. `list` makes the call that lists the nodes directly below one. `id` is what
    /// `list` takes for such a node, or `None` if there is nothing to ask for: a file, for example.
    pub fn new<C, E>(
        root: K,
        list: impl Fn(K) -> C + Send + 'a,
        id: impl Fn(&N) -> Option<K> + Send + 'a,
    ) -> Self
    where
        C: IntoFuture<Output = Result<Vec<N>, E>, IntoFuture: Send + 'a>,
        E: Into<Error>,
    {
        let list = move |node| -> Listing<'a, N> {
            let call = list(node).into_future();
            Box::pin(async move { call.await.map_err(Into::into) })
        };
        Self {
            list: Box::new(list),
            id: Box::new(id),
            concurrency: CONCURRENCY,
            seen: HashSet::from([root.clone()]),
            waiting: VecDeque::from([root.clone()]),
            root,
            running: Vec::new(),
            found: VecDeque::new(),
        }
    }

    /// Sets how many nodes are listed at once: at least 1, and 4 by default. The platform throttles more than 20 calls of an
    /// operation a second. Such calls are retried like any other, so a node may run out of attempts on a fast network: a
    /// client with a [`RateLimit`](crate::RateLimit) lists large trees completely.
    pub fn concurrency(mut self, nodes: usize) -> Self {
        self.concurrency = nodes.max(1);
        self
    }

    /// The next node, or the error of one that could not be listed; `None` after the last.
    ///
    /// If this future is dropped, for example by a timeout, nothing is lost.
    pub async fn next(&mut self) -> Option<Result<N, WalkError<K>>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<N, WalkError<K>>>> {
        self.advance(context);
        match self.found.pop_front() {
            None if !self.running.is_empty() => Poll::Pending,
            found => Poll::Ready(found),
        }
    }

    /// Drives the calls that are under way, and begins others.
    fn advance(&mut self, context: &mut Context<'_>) {
        loop {
            // What was found is handed out before more is asked for, so a slow reader does not fill the memory.
            while self.found.is_empty()
                && self.running.len() < self.concurrency
                && let Some(node) = self.waiting.pop_front()
            {
                self.running.push((node.clone(), (self.list)(node)));
            }
            let listed = self.listed(context);
            if listed.is_empty() {
                return;
            }
            for (node, nodes) in listed {
                match nodes {
                    Ok(nodes) => nodes.into_iter().for_each(|found| self.find(found)),
                    Err(error) => self.found.push_back(Err(WalkError::new(node, error))),
                }
            }
        }
    }

    /// The calls that have ended. All others are driven, so that none misses its deadline.
    fn listed(&mut self, context: &mut Context<'_>) -> Vec<(K, Result<Vec<N>, Error>)> {
        let mut listed = Vec::new();
        self.running
            .retain_mut(|(node, call)| match call.as_mut().poll(context) {
                Poll::Ready(nodes) => {
                    listed.push((node.clone(), nodes));
                    false
                }
                Poll::Pending => true,
            });
        listed
    }

    fn find(&mut self, found: N) {
        if let Some(id) = (self.id)(&found) {
            if !self.seen.insert(id.clone()) {
                return;
            }
            self.waiting.push_back(id);
        }
        self.found.push_back(Ok(found));
    }
}

impl<K: Clone + Eq + Hash, N> Stream for Walk<'_, K, N> {
    type Item = Result<N, WalkError<K>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

/// Nodes are never pinned.
impl<K, N> Unpin for Walk<'_, K, N> {}

impl<K: fmt::Debug, N> fmt::Debug for Walk<'_, K, N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Walk")
            .field("root", &self.root)
            .field("concurrency", &self.concurrency)
            .finish_non_exhaustive()
    }
}

/// A node of a [`Walk`] that could not be listed, or whose contents could not.
#[derive(Debug)]
pub struct WalkError<K> {
    node: K,
    error: Box<Error>,
}

impl<K> WalkError<K> {
    fn new(node: K, error: Error) -> Self {
        Self {
            node,
            error: Box::new(error),
        }
    }

    /// The node.
    pub fn node(&self) -> &K {
        &self.node
    }

    /// Why its call failed.
    pub fn error(&self) -> &Error {
        &self.error
    }
}

impl<K> From<WalkError<K>> for Error {
    fn from(error: WalkError<K>) -> Self {
        *error.error
    }
}

impl<K: fmt::Debug> fmt::Display for WalkError<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "node {:?}: {}", self.node, self.error)
    }
}

impl<K: fmt::Debug> std::error::Error for WalkError<K> {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.error.source()
    }
}
