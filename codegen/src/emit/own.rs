//! The modules of a user's own services, as one file that a crate includes.

use proc_macro2::TokenStream;
use quote::quote;

use super::types::ident;
use super::{Home, docs, platform, service};
use crate::resolve::Service;
use crate::spec::{Api, Platform};

/// The file's items. It has no attributes of its own, which what is included cannot have.
pub(crate) fn generate(platform: Option<&Platform>, services: &[Service<'_>]) -> TokenStream {
    let apis = platform.iter().flat_map(|platform| platform.apis.iter());
    let apis = apis.map(|(name, one)| api(name, one));
    let names: Vec<_> = services.iter().map(|service| ident(service.name)).collect();
    let handles: Vec<_> = services
        .iter()
        .map(|service| ident(&service.handle))
        .collect();
    let modules = services.iter().map(|one| service::generate(one, Home::Own));
    let about = services.iter().map(|service| {
        let about = service.summary.map(docs::sentence).unwrap_or_default();
        docs::comment([format!("The operations of `{}`. {about}", service.name)])
    });
    let version = env!("CARGO_PKG_VERSION");
    quote! {
        #(#apis)*

        #(
            #[allow(clippy::all, clippy::pedantic, clippy::restriction)]
            #[allow(dead_code, unused_imports)]
            pub mod #names { #modules }
        )*

        const _: () = ::dingtalk_runtime::generated::assert_version(#version);

        /// The services as methods of a client. Bring the trait into scope to call them.
        ///
        /// Where a client has a method of the same name, that method is called: call the trait's as
        /// `Services::name(&client)`.
        pub trait Services {
            #(
                #about
                fn #names(&self) -> #names::#handles<'_>;
            )*
        }

        impl<C: AsRef<::dingtalk_runtime::Client>> Services for C {
            #(
                #[inline]
                fn #names(&self) -> #names::#handles<'_> {
                    #names::#handles::new(self)
                }
            )*
        }
    }
}

/// An API, for `ClientBuilder::api`.
fn api(name: &str, api: &Api) -> TokenStream {
    let about = api.doc.as_deref().map(docs::sentence).unwrap_or_default();
    let title = api.title.as_deref().map(docs::text).unwrap_or_default();
    let give = format!("The API `{name}`. Give it to the client with `ClientBuilder::api`.");
    let doc = docs::comment([format!("{give} {about}"), title]);
    let (name_in_rust, value) = (ident(&name.to_uppercase()), platform::api(name, api));
    quote! {
        #doc
        pub static #name_in_rust: ::dingtalk_runtime::Api = {
            use ::dingtalk_runtime::generated as rt;
            #value
        };
    }
}
