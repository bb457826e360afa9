//! Which operation a page is about: its place in the spec, its service, its name, and whether it is called with a token.

use heck::ToUpperCamelCase;

use super::address::{Lookup, Target};
use super::builder::Builder;
use super::facts::{Options, Sections};
use super::finding::{Finding, Findings};
use super::path::form;
use super::sample::Sample;
use super::spec_type::Known;
use super::tables::{TOKEN, Tables};
use crate::diagnostic::shown;
use crate::spec::TokenUse;

impl Target {
    /// The operation in the spec.
    pub(super) fn known<'l>(
        &mut self,
        sample: &Sample,
        lookup: &'l dyn Lookup,
        options: &Options,
        findings: &mut Findings,
    ) -> Option<Known<'l>> {
        let found = lookup.by_path(self.method.as_str(), &self.path);
        let named = || {
            let services = options.service.iter().chain(&sample.services);
            let mut pairs = services
                .flat_map(|service| sample.actions.iter().map(move |action| (service, action)));
            pairs.find_map(|(service, action)| lookup.by_name(service, action))
        };
        if found.is_some() {
            // What the page leaves open of method and path is decided.
            findings.decide("the spec has the operation as it was taken");
            return found;
        }
        let known = named()?;
        let operation = known.operation;
        let message = format!(
            "the page has {} {}, the spec {} {}",
            self.method.as_str(),
            shown(&self.path),
            operation.method.as_str(),
            shown(&operation.path)
        );
        findings.note(
            self.path_at,
            message,
            "the spec's stays; if it is wrong, mend it there",
        );
        Some(known)
    }

    pub(super) fn service(
        &mut self,
        sample: &Sample,
        known: Option<Known<'_>>,
        options: &Options,
        findings: &mut Findings,
    ) -> Result<String, Finding> {
        let at = self.path_at;
        if let (Some(wanted), Some(known)) = (&options.service, known)
            && *wanted != known.service
        {
            let message = format!(
                "the spec has this operation already, in {}",
                shown(known.service)
            );
            let help =
                "leave `--service` out, or take the operation out of the other service first";
            return Err(Finding::refused(Some(at), message, help));
        }
        if let Some(known) = known {
            let others = sample
                .services
                .iter()
                .find(|service| *service != known.service);
            if let Some(other) = others {
                let message = format!(
                    "the page's code uses the service {}, the spec has the operation in {}",
                    shown(other),
                    shown(known.service)
                );
                findings.note(at, message, "it stays where it is");
            }
            return Ok(known.service.to_owned());
        }
        if let Some(service) = &options.service {
            return Ok(service.clone());
        }
        if let [first, other, ..] = sample.services.as_slice() {
            let question = format!(
                "The page's code uses {} and {}. Which is the service?",
                shown(first),
                shown(other)
            );
            let help = "the first was taken; `--service` says which it is";
            findings.ask(at, question, help);
        }
        if let Some(service) = sample.services.first() {
            return Ok(service.clone());
        }
        let service = service_of_path(&self.path);
        let question = format!(
            "The page does not name its service. Is it {}?",
            shown(&service)
        );
        let help = "it is the one of the path; `--service` says another";
        findings.ask(at, question, help);
        Ok(service)
    }

    pub(super) fn action(
        &mut self,
        sections: &Sections<'_>,
        known: Option<Known<'_>>,
        findings: &mut Findings,
    ) -> String {
        let sample = &sections.sample;
        let at = self.path_at;
        let of_page = sample.actions.first();
        if let Some(known) = known {
            let name = &known.operation.operation;
            if let Some(other) = of_page.filter(|action| !action.eq_ignore_ascii_case(name)) {
                let message = format!(
                    "the page's code calls {}, the spec {}",
                    shown(other),
                    shown(name)
                );
                findings.note(at, message, "the spec's name stays");
            }
            return name.clone();
        }
        if let [first, other, ..] = sample.actions.as_slice()
            && !first.eq_ignore_ascii_case(other)
        {
            let question = format!(
                "The page's code calls {} and {}. Which is the operation?",
                shown(first),
                shown(other)
            );
            findings.ask(at, question, "the first was taken");
        }
        if let Some(action) = of_page {
            return action.clone();
        }
        let slug = sections.page.front.slug.clone().or_else(|| {
            let source = sections.page.front.source.as_deref()?;
            Some(source.trim_end_matches('/').rsplit('/').next()?.to_owned())
        });
        let words = slug.unwrap_or_else(|| {
            let last = self.path.rsplit('/').find(|part| !part.starts_with('{'));
            format!(
                "{}-{}",
                self.method.as_str().to_lowercase(),
                last.unwrap_or("operation")
            )
        });
        let words = words.strip_prefix("api-").unwrap_or(&words);
        let name: String = words
            .to_upper_camel_case()
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        let name = if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            name
        } else {
            format!("Operation{name}")
        };
        let question = format!(
            "The page does not name the operation. Is it {}?",
            shown(&name)
        );
        let help = "the name is made of the page's address; the official SDKs have the right one";
        findings.ask(at, question, help);
        name
    }

    /// Values of the path may have other names in the spec; they do not go over the wire.
    pub(super) fn rename_values(&mut self, known: Option<Known<'_>>, findings: &mut Findings) {
        let Some(known) = known else { return };
        let theirs = &known.operation.path;
        if *theirs == self.path || form(theirs) != form(&self.path) {
            return;
        }
        let message = format!(
            "the page has the path {}, the spec {}",
            shown(&self.path),
            shown(theirs)
        );
        findings.note(
            self.path_at,
            message,
            "they differ in the names of values, which are not sent; the spec's stay",
        );
        self.path.clone_from(theirs);
    }
}

