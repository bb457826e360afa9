//! Files that are not where they should be, or cannot be read.

use dingtalk_codegen::sources::Entries;

use crate::common::{check_entries, good};
use crate::{PLATFORM, SET, TOUCH, report, snapshot, with};

#[test]
fn stray_files() {
    let files = with(&[
        ("notes.txt", ""),
        ("README.md", "fine"),
        ("demo_1_0/extra.yml", ""),
        ("demo_1_0/old/touch.yaml", ""),
        ("empty_1_0/", ""),
    ]);
    snapshot("stray_files", &report(&files));
}

#[test]
fn no_platform() {
    let mut files = good();
    files.remove(PLATFORM);
    snapshot("no_platform", &report(&files));
}

#[test]
fn no_folder() {
    let report =
        dingtalk_codegen::sources::Sources::read("no/such/folder".as_ref()).expect_err("a mistake");
    snapshot("no_folder", &report.to_string());
}

#[test]
fn unreadable_files_and_files_that_are_not_utf8() {
    let mut entries: Entries = good()
        .into_iter()
        .map(|(path, text)| (path, Ok(text.into_bytes())))
        .collect();
    entries.insert(TOUCH.to_owned(), Err("permission denied".to_owned()));
    entries.insert(
        SET.to_owned(),
        Ok(b"operation: SetMembers\nsummary: \xe4\xb8\xad \xff\xfe bad\n".to_vec()),
    );
    let report = check_entries(entries).expect_err("a mistake");
    snapshot(
        "unreadable_files_and_files_that_are_not_utf8",
        &report.to_string(),
    );
}

/// A spec's folder that goes with the test.
#[cfg(unix)]
struct Folder(std::path::PathBuf);

#[cfg(unix)]
impl Folder {
    fn new(name: &str) -> Self {
        let name = format!("dingtalk-codegen-{name}-{}", std::process::id());
        let folder = std::env::temp_dir().join(name);
        for (path, text) in good() {
            let file = folder.join(path);
            std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
            std::fs::write(file, text).expect("a file");
        }
        Self(folder)
    }

    fn report(&self) -> String {
        let report = dingtalk_codegen::sources::Sources::read(&self.0).expect_err("a mistake");
        report
            .to_string()
            .replace(&self.0.display().to_string(), "spec")
    }
}

#[cfg(unix)]
impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

#[cfg(unix)]
#[test]
fn only_regular_files_are_read() {
    let folder = Folder::new("kinds");
    let at = |name: &str| folder.0.join(name);
    let made = std::process::Command::new("mkfifo")
        .arg(at("demo_1_0/pipe.yaml"))
        .status();
    assert!(made.expect("mkfifo").success());
    let _socket =
        std::os::unix::net::UnixListener::bind(at("demo_1_0/socket.yaml")).expect("a socket");
    std::os::unix::fs::symlink("/dev/zero", at("demo_1_0/device.yaml")).expect("a link");
    std::os::unix::fs::symlink("nowhere", at("demo_1_0/dangling.yaml")).expect("a link");
    std::fs::rename(at(TOUCH), at("touch.text")).expect("moved");
    std::os::unix::fs::symlink("../touch.text", at(TOUCH)).expect("a link");
    std::fs::remove_file(at(PLATFORM)).expect("removed");
    std::os::unix::fs::symlink("demo_1_0/pipe.yaml", at(PLATFORM)).expect("a link");
    snapshot("only_regular_files_are_read", &folder.report());
}

#[test]
fn bad_folder_names_and_a_service_without_operations() {
    let touch = "operation: Touch\nsummary: Touches\nmethod: GET\npath: /v1.0/";
    let files = with(&[
        ("Demo_1_0/touch.yaml", &format!("{touch}a\n")),
        ("demo/touch.yaml", &format!("{touch}b\n")),
        ("lonely_1_0/_service.yaml", "summary: Nothing here\n"),
    ]);
    snapshot(
        "bad_folder_names_and_a_service_without_operations",
        &report(&files),
    );
}
