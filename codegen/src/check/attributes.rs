use super::walk::{Seen, Site, What};
use super::{Mistakes, Scope};
use crate::diagnostic::{Diagnostic, shown};
use crate::spec::{Encoding, Field, ScalarOrNamed, Shape, TypeNode};

/// Finds keys that have no meaning where they stand. They would be lost in silence.
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
            "it belongs to the field itself",
        )),
        Site::WholeReply => Some(("a reply as a whole", "leave it out")),
        _ => None,
    };
    if let Some((what, help)) = nowhere {
        let keys = [
            ("required", field.required),
            ("secret", field.secret),
            ("idempotency_key", field.idempotency_key),
            ("success_flag", field.success_flag),
            ("encoding", field.encoding.is_some()),
            ("rust_name", field.rust_name.is_some()),
        ];
        for (key, _) in keys.iter().filter(|(_, given)| *given) {
            report(
                key,
                format!("{} does not apply to {what}", shown(key)),
                help,
            );
        }
    } else {
        if field.secret && !is_scalar(field) {
            let help = "mark the fields inside that are secret";
            report(
                "secret",
                "only a single value can be secret".to_owned(),
                help,
            );
        }
        if field.idempotency_key && !may_be_key(field, seen.site) {
            report(
                "idempotency_key",
                "only a text in the query, the headers or the body of a request can be an \
                 idempotency key"
                    .to_owned(),
                "leave it out",
            );
        }
        let boolean = matches!(
            field.shape(),
            None | Some(Shape::Name(ScalarOrNamed::Boolean))
        );
        if field.success_flag && !(boolean && may_be_flag(seen)) {
            report(
                "success_flag",
                "only a boolean of a reply can say whether the call worked, at the top, or whether \
                 an element of a list did, in the element"
                    .to_owned(),
                "leave it out",
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
        && !matches!(
            field.shape(),
            Some(Shape::Enum(..) | Shape::Object(_)) | None
        )
    {
        let message =
            "`rust_type` names the type made for an `enum` or an `object`; here none is made";
        let help = match field.shape() {
            Some(Shape::List(_)) => "give it to the element, beside its `enum` or `object`",
            Some(Shape::Map(_)) => "give it to the map's value, beside its `enum` or `object`",
            _ => "leave it out",
        };
        report("rust_type", message.to_owned(), help);
    }
}

fn may_be_key(field: &Field, site: Site) -> bool {
    let text = matches!(
        field.shape(),
        None | Some(Shape::Name(ScalarOrNamed::String))
    );
    text && matches!(site, Site::Query | Site::Header | Site::Body)
}

/// What a named type is used for is not known where it is described.
fn may_be_flag(seen: &Seen<'_, '_>) -> bool {
    let inside = seen.site == Site::Member && seen.path.section() == Some("response");
    inside || seen.site == Site::Reply
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
            let body = matches!(site, Site::Body | Site::Reply | Site::Inner | Site::Member);
            if !body {
                let message = "`json_string` is for fields of a body".to_owned();
                return Some((message, "lists and objects in a query are JSON text anyway"));
            }
            let text = matches!(shape, Shape::Name(ScalarOrNamed::String) | Shape::Enum(..));
            text.then(|| {
                let message = "`json_string` says that a string holds JSON, but not what".to_owned();
                (message, "say with `object`, `list` or `type: json` what the JSON is; or leave `encoding` out")
            })
        }
        Encoding::Comma | Encoding::Indexed => {
            let name = if encoding == Encoding::Comma {
                "`comma`"
            } else {
                "`indexed`"
            };
            if site != Site::Query {
                return Some((
                    format!("{name} is for lists in a query"),
                    "leave `encoding` out",
                ));
            }
            let Shape::List(element) = shape else {
                return Some((format!("{name} is for lists"), "leave `encoding` out"));
            };
            let joined = encoding == Encoding::Comma && !is_word(element, scope);
            joined.then(|| {
                let message = "only a list of single values can be joined by commas".to_owned();
                (
                    message,
                    "use `indexed`, or leave `encoding` out for JSON text",
                )
            })
        }
    }
}

/// True if an element is a single value, as far as is known.
fn is_word(element: &TypeNode, scope: Scope<'_>) -> bool {
    match element.shape() {
        Some(Shape::Name(ScalarOrNamed::Json)) => false,
        Some(Shape::Name(ScalarOrNamed::Named(name))) => {
            scope.get(name).is_none_or(|def| def.object.is_none())
        }
        None | Some(Shape::Enum(..) | Shape::Name(_)) => true,
        Some(_) => false,
    }
}
