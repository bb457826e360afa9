use super::Mistakes;
use crate::diagnostic::{Diagnostic, Place, quoted};
use crate::similar::instead;
use crate::spec::walk::Path;
use crate::spec::{Location, Operation, ScalarOrNamed, Scope, Shape};

/// Checks that the keys under `paging` go together, and that what they name is there and fits.
pub(super) fn check(path: &Path<'_>, op: &Operation, scope: Scope<'_>, mistakes: &mut Mistakes) {
    let Some(paging) = &op.paging else { return };
    let path = path.key("paging");
    let keys = Keys { path: &path, op };
    keys.style(mistakes);
    let arguments = [
        ("token", &paging.token),
        ("page", &paging.page),
        ("offset", &paging.offset),
        ("size", &paging.size),
    ];
    for (key, name) in arguments {
        if let Some(name) = name {
            mistakes.extend(keys.argument(key, name, scope));
        }
    }
    let reply = Reply::of(op, scope);
    let places = [
        ("next", &paging.next, Wanted::Token),
        ("items", &paging.items, Wanted::List),
        ("total", &paging.total, Wanted::Count),
        ("more", &paging.more, Wanted::Flag),
    ];
    for (key, names, wanted) in places {
        if let Some(names) = names {
            mistakes.extend(reply.field(&path.key(key), names, wanted));
        }
    }
    let list = !reply.nothing && matches!(reply.whole, Some(Shape::List(_)) | None);
    if paging.items.is_none() && !list {
        let message = "`paging` lacks `items`";
        let help = "name the list in the reply; `items` can only be omitted if the reply itself is the list";
        mistakes.push(Diagnostic::new(path.at_key(), message).help(help));
    }
}

struct Keys<'a> {
    path: &'a Path<'a>,
    op: &'a Operation,
}

impl Keys<'_> {
    /// Tokens, numbers or offsets.
    fn style(&self, mistakes: &mut Mistakes) {
        let Some(paging) = &self.op.paging else {
            return;
        };
        let help = "use `token` and `next` if the reply has a token for the next page, `page` if pages are numbered, or \
            `offset` if the request says how many items to skip";
        let styles = [
            ("token", paging.token.is_some()),
            ("page", paging.page.is_some()),
            ("offset", paging.offset.is_some()),
        ];
        let mut given = styles.iter().filter(|(_, given)| *given);
        let Some((style, _)) = given.next() else {
            let message = "`paging` lacks `token`, `page` or `offset`";
            return mistakes.push(Diagnostic::new(self.path.at_key(), message).help(help));
        };
        let at = |key| self.path.key(key).at_key();
        if let Some((other, _)) = given.next() {
            let message = format!("{} and {} cannot be combined", quoted(style), quoted(other));
            let mistake = Diagnostic::new(at(other), message).help(help);
            return mistakes.push(mistake.also(at(style), "also given here"));
        }
        if *style == "token" && paging.next.is_none() {
            let message = "`token` needs `next`";
            let help = "name the field of the reply with the token of the next page";
            mistakes.push(Diagnostic::new(at("token"), message).help(help));
        }
        if *style == "offset" && paging.size.is_none() {
            let message = "`offset` needs `size`";
            let help = "name the field of the request that says how many items a page has: the next page begins that \
                many later";
            mistakes.push(Diagnostic::new(at("offset"), message).help(help));
        }
        let keys = [
            ("next", paging.next.is_some(), "token"),
            ("first", paging.first.is_some(), "page"),
        ];
        for (key, given, only) in keys {
            if given && only != *style {
                let message = format!("{} only goes with {}", quoted(key), quoted(only));
                mistakes.push(Diagnostic::new(at(key), message).help("remove it"));
            }
        }
    }

    /// A field of the request that takes a token or a number. Names joined by dots lead into objects of the body.
    fn argument(&self, key: &str, names: &str, scope: Scope<'_>) -> Option<Diagnostic> {
        let (name, inner) = names
            .split_once('.')
            .map_or((names, None), |(first, inner)| (first, Some(inner)));
        let path = self.path.key(key);
        let place = if inner.is_some() {
            path.at_piece(name)
        } else {
            path.at_value()
        };
        let body = self.op.body.is_some();
        let sendable = |location: Location| match location {
            Location::Query => true,
            Location::Body => body,
            Location::Header => false,
        };
        let all = || self.op.request_fields();
        let fields = || all().filter(|(location, ..)| sendable(*location));
        let Some((location, _, field)) = fields().find(|(_, known, _)| *known == name) else {
            let headers = || all().filter(|(location, ..)| *location == Location::Header);
            if headers().any(|(_, known, _)| known == name) {
                let message = format!("{} is a header", quoted(name));
                let help = "use a field of the query or the body";
                return Some(Diagnostic::new(place, message).help(help));
            }
            let message = format!(
                "the request has no field {} in the query or the body",
                quoted(name)
            );
            let names = fields().map(|(_, known, _)| known).collect();
            return Some(missing(place, message, name, names));
        };
        let wanted = match key {
            "token" => Wanted::Token,
            _ => Wanted::Count,
        };
        if let Some(inner) = inner {
            if location != Location::Body || field.encoding.is_some() {
                let message = format!("{} is not an object in the body", quoted(name));
                let help = "names joined by dots lead into objects of the body";
                return Some(Diagnostic::new(place, message).help(help));
            }
            let walk = Walk {
                path: &path,
                scope,
                names,
            };
            return walk.field(field.shape()?, quoted(name), inner, wanted);
        }
        let fits = is_token(field.shape()?);
        if fits && field.encoding.is_none() {
            let limits = [
                field.min.is_some(),
                field.max.is_some(),
                field.max_length.is_some(),
            ];
            return (key == "token" && limits.contains(&true)).then(|| {
                let message = format!("{} has limits", quoted(name));
                let help = "remove them: a token that a reply gives must be sendable";
                Diagnostic::new(place, message).help(help)
            });
        }
        let message = format!("{} is not {}", quoted(name), wanted.words());
        Some(Diagnostic::new(place, message).help("name another field"))
    }
}

