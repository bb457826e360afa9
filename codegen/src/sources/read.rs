//! Reads files and folders.

use std::fs::FileType;
use std::path::Path;
use std::{fs, io};

use super::{EVENTS, Entries};
use crate::diagnostic::quoted;

/// Reads a regular file, or a link to one. Reading anything else, such as a pipe, may never end.
pub fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let kind = fs::metadata(path)?.file_type();
    if kind.is_file() {
        return fs::read(path);
    }
    let message = format!("it is {}, not a regular file", described(kind));
    Err(io::Error::new(io::ErrorKind::InvalidInput, message))
}

/// As [`read_file`], for a text.
pub fn read_text(path: &Path) -> io::Result<String> {
    String::from_utf8(read_file(path)?)
        .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))
}

fn described(kind: FileType) -> &'static str {
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt as _;
        if kind.is_fifo() {
            return "a pipe";
        }
        if kind.is_socket() {
            return "a socket";
        }
        if kind.is_block_device() || kind.is_char_device() {
            return "a device";
        }
    }
    if kind.is_dir() {
        "a folder"
    } else {
        "something else"
    }
}

/// The names in a folder, without those that editors and file systems put there.
pub(super) fn read_folder(folder: &Path) -> io::Result<Vec<Result<String, String>>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        match name.into_string() {
            Ok(name) if name.starts_with('.') || name.ends_with('~') => {}
            Ok(name) => names.push(Ok(name)),
            Err(name) => names.push(Err(name.to_string_lossy().into_owned())),
        }
    }
    Ok(names)
}

pub(super) fn read_entry(
    root: &Path,
    path: Result<String, String>,
    depth: usize,
    entries: &mut Entries,
) {
    let path = match path {
        Ok(path) => path,
        Err(lossy) => {
            let reason = format!("the name {} is not UTF-8", quoted(&lossy));
            entries.insert(lossy, Err(reason));
            return;
        }
    };
    let full = root.join(&path);
    if !full.is_dir() {
        entries.insert(path, read_file(&full).map_err(|error| error.to_string()));
        return;
    }
    let folder = format!("{path}/");
    match read_folder(&full) {
        // Folders are services, and groups in `events/`; what is deeper is named, not searched.
        _ if depth > usize::from(path.split('/').next() == Some(EVENTS)) => {
            entries.insert(folder, Ok(Vec::new()));
        }
        Ok(names) if names.is_empty() => {
            entries.insert(folder, Ok(Vec::new()));
        }
        Ok(names) => {
            for name in names {
                let inner = |name: String| format!("{path}/{name}");
                read_entry(root, name.map(inner).map_err(inner), depth + 1, entries);
            }
        }
        Err(error) => {
            entries.insert(path, Err(error.to_string()));
        }
    }
}
