//! An operation's error type: an alias with the operation's number, so that each operation has a type of its own.
//!
//! What it is an alias of may change without breaking callers. Operations without documented codes have the runtime's
//! `UndocumentedError`. The others have an enum, and those of a service that document the same share one: a third of all
//! variants is left, and these take most of the time that errors cost the compiler.

use std::collections::HashMap;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::docs;
use super::types::ident;
use crate::lock;
use crate::resolve::{ErrorDef, ErrorVariant, Operation, Service};
use crate::spec::ErrorClass;

/// A variant's name and the paragraphs about it.
type Variant = (String, Vec<String>);

/// The error enums of a service's operations.
pub(super) struct Errors<'a> {
    service: &'a str,
    /// By what the enum shows: the first operation that documents it, whose module has the enum.
    homes: HashMap<Vec<Variant>, &'a Operation<'a>>,
}

impl<'a> Errors<'a> {
    pub(super) fn of(service: &'a Service<'_>) -> Self {
        let mut homes = HashMap::new();
        for operation in &service.operations {
            if !operation.errors.rows.is_empty() {
                homes.entry(variants(operation)).or_insert(operation);
            }
        }
        Self {
            service: service.name,
            homes,
        }
    }

    /// The operation's error type, and the enum if this is its home.
    pub(super) fn generate(&self, operation: &Operation<'_>) -> TokenStream {
        let name = ident(&operation.errors.name);
        let action = operation.spec.operation.as_str();
        let number = Literal::u64_unsuffixed(lock::number([(self.service, action)]));
        let variants = variants(operation);
        let Some(home) = self.homes.get(&variants) else {
            let doc = docs::comment([format!(
                "The error of `{action}`, which documents no codes."
            )]);
            return quote! {
                #doc
                pub type #name = rt::UndocumentedError<#number>;
            };
        };
        let shared = format_ident!("{}s", ident(&home.errors.name));
        let doc = docs::comment([
            format!("The errors that `{action}` documents."),
            "Each holds what the server reported: status, code, message and request id.".to_owned(),
        ]);
        if home.method == operation.method {
            let definition = definition(action, &shared, &variants);
            return quote! {
                #doc
                pub type #name = #shared<#number>;
                #definition
            };
        }
        let module = ident(&home.method);
        quote! {
            #doc
            pub type #name = super::#module::#shared<#number>;
        }
    }
}

fn definition(action: &str, name: &Ident, variants: &[Variant]) -> TokenStream {
    let doc = docs::comment([format!(
        "The errors of `{action}` and of operations that document the same. Use the alias of the operation."
    )]);
    let docs = variants.iter().map(|(_, doc)| docs::comment(doc));
    let idents: Vec<_> = variants.iter().map(|(name, _)| ident(name)).collect();
    quote! {
        #doc
        #[non_exhaustive]
        pub enum #name<const OPERATION: u64> {
            #(#docs #idents(rt::ApiError),)*
            /// A code that the operation does not document.
            Other(rt::ApiError),
        }

        rt::error!(#name, #(#idents),*);
    }
}

fn variants(operation: &Operation<'_>) -> Vec<Variant> {
    let variants = operation.errors.variants.iter();
    let variants = variants.map(|variant| (variant.ident.clone(), describe(variant)));
    variants.collect()
}

/// The rows of the table, each as the text that the runtime's `ErrorRow` reads.
pub(super) fn rows<'a>(def: &'a ErrorDef<'_>) -> impl Iterator<Item = String> + 'a {
    def.rows.iter().map(|(row, variant)| {
        let (status, code) = (row.status, &row.code);
        let class = row.class.map_or("", ErrorClass::as_str);
        let message = row.message.as_deref().unwrap_or_default();
        format!("{variant}\t{status}\t{class}\t{code}\t{message}")
    })
}

/// The runtime's name of a class.
pub(super) fn class_ident(class: ErrorClass) -> Ident {
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
