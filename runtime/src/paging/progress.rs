//! What a page says of the next one.

use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};

use super::argument::Argument;
use crate::error::InvalidArgument;
use crate::model::{Json, View, boolean};
use crate::operation::{FieldPath, Paging, PagingStyle};

/// So many pages in a row without an item are taken for a server that never ends.
const MOST_EMPTY: u32 = 1000;

/// How far a stream of pages has come.
pub(super) struct Progress {
    paging: &'static Paging,
    hasher: RandomState,
    empty: u32,
    place: Place,
}

enum Place {
    Token {
        next: FieldPath,
        /// Hashes of all tokens so far.
        seen: HashSet<u64>,
    },
    Number {
        total: FieldPath,
        page: i64,
        /// How many pages there are before those of this stream.
        skipped: u64,
        /// How many items a page has at most, if the request says so.
        size: Option<u64>,
        /// How many items there have been, those of skipped pages included.
        items: u64,
        /// The hash of the last page.
        last: Option<u64>,
    },
}

/// What comes after a page.
pub(super) enum Turn {
    /// The page with this token or number.
    Next(String),
    /// Nothing: it was the last.
    End,
    /// Nothing can: this page leads to no other.
    Stuck(String),
    /// This page is the one before it once more.
    Repeated(String),
}

impl Progress {
    /// The beginning, and the token or number of the first page: that of the request, or the number that the spec
    /// says. It is `None` for a request without a token.
    pub(super) fn begin(
        paging: &'static Paging,
        cursor: Argument,
        given: Option<String>,
        size: Option<u64>,
    ) -> Result<(Self, Option<String>), Box<InvalidArgument>> {
        let hasher = RandomState::new();
        let (place, start) = match paging.style {
            PagingStyle::Token { next } => {
                let seen = given.iter().map(|token| hasher.hash_one(token.as_str()));
                let seen = seen.collect();
                (Place::Token { next, seen }, given)
            }
            PagingStyle::Number { first, total } => {
                let page = match given {
                    None => first,
                    Some(text) => text
                        .parse()
                        .map_err(|_| cursor.invalid("is no number of a page"))?,
                };
                let place = Place::Number {
                    total,
                    page,
                    skipped: u64::try_from(page.saturating_sub(first)).unwrap_or(0),
                    size,
                    items: 0,
                    last: None,
                };
                (place, Some(page.to_string()))
            }
        };
        let progress = Self {
            paging,
            hasher,
            empty: 0,
            place,
        };
        Ok((progress, start))
    }

    /// Whether a value of a page, by its path, says how the pages go on, or is one of the items itself.
    pub(super) fn needs(&self, path: &str) -> bool {
        let end = match self.place {
            Place::Token { next, .. } => next,
            Place::Number { total, .. } => total,
        };
        let item = path
            .strip_suffix(']')
            .and_then(|path| path.rsplit_once('['));
        let (path, fields) = match item {
            Some((list, _)) => (list, &[self.paging.items][..]),
            None => (path, &[self.paging.items, self.paging.more, end][..]),
        };
        fields.iter().any(|field| {
            let field = field.join(".");
            let rest = field.strip_prefix(path);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }

    /// Looks at a page: its JSON, and what was read of it.
    pub(super) fn turn(&mut self, json: &[u8], page: View<'_>) -> Turn {
        let count = count(at(page, self.paging.items));
        let more = if self.paging.more.is_empty() {
            None
        } else {
            flag(at(page, self.paging.more))
        };
        let turn = match &mut self.place {
            Place::Token { next, seen } => match text(at(page, next)) {
                _ if more == Some(false) => Turn::End,
                None => Turn::End,
                Some(token) if token.is_empty() || token == "0" => Turn::End,
                Some(token) if seen.insert(self.hasher.hash_one(token.as_str())) => {
                    Turn::Next(token)
                }
                Some(_) => Turn::Stuck(format!(
                    "the token in `{}` came before: the pages would never end",
                    next.join(".")
                )),
            },
            place @ Place::Number { .. } => {
                let hash = self.hasher.hash_one(json);
                place.after(count, more, hash, page)
            }
        };
        self.empty = if count == 0 { self.empty + 1 } else { 0 };
        match turn {
            Turn::Next(_) if self.empty >= MOST_EMPTY => Turn::Stuck(format!(
                "{MOST_EMPTY} pages in a row without an item: the pages would never end"
            )),
            turn => turn,
        }
    }
}

impl Place {
    fn after(&mut self, count: u64, more: Option<bool>, hash: u64, reply: View<'_>) -> Turn {
        let Self::Number {
            total,
            page,
            skipped,
            size,
            items,
            last,
        } = self
        else {
            return Turn::End;
        };
        let is_first = last.is_none();
        if last.replace(hash) == Some(hash) && count > 0 {
            return Turn::Repeated(format!(
                "page {page} is page {} once more: the pages would never end",
                page.saturating_sub(1)
            ));
        }
        if is_first {
            // What the server gives may be less than what was asked for.
            *items = skipped.saturating_mul(count);
        }
        *items = items.saturating_add(count);
        let total = if total.is_empty() {
            None
        } else {
            // A total of none beside items says nothing.
            text(at(reply, total)).and_then(|text| text.parse().ok().filter(|total| *total > 0))
        };
        let goes_on = match (more, total, *size) {
            (Some(more), _, _) => more,
            _ if count == 0 => false,
            (None, Some(total), _) => *items < total,
            (None, None, Some(size)) => count >= size,
            (None, None, None) => true,
        };
        match page.checked_add(1).filter(|_| goes_on) {
            Some(next) => {
                *page = next;
                Turn::Next(next.to_string())
            }
            None => Turn::End,
        }
    }
}

/// The value that a path leads to.
fn at(reply: View<'_>, path: FieldPath) -> View<'_> {
    path.iter().fold(reply, |view, name| match view {
        View::Object(model) => {
            let mut fields = model.info().fields().iter();
            fields
                .position(|field| field.name() == *name)
                .map_or(View::Unset, |index| model.get(index).view())
        }
        View::Json(value) => value.get(name).map_or(View::Unset, View::Json),
        _ => View::Unset,
    })
}

fn count(view: View<'_>) -> u64 {
    let count = match view {
        View::List(items) => items.count(),
        View::Json(Json::Array(items)) => items.len(),
        _ => 0,
    };
    count as u64
}

fn text(view: View<'_>) -> Option<String> {
    match view {
        View::Str(text) => Some(text.to_owned()),
        View::Int(number) => Some(number.to_string()),
        View::Json(Json::String(text)) => Some(text.clone()),
        View::Json(Json::Number(number)) => Some(number.to_string()),
        _ => None,
    }
}

fn flag(view: View<'_>) -> Option<bool> {
    match view {
        View::Bool(value) => Some(value),
        View::Json(value) => boolean(value),
        _ => None,
    }
}
