//! Which operation a page is about: its method and path, from the table and from the examples.

use super::legacy::is_host;
use super::path::{Address, address, form, has_version, values};
use super::{At, Finding, Findings, Known, Options, Request, Sections, Spec};
use crate::diagnostic::quoted;
use crate::spec::Method;

/// Method and path, as far as they are known.
pub(super) struct Target {
    pub(super) method: Method,
    pub(super) method_at: At,
    pub(super) path: String,
    pub(super) path_at: At,
    /// The names in the address's query.
    pub(super) query: Vec<String>,
}

/// Finds out which operation a page describes.
pub(super) struct Search<'a> {
    pub(super) sections: &'a Sections<'a>,
    pub(super) spec: &'a Spec,
    pub(super) options: &'a Options,
    pub(super) findings: Findings,
}

impl<'a> Search<'a> {
    /// The method and path, or why the page does not describe an operation of this platform.
    pub(super) fn target(&mut self) -> Result<Target, Finding> {
        let Sections { basics, parts, .. } = self.sections;
        if let Some((url, at)) = &basics.second_url {
            let url = quoted(url);
            let message = format!("the page describes more than one operation: it also has {url}");
            let help = "split the page, and import each operation separately";
            return Err(Finding::refused(Some(*at), message, help));
        }
        let (method, method_at) = self.method()?;
        let stated = basics.url.as_ref().map(|(url, at)| (address(url), *at));
        let skeleton = parts.skeleton.as_ref();
        let skeleton = skeleton.map(|request| (address(&request.path), request.at));
        let Some((address, path_at)) = stated.or(skeleton) else {
            return self.without_address(method, method_at);
        };
        check_host(&address, path_at)?;
        let path = quoted(&address.path);
        for slip in &address.slips {
            let message = format!("malformed address: {slip}");
            self.findings
                .note(path_at, message, format!("read as {path}"));
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
            self.version(&mut target);
        }
        self.compare(&mut target);
        Ok(target)
    }

    /// The method in the table; a contradicting example is a question.
    fn method(&mut self) -> Result<(Method, At), Finding> {
        let Sections { basics, parts, .. } = self.sections;
        let of = |request: &Request| (request.method.clone(), request.at);
        let is_said = |(word, _): &(String, At)| !word.is_empty();
        let skeleton = parts.skeleton.as_ref().map(of).filter(is_said);
        let stated = basics.method.clone().or(skeleton);
        let example = parts.example().map(of).filter(is_said);
        let shows = example.as_ref().and_then(|(word, _)| parse(word));
        let Some((word, at)) = stated.or(example) else {
            let at = basics.url.as_ref().map(|(_, at)| *at);
            let message = "not an operation's page: it has no HTTP method";
            return Err(Finding::refused(at, message, REQUEST));
        };
        let Some(method) = parse(&word) else {
            let message = format!("{} is not a method an operation can have", quoted(&word));
            let help = "the methods are GET, POST, PUT, DELETE and PATCH";
            return Err(Finding::refused(Some(at), message, help));
        };
        if let Some(other) = shows.filter(|other| *other != method) {
            let (says, shows) = (method.as_str(), other.as_str());
            let question = format!("The page says {says}, its example {shows}. Which is right?");
            self.findings.ask(at, question, "used what the page says");
        }
        Ok((method, at))
    }

    /// A page that has its path in an example alone, with values in it.
    fn without_address(&mut self, method: Method, method_at: At) -> Result<Target, Finding> {
        let Some(example) = self.sections.parts.example() else {
            let message = "not an operation's page: it has no address";
            return Err(Finding::refused(None, message, REQUEST));
        };
        let mut path = address(&example.path).path;
        let path_at = example.at;
        if let Some(known) = self.by_example(method, &path) {
            path.clone_from(&known.operation.path);
            let message =
                "the page has no address, but its example matches an operation in the spec";
            self.findings
                .note(path_at, message, format!("read as {}", quoted(&path)));
        } else {
            let question =
                "The page has no address. Which parts of the example's path are parameters?";
            let help = "write parameters in braces: `/v1.0/users/{userId}`";
            self.findings.ask(path_at, question, help);
        }
        Ok(Target {
            method,
            method_at,
            path,
            path_at,
            query: Vec::new(),
        })
    }

    /// The one operation whose path an example matches; templates with fewer parameters win.
    fn by_example(&self, method: Method, path: &str) -> Option<Known<'a>> {
        let fit = |known: Known<'a>| Some((values(&known.operation.path, path)?.len(), known));
        let mut fit: Vec<_> = self
            .spec
            .with_method(method.as_str())
            .filter_map(fit)
            .collect();
        fit.sort_by_key(|(count, _)| *count);
        match fit.as_slice() {
            [(_, known)] => Some(*known),
            [(few, known), (more, _), ..] if few < more => Some(*known),
            _ => None,
        }
    }

    /// An address without a version gets the example's version.
    fn version(&mut self, target: &mut Target) {
        if has_version(&target.path) {
            return;
        }
        let of_example = || {
            let path = address(&self.sections.parts.example()?.path).path;
            let (version, rest) = versioned(&path)?;
            let fits = has_version(&path) && values(&target.path, &rest).is_some();
            fits.then(|| version.to_owned())
        };
        let found = of_example();
        if let Some(version) = &found {
            let message = format!("the address has no version: {}", quoted(&target.path));
            let help = format!("used {} from the example", quoted(version));
            self.findings.note(target.path_at, message, help);
        } else {
            let question = "The page's address has no version. Is it `v1.0`?";
            self.findings
                .ask(target.path_at, question, "assumed `v1.0`");
        }
        let version = found.unwrap_or("v1.0".to_owned());
        target.path = format!("/{version}{}", target.path);
    }

    /// The example's path must match the address.
    fn compare(&mut self, target: &mut Target) {
        let Some(example) = self.sections.parts.example() else {
            return;
        };
        let path = address(&example.path).path;
        let alike = || form(&target.path) == form(&path);
        if path.is_empty() || values(&target.path, &path).is_some() || alike() {
            return;
        }
        let (calls, is) = (quoted(&path), quoted(&target.path));
        let message = format!("the example calls {calls}, the address is {is}");
        if self
            .spec
            .by_path(target.method.as_str(), &target.path)
            .is_some()
        {
            let help = "used the address, which the spec has";
            self.findings.note(example.at, message, help);
        } else {
            let question =
                format!("The example calls {calls}, the address is {is}. Which is right?");
            self.findings.ask(example.at, question, "used the address");
        }
    }
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
    let all = [
        Method::Get,
        Method::Post,
        Method::Put,
        Method::Delete,
        Method::Patch,
    ];
    all.into_iter().find(|method| method.as_str() == word)
}

/// How to recognize an operation's page.
const REQUEST: &str =
    "an operation's page has a table with `HTTP URL` and `HTTP Method`, or a request line";

/// The version of a path, and what follows it.
fn versioned(path: &str) -> Option<(&str, String)> {
    let (version, rest) = path.strip_prefix('/')?.split_once('/')?;
    Some((version, format!("/{rest}")))
}
