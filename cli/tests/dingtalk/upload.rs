//! `call --file`.

use serde_json::{Value, json};

use crate::program::{DINGTALK, run};
use crate::support::{StandIn, multipart};

/// Runs `call oapi_media Upload` for a photo with more arguments.
fn upload(server: &str, arguments: &[&str]) -> crate::program::Ended {
    let environment = [
        ("DINGTALK_BASE_URL", server),
        ("DINGTALK_ACCESS_TOKEN", "t"),
    ];
    let call = [
        "call",
        "oapi_media",
        "Upload",
        "--body",
        r#"{"type":"image"}"#,
    ];
    run(DINGTALK, &[&call[..], arguments].concat(), &environment, "")
}

/// A photo under a Chinese name; and the argument that uploads it.
fn photo(test: &str) -> (std::path::PathBuf, String) {
    let folder = std::env::temp_dir().join(format!("dingtalk-{test}-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let photo = folder.join("照片.png");
    std::fs::write(&photo, b"photo").unwrap();
    let argument = format!("--file=media={}", photo.display());
    (folder, argument)
}

#[test]
fn a_file_is_sent_under_its_name() {
    let (folder, argument) = photo("upload");
    let stand_in = StandIn::that_accepts_everything().unwrap();
    upload(stand_in.url(), &[&argument]);
    let sent = stand_in.take_requests().pop().unwrap();
    let kind = sent.header("content-type").unwrap();
    let fields = multipart::fields(kind, &sent.body).map(Value::Object);
    assert_eq!(
        fields,
        Some(json!({ "type": "image", "media": "照片.png" }))
    );
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_dry_run_shows_name_and_size() {
    let (folder, argument) = photo("dry-run");
    let ended = upload("http://127.0.0.1:9", &[&argument, "--dry-run"]);
    let media = json!({ "file": "照片.png", "bytes": 5 });
    assert_eq!(
        ended.json()["body"],
        json!({ "type": "image", "media": media })
    );
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_file_that_cannot_be_sent_is_named() {
    for (argument, said) in [
        (
            "--file=media=./none.png",
            "media cannot be read: ./none.png: ",
        ),
        ("--file=media=.", "media must be a file, found a folder: ."),
        (
            "--file=photo=./none.png",
            "files.photo is not a field that takes a file",
        ),
        (
            "--file=media",
            "--file `media` has no value: write NAME=VALUE",
        ),
    ] {
        let ended = upload("http://127.0.0.1:9", &[argument]);
        let all = ended.failed_with(2);
        assert!(all.contains(said), "{all}");
    }
}