impl Builder<'_> {
    /// Whether the operation is called with a token.
    pub(super) fn token(&mut self, tables: &Tables) -> TokenUse {
        let example = self.sections.parts.example();
        let known = self.known;
        let at = example.map_or(self.target.path_at, |request| request.at);
        let in_example = example.map(|request| {
            let mut names = request.headers.iter().map(|(name, ..)| name);
            names.any(|name| name.eq_ignore_ascii_case(TOKEN))
        });
        let of = |used: bool| {
            if used {
                TokenUse::Required
            } else {
                TokenUse::None
            }
        };
        if let Some(required) = tables.token {
            if !required {
                self.findings
                    .note(at, "the token is optional", "it was taken for required");
            }
            return TokenUse::Required;
        }
        // No table has it. The code is made from the same description as the tables are.
        let word = |used: bool| {
            if used {
                "with a token"
            } else {
                "without a token"
            }
        };
        let decided = known
            .map(|known| known.operation.token == TokenUse::Required)
            .or(self.sections.sample.token);
        if let Some(used) = decided {
            if in_example.is_some_and(|shown| shown != used) || used {
                let example = in_example.map_or("there is no example".to_owned(), |used| {
                    format!("the example calls {}", word(used))
                });
                let message = format!("no table has the token's header, {example}");
                let who = if known.is_some() {
                    "the spec"
                } else {
                    "the page's code"
                };
                let help = format!("{who} calls {}, which was taken", word(used));
                self.findings.note(at, message, help);
            }
            return of(used);
        }
        let (question, help) = match in_example {
            Some(used) => (
                format!(
                    "No table has the token's header, and the example calls {}. Is it called {0}?",
                    word(used)
                ),
                "the example was taken to be right",
            ),
            None => (
                "Nothing says whether it is called with a token. Is it?".to_owned(),
                "it was taken for called with one, as nearly all operations are",
            ),
        };
        self.findings.ask(at, question, help);
        of(in_example.unwrap_or(true))
    }
}

/// `/v1.0/contact/users` is of `contact_1_0`, as a rule.
fn service_of_path(path: &str) -> String {
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let version = parts
        .next()
        .unwrap_or("v1.0")
        .trim_start_matches('v')
        .replace('.', "_");
    let name = parts.next().unwrap_or("service");
    let mut out = String::new();
    for c in name
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '_')
    {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    format!("{out}_{version}")
}
