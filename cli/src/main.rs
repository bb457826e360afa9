//! The command `dingtalk`: finds, shows and calls the operations of DingTalk's open platform.

mod body;
mod call;
mod client;
mod command;
mod complete;
mod completion;
mod dry_run;
mod example;
mod failure;
mod list;
mod output;
mod show;

/// Operations with each construct of the spec's format.
#[cfg(test)]
#[path = "../../tests/golden/generated/src/constructs_1_0/mod.rs"]
#[allow(
    clippy::all,
    clippy::pedantic,
    dead_code,
    unused_imports,
    unreachable_pub
)]
mod constructs_1_0;

fn main() -> std::process::ExitCode {
    command::run(std::env::args_os())
}
