//! The Rust that the generator emits for models, written by hand: a request, a reply, and two enums.
//!
//! The codec's tests run on it, and it shows what generated code looks like.
#![allow(
    dead_code,
    unreachable_pub,
    reason = "a test uses what it needs of a generated module"
)]

use dingtalk_runtime::generated as m;

/// A request with fields of every kind.
///
/// Permission: `Sample.Write`.
#[non_exhaustive]
pub struct CreateMeetingRequest {
    /// Who creates the meeting.
    ///
    /// On the wire: `unionId`.
    pub union_id: String,
    /// Which of the organiser's calendars. On the wire: `calendarId`, in the query.
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

/// A room; a nested type that must have a name.
#[non_exhaustive]
pub struct Room {
    /// What it is called.
    pub name: String,
    /// How many it holds.
    pub places: Option<i64>,
    /// The code of the door.
    pub code: Option<String>,
}

impl Room {
    /// A room with what it must have.
    #[inline]
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..m::Model::empty()
        }
    }

    /// Sets [`places`](Self::places).
    #[inline]
    pub fn places(mut self, value: i64) -> Self {
        self.places = Some(value);
        self
    }

    /// Sets [`code`](Self::code).
    #[inline]
    pub fn code(mut self, value: impl Into<String>) -> Self {
        self.code = Some(value.into());
        self
    }
}

impl m::Model for Room {
    #[inline]
    fn info(&self) -> &'static m::ModelInfo {
        &m::ModelInfo(
            "Room",
            &[
                m::FieldInfo("name", m::BODY | m::REQUIRED),
                m::FieldInfo("places", m::BODY),
                m::FieldInfo("code", m::BODY | m::SECRET),
            ],
        )
    }

    #[inline]
    fn get(&self, index: usize) -> &dyn m::Field {
        match index {
            0 => &self.name,
            1 => &self.places,
            _ => &self.code,
        }
    }

    #[inline]
    fn get_mut(&mut self, index: usize) -> &mut dyn m::Field {
        match index {
            0 => &mut self.name,
            1 => &mut self.places,
            _ => &mut self.code,
        }
    }

    #[inline]
    fn empty() -> Self {
        Self {
            name: m::blank(),
            places: None,
            code: None,
        }
    }
}

m::model!(Room);

/// A topic, which may have topics of its own: a recursive type.
#[non_exhaustive]
pub struct Topic {
    /// What it is about.
    pub title: Option<String>,
    /// What comes after it.
    pub next: Option<Box<Topic>>,
    /// What it is made of.
    pub parts: Option<Vec<Topic>>,
    /// A string of JSON text on the wire.
    pub detail: Option<Box<Topic>>,
}

impl Topic {
    /// A topic with nothing set.
    #[inline]
    pub fn new() -> Self {
        m::Model::empty()
    }

    /// Sets [`title`](Self::title).
    #[inline]
    pub fn title(mut self, value: impl Into<String>) -> Self {
        self.title = Some(value.into());
        self
    }

    /// Sets [`next`](Self::next).
    #[inline]
    pub fn next(mut self, value: Topic) -> Self {
        self.next = Some(Box::new(value));
        self
    }

    /// Sets [`parts`](Self::parts).
    #[inline]
    pub fn parts(mut self, value: Vec<Topic>) -> Self {
        self.parts = Some(value);
        self
    }

    /// Sets [`detail`](Self::detail).
    #[inline]
    pub fn detail(mut self, value: Topic) -> Self {
        self.detail = Some(Box::new(value));
        self
    }
}

impl m::Model for Topic {
    #[inline]
    fn info(&self) -> &'static m::ModelInfo {
        &m::ModelInfo(
            "Topic",
            &[
                m::FieldInfo("title", m::BODY),
                m::FieldInfo("next", m::BODY),
                m::FieldInfo("parts", m::BODY),
                m::FieldInfo("detail", m::BODY | m::JSON_STRING),
            ],
        )
    }

    #[inline]
    fn get(&self, index: usize) -> &dyn m::Field {
        match index {
            0 => &self.title,
            1 => &self.next,
            2 => &self.parts,
            _ => &self.detail,
        }
    }

    #[inline]
    fn get_mut(&mut self, index: usize) -> &mut dyn m::Field {
        match index {
            0 => &mut self.title,
            1 => &mut self.next,
            2 => &mut self.parts,
            _ => &mut self.detail,
        }
    }

    #[inline]
    fn empty() -> Self {
        Self {
            title: None,
            next: None,
            parts: None,
            detail: None,
        }
    }
}

m::model!(Topic, Default);

/// A reply: all its fields are optional, and it has no setters.
#[non_exhaustive]
pub struct ListItemsResponse {
    /// What was found.
    pub result: Option<ItemPage>,
    /// Whether it worked.
    pub success: Option<bool>,
}

