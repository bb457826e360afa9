//! Which operations are plainly given page by page.

use crate::spec::{Field, Fields, Operation, Paging, ScalarOrNamed, Shape};

/// How an operation is gone through, if its fields leave no doubt: the request takes `nextToken` and `maxResults` or
/// `pageNumber` and `pageSize`, and the reply has exactly one list, at its top or in one of its objects, and where
/// there is a token to be sent, that of the next page.
pub(super) fn of(operation: &Operation) -> Option<Paging> {
    let reply = Reply::of(operation.response.as_ref()?)?;
    let token =
        argument(operation, "nextToken").filter(|field| is_text(field) || is_integer(field));
    let by_token = token.is_some() && argument(operation, "maxResults").is_some_and(is_integer);
    let by_number = ["pageNumber", "pageSize"]
        .iter()
        .all(|name| argument(operation, name).is_some_and(is_integer));
    let more = reply.find("hasMore", |field| {
        matches!(field.shape(), Some(Shape::Name(ScalarOrNamed::Boolean)))
    });
    let items = Some(reply.items.clone());
    match (by_token, by_number) {
        (true, false) => Some(Paging {
            token: Some("nextToken".to_owned()),
            next: Some(reply.find("nextToken", |field| is_text(field) || is_integer(field))?),
            size: Some("maxResults".to_owned()),
            items,
            more,
            ..Paging::default()
        }),
        (false, true) => Some(Paging {
            page: Some("pageNumber".to_owned()),
            size: Some("pageSize".to_owned()),
            items,
            total: reply.find("totalCount", |field| is_text(field) || is_integer(field)),
            more,
            ..Paging::default()
        }),
        _ => None,
    }
}

/// A field of the query or the body.
fn argument<'a>(operation: &'a Operation, name: &str) -> Option<&'a Field> {
    let body = operation.body.as_ref().and_then(|body| body.get(name));
    match (operation.query.get(name), body) {
        // In both it is not plain which of them counts.
        (Some(_), Some(_)) => None,
        (query, body) => query.or(body),
    }
}

fn is_text(field: &Field) -> bool {
    field.encoding.is_none() && matches!(field.shape(), Some(Shape::Name(ScalarOrNamed::String)))
}

fn is_integer(field: &Field) -> bool {
    field.encoding.is_none() && matches!(field.shape(), Some(Shape::Name(ScalarOrNamed::Integer)))
}

/// A reply with one list.
struct Reply<'a> {
    fields: &'a Fields,
    /// The object that the list is in, if it is in one.
    object: Option<(&'a str, &'a Fields)>,
    /// Where the list is.
    items: String,
}

impl<'a> Reply<'a> {
    fn of(fields: &'a Fields) -> Option<Self> {
        let mut lists = Vec::new();
        for (name, field) in fields.iter() {
            match field.shape() {
                Some(Shape::List(_)) => lists.push((None, name.clone())),
                Some(Shape::Object(inner)) => {
                    let inner_lists = inner
                        .iter()
                        .filter(|(_, field)| matches!(field.shape(), Some(Shape::List(_))));
                    let found = inner_lists
                        .map(|(list, _)| (Some((name.as_str(), inner)), format!("{name}.{list}")));
                    lists.extend(found);
                }
                _ => {}
            }
        }
        match lists.len() {
            1 => lists.pop().map(|(object, items)| Self {
                fields,
                object,
                items,
            }),
            _ => None,
        }
    }

    /// Where a field is: beside the list, or at the top.
    fn find(&self, name: &str, fits: impl Fn(&Field) -> bool) -> Option<String> {
        let beside = self
            .object
            .and_then(|(object, fields)| Some((format!("{object}.{name}"), fields.get(name)?)));
        let at_top = || Some((name.to_owned(), self.fields.get(name)?));
        let (path, field) = beside.or_else(at_top)?;
        fits(field).then_some(path)
    }
}
