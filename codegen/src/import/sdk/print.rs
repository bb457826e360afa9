//! TEMPORARY: prints until `document` is there.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use super::facts::Service;
use crate::names;
use crate::spec::{
    Encoding, Field, Fields, NamedType, Operation, Ordered, ScalarOrNamed, TokenUse, TypeNode,
};

pub(super) fn service(spec: &Path, name: &str, service: &Service) {
    let folder = spec.join(name);
    let _ = fs::create_dir_all(&folder);
    let write = |stem: &str, text: String| {
        let path = folder.join(format!("{stem}.yaml"));
        if !path.exists() {
            let _ = fs::write(path, text);
        }
    };
    let mut text = "# yaml-language-server: $schema=../service.schema.json\n".to_owned();
    let summary = service
        .file
        .summary
        .clone()
        .unwrap_or_else(|| name.replace('_', " "));
    let _ = writeln!(text, "summary: {summary}");
    types(&mut text, &service.file.types);
    write("_service", text);
    for operation in &service.operations {
        let method = names::method(&operation.operation);
        write(names::file_stem(&method), one(operation));
    }
}

fn one(op: &Operation) -> String {
    let mut t = format!(
        "# yaml-language-server: $schema=../schema.json\noperation: {}\n",
        op.operation
    );
    if let Some(name) = &op.rust_name {
        let _ = writeln!(t, "rust_name: {name}");
    }
    let _ = writeln!(
        t,
        "summary: {}\nmethod: {}\npath: {}",
        op.summary,
        op.method.as_str(),
        quoted(&op.path)
    );
    if op.token == TokenUse::None {
        t.push_str("token: none\n");
    }
    section(&mut t, "path_params", &op.path_params);
    section(&mut t, "query", &op.query);
    section(&mut t, "headers", &op.headers);
    if let Some(body) = &op.body {
        if body.is_empty() {
            t.push_str("\nbody: {}\n");
        } else {
            section(&mut t, "body", body);
        }
    }
    if let Some(f) = &op.body_type {
        t.push('\n');
        field(&mut t, 0, "body_type", f);
    }
    if let Some(body) = &op.response {
        if body.is_empty() {
            t.push_str("\nresponse: {}\n");
        } else {
            section(&mut t, "response", body);
        }
    }
    if let Some(f) = &op.response_type {
        t.push('\n');
        field(&mut t, 0, "response_type", f);
    }
    if let Some(p) = &op.paging {
        let mut all = Vec::new();
        for (k, v) in [
            ("token", &p.token),
            ("next", &p.next),
            ("page", &p.page),
            ("size", &p.size),
            ("items", &p.items),
            ("total", &p.total),
            ("more", &p.more),
        ] {
            if let Some(v) = v {
                all.push(format!("{k}: {v}"));
            }
        }
        let _ = writeln!(t, "\npaging: {{ {} }}", all.join(", "));
    }
    types(&mut t, &op.types);
    t
}

fn types(t: &mut String, types: &Ordered<String, NamedType>) {
    if types.is_empty() {
        return;
    }
    t.push_str("\ntypes:\n");
    for (name, def) in types.iter() {
        let _ = writeln!(t, "  {name}:");
        if let Some(rust) = &def.rust_type {
            let _ = writeln!(t, "    rust_type: {rust}");
        }
        let fields = def.object.clone().unwrap_or_default();
        if fields.is_empty() {
            t.push_str("    object: {}\n");
        } else {
            t.push_str("    object:\n");
            for (wire, f) in fields.iter() {
                field(t, 6, wire, f);
            }
        }
    }
}

fn section(t: &mut String, name: &str, fields: &Fields) {
    if fields.is_empty() {
        return;
    }
    let _ = writeln!(t, "\n{name}:");
    for (wire, f) in fields.iter() {
        field(t, 2, wire, f);
    }
}

