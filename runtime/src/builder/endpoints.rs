//! The addresses of the platform's APIs.

use std::sync::Arc;

use super::ClientBuilder;
use crate::base_url::BaseUrl;
use crate::build_error::BuildError;
use crate::endpoint::Endpoint;
use crate::operation::Api;

impl<C> ClientBuilder<C> {
    /// The APIs, each with its address.
    pub(super) fn endpoints(&self) -> Result<Vec<Arc<Endpoint>>, BuildError> {
        let apis = &self.apis;
        let is_of = |(name, _): &&(Option<String>, String), at: usize, api: &Api| match name {
            Some(name) => name == api.name,
            None => at == 0,
        };
        let unknown = self
            .base_urls
            .iter()
            .filter_map(|(name, _)| name.as_deref());
        for name in unknown {
            if !apis.iter().any(|api| api.name == name) {
                let known = listed(apis.iter().map(|api| api.name));
                let reason = format!("`{name}` is not one of the APIs: {known}");
                return Err(BuildError::new("base_url_of", reason));
            }
        }
        let mut left = 0;
        let endpoints = apis.iter().enumerate().map(|(at, api)| {
            let given = self.base_urls.iter().rfind(|given| is_of(given, at, api));
            let address = match given {
                Some((None, url)) => Some(("base_url", url.as_str())),
                Some((Some(_), url)) => Some(("base_url_of", url.as_str())),
                None => {
                    left += 1;
                    self.server_of(api)?.map(|url| ("server", url))
                }
            };
            let base = address.map(|(argument, url)| {
                let base = BaseUrl::parse(url, self.allow_http);
                base.map_err(|reason| BuildError::new(argument, reason))
            });
            let endpoint = Endpoint::new(api, base.transpose()?, given.is_some());
            let endpoint = endpoint.map_err(|reason| BuildError::new("new", reason))?;
            Ok(Arc::new(endpoint))
        });
        let endpoints = endpoints.collect::<Result<Vec<_>, _>>()?;
        if self.server.is_some() && left == 0 {
            let reason = "`server` is set too: set only one of the two";
            return Err(BuildError::new("base_url", reason));
        }
        Ok(endpoints)
    }

    /// The address of an API for which none was given; `None` if one was given for another.
    fn server_of(&self, api: &'static Api) -> Result<Option<&'static str>, BuildError> {
        let Some(name) = &self.server else {
            if !self.base_urls.is_empty() {
                return Ok(None);
            }
            let first = api.servers.first().map(|(_, url)| Some(*url));
            return first.ok_or_else(|| {
                let reason = format!("is required: the API `{}` has no servers", api.name);
                BuildError::new("base_url", reason)
            });
        };
        let mut servers = api.servers.iter();
        let known = servers.find(|(known, _)| known == name);
        let known = known.map(|(_, url)| Some(*url));
        known.ok_or_else(|| {
            let servers = listed(api.servers.iter().map(|(name, _)| *name));
            let reason = format!("`{name}` is not one of the servers: {servers}");
            BuildError::new("server", reason)
        })
    }
}

fn listed(names: impl Iterator<Item = &'static str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}
