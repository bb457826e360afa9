//! What becomes of files when they cannot be written: a full disk, a folder that is read-only, a program that is killed.
#![cfg(unix)]
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests may"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, SystemTime};

const PROGRAM: &str = env!("CARGO_BIN_EXE_dingtalk-spec");

/// All that is in a folder: the texts of its files, by their paths.
type Content = BTreeMap<PathBuf, Vec<u8>>;

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// An empty folder for a test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("half-written-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn content(folder: &Path) -> Content {
    let mut found = Content::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = PathBuf::from(path.file_name().unwrap());
        if path.is_dir() {
            let inner = content(&path).into_iter();
            found.extend(inner.map(|(inner, text)| (name.join(inner), text)));
        } else {
            found.insert(name, fs::read(&path).unwrap());
        }
    }
    found
}

/// The command that makes the crate in `out` that of the golden spec, which has no service of the good one.
fn generate(out: &Path) -> Command {
    generate_from(&project("tests/golden/spec"), out)
}

fn generate_from(spec: &Path, out: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(["generate", "--spec"]).arg(spec);
    command.arg("--out").arg(out);
    command
}

/// The crate that is made from the good spec.
static OLD: LazyLock<Content> = LazyLock::new(|| made("old", &project("codegen/tests/good")));

/// What it becomes.
static NEW: LazyLock<Content> = LazyLock::new(|| made("new", &project("tests/golden/spec")));

fn made(name: &str, spec: &Path) -> Content {
    let out = folder(name).join("crate");
    succeed(&mut generate_from(spec, &out));
    content(&out)
}

