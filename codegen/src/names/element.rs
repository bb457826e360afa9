//! The name of an element: `events` has `Event`s, `orgList` has `Org`s.

use heck::{ToSnakeCase, ToUpperCamelCase};

/// The name of the type of one element of a list, or of one value of a map.
pub(super) fn type_name(wire: &str) -> String {
    let name = match noun(wire).as_str() {
        "List" => "Item".to_owned(),
        "Result" => "ResultItem".to_owned(),
        noun => noun.to_owned(),
    };
    // A name that is not a plain word follows the rule for all names.
    if name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.bytes().all(|b| b.is_ascii_alphanumeric())
    {
        super::type_name(&name)
    } else {
        super::type_name(wire)
    }
}

/// The singular of the name of a list or map: `deptIdList` gives `DeptId`.
pub fn noun(wire: &str) -> String {
    let snake = wire.to_snake_case();
    let mut words: Vec<&str> = snake.split('_').collect();
    if words.len() > 1 && matches!(words.last(), Some(&("list" | "array" | "map"))) {
        words.pop();
    }
    let last = words.pop().unwrap_or_default();
    format!("{}_{}", words.join("_"), singular(last)).to_upper_camel_case()
}

/// A noun in the singular, as far as its letters show. A word that is not a plural stays.
fn singular(noun: &str) -> String {
    let cut = |end: &str, with: &str| Some(format!("{}{with}", noun.strip_suffix(end)?));
    match noun {
        "children" => return "child".to_owned(),
        "people" => return "person".to_owned(),
        "series" | "news" | "always" | "sms" | "dns" | "ids" => return noun.to_owned(),
        _ => {}
    }
    if noun.len() < 4
        || ["ss", "us", "is", "os"]
            .iter()
            .any(|end| noun.ends_with(end))
    {
        return noun.to_owned();
    }
    let rules = [
        ("ies", "y"),
        ("sses", "ss"),
        ("shes", "sh"),
        ("ches", "ch"),
        ("xes", "x"),
        ("tuses", "tus"),
        ("s", ""),
    ];
    rules
        .iter()
        .find_map(|(end, with)| cut(end, with))
        .unwrap_or_else(|| noun.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_is_called_what_the_list_holds() {
        let cases = [
            ("events", "Event"),
            ("orgList", "Org"),
            ("companies", "Company"),
            ("children", "Child"),
            ("deptIds", "DeptIds"),
            ("news", "News"),
            ("address", "Address"),
            ("list", "Item"),
            ("result", "ResultItem"),
            ("options", "OptionType"),
            ("2fa", "Type2fa"),
            ("名称", "名称"),
            ("", "TypeEmpty"),
        ];
        for (wire, name) in cases {
            assert_eq!(type_name(wire), name, "{wire}");
        }
    }
}
