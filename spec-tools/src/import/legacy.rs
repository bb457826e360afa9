//! What the operations of the legacy API are called: their pages name none, so a name is made of the path.
//!
//! `/topapi/v2/user/getbymobile` is `oapi_user/GetByMobile`. The list that a person reviews says which paths are one
//! area, which words run together in them, and what is called otherwise.

use std::collections::BTreeMap;
use std::path::Path;

use heck::ToUpperCamelCase;
use serde::Deserialize;

use super::lists::{List, Wrong};

const FILE: &str = "oapi.yaml";

/// How paths become names.
#[derive(Debug, Default)]
pub(super) struct Names {
    list: List<Entries>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Entries {
    /// The service of the paths that begin so, and the first words of their names.
    areas: BTreeMap<String, String>,
    /// The words that the platform's lower-case names consist of.
    words: String,
    /// Names that are not those of the rule, by path.
    names: BTreeMap<String, String>,
}

impl Names {
    pub(super) fn read(spec: &Path) -> Result<Self, Wrong> {
        Ok(Self {
            list: List::read(spec, FILE)?,
        })
    }

    /// The service and the operation of a path.
    pub(super) fn of(&self, path: &str) -> (String, String) {
        let entries = &self.list.entries;
        let parts = path.split('/').filter(|part| !part.is_empty());
        let parts = parts.filter(|part| *part != "topapi" && !is_version(part));
        let parts: Vec<&str> = parts.collect();
        let area = (1..=parts.len()).rev().find_map(|end| {
            let area = entries.areas.get(&parts[..end].join("/"))?;
            Some((area.as_str(), &parts[end..]))
        });
        let (area, rest) = area.unwrap_or_else(|| match parts.split_first() {
            Some((first, rest)) => (*first, rest),
            None => ("other", &[]),
        });
        let (area, prefix) = area.split_once('/').unwrap_or((area, ""));
        let words: Vec<String> = rest.iter().map(|part| self.words(part)).collect();
        let name = format!("{prefix}{}", words.join("_").to_upper_camel_case());
        let name = entries.names.get(path).cloned().unwrap_or(name);
        (format!("oapi_{area}"), name)
    }

    /// `getbyunionid` as `get_by_unionid`, `asyncsend_v2` as `async_send`.
    fn words(&self, part: &str) -> String {
        let parts = part.split('_').filter(|part| !is_version(part));
        let parts: Vec<String> = parts.map(|part| self.split(part)).collect();
        parts.join("_")
    }

    /// The fewest known words that make up a part; it stays as it is if there are none.
    fn split(&self, part: &str) -> String {
        let mut best: Vec<Option<Vec<&str>>> = vec![Some(Vec::new())];
        for end in 1..=part.len() {
            let ends = self
                .list
                .entries
                .words
                .split_whitespace()
                .filter_map(|word| {
                    let begin = end.checked_sub(word.len())?;
                    let is_here = part.get(begin..end) == Some(word);
                    let before = best.get(begin)?.as_ref().filter(|_| is_here)?;
                    Some(before.iter().copied().chain([word]).collect::<Vec<_>>())
                });
            let fewest = ends.min_by_key(Vec::len);
            best.push(fewest);
        }
        let whole = best.pop().flatten();
        whole.map_or_else(|| part.to_owned(), |words| words.join("_"))
    }
}

/// `v2`
fn is_version(part: &str) -> bool {
    let number = part.strip_prefix('v').unwrap_or_default();
    !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_gives_service_and_name() {
        let text = "areas: { department: department, im/chat: chat, sns: auth/Sns }\n\
            words: get by mobile list sub async send template temp late\n\
            names: { /department/list: ListV1 }";
        let names = Names {
            list: List {
                entries: serde_yaml::from_str(text).unwrap(),
                ..List::default()
            },
        };
        let cases = [
            ("/topapi/v2/user/getbymobile", "oapi_user", "GetByMobile"),
            (
                "/topapi/v2/department/listsub",
                "oapi_department",
                "ListSub",
            ),
            ("/topapi/message/asyncsend_v2", "oapi_message", "AsyncSend"),
            ("/topapi/im/chat/group/get", "oapi_chat", "GroupGet"),
            ("/sns/gettemplate", "oapi_auth", "SnsGetTemplate"),
            ("/user/getDeptMember", "oapi_user", "GetDeptMember"),
            ("/topapi/user/getunknown", "oapi_user", "Getunknown"),
            ("/department/list", "oapi_department", "ListV1"),
            ("/", "oapi_other", ""),
        ];
        for (path, service, name) in cases {
            assert_eq!(
                names.of(path),
                (service.to_owned(), name.to_owned()),
                "{path}"
            );
        }
    }
}
