//! The command `dingtalk` finds, shows, calls and imitates the operations of DingTalk's open platform.

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
mod mock;
mod output;
mod show;

/// The operations of the golden spec, which uses every construct of the format.
#[cfg(test)]
fn golden() -> dingtalk_catalogue::Catalogue {
    let file = include_bytes!("../../tests/golden/generated/src/catalogue.bin");
    dingtalk_catalogue::Catalogue::open(file).unwrap_or_else(|error| panic!("{error}"))
}

fn main() -> std::process::ExitCode {
    command::run(std::env::args_os())
}
