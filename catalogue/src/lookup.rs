//! Operations by name and by path, and events by name.

use std::fmt;

use dingtalk_api::generated::{UnknownOperation, is_same_service, nearest};
use dingtalk_catalogue_format::Error;

use crate::{Catalogue, Event, Operation, Service};

impl Catalogue {
    /// The service of this name. Case and underscores do not count: the official packages write `ai_paa_s_1_0` for
    /// `ai_paas_1_0`.
    pub fn service(&self, name: &str) -> Option<&Service> {
        let mut services = self.services();
        services.find(|service| is_same_service(service.name(), name))
    }

    /// The operation that the platform calls by this name.
    ///
    /// # Errors
    /// If there is none: the error suggests the nearest name. If the file is damaged.
    pub fn operation(&self, service: &str, action: &str) -> Result<Operation<'_>, NotFound> {
        if let Some(service) = self.service(service) {
            let mut operations = service.operations().map_err(NotFound::Damaged)?;
            if let Some(found) = operations.find(|operation| operation.action() == action) {
                return Ok(found);
            }
        }
        let names = self.services().map(|service| {
            let actions = service.operations()?.map(|operation| operation.action());
            Ok((service.name(), Some(actions.collect())))
        });
        let names: Vec<_> = names.collect::<Result<_, _>>().map_err(NotFound::Damaged)?;
        let unknown = UnknownOperation::new(&names, service, action);
        Err(NotFound::Unknown(unknown))
    }

    /// The operation that has this method in Rust, for example `start_cloud_record` of `conference_1_0`.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn by_rust_name(&self, service: &str, name: &str) -> Result<Option<Operation<'_>>, Error> {
        let Some(service) = self.service(service) else {
            return Ok(None);
        };
        Ok(service
            .operations()?
            .find(|operation| operation.rust_name() == name))
    }

    /// The operation that a request is for: one with this HTTP method, and a path in which each part in braces matches
    /// any text. Where several fit, the one with the longest text in its path wins.
    ///
    /// # Errors
    /// If the file is damaged.
    pub fn by_path(&self, method: &str, path: &str) -> Result<Option<Operation<'_>>, Error> {
        let mut best: Option<(Vec<bool>, Operation<'_>)> = None;
        for service in self.services() {
            for operation in service.operations()? {
                if operation.method() != method {
                    continue;
                }
                let Some(literal) = fit(operation.path(), path) else {
                    continue;
                };
                if best.as_ref().is_none_or(|(known, _)| literal > *known) {
                    best = Some((literal, operation));
                }
            }
        }
        Ok(best.map(|(_, operation)| operation))
    }

    /// The event of this type, for example `user_add_org`; or the callback of this topic or with this name in Rust, such
    /// as `bot_message`.
    ///
    /// # Errors
    /// If there is none: the error suggests the nearest name. If the file is damaged.
    pub fn event(&self, name: &str) -> Result<Event<'_>, NotFound> {
        let events = self.events().map_err(NotFound::Damaged)?;
        let found = events.iter().find(|event| event.wire() == name);
        let found = found.or_else(|| events.iter().find(|event| event.rust_name() == name));
        found.copied().ok_or_else(|| {
            let names = events.iter().map(Event::rust_name);
            NotFound::Event(UnknownEvent {
                name: name.to_owned(),
                nearest: nearest(name, names),
            })
        })
    }
}

/// Whether a path is one of a template: for each segment, whether it is the template's own text.
fn fit(template: &str, path: &str) -> Option<Vec<bool>> {
    let mut segments = path.split('/');
    let mut literal = Vec::new();
    for wanted in template.split('/') {
        let found = segments.next()?;
        let is_literal = found == wanted;
        if !is_literal && !is_value(wanted, found) {
            return None;
        }
        literal.push(is_literal);
    }
    segments.next().is_none().then_some(literal)
}

/// Whether a segment has text where that of the template has a parameter.
fn is_value(wanted: &str, found: &str) -> bool {
    let Some((before, rest)) = wanted.split_once('{') else {
        return false;
    };
    let after = rest.split_once('}').map_or("", |(_, after)| after);
    let value = found.strip_prefix(before);
    let value = value.and_then(|value| value.strip_suffix(after));
    value.is_some_and(|value| !value.is_empty())
}

/// Why an operation or an event was not found.
#[derive(Debug, Clone)]
pub enum NotFound {
    /// There is no operation of this name.
    Unknown(UnknownOperation),
    /// There is no event of this name.
    Event(UnknownEvent),
    /// The file is damaged.
    Damaged(Error),
}

impl fmt::Display for NotFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(unknown) => unknown.fmt(f),
            Self::Event(unknown) => unknown.fmt(f),
            Self::Damaged(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for NotFound {}

/// No event has this name.
#[derive(Debug, Clone)]
pub struct UnknownEvent {
    name: String,
    nearest: Option<&'static str>,
}

impl fmt::Display for UnknownEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no event `{}`", self.name)?;
        match self.nearest {
            Some(nearest) => write!(f, "; did you mean `{nearest}`?"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for UnknownEvent {}

#[cfg(test)]
mod tests {
    use super::fit;

    #[test]
    fn text_of_a_template_goes_before_a_parameter() {
        let list = fit("/things/list/{id}", "/things/list/1");
        let thing = fit("/things/{id}/1", "/things/list/1");
        assert!(list > thing && thing.is_some(), "{list:?} {thing:?}");
    }

    #[test]
    fn a_parameter_may_be_part_of_a_segment_and_is_not_empty() {
        assert!(fit("/a/{id}more/b", "/a/1more/b").is_some());
        for path in ["/a/more/b", "/a/1/b", "/a/1more", "/a/1more/b/c"] {
            assert!(fit("/a/{id}more/b", path).is_none(), "{path}");
        }
    }
}