fn old_crate(name: &str) -> PathBuf {
    let out = folder(name).join("crate");
    for (path, text) in &*OLD {
        let file = out.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    out
}

fn succeed(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The same command where files may have so many blocks; to write more is an error, or the end of the program.
fn with_room(blocks: u32, end: bool, command: &Command) -> Command {
    let signal = if end { "" } else { "trap '' XFSZ; " };
    let script = format!("{signal}ulimit -c 0; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(script);
    shell.arg(command.get_program()).args(command.get_args());
    shell
}

/// The same user, unless that is one whom no permission stops.
fn as_mortal(command: &mut Command) -> &mut Command {
    if fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0) {
        command.uid(65534).gid(65534);
    }
    command
}

#[test]
fn a_disk_that_is_full_at_any_point_leaves_the_crate_as_it_was_and_the_error_names_the_file() {
    let out = old_crate("full");
    let before = content(&out);
    let largest = NEW.values().map(Vec::len).max().unwrap();
    let mut failed = 0;
    for blocks in 0.. {
        let output = with_room(blocks, false, &generate(&out)).output().unwrap();
        if output.status.success() {
            break;
        }
        failed += 1;
        assert!(content(&out) == before, "with {blocks} blocks");
        let said = stderr(&output);
        let named = said
            .strip_prefix(&format!("error: {}/", out.display()))
            .and_then(|rest| rest.split_once(": "))
            .unwrap_or_else(|| panic!("{said}"));
        assert!(!named.0.contains(".generating"), "{said}");
        assert!(said.contains("File too large"), "{said}");
        assert!(said.contains("no file was changed"), "{said}");
        assert!((blocks as usize) * 512 <= largest);
    }
    assert!(failed > 5);
    assert!(content(&out) == *NEW);
}

#[test]
fn a_disk_that_is_full_at_the_first_generation_leaves_nothing() {
    let folder = folder("first");
    let out = folder.join("some/crate");
    let output = with_room(2, false, &generate(&out)).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
}

#[test]
fn a_folder_in_the_place_of_a_file_is_named_and_all_else_stays() {
    let out = old_crate("folder-for-file");
    fs::create_dir_all(out.join("src/constructs_1_0/mod.rs/inside")).unwrap();
    let before = content(&out);
    let output = generate(&out).output().unwrap();
    let said = stderr(&output);
    assert!(said.contains("src/constructs_1_0/mod.rs: "), "{said}");
    assert!(content(&out) == before);
}

#[test]
fn a_step_that_fails_when_others_are_done_takes_them_back() {
    let out = old_crate("middle");
    // All files of the other service's folders are moved in before.
    fs::write(out.join("src/tokens_1_0"), "mine").unwrap();
    let before = content(&out);
    let output = generate(&out).output().unwrap();
    let said = stderr(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("src/tokens_1_0"), "{said}");
    assert!(content(&out) == before);
}

#[test]
fn a_read_only_folder_is_named_and_the_crate_stays_as_it_was() {
    let out = old_crate("read-only");
    let before = content(&out);
    let all = Permissions::from_mode;
    let folders: BTreeSet<_> = before.keys().filter_map(|file| file.parent()).collect();
    for folder in folders {
        fs::set_permissions(out.join(folder), all(0o777)).unwrap();
    }
    for closed in ["src/token_1_0", "src", ""] {
        fs::set_permissions(out.join(closed), all(0o555)).unwrap();
        let output = as_mortal(&mut generate(&out)).output().unwrap();
        let said = stderr(&output);
        fs::set_permissions(out.join(closed), all(0o777)).unwrap();
        assert_eq!(output.status.code(), Some(1), "{closed}: {said}");
        assert!(said.contains("Permission denied"), "{said}");
        assert!(
            said.contains(&out.join(closed).display().to_string()),
            "{said}"
        );
        assert!(content(&out) == before, "{closed}");
    }
}

#[test]
fn a_run_killed_while_it_writes_leaves_the_crate_and_the_next_one_makes_it() {
    for blocks in [0, 1, 2, 4, 8, 12, 16] {
        let out = old_crate("killed");
        let before = content(&out);
        let output = with_room(blocks, true, &generate(&out)).output().unwrap();
        assert_eq!(output.status.code(), None, "killed: {}", stderr(&output));
        let left = content(&out).into_iter();
        let left = left.filter(|(path, _)| !path.starts_with(left_over(&out)));
        assert!(left.collect::<Content>() == before);
        abandon(&out);
        succeed(&mut generate(&out));
        assert!(content(&out) == *NEW, "after {blocks} blocks");
    }
}

#[test]
fn a_run_killed_between_two_steps_is_seen_by_the_next_one() {
    let wanted = &*NEW;
    let out = old_crate("between");
    let old = content(&out);
    let mut paths: Vec<_> = old.keys().chain(wanted.keys()).collect();
    paths.sort();
    paths.dedup();
    for moved in 0..paths.len() {
        // Each second time, the next file's old text is out of the way and the new one not in yet.
        let gone = moved % 2 == 1;
        let _ = fs::remove_dir_all(&out);
        for (at, path) in paths.iter().enumerate() {
            let from = if at < moved { wanted } else { &old };
            let Some(text) = from.get(*path).filter(|_| !(gone && at == moved)) else {
                continue;
            };
            let file = out.join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        }
        dingtalk_codegen::generate(&project("tests/golden/spec"), &out).unwrap();
        assert!(content(&out) == *wanted, "after {moved} of {}", paths.len());
    }
}

#[test]
fn a_run_killed_at_any_moment_is_repaired_by_the_next_one() {
    for files in 0..8 {
        let out = old_crate("signal");
        let mut child = generate(&out)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let enough = || {
            let staging = fs::read_dir(out.join(format!(".generating-{}", child.id())));
            staging.is_ok_and(|entries| entries.count() >= files * 6)
        };
        // It ends by itself if it is too fast.
        while !enough() && out.join("src/demo_1_0/mod.rs").exists() {
            std::thread::yield_now();
        }
        child.kill().unwrap();
        child.wait().unwrap();
        abandon(&out);
        succeed(&mut generate(&out));
        assert!(content(&out) == *NEW);
    }
}

/// What a killed run has left.
fn left_over(out: &Path) -> PathBuf {
    let mut names = fs::read_dir(out)
        .unwrap()
        .map(|entry| entry.unwrap().file_name());
    let found = names.find(|name| name.to_string_lossy().starts_with(".generating-"));
    found.unwrap_or_default().into()
}

/// Makes it look as if the run had been killed long ago.
fn abandon(out: &Path) {
    let before = SystemTime::now() - Duration::from_secs(600);
    let folder = File::open(out.join(left_over(out))).unwrap();
    folder.set_modified(before).unwrap();
}

#[test]
fn what_another_run_is_writing_right_now_is_left_alone() {
    let out = old_crate("beside");
    let other = out.join(".generating-1/0.new");
    fs::create_dir_all(other.parent().unwrap()).unwrap();
    fs::write(&other, "text").unwrap();
    succeed(&mut generate(&out));
    assert!(other.exists());
}

#[test]
fn every_other_tool_leaves_a_file_as_it_was_if_the_new_one_cannot_be_written() {
    let folder = folder("tools");
    for (path, text) in content(&project("codegen/tests/good")) {
        let file = folder.join("spec").join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    let platform = folder.join("spec/platform.yaml");
    let text = fs::read_to_string(&platform).unwrap();
    fs::write(&platform, format!("\n\n{text}")).unwrap();
    fs::write(folder.join("api.json"), "{}").unwrap();
    let page = project("spec-tools/tests/pages/older.md");
    let page = page.to_str().unwrap();
    let before = content(&folder);
    for args in [
        &["fmt"][..],
        &["openapi", "--out", "api.json"],
        &["openapi", "--out", "new.json"],
        &["new", "demo_1_0", "MakeSomething"],
        &["new", "other_1_0", "MakeSomething", "--new-service"],
        &["import", "doc", page],
    ] {
        let mut command = Command::new(PROGRAM);
        command.args(args);
        let mut command = with_room(0, false, &command);
        let output = command.current_dir(&folder).output().unwrap();
        assert!(!output.status.success(), "{args:?}");
        let said = stderr(&output);
        assert!(said.contains("File too large"), "{args:?}: {said}");
        assert!(content(&folder) == before, "{args:?}");
    }
}

#[test]
fn a_link_and_the_permissions_of_a_file_stay_when_it_is_written() {
    let folder = folder("link");
    let (file, link) = (folder.join("file"), folder.join("link"));
    fs::write(&file, "old").unwrap();
    fs::set_permissions(&file, Permissions::from_mode(0o640)).unwrap();
    symlink("file", &link).unwrap();
    dingtalk_codegen::files::write(&link, "new").unwrap();
    assert!(link.is_symlink());
    assert_eq!(fs::read_to_string(&file).unwrap(), "new");
    assert_eq!(fs::metadata(&file).unwrap().mode() & 0o777, 0o640);
    fs::set_permissions(&file, Permissions::from_mode(0o440)).unwrap();
    dingtalk_codegen::files::write(&link, "newer").unwrap_err();
    assert_eq!(fs::read_to_string(&file).unwrap(), "new");
}
