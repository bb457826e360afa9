//! What generated code is made of. It is not meant for anything else: it changes with the generator, in any release.

pub use std::fmt;

pub use serde::{Deserialize, Deserializer, Serialize, Serializer};
pub use serde_json;

pub use crate::build_error::BuildError;
pub use crate::builder::ClientBuilder;
pub use crate::call::Call;
pub use crate::client::Client;
pub use crate::envelope::Envelope;
pub use crate::error::documented::documented;
pub use crate::error::{ApiError, OfOperation, OperationError, UndocumentedError};
pub use crate::event::received::{Callback, EventEnum, EventParts, Received, place, received};
pub use crate::event::{EventHeader, FromCallback, FromEvent, RawEvent, StreamPlatform};
pub use crate::headers::CLIENT_HEADERS;
pub use crate::model::decode::{deserialize, from_slice};
pub use crate::model::element::{Element, blank};
pub use crate::model::encode::serialize;
pub use crate::model::enumeration::{
    EnumNumber, EnumText, IntegerEnum, StringEnum, deserialize_number, deserialize_text, number,
    text,
};
pub use crate::model::field_type::{FieldType, Object, ObjectData, TypeOf};
pub use crate::model::json::{body, to_vec};
pub use crate::model::one_of::{Kind, OneOf, Tag};
pub use crate::model::standard::{clone, debug, equal};
pub use crate::model::table::{
    BODY, COMMA, Encoding, FLATTENED, Field, FieldAliases, FieldInfo, Fields, HEADER,
    IDEMPOTENCY_KEY, INDEXED, JSON_STRING, Location, Model, ModelInfo, PATH, QUERY, REQUIRED,
    SECRET, SUCCESS_FLAG, fields,
};
pub use crate::model::value_limit::{FieldLimits, ValueLimit};
pub use crate::model::view::{Entries, IntegerEnumSlot, Items, Slot, StringEnumSlot, View};
pub use crate::model::{FilePart, Json, Map, UnknownInteger, UnknownKind, UnknownValue};
pub use crate::operation::description::describe_objects;
pub use crate::operation::error_row::ErrorRow;
pub use crate::operation::failed::{FailedElement, failed};
pub use crate::operation::paging::{FieldPath, Paging, PagingStyle};
pub use crate::operation::parts::{Body, PathParam, ReplyKind, Sending};
pub use crate::operation::platform::{
    Api, Grant, GrantInput, GrantKind, Platform, PlatformError, TokenPlace,
};
pub use crate::operation::registry::{Service, UnknownOperation, find, is_same_service};
pub use crate::operation::signature::{Signature, SignatureField, SignedBy, SignedPart};
pub use crate::operation::{AppType, ErrorClass, Operation, TokenKind};
pub use crate::paging::PagedCall;
pub use crate::similar::nearest;
pub use crate::{
    __error as error, __event_enum as event_enum, __integer_enum as integer_enum, __model as model,
    __one_of as one_of, __string_enum as string_enum,
};

/// Fails to compile where a build script's generator is of another version than this runtime.
pub const fn assert_version(generator: &str) {
    let (ours, theirs) = (env!("CARGO_PKG_VERSION").as_bytes(), generator.as_bytes());
    let mut same = ours.len() == theirs.len();
    let mut at = 0;
    while same && at < ours.len() {
        same = ours[at] == theirs[at];
        at += 1;
    }
    assert!(
        same,
        "dingtalk-codegen and dingtalk-runtime must have the same version"
    );
}
