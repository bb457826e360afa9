//! Pages and items as streams.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;

use super::TakeItems;
use super::pager::Pager;
use crate::call::Done;
use crate::engine::PreparedCall;
use crate::error::{Error, InvalidArgument, OperationError};
use crate::model::Element;
use crate::operation::Operation;

/// The pages of an operation, each a whole reply. Made by [`Call::pages`](crate::Call::pages).
///
/// It is a [`Stream`]; for a loop, its own [`next`](Self::next) is enough. Dropping it skips the rest.
#[must_use = "no page is asked for before `next`"]
pub struct Pages<R, E> {
    pub(super) operation: &'static Operation,
    pub(super) pager: Pager,
    page: PhantomData<fn() -> (R, E)>,
}

impl<R: Element, E: OperationError> Pages<R, E> {
    pub(super) fn new(
        operation: &'static Operation,
        state: Result<PreparedCall, Box<InvalidArgument>>,
        max_pages: Option<u32>,
    ) -> Self {
        Self {
            operation,
            pager: Pager::new(operation, state, max_pages),
            page: PhantomData,
        }
    }

    /// The next page; `None` after the last one and after an error.
    ///
    /// If this future is dropped, for example by a timeout, the next call waits for the same page.
    pub async fn next(&mut self) -> Option<Result<R, Error<E>>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<R, Error<E>>>> {
        let done = ready!(self.pager.poll(context));
        Poll::Ready(done.map(|done| self.receive(done)))
    }

    fn receive(&mut self, done: Done) -> Result<R, Error<E>> {
        let resolve = |error: Error| error.map_api(E::from_api);
        let (call, reply) = done.map_err(resolve)?;
        let (page, misfits): (R, _) = call.read(&reply)?;
        let turned = self.pager.turn(call, &reply, page.as_view(), misfits);
        turned.map_err(resolve)?;
        Ok(page)
    }
}

impl<R, E> Pages<R, E> {
    /// The token or number of the next page, for [`Call::resume`](crate::Call::resume). After an error it is the page
    /// that failed.
    ///
    /// `None` if the next page is the request's first, and after the last page.
    pub fn resume_token(&self) -> Option<&str> {
        self.pager.next()
    }
}

impl<R: Element, E: OperationError> Stream for Pages<R, E> {
    type Item = Result<R, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl<R, E> fmt::Debug for Pages<R, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &self.operation)
            .finish_non_exhaustive()
    }
}

/// The items of all pages of an operation. Made by [`Call::items`](crate::Call::items).
///
/// It is a [`Stream`]; for a loop, its own [`next`](Self::next) is enough. Dropping it skips the rest.
#[must_use = "no page is asked for before `next`"]
pub struct Items<R, E, T> {
    pub(super) pages: Pages<R, E>,
    take: TakeItems<R, T>,
    page: std::vec::IntoIter<T>,
}

/// The items are never pinned.
impl<R, E, T> Unpin for Items<R, E, T> {}

impl<R: Element, E: OperationError, T> Items<R, E, T> {
    pub(super) fn new(pages: Pages<R, E>, take: TakeItems<R, T>) -> Self {
        Self {
            pages,
            take,
            page: Vec::new().into_iter(),
        }
    }

    /// The next item; `None` after the last one and after an error.
    ///
    /// If this future is dropped, for example by a timeout, the next call waits for the same page.
    pub async fn next(&mut self) -> Option<Result<T, Error<E>>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, Error<E>>>> {
        loop {
            if let Some(item) = self.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll(context)) {
                Some(Ok(page)) => {
                    let items = (self.take)(page, self.pages.operation);
                    self.page = items.unwrap_or_default().into_iter();
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<R, E, T> Items<R, E, T> {
    /// The token or number of the next item's page, for [`Call::resume`](crate::Call::resume). Resuming skips no item,
    /// but repeats those of that page that were already returned. After an error it is the page that failed.
    ///
    /// `None` if that page is the request's first, and after the last item.
    pub fn resume_token(&self) -> Option<&str> {
        if self.page.len() == 0 {
            self.pages.pager.next()
        } else {
            self.pages.pager.last()
        }
    }
}

impl<R: Element, E: OperationError, T> Stream for Items<R, E, T> {
    type Item = Result<T, Error<E>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.page.len(), None)
    }
}

impl<R, E, T> fmt::Debug for Items<R, E, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("operation", &self.pages.operation)
            .finish_non_exhaustive()
    }
}