fn quoted(text: &str) -> String {
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/')
        && !text.ends_with(' ')
        && text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"_-./{}".contains(&b))
        && !matches!(
            text.to_lowercase().as_str(),
            "y" | "n" | "yes" | "no" | "true" | "false" | "null" | "on" | "off"
        );
    if plain {
        text.to_owned()
    } else {
        format!("{text:?}")
    }
}

fn field(t: &mut String, indent: usize, wire: &str, f: &Field) {
    let pad = " ".repeat(indent);
    let flow = format!("{pad}{}: {}", quoted(wire), flow(f));
    if flow.chars().count() <= 120 {
        t.push_str(&flow);
        t.push('\n');
        return;
    }
    let _ = writeln!(t, "{pad}{}:", quoted(wire));
    block(t, indent + 2, f);
}

fn block(t: &mut String, indent: usize, f: &Field) {
    let pad = " ".repeat(indent);
    for (key, node) in [("list", &f.list), ("map", &f.map)] {
        if let Some(node) = node {
            match &**node {
                TypeNode::Name(n) => {
                    let _ = writeln!(t, "{pad}{key}: {}", name(n));
                }
                TypeNode::Node(inner) => {
                    let one = format!("{pad}{key}: {}", self::flow(inner));
                    if one.chars().count() <= 120 {
                        t.push_str(&one);
                        t.push('\n');
                    } else {
                        let _ = writeln!(t, "{pad}{key}:");
                        block(t, indent + 2, inner);
                    }
                }
            }
        }
    }
    if let Some(n) = &f.type_name {
        let _ = writeln!(t, "{pad}type: {}", name(n));
    }
    if let Some(fields) = &f.object {
        let _ = writeln!(t, "{pad}object:");
        for (wire, f) in fields.iter() {
            field(t, indent + 2, wire, f);
        }
    }
    for (k, v) in rest(f) {
        let _ = writeln!(t, "{pad}{k}: {v}");
    }
}

fn rest(f: &Field) -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    if f.required {
        all.push(("required", "true".to_owned()));
    }
    if f.secret {
        all.push(("secret", "true".to_owned()));
    }
    if f.idempotency_key {
        all.push(("idempotency_key", "true".to_owned()));
    }
    if let Some(e) = f.encoding {
        all.push((
            "encoding",
            match e {
                Encoding::JsonString => "json_string",
                Encoding::Comma => "comma",
                Encoding::Indexed => "indexed",
            }
            .to_owned(),
        ));
    }
    if let Some(n) = &f.rust_name {
        all.push(("rust_name", n.clone()));
    }
    if let Some(n) = &f.rust_type {
        all.push(("rust_type", n.clone()));
    }
    all
}

fn flow(f: &Field) -> String {
    let mut all = Vec::new();
    if let Some(n) = &f.type_name {
        all.push(format!("type: {}", name(n)));
    }
    for (key, node) in [("list", &f.list), ("map", &f.map)] {
        if let Some(node) = node {
            all.push(format!(
                "{key}: {}",
                match &**node {
                    TypeNode::Name(n) => name(n).to_owned(),
                    TypeNode::Node(f) => flow(f),
                }
            ));
        }
    }
    if let Some(fields) = &f.object {
        let inner: Vec<_> = fields
            .iter()
            .map(|(w, f)| format!("{}: {}", quoted(w), flow(f)))
            .collect();
        all.push(if inner.is_empty() {
            "object: {}".to_owned()
        } else {
            format!("object: {{ {} }}", inner.join(", "))
        });
    }
    all.extend(rest(f).into_iter().map(|(k, v)| format!("{k}: {v}")));
    format!("{{ {} }}", all.join(", "))
}

fn name(n: &ScalarOrNamed) -> &str {
    match n {
        ScalarOrNamed::String => "string",
        ScalarOrNamed::Integer => "integer",
        ScalarOrNamed::Number => "number",
        ScalarOrNamed::Boolean => "boolean",
        ScalarOrNamed::Json => "json",
        ScalarOrNamed::Named(n) => n,
    }
}
