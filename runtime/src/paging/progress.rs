//! How far a stream of pages has come, and what the next page is.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};

use serde_json::value::RawValue;

use super::argument::Argument;
use crate::error::InvalidArgument;
use crate::model::{Json, View, boolean};
use crate::operation::{FieldPath, Paging, PagingStyle};

/// The field with which the platform says whether there are more pages, even in replies that do not document it, as its
/// two APIs spell it.
const MORE: [&str; 2] = ["hasMore", "has_more"];

/// After this many pages in a row without an item, the stream ends with an error.
const MOST_EMPTY: u32 = 1000;

/// How far a stream of pages has come.
pub(super) struct Progress {
    paging: &'static Paging,
    hasher: RandomState,
    place: Place,
    /// How many pages in a row had no item.
    empty: u32,
    /// The hash of the items that came last.
    last: Option<u64>,
    /// How many items have come, those of skipped pages included.
    came: u64,
    /// How many items there are in all, as the server said last.
    total: Option<u64>,
    /// Whether it began with the first page, so that `came` can be held against `total`.
    whole: bool,
}

enum Place {
    Token {
        next: FieldPath,
        /// Hashes of all tokens so far.
        seen: HashSet<u64>,
    },
    Number {
        at: i64,
        unit: Unit,
        /// How many pages or items there are before those of this stream.
        skipped: u64,
        /// How many items a page has at most, if the request says so.
        size: Option<u64>,
    },
}

/// What a number counts.
#[derive(Clone, Copy)]
enum Unit {
    Pages,
    Items,
}

