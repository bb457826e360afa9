//! Completion, as shells have it.

use crate::program::{DINGTALK, Ended, dingtalk, run};

/// What the last word may become.
fn candidates(words: &[&str]) -> Vec<String> {
    let mut arguments = vec!["complete", "--"];
    arguments.extend(words);
    let ended = dingtalk(&arguments);
    assert_eq!(ended.code, Some(0), "{ended:?}");
    let values = ended
        .out
        .lines()
        .map(|line| line.split('\t').next().unwrap());
    values.map(str::to_owned).collect()
}

#[test]
fn each_place_has_candidates_of_its_own() {
    assert_eq!(
        candidates(&[""]),
        ["list", "show", "call", "mock", "completion"]
    );
    assert_eq!(candidates(&["s"]), ["show"]);
    assert_eq!(candidates(&["show", "conf"]), ["conference_1_0"]);
    assert_eq!(candidates(&["show", "events_con"]), ["events_contact"]);
    assert_eq!(candidates(&["call", "events_con"]), [""; 0]);
    assert_eq!(
        candidates(&["show", "events_contact", "user_add"]),
        ["user_add_org"]
    );
    assert_eq!(
        candidates(&["call", "conference_1_0", "StartCloudR"]),
        ["StartCloudRecord"]
    );
    let call = ["call", "conference_1_0", "StartCloudRecord"];
    let after = |more: &[&str]| candidates(&[&call[..], more].concat());
    assert_eq!(after(&["--d"]), ["--dry-run"]);
    assert_eq!(after(&["--path", ""]), ["conferenceId="]);
    assert_eq!(after(&["--body", ""]), [""; 0]);
    assert_eq!(after(&["--dry-run", "--path", "con"]), ["conferenceId="]);
    assert_eq!(candidates(&["completion", ""]), ["bash", "zsh", "fish"]);
    assert_eq!(candidates(&["nothing", "x"]), [""; 0]);
    assert_eq!(candidates(&[]).len(), 5);
}

#[test]
fn candidates_are_explained() {
    let shown = dingtalk(&[
        "complete",
        "--",
        "show",
        "conference_1_0",
        "StartCloudRecord",
    ]);
    assert_eq!(
        shown.out,
        "StartCloudRecord\tStarts the cloud recording of a video conference\n"
    );
}

/// Runs a script in a shell that finds the program.
fn in_shell(shell: &str, script: &str) -> Option<Ended> {
    let known = std::env::var("PATH").unwrap_or_default();
    if !std::env::split_paths(&known).any(|folder| folder.join(shell).is_file()) {
        return None;
    }
    let folder = std::path::Path::new(DINGTALK).parent().unwrap();
    let path = format!("{}:{known}", folder.display());
    Some(run(shell, &["-c", script], &[("PATH", &path)], ""))
}

#[test]
fn bash_completes_with_the_script() {
    let complete = |line: &str| {
        let script = format!(
            "source <(dingtalk completion bash) && COMP_LINE='{line}' && COMP_POINT=${{#COMP_LINE}} &&
             compopt() {{ echo \"compopt $*\"; }} && _dingtalk && printf '%s\\n' \"${{COMPREPLY[@]}}\""
        );
        let ended = in_shell("bash", &script).unwrap();
        assert_eq!((ended.code, &*ended.err), (Some(0), ""), "{ended:?}");
        ended.out
    };
    assert_eq!(complete("dingtalk comp"), "completion\n");
    assert_eq!(complete("dingtalk show conf"), "conference_1_0\n");
    assert_eq!(
        complete("dingtalk show conference_1_0 StartCloudR"),
        "StartCloudRecord\n"
    );
    // No space is put after what goes on.
    assert_eq!(
        complete("dingtalk call conference_1_0 StartCloudRecord --path "),
        "compopt -o nospace\nconferenceId=\n"
    );
}

#[test]
fn bash_knows_the_command_by_the_script() {
    let script = "source <(dingtalk completion bash) && complete -p dingtalk";
    let ended = in_shell("bash", script).unwrap();
    assert_eq!(ended.out, "complete -o default -F _dingtalk dingtalk\n");
}

#[test]
fn zsh_completes_with_the_script() {
    let script = "autoload -U compinit && compinit -u -D && source <(dingtalk completion zsh) &&
        compadd() { print -r -- \"compadd $*: ${(P)@[-1]}\" } &&
        words=(dingtalk show conf) && CURRENT=3 && _dingtalk &&
        words=(dingtalk call conference_1_0 StartCloudRecord --path '') && CURRENT=6 && _dingtalk";
    let Some(ended) = in_shell("zsh", script) else {
        return;
    };
    assert_eq!(
        (&*ended.out, &*ended.err),
        (
            "compadd -l -d shown -a values: conference_1_0\n\
             compadd -S  -a open: conferenceId=\n",
            ""
        ),
        "{ended:?}"
    );
}

#[test]
fn fish_completes_with_the_script() {
    let script = "dingtalk completion fish | source; complete -C 'dingtalk show conf'";
    let Some(ended) = in_shell("fish", script) else {
        return;
    };
    assert_eq!(
        ended.out, "conference_1_0\tVideo conferences\n",
        "{ended:?}"
    );
}
