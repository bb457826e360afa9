//! Operations as the runtime calls them.
//!
//! The runtime's tables live as long as the program, as those of typed operations do. So what is made here is leaked:
//! once for each operation that is called, and once for the types that a service's operations share.

use dingtalk_api::generated::{
    self as rt, FieldInfo, FieldPath, FieldType, Object, ObjectData, PagingStyle, PathParam,
    ReplyKind, TypeOf,
};
use dingtalk_catalogue_format as format;
use dingtalk_catalogue_format::{
    AppType, Base, Body, Container, Details, Encoding, Error, ErrorClass, ErrorRow, Field, Limit,
    Marks, OneOf, Paging, Response, TokenKind, Type, TypeDef, Values,
};

use crate::Operation;

/// The types that a service's operations share.
pub(crate) struct Shared(Vec<FieldType>);

impl Shared {
    pub(crate) fn new(defs: &[TypeDef<'static>]) -> Result<Self, Error> {
        let mut types = Types {
            shared: &[],
            own: Vec::new(),
        };
        // These refer to each other alone, by the indexes of shared types.
        let objects = types.declare(defs);
        let shared = std::mem::take(&mut types.own);
        let types = Types {
            shared: &shared,
            own: Vec::new(),
        };
        types.define(objects)?;
        Ok(Self(shared))
    }
}

/// The operation as the runtime describes one.
pub(crate) fn operation(
    of: &Operation<'_>,
    details: &Details<'static>,
    shared: &Shared,
) -> Result<rt::Operation, Error> {
    let mut types = Types {
        shared: &shared.0,
        own: Vec::new(),
    };
    let objects = types.declare(&details.types);
    types.define(objects)?;

    let path_params = details.path.iter().map(|field| {
        let kind = TypeOf::Data(leak(types.kind(&field.of)?));
        Ok(PathParam(info(field, rt::PATH), kind))
    });
    let path_params = path_params.collect::<Result<Vec<_>, Error>>()?;
    let body: &[Field<'static>] = match &details.body {
        Body::None => &[],
        Body::Fields(fields) | Body::Form(fields) | Body::Multipart(fields) => fields,
        Body::Whole(field) => std::slice::from_ref(field),
    };
    let places = [
        (rt::QUERY, details.query.as_slice()),
        (rt::HEADER, &details.headers),
        (rt::BODY, body),
    ];
    let request = details.request_type.map(|name| {
        let fields = places
            .iter()
            .flat_map(|(place, fields)| fields.iter().map(|field| (*place, field)));
        types.object(name, fields)
    });
    let response = match &details.response {
        Response::None => None,
        Response::Object(name, fields) => Some(types.object(name, in_body(fields))?),
        Response::Value(ty) => Some(types.kind(ty)?),
    };
    Ok(rt::Operation {
        service: of.service().name(),
        api: of.service().api(),
        action: of.action(),
        summary: of.summary(),
        method: of.method(),
        path: of.path(),
        path_params: path_params.leak(),
        request: request.transpose()?.map(|kind| TypeOf::Data(leak(kind))),
        body: match details.body {
            Body::None => rt::Body::None,
            Body::Fields(_) => rt::Body::Fields,
            Body::Form(_) => rt::Body::Form,
            Body::Multipart(_) => rt::Body::Multipart,
            Body::Whole(_) => rt::Body::Bare,
        },
        reply: match (&details.response, details.response_field) {
            (Response::None, _) => ReplyKind::Nothing,
            (_, None) => ReplyKind::Json,
            (_, Some(field)) => ReplyKind::Field(field),
        },
        reply_type: response.map(|kind| TypeOf::Data(leak(kind))),
        token: details.token.as_deref().map(token_kinds),
        sending: sending(details),
        idempotent: details.idempotent,
        app_types: details
            .app_types
            .iter()
            .copied()
            .map(app_type)
            .collect::<Vec<_>>()
            .leak(),
        permission: details.permission.unwrap_or_default(),
        paging: details.paging.as_ref().map(|pages| leak(paging(pages))),
        errors: details.errors.iter().map(error).collect::<Vec<_>>().leak(),
    })
}

/// The objects of an event as the runtime describes them: its data and, for a callback, its answer.
pub(crate) fn event(of: &format::Event<'static>) -> Result<Vec<FieldType>, Error> {
    let mut types = Types {
        shared: &[],
        own: Vec::new(),
    };
    let objects = types.declare(&of.types);
    types.define(objects)?;
    let data = [(of.type_name, &of.data)].into_iter();
    let answer = of.response.iter().map(|(name, fields)| (*name, fields));
    data.chain(answer)
        .map(|(name, fields)| types.object(name, in_body(fields)))
        .collect()
}

fn sending(details: &Details<'static>) -> Option<&'static rt::Sending> {
    let sending = rt::Sending {
        webhook: details.webhook,
        signature: details.signature,
        max_bytes: details.max_bytes,
    };
    let any =
        sending.webhook.is_some() || sending.signature.is_some() || sending.max_bytes.is_some();
    any.then(|| leak(sending))
}

fn leak<T>(value: T) -> &'static T {
    Box::leak(Box::new(value))
}

/// The types that an operation may refer to.
struct Types<'a> {
    own: Vec<FieldType>,
    shared: &'a [FieldType],
}

