//! How an operation is paged: as data, and as a closure that extracts the items of a page.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::types::ident;
use crate::resolve::{self, Operation};
use crate::spec::{Paging, PagingStyle};

/// The field `paging` of an operation's data.
pub(super) fn data(operation: &Operation<'_>) -> TokenStream {
    let (Some(spec), Some(_)) = (&operation.spec.paging, &operation.paging) else {
        return quote!(None);
    };
    let cursor = field_path(Some(spec.cursor()));
    let [size, total, items, more] = [&spec.size, &spec.total, &spec.items, &spec.more]
        .map(|names| field_path(names.as_deref()));
    let style = match spec.style() {
        PagingStyle::Token { next } => {
            let next = field_path(Some(next));
            quote!(Token { next: #next })
        }
        PagingStyle::Number { first } => {
            let first = Literal::i64_unsuffixed(first);
            quote!(Number { first: #first })
        }
        PagingStyle::Offset => quote!(Offset),
    };
    quote! {
        Some(&rt::Paging {
            cursor: #cursor,
            style: rt::PagingStyle::#style,
            size: #size,
            items: #items,
            more: #more,
            total: #total,
        })
    }
}

/// Takes the items out of a page. No field of a reply is plain, since a server may leave out
/// whatever it likes.
pub(super) fn take(paging: &resolve::Paging) -> TokenStream {
    let mut names = paging.items.iter().map(|name| ident(name));
    match names.next() {
        None => quote!(|reply, _| Some(reply)),
        Some(first) => quote!(|reply, _| reply.#first #(?.#names)*),
    }
}

/// What the documentation of the method says of it.
pub(super) fn describe(spec: &Paging) -> String {
    let by = match spec.style() {
        PagingStyle::Token { .. } => "the token",
        PagingStyle::Number { .. } => "the number",
        PagingStyle::Offset => "the offset",
    };
    format!(
        "- Paging: `.pages()` and `.items()` fetch all pages, by {by} in {}",
        docs::code(spec.cursor())
    )
}

fn field_path(names: Option<&str>) -> TokenStream {
    let names = names.into_iter().flat_map(|names| names.split('.'));
    quote!(&[#(#names),*])
}
