//! Which operation a page describes: its place in the spec, its service, its name, and whether it needs a token.

use heck::ToUpperCamelCase;

use super::path::form;
use super::sample::folder;
use super::{Builder, Finding, Front, Known, Search, TOKEN, Tables, Target};
use crate::diagnostic::quoted;
use crate::spec::Token;

impl<'a> Search<'a> {
    /// The operation in the spec.
    pub(super) fn known(&mut self, target: &Target) -> Option<Known<'a>> {
        let method = target.method.as_str();
        let found = self.spec.by_path(method, &target.path)?;
        // What the page leaves open of method and path is decided.
        self.findings.decide("the spec confirms it");
        Some(found)
    }

    /// The service and the name of an operation of the legacy API.
    pub(super) fn legacy_name(&self, target: &Target) -> Result<(String, String), Finding> {
        let (service, action) = self.spec.legacy.of(&target.path);
        let service = self.options.service.clone().unwrap_or(service);
        let Some(other) = self.spec.by_name(&service, &action) else {
            return Ok((service, action));
        };
        let (name, theirs) = (quoted(&action), quoted(&other.operation.path));
        let message = format!("its path makes the name {name}, which {theirs} has in `{service}`");
        let help = "give the path a name in `import/oapi.yaml`";
        Err(Finding::refused(Some(target.path_at), message, help))
    }

    pub(super) fn service(
        &mut self,
        target: &Target,
        known: Option<Known<'_>>,
    ) -> Result<String, Finding> {
        let (at, services) = (target.path_at, &self.sections.sample.services);
        let wanted = self.options.service.as_ref();
        if let Some(known) = known {
            let own = quoted(known.service);
            if wanted.is_some_and(|wanted| wanted != known.service) {
                let message = format!("the spec already has this operation, in {own}");
                let help = "omit `--service`, or remove the operation from the other service first";
                return Err(Finding::refused(Some(at), message, help));
            }
            if let Some(other) = services.iter().find(|service| *service != known.service) {
                let other = quoted(other);
                let message = format!(
                    "the page's code uses the service {other}, the spec has the operation in {own}"
                );
                self.findings.note(at, message, "kept it there");
            }
            return Ok(known.service.to_owned());
        }
        if let Some(service) = wanted {
            return Ok(service.clone());
        }
        if let [first, other, ..] = services.as_slice() {
            let (first, other) = (quoted(first), quoted(other));
            let question =
                format!("The page's code uses {first} and {other}. Which is the service?");
            let help = "used the first; choose with `--service`";
            self.findings.ask(at, question, help);
        }
        if let Some(service) = services.first() {
            return Ok(service.clone());
        }
        let service = service_of_path(&target.path);
        let is = quoted(&service);
        let question = format!("The page does not name its service. Is it {is}?");
        let help = "taken from the path; choose another with `--service`";
        self.findings.ask(at, question, help);
        Ok(service)
    }

    pub(super) fn action(&mut self, target: &Target, known: Option<Known<'_>>) -> String {
        let actions = self.sections.sample.actions.as_slice();
        let at = target.path_at;
        if let Some(known) = known {
            let name = &known.operation.operation;
            let first = actions.first();
            if let Some(other) = first.filter(|action| !action.eq_ignore_ascii_case(name)) {
                let (other, name) = (quoted(other), quoted(name));
                let message = format!("the page's code calls {other}, the spec has {name}");
                self.findings.note(at, message, "kept the spec's name");
            }
            return name.clone();
        }
        if let [first, other, ..] = actions
            && !first.eq_ignore_ascii_case(other)
        {
            let (first, other) = (quoted(first), quoted(other));
            let question =
                format!("The page's code calls {first} and {other}. Which is the operation?");
            self.findings.ask(at, question, "used the first");
        }
        if let Some(action) = actions.first() {
            return action.clone();
        }
        let name = target.name_of_page(&self.sections.page.front);
        let is = quoted(&name);
        let question = format!("The page does not name the operation. Is it {is}?");
        let help = "the name comes from the page's address; the official SDKs have the real one";
        self.findings.ask(at, question, help);
        name
    }

    /// Path parameters may have other names in the spec; the names are not sent.
    pub(super) fn rename_values(&mut self, target: &mut Target, known: Known<'_>) {
        let theirs = &known.operation.path;
        if *theirs == target.path || form(&known.operation.path) != form(&target.path) {
            return;
        }
        let (path, spec) = (quoted(&target.path), quoted(theirs));
        let message = format!("the page has the path {path}, the spec has {spec}");
        let help = "only parameter names differ, which are not sent; kept the spec's";
        self.findings.note(target.path_at, message, help);
        target.path.clone_from(theirs);
    }
}

