//! What comes back.

use dingtalk_runtime::generated as m;

use super::{Level, Mode};

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
