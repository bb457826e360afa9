//! What sample code and links of a page tell of its operation: the service, the action, the token.

use super::capital;
use crate::similar::same;

/// What was found.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Sample {
    /// The services, as the official packages name their folders; more than one is a contradiction.
    pub(super) services: Vec<String>,
    /// The actions, likewise.
    pub(super) actions: Vec<String>,
    /// Whether the code passes a token; none if there is no code.
    pub(super) token: Option<bool>,
}

/// Reads a page's text.
pub(super) fn read(text: &str) -> Sample {
    let mut sample = Sample::default();
    for (version, action) in explorer_links(text) {
        put(&mut sample.services, service_of_version(version));
        put(&mut sample.actions, action.to_owned());
    }
    // The first three write the folder's name as it is; the last may run words together.
    for before in [
        "alibabacloud_dingtalk.",
        "github.com/alibabacloud-go/dingtalk/",
        "@alicloud/dingtalk/",
        "com.aliyun.dingtalk",
    ] {
        for name in idents_behind(text, before).filter(|name| is_versioned(name)) {
            if !sample.services.iter().any(|known| same(known, name)) {
                put(&mut sample.services, name.to_owned());
            }
        }
    }
    let code = text.contains("auto-generated") || text.contains("com.aliyun.dingtalk");
    if code {
        actions(text, &mut sample.actions);
        let words = "xAcsDingtalkAccessToken|x_acs_dingtalk_access_token|XAcsDingtalkAccessToken";
        sample.token = Some(words.split('|').any(|word| text.contains(word)));
    }
    sample
}

fn put(all: &mut Vec<String>, one: String) {
    if !all.contains(&one) {
        all.push(one);
    }
}

fn is_ident(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// `conference_1_0`
fn is_versioned(name: &str) -> bool {
    let number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let mut parts = name.rsplitn(3, '_');
    parts.next().is_some_and(number) && parts.next().is_some_and(number) && parts.next().is_some()
}

fn idents_behind<'t>(text: &'t str, before: &'t str) -> impl Iterator<Item = &'t str> {
    text.match_indices(before).map(move |(at, _)| {
        let rest = &text[at + before.len()..];
        rest.split(|c| !is_ident(c)).next().unwrap_or_default()
    })
}

/// Links into the site's explorer name both: `api=rooms_1.0%23SendCentralControl`.
fn explorer_links(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.match_indices("api=").filter_map(move |(at, _)| {
        let is_link = |c: char| is_ident(c) || matches!(c, '.' | '%' | '#');
        let (link, _) = text[at + 4..].split_once(|c| !is_link(c))?;
        let (version, action) = link.split_once("%23").or(link.split_once('#'))?;
        (version.contains('.') && !action.is_empty()).then_some((version, action))
    })
}

/// `aiPaaS_1.0` is the folder `ai_paa_s_1_0`.
fn service_of_version(version: &str) -> String {
    let version = version.replace('.', "_");
    let (name, numbers) = version.split_at(version.find('_').unwrap_or(version.len()));
    folder(name) + numbers
}

/// A name in camel case as the official packages write it in folders: `aiPaaS` is `ai_paa_s`.
pub(super) fn folder(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// `client.startCloudRecordWithOptions(..)`, or `new StartCloudRecordRequest()` where no options are
/// passed.
fn actions(text: &str, found: &mut Vec<String>) {
    let idents = || text.split(|c| !is_ident(c)).filter(|word| !word.is_empty());
    let calls = idents().filter_map(|word| {
        let name = word.strip_suffix("WithOptions")?;
        let whole = !name.contains('_') && !name.is_empty();
        whole.then(|| capital(name))
    });
    calls.for_each(|call| put(found, call));
    if found.is_empty() {
        let models = idents().filter_map(|word| {
            let name = word
                .strip_suffix("Request")
                .or(word.strip_suffix("Headers"))?;
            let whole = name.starts_with(|c: char| c.is_ascii_uppercase()) && !name.contains('_');
            (whole && name != "Http" && name != "OpenApi").then(|| name.to_owned())
        });
        models.for_each(|model| put(found, model));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sample_code_names_service_and_action() {
        let text = "// This file is auto-generated\nimport com.aliyun.dingtalkplay_1_0.*;\n\
                    from alibabacloud_dingtalk.play_1_0.client import Client as dingtalkplay_1_0Client\n\
                    playHeaders.xAcsDingtalkAccessToken = 1; client.openDoorWithOptions(\"x\")\n\
                    Client.OpenDoorWithOptions()";
        let sample = read(text);
        assert_eq!(sample.services, ["play_1_0"]);
        assert_eq!(sample.actions, ["OpenDoor"]);
        assert_eq!(sample.token, Some(true));
    }

    #[test]
    fn a_call_without_options_is_known_by_its_model() {
        let text =
            "auto-generated com.aliyun.dingtalkplay_1_0.models.GetKeyRequest r; client.getKey(r)";
        let sample = read(text);
        assert_eq!(sample.actions, ["GetKey"]);
        assert_eq!(sample.token, Some(false));
    }

    #[test]
    fn a_link_names_them_too() {
        let sample = read("[x](https://a/apiExplorer#/?devType=org&api=someTHing_1.0%23DoIt)");
        assert_eq!(sample.services, ["some_t_hing_1_0"]);
        assert_eq!(sample.actions, ["DoIt"]);
        assert_eq!(sample.token, None);
    }

    #[test]
    fn two_services_are_told() {
        let text = "com.aliyun.dingtalkai_play_1_0.Client dingtalk alibabacloud_dingtalk.ai_play_1_0 \
                    @alicloud/dingtalk/other_1_0";
        assert_eq!(read(text).services, ["ai_play_1_0", "other_1_0"]);
    }
}
