//! Pages and items as iterators.

use super::{Items, Pages};
use crate::blocking::wait_here;
use crate::error::{Error, OperationError, TransportFailure};
use crate::model::Element;
use crate::operation::Operation;
use crate::transport::TransportError;

/// [`Pages`] or [`Items`] as an iterator that blocks, for threads that run no async code.
///
/// On a thread of an async runtime its only item is an error: use the stream there.
#[derive(Debug)]
#[must_use = "no page is asked for before `next`"]
pub struct Blocking<S> {
    stream: S,
    refused: bool,
}

impl<S> Blocking<S> {
    pub(super) fn new(stream: S) -> Self {
        Self {
            stream,
            refused: false,
        }
    }

    /// Waits for the next of it, unless there was nothing that could drive a call.
    fn wait<T>(
        &mut self,
        next: impl AsyncFnOnce(&mut S) -> Option<T>,
    ) -> Option<Result<T, TransportError>> {
        if self.refused {
            return None;
        }
        let waited = wait_here(next(&mut self.stream));
        self.refused = waited.is_err();
        waited.transpose()
    }
}

impl<R, E> Blocking<Pages<R, E>> {
    /// See [`Pages::resume_token`].
    pub fn resume_token(&self) -> Option<&str> {
        self.stream.resume_token()
    }
}

impl<R, E, T> Blocking<Items<R, E, T>> {
    /// See [`Items::resume_token`].
    pub fn resume_token(&self) -> Option<&str> {
        self.stream.resume_token()
    }
}

impl<R: Element, E: OperationError> Iterator for Blocking<Pages<R, E>> {
    type Item = Result<R, Error<E>>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.wait(Pages::next)?;
        Some(next.unwrap_or_else(|error| Err(refusal(self.stream.operation, error))))
    }
}

impl<R: Element, E: OperationError, T> Iterator for Blocking<Items<R, E, T>> {
    type Item = Result<T, Error<E>>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.wait(Items::next)?;
        Some(next.unwrap_or_else(|error| Err(refusal(self.stream.pages.operation, error))))
    }
}

fn refusal<E>(operation: &'static Operation, error: TransportError) -> Error<E> {
    Error::Transport(Box::new(TransportFailure::new(operation, error)))
}