/// What follows a page.
pub(super) enum Turn {
    /// The page with this token or number.
    Next(String),
    /// Nothing: this was the last page.
    End,
    /// Nothing, although there is more, or the pages would never end.
    Stuck(String),
    /// This page repeats the previous one.
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
        let (place, start, whole) = match paging.style {
            PagingStyle::Token { next } => {
                let seen = given.iter().map(|token| hasher.hash_one(token.as_str()));
                let seen = seen.collect();
                let whole = given.as_deref().is_none_or(is_no_token);
                (Place::Token { next, seen }, given, whole)
            }
            PagingStyle::Number { first } => Place::number(Unit::Pages, first, given, size)
                .ok_or_else(|| cursor.invalid("is not a page number"))?,
            PagingStyle::Offset => Place::number(Unit::Items, 0, given, size)
                .ok_or_else(|| cursor.invalid("is not a number of items"))?,
        };
        let progress = Self {
            paging,
            hasher,
            place,
            empty: 0,
            last: None,
            came: 0,
            total: None,
            whole,
        };
        Ok((progress, start))
    }

    /// Whether a value of a page, by its path, says how the pages go on, or is one of the items itself.
    pub(super) fn needs(&self, path: &str) -> bool {
        let next: FieldPath = match self.place {
            Place::Token { next, .. } => next,
            Place::Number { .. } => &[],
        };
        let Paging {
            items, more, total, ..
        } = *self.paging;
        let item = path
            .strip_suffix(']')
            .and_then(|path| path.rsplit_once('['));
        let (path, fields) = match item {
            Some((list, _)) => (list, &[items][..]),
            None => (path, &[items, more, total, next][..]),
        };
        fields.iter().any(|field| {
            let field = field.join(".");
            let rest = field.strip_prefix(path);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    }

    /// Inspects a page: its JSON, and what was decoded from it.
    pub(super) fn turn(&mut self, json: &[u8], page: View<'_>) -> Turn {
        let count = count(at(page, self.paging.items));
        if count == 0 {
            self.empty += 1;
        } else {
            self.empty = 0;
            let hash = self.hasher.hash_one(items_text(json, self.paging.items));
            let is_first = self.last.is_none();
            if self.last.replace(hash) == Some(hash) {
                return Turn::Repeated(self.place.repeated());
            }
            if let (Place::Number { unit, skipped, .. }, true) = (&self.place, is_first) {
                self.came = match unit {
                    // What the server gives may be less than what was asked for.
                    Unit::Pages => skipped.saturating_mul(count),
                    Unit::Items => *skipped,
                };
            }
            self.came = self.came.saturating_add(count);
        }
        // A total of 0 next to items means nothing.
        let total = text_at(page, self.paging.total).and_then(|text| text.parse().ok());
        self.total = total.filter(|total| *total > 0).or(self.total);
        let more = flag_at(page, self.paging.more);
        match self.after(count, more, page) {
            Turn::End => self.end(more, json),
            Turn::Next(_) if self.empty >= MOST_EMPTY => Turn::Stuck(format!(
                "{MOST_EMPTY} pages in a row without an item: the pages would never end"
            )),
            turn => turn,
        }
    }

    fn after(&mut self, count: u64, more: Option<bool>, reply: View<'_>) -> Turn {
        match &mut self.place {
            _ if more == Some(false) => Turn::End,
            Place::Token { next, seen } => {
                match text_at(reply, next).filter(|token| !is_no_token(token)) {
                    None if more == Some(true) => Turn::Stuck(format!(
                        "`{}` is true, but `{}` has no token for the next page, so the remaining items cannot be fetched",
                        self.paging.more.join("."),
                        next.join(".")
                    )),
                    None => Turn::End,
                    Some(token) if seen.insert(self.hasher.hash_one(token.as_str())) => {
                        Turn::Next(token)
                    }
                    Some(_) => Turn::Stuck(format!(
                        "the token in `{}` repeats an earlier one: the pages would never end",
                        next.join(".")
                    )),
                }
            }
            Place::Number { at, unit, size, .. } => {
                let goes_on = match (more, self.total, *size) {
                    (Some(more), _, _) => more,
                    _ if count == 0 => false,
                    (None, Some(total), _) => self.came < total,
                    (None, None, Some(size)) => count >= size,
                    (None, None, None) => true,
                };
                let step = match unit {
                    Unit::Pages => 1,
                    // A page may have fewer items than it has room for. The spec names the size wherever it names an
                    // offset, and no request is sent without one.
                    Unit::Items => size.unwrap_or(1),
                };
                let next = i64::try_from(step)
                    .ok()
                    .and_then(|step| at.checked_add(step));
                match next.filter(|_| goes_on) {
                    Some(next) => {
                        *at = next;
                        Turn::Next(next.to_string())
                    }
                    None => Turn::End,
                }
            }
        }
    }

    /// The end, unless the reply says that there are more items.
    fn end(&self, more: Option<bool>, json: &[u8]) -> Turn {
        match (more, &self.place) {
            // "No more" refers to what the caller may see; a total may count more than that.
            (Some(false), _) => return Turn::End,
            (None, Place::Token { next, .. }) => {
                if let Some(name) = says_more(json, next) {
                    return Turn::Stuck(format!(
                        "`{name}` is true, but there is no token for the next page, so the remaining items cannot be fetched"
                    ));
                }
            }
            _ => {}
        }
        match self.total {
            Some(total) if self.whole && self.came < total => Turn::Stuck(format!(
                "`{}` is {total}, but the pages end after {} items, so the remaining items cannot be fetched",
                self.paging.total.join("."),
                self.came
            )),
            _ => Turn::End,
        }
    }
}

impl Place {
    /// The beginning of pages that are counted, and the number of the first. `None` if what is given is not a number.
    fn number(
        unit: Unit,
        first: i64,
        given: Option<String>,
        size: Option<u64>,
    ) -> Option<(Self, Option<String>, bool)> {
        let at = given.map_or(Some(first), |text| text.parse().ok())?;
        let skipped = u64::try_from(at.saturating_sub(first)).unwrap_or(0);
        let size = size.filter(|size| *size > 0);
        let place = Self::Number {
            at,
            unit,
            skipped,
            size,
        };
        Some((place, Some(at.to_string()), skipped == 0))
    }

    fn repeated(&self) -> String {
        match self {
            Self::Token { .. } => {
                "the page repeats the one before it: the pages would never end".to_owned()
            }
            Self::Number {
                at,
                unit: Unit::Pages,
                ..
            } => format!(
                "page {at} repeats page {}: the pages would never end",
                at.saturating_sub(1)
            ),
            Self::Number {
                at,
                unit: Unit::Items,
                ..
            } => {
                format!(
                    "the page from item {at} on repeats the one before it: the pages would never end"
                )
            }
        }
    }
}

/// Whether a token says that there is no next page, or asks for the first.
fn is_no_token(token: &str) -> bool {
    token.is_empty() || token == "0"
}

/// The items as they came, with the fields that no model knows; all of the reply if they cannot be found.
fn items_text(json: &[u8], path: FieldPath) -> &[u8] {
    text_of(json, path).map_or(json, str::as_bytes)
}

/// The undocumented field, next to the token or at the top, with which a reply says that there are more pages.
fn says_more(json: &[u8], next: FieldPath) -> Option<&'static str> {
    let beside = next.split_last().map_or(next, |(_, outer)| outer);
    MORE.into_iter().find(|name| {
        [beside, &[]].into_iter().any(|outer| {
            let path: Vec<_> = outer.iter().copied().chain([*name]).collect();
            text_of(json, &path) == Some("true")
        })
    })
}

/// The JSON that a path leads to, as it came.
fn text_of<'a>(json: &'a [u8], path: &[&str]) -> Option<&'a str> {
    let whole = serde_json::from_slice::<&RawValue>(json).ok()?;
    let found = path.iter().try_fold(whole, |raw, name| {
        let mut object: HashMap<Cow<'a, str>, &'a RawValue> =
            serde_json::from_str(raw.get()).ok()?;
        object.remove(*name)
    })?;
    Some(found.get())
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

/// A field that is a text or a number; none where the path is empty.
fn text_at(reply: View<'_>, path: FieldPath) -> Option<String> {
    match at(reply, path) {
        _ if path.is_empty() => None,
        View::String(text) => Some(text.to_owned()),
        View::Integer(number) => Some(number.to_string()),
        View::Json(Json::String(text)) => Some(text.clone()),
        View::Json(Json::Number(number)) => Some(number.to_string()),
        _ => None,
    }
}

/// A field that is a boolean; none where the path is empty.
fn flag_at(reply: View<'_>, path: FieldPath) -> Option<bool> {
    match at(reply, path) {
        _ if path.is_empty() => None,
        View::Boolean(value) => Some(value),
        View::Json(value) => boolean(value),
        _ => None,
    }
}
