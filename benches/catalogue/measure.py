#!/usr/bin/env python3
"""What the whole catalogue costs: to compile, compared with the same models with serde derive, and to generate.

    benches/catalogue/measure.py [PART ...] [--target DIR] [--commit COMMIT]

Parts; all but `beside` by default:

    compile    `cargo check` and a debug `cargo build` of generated/, with all services and with single ones
    serde      `cargo check` of the models of generated/ with serde derive instead of tables, and of ours
    beside     generated/ and the commit's, in pairs: `cargo check` and a debug `cargo build` of all services, with
               the ratios; then the largest services of ours alone
    generate   the generator as the build script compiles it: everything from scratch, nothing to do, one edited file;
               and everything for some 400 operations, the catalogue, and ten times the catalogue

Compiled is with warm dependencies and nothing incremental: what a user's first build of a dependency costs. Seconds are
CPU seconds of the one rustc or the one generator, user and system. They depend on the machine; ratios within one run
say more. The part `serde` needs 13 GB of memory and some minutes.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import rustc_cost

PROJECT = Path(__file__).resolve().parents[2]
SINGLE = ["conference_1_0", "contact_1_0", "im_1_0"]
COPIES = 10
PAIRS = 3


def row(what, cpu, memory, note=""):
    print(f"{what:44}{cpu:9.2f} s{memory:7.0f} MB   {note}".rstrip(), flush=True)


# Compiling.


def ours(scratch, project=PROJECT, name="ours"):
    """The generated crate as a workspace of its own."""
    folder = scratch / name
    shutil.copytree(project / "generated", folder, ignore=shutil.ignore_patterns("target", "Cargo.lock"))
    manifest = folder / "Cargo.toml"
    text = manifest.read_text().replace('"../runtime"', f'"{project / "runtime"}"')
    manifest.write_text(text + "\n[workspace]\n")
    shutil.copy(project / "Cargo.lock", folder)
    return folder


def once(folder, target, crate, *arguments):
    (folder / "src/lib.rs").touch()
    return rustc_cost.of([crate], arguments, folder, target)[crate]


def measure(folder, target, crate, *arguments):
    """The least of two runs after one that warms the dependencies up."""
    runs = [once(folder, target, crate, *arguments) for _ in range(3)]
    return min(runs[1:])


def compile_part(scratch, target):
    folder = ours(scratch)
    for feature in ["full", *SINGLE]:
        for command in ("check", "build"):
            cpu, memory = measure(folder, target, "dingtalk_api", command, "--features", feature)
            row(f"cargo {command}, {feature}", cpu, memory)


# Beside another commit.


def checkout(commit, to):
    to.mkdir()
    archive = subprocess.Popen(["git", "archive", commit], cwd=PROJECT, stdout=subprocess.PIPE)
    subprocess.run(["tar", "-x", "-C", to], stdin=archive.stdout, check=True)
    if archive.wait() != 0:
        sys.exit(f"no such commit: {commit}")
    return to


def beside_part(scratch, target, commit):
    if commit is None:
        sys.exit("`beside` needs --commit")
    sides = {
        commit: (ours(scratch, checkout(commit, scratch / "commit"), "theirs"), target / "theirs"),
        "ours": (ours(scratch, name="beside"), target / "ours"),
    }
    for command in ("check", "build"):
        arguments = ("dingtalk_api", command, "--features")
        for folder, warm in sides.values():
            warm.mkdir(exist_ok=True)
            once(folder, warm, *arguments, SINGLE[0])
        runs = {name: [] for name in sides}
        for _ in range(PAIRS):
            for name, (folder, warm) in sides.items():
                runs[name].append(once(folder, warm, *arguments, "full"))
        # The least of each: what else the machine does only adds.
        least = {name: tuple(map(min, zip(*costs))) for name, costs in runs.items()}
        for name, costs in least.items():
            row(f"cargo {command}, full, {name}", *costs)
        theirs, mine = least.values()
        print(f"{'ratio':44}{mine[0] / theirs[0]:9.2f}  {mine[1] / theirs[1]:7.2f}", flush=True)
    folder, warm = sides["ours"]
    for service in largest(folder):
        row(f"cargo check, {service}", *measure(folder, warm, "dingtalk_api", "check", "--features", service))


def largest(folder):
    size = lambda service: sum(file.stat().st_size for file in service.glob("*.rs"))
    services = [path for path in (folder / "src").iterdir() if path.is_dir()]
    return [service.name for service in sorted(services, key=size, reverse=True)[:5]]


# The same models with serde derive.

RUNTIME_TYPES = {"rt::Json": "serde_json::Value", "rt::Map<": "std::collections::BTreeMap<String, "}


def with_serde_derive(text):
    """A generated file's models and enums with derived traits, and nothing of what only tables need."""
    fields = {}
    for model, table in re.findall(r'ModelInfo\(\s*"(\w+)",\s*&\[(.*?)\]\s*,?\s*\)', text, re.S):
        fields[model] = re.findall(r'FieldInfo\(\s*"([^"]*)"', table)
    out = []
    for block in re.split(r"\n\n+", text):
        struct = re.search(r"^pub struct (\w+)(?: \{(.*)\})?", block, re.M | re.S)
        enumeration = re.search(r"^pub enum (\w+) \{", block, re.M)
        setters = re.match(r"impl \w+ \{\n    ///", block) and "fn as_str" not in block
        if struct and struct[1] in fields:
            names = iter(fields[struct[1]])
            # A long type breaks over lines.
            field = r"^    pub (\S+): (\S+|Option<\n.*?\n    >),$"
            replace = lambda found: serde_field(*found.groups(), next(names))
            block = re.sub(field, replace, block, flags=re.M | re.S)
            derives = "Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize"
            out.append(block.replace("pub struct", f"#[derive({derives})]\npub struct", 1))
        elif enumeration and "Wire value" in block:
            block = re.sub(
                r"(    /// Wire value: `([^`]*)`\.\n)    (\w+),", r'\1    #[serde(rename = "\2")]\n    \3,', block
            )
            block = block.replace("Unknown(rt::UnknownValue)", "#[serde(untagged)]\n    Unknown(String)")
            out.append(block.replace("Hash)]", "Hash, Clone, serde::Serialize, serde::Deserialize)]", 1))
            default = "fn default() -> Self { Self::Unknown(String::new()) }"
            out.append(f"impl Default for {enumeration[1]} {{ {default} }}")
        elif setters:
            out.append(block.replace("rt::Model::empty()", "Default::default()"))
    text = "\n\n".join(out)
    for ours, theirs in RUNTIME_TYPES.items():
        text = text.replace(ours, theirs)
    return text


