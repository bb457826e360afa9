//! What is sent.

use dingtalk_runtime::generated as m;

use super::{Level, Mode, Room, Topic};

/// A request with fields of every kind.
///
/// Permission: `Sample.Write`.
#[non_exhaustive]
pub struct CreateMeetingRequest {
    /// Who creates the meeting.
    ///
    /// On the wire: `unionId`.
    pub union_id: String,
    /// Which of the organizer's calendars. On the wire: `calendarId`, in the query.
    pub calendar_id: i64,
    /// How participants are shown.
    pub mode: Option<Mode>,
    /// How much it matters.
    pub level: Option<Level>,
    /// Opens the door.
    pub password: Option<String>,
    /// The same call twice does one thing. On the wire: `x-client-token`, a header.
    pub client_token: Option<String>,
    /// On the wire: `maxResults`, in the query.
    pub max_results: Option<i64>,
    /// How long, in hours.
    pub hours: Option<f64>,
    /// Whether it is recorded.
    pub recorded: Option<bool>,
    /// Where it is.
    pub room: Option<Room>,
    /// Who is asked.
    pub rooms: Option<Vec<Room>>,
    /// Who sits where.
    pub seats: Option<Vec<Vec<i64>>>,
    /// Words to find it by.
    pub labels: Option<m::Map<Vec<String>>>,
    /// Rooms by name.
    pub places: Option<m::Map<Room>>,
    /// Anything.
    pub extra: Option<m::Json>,
    /// A list of anything.
    pub extras: Option<Vec<m::Json>>,
    /// What it is part of.
    pub agenda: Option<Topic>,
    /// A string of JSON text on the wire.
    pub layout: Option<Room>,
    /// Modes that are allowed.
    pub modes: Option<Vec<Mode>>,
}

impl CreateMeetingRequest {
    /// A request with what it must have.
    #[inline]
    pub fn new(union_id: impl Into<String>, calendar_id: i64) -> Self {
        Self {
            union_id: union_id.into(),
            calendar_id,
            ..m::Model::empty()
        }
    }

    /// Sets [`mode`](Self::mode).
    #[inline]
    pub fn mode(mut self, value: Mode) -> Self {
        self.mode = Some(value);
        self
    }

    /// Sets [`level`](Self::level).
    #[inline]
    pub fn level(mut self, value: Level) -> Self {
        self.level = Some(value);
        self
    }

    /// Sets [`password`](Self::password).
    #[inline]
    pub fn password(mut self, value: impl Into<String>) -> Self {
        self.password = Some(value.into());
        self
    }

    /// Sets [`client_token`](Self::client_token).
    #[inline]
    pub fn client_token(mut self, value: impl Into<String>) -> Self {
        self.client_token = Some(value.into());
        self
    }

    /// Sets [`max_results`](Self::max_results).
    #[inline]
    pub fn max_results(mut self, value: i64) -> Self {
        self.max_results = Some(value);
        self
    }

    /// Sets [`hours`](Self::hours).
    #[inline]
    pub fn hours(mut self, value: f64) -> Self {
        self.hours = Some(value);
        self
    }

    /// Sets [`recorded`](Self::recorded).
    #[inline]
    pub fn recorded(mut self, value: bool) -> Self {
        self.recorded = Some(value);
        self
    }

    /// Sets [`room`](Self::room).
    #[inline]
    pub fn room(mut self, value: Room) -> Self {
        self.room = Some(value);
        self
    }

    /// Sets [`rooms`](Self::rooms).
    #[inline]
    pub fn rooms(mut self, value: Vec<Room>) -> Self {
        self.rooms = Some(value);
        self
    }

    /// Sets [`seats`](Self::seats).
    #[inline]
    pub fn seats(mut self, value: Vec<Vec<i64>>) -> Self {
        self.seats = Some(value);
        self
    }

    /// Sets [`labels`](Self::labels).
    #[inline]
    pub fn labels(mut self, value: m::Map<Vec<String>>) -> Self {
        self.labels = Some(value);
        self
    }

    /// Sets [`places`](Self::places).
    #[inline]
    pub fn places(mut self, value: m::Map<Room>) -> Self {
        self.places = Some(value);
        self
    }

