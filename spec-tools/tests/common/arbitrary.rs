//! Any operation that the model can hold, made from a number: the same one from the same number.
#![allow(dead_code, reason = "each test uses its part")]

mod dice;

use dingtalk_codegen::spec::{
    AppType, BodyEncoding, Encoding, EnumKey, EnumValue, ErrorClass, ErrorRow, Example,
    ExampleRequest, ExampleResponse, Field, Fields, FileLimits, Method, NamedEnumValue, NamedType,
    Operation, Ordered, Paging, ScalarOrNamed, ServiceFile, Token, TokenKind, TypeNode,
};
use serde_json::Value;

pub(crate) use dice::Dice;

impl Dice {
    fn ordered<V>(
        &mut self,
        most: usize,
        mut value: impl FnMut(&mut Self) -> V,
    ) -> Ordered<String, V> {
        distinct(self.many(most, |dice| (dice.word(), value(dice))))
    }

    fn type_name(&mut self) -> ScalarOrNamed {
        let names = [
            "string", "integer", "number", "boolean", "json", "file", "Person", "1080p",
        ];
        ScalarOrNamed::from(self.pick(&names).to_owned())
    }

    fn values(&mut self) -> Ordered<EnumKey, EnumValue> {
        let integer = self.one_in(2);
        let values = self.many(4, |dice| {
            let key = if integer {
                EnumKey::Integer(dice.roll().cast_signed())
            } else {
                EnumKey::Text(dice.word())
            };
            let doc = dice.maybe(Self::text);
            let value = if dice.one_in(4) {
                let rust_name = dice.maybe(Self::word);
                EnumValue::Named(NamedEnumValue { doc, rust_name })
            } else {
                EnumValue::Doc(doc)
            };
            (key, value)
        });
        distinct(values)
    }

    /// Fields whose objects are nested at most `depth` deep.
    fn fields(&mut self, depth: usize) -> Fields {
        self.ordered(4, |dice| dice.field(depth))
    }

    fn limits_by(&mut self) -> Ordered<String, Ordered<String, FileLimits>> {
        if !self.one_in(8) {
            return Ordered::default();
        }
        let limits = FileLimits {
            max_bytes: self.maybe(|dice| dice.below(90) as u64),
            extensions: self.maybe(|dice| dice.many(3, Self::word)),
        };
        let cases = [(self.word(), limits)].into_iter().collect();
        [(self.word(), cases)].into_iter().collect()
    }

    fn field(&mut self, depth: usize) -> Field {
        let mut field = Field {
            required: self.one_in(2),
            secret: self.one_in(4),
            idempotency_key: self.one_in(8),
            success_flag: self.one_in(8),
            aliases: if self.one_in(8) {
                vec!["other_name".to_owned()]
            } else {
                Vec::new()
            },
            encoding: self.maybe(|dice| {
                dice.pick(&[Encoding::JsonString, Encoding::Comma, Encoding::Indexed])
            }),
            max_length: self.maybe(|dice| dice.below(90) as u64),
            max_bytes: self.maybe(|dice| dice.below(90) as u64),
            min: self.maybe(|dice| (i64::from(dice.number()) - 40).into()),
            max: self.maybe(|dice| {
                serde_json::Number::from_f64(f64::from(dice.number()) + 0.5).expect("a number")
            }),
            max_items: self.maybe(|dice| dice.below(90) as u64),
            extensions: self.maybe(|dice| dice.many(3, Self::word)),
            limits_by: self.limits_by(),
            doc: self.maybe(Self::text),
            glossary: self.maybe(|_| false),
            rust_name: self.maybe(Self::word),
            rust_type: self.maybe(Self::word),
            undecided: self.maybe(Self::text),
            ..Field::default()
        };
        match self.below(if depth == 0 { 4 } else { 7 }) {
            0..3 => field.type_name = Some(self.type_name()),
            3 => {
                field.values = Some(self.values());
                field.type_name = self.maybe(|_| ScalarOrNamed::Integer);
            }
            4 => field.list = Some(Box::new(self.node(depth - 1))),
            5 => field.map = Some(Box::new(self.node(depth - 1))),
            _ => field.object = Some(self.fields(depth - 1)),
        }
        field
    }

    fn node(&mut self, depth: usize) -> TypeNode {
        if self.one_in(2) {
            TypeNode::Name(self.type_name())
        } else {
            TypeNode::Node(Box::new(self.field(depth)))
        }
    }

    fn types(&mut self) -> Ordered<String, NamedType> {
        let named = |dice: &mut Self| {
            let mut def = NamedType {
                doc: dice.maybe(Self::text),
                rust_type: dice.maybe(Self::word),
                ..NamedType::default()
            };
            if dice.one_in(2) {
                def.object = Some(dice.fields(1));
            } else {
                def.values = Some(dice.values());
            }
            def
        };
        let mut types = self.many(2, |dice| (dice.word(), named(dice)));
        // Those that fields use.
        for name in ["Person", "1080p"] {
            types.push((name.to_owned(), named(self)));
        }
        distinct(types)
    }

