//! An API as a client calls it: at which address, and where the token goes.

use http::HeaderName;

use crate::base_url::BaseUrl;
use crate::envelope::Telltales;
use crate::operation::{Api, Signature, TokenPlace};

/// An API at an address.
#[derive(Debug)]
pub(crate) struct Endpoint {
    pub(crate) api: &'static Api,
    /// `None` if you set addresses for other APIs only.
    pub(crate) base: Option<BaseUrl>,
    /// Whether the address is one that you set, instead of one of the API's servers.
    pub(crate) given: bool,
    pub(crate) token: Place,
    pub(crate) telltales: Telltales,
}

/// Where the token goes.
#[derive(Debug)]
pub(crate) enum Place {
    Header(HeaderName),
    /// Into this field of the query.
    Query(&'static str),
}

impl Endpoint {
    /// The error says what is wrong with the API's description.
    pub(crate) fn new(
        api: &'static Api,
        base: Option<BaseUrl>,
        given: bool,
    ) -> Result<Self, &'static str> {
        let token = match api.token {
            TokenPlace::Query(field) => Place::Query(field),
            TokenPlace::Header(name) => {
                let name = HeaderName::from_bytes(name.as_bytes());
                Place::Header(name.map_err(|_| "the token's header is not a valid header name")?)
            }
        };
        Ok(Self {
            api,
            base,
            given,
            token,
            telltales: Telltales::of(&api.envelope),
        })
    }

    /// The signature of this name.
    pub(crate) fn signature(&self, name: &str) -> Option<&'static Signature> {
        let mut signatures = self.api.signatures.iter();
        signatures.find(|signature| signature.name == name)
    }

    /// The header that carries the token.
    pub(crate) fn token_header(&self) -> Option<&HeaderName> {
        match &self.token {
            Place::Header(name) => Some(name),
            Place::Query(_) => None,
        }
    }
}
