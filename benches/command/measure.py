#!/usr/bin/env python3
"""What the command `dingtalk` costs to build, compared with a small program that uses three services of the typed crate.

Both are release builds from nothing: of a copy of what is checked in, and of a program outside the workspace with the
same versions. What cargo downloads is fetched before. CPU time counts, since wall time depends on what else the
machine does. Measured are also the memory of the largest rustc, the size of the stripped program, and how long
`dingtalk list` takes.

    benches/command/measure.py
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import rustc_cost

PROJECT = Path(__file__).resolve().parents[2]
SERVICES = ["robot_1_0", "contact_1_0", "im_1_0"]

MANIFEST = """
[package]
name = "small"
version = "0.0.0"
edition = "2024"

[dependencies]
dingtalk-api = {{ path = "{generated}", features = {features} }}
tokio = {{ version = "1", features = ["macros", "rt-multi-thread"] }}

[workspace]
"""

PROGRAM = """
use dingtalk_api::Client;
use dingtalk_api::robot_1_0::org_group_send::OrgGroupSendRequest;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder().app("app key", "app secret").build()?;
    let request = OrgGroupSendRequest::new("sampleText", r#"{"content": "Hello"}"#);
    println!("{:?}", client.robot_1_0().org_group_send(request).send().await?);
    println!("{:?}", client.contact_1_0().get_user("me").send().await?);
    Ok(())
}
"""


def built(what, folder, program, *arguments):
    """Builds a program from nothing; prints and returns CPU seconds, MB of the largest rustc, MB of the program."""
    subprocess.run(["cargo", "fetch", "--quiet"], cwd=folder, check=True)
    target = folder / "target"
    target.mkdir()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    crates = rustc_cost.of([r"\S+"], ["build", "--release", *arguments], folder, target)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    largest, (_, memory) = max(crates.items(), key=lambda crate: crate[1][1])
    subprocess.run(["strip", target / "release" / program], check=True)
    size = (target / "release" / program).stat().st_size / 1e6
    print(f"{cpu:6.1f} s CPU  {memory:5.0f} MB in one rustc ({largest})  {size:4.1f} MB stripped  {what}", flush=True)
    return cpu, memory, size


def fastest(command, runs=20):
    """Milliseconds that a command takes, of several runs the fastest."""
    times = []
    for _ in range(runs):
        started = time.monotonic()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        times.append(time.monotonic() - started)
    return min(times) * 1000


def said(what, value, limit):
    print(f"{what}: {value:.2f}; at most {limit} is wanted")


def main():
    with tempfile.TemporaryDirectory() as scratch:
        small, clone = Path(scratch, "small"), Path(scratch, "clone")
        subprocess.run(["git", "clone", "--quiet", PROJECT, clone], check=True)
        (small / "src").mkdir(parents=True)
        features = str(SERVICES).replace("'", '"')
        (small / "Cargo.toml").write_text(MANIFEST.format(generated=clone / "generated", features=features))
        (small / "src/main.rs").write_text(PROGRAM)
        # The versions that we have: what cargo drops from the file is what only we use.
        shutil.copy(PROJECT / "Cargo.lock", small)
        theirs, _, _ = built(f"a program with {', '.join(SERVICES)}", small, "small")
        ours, memory, size = built("dingtalk", clone, "dingtalk", "-p", "dingtalk-command")
        program = clone / "target/release/dingtalk"
        said("CPU, ratio to the program", ours / theirs, 1.5)
        said("GB in one rustc", memory / 1000, 1)
        said("MB stripped", size, 15)
        said("ms for `dingtalk list`", fastest([program, "list"]), 50)
        said("ms for `dingtalk show`", fastest([program, "show", "conference_1_0", "StartCloudRecord"]), 50)


if __name__ == "__main__":
    main()
