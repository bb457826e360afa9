//! What an operation is answered if nothing else is known: its example, or a reply made from its types.

use std::borrow::Cow;

use dingtalk_api::Api;
use dingtalk_api::generated::{Paging, PagingStyle};
use dingtalk_api::model::{Json, JsonObject};
use dingtalk_api::operation::Operation;
use dingtalk_catalogue::Sampler;
use dingtalk_catalogue::format::ExampleResponse;

use crate::received::Received;

/// An operation's usual reply. Most are a part of the catalogue's file, and are read only to be changed.
pub(crate) struct Usual {
    pub(crate) status: u16,
    text: Cow<'static, str>,
    operation: &'static Operation,
    /// The names of ids in the reply that the request has too.
    ids: Vec<&'static str>,
}

impl Usual {
    pub(crate) fn new(
        operation: &'static Operation,
        api: &Api,
        example: Option<ExampleResponse<'static>>,
    ) -> Self {
        let status = example.as_ref().map_or(200, |example| example.status);
        let text = example.and_then(|example| example.body);
        let text = text.map_or_else(|| Cow::Owned(made(operation, api)), Cow::Borrowed);
        let mut usual = Self {
            status,
            text,
            operation,
            ids: Vec::new(),
        };
        let mut body = usual.body();
        let names = operation.fields().into_iter().map(|(info, _)| info.name());
        usual.ids = names
            .filter(|name| is_id(name) && has(&body, name))
            .collect();
        if let Some(paging) = operation.paging {
            end(&mut body, paging);
            usual.text = Cow::Owned(body.to_string());
        }
        usual
    }

    pub(crate) fn body(&self) -> Json {
        self.text.parse().unwrap_or_default()
    }

    /// The reply to a request, with its ids.
    pub(crate) fn text(&self, received: &Received) -> Cow<'_, str> {
        let given: Vec<_> = self
            .ids
            .iter()
            .filter_map(|name| Some((*name, received.value(name)?)))
            .collect();
        let later = self.is_later_page(received);
        if given.is_empty() && !later {
            return Cow::Borrowed(&self.text);
        }
        let mut body = self.body();
        for (name, value) in given {
            echo(&mut body, name, value);
        }
        if let (true, Some(paging)) = (later, self.operation.paging)
            && let Some(items) = at(&mut body, paging.items).and_then(Json::as_array_mut)
        {
            items.clear();
        }
        Cow::Owned(body.to_string())
    }

    /// The reply with these fields.
    pub(crate) fn with(&self, fields: JsonObject) -> Json {
        let mut body = self.body();
        if let Some(object) = body.as_object_mut() {
            for (name, value) in fields {
                object.insert(name, value);
            }
        }
        body
    }

    /// Whether a page after the first is asked for, by its number or its offset.
    fn is_later_page(&self, received: &Received) -> bool {
        let Some(paging) = self.operation.paging else {
            return false;
        };
        let first = match paging.style {
            PagingStyle::Number { first } => first,
            PagingStyle::Offset => 0,
            PagingStyle::Token { .. } => return false,
        };
        let name = paging.cursor.last().copied().unwrap_or_default();
        received
            .value(name)
            .and_then(Json::as_i64)
            .is_some_and(|cursor| cursor > first)
    }
}

/// Makes a reply that of the last page: programs that ask for all pages come to an end.
fn end(body: &mut Json, paging: &Paging) {
    if !paging.more.is_empty()
        && let Some(more) = at(body, paging.more)
    {
        *more = false.into();
    }
    if let PagingStyle::Token { next } = &paging.style {
        remove(body, next);
    }
    let items = at(body, paging.items).and_then(|items| items.as_array());
    let count = items.map(Vec::len);
    if let (Some(count), Some(total)) = (count, at(body, paging.total))
        && total.as_number().is_some()
    {
        *total = count.into();
    }
}

/// A reply with a value in each field.
fn made(operation: &Operation, api: &Api) -> String {
    let kind = operation
        .reply_type
        .map(dingtalk_api::generated::TypeOf::get);
    let body = kind.and_then(|kind| Sampler::for_the_wire(true).value("value", kind));
    let Some(mut body) = body else {
        return "{}".to_owned();
    };
    if let Some(object) = body.as_object_mut() {
        for name in api.envelope.code {
            // Any other code would say that the call failed.
            match object.get_mut(name) {
                Some(code @ Json::String(_)) => *code = "0".into(),
                Some(code) => *code = 0.into(),
                None => {}
            }
        }
    }
    body.to_string()
}

/// What a path leads to.
fn at<'j>(json: &'j mut Json, path: &[&str]) -> Option<&'j mut Json> {
    let Some((first, rest)) = path.split_first() else {
        return Some(json);
    };
    at(json.as_object_mut()?.get_mut(first)?, rest)
}

fn remove(json: &mut Json, path: &[&str]) {
    if let Some((last, path)) = path.split_last()
        && let Some(object) = at(json, path).and_then(Json::as_object_mut)
    {
        object.remove(last);
    }
}

fn is_id(name: &str) -> bool {
    name.ends_with("Id") || name.ends_with("ID") || name.ends_with("id")
}

/// Whether a name is in an object, or in one inside it; but not in a list.
fn has(json: &Json, name: &str) -> bool {
    let Some(object) = json.as_object() else {
        return false;
    };
    object.contains_key(name) || object.values().any(|value| has(value, name))
}

/// Gives all fields of this name this value, if it has their type.
fn echo(json: &mut Json, name: &str, value: &Json) {
    let Some(object) = json.as_object_mut() else {
        return;
    };
    for (key, old) in object.iter_mut() {
        let alike = matches!(
            (&*old, value),
            (Json::String(_), Json::String(_)) | (Json::Number(_), Json::Number(_))
        );
        if key == name && alike {
            *old = value.clone();
        } else {
            echo(old, name, value);
        }
    }
}
