//! Which part of a page a heading begins, in the words of all layouts that are known.

use super::inline::{label, named};

/// A part of a page.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Section {
    Request,
    Basics,
    Permission,
    /// The request line, in the older layout with type words for values.
    Method,
    Headers,
    Path,
    Query,
    Body,
    /// Parameters of which the heading does not say where they go.
    Parameters,
    Example,
    RequestExample,
    Response,
    ResponseHeaders,
    Reply,
    ReplyExample,
    Errors,
    /// A heading of which nothing is known.
    #[default]
    Other,
}

const HEADINGS: &[(Section, &str)] = &[
    (Section::Request, "请求|request"),
    (Section::Basics, "基本信息|basic information|basic info"),
    (
        Section::Permission,
        "权限|权限要求|接口权限|permission|permissions|required permissions",
    ),
    (
        Section::Method,
        "请求方法|请求方式|请求地址|request method|method|http request|\
         request syntax",
    ),
    (
        Section::Headers,
        "请求头|请求头参数|请求头部|header参数|headers参数|header|headers|\
         request header|request headers|header parameter|header parameters|请求头说明|请求头信息",
    ),
    (
        Section::Path,
        "路径参数|path参数|path|path parameter|path parameters|url参数|\
         request path parameters|url路径参数|路径变量|path变量|请求路径参数",
    ),
    (
        Section::Query,
        "查询参数|query参数|query|query parameter|query parameters|\
         request query parameters|请求查询参数|query string",
    ),
    (
        Section::Body,
        "请求体|请求体参数|body参数|请求body|请求包体|body|request body|\
         body parameter|body parameters|request body parameters|请求体说明|请求正文|请求body参数",
    ),
    (
        Section::Parameters,
        "请求参数|参数|参数说明|request parameters|parameters|入参|入参说明|\
         请求参数说明",
    ),
    (
        Section::Example,
        "示例|调用示例|example|examples|sample|samples",
    ),
    (
        Section::RequestExample,
        "请求示例|请求体示例|请求样例|request example|request examples|\
         sample request|sample requests|example request|request sample|请求示例代码|请求代码示例",
    ),
    (Section::Response, "响应|返回|返回说明|response|responses"),
    (
        Section::ResponseHeaders,
        "响应头|返回头|response header|response headers",
    ),
    (
        Section::Reply,
        "响应体|响应参数|响应体参数|返回参数|返回体|返回结果|返回数据|返回参数说明|\
         response body|response parameter|response parameters|return parameters|\
         response body parameters|响应结果|响应数据|响应体说明|响应参数说明|返回值|返回字段|出参|\
         出参说明|response fields",
    ),
    (
        Section::ReplyExample,
        "响应体示例|响应示例|返回示例|返回样例|返回结果示例|正常返回示例|\
         response example|response examples|sample response|sample responses|example response|\
         response sample|response body example|响应结果示例|响应数据示例|返回值示例|成功返回示例|\
         正常响应示例",
    ),
    (
        Section::Errors,
        "错误码|错误代码|返回码|error code|error codes|errors|错误码说明|\
         错误码列表|业务错误码|接口错误码|异常码|error code list",
    ),
];

/// The part of a page that a heading begins. What stands behind it in brackets says more, or the same again.
pub(super) fn section(heading: &str) -> Section {
    let label = label(heading);
    let whole = named(HEADINGS, &label);
    let Some((outer, inner)) = whole.is_none().then(|| bracketed(&label)).flatten() else {
        return whole.unwrap_or(Section::Other);
    };
    match (named(HEADINGS, outer), named(HEADINGS, inner)) {
        (Some(Section::Parameters | Section::Request), Some(inner)) => inner,
        (outer, _) => outer.unwrap_or(Section::Other),
    }
}

/// `one (other)` as its parts.
fn bracketed(label: &str) -> Option<(&str, &str)> {
    [('（', '）'), ('(', ')')].iter().find_map(|(open, close)| {
        let (outer, inner) = label.strip_suffix(*close)?.split_once(*open)?;
        Some((outer.trim(), inner.trim()))
    })
}

#[cfg(test)]
mod tests {
    use super::{Section, section};

    #[test]
    fn words_in_brackets_say_more() {
        assert_eq!(section("### 请求体（application/json）"), Section::Body);
        assert_eq!(section("### 请求参数（Query）"), Section::Query);
        assert_eq!(section("### Parameters (path)"), Section::Path);
        assert_eq!(section("### 树（Body）"), Section::Other);
    }
}
