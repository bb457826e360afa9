//! The table of services in `SERVICES.md`. The build maintains it: never edit the text between its marks.

use std::path::Path;
use std::{fs, io};

use crate::emit::{ServiceEntry, services_table};
use crate::files;

/// The table begins behind this line.
const BEGIN: &str = "<!-- services -->\n";
const END: &str = "<!-- /services -->";

/// Writes the services into the table between the marks of a file; returns whether that changed the file. A file
/// without marks, or none at all, is left as it is.
///
/// # Errors
/// If the file cannot be read or written.
pub fn update(file: &Path, services: &[ServiceEntry]) -> io::Result<bool> {
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(error),
    };
    match with_table(&text, services) {
        Some(new) if new != text => files::write(file, &new).map(|()| true),
        _ => Ok(false),
    }
}

/// The text with the services in its table; `None` if it has no marks.
pub fn with_table(text: &str, services: &[ServiceEntry]) -> Option<String> {
    let (before, rest) = text.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    let count = services.len();
    let operations: usize = services.iter().map(|service| service.operations).sum();
    Some(format!(
        "{before}{BEGIN}{count} services, {operations} operations / {count} 个服务,{operations} 个接口\n\n{}\n{END}{after}",
        services_table(services),
    ))
}

#[cfg(test)]
mod tests {
    use super::with_table;
    use crate::emit::ServiceEntry;

    #[test]
    fn only_what_stands_between_the_marks_is_made_anew() {
        let services = ["a_1_0", "b_1_0"].map(|name| ServiceEntry {
            name: name.to_owned(),
            handle: String::new(),
            api: None,
            title: (name == "a_1_0").then(|| "字母".to_owned()),
            summary: (name == "a_1_0").then(|| "Letters | marks".to_owned()),
            operations: 3,
        });
        let text = "# S\n\n<!-- services -->\nold\n<!-- /services -->\n\nMore\n";
        let wanted = "# S\n\n<!-- services -->\n2 services, 6 operations / 2 个服务,6 个接口\n\n\
                      | feature | operations | about | 说明 |\n|---|---|---|---|\n\
                      | `a_1_0` | 3 | Letters \\| marks | 字母 |\n| `b_1_0` | 3 |  |  |\n\n<!-- /services -->\n\nMore\n";
        let made = with_table(text, &services);
        assert_eq!(made.as_deref(), Some(wanted));
        assert_eq!(with_table(wanted, &services).as_deref(), Some(wanted));
        assert_eq!(with_table("# S\n<!-- services -->\n", &services), None);
    }
}
