//! The command `dingtalk`: finds, shows and calls the operations of DingTalk's open platform.

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

fn main() -> std::process::ExitCode {
    command::run(std::env::args_os())
}
