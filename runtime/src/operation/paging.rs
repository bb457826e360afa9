//! How an operation is paged, as data.

/// The path to a field: the names of the objects around it, then its own.
pub type FieldPath = &'static [&'static str];

/// How an operation is paged.
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

/// What identifies a page.
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
    /// How many items come before the page.
    Offset,
}
