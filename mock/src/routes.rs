//! Which operation a request is for.

use std::borrow::Cow;
use std::collections::HashMap;

use dingtalk_api::generated::nearest;
use dingtalk_catalogue::{Catalogue, Error, Operation};
use percent_encoding::percent_decode_str;

use crate::route::Route;

/// The operations of a catalogue, by HTTP method and path.
pub(crate) struct Routes {
    methods: HashMap<&'static str, Node>,
    all: Vec<Route>,
    /// The place of each operation by service and action.
    names: HashMap<(&'static str, &'static str), usize>,
}

/// What may follow in a path.
#[derive(Default)]
struct Node {
    texts: HashMap<&'static str, Node>,
    values: Vec<Value>,
    /// The operation whose path ends here.
    route: Option<usize>,
}

/// A path parameter, with the text around it in its segment.
struct Value {
    before: &'static str,
    after: &'static str,
    next: Node,
}

impl Value {
    fn read<'s>(&self, segment: &'s str) -> Option<&'s str> {
        let value = segment.strip_prefix(self.before)?;
        let value = value.strip_suffix(self.after)?;
        Some(value).filter(|value| !value.is_empty())
    }
}

impl Routes {
    pub(crate) fn new(catalogue: &'static Catalogue) -> Result<Self, Error> {
        let mut all = Self {
            methods: HashMap::new(),
            all: Vec::new(),
            names: HashMap::new(),
        };
        for operation in catalogue.operations()? {
            all.add(operation);
        }
        Ok(all)
    }

    fn add(&mut self, operation: Operation<'static>) {
        let mut node = self.methods.entry(operation.method()).or_default();
        for segment in segments(operation.path()) {
            node = match parameter(segment) {
                None => node.texts.entry(segment).or_default(),
                Some((before, _, after)) => {
                    let is_it = |value: &Value| value.before == before && value.after == after;
                    let index = node.values.iter().position(is_it).unwrap_or_else(|| {
                        let next = Node::default();
                        node.values.push(Value {
                            before,
                            after,
                            next,
                        });
                        node.values.len() - 1
                    });
                    &mut node.values[index].next
                }
            };
        }
        node.route = Some(self.all.len());
        let name = (operation.service().name(), operation.action());
        self.names.insert(name, self.all.len());
        self.all.push(Route::new(operation));
    }

    pub(crate) fn of(&self, operation: Operation<'_>) -> Option<&Route> {
        let name = (operation.service().name(), operation.action());
        self.all.get(*self.names.get(&name)?)
    }

    /// The method and the path that were meant where no operation has those of a request: the same path with another
    /// method, or a path with one segment that is like the request's.
    pub(crate) fn nearest(&self, method: &str, path: &str) -> Option<(&'static str, &'static str)> {
        let other = self
            .methods
            .keys()
            .find_map(|method| self.find(method, path));
        if let Some((route, _)) = other {
            return Some((route.operation.method(), route.operation.path()));
        }
        let wanted: Vec<_> = segments(path).collect();
        let alike = self
            .all
            .iter()
            .filter(|route| route.operation.method() == method);
        let alike = alike.filter_map(|route| {
            let (at, text) = only_difference(route.operation.path(), &wanted)?;
            Some((*wanted.get(at)?, text, route))
        });
        let alike: Vec<_> = alike.collect();
        let meant = alike
            .iter()
            .find_map(|(given, ..)| nearest(given, alike.iter().map(|(_, text, _)| *text)))?;
        let (.., route) = alike.iter().find(|(_, text, _)| *text == meant)?;
        Some((route.operation.method(), route.operation.path()))
    }

    /// The operation of a request, and the values in its path. Text of a template goes before a parameter.
    pub(crate) fn find(
        &self,
        method: &str,
        path: &str,
    ) -> Option<(&Route, Vec<(&'static str, String)>)> {
        let decode = |segment| percent_decode_str(segment).decode_utf8_lossy();
        let path: Vec<_> = segments(path).map(decode).collect();
        let mut values = Vec::new();
        let found = walk(self.methods.get(method)?, &path, &mut values)?;
        let route = self.all.get(found)?;
        let names = segments(route.operation.path()).filter_map(parameter);
        let names = names.map(|(_, name, _)| name);
        Some((route, names.zip(values).collect()))
    }
}

fn walk(node: &Node, path: &[Cow<'_, str>], values: &mut Vec<String>) -> Option<usize> {
    let Some((segment, rest)) = path.split_first() else {
        return node.route;
    };
    if let Some(next) = node.texts.get(&**segment)
        && let Some(found) = walk(next, rest, values)
    {
        return Some(found);
    }
    node.values.iter().find_map(|value| {
        values.push(value.read(segment)?.to_owned());
        let found = walk(&value.next, rest, values);
        if found.is_none() {
            values.pop();
        }
        found
    })
}

/// The only segment of a template that a path does not fit.
fn only_difference(template: &'static str, path: &[&str]) -> Option<(usize, &'static str)> {
    let template: Vec<_> = segments(template).collect();
    if template.len() != path.len() {
        return None;
    }
    let pairs = template.iter().zip(path).enumerate();
    let mut others =
        pairs.filter(|(_, (wanted, given))| wanted != given && parameter(wanted).is_none());
    let (at, (text, _)) = others.next()?;
    others.next().is_none().then_some((at, *text))
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').skip(1)
}

/// The parameter of a template's segment: the text before it, its name, the text after it.
fn parameter(segment: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = segment.split_once('{')?;
    let (name, after) = rest.split_once('}')?;
    Some((before, name, after))
}
