//! The table of services in a README. The build maintains it: never edit the text between its marks.

use std::path::Path;
use std::{fs, io};

use crate::emit::{ServiceEntry, services_table};
use crate::files;

/// A table in one language begins with its mark, a line of its own.
struct Language {
    mark: &'static str,
    head: [&'static str; 3],
    summary: fn(services: usize, operations: usize) -> String,
}

const LANGUAGES: [Language; 2] = [
    Language {
        mark: "<!-- services: en -->\n",
        head: ["feature", "operations", "about"],
        summary: |services, operations| {
            format!("All {services} services, with {operations} operations")
        },
    },
    Language {
        mark: "<!-- services: zh -->\n",
        head: ["feature", "接口数", "说明"],
        summary: |services, operations| format!("全部 {services} 个服务,共 {operations} 个接口"),
    },
];

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
    LANGUAGES.iter().find_map(|language| {
        let (before, rest) = text.split_once(language.mark)?;
        let (_, after) = rest.split_once(END)?;
        let operations = services.iter().map(|service| service.operations).sum();
        Some(format!(
            "{before}{}<details>\n<summary>{}</summary>\n\n{}\n</details>\n{END}{after}",
            language.mark,
            (language.summary)(services.len(), operations),
            services_table(services, language.head),
        ))
    })
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
            summary: (name == "a_1_0").then(|| "Letters | marks".to_owned()),
            operations: 3,
        });
        let text = "# R\n\n<!-- services: en -->\nold\n<!-- /services -->\n\nMore\n";
        let wanted = "# R\n\n<!-- services: en -->\n<details>\n<summary>All 2 services, with 6 operations</summary>\n\n\
                      | feature | operations | about |\n|---|---|---|\n| `a_1_0` | 3 | Letters \\| marks |\n\
                      | `b_1_0` | 3 |  |\n\n</details>\n<!-- /services -->\n\nMore\n";
        let made = with_table(text, &services);
        assert_eq!(made.as_deref(), Some(wanted));
        assert_eq!(with_table(wanted, &services).as_deref(), Some(wanted));
        assert_eq!(with_table("# R\n<!-- services: en -->\n", &services), None);
    }
}
