//! Calls by name, with values that are known only at run time.

use super::pager::Pager;
use super::{Paged, PagedCall};
use crate::call::{Call, prepare};
use crate::client::Client;
use crate::error::ApiError;
use crate::json::JsonRequest;
use crate::model::{Element, Json};
use crate::operation::Operation;
use crate::request::Source;

/// A call with values that are known only at run time. It has pages if its operation has.
pub type JsonCall = PagedCall<Json, ApiError, Json>;

impl Client {
    /// Calls an operation with values that are known only at run time.
    pub fn call_json(&self, operation: &'static Operation, request: JsonRequest) -> JsonCall {
        let masked = request.is_masked();
        let state = request.resolve(operation).and_then(|(path, fields)| {
            let call = prepare(self, operation, &path, Some(Source::Json(&fields)))?;
            Ok(if masked { call.masked() } else { call })
        });
        let paged = Paged {
            items,
            max_pages: None,
        };
        Call::made(operation, state, paged)
    }
}

impl JsonCall {
    /// Whether more items follow `page`, the reply to this call: those that [`items`](Call::items) would fetch next, or
    /// could not reach. False if the operation has no pages. Sends nothing.
    pub fn has_more(self, page: &Json) -> bool {
        let pager = Pager::new(self.operation, self.state, None);
        pager.leaves_more(page.to_string().as_bytes(), page.as_view())
    }
}

/// The items are where the operation says.
fn items(mut reply: Json, operation: &'static Operation) -> Option<Vec<Json>> {
    for name in operation.paging?.items {
        reply = match reply {
            Json::Object(mut object) => object.remove(name)?,
            _ => return None,
        };
    }
    match reply {
        Json::Array(items) => Some(items),
        _ => None,
    }
}