impl m::Model for ListItemsResponse {
    #[inline]
    fn info(&self) -> &'static m::ModelInfo {
        &m::ModelInfo(
            "ListItemsResponse",
            &[
                m::FieldInfo("result", m::BODY),
                m::FieldInfo("success", m::BODY),
            ],
        )
    }

    #[inline]
    fn get(&self, index: usize) -> &dyn m::Field {
        match index {
            0 => &self.result,
            _ => &self.success,
        }
    }

    #[inline]
    fn get_mut(&mut self, index: usize) -> &mut dyn m::Field {
        match index {
            0 => &mut self.result,
            _ => &mut self.success,
        }
    }

    #[inline]
    fn empty() -> Self {
        Self {
            result: None,
            success: None,
        }
    }
}

m::model!(ListItemsResponse, Default);

/// A page of what was found.
#[non_exhaustive]
pub struct ItemPage {
    /// The items.
    pub items: Option<Vec<Item>>,
}

impl m::Model for ItemPage {
    #[inline]
    fn info(&self) -> &'static m::ModelInfo {
        &m::ModelInfo("ItemPage", &[m::FieldInfo("items", m::BODY)])
    }

    #[inline]
    fn get(&self, _: usize) -> &dyn m::Field {
        &self.items
    }

    #[inline]
    fn get_mut(&mut self, _: usize) -> &mut dyn m::Field {
        &mut self.items
    }

    #[inline]
    fn empty() -> Self {
        Self { items: None }
    }
}

m::model!(ItemPage, Default);

/// One item of a reply.
#[non_exhaustive]
pub struct Item {
    /// The item's number.
    pub id: Option<i64>,
    /// The item's name.
    pub name: Option<String>,
    /// A weight.
    pub weight: Option<f64>,
    /// Whether it is done.
    pub done: Option<bool>,
    /// What it is to be shown as.
    pub mode: Option<Mode>,
    /// How much it matters.
    pub level: Option<Level>,
    /// A key that must not be shown.
    pub token: Option<i64>,
}

impl m::Model for Item {
    #[inline]
    fn info(&self) -> &'static m::ModelInfo {
        &m::ModelInfo(
            "Item",
            &[
                m::FieldInfo("id", m::BODY),
                m::FieldInfo("name", m::BODY),
                m::FieldInfo("weight", m::BODY),
                m::FieldInfo("done", m::BODY),
                m::FieldInfo("mode", m::BODY),
                m::FieldInfo("level", m::BODY),
                m::FieldInfo("token", m::BODY | m::SECRET),
            ],
        )
    }

    #[inline]
    fn get(&self, index: usize) -> &dyn m::Field {
        match index {
            0 => &self.id,
            1 => &self.name,
            2 => &self.weight,
            3 => &self.done,
            4 => &self.mode,
            5 => &self.level,
            _ => &self.token,
        }
    }

    #[inline]
    fn get_mut(&mut self, index: usize) -> &mut dyn m::Field {
        match index {
            0 => &mut self.id,
            1 => &mut self.name,
            2 => &mut self.weight,
            3 => &mut self.done,
            4 => &mut self.mode,
            5 => &mut self.level,
            _ => &mut self.token,
        }
    }

    #[inline]
    fn empty() -> Self {
        Self {
            id: None,
            name: None,
            weight: None,
            done: None,
            mode: None,
            level: None,
            token: None,
        }
    }
}

m::model!(Item, Default);

/// A model without fields leaves `get` and `get_mut` out.
#[non_exhaustive]
pub struct Nothing {}

impl m::Model for Nothing {
    #[inline]
    fn info(&self) -> &'static m::ModelInfo {
        &m::ModelInfo("Nothing", &[])
    }

    #[inline]
    fn empty() -> Self {
        Self {}
    }
}

m::model!(Nothing, Default);

/// How participants are shown.
#[derive(Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Mode {
    /// All of them. On the wire: `grid`.
    Grid,
    /// Who speaks. On the wire: `full_speech`.
    FullSpeech,
    /// A value that this version does not know.
    Unknown(m::UnknownValue),
}

impl Mode {
    /// The value as it is on the wire.
    #[inline]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Grid => "grid",
            Self::FullSpeech => "full_speech",
            Self::Unknown(value) => value.as_str(),
        }
    }
}

impl m::StringEnum for Mode {
    #[inline]
    fn known() -> &'static [&'static str] {
        &["grid", "full_speech"]
    }

    #[inline]
    fn read(text: m::EnumText<'_>) -> Self {
        match text.place(Self::known()) {
            0 => Self::Grid,
            1 => Self::FullSpeech,
            _ => Self::Unknown(text.unknown()),
        }
    }
}

m::string_enum!(Mode);

/// How much something matters.
#[derive(Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Level {
    /// A little. On the wire: `10`.
    Low,
    /// Much. On the wire: `40`.
    Urgent,
    /// A value that this version does not know.
    Unknown(m::UnknownInteger),
}

impl Level {
    /// The value as it is on the wire.
    #[inline]
    pub fn value(&self) -> i64 {
        match self {
            Self::Low => 10,
            Self::Urgent => 40,
            Self::Unknown(value) => value.value(),
        }
    }
}

impl m::IntegerEnum for Level {
    #[inline]
    fn known() -> &'static [i64] {
        &[10, 40]
    }

    #[inline]
    fn read(number: m::EnumNumber) -> Self {
        match number.value() {
            10 => Self::Low,
            40 => Self::Urgent,
            _ => Self::Unknown(number.unknown()),
        }
    }
}

m::integer_enum!(Level);
