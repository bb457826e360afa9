//! Fetches one page after another, for typed calls and calls by name.

use std::task::{Context, Poll};

use serde::de::Error as _;

use super::argument::{self, Argument};
use super::progress::{Progress, Turn};
use crate::call::{Done, run};
use crate::engine::PreparedCall;
use crate::error::{Error, InvalidArgument};
use crate::model::{Misfit, View};
use crate::operation::Operation;
use crate::reply::RawReply;
use crate::transport::BoxFuture;

/// The next step.
enum Step {
    Send(Box<PreparedCall>),
    Wait(BoxFuture<'static, Done>),
    Fail(Box<Error>),
    End,
}

/// Where a stream of pages is.
pub(super) struct Pager {
    step: Step,
    /// The argument that says which page is wanted, and how far it has come. None if nothing can be sent.
    progress: Option<(Argument, Progress)>,
    /// The token or number of the page that is to come.
    next: Option<String>,
    /// That of the page before it.
    last: Option<String>,
    /// How many more pages may come.
    left: Option<u32>,
}

impl Pager {
    pub(super) fn new(
        operation: &'static Operation,
        state: Result<PreparedCall, Box<InvalidArgument>>,
        max_pages: Option<u32>,
    ) -> Self {
        let mut pager = Self {
            step: Step::End,
            progress: None,
            next: None,
            last: None,
            left: max_pages,
        };
        pager.step = match state.and_then(|call| pager.begin(operation, call)) {
            Ok(call) => Step::Send(Box::new(call)),
            Err(error) => Step::Fail(Box::new(Error::InvalidArgument(error))),
        };
        pager
    }

    fn begin(
        &mut self,
        operation: &'static Operation,
        mut call: PreparedCall,
    ) -> Result<PreparedCall, Box<InvalidArgument>> {
        let paging = argument::paging(operation)?;
        let cursor = argument::of(operation)?;
        let size = Argument::find(operation, paging.size);
        let request = call.request();
        let given = cursor.read(request);
        let is_given = given.is_some();
        let size = size.map(|size| size.size(request, paging.style));
        let size = size.transpose()?.flatten();
        let (progress, start) = Progress::begin(paging, cursor, given, size)?;
        if let (false, Some(start)) = (is_given, &start) {
            cursor.write(request, start)?;
        }
        self.next = start;
        self.progress = Some((cursor, progress));
        Ok(call)
    }

    /// The page that was asked for; the pages end with `None`.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Done>> {
        loop {
            match std::mem::replace(&mut self.step, Step::End) {
                Step::Send(call) => self.step = Step::Wait(run(Ok(*call))),
                Step::Wait(mut page) => {
                    let polled = page.as_mut().poll(context);
                    if polled.is_pending() {
                        self.step = Step::Wait(page);
                    }
                    return polled.map(Some);
                }
                Step::Fail(error) => return Poll::Ready(Some(Err(*error))),
                Step::End => return Poll::Ready(None),
            }
        }
    }

    /// Inspects a page and prepares the next one. The error is the page's own.
    pub(super) fn turn(
        &mut self,
        mut call: PreparedCall,
        reply: &RawReply,
        page: View<'_>,
        misfits: Vec<Misfit>,
    ) -> Result<(), Error> {
        let misfits = call.tell(reply, misfits);
        let Some((cursor, progress)) = &mut self.progress else {
            return Ok(());
        };
        let failed = |call: &PreparedCall, reason: String| {
            call.not_as_documented(reply, serde_json::Error::custom(reason))
        };
        // What says where the pages end must not be left out.
        if let Some(misfit) = misfits.iter().find(|misfit| progress.needs(misfit.path())) {
            return Err(failed(&call, misfit.to_string()));
        }
        self.left = self.left.map(|left| left.saturating_sub(1));
        match progress.turn(&reply.result, page) {
            Turn::Repeated(reason) => return Err(failed(&call, reason)),
            Turn::Stuck(reason) => {
                self.step = Step::Fail(Box::new(failed(&call, reason)));
                self.last.clone_from(&self.next);
            }
            Turn::End => self.last = self.next.take(),
            Turn::Next(next) => {
                self.step = match cursor.write(call.request(), &next) {
                    Ok(()) if self.left == Some(0) => {
                        Step::Fail(Box::new(Error::PageLimit(Box::new(cursor.limit(&next)))))
                    }
                    Ok(()) => Step::Send(Box::new(call)),
                    Err(error) => Step::Fail(Box::new(Error::InvalidArgument(error))),
                };
                self.last = self.next.replace(next);
            }
        }
        Ok(())
    }

    /// Whether a page that came, and that ends with this, leaves others behind.
    pub(super) fn leaves_more(mut self, json: &[u8], page: View<'_>) -> bool {
        self.progress
            .as_mut()
            .is_some_and(|(_, progress)| !matches!(progress.turn(json, page), Turn::End))
    }

    /// The token or number of the page that is to come.
    pub(super) fn next(&self) -> Option<&str> {
        self.next.as_deref()
    }

    /// That of the page that came last, while there is something to come after it.
    pub(super) fn last(&self) -> Option<&str> {
        self.last.as_deref()
    }
}
