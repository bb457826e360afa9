//! `platform.rs`: what all operations share.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::types::ident;
use super::{error, operation};
use crate::resolve::Operation;
use crate::spec::{GrantInput, Platform};

/// The file's items.
pub(super) fn generate(
    platform: &Platform,
    token_operation: Option<&Operation<'_>>,
    token_service: &str,
) -> TokenStream {
    let servers = platform.servers.iter().map(|(name, server)| {
        let url = &server.url;
        quote!((#name, #url))
    });
    let (token_header, id_headers) = (&platform.token_header, &platform.request_id_headers);
    let errors = platform.errors.iter().map(|row| {
        let status = row.status.iter().copied().map(Literal::u16_unsuffixed);
        let (code, class) = (&row.code, error::class_ident(row.class));
        quote! {
            rt::operation::PlatformError {
                status: &[#(#status),*],
                code: #code,
                class: rt::operation::ErrorClass::#class,
            }
        }
    });
    let grant = &platform.app_token;
    let inputs = grant.request.iter().map(|(field, input)| {
        let input = ident(match input {
            GrantInput::AppKey => "AppKey",
            GrantInput::AppSecret => "AppSecret",
        });
        quote!((#field, rt::operation::GrantInput::#input))
    });
    let (token, expires_in) = (&grant.reply.token, &grant.reply.expires_in);
    // The service's own feature may be off, so the operation is told once more here.
    let operation = token_operation.map(|op| operation::value(token_service, op, false));
    quote! {
        //! What all operations share: servers, error codes, how a token is got.
        use ::dingtalk_runtime as rt;

        /// DingTalk's open platform.
        pub static PLATFORM: rt::operation::Platform = rt::operation::Platform {
            servers: &[#(#servers),*],
            token_header: #token_header,
            request_id_headers: &[#(#id_headers),*],
            errors: &[#(#errors),*],
            app_token: rt::operation::Grant {
                operation: &TOKEN_OPERATION,
                request: &[#(#inputs),*],
                token: #token,
                expires_in: #expires_in,
            },
        };

        static TOKEN_OPERATION: rt::operation::Operation = #operation;
    }
}
