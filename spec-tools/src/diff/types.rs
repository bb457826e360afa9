//! Structs, enums and errors, as users see them.

use std::collections::BTreeMap;

use super::surface::{Module, ORDER, key, type_name};
use super::{ItemKind, Level};
use crate::diagnostic::Step;
use crate::document::model;
use crate::names;
use crate::resolve::{EnumDef, ErrorDef, Field, OneOfDef, StructDef, TypeDef};
use crate::spec;

impl Module<'_> {
    pub(super) fn type_def(&mut self, def: &TypeDef<'_>, parent: String) {
        match def {
            TypeDef::Struct(def) => self.structure(def, parent),
            TypeDef::Enum(def) => self.enumeration(def, parent),
            TypeDef::OneOf(def) => self.one_of(def, parent),
        }
    }

    pub(super) fn structure(&mut self, def: &StructDef<'_>, parent: String) {
        let path = format!("{}::{}", self.path, def.name);
        let mut item = self.item(ItemKind::Struct, Some(parent), def.origin.steps());
        item.fact(Level::Documentation, "doc", def.doc.unwrap_or_default());
        self.surface.insert(path.clone(), item);
        // Users build what requests hold, and only that.
        if def.usage.requested {
            let mut item = self.item(
                ItemKind::Constructor,
                Some(path.clone()),
                def.origin.steps(),
            );
            let required = def.fields.iter().filter(|field| field.required);
            let order: Vec<_> = required.map(|field| field.ident.as_str()).collect();
            item.fact(Level::Breaking, ORDER, order.join(", "));
            self.surface.insert(format!("{path}::new"), item);
        }
        for field in &def.fields {
            self.field(field, &path);
        }
    }

    fn field(&mut self, field: &Field<'_>, parent: &str) {
        let ident = names::file_stem(&field.ident);
        let mut item = self.item(
            ItemKind::Field,
            Some(parent.to_owned()),
            field.origin.steps(),
        );
        let spec = field.spec;
        let location = format!("{:?}", field.location()).to_lowercase();
        item.wire = Some(format!("{location} {}", field.wire));
        if field.required || spec.success_flag {
            item.added = Level::Breaking;
        }
        let ty = type_name(&field.ty);
        let ty = if field.boxed {
            format!("Box<{ty}>")
        } else {
            ty
        };
        let breaking = Level::Breaking;
        item.fact(breaking, "type", ty);
        item.fact(
            breaking,
            "presence",
            if field.required {
                "required"
            } else {
                "optional"
            },
        );
        let documented = spec.required && !field.required;
        item.fact(
            Level::Documentation,
            "documented_presence",
            yes_or_no(documented),
        );
        item.fact(breaking, "wire_name", field.wire);
        item.fact(breaking, "location", location);
        item.fact(Level::Additive, "aliases", spec.aliases.join(", "));
        let encoding = field.encoding().map(model::encoding);
        item.fact(breaking, "encoding", encoding.unwrap_or_default());
        item.fact(breaking, "flatten", yes_or_no(spec.flatten));
        item.fact(breaking, "success_flag", yes_or_no(spec.success_flag));
        item.fact(Level::Additive, "secret", yes_or_no(spec.secret));
        item.fact(
            Level::Additive,
            "idempotency_key",
            yes_or_no(spec.idempotency_key),
        );
        item.fact(Level::Documentation, "limits", spec.limits_in_words());
        item.fact(
            Level::Documentation,
            "doc",
            spec.doc.as_deref().unwrap_or_default(),
        );
        self.surface.insert(format!("{parent}.{ident}"), item);
    }

    fn enumeration(&mut self, def: &EnumDef<'_>, parent: String) {
        let path = format!("{}::{}", self.path, def.name);
        let place = def.origin.steps();
        let mut item = self.item(ItemKind::Enum, Some(parent), place.clone());
        item.fact(
            Level::Breaking,
            "values",
            if def.integer { "integers" } else { "texts" },
        );
        item.fact(Level::Documentation, "doc", def.doc.unwrap_or_default());
        self.surface.insert(path.clone(), item);
        for variant in &def.variants {
            let value = variant.value.to_string();
            let steps = place.iter().cloned().chain([key("enum"), key(&value)]);
            let mut item = self.item(ItemKind::Value, Some(path.clone()), steps.collect());
            item.fact(Level::Breaking, "wire_value", &*value);
            item.fact(Level::Documentation, "doc", variant.doc.unwrap_or_default());
            item.wire = Some(value);
            self.surface
                .insert(format!("{path}::{}", variant.ident), item);
        }
    }

    fn one_of(&mut self, def: &OneOfDef<'_>, parent: String) {
        let path = format!("{}::{}", self.path, def.name);
        let place = def.origin.steps();
        let breaking = Level::Breaking;
        let mut item = self.item(ItemKind::Enum, Some(parent), place.clone());
        item.fact(breaking, "values", "kinds");
        item.fact(breaking, "tag", &*def.spec.tag);
        item.fact(
            breaking,
            "content",
            def.spec.content.as_deref().unwrap_or_default(),
        );
        let encoding = def.spec.encoding.map(model::encoding);
        item.fact(breaking, "encoding", encoding.unwrap_or_default());
        item.fact(Level::Documentation, "doc", def.doc.unwrap_or_default());
        self.surface.insert(path.clone(), item);
        for kind in &def.kinds {
            let steps = [key("one_of"), key("kinds"), key(kind.tag)];
            let steps = place.iter().cloned().chain(steps);
            let mut item = self.item(ItemKind::Value, Some(path.clone()), steps.collect());
            item.fact(breaking, "wire_value", kind.tag);
            item.fact(Level::Documentation, "doc", kind.doc.unwrap_or_default());
            item.wire = Some(kind.tag.to_owned());
            self.surface.insert(format!("{path}::{}", kind.ident), item);
        }
    }

    pub(super) fn errors(&mut self, def: &ErrorDef<'_>, parent: String) {
        let path = format!("{}::{}", self.path, def.name);
        let item = self.item(ItemKind::Errors, Some(parent), vec![key("errors")]);
        self.surface.insert(path.clone(), item);
        for (index, variant) in def.variants.iter().enumerate() {
            let row = |code: Option<&str>| {
                let at = def
                    .rows
                    .iter()
                    .position(|(row, of)| *of == index && code.is_none_or(|code| row.code == code));
                vec![key("errors"), Step::Index(at.unwrap_or_default())]
            };
            let variant_path = format!("{path}::{}", variant.ident);
            let mut item = self.item(ItemKind::Variant, Some(path.clone()), row(None));
            let mut codes: BTreeMap<&str, Vec<String>> = BTreeMap::new();
            let mut docs = Vec::new();
            for row in &variant.rows {
                let message = row.message.as_deref().unwrap_or_default();
                let class = row.class.map_or("", spec::ErrorClass::as_str);
                let said = format!("{} \"{message}\" {class}", row.status);
                codes.entry(&row.code).or_default().push(said);
                docs.extend(row.doc.as_deref());
            }
            let all: Vec<&str> = codes.keys().copied().collect();
            item.wire = Some(all.join(", "));
            item.fact(Level::Documentation, "doc", docs.join("\n"));
            self.surface.insert(variant_path.clone(), item);
            for (code, mut said) in codes {
                let mut item =
                    self.item(ItemKind::Code, Some(variant_path.clone()), row(Some(code)));
                said.sort();
                item.fact(Level::Additive, "rows", said.join("; "));
                self.surface.insert(format!("{variant_path}({code})"), item);
            }
        }
    }
}

fn yes_or_no(flag: bool) -> &'static str {
    if flag { "yes" } else { "no" }
}
