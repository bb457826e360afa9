//! Walks the pages of an operation, with a call for each page.

mod argument;
#[cfg(feature = "blocking")]
mod blocking;
mod json;
mod pager;
mod progress;
mod streams;

#[cfg(feature = "blocking")]
pub use self::blocking::Blocking;
pub use self::json::JsonCall;
pub use self::streams::{Items, Pages};

use crate::call::Call;
use crate::client::Client;
use crate::error::{InvalidArgument, OperationError};
use crate::model::{Element, Model};
use crate::operation::Operation;

/// A call of an operation that has pages.
///
/// It is a [`Call`] with all its options, and [`send`](Call::send) fetches one page. [`pages`](Call::pages) and
/// [`items`](Call::items) fetch all: each page is a call of its own with the same options, timeout included.
///
/// # How it ends
///
/// With page tokens: after the page whose reply says that there are no more, or has no token for the next one (absent,
/// empty, or 0).
///
/// With page numbers: after an empty page; or when the reply's total is reached; or, without a total, after a page with
/// fewer items than the request's page size. If the reply says whether there are more, that decides instead, and empty
/// pages are skipped. A request without a page number starts with the first page.
///
/// With offsets: as with page numbers. The next page begins a page size later, or after the items that came if the request
/// has no size. A request without an offset starts with the first item.
///
/// # What goes wrong
///
/// No page is lost silently: a stream that ends too early ends with an error, after all items that came.
///
/// A page that fails ends the stream: its error is the last item. [`Pages::resume_token`] and [`Items::resume_token`]
/// say where to continue, and [`resume`](Call::resume) continues there with a new call.
///
/// These are [`Error::Decode`](crate::Error::Decode):
///
/// - The reply says that there are more pages, but gives no token for the next one.
/// - The pages end, but the reply counts more items in all than have come. This is not checked if the reply itself
///   says that there are no more, nor for calls that do not begin with the first page.
/// - A page has exactly the items of the page before it. It is not given a second time.
/// - A token comes a second time, or a thousand pages in a row have no item: the pages would never end.
/// - The reply to a request without a page size says that there are more items, but has none: where they begin is unknown.
///
/// There is no limit on the number of pages, unless [`max_pages`](Call::max_pages) sets one. Reaching it while more
/// pages follow is [`Error::PageLimit`](crate::Error::PageLimit).
pub type PagedCall<R, E, T> = Call<R, E, Paged<R, T>>;

/// Marks a [`Call`] whose reply `R` is a page of items `T`.
#[derive(Debug)]
pub struct Paged<R, T> {
    items: TakeItems<R, T>,
    max_pages: Option<u32>,
}

/// Extracts the items of a page.
pub(crate) type TakeItems<R, T> = fn(R, &'static Operation) -> Option<Vec<T>>;

impl<R, E, T> Call<R, E, Paged<R, T>> {
    /// A call with these path values, in the order of the operation's, and the request's fields; and what takes
    /// the items out of a page.
    #[doc(hidden)]
    pub fn paged(
        client: &Client,
        operation: &'static Operation,
        path: Vec<String>,
        request: Option<&dyn Model>,
        items: fn(R, &'static Operation) -> Option<Vec<T>>,
    ) -> Self {
        Call::new(client, operation, path, request).with_pages(Paged {
            items,
            max_pages: None,
        })
    }

    /// Starts with this page instead of the request's: a token, a page number or an offset from [`Pages::resume_token`] or
    /// [`Items::resume_token`].
    pub fn resume(self, token: impl AsRef<str>) -> Self {
        let operation = self.operation;
        self.with(|mut job| {
            argument::of(operation)?.write(job.request(), token.as_ref())?;
            Ok(job)
        })
    }

    /// Fetches at most this many pages. If more follow, the stream ends with
    /// [`Error::PageLimit`](crate::Error::PageLimit), which knows where to continue. Default: no limit.
    ///
    /// ```
    /// # use dingtalk_runtime::{ApiError, Error, PagedCall, model::Json};
    /// # async fn example(call: PagedCall<Json, ApiError, Json>) -> Result<(), Error> {
    /// let mut items = call.max_pages(10).items();
    /// while let Some(item) = items.next().await {
    ///     match item {
    ///         Err(Error::PageLimit(limit)) => println!("go on with {}", limit.resume_token()),
    ///         item => println!("{:?}", item?),
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn max_pages(mut self, pages: u32) -> Self {
        if pages == 0 {
            let invalid = InvalidArgument::new(self.operation, "max_pages", "is zero");
            return self.with(|_| Err(invalid));
        }
        self.paged.max_pages = Some(pages);
        self
    }
}

impl<R: Element, E: OperationError, T> Call<R, E, Paged<R, T>> {
    /// All pages, one after another. Each is fetched when it is asked for.
    ///
    /// See [`PagedCall`] for how it ends.
    ///
    /// ```
    /// # use dingtalk_runtime::{ApiError, Error, PagedCall, model::Json};
    /// # async fn example(call: PagedCall<Json, ApiError, Json>) -> Result<(), Error> {
    /// let mut pages = call.pages();
    /// while let Some(page) = pages.next().await {
    ///     println!("{:?}", page?);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn pages(self) -> Pages<R, E> {
        Pages::new(self.operation, self.state, self.paged.max_pages)
    }

    /// The items of all pages. A page is fetched when the items of the previous one are used up.
    ///
    /// ```
    /// # use dingtalk_runtime::{ApiError, Error, PagedCall, model::Json};
    /// # async fn example(call: PagedCall<Json, ApiError, Json>) -> Result<(), Error> {
    /// let mut items = call.items();
    /// while let Some(item) = items.next().await {
    ///     println!("{:?}", item?);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn items(self) -> Items<R, E, T> {
        let take = self.paged.items;
        Items::new(self.pages(), take)
    }
}

#[cfg(feature = "blocking")]
impl<R: Element, E: OperationError, T> Call<R, E, Paged<R, T>> {
    /// Like [`pages`](Self::pages), for a thread that runs no async code.
    pub fn pages_blocking(self) -> Blocking<Pages<R, E>> {
        Blocking::new(self.pages())
    }

    /// Like [`items`](Self::items), for a thread that runs no async code.
    ///
    /// ```
    /// # use dingtalk_runtime::{ApiError, Error, PagedCall, model::Json};
    /// # fn example(call: PagedCall<Json, ApiError, Json>) -> Result<(), Error> {
    /// for item in call.items_blocking() {
    ///     println!("{:?}", item?);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn items_blocking(self) -> Blocking<Items<R, E, T>> {
        Blocking::new(self.items())
    }
}
