//! `client.rs`: the client, with one method a service.

use proc_macro2::TokenStream;
use quote::quote;

use super::types::ident;
use super::{ServiceEntry, docs};

/// The file's items.
pub(super) fn generate(services: &[ServiceEntry]) -> TokenStream {
    let methods = services.iter().map(|service| {
        let (name, feature) = (ident(&service.name), &service.name);
        let handle = ident(&service.handle);
        let about = service
            .summary
            .as_deref()
            .map(docs::sentence)
            .unwrap_or_default();
        let doc = docs::comment([format!("The operations of `{feature}`. {about}")]);
        quote! {
            #doc
            #[cfg(feature = #feature)]
            #[cfg_attr(docsrs, doc(cfg(feature = #feature)))]
            #[inline]
            pub fn #name(&self) -> crate::#name::#handle<'_> {
                crate::#name::#handle::new(&self.0)
            }
        }
    });
    quote! {
        use ::dingtalk_runtime as rt;

        /// A client of DingTalk's open platform.
        ///
        /// Cheap to clone, and shared by threads and tasks. Each service has a method that gives
        /// its operations; all else is the runtime's client, which this one stands for.
        #[derive(Debug, Clone)]
        pub struct Client(rt::Client);

        /// Builds a [`Client`].
        pub type ClientBuilder = rt::ClientBuilder<Client>;

        impl Client {
            /// Starts a client: say who calls, and build.
            ///
            /// ```
            /// use dingtalk_api::Client;
            ///
            /// let client = Client::builder().app("app key", "app secret").build()?;
            /// # Ok::<(), Box<dyn std::error::Error>>(())
            /// ```
            #[inline]
            pub fn builder() -> ClientBuilder {
                rt::ClientBuilder::new(&crate::platform::PLATFORM)
            }

            /// The same application in another organisation, for those that are used in many.
            ///
            /// See the runtime's [`for_organisation`](rt::Client::for_organisation).
            ///
            /// # Errors
            /// If the client's credentials know no organisations, or the id is empty.
            #[inline]
            pub fn for_organisation(&self, corp_id: &str) -> Result<Self, rt::BuildError> {
                self.0.for_organisation(corp_id).map(Self)
            }

            /// The same client with tokens from another provider, for example those of a user.
            ///
            /// See the runtime's [`with_token_provider`](rt::Client::with_token_provider).
            #[inline]
            pub fn with_token_provider(&self, provider: impl rt::TokenProvider) -> Self {
                Self(self.0.with_token_provider(provider))
            }

            #(#methods)*
        }

        impl From<rt::Client> for Client {
            #[inline]
            fn from(client: rt::Client) -> Self {
                Self(client)
            }
        }

        impl ::core::ops::Deref for Client {
            type Target = rt::Client;

            #[inline]
            fn deref(&self) -> &rt::Client {
                &self.0
            }
        }
    }
}
