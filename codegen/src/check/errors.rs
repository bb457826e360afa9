use std::collections::HashMap;

use super::{Mistakes, identifiers, texts};
use crate::diagnostic::{Diagnostic, quoted};
use crate::names;
use crate::resolve::ErrorDef;
use crate::spec::walk::Path;

/// Refuses control characters in a code. A row of the generated table is one text, with tabs between its parts.
fn one_line(path: &Path<'_>, code: &str, mistakes: &mut Mistakes) {
    if code.contains(char::is_control) {
        let message = format!("the code {} contains a control character", quoted(code));
        mistakes.push(
            Diagnostic::new(path.at_value(), message)
                .help("write the code as the server sends it, without tabs or line breaks"),
        );
    }
}

/// Checks an operation's error table.
pub(super) fn check(path: &Path<'_>, errors: &ErrorDef<'_>, mistakes: &mut Mistakes) {
    let rows = path.key("errors");
    // The first row of each variant.
    let mut first_rows = vec![None; errors.variants.len()];
    let mut known = HashMap::new();
    for (index, (row, variant)) in errors.rows.iter().enumerate() {
        let path = rows.index(index);
        status(&path.key("status"), row.status, mistakes);
        texts::filled(&path.key("code"), Some(&row.code), mistakes);
        one_line(&path.key("code"), &row.code, mistakes);
        texts::filled(&path.key("message"), row.message.as_deref(), mistakes);
        texts::filled(&path.key("doc"), row.doc.as_deref(), mistakes);
        if let Some(name) = &row.rust_name {
            identifiers::camel(&path.key("rust_name"), name, names::error_variant, mistakes);
        }
        if let Some(first) = known.insert((row.status, &row.code, &row.message), index) {
            let message = format!(
                "duplicate error row: {} with status {}",
                quoted(&row.code),
                row.status
            );
            mistakes.push(
                Diagnostic::new(path.at_value(), message)
                    .help("keep one; rows with the same code must differ in status or message")
                    .also(rows.index(first).at_value(), "first row"),
            );
        }
        let Some(first_row) = first_rows.get_mut(*variant) else {
            continue;
        };
        let (first, code) = *first_row.get_or_insert((index, &row.code));
        if *code != row.code {
            let name = errors
                .variants
                .get(*variant)
                .map(|variant| variant.ident.as_str());
            let name = name.unwrap_or_default();
            let message = format!(
                "the errors {} and {} would both be named {} in Rust",
                quoted(code),
                quoted(&row.code),
                quoted(name)
            );
            let help = format!(
                "name one differently: {}",
                quoted(&format!("rust_name: {name}2"))
            );
            mistakes.push(
                Diagnostic::new(path.key("code").at_value(), message)
                    .help(help)
                    .also(rows.index(first).key("code").at_value(), "first row"),
            );
        }
    }
}

/// An error comes with a status for errors, or with 200.
pub(super) fn status(path: &Path<'_>, status: u16, mistakes: &mut Mistakes) {
    if status != 200 && !(400..600).contains(&status) {
        let message = format!("{status} is not an error status");
        let help = "use 400 to 599, or 200 for an error in a successful reply";
        mistakes.push(Diagnostic::new(path.at_value(), message).help(help));
    }
}
