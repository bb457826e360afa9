use std::collections::BTreeMap;

use super::{Mistakes, identifiers, texts};
use crate::diagnostic::{Diagnostic, quoted};
use crate::names;
use crate::spec::Operation;
use crate::walk::Path;

/// Checks an operation's error table.
pub(super) fn check(path: &Path<'_>, op: &Operation, mistakes: &mut Mistakes) {
    let rows = path.key("errors");
    let mut variants: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    let mut known = BTreeMap::new();
    for (index, row) in op.errors.iter().enumerate() {
        let path = rows.index(index);
        status(&path.key("status"), row.status, mistakes);
        texts::filled(&path.key("code"), Some(&row.code), mistakes);
        texts::filled(&path.key("message"), row.message.as_deref(), mistakes);
        texts::filled(&path.key("doc"), row.doc.as_deref(), mistakes);
        if let Some(name) = &row.rust_name {
            identifiers::camel(&path.key("rust_name"), name, names::error_variant, mistakes);
        }
        if let Some(first) = known.insert((row.status, &row.code, &row.message), index) {
            let message = format!(
                "the error {} with status {} stands here twice",
                quoted(&row.code),
                row.status
            );
            mistakes.push(
                Diagnostic::new(path.at_value(), message)
                    .help("keep one row; rows of one code differ in status or message")
                    .also(rows.index(first).at_value(), "the first"),
            );
        }
        let variant = row
            .rust_name
            .clone()
            .unwrap_or_else(|| names::error_variant(&row.code));
        match variants.get(&variant) {
            Some((first, code)) if *code != row.code => {
                let message = format!(
                    "the errors {} and {} would both be {} in Rust",
                    quoted(code),
                    quoted(&row.code),
                    quoted(&variant)
                );
                let help = format!(
                    "give one a name of its own: {}",
                    quoted(&format!("rust_name: {variant}2"))
                );
                mistakes.push(
                    Diagnostic::new(path.key("code").at_value(), message)
                        .help(help)
                        .also(rows.index(*first).key("code").at_value(), "the first"),
                );
            }
            Some(_) => {}
            None => {
                variants.insert(variant, (index, &row.code));
            }
        }
    }
}

/// An error comes with a status for errors, or with 200.
pub(super) fn status(path: &Path<'_>, status: u16, mistakes: &mut Mistakes) {
    if status != 200 && !(400..600).contains(&status) {
        let message = format!("{status} is no status of an error");
        let help = "an error comes with 400 to 599, or with 200 in a reply that looks well";
        mistakes.push(Diagnostic::new(path.at_value(), message).help(help));
    }
}
