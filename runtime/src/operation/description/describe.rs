//! Describes an operation from its tables.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::{Description, ErrorDescription, FieldDescription, PagingDescription, Type};
use crate::model::{
    Encoding, FieldInfo, FieldType, Location, ModelInfo, TypeOf, ValueLimit, of_field,
};
use crate::operation::{Body, ErrorRow, Operation, Paging, PagingStyle, PathParam, ReplyKind};

impl Operation {
    /// The operation described whole.
    pub fn describe(&self) -> Description {
        let mut types = Types::default();
        let path = self
            .path_params
            .iter()
            .map(|PathParam(info, kind)| (info, kind.get()));
        let path_params = path
            .map(|(info, kind)| types.field(info, kind, &[]))
            .collect();
        let request = self
            .request
            .map_or_else(Vec::new, |kind| limited(kind.get()));
        let mut at = |location| -> Vec<_> {
            let there = request
                .iter()
                .filter(|(info, ..)| info.location() == location);
            there
                .flat_map(|(info, kind, limits)| types.fields_of(info, *kind, limits))
                .collect()
        };
        let (query, headers) = (at(Location::Query), at(Location::Header));
        let mut body = at(Location::Body);
        let body_type = (self.body == Body::Bare).then(|| body.pop()).flatten();
        let reply = self.reply_type.map(TypeOf::get);
        let (response, response_type) = match reply {
            Some(kind @ FieldType::Object(_)) => (Some(types.fields(kind)), None),
            Some(kind) => (None, Some(types.named(kind))),
            None => (None, None),
        };
        Description {
            service: self.service,
            api: self.api,
            action: self.action,
            summary: self.summary,
            method: self.method,
            path: self.path,
            app_types: self.app_types,
            permission: self.permission,
            token: self.needs_token(),
            token_kinds: self.token_kinds(),
            webhook: self.webhook(),
            signature: self.signature(),
            max_bytes: self.max_bytes(),
            idempotent: self.idempotent,
            path_params,
            query,
            headers,
            form: self.body == Body::Form,
            multipart: self.body == Body::Multipart,
            body: self.body.has_fields().then_some(body),
            body_type,
            response_field: match self.reply {
                ReplyKind::Field(name) => Some(name),
                _ => None,
            },
            response,
            response_type,
            types: types.described,
            fallible: self.fallible(),
            paging: self.paging.map(paging),
            errors: self.error_rows().map(error).collect(),
        }
    }
}

/// The fields of objects in the order given, and of the objects inside them by name.
pub fn describe_objects(
    objects: &[FieldType],
) -> (
    Vec<Vec<FieldDescription>>,
    BTreeMap<String, Vec<FieldDescription>>,
) {
    let mut types = Types::default();
    let fields = objects.iter().map(|kind| types.fields(*kind)).collect();
    (fields, types.described)
}

/// As [`describe`](Operation::describe) describes it.
impl Serialize for Operation {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.describe().serialize(to)
    }
}

/// The objects that were met so far.
#[derive(Default)]
struct Types {
    met: Vec<(String, &'static ModelInfo)>,
    described: BTreeMap<String, Vec<FieldDescription>>,
}

impl Types {
    fn field(
        &mut self,
        info: &FieldInfo,
        kind: FieldType,
        limits: &[ValueLimit],
    ) -> FieldDescription {
        FieldDescription {
            name: info.name(),
            field_type: self.named(kind),
            kind: None,
            required: info.is_required(),
            secret: info.is_secret(),
            idempotency_key: info.is_idempotency_key(),
            success_flag: info.is_success_flag(),
            encoding: match info.encoding() {
                Encoding::Plain => None,
                Encoding::JsonString => Some("json_string"),
                Encoding::Comma => Some("comma"),
                Encoding::Indexed => Some("indexed"),
            },
            limits: limits.to_vec(),
        }
    }

    /// A field, or those of a one-of that are beside the others.
    fn fields_of(
        &mut self,
        info: &FieldInfo,
        kind: FieldType,
        limits: &[ValueLimit],
    ) -> Vec<FieldDescription> {
        if !info.is_flattened() {
            return vec![self.field(info, kind, limits)];
        }
        let mut fields = self.one_of(kind);
        if let Some(tag) = fields.first_mut() {
            tag.required = info.is_required();
        }
        fields
    }

