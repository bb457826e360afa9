//! Makes Rust of the operations in `spec/`.

use std::process::ExitCode;

fn main() -> ExitCode {
    dingtalk_codegen::Build::new("spec").run()
}
