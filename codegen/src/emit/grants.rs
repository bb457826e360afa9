//! How tokens are fetched, as part of `platform.rs`.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::operation::{self, option};
use super::types::ident;
use crate::names;
use crate::resolve::{Operation, Service};
use crate::spec::{Grant, GrantInput, Ordered};

/// The grants as expressions, and the items they refer to.
pub(super) fn generate<'a>(
    grants: impl Iterator<Item = (&'static str, &'a Grant)>,
    services: &BTreeMap<&str, Service<'_>>,
) -> (Vec<TokenStream>, Vec<TokenStream>) {
    let mut made: Vec<(&'a str, proc_macro2::Ident)> = Vec::new();
    let (mut values, mut items) = (Vec::new(), Vec::new());
    for (key, grant) in grants {
        let known = made.iter().find(|(target, _)| *target == grant.operation);
        let name = if let Some((_, name)) = known {
            name.clone()
        } else {
            let name = ident(&names::grant_operation(key));
            // The service's own feature may be off, so the operation is told once more here.
            let value =
                find(services, grant).map(|(service, op)| operation::value(service, op, false));
            items.push(quote!(static #name: rt::Operation = #value;));
            made.push((&grant.operation, name.clone()));
            name
        };
        values.push(value(key, grant, &name));
    }
    (values, items)
}

fn find<'a>(
    services: &'a BTreeMap<&str, Service<'a>>,
    grant: &Grant,
) -> Option<(&'a Service<'a>, &'a Operation<'a>)> {
    let (service, action) = grant.target();
    let service = services.get(service)?;
    let mut operations = service.operations.iter();
    let found = operations.find(|op| op.spec.operation == action)?;
    Some((service, found))
}

fn value(key: &str, grant: &Grant, operation: &proc_macro2::Ident) -> TokenStream {
    let kind = ident(&names::type_name(key));
    let path = inputs(&grant.path);
    let request = inputs(&grant.request);
    let constants = grant
        .constants
        .iter()
        .map(|(field, value)| quote!((#field, rt::GrantInput::Constant(#value))));
    let reply = &grant.reply;
    let (token, expires_in) = (&reply.token, &reply.expires_in);
    let refresh_token = option(reply.refresh_token.as_deref());
    let organisation = option(reply.organisation.as_deref());
    quote! {
        rt::Grant {
            kind: rt::GrantKind::#kind,
            operation: &#operation,
            path: &[#(#path),*],
            request: &[#(#request,)* #(#constants),*],
            token: #token,
            expires_in: #expires_in,
            refresh_token: #refresh_token,
            organisation: #organisation,
        }
    }
}

fn inputs(fields: &Ordered<String, GrantInput>) -> impl Iterator<Item = TokenStream> + '_ {
    fields.iter().map(|(field, input)| {
        let input = ident(match input {
            GrantInput::AppKey => "AppKey",
            GrantInput::AppSecret => "AppSecret",
            GrantInput::Organisation => "Organisation",
            GrantInput::SuiteTicket => "SuiteTicket",
            GrantInput::Code => "Code",
            GrantInput::RefreshToken => "RefreshToken",
        });
        quote!((#field, rt::GrantInput::#input))
    })
}
