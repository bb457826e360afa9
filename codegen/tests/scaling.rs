//! The work on a file grows with its size, and no faster.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "tests may"
)]

mod common;

use std::fs;
use std::path::Path;

use common::scaling::{is_linear, lines, operation};
use dingtalk_codegen::check::examine_services;
use dingtalk_codegen::report::Report;
use dingtalk_codegen::sources::{Entries, Sources};

const SIZE: usize = 1_000;

/// A spec of one file.
fn sources(text: &str) -> Sources {
    let entries = Entries::from([("demo_1_0/big.yaml".to_owned(), Ok(text.into()))]);
    Sources::from_entries("spec", entries).unwrap()
}

fn good(name: &str, text: impl Fn(usize) -> String) {
    let make = |size| sources(&operation(&text(size)));
    is_linear(name, SIZE, make, |sources| {
        if let Err(report) = examine_services(sources) {
            panic!("{report}");
        }
    });
}

fn bad(name: &str, text: impl Fn(usize) -> String) {
    let make = |size| sources(&operation(&text(size)));
    is_linear(name, SIZE, make, |sources| drop(report(sources)));
    is_linear(
        name,
        SIZE,
        |size| report(&make(size)),
        |report| drop(report.to_string()),
    );
}

fn report(sources: &Sources) -> Report {
    let report = examine_services(sources).expect_err("mistakes");
    assert!(report.diagnostics().len() >= SIZE / 2);
    report
}

fn body(count: usize, field: impl Fn(usize) -> String) -> String {
    format!("body:\n{}", lines(count, field))
}

#[test]
fn many_fields_are_checked_in_linear_time() {
    good("fields", |n| {
        body(n, |i| {
            format!("  field{i}: {{ type: string, doc: A field }}\n")
        })
    });
    good("fields in braces", |n| {
        format!(
            "body: {{{}}}\n",
            lines(n, |i| format!("field{i}: {{ type: string, doc: 字 }}, "))
        )
    });
    good("objects", |n| {
        body(n, |i| {
            format!("  field{i}: {{ object: {{ a: {{ type: string }} }} }}\n")
        })
    });
    good("headers", |n| {
        format!(
            "headers:\n{}",
            lines(n, |i| format!("  x-{i}: {{ type: string }}\n"))
        )
    });
}

#[test]
fn many_values_and_error_rows_are_checked_in_linear_time() {
    good("values", |n| {
        format!(
            "body:\n  mode:\n    enum:\n{}",
            lines(n, |i| format!("      value{i}: A value\n"))
        )
    });
    good("rows", |n| {
        format!(
            "errors:\n{}",
            lines(n, |i| format!("  - {{ status: 400, code: code{i} }}\n"))
        )
    });
}

#[test]
fn many_types_are_checked_in_linear_time() {
    let chain = |n, required: &str| {
        let next = |i| {
            format!(
                "  T{i}: {{ object: {{ next: {{ type: T{}{required} }} }} }}\n",
                i + 1
            )
        };
        let last = format!("  T{n}: {{ object: {{ end: {{ type: string }} }} }}\n");
        format!(
            "body: {{ first: {{ type: T0 }} }}\ntypes:\n{}{last}",
            lines(n, next)
        )
    };
    good("a chain", |n| chain(n, ""));
    good("a chain of required fields", |n| {
        chain(n, ", required: true")
    });
    good("a circle", |n| {
        let next = |i| {
            format!(
                "  T{i}: {{ object: {{ next: {{ type: T{} }} }} }}\n",
                (i + 1) % n
            )
        };
        format!(
            "body: {{ first: {{ type: T0 }} }}\ntypes:\n{}",
            lines(n, next)
        )
    });
}

#[test]
fn many_mistakes_are_found_and_reported_in_linear_time() {
    bad("a key misspelled in each field", |n| {
        body(n, |i| {
            format!("  field{i}: {{ type: string, dok: A field }}\n")
        })
    });
    bad("the same in one line", |n| {
        format!(
            "body: {{{}}}\n",
            lines(n, |i| format!(
                "field{i}: {{ type: \"string\", dok: 字 }}, "
            ))
        )
    });
    bad("unknown keys of the file", |n| {
        lines(n, |i| format!("key{i}: 1\n"))
    });
    bad("unknown types", |n| {
        body(n, |i| format!("  field{i}: {{ type: text{i} }}\n"))
    });
    bad("names that collide", |n| {
        body(n, |i| {
            format!("  fieldA{i}: {{ type: string }}\n  field_a{i}: {{ type: string }}\n")
        })
    });
    bad("values without a name", |n| {
        format!(
            "body:\n  mode:\n    enum:\n{}",
            lines(n, |i| format!("      \"> {i}\": A value\n"))
        )
    });
    bad("types that require each other", |n| {
        let pair = |i| {
            let hold = |name, other| {
                format!(
                    "  {name}{i}: {{ object: {{ x: {{ type: {other}{i}, required: true }} }} }}\n"
                )
            };
            hold("A", "B") + &hold("B", "A")
        };
        format!(
            "body:\n{}types:\n{}",
            lines(n, |i| format!("  f{i}: {{ type: A{i} }}\n")),
            lines(n, pair)
        )
    });
}

#[test]
fn a_large_operation_is_generated_in_linear_time() {
    let root = Path::new(env!("CARGO_TARGET_TMPDIR")).join("scaling");
    let make = |size: usize| {
        let folder = root.join(size.to_string());
        let _ = fs::remove_dir_all(&folder);
        let service = folder.join("spec/demo_1_0");
        fs::create_dir_all(&service).unwrap();
        let field = |i| format!("  field{i}: {{ type: string }}\n");
        fs::write(service.join("big.yaml"), operation(&body(size, field))).unwrap();
        folder
    };
    is_linear("generate", 100, make, |folder| {
        let build = dingtalk_codegen::Build::new(folder.join("spec")).out_dir(folder);
        fs::remove_file(build.generate().unwrap()).unwrap();
    });
}