    fn json(&mut self, depth: usize) -> Value {
        match self.below(if depth == 0 { 6 } else { 8 }) {
            0 => Value::Null,
            1 => self.one_in(2).into(),
            2 => self.roll().cast_signed().into(),
            3 => self.roll().into(),
            4 => f64::from_bits(self.roll()).into(),
            5 => self.text().into(),
            6 => self.many(3, |dice| dice.json(depth - 1)).into(),
            _ => Value::Object(
                self.many(3, |dice| (dice.text(), dice.json(depth - 1)))
                    .into_iter()
                    .collect(),
            ),
        }
    }

    /// A `null` body is no body.
    fn body(&mut self) -> Option<Value> {
        self.maybe(|dice| dice.json(3))
            .filter(|body| !body.is_null())
    }

    fn example(&mut self) -> Example {
        Example {
            request: ExampleRequest {
                path: self.ordered(2, |dice| dice.json(0)),
                query: self.ordered(3, |dice| dice.json(1)),
                headers: self.ordered(2, |dice| dice.json(0)),
                body: self.body(),
            },
            response: self.maybe(|dice| ExampleResponse {
                status: u16::try_from(dice.below(1000)).unwrap(),
                body: dice.body(),
            }),
        }
    }

    fn row(&mut self) -> ErrorRow {
        ErrorRow {
            status: u16::try_from(self.below(1000)).unwrap(),
            code: self.word(),
            message: self.maybe(Self::text),
            doc: self.maybe(Self::text),
            class: self
                .maybe(|dice| dice.pick(&[ErrorClass::TokenRejected, ErrorClass::RetryLater])),
            rust_name: self.maybe(Self::word),
        }
    }

    fn paging(&mut self) -> Paging {
        Paging {
            token: self.maybe(Self::word),
            next: self.maybe(Self::word),
            page: self.maybe(Self::word),
            first: self.maybe(|dice| dice.roll().cast_signed()),
            offset: self.maybe(Self::word),
            size: self.maybe(Self::word),
            items: self.maybe(Self::word),
            total: self.maybe(Self::word),
            more: self.maybe(Self::word),
        }
    }

    /// An operation with all that the model has; most of them make no sense to `check`.
    pub(crate) fn operation(&mut self) -> Operation {
        let methods = [
            Method::Get,
            Method::Post,
            Method::Put,
            Method::Delete,
            Method::Patch,
        ];
        let kinds = [
            AppType::Internal,
            AppType::Delegated,
            AppType::ThirdParty,
            AppType::ThirdPartyPersonal,
        ];
        Operation {
            operation: self.word(),
            rust_name: self.maybe(Self::word),
            title: self.maybe(Self::text),
            summary: self.text(),
            doc: self.maybe(Self::text),
            undecided: self.maybe(Self::text),
            source: self.maybe(Self::text),
            method: self.pick(&methods),
            path: self.word(),
            encoding: self.maybe(|dice| dice.pick(&[BodyEncoding::Form, BodyEncoding::Multipart])),
            response_field: self.maybe(Self::word),
            app_types: self.many(3, |dice| dice.pick(&kinds)),
            permission: self.maybe(Self::word),
            token: self.maybe(Self::token),
            webhook: self.maybe(Self::word),
            signature: self.maybe(Self::word),
            max_bytes: self.maybe(|dice| u32::try_from(dice.below(1000)).unwrap_or_default()),
            idempotent: self.maybe(|dice| dice.one_in(2)),
            path_params: self.fields(0),
            query: self.fields(1),
            headers: self.fields(0),
            body: self.maybe(|dice| dice.fields(3)),
            body_type: self.maybe(|dice| Box::new(dice.field(2))),
            response: self.maybe(|dice| dice.fields(3)),
            response_type: self.maybe(|dice| Box::new(dice.field(2))),
            paging: self.maybe(Self::paging),
            types: self.types(),
            errors: self.many(3, Self::row),
            example: self.maybe(Self::example),
        }
    }

    fn token(&mut self) -> Token {
        let kinds = [TokenKind::Application, TokenKind::User, TokenKind::Suite];
        match self.below(3) {
            0 => Token::NONE,
            1 => Token::One(self.pick(&kinds)),
            _ => Token::AnyOf(self.many(3, |dice| dice.pick(&kinds))),
        }
    }

    /// A service's own file.
    pub(crate) fn service(&mut self) -> ServiceFile {
        ServiceFile {
            title: self.maybe(Self::text),
            summary: self.maybe(Self::text),
            api: self.maybe(Self::word),
            types: self.types(),
        }
    }
}

fn distinct<K: Eq + std::hash::Hash, V>(entries: Vec<(K, V)>) -> Ordered<K, V> {
    let mut kept: Vec<(K, V)> = Vec::new();
    for (key, value) in entries {
        if kept.iter().all(|(known, _)| *known != key) {
            kept.push((key, value));
        }
    }
    kept.into_iter().collect()
}
