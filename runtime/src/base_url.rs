//! The address of a server, checked once, when a client is built.

use reqwest::Url;

/// A server's address, ready to have a path appended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct BaseUrl {
    url: Url,
    /// The address without a trailing slash.
    text: String,
    https: bool,
    loopback: bool,
}

impl BaseUrl {
    /// Checks an address. The error says what is wrong.
    pub(crate) fn parse(text: &str, allow_http: bool) -> Result<Self, String> {
        if !text.contains("://") {
            return Err(format!("`{text}` has no scheme: write https://{text}"));
        }
        let url = Url::parse(text).map_err(|error| format!("`{text}` is not a URL: {error}"))?;
        if !matches!(url.scheme(), "https" | "http") {
            return Err(format!("the scheme of `{text}` is not https"));
        }
        // Not quoted from here on: it may contain a secret.
        if !url.username().is_empty() || url.password().is_some() {
            return Err("contains a user name or password: remove it".into());
        }
        if url.query().is_some() {
            return Err("has a query (`?`): a base URL cannot have one".into());
        }
        if url.fragment().is_some() {
            return Err("has a fragment (`#`): a base URL cannot have one".into());
        }
        if let Some((before, version)) = version_at_end(&url) {
            return Err(format!(
                "`{text}` ends with the version `{version}`, but the path of every operation starts with it: write \
                 `{before}`"
            ));
        }
        let https = url.scheme() == "https";
        let loopback = is_loopback(&url);
        if !https && !loopback && !allow_http {
            return Err(format!(
                "`{text}` is plain http, which shows the token to everyone on the network: use \
                 https, or call allow_http() if you mean it"
            ));
        }
        Ok(Self {
            text: url.as_str().trim_end_matches('/').to_owned(),
            url,
            https,
            loopback,
        })
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The prefix of every operation's path.
    pub(crate) fn prefix(&self) -> &str {
        self.url.path().trim_end_matches('/')
    }

    /// The address of a path, which begins with the prefix, and a query. Scheme and host are not parsed again: that
    /// would be a tenth of a call.
    pub(crate) fn with(&self, path: &str, query: &str) -> Url {
        let mut url = self.url.clone();
        url.set_path(path);
        url.set_query(Some(query).filter(|query| !query.is_empty()));
        url
    }

    /// Whether a URL is at this server: scheme, host and port are the same.
    pub(crate) fn is_origin_of(&self, url: &Url) -> bool {
        self.url.origin() == url.origin()
    }

    pub(crate) fn is_https(&self) -> bool {
        self.https
    }

    pub(crate) fn is_loopback(&self) -> bool {
        self.loopback
    }
}

/// The version at the end of an address (`v1.0`), and the address without it. A gateway's own `v1` does not count.
fn version_at_end(url: &Url) -> Option<(&str, &str)> {
    let number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (before, last) = url.as_str().trim_end_matches('/').rsplit_once('/')?;
    let (major, minor) = last.strip_prefix(['v', 'V'])?.split_once('.')?;
    let is_version = url.path() != "/" && number(major) && number(minor);
    is_version.then_some((before, last))
}

/// Whether a URL's host is this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    let host = url.host_str().unwrap_or("");
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost"
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|ip| ip.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::BaseUrl;

    #[test]
    fn addresses_are_normalized() {
        for (text, expected) in [
            ("https://api.dingtalk.io", "https://api.dingtalk.io"),
            (
                "HTTPS://API.dingtalk.io:443/gateway/",
                "https://api.dingtalk.io/gateway",
            ),
            ("http://127.0.0.1:80/", "http://127.0.0.1"),
            ("http://[::1]:9", "http://[::1]:9"),
            ("http://localhost:9", "http://localhost:9"),
            ("https://a/dingtalk", "https://a/dingtalk"),
            ("https://a/api/v1/", "https://a/api/v1"),
            ("https://a/v1.0/dingtalk", "https://a/v1.0/dingtalk"),
            ("https://v1.0.example/", "https://v1.0.example"),
        ] {
            let url = BaseUrl::parse(text, false);
            assert_eq!(url.as_ref().map(BaseUrl::as_str), Ok(expected), "{text}");
        }
    }

    #[test]
    fn bad_addresses_are_refused_with_a_reason() {
        for (text, reason) in [
            ("api.dingtalk.io", "no scheme"),
            ("", "no scheme"),
            ("ftp://a", "not https"),
            ("https://", "not a URL"),
            ("https://a?b", "query"),
            ("https://a#b", "fragment"),
            (
                "https://api.dingtalk.com/v1.0",
                "write `https://api.dingtalk.com`",
            ),
            ("https://a/gateway/v2.0//", "write `https://a/gateway`"),
            ("https://user@a", "user name"),
            ("https://:pass@a", "password"),
            ("http://api.dingtalk.io", "plain http"),
            ("http://localhost.example.org", "plain http"),
            ("http://127.0.0.1.example.org", "plain http"),
        ] {
            let refused = BaseUrl::parse(text, false);
            assert!(
                refused.as_ref().is_err_and(|e| e.contains(reason)),
                "{text}: {refused:?}"
            );
        }
        assert!(BaseUrl::parse("http://api.dingtalk.io", true).is_ok());
    }
}
