//! Parameters of the path, the query and the headers, and what clients send by themselves.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::Comparison;

impl Comparison<'_> {
    /// The signature among those of the API.
    fn signature(&self) -> Option<Value> {
        let name = self.spec["signature"].as_str()?;
        let mut signature = self.platform["signatures"][name].clone();
        signature
            .as_object_mut()
            .expect("a signature")
            .remove("doc");
        Some(signature)
    }

    /// The fields of the query that no caller fills in, each with whether it is required and secret.
    fn sent(&self) -> BTreeMap<String, (bool, bool)> {
        let webhook = self.spec["webhook"].as_str();
        let webhook = webhook.map(|name| (name.to_owned(), (true, true)));
        let signature = self.signature().unwrap_or_default();
        let always = signature["signer"] == "application";
        let query = signature["query"].as_object().into_iter().flatten();
        let query = query.map(|(name, value)| {
            let secret = value == "ticket" || value == "signature";
            (name.clone(), (always, secret))
        });
        webhook.into_iter().chain(query).collect()
    }

    pub(super) fn sent_by_clients(&self) {
        assert_eq!(
            self.operation.get("x-dingtalk-signature"),
            self.signature().as_ref(),
            "{}",
            self.file
        );
        let all = self.operation["parameters"].as_array();
        for (name, facts) in self.sent() {
            let mut all = all.into_iter().flatten();
            let found = all.find(|one| one["in"] == "query" && one["name"] == name.as_str());
            let found = found.unwrap_or_else(|| panic!("{name} of {}", self.file));
            let secret = found["schema"]["x-dingtalk-secret"] == true;
            let described = (found["required"] == true, secret);
            assert_eq!(described, facts, "{name} of {}", self.file);
        }
    }

    pub(super) fn parameters(&self, fields: &Value, place: &str) {
        let all = self.operation["parameters"]
            .as_array()
            .into_iter()
            .flatten();
        let sent = if place == "query" {
            self.sent()
        } else {
            BTreeMap::new()
        };
        let all = all.filter(|parameter| parameter["in"] == place);
        let own = all.filter(|one| {
            !one["name"]
                .as_str()
                .is_some_and(|name| sent.contains_key(name))
        });
        let all: Vec<_> = own.collect();
        let wire = |parameter: &Value| {
            let own = parameter.get("x-dingtalk-name");
            own.unwrap_or(&parameter["name"])
                .as_str()
                .map(str::to_owned)
        };
        let names: BTreeSet<_> = all.iter().filter_map(|parameter| wire(parameter)).collect();
        let wanted = fields
            .as_object()
            .into_iter()
            .flat_map(|fields| fields.keys().cloned());
        assert_eq!(names, wanted.collect(), "{place} of {}", self.file);
        for parameter in all {
            let name = wire(parameter).expect("a name");
            let field = &fields[&name];
            let at = format!("{place} {name}");
            let required = place == "path" || field["required"] == true;
            assert_eq!(
                parameter["required"] == true,
                required,
                "{at} of {}",
                self.file
            );
            let encoded = field["encoding"].as_str();
            let as_json = parameter["content"].get("application/json");
            assert_eq!(
                as_json.is_some(),
                encoded.is_none() && !self.is_word(field),
                "{at}"
            );
            assert_eq!(parameter["style"] == "form", encoded.is_some(), "{at}");
            let schema = match (encoded, as_json) {
                (Some("indexed"), _) => &parameter["x-dingtalk-schema"],
                (_, Some(media)) => &media["schema"],
                _ => &parameter["schema"],
            };
            self.marks(field, parameter, schema, &at);
            self.fits(field, schema, &at, true, &mut BTreeSet::new());
        }
    }

    /// True if a value in the query is sent as it is, and not as JSON text.
    fn is_word(&self, field: &Value) -> bool {
        let named = field["type"].as_str();
        let compound = ["list", "map", "object"]
            .iter()
            .any(|key| field.get(*key).is_some());
        let scalar = ["string", "integer", "number", "boolean"];
        match named {
            Some("json") => false,
            Some(name) if !scalar.contains(&name) => {
                let def = self.types.iter().find_map(|types| types.get(name));
                def.is_some_and(|def| def.get("object").is_none())
            }
            _ => !compound,
        }
    }
}