/// An object whose fields have no types yet.
type Declared<'d> = (&'static ObjectData, Holds<'d>);

/// What an object holds.
enum Holds<'d> {
    Fields(&'d [Field<'static>]),
    OneOf(&'d OneOf<'static>),
}

impl Types<'_> {
    /// Makes kinds of types. Objects may hold each other, so they are all there before any is filled.
    fn declare<'d>(&mut self, defs: &'d [TypeDef<'static>]) -> Vec<Declared<'d>> {
        let mut objects = Vec::new();
        for def in defs {
            let kind = match &def.values {
                Values::Object(fields) => {
                    let object = declare(def.name, in_body(fields));
                    objects.push((object, Holds::Fields(fields)));
                    FieldType::Object(Object::Data(object))
                }
                Values::OneOf(one_of) => {
                    let object = leak(ObjectData::one_of(def.name, one_of.tag));
                    objects.push((object, Holds::OneOf(one_of)));
                    FieldType::Object(Object::Data(object))
                }
                Values::Strings(values) => {
                    let values: Vec<_> = values.iter().map(|(value, _)| *value).collect();
                    FieldType::StringEnum(values.leak())
                }
                Values::Integers(values) => {
                    let values: Vec<_> = values.iter().map(|(value, _)| *value).collect();
                    FieldType::IntegerEnum(values.leak())
                }
            };
            self.own.push(kind);
        }
        objects
    }

    fn define(&self, objects: Vec<Declared<'_>>) -> Result<(), Error> {
        for (object, holds) in objects {
            match holds {
                Holds::Fields(fields) => self.fill(object, fields.iter())?,
                Holds::OneOf(one_of) => object.can_be(self.kinds(one_of)?),
            }
        }
        Ok(())
    }

    fn kinds(&self, one_of: &OneOf<'static>) -> Result<&'static [rt::Kind], Error> {
        let kinds = one_of.kinds.iter().map(|kind| {
            let required = if kind.required { rt::REQUIRED } else { 0 };
            let encoding = if one_of.json_string {
                rt::JSON_STRING
            } else {
                0
            };
            Ok(rt::Kind {
                tag: kind.tag,
                content: FieldInfo(kind.content, rt::BODY | required | encoding),
                of: TypeOf::Data(leak(self.base(kind.of)?)),
            })
        });
        let kinds = kinds.collect::<Result<Vec<_>, Error>>()?;
        Ok(kinds.leak())
    }

    /// An object of an operation's own, which nothing else refers to.
    fn object<'f>(
        &self,
        name: &'static str,
        fields: impl Iterator<Item = (u16, &'f Field<'static>)> + Clone,
    ) -> Result<FieldType, Error> {
        let object = declare(name, fields.clone());
        self.fill(object, fields.map(|(_, field)| field))?;
        Ok(FieldType::Object(Object::Data(object)))
    }

    fn fill<'f>(
        &self,
        object: &ObjectData,
        fields: impl Iterator<Item = &'f Field<'static>>,
    ) -> Result<(), Error> {
        let kinds = fields.map(|field| self.kind(&field.of));
        object.hold(kinds.collect::<Result<_, _>>()?);
        Ok(())
    }

    fn kind(&self, ty: &Type) -> Result<FieldType, Error> {
        let base = self.base(ty.base)?;
        let containers = ty.containers.iter().rev();
        Ok(containers.fold(base, |inner, container| {
            let inner = TypeOf::Data(leak(inner));
            match container {
                Container::List => FieldType::List(inner),
                Container::Map => FieldType::Map(inner),
            }
        }))
    }

    fn base(&self, base: Base) -> Result<FieldType, Error> {
        let at = |types: &[FieldType], index: u32| {
            let index = usize::try_from(index).unwrap_or(usize::MAX);
            types.get(index).copied().ok_or(Error::DAMAGED)
        };
        Ok(match base {
            Base::String => FieldType::String,
            Base::Integer => FieldType::Integer,
            Base::Number => FieldType::Number,
            Base::Boolean => FieldType::Boolean,
            Base::Json => FieldType::Json,
            Base::File => FieldType::File,
            Base::Own(index) => at(&self.own, index)?,
            Base::Shared(index) => at(self.shared, index)?,
        })
    }
}

