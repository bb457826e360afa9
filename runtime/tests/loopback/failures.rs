//! All that a call can fail with can be named, handed to other threads, and asked the same questions.

use std::error::Error as StdError;

use dingtalk_runtime::operation::{FailedElement, Operation, UnknownOperation};
use dingtalk_runtime::{
    ApiError, BuildError, DecodeFailure, Error, InvalidArgument, LimitFailure, OperationError,
    PageLimit, TokenFailure, TransportError, TransportFailure, UndocumentedError, UnexpectedReply,
    UserTokenError,
};

fn is_error<E: StdError + Send + Sync + 'static>() {}

/// Compiles only if each accessor has this type in each of the types.
macro_rules! accessors {
    ($($name:ident: $result:ty => $($type:ty),+;)+) => {
        $($(let _: for<'a> fn(&'a $type) -> $result = |error| error.$name();)+)+
    };
}

#[test]
fn every_failure_is_an_error_that_threads_can_share() {
    is_error::<Error>();
    is_error::<Error<UndocumentedError<1>>>();
    is_error::<UndocumentedError<1>>();
    is_error::<ApiError>();
    is_error::<InvalidArgument>();
    is_error::<LimitFailure>();
    is_error::<TokenFailure>();
    is_error::<TransportFailure>();
    is_error::<TransportError>();
    is_error::<DecodeFailure>();
    is_error::<UnexpectedReply>();
    is_error::<PageLimit>();
    is_error::<BuildError>();
    is_error::<UserTokenError>();
    is_error::<UnknownOperation>();
}

#[test]
fn an_accessor_has_the_same_type_in_every_failure() {
    accessors! {
        message: &'a str => Error, ApiError, InvalidArgument, LimitFailure, TokenFailure, TransportFailure,
            DecodeFailure, UnexpectedReply, PageLimit, FailedElement;
        operation: &'static Operation => Error, ApiError, InvalidArgument, LimitFailure, TokenFailure,
            TransportFailure, DecodeFailure, UnexpectedReply, PageLimit;
        attempts: u32 => Error, ApiError, TokenFailure, TransportFailure, DecodeFailure, UnexpectedReply;
        status: u16 => ApiError, DecodeFailure, UnexpectedReply;
        request_id: Option<&'a str> => Error, ApiError, DecodeFailure, UnexpectedReply;
        reason: &'a str => InvalidArgument, BuildError;
        argument: &'a str => InvalidArgument, BuildError;
        code: &'a str => ApiError, FailedElement;
        api: &'a ApiError => UndocumentedError<1>;
    }
}
