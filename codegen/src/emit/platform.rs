//! `platform.rs`: what all operations share.

use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{error, grants};
use crate::resolve::Service;
use crate::spec::Platform;

/// The file's items.
pub(super) fn generate(platform: &Platform, services: &BTreeMap<&str, Service<'_>>) -> TokenStream {
    let servers = platform.servers.iter().map(|(name, server)| {
        let url = &server.url;
        quote!((#name, #url))
    });
    let (token_header, id_headers) = (&platform.token_header, &platform.request_id_headers);
    let errors = platform.errors.iter().map(|row| {
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
    let (grants, operations) = grants::generate(&platform.grants, services);
    quote! {
        //! What all operations share: servers, error codes, and how tokens are fetched.
        use ::dingtalk_runtime::generated as rt;

        /// DingTalk's open platform.
        pub static PLATFORM: rt::Platform = rt::Platform {
            servers: &[#(#servers),*],
            token_header: #token_header,
            request_id_headers: &[#(#id_headers),*],
            errors: &[#(#errors),*],
            grants: &[#(#grants),*],
        };

        #(#operations)*
    }
}
