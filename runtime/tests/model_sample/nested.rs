//! Types inside of others.

use dingtalk_runtime::generated as m;

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
