//! How an operation is gone through page by page, as data.

/// The way to a field: the name of each object that it goes through, then its own.
pub type FieldPath = &'static [&'static str];

/// What the spec says of an operation's pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paging {
    /// The field of the request, in the query or the body, that says which page is wanted. It may be inside objects of
    /// the body.
    pub cursor: FieldPath,
    /// What that field takes.
    pub style: PagingStyle,
    /// The field of the request that says how many items a page has; empty if there is none.
    pub size: FieldPath,
    /// Where in the reply the items are; empty if the reply is the list itself.
    pub items: FieldPath,
    /// Where the reply says whether there are more pages; empty if it does not.
    pub more: FieldPath,
    /// Where the reply says how many items all pages have together; empty if it does not.
    pub total: FieldPath,
}

/// What tells pages apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PagingStyle {
    /// Each reply gives the token of the next page.
    Token {
        /// Where in the reply that is.
        next: FieldPath,
    },
    /// Pages are counted.
    Number {
        /// The number of the first page.
        first: i64,
    },
}
