//! What the nodes of a tree hold.

use std::fmt;
use std::future::poll_fn;
use std::hash::Hash;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::{Walk, WalkError};
use crate::error::Error;

impl<'a, K: Clone + Eq + Hash, N> Walk<'a, K, N> {
    /// What the root and all nodes below it hold, each with its node: the users of a department and below. `list` makes
    /// the stream of what one node holds, such as the [`items`](crate::Call::items) of an operation with pages.
    ///
    /// The nodes themselves do not come. What several nodes hold comes once for each.
    ///
    /// ```
    /// # use dingtalk_runtime::{ApiError, Items, Walk, generated::Element};
    /// # struct Department;
    /// # async fn example<R: Element + 'static, User: Send + 'static>(
    /// #     departments: Walk<'static, i64, Department>,
    /// #     list_users: fn(i64) -> Items<R, ApiError, User>,
    /// # ) {
    /// // `list_users` returns the items of a call that lists the users of one department.
    /// let mut users = departments.contents(list_users);
    /// while let Some(found) = users.next().await {
    ///     match found {
    ///         Ok((department, user)) => { /* .. */ }
    ///         Err(error) => eprintln!("{} is not complete: {error}", error.node()),
    ///     }
    /// }
    /// # }
    /// ```
    pub fn contents<S, T, E>(self, list: impl Fn(K) -> S + Send + 'a) -> WalkContents<'a, K, N, T>
    where
        S: Stream<Item = Result<T, E>> + Send + 'a,
        E: Into<Error>,
    {
        WalkContents {
            list: Box::new(move |node| Box::pin(Plain(Box::pin(list(node))))),
            root: Some(self.root.clone()),
            walk: self,
            running: Vec::new(),
        }
    }
}

/// What the nodes of a tree hold, each with its node. Made by [`Walk::contents`].
///
/// It is a [`Stream`]; for a loop, its own [`next`](Self::next) is enough. Dropping it cancels the calls that are under
/// way. A node that cannot be listed, or whose contents cannot, does not end it: the error comes as an item. It makes
/// twice as many calls at once as [`Walk::concurrency`] says, since half of them list nodes.
#[must_use = "nothing is sent before `next`"]
pub struct WalkContents<'a, K, N, T> {
    list: Box<dyn Fn(K) -> Contents<'a, T> + Send + 'a>,
    walk: Walk<'a, K, N>,
    /// The root, until its contents are listed.
    root: Option<K>,
    running: Vec<Node<'a, K, T>>,
}

/// What a node holds, or its error.
type Found<K, T> = Result<(K, T), WalkError<K>>;

type Contents<'a, T> = Pin<Box<dyn Stream<Item = Result<T, Error>> + Send + 'a>>;

/// A node whose contents are being listed.
struct Node<'a, K, T> {
    id: K,
    contents: Contents<'a, T>,
    /// The item that is ready to be handed out.
    came: Option<Result<T, Error>>,
}

impl<K: Clone + Eq + Hash, N, T> WalkContents<'_, K, N, T> {
    /// The next item, with the node that holds it, or the error of a node; `None` after the last.
    ///
    /// If this future is dropped, for example by a timeout, nothing is lost.
    pub async fn next(&mut self) -> Option<Result<(K, T), WalkError<K>>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Found<K, T>>> {
        loop {
            // Every call under way is driven, even while something else is handed out, so that none misses its deadline.
            self.walk.advance(context);
            let mut ended = false;
            while self.running.len() < self.walk.concurrency && !ended {
                match self.next_node(context) {
                    Poll::Ready(Some(Ok(id))) => {
                        let contents = (self.list)(id.clone());
                        let came = None;
                        self.running.push(Node { id, contents, came });
                    }
                    Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(error))),
                    Poll::Ready(None) if self.running.is_empty() => return Poll::Ready(None),
                    Poll::Ready(None) | Poll::Pending => ended = true,
                }
            }
            let before = self.running.len();
            self.running.retain_mut(|node| node.drive(context));
            if let Some(found) = self.running.iter_mut().find_map(Node::take) {
                return Poll::Ready(Some(found));
            }
            if self.running.len() == before {
                return Poll::Pending;
            }
        }
    }

    /// The next node whose contents to list; the root is the first.
    fn next_node(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<K, WalkError<K>>>> {
        if let Some(root) = self.root.take() {
            return Poll::Ready(Some(Ok(root)));
        }
        loop {
            match ready!(self.walk.poll(context)) {
                Some(Ok(node)) => {
                    if let Some(id) = (self.walk.id)(&node) {
                        return Poll::Ready(Some(Ok(id)));
                    }
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<K: Clone, T> Node<'_, K, T> {
    /// Polls for the next item, and says whether there may be more.
    fn drive(&mut self, context: &mut Context<'_>) -> bool {
        if self.came.is_none() {
            match self.contents.as_mut().poll_next(context) {
                Poll::Ready(None) => return false,
                Poll::Ready(came) => self.came = came,
                Poll::Pending => {}
            }
        }
        true
    }

    fn take(&mut self) -> Option<Found<K, T>> {
        Some(match self.came.take()? {
            Ok(item) => Ok((self.id.clone(), item)),
            Err(error) => Err(WalkError::new(self.id.clone(), error)),
        })
    }
}

impl<K: Clone + Eq + Hash, N, T> Stream for WalkContents<'_, K, N, T> {
    type Item = Result<(K, T), WalkError<K>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

/// Only boxes are pinned.
impl<K, N, T> Unpin for WalkContents<'_, K, N, T> {}

impl<K: fmt::Debug, N, T> fmt::Debug for WalkContents<'_, K, N, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WalkContents")
            .field("walk", &self.walk)
            .finish_non_exhaustive()
    }
}

/// A stream whose errors are converted to [`Error`].
struct Plain<S>(Pin<Box<S>>);

impl<S: Stream<Item = Result<T, E>>, T, E: Into<Error>> Stream for Plain<S> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = self.0.as_mut().poll_next(context);
        next.map(|item| item.map(|item| item.map_err(Into::into)))
    }
}
