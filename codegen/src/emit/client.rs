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
                crate::#name::#handle::new(self)
            }
        }
    });
    quote! {
        use ::dingtalk_runtime::generated as rt;
        use ::dingtalk_runtime::{
            Download, FilePart, JsonCall, JsonRequest, SignedUrl, TokenProvider, Upload,
        };

        /// A client of DingTalk's open platform: it calls for one application, at one server.
        ///
        /// It has a method for each service, which gives the service's operations. Cloning is cheap, and clones share
        /// connections and the token: one client serves all threads and tasks of a program.
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

            /// The same application in another organization, for an application that many organizations use.
            ///
            /// Its credentials are given by [`suite`](ClientBuilder::suite) or [`app_in`](ClientBuilder::app_in), or by a
            /// provider that [knows organizations](TokenProvider::for_organisation). The clients share connections and
            /// settings, and each organization has a token of its own, which is kept for as long as it is valid: ask for
            /// the client wherever you need one.
            ///
            /// # Errors
            /// If the client's credentials know no organizations, or the id is empty, has white space around it, or holds
            /// control characters.
            #[inline]
            pub fn for_organisation(&self, corp_id: &str) -> Result<Self, rt::BuildError> {
                self.0.for_organisation(corp_id).map(Self)
            }

            /// The same client with tokens from another provider, for example those of a user.
            ///
            /// The two share connections and settings, but no token.
            #[inline]
            pub fn with_token_provider(&self, provider: impl TokenProvider) -> Self {
                Self(self.0.with_token_provider(provider))
            }

            /// Calls an operation with values that are known only at run time.
            ///
            /// ```no_run
            /// # async fn example(client: dingtalk_api::Client) -> Result<(), Box<dyn std::error::Error>> {
            /// use dingtalk_api::{JsonRequest, json};
            ///
            /// let operation = dingtalk_api::find_operation("conference_1_0", "StartCloudRecord")?;
            /// let request = JsonRequest::new()
            ///     .path("conferenceId", "61289f392xxx")
            ///     .body(json!({"unionId": "WFBkgxxx"}));
            /// let reply = client.call_json(operation, request).send().await?;
            /// println!("{reply}");
            /// # Ok(())
            /// # }
            /// ```
            #[inline]
            pub fn call_json(
                &self,
                operation: &'static rt::Operation,
                request: JsonRequest,
            ) -> JsonCall {
                self.0.call_json(operation, request)
            }

            /// Downloads the file at a signed URL, such as `downloadUrl` of a reply, without the client's token.
            #[inline]
            pub fn download(&self, url: impl Into<SignedUrl>) -> Download {
                self.0.download(url)
            }

            /// Uploads a file to a signed URL, such as one of the `resourceUrls` of a reply, without the client's token.
            #[inline]
            pub fn upload(&self, url: impl Into<SignedUrl>, file: FilePart) -> Upload {
                self.0.upload(url, file)
            }

            /// The address of the first API's server, to which the paths of its operations are appended.
            #[inline]
            pub fn base_url(&self) -> &str {
                self.0.base_url()
            }

            /// The address of one API's server, such as `oapi`. `None` if the client knows no such API, or no address
            /// for it.
            #[inline]
            pub fn base_url_of(&self, api: &str) -> Option<&str> {
                self.0.base_url_of(api)
            }

            #(#methods)*
        }

        #[doc(hidden)]
        impl From<rt::Client> for Client {
            #[inline]
            fn from(client: rt::Client) -> Self {
                Self(client)
            }
        }

        #[doc(hidden)]
        impl AsRef<rt::Client> for Client {
            #[inline]
            fn as_ref(&self) -> &rt::Client {
                &self.0
            }
        }
    }
}
