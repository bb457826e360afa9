//! What the columns of a table hold, by their names in Chinese or English.

use super::inline::{among, label, plain};
use super::source::At;
use super::table::{Cell, Row};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Name,
    Type,
    Required,
    /// Where a parameter goes: into the path, the query, a header or the body.
    Place,
    Example,
    Text,
    Status,
    Code,
    Message,
    AppType,
    Supported,
    Permission,
    Explorer,
    Value,
}

const NAMES: &[(Column, &str)] = &[
    (
        Column::Name,
        "名称|参数|参数名|参数名称|字段|字段名|字段名称|属性|name|field|parameter|\
         parameter name|field name|property|参数名字|字段英文名",
    ),
    (
        Column::Type,
        "类型|参数类型|数据类型|字段类型|type|data type|parameter type|值类型|\
         参数数据类型",
    ),
    (
        Column::Required,
        "是否必填|是否必选|是否必须|是否必需|必填|必选|必须|必需|required|\
         mandatory|is required|是否必传|必传|是否必要",
    ),
    (
        Column::Place,
        "位置|参数位置|传参位置|请求位置|传参方式|in|location|position|parameter in",
    ),
    (
        Column::Example,
        "示例值|示例|参考值|样例|example|example value|sample",
    ),
    (
        Column::Text,
        "描述|说明|错误码说明|参数说明|字段说明|含义|备注|解决方案|错误说明|description|remarks|\
         solution|meaning|参数描述|字段描述|参数含义|字段含义|详细说明|注释|details",
    ),
    (
        Column::Status,
        "httpcode|http code|http状态码|状态码|http status|http status code|status|\
         status code|httpstatus|http code码|返回http状态码",
    ),
    (
        Column::Code,
        "错误码|错误代码|返回码|error code|code|errcode|业务错误码|错误代号|错误码（errcode）|错误码（errorcode）",
    ),
    (
        Column::Message,
        "错误信息|错误消息|错误描述|返回信息|error message|message|errmsg|\
         错误提示|异常信息|错误码描述（errmsg）|错误信息描述（errmsg）|错误信息（errmsg）",
    ),
    (Column::AppType, "应用类型|application type|app type"),
    (Column::Supported, "是否支持|是否支持调用|supported|support"),
    (Column::Permission, "权限|权限点|permission|permissions"),
    (
        Column::Explorer,
        "api explorer调试|api explorer|权限申请方式",
    ),
    (Column::Value, "值|value"),
];

/// The name of a column is no longer than this, with all its marks.
const LONGEST: usize = 64;

/// What kind of table it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Parameters, or the fields of a body.
    Fields,
    /// Error codes.
    Errors,
    /// URL, method, application types and permission, each in a row.
    Basics,
    /// Which kinds of application may call the operation, each in a row.
    AppTypes,
    /// Something else.
    Other,
}

/// The columns of a table in their order; `None` for one of an unknown name.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns(Vec<Option<Column>>);

impl Columns {
    pub(super) fn of(header: &Row) -> Self {
        let column = |cell: &Cell| {
            // Descriptions are no names of columns, and long.
            if cell.raw.len() > LONGEST {
                return None;
            }
            let label = label(&cell.raw);
            let found = NAMES.iter().find(|(_, names)| among(names, &label));
            found.map(|(column, _)| *column)
        };
        Self(header.cells.iter().map(column).collect())
    }

    /// Without those that have no name, if most rows have no cell for them: they come of a bar too many in the header.
    pub(super) fn fitted(self, header: &Row, rows: &[Row]) -> Self {
        let is_named = |cell: &Cell| !cell.raw.is_empty();
        let named = header.cells.iter().filter(|cell| is_named(cell)).count();
        let longer = rows.iter().filter(|row| row.cells.len() > named);
        if longer.count() * 2 > rows.len() {
            return self;
        }
        let columns = self.0.into_iter().zip(&header.cells);
        let named = columns.filter(|(_, cell)| is_named(cell));
        Self(named.map(|(column, _)| column).collect())
    }

    /// What stands above the columns that are not read, though rows have something there: columns of unknown
    /// names, of none, and second ones of a kind.
    pub(super) fn unread(&self, header: &Row, rows: &[Row]) -> Vec<(String, At)> {
        let all = self.0.len() == header.cells.len();
        let above = header
            .cells
            .iter()
            .filter(|cell| all || !cell.raw.is_empty());
        let mut seen = Vec::new();
        let mut unread = Vec::new();
        for (at, (column, cell)) in self.0.iter().zip(above).enumerate() {
            let read = column.is_some() && !seen.contains(&column);
            seen.push(column);
            let filled = |row: &Row| row.cells.get(at).is_some_and(|cell| !cell.raw.is_empty());
            if !read && rows.iter().any(filled) {
                unread.push((plain(&cell.raw), cell.at));
            }
        }
        unread
    }

    pub(super) fn has(&self, column: Column) -> bool {
        self.0.contains(&Some(column))
    }

    pub(super) fn position(&self, column: Column) -> Option<usize> {
        self.0.iter().position(|c| *c == Some(column))
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// A row's cell in a column, if the row reaches that far.
    pub(super) fn cell<'r>(&self, row: &'r Row, column: Column) -> Option<&'r Cell> {
        row.cells.get(self.position(column)?)
    }

    /// The text of a row in a column; in the last one with all that follows, for a bar that is not escaped parts a
    /// text in two.
    pub(super) fn text(&self, row: &Row, column: Column) -> String {
        let Some(at) = self.position(column) else {
            return String::new();
        };
        let is_last = at + 1 == self.0.len();
        let cells = row.cells.iter().map(|cell| cell.raw.as_str()).skip(at);
        let cells: Vec<&str> = cells.take(if is_last { usize::MAX } else { 1 }).collect();
        cells.join(" | ")
    }

    pub(super) fn kind(&self, header: &Row) -> Kind {
        let has = |column| self.has(column);
        if has(Column::Name) && has(Column::Type) {
            Kind::Fields
        } else if has(Column::AppType) && has(Column::Supported) {
            Kind::AppTypes
        } else if has(Column::Code)
            && [Column::Message, Column::Status, Column::Text]
                .into_iter()
                .any(has)
        {
            Kind::Errors
        } else if is_basics(header) || (has(Column::Name) && has(Column::Value)) {
            Kind::Basics
        } else {
            Kind::Other
        }
    }
}

/// The table of URL and method has its own heading for a header in one layout.
fn is_basics(header: &Row) -> bool {
    let labels: Vec<String> = header.cells.iter().map(|cell| label(&cell.raw)).collect();
    let Some((first, rest)) = labels.split_first() else {
        return false;
    };
    let alone = rest.iter().all(String::is_empty);
    first == "http url" || (alone && among("基本信息|basic information|basic info", first))
}

/// Whether a row names the columns of a table that is known.
pub(super) fn is_header(row: &Row) -> bool {
    // A field may be called `name`, and its example `type`.
    let types = "String|Number|Boolean|Long|Integer";
    if row.cells.iter().any(|cell| among(types, &cell.raw)) {
        return false;
    }
    Columns::of(row).kind(row) != Kind::Other
}