impl Target {
    /// A name made of the page's address, or else of the operation's.
    fn name_of_page(&self, front: &Front) -> String {
        let slug = front.slug.as_deref().or_else(|| {
            let source = front.source.as_deref()?;
            source.trim_end_matches('/').rsplit('/').next()
        });
        let of_path = || {
            let last = self.path.rsplit('/').find(|part| !part.starts_with('{'));
            let method = self.method.as_str().to_lowercase();
            format!("{method}-{}", last.unwrap_or("operation"))
        };
        let words = slug.map_or_else(of_path, str::to_owned);
        let words = words.strip_prefix("api-").unwrap_or(&words);
        let mut name = words.to_upper_camel_case();
        name.retain(|c| c.is_ascii_alphanumeric());
        if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            name
        } else {
            format!("Operation{name}")
        }
    }
}

impl Builder<'_> {
    /// Whose token the operation takes, as far as the page says.
    pub(super) fn token(&mut self, tables: &Tables) -> Option<Token> {
        if self.is_called_with_token(tables) {
            tables.token_of.clone()
        } else {
            Some(Token::NONE)
        }
    }

    fn is_called_with_token(&mut self, tables: &Tables) -> bool {
        if let Some(legacy) = self.sections.legacy {
            return legacy.token;
        }
        let example = self.sections.parts.example();
        let at = example.map_or(self.target.path_at, |request| request.at);
        if let Some(required) = tables.token {
            if !required {
                self.note(at, "the token is optional", "assumed required");
            }
            return true;
        }
        let in_example = example.map(|request| {
            let mut headers = request.headers.iter();
            headers.any(|(name, _)| name.eq_ignore_ascii_case(TOKEN))
        });
        let word = |used| {
            if used {
                "with a token"
            } else {
                "without a token"
            }
        };
        // No table has it. The code is made from the same description as the tables are.
        let of_spec = self.known.map(|known| known.operation.needs_token());
        if let Some(used) = of_spec.or(self.sections.sample.token) {
            if used || in_example.is_some_and(|shown| shown != used) {
                let example = in_example.map_or("there is no example".to_owned(), |used| {
                    format!("the example calls {}", word(used))
                });
                let message = format!("no table lists the token's header, and {example}");
                let who = of_spec.map_or("the page's code", |_| "the spec");
                let help = format!("followed {who}, which calls {}", word(used));
                self.note(at, message, help);
            }
            return used;
        }
        let (question, help) = match in_example.map(word) {
            Some(word) => (
                format!(
                    "No table lists the token's header, and the example calls {word}. Is it called {word}?"
                ),
                "trusted the example",
            ),
            None => (
                "Nothing says whether it is called with a token. Is it?".to_owned(),
                "assumed so, as for nearly all operations",
            ),
        };
        self.findings.ask(at, question, help);
        in_example.unwrap_or(true)
    }
}

/// `/v1.0/contact/users` is of `contact_1_0`, as a rule.
fn service_of_path(path: &str) -> String {
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let version = parts.next().unwrap_or("v1.0").trim_start_matches('v');
    let name = parts.next().unwrap_or("service");
    let mut name = name.to_owned();
    name.retain(|c| c.is_ascii_alphanumeric() || c == '_');
    format!("{}_{}", folder(&name), version.replace('.', "_"))
}
