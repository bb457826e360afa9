//! Mistakes in signatures, and in what an operation says of its webhook.

use crate::common::{Files, check, good};
use crate::{PLATFORM, TOUCH, report};

/// The good spec with a signature of this text, these fields and this signer, and an operation with these keys.
fn signed(signature: &str, operation: &str) -> Files {
    let mut files = good();
    let platform = files.get_mut(PLATFORM).expect("a platform");
    let signatures = format!("    signatures: {{ stamp: {signature} }}\n    errors:\n");
    *platform = platform.replacen("    errors:\n", &signatures, 1);
    files
        .get_mut(TOUCH)
        .expect("an operation")
        .push_str(operation);
    files
}

const STAMP: &str = r#"{ signer: application, text: "{key}\n{timestamp}", query: { at: timestamp, sign: signature } }"#;

#[test]
fn a_signed_operation_is_good() {
    if let Err(report) = check(&signed(STAMP, "token: none\nsignature: stamp\n")) {
        panic!("{report}");
    }
    let webhook = STAMP.replace("application", "webhook");
    let operation = "token: none\nwebhook: key\nsignature: stamp\nmax_bytes: 9\nbody: {}\n";
    if let Err(report) = check(&signed(&webhook, operation)) {
        panic!("{report}");
    }
}

#[test]
fn a_mistake_in_a_signature_has_a_place_and_a_message() {
    let good = "token: none\nsignature: stamp\n";
    for (from, to, says) in [
        ("{key}", "{kee}", "unknown value `{kee}` in the signed text"),
        ("{key}", "{key", "braces that do not fit together"),
        (", sign: signature", "", "no field takes the signature"),
        (
            "at: timestamp",
            "at: signature",
            "a second field takes the signature",
        ),
        ("signer: application", "signer: webhook", "needs a webhook"),
    ] {
        let report = report(&signed(&STAMP.replace(from, to), good));
        assert!(
            report.contains(says) && report.contains(".yaml:"),
            "{says}: {report}"
        );
    }
}

#[test]
fn a_mistake_in_what_an_operation_sends_has_a_place_and_a_message() {
    for (operation, says) in [
        ("signature: stmp\n", "unknown signature `stmp`"),
        ("signature: stmp\n", "did you mean `stamp`?"),
        (
            "signature: stamp\nquery: { sign: { type: string } }\n",
            "the client sends `sign` itself",
        ),
        ("webhook: key\n", "takes no token"),
        (
            "token: none\nwebhook: key\nquery: { key: { type: string } }\n",
            "the client sends `key` itself",
        ),
        ("max_bytes: 9\n", "`max_bytes` needs a body"),
        ("max_bytes: 0\nbody: {}\n", "`max_bytes` must be at least 1"),
    ] {
        let report = report(&signed(STAMP, operation));
        assert!(
            report.contains(says) && report.contains("touch.yaml:"),
            "{says}: {report}"
        );
    }
}
