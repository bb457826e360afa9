//! Which operation a page is about: its method and path, from the table and from the examples.

use super::basics::Basics;
use super::finding::{Finding, Findings};
use super::http::Request;
use super::legacy::is_host;
use super::parts::Parts;
use super::path::{Address, address, form, has_version, values};
use super::source::At;
use super::spec_type::Known;
use crate::diagnostic::quoted;
use crate::spec::Method;

/// Look-ups in the spec.
pub(super) trait Lookup {
    /// The operation with a method and a path, whatever its parameters are called.
    fn by_path(&self, method: &str, path: &str) -> Option<Known<'_>>;
    /// The operations with a method, for a search.
    fn with_method(&self, method: &str) -> Vec<Known<'_>>;
    /// The operation of a service by its name.
    fn by_name(&self, service: &str, action: &str) -> Option<Known<'_>>;
    /// The service and the name that an operation of the legacy API has by its path.
    fn legacy(&self, path: &str) -> (String, String);
    /// The name in the spec of a service that may be called otherwise elsewhere, as `ai_paa_s_1_0` for `ai_paas_1_0`.
    fn service(&self, name: &str) -> Option<&str>;
}

/// Method and path, as far as they are known.
pub(super) struct Target {
    pub(super) method: Method,
    pub(super) method_at: At,
    pub(super) path: String,
    pub(super) path_at: At,
    /// The names in the address's query.
    pub(super) query: Vec<String>,
}

/// Finds the method and path, or why the page does not describe an operation of this platform.
pub(super) fn find(
    basics: &Basics,
    parts: &Parts,
    lookup: &dyn Lookup,
    findings: &mut Findings,
) -> Result<Target, Finding> {
    if let Some((url, at)) = &basics.second_url {
        let url = quoted(url);
        let message = format!("the page describes more than one operation: it also has {url}");
        let help = "split the page, and import each operation separately";
        return Err(Finding::refused(Some(*at), message, help));
    }
    let example = parts.example();
    let (method, method_at) = method(basics, parts, example, findings)?;
    let stated = basics.url.as_ref().map(|(url, at)| (address(url), *at));
    let skeleton = || {
        let request = parts.skeleton.as_ref()?;
        Some((address(&request.path), request.at))
    };
    let Some((address, path_at)) = stated.or_else(skeleton) else {
        return without_address(method, method_at, example, lookup, findings);
    };
    check_host(&address, path_at)?;
    let path = quoted(&address.path);
    for slip in &address.slips {
        let message = format!("malformed address: {slip}");
        findings.note(path_at, message, format!("read as {path}"));
    }
    if address.path.is_empty() {
        let help = "an operation has a path, such as `/v1.0/contact/users/search`";
        return Err(Finding::refused(
            Some(path_at),
            "the address has no path",
            help,
        ));
    }
    let mut target = Target {
        method,
        method_at,
        path: address.path,
        path_at,
        query: address.query,
    };
    if !address.host.as_deref().is_some_and(is_host) {
        target.version(example, lookup, findings);
    }
    target.compare(example, lookup, findings);
    Ok(target)
}

/// The spec covers the platform's two APIs.
fn check_host(address: &Address, at: At) -> Result<(), Finding> {
    let Some(host) = &address.host else {
        return Ok(());
    };
    let name = host.split(':').next().unwrap_or_default();
    let first = name.split('.').next().unwrap_or_default();
    if name.contains("dingtalk") && (first == "api" || first.ends_with("-api")) || is_host(name) {
        return Ok(());
    }
    let message = format!("the operation is on {}, which is another API", quoted(host));
    let help = "the spec covers `api.dingtalk.com` and `oapi.dingtalk.com`";
    Err(Finding::refused(Some(at), message, help))
}

fn parse(word: &str) -> Option<Method> {
    match word {
        "GET" => Some(Method::Get),
        "POST" => Some(Method::Post),
        "PUT" => Some(Method::Put),
        "DELETE" => Some(Method::Delete),
        "PATCH" => Some(Method::Patch),
        _ => None,
    }
}

/// How to recognise an operation's page.
const REQUEST: &str =
    "an operation's page has a table with `HTTP URL` and `HTTP Method`, or a request line";

/// The method in the table; a contradicting example is a question.
fn method(
    basics: &Basics,
    parts: &Parts,
    example: Option<&Request>,
    findings: &mut Findings,
) -> Result<(Method, At), Finding> {
    let of = |request: &Request| (request.method.clone(), request.at);
    let is_said = |(word, _): &(String, At)| !word.is_empty();
    let skeleton = parts.skeleton.as_ref().map(of).filter(is_said);
    let stated = basics.method.clone().or(skeleton);
    let example = example.map(of).filter(is_said);
    let shows = example.as_ref().and_then(|(word, _)| parse(word));
    let Some((word, at)) = stated.or(example) else {
        let at = basics.url.as_ref().map(|(_, at)| *at);
        let message = "not an operation's page: it has no HTTP method";
        return Err(Finding::refused(at, message, REQUEST));
    };
    match (parse(&word), shows) {
        (Some(method), Some(other)) if method != other => {
            let (says, shows) = (method.as_str(), other.as_str());
            let question = format!("The page says {says}, its example {shows}. Which is right?");
            findings.ask(at, question, "used what the page says");
            Ok((method, at))
        }
        (Some(method), _) => Ok((method, at)),
        (None, Some(other)) => {
            let help = format!("used the example's: {}", other.as_str());
            findings.note(at, format!("{} is not a method", quoted(&word)), help);
            Ok((other, at))
        }
        (None, None) => {
            let message = format!("{} is not a method an operation can have", quoted(&word));
            let help = "the methods are GET, POST, PUT, DELETE and PATCH";
            Err(Finding::refused(Some(at), message, help))
        }
    }
}

