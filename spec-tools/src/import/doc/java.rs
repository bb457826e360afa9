//! The request that sample code in Java fills in, setter by setter: for many pages of the legacy API the only place that
//! shows which field is inside which.

use std::collections::BTreeMap;

use super::json;
use super::{At, Entry, Json, Value};

/// What a variable holds, or a setter is given.
enum Node {
    Value(Value),
    /// What a variable holds in the end.
    Of(String),
    Object(Vec<(String, Node)>),
    List(Vec<Node>),
}

/// Samples hold no deeper objects.
const DEEPEST: usize = 12;

/// The request in some code, with its fields under the names that are known.
pub(super) fn request(code: &str, at: At, names: &[String]) -> Option<Json> {
    let mut variables: BTreeMap<String, Node> = BTreeMap::new();
    let mut root = None;
    for statement in statements(code) {
        if let Some((variable, made)) = declared(statement) {
            let class = made.strip_prefix("new ").unwrap_or_default();
            let class = class.split(['(', '<']).next().unwrap_or_default().trim();
            let class = class.rsplit('.').next().unwrap_or_default();
            if class.starts_with("Oapi") && class.ends_with("Request") && root.is_none() {
                root = Some(variable.to_owned());
            }
            variables.insert(variable.to_owned(), value(made));
        } else if let Some((variable, method, argument)) = called(statement) {
            match (variables.get_mut(variable), method.strip_prefix("set")) {
                (Some(Node::Object(fields)), Some(name)) => {
                    if let Some(name) = wire_name(name, names) {
                        fields.push((name.clone(), value(argument)));
                    }
                }
                (Some(Node::List(elements)), None) if method == "add" => {
                    elements.push(value(argument));
                }
                _ => {}
            }
        }
    }
    let whole = variables.get(&root?)?;
    let value = json_of(whole, &variables, at, 0);
    matches!(&value, Value::Object(entries) if !entries.is_empty()).then_some(Json { value, at })
}

/// Statements without comments.
fn statements(code: &str) -> impl Iterator<Item = &str> {
    let lines = code.lines().map(str::trim);
    let lines = lines.filter(|line| !line.starts_with("//"));
    lines.flat_map(|line| line.split(';')).map(str::trim)
}

/// `Type name = value`
fn declared(statement: &str) -> Option<(&str, &str)> {
    let (left, right) = statement.split_once('=')?;
    let name = left.trim().rsplit(' ').next()?;
    (is_name(name) && !left.contains(['(', '"'])).then_some((name, right.trim()))
}

/// `name.method(argument)`
fn called(statement: &str) -> Option<(&str, &str, &str)> {
    let (variable, rest) = statement.split_once('.')?;
    let (method, argument) = rest.split_once('(')?;
    let argument = argument.trim_end().strip_suffix(')')?;
    (is_name(variable) && is_name(method)).then_some((variable, method, argument.trim()))
}

fn is_name(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

fn value(text: &str) -> Node {
    let text = text.trim();
    if let Some(list) = ["Arrays.asList(", "Lists.newArrayList("]
        .into_iter()
        .find_map(|of| text.strip_prefix(of))
    {
        let elements = list.trim_end_matches(')').split(',').map(str::trim);
        return Node::List(elements.filter(|one| !one.is_empty()).map(value).collect());
    }
    if let Some(made) = text.strip_prefix("new ") {
        let class = made.split(['(', '<']).next().unwrap_or_default();
        return if class.ends_with("List") {
            Node::List(Vec::new())
        } else {
            Node::Object(Vec::new())
        };
    }
    if is_name(text) && !matches!(text, "true" | "false" | "null") {
        return Node::Of(text.to_owned());
    }
    // `10L` is a number.
    let number = text.trim_end_matches(['L', 'l']);
    let text = if number.parse::<i64>().is_ok() {
        number
    } else {
        text
    };
    let read = json::read([(1, text)].into_iter()).json;
    let plain = read
        .map(|json| json.value)
        .filter(|value| !matches!(value, Value::Word(_)));
    Node::Value(plain.unwrap_or(Value::Null))
}

/// The name that a setter is made of.
fn wire_name<'n>(setter: &str, names: &'n [String]) -> Option<&'n String> {
    let same =
        |name: &&String| name.eq_ignore_ascii_case(setter) && name.get(1..) == setter.get(1..);
    let exact = names.iter().find(same);
    exact.or_else(|| names.iter().find(|name| bare(name) == bare(setter)))
}

/// A name as it is whatever way of writing it has.
pub(super) fn bare(name: &str) -> String {
    name.replace(['_', '-', '.', ' '], "").to_ascii_lowercase()
}

fn json_of(node: &Node, variables: &BTreeMap<String, Node>, at: At, depth: usize) -> Value {
    let inner = |node: &Node| Json {
        value: json_of(node, variables, at, depth + 1),
        at,
    };
    match node {
        _ if depth > DEEPEST => Value::Null,
        Node::Value(value) => value.clone(),
        Node::Of(name) => match variables.get(name) {
            Some(node) => json_of(node, variables, at, depth + 1),
            None => Value::Null,
        },
        Node::Object(fields) => {
            let entries = fields.iter().map(|(key, node)| Entry {
                key: key.clone(),
                at,
                json: inner(node),
            });
            let entries: Vec<Entry> = entries.collect();
            if entries.is_empty() && depth > 0 {
                Value::Null
            } else {
                Value::Object(entries)
            }
        }
        Node::List(elements) => Value::List(elements.iter().map(inner).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn setters_fill_in_a_request() {
        let code = "DingTalkClient client = new DefaultDingTalkClient(\"https://h/a\");\n\
            OapiTreePlantRequest req = new OapiTreePlantRequest();\n\
            // words;\n\
            req.setTreeKind(\"oak\");\n\
            req.setCount(10L);\n\
            req.setHttpMethod(\"GET\");\n\
            List<Spot> list = new ArrayList<Spot>();\n\
            Spot spot = new Spot();\n\
            list.add(spot);\n\
            spot.setRowIds(Arrays.asList(1L, 2L));\n\
            req.setSpots(list);\n\
            OapiTreePlantResponse rsp = client.execute(req, access_token);";
        let names = ["tree_kind", "count", "spots", "row_ids"].map(str::to_owned);
        let json = request(code, At::line(1), &names).unwrap();
        let expected = r#"{ "tree_kind": "oak", "count": 10, "spots": [{ "row_ids": [1, 2] }] }"#;
        let expected: serde_json::Value = serde_json::from_str(expected).unwrap();
        assert_eq!(json.value.plain(), expected);
        assert!(request("int x = 1;", At::line(1), &names).is_none());
    }
}
