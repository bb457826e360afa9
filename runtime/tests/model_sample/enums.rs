//! Open enums, of strings and of integers.

use dingtalk_runtime::generated as m;

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
