//! The layout of a spec file: the order of keys, and what is never put into braces.

mod keys;

use crate::schema::File;
use keys::{EVENT_HEAD, HEAD};

/// What a value is in the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Operation,
    Service,
    Event,
    EventGroup,
    Platform,
    Glossary,
    /// Entries of the glossary by name.
    Terms,
    /// An entry of the glossary, or several in a list.
    Term,
    /// Fields by name.
    Fields,
    /// A field, or what a list or a map holds.
    Field,
    /// The limits of a file by the names of fields.
    LimitsBy,
    /// The limits of a file by a field's value.
    Cases,
    FileLimits,
    /// The values of an enum.
    Enum,
    EnumValue,
    /// Types by name.
    Types,
    Type,
    Paging,
    Errors,
    Row,
    Example,
    Request,
    Response,
    /// APIs by name.
    Apis,
    Api,
    Servers,
    Server,
    Envelope,
    /// Signatures by name.
    Signatures,
    Signature,
    Grants,
    Grant,
    GrantReply,
    /// JSON by name.
    Values,
    /// Anything that JSON has.
    Json,
    /// A scalar, or a list or mapping of scalars.
    Plain,
}

use Role::{
    Api, Apis, Cases, Enum, EnumValue, Errors, Event, EventGroup, Example, Field, Fields,
    FileLimits, Glossary, Grant, Grants, Json, LimitsBy, Operation, Plain, Platform, Request,
    Response, Row, Server, Servers, Service, Signature, Signatures, Term, Terms, Type, Types,
    Values,
};

impl Role {
    /// The role of a file's whole content.
    pub(crate) fn of(file: File) -> Self {
        match file {
            File::Operation => Operation,
            File::Service => Service,
            File::Event => Event,
            File::EventGroup => EventGroup,
            File::Platform => Platform,
            File::Glossary => Glossary,
        }
    }

    /// The role of a key's value, or of an item.
    pub(crate) fn inner(self, key: &str) -> Self {
        match self {
            Fields => Field,
            Terms => Term,
            Term if key.is_empty() => Term,
            LimitsBy => Cases,
            Cases => FileLimits,
            Enum => EnumValue,
            Types => Type,
            Errors => Row,
            Apis => Api,
            Servers => Server,
            Signatures => Signature,
            Values | Json => Json,
            _ => {
                let known = self.keys().iter().find(|(known, _)| *known == key);
                known.map_or(Plain, |(_, role)| *role)
            }
        }
    }

    /// The rank of a key among the others.
    pub(crate) fn rank(self, key: &str) -> usize {
        let keys = self.keys();
        keys.iter()
            .position(|(known, _)| *known == key)
            .unwrap_or(keys.len())
    }

    /// Whether each entry has a line of its own, so that a change of one is a change of one line.
    pub(super) fn is_block(self) -> bool {
        matches!(
            self,
            Operation
                | Service
                | Event
                | EventGroup
                | Platform
                | Glossary
                | Terms
                | Fields
                | LimitsBy
                | Cases
                | Enum
                | Types
                | Type
                | Errors
                | Example
                | Request
                | Response
                | Apis
                | Api
                | Servers
                | Signatures
                | Signature
                | Grants
                | Grant
        )
    }

    /// Whether an empty line precedes a key; `None` leaves it to the author of the file.
    pub(super) fn apart(self, key: &str) -> Option<bool> {
        match self {
            Operation => Some(self.rank(key) >= HEAD),
            Event => Some(self.rank(key) >= EVENT_HEAD),
            Service => Some(key == "types"),
            Platform | Glossary => Some(self.rank(key) > 0),
            _ => None,
        }
    }
}

/// The line from which editors take a file's schema.
pub(super) fn modeline(file: File) -> &'static str {
    match file {
        File::Operation => "# yaml-language-server: $schema=../schema.json",
        File::Service => "# yaml-language-server: $schema=../service.schema.json",
        File::Event => "# yaml-language-server: $schema=../../event.schema.json",
        File::EventGroup => "# yaml-language-server: $schema=../../event_group.schema.json",
        File::Platform => "# yaml-language-server: $schema=platform.schema.json",
        File::Glossary => "# yaml-language-server: $schema=glossary.schema.json",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{File, Role};
    use serde_json::Value as Json;

    /// The schema's name of a role.
    fn role(def: &str) -> Role {
        match def {
            "Field" => Role::Field,
            "Term" | "ErrorTerm" => Role::Term,
            "FileLimits" => Role::FileLimits,
            "NamedEnumValue" => Role::EnumValue,
            "NamedType" => Role::Type,
            "Paging" => Role::Paging,
            "ErrorRow" | "PlatformError" => Role::Row,
            "Example" => Role::Example,
            "ExampleRequest" => Role::Request,
            "ExampleResponse" => Role::Response,
            "Api" => Role::Api,
            "Envelope" => Role::Envelope,
            "Server" => Role::Server,
            "Signature" => Role::Signature,
            "Grants" => Role::Grants,
            "Grant" => Role::Grant,
            "GrantReply" => Role::GrantReply,
            other => panic!("{other} has no order of keys"),
        }
    }

    #[test]
    fn each_key_of_the_format_has_its_place() {
        for (file, _) in File::ALL {
            let schema: Json = serde_json::from_str(file.schema()).unwrap();
            let defs = schema["$defs"].as_object().into_iter().flatten();
            // The token's place is one pair on one line.
            let defs = defs.filter(|(name, def)| {
                def.get("properties").is_some() && name.as_str() != "TokenPlace"
            });
            let defs = defs.map(|(name, def)| (role(name), def));
            for (role, def) in defs.chain([(Role::of(file), &schema)]) {
                let known: BTreeSet<&str> = role.keys().iter().map(|(key, _)| *key).collect();
                for key in def["properties"].as_object().unwrap().keys() {
                    assert!(known.contains(key.as_str()), "{key} of {role:?}");
                }
            }
        }
    }
}
