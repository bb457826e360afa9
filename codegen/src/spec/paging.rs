use serde::Deserialize;

/// How to go through all that an operation has to give, page by page. Either `token` and `next` say
/// how one page leads to the next, or `page` says that pages are counted, or `offset` that items are.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paging {
    /// The field of the request, in the query or the body, that takes the token of the page. Names joined by dots lead
    /// into objects of the body.
    pub token: Option<String>,
    /// Where the reply has the token of the next page; names joined by dots lead into objects.
    pub next: Option<String>,
    /// The field of the request, in the query or the body, that takes the number of the page. Names joined by dots lead
    /// into objects of the body.
    pub page: Option<String>,
    /// The number of the first page; 1 if it is left out.
    pub first: Option<i64>,
    /// The field of the request, in the query or the body, that takes the number of items before the page. Names joined
    /// by dots lead into objects of the body.
    pub offset: Option<String>,
    /// The field of the request that says how many items a page has.
    pub size: Option<String>,
    /// Where the reply has the list of items. Left out if the reply is the list itself.
    pub items: Option<String>,
    /// Where the reply says how many items all pages have together.
    pub total: Option<String>,
    /// Where the reply says whether there are more pages.
    pub more: Option<String>,
}

/// How a request says which page it wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PagingStyle<'a> {
    /// By the token that the last reply has at `next`.
    Token {
        /// Where the reply has the token of the next page; empty if `check` has refused the paging.
        next: &'a str,
    },
    /// By the page's number.
    Number {
        /// The number of the first page.
        first: i64,
    },
    /// By the number of items before the page.
    Offset,
}

impl Paging {
    /// The field of the request that says which page is wanted.
    pub fn cursor(&self) -> &str {
        let cursors = [&self.token, &self.page, &self.offset];
        let cursor = cursors.into_iter().find_map(Option::as_deref);
        cursor.unwrap_or_default()
    }

    /// What the cursor holds.
    pub fn style(&self) -> PagingStyle<'_> {
        if self.token.is_some() {
            let next = self.next.as_deref().unwrap_or_default();
            PagingStyle::Token { next }
        } else if self.offset.is_some() {
            PagingStyle::Offset
        } else {
            let first = self.first.unwrap_or(1);
            PagingStyle::Number { first }
        }
    }
}