    fn fields(&mut self, kind: FieldType) -> Vec<FieldDescription> {
        if !kind.kinds().is_empty() {
            return self.one_of(kind);
        }
        let fields = limited(kind).into_iter();
        fields
            .flat_map(|(info, kind, limits)| self.fields_of(info, kind, &limits))
            .collect()
    }

    /// The tag of a one-of, and the content of each kind.
    fn one_of(&mut self, one_of: FieldType) -> Vec<FieldDescription> {
        let kinds = one_of.kinds();
        let tag = one_of.fields().into_iter().take(1);
        let mut fields: Vec<_> = tag
            .map(|(info, kind)| self.field(info, kind, &[]))
            .collect();
        if let Some(tag) = fields.first_mut() {
            tag.field_type = Type::Enum(kinds.iter().map(|kind| kind.tag.into()).collect());
        }
        fields.extend(kinds.iter().map(|kind| FieldDescription {
            kind: Some(kind.tag),
            ..self.field(&kind.content, kind.of.get(), &[])
        }));
        fields
    }

    fn named(&mut self, kind: FieldType) -> Type {
        let name = match kind {
            FieldType::String => "string".to_owned(),
            FieldType::Integer => "integer".to_owned(),
            FieldType::Number => "number".to_owned(),
            FieldType::Boolean => "boolean".to_owned(),
            FieldType::Json => "json".to_owned(),
            FieldType::File => "file".to_owned(),
            FieldType::StringEnum(known) => return Type::Enum(values(known)),
            FieldType::IntegerEnum(known) => return Type::Enum(values(known)),
            FieldType::List(items) => return Type::List(Box::new(self.named(items.get()))),
            FieldType::Map(items) => return Type::Map(Box::new(self.named(items.get()))),
            FieldType::Object(object) => self.object(kind, object.info()),
        };
        Type::Type(name)
    }

    /// The name under which an object is described.
    fn object(&mut self, kind: FieldType, info: &'static ModelInfo) -> String {
        // The same object's table may be at several addresses, so tables are compared by what they say.
        if let Some((name, _)) = self.met.iter().find(|(_, met)| *met == info) {
            return name.clone();
        }
        let namesakes = self.met.iter().filter(|(_, met)| met.name() == info.name());
        let name = match namesakes.count() {
            0 => info.name().to_owned(),
            count => format!("{}{}", info.name(), count + 1),
        };
        self.met.push((name.clone(), info));
        let fields = self.fields(kind);
        self.described.insert(name.clone(), fields);
        name
    }
}

/// The fields of an object, each with what it holds and its limits.
fn limited(kind: FieldType) -> Vec<(&'static FieldInfo, FieldType, Vec<ValueLimit>)> {
    let limits = kind.limits();
    let fields = kind.fields().into_iter().enumerate();
    fields
        .map(|(index, (info, kind))| (info, kind, of_field(limits, index).collect()))
        .collect()
}

fn values<T: Copy + Into<Value>>(known: &[T]) -> Vec<Value> {
    known.iter().map(|value| (*value).into()).collect()
}

fn paging(paging: &Paging) -> PagingDescription {
    let mut described = PagingDescription {
        token: None,
        next: String::new(),
        page: None,
        first: None,
        offset: None,
        size: paging.size.join("."),
        items: paging.items.join("."),
        more: paging.more.join("."),
        total: paging.total.join("."),
    };
    match paging.style {
        PagingStyle::Token { next } => {
            described.token = Some(paging.cursor.join("."));
            described.next = next.join(".");
        }
        PagingStyle::Number { first } => {
            described.page = Some(paging.cursor.join("."));
            described.first = Some(first);
        }
        PagingStyle::Offset => described.offset = Some(paging.cursor.join(".")),
    }
    described
}

fn error(row: ErrorRow) -> ErrorDescription {
    ErrorDescription {
        status: row.status,
        code: row.code,
        message: row.message,
        class: row.class,
    }
}
