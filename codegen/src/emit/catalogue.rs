//! A service's block of the catalogue: what the spec says of its operations, as data.

mod event;

use std::collections::BTreeMap;

use dingtalk_catalogue_format as format;
use serde_json::Value as Json;

pub use self::event::block as events;
use crate::names;
use crate::resolve::{Field, OneOfDef, Operation, Reply, Service, Type, TypeDef, Value};
use crate::spec::{
    self, AppType, BodyEncoding, Encoding, ErrorClass, Limit, Location, Method, Ordered,
    PagingStyle, Token, TokenKind,
};

/// The block of a service.
///
/// # Errors
/// If it is too large for the format.
pub fn block(service: &Service<'_>) -> Result<Vec<u8>, format::Error> {
    let names = Names {
        shared: indexes(&service.types),
        own: BTreeMap::new(),
    };
    let shared: Vec<_> = service.types.iter().map(|def| names.def(def)).collect();
    // The JSON of examples has to live as long as the details that borrow it.
    let examples: Vec<_> = service.operations.iter().map(Example::of).collect();
    let operations: Vec<_> = service
        .operations
        .iter()
        .zip(&examples)
        .map(|(operation, example)| {
            let names = Names {
                own: indexes(&operation.types),
                shared: names.shared.clone(),
            };
            (head(operation), names.details(operation, example.as_ref()))
        })
        .collect();
    format::Block::write(&shared, &operations)
}

fn head<'a>(operation: &'a Operation<'_>) -> format::Operation<'a> {
    let spec = operation.spec;
    let method = match spec.method {
        Method::Get => format::Method::Get,
        Method::Post => format::Method::Post,
        Method::Put => format::Method::Put,
        Method::Delete => format::Method::Delete,
        Method::Patch => format::Method::Patch,
    };
    let rust_name = names::file_stem(&operation.method);
    format::Operation::new(
        &spec.operation,
        rust_name,
        method,
        &spec.path,
        spec.title.as_deref(),
        &spec.summary,
        operation.group.as_deref(),
    )
}

/// Types by name.
type Indexes<'a> = BTreeMap<&'a str, u32>;

fn indexes<'a>(types: &'a [TypeDef<'_>]) -> Indexes<'a> {
    types.iter().map(TypeDef::name).zip(0..).collect()
}

/// The places of the types that an operation may refer to.
struct Names<'a> {
    own: Indexes<'a>,
    shared: Indexes<'a>,
}