fn declare<'f>(
    name: &'static str,
    fields: impl Iterator<Item = (u16, &'f Field<'static>)> + Clone,
) -> &'static ObjectData {
    let infos = fields.clone().map(|(place, field)| info(field, place));
    let limits = fields.enumerate().flat_map(|(index, (_, field))| {
        let limits = field.limits.iter();
        limits.map(move |field| (index, limit(field)))
    });
    leak(ObjectData::new(
        name,
        infos.collect::<Vec<_>>().leak(),
        limits.collect::<Vec<_>>().leak(),
    ))
}

fn in_body<'f>(
    fields: &'f [Field<'static>],
) -> impl Iterator<Item = (u16, &'f Field<'static>)> + Clone {
    fields.iter().map(|field| (rt::BODY, field))
}

fn info(field: &Field<'static>, place: u16) -> FieldInfo {
    let marks = [
        (Marks::REQUIRED, rt::REQUIRED),
        (Marks::SECRET, rt::SECRET),
        (Marks::IDEMPOTENCY_KEY, rt::IDEMPOTENCY_KEY),
        (Marks::SUCCESS_FLAG, rt::SUCCESS_FLAG),
        (Marks::FLATTENED, rt::FLATTENED),
    ];
    let marks = marks.iter().filter(|(mark, _)| field.marks.has(*mark));
    let encoding = match field.encoding {
        None => 0,
        Some(Encoding::JsonString) => rt::JSON_STRING,
        Some(Encoding::Comma) => rt::COMMA,
        Some(Encoding::Indexed) => rt::INDEXED,
    };
    let flags = marks.fold(place | encoding, |flags, (_, flag)| flags | flag);
    FieldInfo(field.name, flags)
}

fn limit(limit: &Limit<'static>) -> rt::ValueLimit {
    match *limit {
        Limit::MaxLength(most) => rt::ValueLimit::MaxLength(most),
        Limit::MaxBytes(most) => rt::ValueLimit::MaxBytes(most),
        Limit::Min(min) => rt::ValueLimit::Min(min),
        Limit::Max(max) => rt::ValueLimit::Max(max),
        Limit::MaxItems(most) => rt::ValueLimit::MaxItems(most),
        Limit::Extensions(ref names) => rt::ValueLimit::Extensions(names.clone().leak()),
        Limit::Where(field, value, ref limit) => {
            rt::ValueLimit::Where(field, value, leak(self::limit(limit)))
        }
    }
}

fn token_kinds(kinds: &[TokenKind]) -> &'static [rt::TokenKind] {
    let kinds = kinds.iter().map(|kind| match kind {
        TokenKind::Application => rt::TokenKind::Application,
        TokenKind::User => rt::TokenKind::User,
        TokenKind::Suite => rt::TokenKind::Suite,
    });
    kinds.collect::<Vec<_>>().leak()
}

pub(crate) fn app_type(kind: AppType) -> rt::AppType {
    match kind {
        AppType::Internal => rt::AppType::Internal,
        AppType::Delegated => rt::AppType::Delegated,
        AppType::ThirdParty => rt::AppType::ThirdParty,
        AppType::ThirdPartyPersonal => rt::AppType::ThirdPartyPersonal,
    }
}

fn paging(paging: &Paging<'static>) -> rt::Paging {
    rt::Paging {
        cursor: names(Some(paging.cursor)),
        style: match paging.style {
            format::PagingStyle::Token(next) => PagingStyle::Token {
                next: names(Some(next)),
            },
            format::PagingStyle::Number(first) => PagingStyle::Number { first },
            format::PagingStyle::Offset => PagingStyle::Offset,
        },
        size: names(paging.size),
        items: names(paging.items),
        more: names(paging.more),
        total: names(paging.total),
    }
}

fn names(path: Option<&'static str>) -> FieldPath {
    let names = path.into_iter().flat_map(|path| path.split('.'));
    names.collect::<Vec<_>>().leak()
}

fn error(row: &ErrorRow<'static>) -> &'static str {
    let row = rt::ErrorRow {
        status: row.status,
        code: row.code,
        message: row.message.unwrap_or_default(),
        class: row.class.map(|class| match class {
            ErrorClass::TokenRejected => rt::ErrorClass::TokenRejected,
            ErrorClass::Credentials => rt::ErrorClass::Credentials,
            ErrorClass::Permission => rt::ErrorClass::Permission,
            ErrorClass::Throttled => rt::ErrorClass::Throttled,
            ErrorClass::ThrottledMinute => rt::ErrorClass::ThrottledMinute,
            ErrorClass::Quota => rt::ErrorClass::Quota,
            ErrorClass::Transient => rt::ErrorClass::Transient,
            ErrorClass::RetryLater => rt::ErrorClass::RetryLater,
            ErrorClass::IdempotencyMisuse => rt::ErrorClass::IdempotencyMisuse,
        }),
        variant: usize::try_from(row.variant).unwrap_or(usize::MAX),
    };
    row.to_string().leak()
}
