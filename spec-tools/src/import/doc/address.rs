//! Which operation a page is about: its method and path, from the table and from the examples.

use super::basics::Basics;
use super::finding::{Finding, Findings};
use super::http::Request;
use super::parts::Parts;
use super::path::{Address, address, form, has_version, values};
use super::source::At;
use super::spec_type::Known;
use crate::diagnostic::shown;
use crate::spec::Method;

/// What is asked of the spec.
pub(super) trait Lookup {
    /// The operation with a method and a path, whatever its values are called.
    fn by_path(&self, method: &str, path: &str) -> Option<Known<'_>>;
    /// The operations with a method, for a search.
    fn with_method(&self, method: &str) -> Vec<Known<'_>>;
    /// The operation of a service by its name.
    fn by_name(&self, service: &str, action: &str) -> Option<Known<'_>>;
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

/// Finds out method and path, or why the page is no operation of this platform.
pub(super) fn find(
    basics: &Basics,
    parts: &Parts,
    lookup: &dyn Lookup,
    findings: &mut Findings,
) -> Result<Target, Finding> {
    if let Some((url, at)) = &basics.second_url {
        let message = format!(
            "the page describes more than one operation: there is {} too",
            shown(url)
        );
        return Err(Finding::refused(
            Some(*at),
            message,
            "make a page of each, and import them one by one",
        ));
    }
    let example = parts.example();
    let template = basics
        .url
        .as_ref()
        .map(|(url, at)| (address(url), *at))
        .or_else(|| {
            parts
                .skeleton
                .as_ref()
                .map(|request| (address(&request.path), request.at))
        });
    let (method, method_at) = method(basics, parts, example, findings)?;
    let Some((address, at)) = template else {
        return without_address(method, method_at, example, lookup, findings);
    };
    check_host(&address, at)?;
    for slip in &address.slips {
        findings.note(
            at,
            format!("the address is not well formed: {slip}"),
            format!("it was taken for {}", shown(&address.path)),
        );
    }
    if address.path.is_empty() {
        let message = "the address has no path";
        return Err(Finding::refused(
            Some(at),
            message,
            "an operation has one, such as `/v1.0/contact/users/search`",
        ));
    }
    let mut target = Target {
        method,
        method_at,
        path: address.path.clone(),
        path_at: at,
        query: address.query,
    };
    target.version(example, lookup, findings);
    target.compare(example, lookup, findings);
    Ok(target)
}

/// The platform's older API and other hosts are none of the spec's.
fn check_host(address: &Address, at: At) -> Result<(), Finding> {
    let Some(host) = &address.host else {
        return Ok(());
    };
    let name = host.split(':').next().unwrap_or_default();
    let first = name.split('.').next().unwrap_or_default();
    let ours = name.contains("dingtalk") && (first == "api" || first.ends_with("-api"));
    if ours {
        return Ok(());
    }
    let message = format!("the operation is at {}, which is another API", shown(host));
    Err(Finding::refused(
        Some(at),
        message,
        "the spec describes that at `api.dingtalk.com`, whose paths begin with a version",
    ))
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

/// The method that the table says, if the examples do not say otherwise.
fn method(
    basics: &Basics,
    parts: &Parts,
    example: Option<&Request>,
    findings: &mut Findings,
) -> Result<(Method, At), Finding> {
    let skeleton = parts
        .skeleton
        .as_ref()
        .filter(|request| !request.method.is_empty());
    let example = example.filter(|request| !request.method.is_empty());
    let table = basics
        .method
        .as_ref()
        .map(|(word, at)| (word.as_str(), *at));
    let stated = table.or(skeleton.map(|request| (request.method.as_str(), request.at)));
    let shown_by = example.map(|request| (request.method.as_str(), request.at));
    let Some((word, at)) = stated.or(shown_by) else {
        let at = basics.url.as_ref().map(|(_, at)| *at);
        let message = "this is no page of an operation: it has no HTTP method";
        return Err(Finding::refused(
            at,
            message,
            "a page of an operation has a table with `HTTP URL` and `HTTP Method`, or a request line",
        ));
    };
    let stated = parse(word);
    match (stated, shown_by.and_then(|(word, _)| parse(word))) {
        (Some(method), Some(other)) if method != other => {
            let question = format!(
                "The page says {}, its example {}. Which is right?",
                method.as_str(),
                other.as_str()
            );
            findings.ask(at, question, "what the page says was taken");
            Ok((method, at))
        }
        (Some(method), _) => Ok((method, at)),
        (None, Some(other)) => {
            findings.note(
                at,
                format!("{} is no method", shown(word)),
                format!("the example's was taken: {}", other.as_str()),
            );
            Ok((other, at))
        }
        (None, None) => {
            let message = format!("{} is no method of an operation", shown(word));
            Err(Finding::refused(
                Some(at),
                message,
                "the methods are GET, POST, PUT, DELETE and PATCH",
            ))
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
        let message = "this is no page of an operation: it has no address";
        return Err(Finding::refused(
            None,
            message,
            "a page of an operation has a table with `HTTP URL` and `HTTP Method`, or a request line",
        ));
    };
    let path = address(&example.path).path;
    let found = by_example(lookup, method, &path);
    let path = if let Some(known) = found {
        let message = "the page has no address; its example fits an operation of the spec";
        findings.note(
            example.at,
            message,
            format!("it was taken for {}", shown(&known.operation.path)),
        );
        known.operation.path.clone()
    } else {
        let question =
            "The page has no address. Which parts of the example's path are values?".to_owned();
        findings.ask(
            example.at,
            question,
            "write values in braces: `/v1.0/users/{userId}`",
        );
        path
    };
    Ok(Target {
        method,
        method_at,
        path,
        path_at: example.at,
        query: Vec::new(),
    })
}

/// The one operation whose path an example fits; a template without values before others.
fn by_example<'l>(lookup: &'l dyn Lookup, method: Method, path: &str) -> Option<Known<'l>> {
    let mut fit: Vec<(usize, Known<'l>)> = lookup
        .with_method(method.as_str())
        .into_iter()
        .filter_map(|known| Some((values(&known.operation.path, path)?.len(), known)))
        .collect();
    fit.sort_by_key(|(count, _)| *count);
    match fit.as_slice() {
        [(_, known)] => Some(*known),
        [(few, known), (more, _), ..] if few < more => Some(*known),
        _ => None,
    }
}

impl Target {
    /// An address without a version gets that of the example, or of the spec.
    fn version(&mut self, example: Option<&Request>, lookup: &dyn Lookup, findings: &mut Findings) {
        if has_version(&self.path) {
            return;
        }
        let message = format!("the address has no version: {}", shown(&self.path));
        let from_example = example.and_then(|request| {
            let path = address(&request.path).path;
            let (version, rest) = path.strip_prefix('/')?.split_once('/')?;
            let rest = format!("/{rest}");
            let fits = has_version(&path) && values(&self.path, &rest).is_some();
            fits.then(|| version.to_owned())
        });
        let from_spec = || {
            let known = lookup.with_method(self.method.as_str());
            let wanted = form(&self.path);
            let mut fit = known.into_iter().filter_map(|known| {
                let path = form(&known.operation.path);
                let (version, rest) = path.strip_prefix('/')?.split_once('/')?;
                (format!("/{rest}") == wanted).then(|| version.to_owned())
            });
            let first = fit.next()?;
            fit.next().is_none().then_some(first)
        };
        if let Some(version) = from_example {
            self.path = format!("/{version}{}", self.path);
            findings.note(
                self.path_at,
                message,
                format!("the example has {}, which was taken", shown(&version)),
            );
        } else if let Some(version) = from_spec() {
            self.path = format!("/{version}{}", self.path);
            findings.note(
                self.path_at,
                message,
                format!("the spec has {}, which was taken", shown(&version)),
            );
        } else {
            self.path = format!("/v1.0{}", self.path);
            let question = "The page's address has no version. Is it `v1.0`?";
            let help = "`v1.0` was put before it";
            findings.ask(self.path_at, question, help);
        }
    }

    /// The example's path must be of the address's form.
    fn compare(&mut self, example: Option<&Request>, lookup: &dyn Lookup, findings: &mut Findings) {
        let Some(example) = example else { return };
        let path = address(&example.path).path;
        if path.is_empty() || values(&self.path, &path).is_some() || form(&self.path) == form(&path)
        {
            return;
        }
        let message = format!(
            "the example calls {}, the address is {}",
            shown(&path),
            shown(&self.path)
        );
        let method = self.method.as_str();
        if lookup.by_path(method, &self.path).is_some() {
            findings.note(
                example.at,
                message,
                "the spec has the address, which was taken",
            );
        } else if let Some(known) = by_example(lookup, self.method, &path) {
            self.path.clone_from(&known.operation.path);
            findings.note(
                example.at,
                message,
                format!("the spec has {}, which was taken", shown(&self.path)),
            );
        } else {
            let question = format!(
                "The example calls {}, the address is {}. Which is right?",
                shown(&path),
                shown(&self.path)
            );
            findings.ask(example.at, question, "the address was taken");
        }
    }
}
