//! Which operations are plainly given page by page.

use crate::spec::{Field, Fields, Operation, Paging, ScalarOrNamed, Shape};

/// What the token of the next page is called in replies.
const NEXT: [&str; 7] = [
    "nextToken",
    "nextCursor",
    "nextOffset",
    "nextPageToken",
    "nextPageCursor",
    "next_cursor",
    "next_token",
];
/// What a request calls the token of the page that it asks for. Of several, the first that is there counts.
const TOKEN: [&str; 6] = [
    "nextToken",
    "cursor",
    "pageToken",
    "nextPageCursor",
    "offset",
    "next_token",
];
/// What a request calls the size of a page.
const SIZE: [&str; 6] = [
    "maxResults",
    "maxResult",
    "pageSize",
    "size",
    "page_size",
    "max_results",
];
/// What a request calls the number and the size of a page.
const NUMBERED: [(&str, &str); 3] = [
    ("pageNumber", "pageSize"),
    ("page_no", "page_size"),
    ("page", "page_size"),
];
/// What a request calls the number of items to skip, and the size of a page.
const OFFSET: [(&str, &str); 3] = [("offset", "size"), ("offset", "limit"), ("offset", "count")];
/// What a reply calls the flag that says whether there are more pages.
const MORE: [&str; 3] = ["hasMore", "hasNext", "has_more"];
/// What a reply calls the number of all items.
const TOTAL: [&str; 3] = ["totalCount", "total", "total_count"];
/// How many objects around each other a list or a token is looked for in.
const DEPTH: usize = 3;

/// How an operation is gone through, if its fields leave no doubt: the request takes `pageNumber` and `pageSize`; or it
/// takes a token, and the reply gives one for the next page; or it takes `offset` and `size`. The reply has exactly one list, if those that
/// are deeper than the first are not counted.
pub(super) fn of(operation: &Operation) -> Option<Paging> {
    let reply = Reply::of(operation.response.as_ref()?)?;
    let next = reply.find(&NEXT, is_token);
    let token = argument(operation, &TOKEN, is_token);
    let number =
        |name: &str| argument(operation, &[name], is_integer).filter(|path| path.as_str() == name);
    let paging = Paging {
        items: Some(reply.items.join(".")),
        more: reply.find(&MORE, is_flag),
        ..Paging::default()
    };
    let numbered = NUMBERED
        .iter()
        .find_map(|(page, size)| number(page).zip(number(size)));
    if let Some((page, size)) = numbered {
        return Some(Paging {
            page: Some(page),
            size: Some(size),
            // It ends the pages, so that it must not be the count of one page.
            total: reply.find(&["totalCount", "total_count"], is_token),
            ..paging
        });
    }
    let offset = OFFSET
        .iter()
        .find_map(|(offset, size)| number(offset).zip(number(size)));
    if let (None, Some((offset, size))) = (&next, offset) {
        return Some(Paging {
            offset: Some(offset),
            size: Some(size),
            total: reply.find(&["totalCount", "total_count"], is_token),
            ..paging
        });
    }
    let (token, next) = token.zip(next)?;
    Some(Paging {
        size: size(operation, &token),
        token: Some(token),
        next: Some(next),
        total: reply.find(&TOTAL, is_token),
        ..paging
    })
}

/// Whether a reply gives the token of a next page.
pub(super) fn gives_token(operation: &Operation) -> bool {
    let mut found = false;
    if let Some(fields) = &operation.response {
        walk(fields, &mut Vec::new(), &mut |path, _| {
            found |= path.last().is_some_and(|name| NEXT.contains(name));
        });
    }
    found
}

/// The size of a page, which is where the token is.
fn size(operation: &Operation, token: &str) -> Option<String> {
    let size = argument(operation, &SIZE, is_integer)?;
    let around = |path: &str| path.rsplit_once('.').map(|(object, _)| object.to_owned());
    (around(&size) == around(token)).then_some(size)
}

/// The first of these fields that the request has, in the query, the body, or one object of the body.
fn argument(operation: &Operation, names: &[&str], fits: fn(&Field) -> bool) -> Option<String> {
    names.iter().find_map(|name| {
        let mut found = Vec::new();
        found.extend(
            operation
                .query
                .get(name)
                .map(|field| ((*name).to_owned(), field)),
        );
        if let Some(body) = &operation.body {
            found.extend(body.get(name).map(|field| ((*name).to_owned(), field)));
            found.extend(body.iter().filter_map(|(object, field)| {
                let field = inner(field)?.get(name)?;
                Some((format!("{object}.{name}"), field))
            }));
        }
        // In two places it is not plain which of them counts.
        match &*found {
            [(path, field)] if fits(field) => Some(path.clone()),
            _ => None,
        }
    })
}

/// The fields of an object that is described where it is used.
fn inner(field: &Field) -> Option<&Fields> {
    match field.shape() {
        Some(Shape::Object(fields)) if field.encoding.is_none() => Some(fields),
        _ => None,
    }
}

fn is_token(field: &Field) -> bool {
    is(field, &[ScalarOrNamed::String, ScalarOrNamed::Integer])
}

fn is_integer(field: &Field) -> bool {
    is(field, &[ScalarOrNamed::Integer])
}

fn is_flag(field: &Field) -> bool {
    is(field, &[ScalarOrNamed::Boolean])
}

fn is(field: &Field, types: &[ScalarOrNamed]) -> bool {
    field.encoding.is_none()
        && matches!(field.shape(), Some(Shape::Name(name)) if types.contains(name))
}

/// Shows each field, those of objects in objects too.
fn walk<'a>(
    fields: &'a Fields,
    path: &mut Vec<&'a str>,
    show: &mut impl FnMut(&[&'a str], &'a Field),
) {
    for (name, field) in fields.iter() {
        path.push(name);
        show(path, field);
        if let Some(inner) = inner(field).filter(|_| path.len() < DEPTH) {
            walk(inner, path, show);
        }
        path.pop();
    }
}

/// A reply with one list.
struct Reply<'a> {
    fields: &'a Fields,
    /// Where the list is.
    items: Vec<&'a str>,
}

impl<'a> Reply<'a> {
    fn of(fields: &'a Fields) -> Option<Self> {
        let mut lists = Vec::new();
        walk(fields, &mut Vec::new(), &mut |path, field| {
            if matches!(field.shape(), Some(Shape::List(_))) {
                lists.push(path.to_vec());
            }
        });
        // A list in the third object is the page only where there is no other.
        if lists.iter().any(|path| path.len() < DEPTH) {
            lists.retain(|path| path.len() < DEPTH);
        }
        match lists.len() {
            1 => lists.pop().map(|items| Self { fields, items }),
            _ => None,
        }
    }

    /// Where the first of these fields is: next to the list, or next to an object around it. The nearest counts.
    fn find(&self, names: &[&str], fits: fn(&Field) -> bool) -> Option<String> {
        let objects = &self.items[..self.items.len() - 1];
        let mut around = vec![self.fields];
        for name in objects {
            around.push(inner(around.last()?.get(name)?)?);
        }
        let (depth, name, field) =
            around
                .iter()
                .enumerate()
                .rev()
                .find_map(|(depth, fields)| {
                    names
                        .iter()
                        .find_map(|name| Some((depth, *name, fields.get(name)?)))
                })?;
        let mut path = objects[..depth].to_vec();
        path.push(name);
        fits(field).then(|| path.join("."))
    }
}