    /// Sets [`extra`](Self::extra).
    #[inline]
    pub fn extra(mut self, value: impl Into<m::Json>) -> Self {
        self.extra = Some(value.into());
        self
    }

    /// Sets [`extras`](Self::extras).
    #[inline]
    pub fn extras(mut self, value: Vec<m::Json>) -> Self {
        self.extras = Some(value);
        self
    }

    /// Sets [`agenda`](Self::agenda).
    #[inline]
    pub fn agenda(mut self, value: Topic) -> Self {
        self.agenda = Some(value);
        self
    }

    /// Sets [`layout`](Self::layout).
    #[inline]
    pub fn layout(mut self, value: Room) -> Self {
        self.layout = Some(value);
        self
    }

    /// Sets [`modes`](Self::modes).
    #[inline]
    pub fn modes(mut self, value: Vec<Mode>) -> Self {
        self.modes = Some(value);
        self
    }
}

impl m::Model for CreateMeetingRequest {
    #[inline]
    fn info(&self) -> &'static m::ModelInfo {
        &m::ModelInfo(
            "CreateMeetingRequest",
            &[
                m::FieldInfo("unionId", m::BODY | m::REQUIRED),
                m::FieldInfo("calendarId", m::QUERY | m::REQUIRED),
                m::FieldInfo("mode", m::BODY),
                m::FieldInfo("level", m::BODY),
                m::FieldInfo("password", m::BODY | m::SECRET),
                m::FieldInfo("x-client-token", m::HEADER),
                m::FieldInfo("maxResults", m::QUERY),
                m::FieldInfo("hours", m::BODY),
                m::FieldInfo("recorded", m::BODY),
                m::FieldInfo("room", m::BODY),
                m::FieldInfo("rooms", m::BODY),
                m::FieldInfo("seats", m::BODY),
                m::FieldInfo("labels", m::BODY),
                m::FieldInfo("places", m::BODY),
                m::FieldInfo("extra", m::BODY),
                m::FieldInfo("extras", m::BODY),
                m::FieldInfo("agenda", m::BODY),
                m::FieldInfo("layout", m::BODY | m::JSON_STRING),
                m::FieldInfo("modes", m::QUERY | m::COMMA),
            ],
        )
    }

    #[inline]
    fn get(&self, index: usize) -> &dyn m::Field {
        match index {
            0 => &self.union_id,
            1 => &self.calendar_id,
            2 => &self.mode,
            3 => &self.level,
            4 => &self.password,
            5 => &self.client_token,
            6 => &self.max_results,
            7 => &self.hours,
            8 => &self.recorded,
            9 => &self.room,
            10 => &self.rooms,
            11 => &self.seats,
            12 => &self.labels,
            13 => &self.places,
            14 => &self.extra,
            15 => &self.extras,
            16 => &self.agenda,
            17 => &self.layout,
            _ => &self.modes,
        }
    }

    #[inline]
    fn get_mut(&mut self, index: usize) -> &mut dyn m::Field {
        match index {
            0 => &mut self.union_id,
            1 => &mut self.calendar_id,
            2 => &mut self.mode,
            3 => &mut self.level,
            4 => &mut self.password,
            5 => &mut self.client_token,
            6 => &mut self.max_results,
            7 => &mut self.hours,
            8 => &mut self.recorded,
            9 => &mut self.room,
            10 => &mut self.rooms,
            11 => &mut self.seats,
            12 => &mut self.labels,
            13 => &mut self.places,
            14 => &mut self.extra,
            15 => &mut self.extras,
            16 => &mut self.agenda,
            17 => &mut self.layout,
            _ => &mut self.modes,
        }
    }

    #[inline]
    fn empty() -> Self {
        Self {
            union_id: m::blank(),
            calendar_id: m::blank(),
            mode: None,
            level: None,
            password: None,
            client_token: None,
            max_results: None,
            hours: None,
            recorded: None,
            room: None,
            rooms: None,
            seats: None,
            labels: None,
            places: None,
            extra: None,
            extras: None,
            agenda: None,
            layout: None,
            modes: None,
        }
    }
}

m::model!(CreateMeetingRequest);