def serde_field(name, type_, wire):
    type_ = "".join(type_.split()).replace(",>", ">")
    attributes = [f'rename = "{wire}"']
    if type_.startswith("Option<"):
        attributes.append('skip_serializing_if = "Option::is_none"')
    return f"    #[serde({', '.join(attributes)})]\n    pub {name}: {type_},"


def serde_twin(scratch):
    folder = scratch / "serde"
    source = PROJECT / "generated/src"
    services = sorted(path.name for path in source.iterdir() if path.is_dir())
    for service in services:
        (folder / "src" / service).mkdir(parents=True)
        modules = []
        for file in sorted((source / service).glob("*.rs")):
            if file.name != "mod.rs":
                modules.append(file.stem)
                (folder / "src" / service / file.name).write_text(with_serde_derive(file.read_text()))
        (folder / "src" / service / "mod.rs").write_text("".join(f"pub mod r#{name};\n" for name in modules))
    library = "#![allow(warnings)]\n" + "".join(f"pub mod {service};\n" for service in services)
    (folder / "src/lib.rs").write_text(library)
    (folder / "Cargo.toml").write_text(
        '[package]\nname = "serde_twin"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n[dependencies]\n'
        'serde = { version = "1", features = ["derive"] }\nserde_json = "1"\n'
    )
    return folder


def count(folder, pattern):
    return sum(len(re.findall(pattern, file.read_text(), re.M)) for file in (folder / "src").rglob("*.rs"))


def serde_part(scratch, target):
    left, right = scratch / "ours", serde_twin(scratch)
    if not left.exists():
        ours(scratch)
    models = count(left, r"^impl rt::Model for")
    twins = count(right, r"^#\[derive\(.*Default, serde::Serialize")
    if models != twins:
        sys.exit(f"models differ: ours has {models}, the one with serde derive {twins}")
    mine = measure(left, target, "dingtalk_api", "check", "--features", "full")
    # Once: it takes minutes.
    theirs = rustc_cost.of(["serde_twin"], ["check"], right, target)["serde_twin"]
    row("cargo check, all of dingtalk-api", *mine, f"{models} models, and all operations")
    row("cargo check, its models with serde derive", *theirs, f"{twins} models alone")
    print(f"{'ratio':44}{theirs[0] / mine[0]:9.1f}  {theirs[1] / mine[1]:7.1f}")


# Generating.


def generator(target):
    """The generator, compiled as Cargo.toml says for build scripts, which have no debug information either."""
    profile = tomllib.loads((PROJECT / "Cargo.toml").read_text())["profile"]["dev"]["build-override"]
    settings = [f"profile.dev.{name}={json.dumps(value)}" for name, value in {"debug": False, **profile}.items()]
    configuration = [argument for setting in settings for argument in ("--config", setting)]
    environment = {**os.environ, "CARGO_TARGET_DIR": str(target / "generator")}
    command = ["cargo", "build", "--quiet", "--locked", "-p", "dingtalk-spec", *configuration]
    subprocess.run(command, cwd=PROJECT, env=environment, check=True)
    return target / "generator/debug/dingtalk-spec"


