//! Reading the body of a call.

use std::ffi::OsStr;
use std::io::Read as _;
use std::{fs, io};

use dingtalk_api::model::Json;

use crate::failure::Failure;

const UTF8_MARK: &[u8] = b"\xef\xbb\xbf";

/// Reads the body from an argument: JSON, `@file`, or `@-` for standard input.
pub fn read(argument: &OsStr) -> Result<Json, Failure> {
    let from = argument.to_str().and_then(|text| text.strip_prefix('@'));
    let (name, bytes) = match from {
        None => ("--body".to_owned(), argument.as_encoded_bytes().to_vec()),
        Some(file) => {
            let name = format!("--body @{file}");
            let read = match file {
                "-" => {
                    let mut bytes = Vec::new();
                    io::stdin().read_to_end(&mut bytes).map(|_| bytes)
                }
                file => fs::read(file),
            };
            let bytes = read.map_err(|error| Failure::usage(format!("{name}: {error}")))?;
            (name, bytes)
        }
    };
    let bytes = bytes.strip_prefix(UTF8_MARK).unwrap_or(&bytes);
    let text = text(bytes).map_err(|found| {
        Failure::usage(format!("{name} is not UTF-8: {found}")).hint(
            "Save the file as UTF-8 (PowerShell: Out-File -Encoding utf8). Before piping, run `chcp 65001` in cmd, or \
             `$OutputEncoding = [Text.Encoding]::UTF8` in PowerShell",
        )
    })?;
    text.parse()
        .map_err(|error| Failure::usage(format!("{name} is not valid JSON: {error}")))
}

/// The bytes as UTF-8, or a guess at their encoding.
fn text(bytes: &[u8]) -> Result<&str, String> {
    // JSON begins with an ASCII character and contains no NUL, so a NUL next to the first byte means UTF-16.
    match bytes {
        [0xff, 0xfe, ..] | [1..=0xff, 0, ..] => {
            return Err("it looks like UTF-16 (little endian)".into());
        }
        [0xfe, 0xff, ..] | [0, 1..=0xff, ..] => {
            return Err("it looks like UTF-16 (big endian)".into());
        }
        _ => {}
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let guess = if is_gbk(bytes) {
            "it looks like GBK; "
        } else {
            ""
        };
        let byte = bytes.get(at).copied().unwrap_or_default();
        format!("{guess}byte {at} is 0x{byte:02x}")
    })
}

/// Whether all bytes are ASCII or pairs of GBK.
fn is_gbk(mut bytes: &[u8]) -> bool {
    loop {
        bytes = match bytes {
            [] => return true,
            [0..=0x7f, rest @ ..] | [0x81..=0xfe, 0x40..=0x7e | 0x80..=0xfe, rest @ ..] => rest,
            _ => return false,
        };
    }
}
