#!/usr/bin/env python3
"""What rustc takes to compile a crate: for the scripts in this folder, and as a wrapper of rustc for itself."""

import os
import re
import subprocess
import sys
from pathlib import Path


def of(crates, arguments, folder, target):
    """CPU seconds and peak memory in MB by name of a crate, of the rustc that each is compiled by when cargo runs with
    these arguments in the folder. Nothing is incremental. Dependencies are warm if they are in the target folder."""
    report = target / "rustc_cost"
    report.unlink(missing_ok=True)
    environment = {
        **os.environ,
        "CARGO_INCREMENTAL": "0",
        "CARGO_TARGET_DIR": str(target),
        "RUSTC_WRAPPER": str(Path(__file__).resolve()),
        "RUSTC_COST_REPORT": str(report),
        "RUSTC_COST_CRATES": "|".join(crates),
    }
    done = subprocess.run(["cargo", *arguments], cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(done.stderr[-3000:])
    lines = (line.split() for line in report.read_text().splitlines())
    return {crate: (float(cpu), float(memory)) for crate, cpu, memory in lines}


def wrap():
    """As RUSTC_WRAPPER: runs rustc, and reports if it compiled one of the crates."""
    import resource

    # rustc takes its threads from cargo, through files that cargo has opened.
    status = subprocess.run(sys.argv[1:], close_fds=False).returncode
    crate = re.search(rf"--crate-name ({os.environ['RUSTC_COST_CRATES']})(?!\S)", " ".join(sys.argv))
    if crate:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        # Linux counts kilobytes, macOS bytes.
        memory = used.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
        with open(os.environ["RUSTC_COST_REPORT"], "a") as report:
            report.write(f"{crate[1]} {used.ru_utime + used.ru_stime} {memory}\n")
    sys.exit(status)


if __name__ == "__main__":
    wrap()
