//! Events and callbacks in their documented types. Decoding never fails.

use std::fmt;

use serde::Serialize;

use super::{EventHeader, FromCallback, RawEvent};
use crate::model::{Element, Json, Misfit, from_event};

/// An event or a callback, in its documented type and as it came.
///
/// `Debug` shows only the header, the documented data and the misfits.
///
/// ```
/// # extern crate dingtalk_runtime as dingtalk_api;
/// use dingtalk_api::{EventHeader, RawEvent, Received, json, model::Json};
///
/// let raw = RawEvent::new(EventHeader::default(), json!({"userId": ["u1"]}));
/// let event = Received::<Json>::new(raw);
/// assert_eq!(event.data["userId"][0], "u1");
/// assert!(event.misfits().is_empty());
/// ```
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Received<T> {
    /// What surrounds an event's data. It is empty for a callback.
    pub header: EventHeader,
    /// The documented data. A value that does not have its documented type is left out.
    pub data: T,
    raw: Json,
    misfits: Vec<Misfit>,
}

impl<T: Element> Received<T> {
    /// Decodes the data of an event, or of a callback.
    #[inline]
    pub fn new(raw: RawEvent) -> Self {
        let mut data = T::blank();
        let misfits = from_event(data.as_slot(), &raw.data);
        Self {
            header: raw.header,
            data,
            raw: raw.data,
            misfits,
        }
    }
}

impl<T> Received<T> {
    /// The data as it came, including what is not documented.
    pub fn raw(&self) -> &Json {
        &self.raw
    }

    /// The values that were left out of the data because they do not have their documented type; at most a hundred.
    pub fn misfits(&self) -> &[Misfit] {
        &self.misfits
    }

    /// What an enum of events reads its answers from.
    #[doc(hidden)]
    #[inline]
    pub fn parts(&self) -> EventParts<'_> {
        EventParts {
            header: &self.header,
            raw: &self.raw,
            misfits: &self.misfits,
        }
    }
}

/// The data as it came may hold secrets, and is long.
impl<T: fmt::Debug> fmt::Debug for Received<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("header", &self.header)
            .field("data", &self.data)
            .field("misfits", &self.misfits)
            .finish_non_exhaustive()
    }
}

/// The documented data of a callback. Generated types implement it, and a handler takes them as [`Received`].
pub trait Callback: Element + Send {
    /// The topic, such as `/v1.0/im/bot/messages/get`.
    const TOPIC: &'static str;

    /// The handler's answer.
    type Response: Serialize + Send + 'static;
}

impl<T: Callback> FromCallback for Received<T> {
    const TOPIC: &'static str = T::TOPIC;
    type Response = T::Response;

    fn from_callback(data: Json) -> Self {
        Self::new(RawEvent::new(EventHeader::default(), data))
    }
}

/// What all events have, whatever their type.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct EventParts<'a> {
    /// What surrounds the data.
    pub header: &'a EventHeader,
    /// The data as it came.
    pub raw: &'a Json,
    /// The values that were left out.
    pub misfits: &'a [Misfit],
}

/// Like that of [`Received`].
impl fmt::Debug for EventParts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventParts")
            .field("header", &self.header)
            .field("misfits", &self.misfits)
            .finish_non_exhaustive()
    }
}

impl RawEvent {
    /// Like those of [`Received`].
    #[doc(hidden)]
    #[inline]
    pub fn parts(&self) -> EventParts<'_> {
        EventParts {
            header: &self.header,
            raw: &self.data,
            misfits: &[],
        }
    }
}

/// An enum of events. Generated code implements it; `event_enum` adds the methods for users.
#[doc(hidden)]
pub trait EventEnum: Sized {
    /// The event, if its type is one of the enum's.
    #[expect(
        clippy::result_large_err,
        reason = "an event of another group is the usual case, and a move costs less than a box"
    )]
    fn of(raw: RawEvent) -> Result<Self, RawEvent>;

    /// What all events have.
    fn parts(&self) -> EventParts<'_>;

    /// An event whose type is not one of the enum's.
    fn unknown(raw: RawEvent) -> Self;
}

/// The index of an event's type in a list.
#[inline]
pub fn place(raw: &RawEvent, types: &[&str]) -> Option<usize> {
    let found = raw.header.event_type.as_deref()?;
    types.iter().position(|known| *known == found)
}

/// A decoded event, in the box that keeps the enums small.
#[inline]
pub fn received<T: Element>(raw: RawEvent) -> Box<Received<T>> {
    Box::new(Received::new(raw))
}

/// The methods of an enum of events.
#[doc(hidden)]
#[macro_export]
macro_rules! __event_enum {
    ($name:ident) => {
        impl $name {
            /// What surrounds the event's data: organization, id, time.
            #[inline]
            pub fn header(&self) -> &$crate::EventHeader {
                $crate::generated::EventEnum::parts(self).header
            }

            /// The event's type on the wire, such as `user_add_org`.
            #[inline]
            pub fn event_type(&self) -> ::core::option::Option<&str> {
                self.header().event_type.as_deref()
            }

            /// The data as it came, including what is not documented.
            #[inline]
            pub fn raw(&self) -> &$crate::model::Json {
                $crate::generated::EventEnum::parts(self).raw
            }

            /// The values that were left out of the data because they do not have their documented type; at most a hundred.
            #[inline]
            pub fn misfits(&self) -> &[$crate::model::Misfit] {
                $crate::generated::EventEnum::parts(self).misfits
            }
        }

        impl ::core::convert::From<$crate::RawEvent> for $name {
            #[inline]
            fn from(raw: $crate::RawEvent) -> Self {
                $crate::generated::EventEnum::of(raw)
                    .unwrap_or_else($crate::generated::EventEnum::unknown)
            }
        }

        impl $crate::FromEvent for $name {
            #[inline]
            fn from_event(raw: $crate::RawEvent) -> Self {
                raw.into()
            }
        }
    };
}