impl Names<'_> {
    fn details<'a>(
        &self,
        operation: &'a Operation<'_>,
        example: Option<&'a Example<'_>>,
    ) -> format::Details<'a> {
        let spec = operation.spec;
        let fields = operation.request.iter().flat_map(|def| &def.fields);
        let at = |location| -> Vec<_> {
            let there = fields.clone().filter(|field| field.location() == location);
            there.map(|field| self.field(field)).collect()
        };
        let path = operation.path_args.iter().map(|field| {
            let mut field = self.field(field);
            field.marks.0 |= format::Marks::REQUIRED;
            field
        });
        let mut body = at(Location::Body);
        let body = match (&spec.body, &spec.body_type, spec.encoding) {
            (_, Some(_), _) => body.pop().map_or(format::Body::None, format::Body::Whole),
            (Some(_), None, None) => format::Body::Fields(body),
            (Some(_), None, Some(BodyEncoding::Form)) => format::Body::Form(body),
            (Some(_), None, Some(BodyEncoding::Multipart)) => format::Body::Multipart(body),
            (None, None, _) => format::Body::None,
        };
        let response = match &operation.reply {
            Reply::Nothing => format::Response::None,
            Reply::Object(def) => format::Response::Object(&def.name, self.fields(&def.fields)),
            Reply::Bare(ty) => format::Response::Value(self.ty(ty)),
        };
        format::Details {
            doc: spec.doc.as_deref(),
            source: spec.source.as_deref(),
            app_types: spec.app_types.iter().copied().map(app_type).collect(),
            permission: spec.permission.as_deref(),
            token: token_kinds(spec),
            webhook: spec.webhook.as_deref(),
            signature: spec.signature.as_deref(),
            max_bytes: spec.max_bytes,
            idempotent: spec.is_idempotent(),
            path: path.collect(),
            query: at(Location::Query),
            headers: at(Location::Header),
            body,
            request_type: operation.request.as_ref().map(|def| def.name.as_str()),
            response,
            response_field: spec.response_field.as_deref(),
            types: operation.types.iter().map(|def| self.def(def)).collect(),
            paging: operation
                .paging
                .as_ref()
                .and(spec.paging.as_ref())
                .map(paging),
            errors: operation.errors.rows.iter().map(error).collect(),
            example: example.map(Example::encode),
        }
    }

    fn def<'a>(&self, def: &'a TypeDef<'_>) -> format::TypeDef<'a> {
        match def {
            TypeDef::Struct(def) => format::TypeDef {
                name: &def.name,
                doc: def.doc,
                values: format::Values::Object(self.fields(&def.fields)),
            },
            TypeDef::OneOf(def) => format::TypeDef {
                name: &def.name,
                doc: def.doc,
                values: format::Values::OneOf(self.one_of(def)),
            },
            TypeDef::Enum(def) => {
                let variants = def.variants.iter();
                let values = if def.integer {
                    let values = variants.filter_map(|variant| match variant.value {
                        Value::Integer(value) => Some((value, variant.doc)),
                        Value::Text(_) => None,
                    });
                    format::Values::Integers(values.collect())
                } else {
                    let values = variants.filter_map(|variant| match variant.value {
                        Value::Text(value) => Some((value, variant.doc)),
                        Value::Integer(_) => None,
                    });
                    format::Values::Strings(values.collect())
                };
                format::TypeDef {
                    name: &def.name,
                    doc: def.doc,
                    values,
                }
            }
        }
    }

    fn one_of<'a>(&self, def: &'a OneOfDef<'_>) -> format::OneOf<'a> {
        let kinds = def.kinds.iter().map(|kind| format::Kind {
            tag: kind.tag,
            content: kind.content,
            doc: kind.doc,
            required: kind.required,
            of: self.find(&kind.ident, def.shared),
        });
        format::OneOf {
            tag: &def.spec.tag,
            json_string: def.spec.is_json_string(),
            kinds: kinds.collect(),
        }
    }

    fn fields<'a>(&self, fields: &'a [Field<'_>]) -> Vec<format::Field<'a>> {
        fields.iter().map(|field| self.field(field)).collect()
    }

    fn field<'a>(&self, field: &'a Field<'_>) -> format::Field<'a> {
        let marks = [
            (field.required, format::Marks::REQUIRED),
            (field.spec.secret, format::Marks::SECRET),
            (field.spec.idempotency_key, format::Marks::IDEMPOTENCY_KEY),
            (field.spec.success_flag, format::Marks::SUCCESS_FLAG),
            (field.spec.flatten, format::Marks::FLATTENED),
        ];
        let marks = marks.iter().filter(|(set, _)| *set);
        format::Field {
            name: field.wire,
            of: self.ty(&field.ty),
            marks: format::Marks(marks.fold(0, |marks, (_, mark)| marks | mark)),
            encoding: field.encoding().map(|encoding| match encoding {
                Encoding::JsonString => format::Encoding::JsonString,
                Encoding::Comma => format::Encoding::Comma,
                Encoding::Indexed => format::Encoding::Indexed,
            }),
            doc: field.spec.doc.as_deref(),
            limits: field.spec.limits().into_iter().map(limit).collect(),
            aliases: field.spec.aliases.iter().map(String::as_str).collect(),
        }
    }

    fn ty(&self, mut ty: &Type) -> format::Type {
        let mut containers = Vec::new();
        loop {
            let base = match ty {
                Type::List(items) => {
                    containers.push(format::Container::List);
                    ty = items;
                    continue;
                }
                Type::Map(values) => {
                    containers.push(format::Container::Map);
                    ty = values;
                    continue;
                }
                Type::String => format::Base::String,
                Type::Integer => format::Base::Integer,
                Type::Number => format::Base::Number,
                Type::Boolean => format::Base::Boolean,
                Type::Json => format::Base::Json,
                Type::File => format::Base::File,
                Type::Enum(path)
                | Type::IntegerEnum(path)
                | Type::Object(path)
                | Type::OneOf(path) => self.find(&path.name, path.shared),
            };
            return format::Type { containers, base };
        }
    }

    /// A declared type.
    fn find(&self, name: &str, shared: bool) -> format::Base {
        let (types, base): (_, fn(u32) -> format::Base) = if shared {
            (&self.shared, format::Base::Shared)
        } else {
            (&self.own, format::Base::Own)
        };
        // What is referred to has been declared.
        types
            .get(name)
            .map_or(format::Base::Json, |index| base(*index))
    }
}

