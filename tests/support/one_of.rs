//! One-ofs of the spec, spelled out as the objects that they are on the wire.

use serde_yaml::{Mapping, Value as Yaml};

/// The mark of a tag whose value the other fields depend on.
pub const TAG: &str = "tag_of_a_one_of";

/// Which kinds an object of a one-of shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kinds {
    /// The first, for values that have to fit together.
    First,
    /// All, with the fields of any kind.
    All,
}

/// Makes objects of a file's one-ofs. `shared` are the types of its service, spelled out before.
pub fn spell_out(file: &mut Yaml, shared: &Yaml, kinds: Kinds) {
    objects(file, kinds);
    let own = file.get("types").cloned().unwrap_or_default();
    splice(file, &[&own, shared]);
}

fn objects(node: &mut Yaml, kinds: Kinds) {
    let Yaml::Mapping(mapping) = node else {
        return;
    };
    if let Some(one_of) = mapping.remove("one_of") {
        let doc = mapping.get("doc").cloned();
        mapping.insert("object".into(), object(&one_of, doc, kinds).into());
    }
    for inner in mapping.values_mut() {
        objects(inner, kinds);
    }
}

/// The text of a one-of is its tag's as well.
fn object(one_of: &Yaml, doc: Option<Yaml>, shown: Kinds) -> Mapping {
    let kinds = one_of["kinds"].as_mapping().into_iter().flatten();
    let kinds: Vec<_> = match shown {
        Kinds::First => kinds.take(1).collect(),
        Kinds::All => kinds.collect(),
    };
    let tags: Mapping = kinds
        .iter()
        .map(|(tag, kind)| ((*tag).clone(), kind.get("doc").cloned().unwrap_or_default()))
        .collect();
    let mut object = Mapping::new();
    let mut tag = vec![
        ("enum", tags.into()),
        ("required", true.into()),
        (TAG, true.into()),
    ];
    tag.extend(doc.map(|doc| ("doc", doc)));
    object.insert(one_of["tag"].clone(), mapping(tag));
    if let (Kinds::All, Some(content)) = (shown, one_of.get("content")) {
        // What it is depends on the tag.
        object.insert(content.clone(), mapping([("type", "string".into())]));
        return object;
    }
    for (tag, kind) in kinds {
        let fields = kind["object"].as_mapping();
        let needed = |field: &Yaml| field["required"] == true;
        let required =
            shown == Kinds::First && fields.is_some_and(|fields| fields.values().any(needed));
        let mut content = vec![
            ("object", kind["object"].clone()),
            ("required", required.into()),
        ];
        content.extend(
            one_of
                .get("encoding")
                .map(|encoding| ("encoding", encoding.clone())),
        );
        content.extend(kind.get("doc").map(|doc| ("doc", doc.clone())));
        object.insert(
            one_of.get("content").unwrap_or(tag).clone(),
            mapping(content),
        );
    }
    object
}

fn mapping(entries: impl IntoIterator<Item = (&'static str, Yaml)>) -> Yaml {
    let entries = entries.into_iter().map(|(key, value)| (key.into(), value));
    Yaml::Mapping(entries.collect())
}

/// Puts the fields of flattened objects among the others.
fn splice(node: &mut Yaml, types: &[&Yaml]) {
    let Yaml::Mapping(mapping) = node else {
        return;
    };
    let mut all = Mapping::new();
    for (name, mut field) in std::mem::take(mapping) {
        if field.get("flatten") == Some(&true.into()) {
            let def = field["type"].as_str().unwrap_or_default();
            let mut types = types.iter().filter_map(|types| types.get(def));
            let object = field.get("object").or_else(|| types.next()?.get("object"));
            all.extend(
                object
                    .and_then(Yaml::as_mapping)
                    .cloned()
                    .unwrap_or_default(),
            );
        } else {
            splice(&mut field, types);
            all.insert(name, field);
        }
    }
    *mapping = all;
}
