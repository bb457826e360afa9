use super::{Mistakes, limits};
use crate::diagnostic::{Diagnostic, quoted};
use crate::spec::walk::{Seen, Site, What};
use crate::spec::{Encoding, Field, ScalarOrNamed, Scope, Shape, TypeNode};

/// Finds keys that have no effect in their place. They would be ignored silently.
pub(super) fn check(seen: &Seen<'_, '_>, scope: Scope<'_>, mistakes: &mut Mistakes) {
    let What::Field(field) = seen.what else {
        return;
    };
    let mut report = |key: &str, message: String, help: &str| {
        let place = seen.path.key(key).at_key();
        mistakes.push(Diagnostic::new(place, message).help(help));
    };
    let nowhere = match seen.site {
        Site::Element => Some((
            "an element of a list or a map",
            "move it to the field itself",
        )),
        Site::WholeReply => Some(("a reply as a whole", "remove it")),
        _ => None,
    };
    if let Some((what, help)) = nowhere {
        let keys = [
            ("required", field.required),
            ("secret", field.secret),
            ("idempotency_key", field.idempotency_key),
            ("success_flag", field.success_flag),
            ("encoding", field.encoding.is_some()),
            ("flatten", field.flatten),
            ("glossary", field.glossary.is_some()),
            ("rust_name", field.rust_name.is_some()),
            ("aliases", !field.aliases.is_empty()),
        ];
        let keys = keys.iter().filter(|(_, given)| *given).map(|(key, _)| *key);
        for key in keys.chain(limits::given(field).flatten()) {
            report(
                key,
                format!("{} does not apply to {what}", quoted(key)),
                help,
            );
        }
    } else {
        if field.secret && !is_scalar(field) && !field.is_file() {
            let help = "mark the secret fields inside instead";
            report(
                "secret",
                "only a single value can be `secret`".to_owned(),
                help,
            );
        }
        if field.idempotency_key && !may_be_key(field, seen.site) {
            report(
                "idempotency_key",
                "an idempotency key must be a string in the query, headers or body of a request"
                    .to_owned(),
                "remove it",
            );
        }
        if !field.aliases.is_empty() && seen.path.section() != Some("data") {
            report(
                "aliases",
                "only fields of an event's `data` have aliases".to_owned(),
                "remove it",
            );
        }
        let useless = match field.glossary {
            Some(true) => Some("`glossary: true` has no effect: fields use the glossary anyway"),
            Some(false) if field.doc.is_some() => {
                Some("`glossary: false` has no effect: the field has its own `doc`")
            }
            _ => None,
        };
        if let Some(message) = useless {
            report("glossary", message.to_owned(), "remove it");
        }
        // Some replies have the boolean as a string.
        let boolean = matches!(
            field.shape(),
            None | Some(Shape::Name(ScalarOrNamed::Boolean | ScalarOrNamed::String))
        );
        if field.success_flag && !(boolean && may_be_flag(seen)) {
            report(
                "success_flag",
                "`success_flag` belongs on a boolean, or a string that holds one: at the top of a reply, in an object \
                 there, or in the elements of a list"
                    .to_owned(),
                "remove it",
            );
        }
        if let Some((message, help)) = field
            .encoding
            .and_then(|e| misplaced(e, seen.site, field, scope))
        {
            report("encoding", message, help);
        }
    }
    if field.rust_type.is_some()
        && let Some(help) = misplaced_rust_type(field)
    {
        let message = "`rust_type` has no effect here: it names the type of an `enum`, an `object` or a `one_of`";
        report("rust_type", message.to_owned(), help);
    }
}

/// The help for a `rust_type` that does not name a type.
fn misplaced_rust_type(field: &Field) -> Option<&'static str> {
    match field.shape()? {
        Shape::Enum(..) | Shape::Object(_) | Shape::OneOf(_) => None,
        Shape::List(_) => Some("move it to the element, beside its `enum` or `object`"),
        Shape::Map(_) => Some("move it to the map's value, beside its `enum` or `object`"),
        Shape::Name(_) => Some("remove it"),
    }
}

fn may_be_key(field: &Field, site: Site) -> bool {
    let text = matches!(
        field.shape(),
        None | Some(Shape::Name(ScalarOrNamed::String))
    );
    text && matches!(site, Site::Query | Site::Header | Site::Body)
}

/// Where a named type is described, its use is not known.
fn may_be_flag(seen: &Seen<'_, '_>) -> bool {
    match seen.site {
        Site::Reply => true,
        Site::Inner => matches!(seen.path.keys()[..], ["response", _, "object", _]),
        Site::Member => seen.path.section() == Some("response"),
        _ => false,
    }
}

fn is_scalar(field: &Field) -> bool {
    use ScalarOrNamed::{Boolean, Integer, Number, String};
    // What says nothing clear is reported as such.
    matches!(
        field.shape(),
        None | Some(Shape::Name(String | Integer | Number | Boolean))
    )
}

/// Why an encoding cannot be where it is, and what would be right.
fn misplaced(
    encoding: Encoding,
    site: Site,
    field: &Field,
    scope: Scope<'_>,
) -> Option<(String, &'static str)> {
    let shape = field.shape()?;
    match encoding {
        Encoding::JsonString => {
            let body = matches!(
                site,
                Site::Body | Site::Reply | Site::Event | Site::Answer | Site::Inner | Site::Member
            );
            if !body {
                let message = "`json_string` only applies to fields of a body".to_owned();
                return Some((
                    message,
                    "lists and objects in a query are sent as JSON text anyway",
                ));
            }
            let text = matches!(shape, Shape::Name(ScalarOrNamed::String) | Shape::Enum(..));
            text.then(|| {
                let message =
                    "`json_string` needs the type of the JSON inside the string".to_owned();
                (
                    message,
                    "describe the JSON with `object`, `list` or `type: json`, or remove `encoding`",
                )
            })
        }
        Encoding::Comma | Encoding::Indexed => {
            let name = if encoding == Encoding::Comma {
                "`comma`"
            } else {
                "`indexed`"
            };
            let (there, places) = match encoding {
                Encoding::Comma => (
                    matches!(site, Site::Query | Site::Body),
                    "in a query or directly in a body",
                ),
                _ => (site == Site::Query, "in a query"),
            };
            if !there {
                return Some((
                    format!("{name} only applies to lists {places}"),
                    "remove `encoding`",
                ));
            }
            let Shape::List(element) = shape else {
                return Some((format!("{name} only applies to lists"), "remove `encoding`"));
            };
            let joined = encoding == Encoding::Comma && !is_word(element, scope);
            joined.then(|| {
                let message = "only a list of single values can be joined with commas".to_owned();
                (
                    message,
                    "use `indexed`, or remove `encoding` to send JSON text",
                )
            })
        }
    }
}

/// True if an element is a single value, as far as is known.
fn is_word(element: &TypeNode, scope: Scope<'_>) -> bool {
    match element.shape().and_then(|shape| scope.shape(shape)) {
        None | Some(Shape::Enum(..)) => true,
        Some(Shape::Name(name)) => *name != ScalarOrNamed::Json,
        Some(Shape::List(_) | Shape::Map(_) | Shape::Object(_) | Shape::OneOf(_)) => false,
    }
}