fn limit(limit: Limit<'_>) -> format::Limit<'_> {
    match limit {
        Limit::MaxLength(most) => format::Limit::MaxLength(most),
        Limit::MaxBytes(most) => format::Limit::MaxBytes(most),
        Limit::Min(min) => format::Limit::Min(min),
        Limit::Max(max) => format::Limit::Max(max),
        Limit::MaxItems(most) => format::Limit::MaxItems(most),
        Limit::Extensions(names) => {
            format::Limit::Extensions(names.iter().map(String::as_str).collect())
        }
        Limit::Where(field, value, inner) => {
            format::Limit::Where(field, value, Box::new(self::limit(*inner)))
        }
    }
}

/// Whose token is sent, empty if that is not documented; `None` if no token is sent.
pub(super) fn token_kinds(spec: &spec::Operation) -> Option<Vec<format::TokenKind>> {
    let kinds = spec.token.iter().flat_map(Token::kinds);
    let kinds = kinds.filter_map(|kind| match kind {
        TokenKind::Application => Some(format::TokenKind::Application),
        TokenKind::User => Some(format::TokenKind::User),
        TokenKind::Suite => Some(format::TokenKind::Suite),
        TokenKind::None => None,
    });
    spec.needs_token().then(|| kinds.collect())
}

fn app_type(kind: AppType) -> format::AppType {
    match kind {
        AppType::Internal => format::AppType::Internal,
        AppType::Delegated => format::AppType::Delegated,
        AppType::ThirdParty => format::AppType::ThirdParty,
        AppType::ThirdPartyPersonal => format::AppType::ThirdPartyPersonal,
    }
}

fn paging(paging: &spec::Paging) -> format::Paging<'_> {
    format::Paging {
        cursor: paging.cursor(),
        style: match paging.style() {
            PagingStyle::Token { next } => format::PagingStyle::Token(next),
            PagingStyle::Number { first } => format::PagingStyle::Number(first),
            PagingStyle::Offset => format::PagingStyle::Offset,
        },
        size: paging.size.as_deref(),
        items: paging.items.as_deref(),
        more: paging.more.as_deref(),
        total: paging.total.as_deref(),
    }
}

fn error<'a>((row, variant): &(&'a spec::ErrorRow, usize)) -> format::ErrorRow<'a> {
    format::ErrorRow {
        status: row.status,
        code: &row.code,
        message: row.message.as_deref(),
        doc: row.doc.as_deref(),
        class: row.class.map(|class| match class {
            ErrorClass::TokenRejected => format::ErrorClass::TokenRejected,
            ErrorClass::Credentials => format::ErrorClass::Credentials,
            ErrorClass::Permission => format::ErrorClass::Permission,
            ErrorClass::Throttled => format::ErrorClass::Throttled,
            ErrorClass::ThrottledMinute => format::ErrorClass::ThrottledMinute,
            ErrorClass::Quota => format::ErrorClass::Quota,
            ErrorClass::Transient => format::ErrorClass::Transient,
            ErrorClass::RetryLater => format::ErrorClass::RetryLater,
            ErrorClass::IdempotencyMisuse => format::ErrorClass::IdempotencyMisuse,
        }),
        variant: u32::try_from(*variant).unwrap_or(u32::MAX),
    }
}

/// An example whose values are JSON text.
struct Example<'a> {
    path: Vec<(&'a str, String)>,
    query: Vec<(&'a str, String)>,
    headers: Vec<(&'a str, String)>,
    body: Option<String>,
    response: Option<(u16, Option<String>)>,
}

impl<'a> Example<'a> {
    fn of(operation: &'a Operation<'_>) -> Option<Self> {
        fn texts(values: &Ordered<String, Json>) -> Vec<(&str, String)> {
            let values = values.iter();
            values
                .map(|(name, value)| (name.as_str(), value.to_string()))
                .collect()
        }
        let example = operation.spec.example.as_ref()?;
        let text = |value: &Option<Json>| value.as_ref().map(Json::to_string);
        Some(Self {
            path: texts(&example.request.path),
            query: texts(&example.request.query),
            headers: texts(&example.request.headers),
            body: text(&example.request.body),
            response: example
                .response
                .as_ref()
                .map(|response| (response.status, text(&response.body))),
        })
    }

    fn encode(&self) -> format::Example<'_> {
        fn borrowed<'b>(values: &'b [(&str, String)]) -> Vec<(&'b str, &'b str)> {
            let values = values.iter();
            values
                .map(|(name, value)| (*name, value.as_str()))
                .collect()
        }
        format::Example {
            path: borrowed(&self.path),
            query: borrowed(&self.query),
            headers: borrowed(&self.headers),
            body: self.body.as_deref(),
            response: self
                .response
                .as_ref()
                .map(|(status, body)| format::ExampleResponse {
                    status: *status,
                    body: body.as_deref(),
                }),
        }
    }
}
