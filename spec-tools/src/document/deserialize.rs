//! From a tree to the model, without printing and parsing it.

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{DeserializeOwned, Deserializer, IntoDeserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_yaml::{Error, Value};

use super::{Map, Node, Scalar};

type Result<T> = std::result::Result<T, Error>;

impl Map {
    /// What the mapping says, as a type of the model.
    pub(super) fn model<T: DeserializeOwned>(&self) -> Result<T> {
        T::deserialize(self.access())
    }

    fn access(&self) -> MapDeserializer<'_, impl Iterator<Item = (&Scalar, &Node)>, Error> {
        MapDeserializer::new(self.entries.iter().map(|entry| (&entry.key, &entry.value)))
    }
}

impl<'de> IntoDeserializer<'de, Error> for &'de Scalar {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> IntoDeserializer<'de, Error> for &'de Node {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Passes a scalar on; a list or a mapping has one way to be read.
macro_rules! scalars {
    ($($method:ident($($arg:ident: $ty:ty),*)),*) => {
        $(fn $method<V: Visitor<'de>>(self, $($arg: $ty,)* visitor: V) -> Result<V::Value> {
            match self {
                Node::Scalar(scalar) => scalar.$method($($arg,)* visitor),
                _ => self.deserialize_any(visitor),
            }
        })*
    };
}

impl<'de> Deserializer<'de> for &'de Node {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self {
            Node::Scalar(scalar) => scalar.deserialize_any(visitor),
            Node::List(list) => {
                let items = list.items.iter().map(|item| &item.value);
                visitor.visit_seq(SeqDeserializer::new(items))
            }
            Node::Map(map) => visitor.visit_map(map.access()),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        match self {
            Node::Scalar(scalar) => scalar.deserialize_option(visitor),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    scalars! {
        deserialize_str(), deserialize_string(), deserialize_identifier(), deserialize_map(),
        deserialize_struct(name: &'static str, fields: &'static [&'static str]),
        deserialize_enum(name: &'static str, variants: &'static [&'static str])
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct seq
        tuple tuple_struct ignored_any
    }
}

impl<'de> Deserializer<'de> for &'de Scalar {
    type Error = Error;

    /// The YAML parser decides what a text without quotes is.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.bare {
            serde_yaml::from_str::<Value>(&self.text)?.deserialize_any(visitor)
        } else {
            visitor.visit_borrowed_str(&self.text)
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        visitor.visit_borrowed_str(&self.text)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.is_null() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    /// A key with nothing behind it holds an empty mapping.
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value> {
        if self.is_null() {
            let nothing = std::iter::empty::<(&Scalar, &Node)>();
            visitor.visit_map(MapDeserializer::new(nothing))
        } else {
            self.deserialize_any(visitor)
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_enum(self.text.as_str().into_deserializer())
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf unit unit_struct seq
        tuple tuple_struct ignored_any
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use crate::document::Document;
    use crate::schema::File;
    use crate::spec::Operation;

    /// Compares what the tree of a text says with what the text says.
    fn compare(text: &str) {
        let document = Document::read(File::Operation, "op.yaml", text).unwrap();
        let of_text: Operation = serde_yaml::from_str(text).unwrap();
        assert_eq!(document.model::<Operation>(), Some(of_text), "{text}");
    }

    #[test]
    fn the_tree_of_a_file_says_what_its_text_says() {
        for service in [
            "../codegen/tests/good/demo_1_0",
            "../spec/conference_1_0",
            "../spec/im_1_0",
        ] {
            let service = Path::new(env!("CARGO_MANIFEST_DIR")).join(service);
            let files = fs::read_dir(service).unwrap();
            for file in files.map(|file| file.unwrap().path()) {
                let text = fs::read_to_string(&file).unwrap_or_default();
                if text.contains("\noperation: ") || text.starts_with("operation: ") {
                    compare(&text);
                }
            }
        }
    }

    #[test]
    fn scalars_of_all_kinds_are_read_as_the_parser_reads_them() {
        compare(
            "operation: Op\nsummary: 12\nmethod: GET\npath: /v1.0/op\ndoc: ~\nquery:\nbody:\n  \
             a: { type: integer, enum: { 1: , 0x10: x, -3: { doc: y } }, required: true }\n  \
             b: { enum: { \"1\": one, 'true': , c: null } }\n  c: { list: string, doc: 1.50 }\n\
             example:\n  request:\n    query: { q: 1e3 }\n    body: { a: 1, b: \"1\", c: [~, .5, true, 'no', 0o17, 010] }\n\
             errors:\n  - { status: 400, code: 400001, message: null }\n",
        );
    }
}
