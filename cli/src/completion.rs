use clap::{Arg, ArgMatches, Command};

use crate::command::text;
use crate::failure::Failure;
use crate::output;

const SHELLS: [(&str, &str); 3] = [
    ("bash", include_str!("completion/dingtalk.bash")),
    ("zsh", include_str!("completion/dingtalk.zsh")),
    ("fish", include_str!("completion/dingtalk.fish")),
];

/// `completion SHELL`
pub fn command() -> Command {
    Command::new("completion")
        .about("Prints a script that completes commands, services, operations and fields with Tab")
        .after_help(
            "Examples:\n  source <(dingtalk completion bash)      in ~/.bashrc\n  \
             source <(dingtalk completion zsh)       in ~/.zshrc, after compinit\n  \
             dingtalk completion fish | source       in ~/.config/fish/config.fish",
        )
        .arg(
            Arg::new("shell")
                .value_name("SHELL")
                .required(true)
                .value_parser(SHELLS.map(|(name, _)| name))
                .help("The shell"),
        )
}

pub fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let shell = text(matches, "shell");
    let script = SHELLS.iter().find(|(name, _)| *name == shell);
    output::print(script.map_or("", |(_, script)| script))
}

/// The supported shells.
pub fn shells() -> impl Iterator<Item = &'static str> {
    SHELLS.iter().map(|(name, _)| *name)
}
