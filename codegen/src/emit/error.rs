//! An operation's error type: an enum, once a code is documented.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::types::ident;
use crate::lock;
use crate::resolve::{ErrorDef, ErrorVariant};
use crate::spec::ErrorClass;

/// The type and what makes it an error.
pub(super) fn generate(def: &ErrorDef<'_>, service: &str, operation: &str) -> TokenStream {
    if def.rows.is_empty() {
        undocumented(def, service, operation)
    } else {
        documented(def, operation)
    }
}

/// An alias of a type of the runtime, which an enum can replace without breaking callers: the operation's number makes it a
/// distinct type, at no cost to the compiler.
fn undocumented(def: &ErrorDef<'_>, service: &str, operation: &str) -> TokenStream {
    let name = ident(&def.name);
    let number = Literal::u64_unsuffixed(lock::number([(service, operation)]));
    let doc = docs::comment([format!(
        "The error of `{operation}`, which documents no codes."
    )]);
    quote! {
        #doc
        pub type #name = rt::UndocumentedError<#number>;
    }
}

fn documented(def: &ErrorDef<'_>, operation: &str) -> TokenStream {
    let name = ident(&def.name);
    let variants: Vec<_> = def
        .variants
        .iter()
        .map(|variant| ident(&variant.ident))
        .collect();
    let variant_docs = def
        .variants
        .iter()
        .map(|variant| docs::comment(describe(variant)));
    let indexes = (0..variants.len()).map(Literal::usize_unsuffixed);
    let enum_doc = docs::comment([
        format!("The errors that `{operation}` documents."),
        "Each holds what the server reported: status, code, message and request id.".to_owned(),
    ]);
    quote! {
        #enum_doc
        #[derive(Debug, Clone)]
        #[non_exhaustive]
        pub enum #name {
            #(#variant_docs #variants(rt::ApiError),)*
            /// A code that the operation does not document.
            Other(rt::ApiError),
        }

        impl rt::OperationError for #name {
            #[inline]
            fn from_api(variant: Option<usize>, error: rt::ApiError) -> Self {
                match variant {
                    #(Some(#indexes) => Self::#variants(error),)*
                    _ => Self::Other(error),
                }
            }

            #[inline]
            fn api(&self) -> &rt::ApiError {
                match self {
                    #(Self::#variants(error) |)* Self::Other(error) => error,
                }
            }
        }

        impl rt::OfOperation for #name {}

        impl ::core::fmt::Display for #name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                rt::OperationError::api(self).fmt(f)
            }
        }

        impl ::core::error::Error for #name {}
    }
}

/// The rows of the table, as expressions.
pub(super) fn rows<'a>(def: &'a ErrorDef<'_>) -> impl Iterator<Item = TokenStream> + 'a {
    def.rows.iter().map(|(row, variant)| {
        let (status, code) = (Literal::u16_unsuffixed(row.status), &row.code);
        let variant = Literal::usize_unsuffixed(*variant);
        let message = row.message.as_deref().unwrap_or_default();
        let class = row.class.map_or(quote!(None), |class| {
            let class = class_ident(class);
            quote!(Some(rt::ErrorClass::#class))
        });
        quote! {
            rt::ErrorRow {
                status: #status,
                code: #code,
                message: #message,
                class: #class,
                variant: #variant,
            }
        }
    })
}

/// The runtime's name of a class.
pub(super) fn class_ident(class: ErrorClass) -> proc_macro2::Ident {
    ident(match class {
        ErrorClass::TokenRejected => "TokenRejected",
        ErrorClass::Credentials => "Credentials",
        ErrorClass::Permission => "Permission",
        ErrorClass::Throttled => "Throttled",
        ErrorClass::ThrottledMinute => "ThrottledMinute",
        ErrorClass::Quota => "Quota",
        ErrorClass::Transient => "Transient",
        ErrorClass::RetryLater => "RetryLater",
        ErrorClass::IdempotencyMisuse => "IdempotencyMisuse",
    })
}

fn describe(variant: &ErrorVariant<'_>) -> Vec<String> {
    let mut paragraphs = Vec::new();
    for row in &variant.rows {
        paragraphs.extend(row.doc.as_deref().map(docs::sentence));
        let message = match row.message.as_deref() {
            None | Some("") => String::new(),
            Some(message) => format!(": {}", docs::code(message)),
        };
        paragraphs.push(format!(
            "Status {}, code `{}`{message}",
            row.status, row.code
        ));
    }
    paragraphs
}