def generate(program, spec, out):
    """CPU seconds, peak memory in MB and wall-clock seconds of one run."""
    started = time.monotonic()
    process = subprocess.Popen(
        [program, "generate", "--spec", spec, "--out", out], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    errors = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    wall = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(errors.decode()[-3000:])
    return used.ru_utime + used.ru_stime, used.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3), wall


def operations(folder):
    return sum(1 for file in folder.glob("*.yaml") if file.name != "_service.yaml")


def services(spec):
    return sorted(path.parent for path in spec.glob("*/_service.yaml"))


def some_services(spec, at_least):
    """Every third service from the first on, until there are so many operations; and those that grants name."""
    chosen, total = {spec / "oauth2_1_0"}, operations(spec / "oauth2_1_0")
    for folder in services(spec)[::3]:
        if total >= at_least:
            break
        if folder not in chosen:
            chosen.add(folder)
            total += operations(folder)
    return chosen


def smaller_spec(spec, to):
    to.mkdir()
    for file in spec.glob("*.*"):
        # Most of the glossary would be unused, which is an error.
        if file.name != "glossary.yaml":
            shutil.copy(file, to)
    chosen = some_services(spec, 300)
    for folder in chosen:
        shutil.copytree(folder, to / folder.name)
    platform = (to / "platform.yaml").read_text()
    (to / "platform.yaml").write_text(
        re.sub(r"^default_services: .*$", "default_services: [oauth2_1_0]", platform, flags=re.M)
    )


def larger_spec(spec, to):
    """The catalogue and nine copies of it, each under services and paths of its own."""
    shutil.copytree(spec, to)
    for copy in range(1, COPIES):
        for folder in services(spec):
            name, version = re.fullmatch(r"(.*)_(\d+_\d+)", folder.name).groups()
            target = to / f"{name}_copy{copy}_{version}"
            target.mkdir()
            for file in folder.glob("*.yaml"):
                text = re.sub(r"^(path: \"?/v[^/]*)", rf"\1/copy{copy}", file.read_text(), flags=re.M)
                (target / file.name).write_text(text)


def generate_part(scratch, target):
    program = generator(target)
    spec, out = scratch / "spec", scratch / "generated"
    shutil.copytree(PROJECT / "spec", spec)
    total = sum(map(operations, services(spec)))
    for what, prepare in {
        "everything from scratch": lambda: shutil.rmtree(out, ignore_errors=True),
        "nothing to do": lambda: None,
        "one edited file": lambda: edit(spec / "edu_1_0"),
    }.items():
        runs = []
        for _ in range(3):
            prepare()
            runs.append(generate(program, spec, out))
        cpu, memory, wall = min(runs)
        row(f"generate, {what}", cpu, memory, f"{wall:.2f} s of wall-clock time, {total} operations")
    smaller_spec(PROJECT / "spec", scratch / "smaller")
    larger_spec(PROJECT / "spec", scratch / "larger")
    for name in ("smaller", "spec", "larger"):
        made = scratch / f"made-{name}"
        count = sum(map(operations, services(scratch / name)))
        cpu, memory, wall = generate(program, scratch / name, made)
        shutil.rmtree(made)
        note = f"{wall:.2f} s of wall-clock time, {cpu / count * 1e3:.2f} ms of CPU and {memory / count * 1e3:.0f} kB an operation"
        row(f"generate, {count} operations", cpu, memory, note)


def edit(service):
    """A new summary in an operation of a large service."""
    file = sorted(service.glob("[a-z]*.yaml"))[0]
    text, found = re.subn(r"^(summary: \"?)", r"\1Edited ", file.read_text(), count=1, flags=re.M)
    if not found:
        sys.exit(f"{file} has no summary to edit")
    file.write_text(text)


PARTS = {"compile": compile_part, "serde": serde_part, "generate": generate_part, "beside": beside_part}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--commit", help="what `beside` compares with")
    parser.add_argument("--target", type=Path, help="a folder that keeps the dependencies for the next time")
    options = parser.parse_args()
    unknown = [part for part in options.parts if part not in PARTS]
    if unknown:
        parser.error(f"no such part: {', '.join(unknown)}; there are: {', '.join(PARTS)}")
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        target = options.target.resolve() if options.target else scratch / "target"
        target.mkdir(parents=True, exist_ok=True)
        for part in options.parts or [part for part in PARTS if part != "beside"]:
            if part == "beside":
                beside_part(scratch, target, options.commit)
            else:
                PARTS[part](scratch, target)


if __name__ == "__main__":
    main()