/// A page that has its path in an example alone, with values in it.
fn without_address(
    method: Method,
    method_at: At,
    example: Option<&Request>,
    lookup: &dyn Lookup,
    findings: &mut Findings,
) -> Result<Target, Finding> {
    let Some(example) = example else {
        let message = "not an operation's page: it has no address";
        return Err(Finding::refused(None, message, REQUEST));
    };
    let mut path = address(&example.path).path;
    if let Some(known) = by_example(lookup, method, &path) {
        path.clone_from(&known.operation.path);
        let message = "the page has no address, but its example matches an operation in the spec";
        findings.note(example.at, message, format!("read as {}", quoted(&path)));
    } else {
        let question = "The page has no address. Which parts of the example's path are parameters?";
        let help = "write parameters in braces: `/v1.0/users/{userId}`";
        findings.ask(example.at, question, help);
    }
    Ok(Target {
        method,
        method_at,
        path,
        path_at: example.at,
        query: Vec::new(),
    })
}

/// The one operation whose path an example matches; templates with fewer parameters win.
fn by_example<'l>(lookup: &'l dyn Lookup, method: Method, path: &str) -> Option<Known<'l>> {
    let all = lookup.with_method(method.as_str()).into_iter();
    let mut fit: Vec<(usize, Known<'l>)> = all
        .filter_map(|known| Some((values(&known.operation.path, path)?.len(), known)))
        .collect();
    fit.sort_by_key(|(count, _)| *count);
    match fit.as_slice() {
        [(_, known)] => Some(*known),
        [(few, known), (more, _), ..] if few < more => Some(*known),
        _ => None,
    }
}

/// The version of a path, and what follows it.
fn versioned(path: &str) -> Option<(&str, String)> {
    let (version, rest) = path.strip_prefix('/')?.split_once('/')?;
    Some((version, format!("/{rest}")))
}

impl Target {
    /// An address without a version gets that of the example, or of the spec.
    fn version(&mut self, example: Option<&Request>, lookup: &dyn Lookup, findings: &mut Findings) {
        if has_version(&self.path) {
            return;
        }
        let at = self.path_at;
        let of_example = || {
            let path = address(&example?.path).path;
            let (version, rest) = versioned(&path)?;
            let fits = has_version(&path) && values(&self.path, &rest).is_some();
            fits.then(|| ("example", version.to_owned()))
        };
        let of_spec = || {
            let wanted = form(&self.path);
            let known = lookup.with_method(self.method.as_str()).into_iter();
            let mut fit = known.filter_map(|known| {
                let path = form(&known.operation.path);
                let (version, rest) = versioned(&path)?;
                (rest == wanted).then(|| version.to_owned())
            });
            let first = fit.next()?;
            fit.next().is_none().then_some(("spec", first))
        };
        let found = of_example().or_else(of_spec);
        if let Some((who, version)) = &found {
            let message = format!("the address has no version: {}", quoted(&self.path));
            let help = format!("used {} from the {who}", quoted(version));
            findings.note(at, message, help);
        } else {
            let question = "The page's address has no version. Is it `v1.0`?";
            findings.ask(at, question, "assumed `v1.0`");
        }
        let version = found.map_or("v1.0".to_owned(), |(_, version)| version);
        self.path = format!("/{version}{}", self.path);
    }

    /// The example's path must match the address.
    fn compare(&mut self, example: Option<&Request>, lookup: &dyn Lookup, findings: &mut Findings) {
        let Some(example) = example else { return };
        let path = address(&example.path).path;
        let fits = || values(&self.path, &path).is_some() || form(&self.path) == form(&path);
        if path.is_empty() || fits() {
            return;
        }
        let (calls, is) = (quoted(&path), quoted(&self.path));
        let message = format!("the example calls {calls}, the address is {is}");
        if lookup.by_path(self.method.as_str(), &self.path).is_some() {
            let help = "used the address, which the spec has";
            findings.note(example.at, message, help);
        } else if let Some(known) = by_example(lookup, self.method, &path) {
            self.path.clone_from(&known.operation.path);
            let help = format!("used {} from the spec", quoted(&self.path));
            findings.note(example.at, message, help);
        } else {
            let question =
                format!("The example calls {calls}, the address is {is}. Which is right?");
            findings.ask(example.at, question, "used the address");
        }
    }
}
