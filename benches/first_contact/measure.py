#!/usr/bin/env python3
"""What the first command of the README costs, compared with a bare program with reqwest, tokio and serde.

Both are compiled from nothing: a copy of what is checked in, and a program with the same TLS features and the same
versions. What cargo downloads is fetched before. CPU time counts, since wall time depends on what else the machine does.

    benches/first_contact/measure.py            the first command and the bare program
    benches/first_contact/measure.py --tests    then `cargo test --workspace` in the same copy, as wall time too
"""

import argparse
import os
import resource
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
LIMIT = 2.2

MANIFEST = """
[package]
name = "bare"
version = "0.0.0"
edition = "2024"

[dependencies]
reqwest = { version = "0.13", default-features = false, features = ["json", "rustls-no-provider", "system-proxy"] }
rustls = { version = "0.23", default-features = false, features = ["ring", "std", "tls12"] }
serde = { version = "1", features = ["derive"] }
tokio = { version = "1", features = ["macros", "rt-multi-thread"] }

[workspace]
"""

PROGRAM = """
#[derive(serde::Deserialize)]
struct Reply {
    text: String,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    rustls::crypto::ring::default_provider().install_default().ok();
    if let Some(url) = std::env::args().nth(1) {
        let reply: Reply = reqwest::Client::new().get(url).send().await?.json().await?;
        println!("{}", reply.text);
    }
    Ok(())
}
"""


def measured(what, folder, *command):
    """Runs a command; prints and returns its CPU seconds."""
    subprocess.run(["cargo", "fetch", "--quiet"], cwd=folder, check=True)
    # Ignore the caller's settings: a newcomer has none.
    env = {name: value for name, value in os.environ.items() if not name.startswith("CARGO_PROFILE_")}
    env["CARGO_TARGET_DIR"] = str(folder / "target")
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, cwd=folder, env=env, check=True, stdout=subprocess.DEVNULL)
    after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - started
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(f"{cpu:7.1f} s CPU {wall:7.1f} s wall  {what}", flush=True)
    return cpu


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tests", action="store_true", help="measure `cargo test --workspace` too")
    tests = parser.parse_args().tests
    with tempfile.TemporaryDirectory() as scratch:
        bare, clone = Path(scratch, "bare"), Path(scratch, "clone")
        (bare / "src").mkdir(parents=True)
        (bare / "Cargo.toml").write_text(MANIFEST)
        (bare / "src/main.rs").write_text(PROGRAM)
        # The versions that we have: what cargo drops from the file is what only we use.
        shutil.copy(PROJECT / "Cargo.lock", bare)
        subprocess.run(["git", "clone", "--quiet", PROJECT, clone], check=True)
        theirs = measured("a bare program", bare, "cargo", "run", "--quiet")
        first = ["cargo", "run", "--quiet", "--example", "start_cloud_record"]
        ours = measured(" ".join(first), clone, *first)
        print(f"ratio {ours / theirs:.2f}; at most {LIMIT} is wanted")
        if tests:
            measured("cargo test --workspace", clone, "cargo", "test", "--quiet", "--workspace")


if __name__ == "__main__":
    main()
