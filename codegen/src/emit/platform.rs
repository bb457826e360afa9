//! `platform.rs`: what all operations share.

use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{error, grants};
use crate::resolve::Service;
use crate::spec::template::{Part, parts};
use crate::spec::{Api, Envelope, Platform, Signature, SignatureField, SignedValue, Signer, plain};

/// The file's items.
pub(super) fn generate(platform: &Platform, services: &BTreeMap<&str, Service<'_>>) -> TokenStream {
    let apis = platform.apis.iter().map(|(name, one)| api(name, one));
    let (grants, operations) = grants::generate(platform.grants(), services);
    quote! {
        //! What all operations share: the APIs with their servers and error codes, and how tokens are fetched.
        use ::dingtalk_runtime::generated as rt;

        /// DingTalk's open platform.
        pub static PLATFORM: rt::Platform = rt::Platform {
            apis: &[#(#apis),*],
            grants: &[#(#grants),*],
        };

        #(#operations)*
    }
}

pub(super) fn api(name: &str, api: &Api) -> TokenStream {
    let servers = api.servers.iter().map(|(name, server)| {
        let url = &server.url;
        quote!((#name, #url))
    });
    let token = match (&api.token.header, &api.token.query) {
        (None, Some(field)) => quote!(Query(#field)),
        (header, _) => {
            let header = header.as_deref().unwrap_or_default();
            quote!(Header(#header))
        }
    };
    let id_headers = &api.request_id_headers;
    let envelope = envelope(&api.envelope);
    let signatures = api
        .signatures
        .iter()
        .map(|(name, one)| signature(name, one));
    let errors = api.errors.iter().map(|row| {
        let status = row.status.iter().copied().map(Literal::u16_unsuffixed);
        let (code, class) = (&row.code, error::class_ident(row.class));
        quote! {
            rt::PlatformError {
                status: &[#(#status),*],
                code: #code,
                class: rt::ErrorClass::#class,
            }
        }
    });
    quote! {
        rt::Api {
            name: #name,
            servers: &[#(#servers),*],
            token: rt::TokenPlace::#token,
            request_id_headers: &[#(#id_headers),*],
            envelope: #envelope,
            signatures: &[#(#signatures),*],
            errors: &[#(#errors),*],
        }
    }
}

fn signature(name: &str, signature: &Signature) -> TokenStream {
    let signer = match signature.signer {
        Signer::Application => quote!(Application),
        Signer::Webhook => quote!(Webhook),
    };
    let text = parts(&signature.text).map(|part| match part {
        Part::Name(name) => match SignedValue::named(name) {
            Some(SignedValue::Key) => quote!(Key),
            Some(SignedValue::Secret) => quote!(Secret),
            Some(SignedValue::Ticket) => quote!(Ticket),
            Some(SignedValue::Timestamp) => quote!(Timestamp),
            // The check refuses others.
            None => quote!(Text(#name)),
        },
        Part::Text(text) | Part::Mistake(text) => quote!(Text(#text)),
    });
    let query = signature.query.iter().map(|(field, value)| {
        let value = match value {
            SignatureField::Key => quote!(Key),
            SignatureField::Ticket => quote!(Ticket),
            SignatureField::Timestamp => quote!(Timestamp),
            SignatureField::Signature => quote!(Signature),
        };
        quote!((#field, rt::SignatureField::#value))
    });
    quote! {
        rt::Signature {
            name: #name,
            signer: rt::SignedBy::#signer,
            text: &[#(rt::SignedPart::#text),*],
            query: &[#(#query),*],
        }
    }
}

fn envelope(envelope: &Envelope) -> TokenStream {
    let names = |names: &[String]| {
        let names = names.iter().map(|name| plain(name));
        quote!(&[#(#names),*])
    };
    let every_reply = envelope.every_reply;
    let code = names(&envelope.code);
    // Where every reply has a code, it is never data.
    let certain = names(if every_reply {
        &envelope.code
    } else {
        &envelope.certain
    });
    let (success, outer) = (&envelope.success, &envelope.outer);
    let flag = names(&envelope.flag);
    let (message, uncertain) = (names(&envelope.message), names(&envelope.uncertain));
    let (sub_code, sub_message) = (names(&envelope.sub_code), names(&envelope.sub_message));
    let (request_id, others) = (names(&envelope.request_id), names(&envelope.others));
    quote! {
        rt::Envelope {
            every_reply: #every_reply,
            code: #code,
            certain: #certain,
            success: &[#(#success),*],
            flag: #flag,
            message: #message,
            uncertain: #uncertain,
            outer: &[#(#outer),*],
            sub_code: #sub_code,
            sub_message: #sub_message,
            request_id: #request_id,
            others: #others,
        }
    }
}
