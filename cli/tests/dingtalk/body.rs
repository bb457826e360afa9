//! `call --body` in encodings that are not UTF-8, as terminals of Windows write them.

use std::path::Path;

use crate::program::{DINGTALK, Ended, run};

const CALL: [&str; 7] = [
    "call",
    "conference_1_0",
    "StartCloudRecord",
    "--path",
    "conferenceId=c",
    "--dry-run",
    "--body",
];

fn call(body: &str, input: impl AsRef<[u8]>) -> Ended {
    let arguments: Vec<_> = CALL.into_iter().chain([body]).collect();
    run(DINGTALK, &arguments, &[], input)
}

/// The same bytes from the standard input, a file and, where they can be one, an argument.
fn each_way(test: &str, bytes: &[u8]) -> Vec<Ended> {
    let name = format!("dingtalk-{test}-{}.json", std::process::id());
    let file = std::env::temp_dir().join(name);
    std::fs::write(&file, bytes).unwrap();
    let mut ended = vec![call("@-", bytes), call(&format!("@{}", file.display()), "")];
    if !bytes.contains(&0) {
        let script = format!(
            "'{DINGTALK}' {} \"$(cat '{}')\"",
            CALL.join(" "),
            file.display()
        );
        ended.push(run("bash", &["-c", &script], &[], ""));
    }
    std::fs::remove_file(Path::new(&file)).unwrap();
    ended
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn a_body_that_is_not_utf_8_says_what_it_looks_like_and_how_to_write_it() {
    let text = "{\"unionId\": \"\u{4f60}\"}";
    let marked = format!("\u{feff}{text}");
    for (bytes, guess) in [
        (
            b"{\"unionId\": \"\xc4\xe3\xba\xc3\"}".to_vec(),
            "it looks like GBK; byte 13 is 0xc4",
        ),
        (b"{\"unionId\": \"\xe9\"}".to_vec(), "byte 13 is 0xe9"),
        (
            utf16(&marked, u16::to_le_bytes),
            "it looks like UTF-16 (little endian)",
        ),
        (
            utf16(&marked, u16::to_be_bytes),
            "it looks like UTF-16 (big endian)",
        ),
        (
            utf16(text, u16::to_le_bytes),
            "it looks like UTF-16 (little endian)",
        ),
        (
            utf16(text, u16::to_be_bytes),
            "it looks like UTF-16 (big endian)",
        ),
    ] {
        for ended in each_way("not-utf-8", &bytes) {
            let said = ended.failed_with(2);
            assert!(said.contains(&format!("is not UTF-8: {guess}")), "{said}");
            assert!(
                said.contains("chcp 65001") && said.contains("$OutputEncoding"),
                "{said}"
            );
        }
    }
}

#[test]
fn a_mark_of_utf_8_is_passed_over() {
    for ended in each_way(
        "marked",
        "\u{feff}{\"unionId\": \"\u{4f60}\u{597d}\"}".as_bytes(),
    ) {
        assert_eq!(ended.json()["body"]["unionId"], "\u{4f60}\u{597d}");
    }
}