/// What a field of the reply must be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Token,
    List,
    Count,
    Flag,
}

impl Wanted {
    fn takes(self, shape: Shape<'_>) -> bool {
        match self {
            Self::Token | Self::Count => is_token(shape),
            Self::List => matches!(shape, Shape::List(_)),
            Self::Flag => matches!(shape, Shape::Name(ScalarOrNamed::Boolean)),
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Token => "a `string` or an `integer`",
            Self::List => "a list",
            Self::Count => "an `integer`, or a `string` that holds one",
            Self::Flag => "a `boolean`",
        }
    }
}

fn is_token(shape: Shape<'_>) -> bool {
    matches!(
        shape,
        Shape::Name(ScalarOrNamed::String | ScalarOrNamed::Integer)
    )
}

/// What comes back.
struct Reply<'a> {
    /// None if the spec does not say clearly what it is, which is reported as such.
    whole: Option<Shape<'a>>,
    scope: Scope<'a>,
    nothing: bool,
}

impl<'a> Reply<'a> {
    fn of(op: &'a Operation, scope: Scope<'a>) -> Self {
        let whole = match (&op.response, &op.response_type) {
            (Some(fields), _) => Some(Shape::Object(fields)),
            (None, Some(field)) => field.shape(),
            (None, None) => None,
        };
        Self {
            whole,
            scope,
            nothing: op.response.is_none() && op.response_type.is_none(),
        }
    }

    /// Goes along the names to a field.
    fn field(&self, path: &Path<'_>, names: &str, wanted: Wanted) -> Option<Diagnostic> {
        if self.nothing {
            let message = "the operation has no reply";
            let help = "describe the reply under `response`";
            return Some(Diagnostic::new(path.at_value(), message).help(help));
        }
        let walk = Walk {
            path,
            scope: self.scope,
            names,
        };
        walk.field(self.whole?, String::from("the reply"), names, wanted)
    }
}

/// Names joined by dots, that lead through objects.
struct Walk<'a> {
    path: &'a Path<'a>,
    scope: Scope<'a>,
    /// All of them.
    names: &'a str,
}

impl<'a> Walk<'a> {
    /// Goes along the last of the names from an object, which is called `name_so_far`, to a field.
    fn field(
        &self,
        mut shape: Shape<'a>,
        mut name_so_far: String,
        last: &str,
        wanted: Wanted,
    ) -> Option<Diagnostic> {
        let Self { path, names, .. } = *self;
        for name in last.split('.') {
            let place = if names == name {
                path.at_value()
            } else {
                path.at_piece(name)
            };
            let Shape::Object(fields) = self.scope.shape(shape)? else {
                let message = format!("{name_so_far} is not an object with named fields");
                let help = "names joined by dots lead through objects";
                return Some(Diagnostic::new(place, message).help(help));
            };
            let Some(field) = fields.get(name) else {
                let message = format!("{name_so_far} has no field {}", quoted(name));
                let names = fields.iter().map(|(name, _)| name.as_str()).collect();
                return Some(missing(place, message, name, names));
            };
            shape = field.shape()?;
            name_so_far = quoted(name);
            if field.encoding.is_some() {
                let message = format!("{name_so_far} is JSON in a string");
                let help = "`paging` needs fields that are not inside a JSON string";
                return Some(Diagnostic::new(place, message).help(help));
            }
        }
        if wanted.takes(self.scope.shape(shape)?) {
            return None;
        }
        let message = format!("{} is not {}", quoted(names), wanted.words());
        Some(Diagnostic::new(path.at_value(), message).help("name another field"))
    }
}

fn missing(place: Place, message: String, name: &str, known: Vec<&str>) -> Diagnostic {
    Diagnostic::new(place, message).help(instead(name, known))
}
