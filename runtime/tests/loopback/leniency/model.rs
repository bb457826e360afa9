//! A reply with a field of each kind.

use dingtalk_runtime::generated::{self as m, BODY, FieldInfo, JSON_STRING, ModelInfo, SECRET};

use crate::model_sample::{Level, Mode};

#[derive(Default)]
pub struct Row {
    pub other: Option<String>,
    pub string: Option<String>,
    pub integer: Option<i64>,
    pub number: Option<f64>,
    pub boolean: Option<bool>,
    pub string_enum: Option<Mode>,
    pub integer_enum: Option<Level>,
    pub list: Option<Vec<String>>,
    pub integers: Option<Vec<i64>>,
    pub object: Option<Size>,
    pub objects: Option<Vec<Size>>,
    pub map: Option<m::Map<i64>>,
    pub json_string: Option<Size>,
    pub json: Option<m::Json>,
    pub secret: Option<i64>,
}

impl m::Model for Row {
    fn info(&self) -> &'static ModelInfo {
        &ModelInfo(
            "Row",
            &[
                FieldInfo("other", BODY),
                FieldInfo("string", BODY),
                FieldInfo("integer", BODY),
                FieldInfo("number", BODY),
                FieldInfo("boolean", BODY),
                FieldInfo("stringEnum", BODY),
                FieldInfo("integerEnum", BODY),
                FieldInfo("list", BODY),
                FieldInfo("integers", BODY),
                FieldInfo("object", BODY),
                FieldInfo("objects", BODY),
                FieldInfo("map", BODY),
                FieldInfo("jsonString", BODY | JSON_STRING),
                FieldInfo("json", BODY),
                FieldInfo("secret", BODY | SECRET),
            ],
        )
    }

    fn get(&self, index: usize) -> &dyn m::Field {
        match index {
            0 => &self.other,
            1 => &self.string,
            2 => &self.integer,
            3 => &self.number,
            4 => &self.boolean,
            5 => &self.string_enum,
            6 => &self.integer_enum,
            7 => &self.list,
            8 => &self.integers,
            9 => &self.object,
            10 => &self.objects,
            11 => &self.map,
            12 => &self.json_string,
            13 => &self.json,
            _ => &self.secret,
        }
    }

    fn get_mut(&mut self, index: usize) -> &mut dyn m::Field {
        match index {
            0 => &mut self.other,
            1 => &mut self.string,
            2 => &mut self.integer,
            3 => &mut self.number,
            4 => &mut self.boolean,
            5 => &mut self.string_enum,
            6 => &mut self.integer_enum,
            7 => &mut self.list,
            8 => &mut self.integers,
            9 => &mut self.object,
            10 => &mut self.objects,
            11 => &mut self.map,
            12 => &mut self.json_string,
            13 => &mut self.json,
            _ => &mut self.secret,
        }
    }

    fn empty() -> Self {
        Self::default()
    }
}

m::model!(Row);

#[derive(Default)]
pub struct Size {
    pub height: Option<i64>,
    pub label: Option<String>,
}

impl m::Model for Size {
    fn info(&self) -> &'static ModelInfo {
        &ModelInfo(
            "Size",
            &[FieldInfo("height", BODY), FieldInfo("label", BODY)],
        )
    }

    fn get(&self, index: usize) -> &dyn m::Field {
        match index {
            0 => &self.height,
            _ => &self.label,
        }
    }

    fn get_mut(&mut self, index: usize) -> &mut dyn m::Field {
        match index {
            0 => &mut self.height,
            _ => &mut self.label,
        }
    }

    fn empty() -> Self {
        Self::default()
    }
}

m::model!(Size);
