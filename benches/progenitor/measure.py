#!/usr/bin/env python3
"""What the generated crate costs to compile, compared with progenitor's client of the same operations.

Both are made from the same spec: ours by `dingtalk-spec generate`, the other by progenitor from the document that
`dingtalk-spec openapi` gives. Both are compiled as plain sources. Measured are rustc's CPU time and peak memory for
the library (`cargo check`, a debug and a release build), and for a program that calls those operations that take
nothing but values in the path: our functions are all inline, so they cost something only where they are called.

    benches/progenitor/measure.py [--spec DIR] [--service NAME]... [--runs 3] [--target DIR]

Dependencies are warm, nothing is incremental: what a user's first build of a dependency costs. Of several runs the one
with the least CPU time counts. Compare ratios within one run of this script: seconds depend on the machine.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import rustc_cost

PROJECT = Path(__file__).resolve().parents[2]
SERVICES = ["conference_1_0", "contact_1_0", "im_1_0"]
PROGENITOR = "0.15.1"

# progenitor as a library: reads a document, writes a file.
MAKE = """
use std::{env, fs};

fn main() {
    let [input, output] = [1, 2].map(|at| env::args().nth(at).unwrap());
    let spec: openapiv3::OpenAPI = serde_json::from_str(&fs::read_to_string(input).unwrap()).unwrap();
    let tokens = progenitor::Generator::default().generate_tokens(&spec).unwrap();
    fs::write(output, prettyplease::unparse(&syn::parse2(tokens).unwrap())).unwrap();
}
"""
MAKE_NEEDS = f"""
progenitor = {{ version = "={PROGENITOR}", default-features = false }}
openapiv3 = "2"
prettyplease = "0.2"
serde_json = "1"
syn = "2"
"""
# As progenitor's guide says, but without TLS, which both would have as a compiled dependency.
CLIENT_NEEDS = f"""
progenitor-client = "={PROGENITOR}"
futures = "0.3"
reqwest = {{ version = "0.13", default-features = false, features = ["json", "query", "stream"] }}
serde = {{ version = "1", features = ["derive"] }}
serde_json = "1"
"""
COMMANDS = {"check": ["check"], "debug build": ["build"], "release build": ["build", "--release"]}


def downgraded(document):
    """An OpenAPI 3.0 document, which progenitor reads, of a 3.1 one. What it cannot take is replaced by what is nearest:

    - words that 3.0 lacks go: `contentMediaType` with its `contentSchema` and `patternProperties`, lists of types, and
      what is beside a `$ref`;
    - an open enum, any string beside the known ones, becomes a closed one: of `anyOf` progenitor would make a struct;
    - a query value that is JSON text becomes text: it has no parameters with a `content`;
    - the `default` response covers errors alone: 4XX and 5XX. Else it would be a reply too, and it takes one type.

    No operation, parameter, body or property is dropped.
    """

    def convert(node):
        if isinstance(node, list):
            return [convert(item) for item in node]
        if not isinstance(node, dict):
            return node
        if isinstance(node.get("$ref"), str):
            return {"$ref": node["$ref"]}
        gone = {"contentMediaType", "contentSchema", "patternProperties"}
        node = {key: convert(value) for key, value in node.items() if key not in gone}
        known = node.get("anyOf")
        if isinstance(known, list) and len(known) == 2 and "enum" in known[0]:
            del node["anyOf"]
            node = {**known[0], **node}
        if isinstance(node.get("type"), list):
            del node["type"]
        if "in" in node and isinstance(node.get("content"), dict):
            del node["content"]
            node["schema"] = {"type": "string"}
        return node

    document = convert(document)
    document["openapi"] = "3.0.3"
    for item in document["paths"].values():
        for operation in item.values():
            errors = operation["responses"].pop("default")
            operation["responses"] |= {"4XX": errors, "5XX": errors}
    return document


def package(folder, name, dependencies, source, file="lib.rs"):
    (folder / "src").mkdir(parents=True)
    (folder / "Cargo.toml").write_text(
        f'[package]\nname = "{name}"\nversion = "0.0.0"\nedition = "2024"\n'
        f"[dependencies]{dependencies}\n[workspace]\n"
    )
    (folder / "src" / file).write_text(source)


def run(arguments, folder, **more):
    done = subprocess.run(arguments, cwd=folder, capture_output=True, text=True, **more)
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, arguments))}:\n{(done.stdout + done.stderr)[-3000:]}")
    return done.stdout


def generator(*arguments):
    return run(["cargo", "run", "--quiet", "--locked", "-p", "dingtalk-spec", "--", *arguments], PROJECT)


def make_ours(scratch, spec, services):
    """The generated crate of the whole spec, with the features of the services on."""
    folder = scratch / "ours"
    generator("generate", "--spec", spec, "--out", folder)
    manifest = (folder / "Cargo.toml").read_text().replace("../runtime", str(PROJECT / "runtime"))
    (folder / "Cargo.toml").write_text(manifest.replace("[package]", "[workspace]\n[package]", 1))
    source = folder / "src"
    files = [source / "lib.rs", source / "client.rs", source / "platform.rs"]
    files += [file for service in services for file in (source / service).glob("*.rs")]
    handles = {service: (source / service / "mod.rs").read_text() for service in services}
    # The methods whose arguments are values in the path.
    calls = {}
    for service, text in handles.items():
        for method, arguments in re.findall(r"pub fn ((?:r#)?\w+)\(\s*&self,?([^{]*?)\)\s*->", text):
            values = [argument for argument in arguments.split(",") if argument.strip()]
            if all(value.strip().endswith("impl Into<String>") for value in values):
                name = f"{service}_{method.removeprefix('r#')}"
                calls[name] = f"drop(client.{service}().{method}({', '.join(['name'] * len(values))}).send().await);"
    count = sum(len(re.findall(r"\boperation\(\)", text.split("fn operations()")[1])) for text in handles.values())
    features = ", ".join(f'"{service}"' for service in services)
    needs = f'\ndingtalk-api = {{ path = "../ours", features = [{features}] }}'
    return files, count, calls, needs


def make_theirs(scratch, target, document):
    """progenitor's client, as a library of its own."""
    converted = downgraded(document)
    (scratch / "openapi30.json").write_text(json.dumps(converted))
    package(scratch / "make", "make", MAKE_NEEDS, MAKE, "main.rs")
    folder = scratch / "theirs"
    package(folder, "theirs", CLIENT_NEEDS, "")
    library = folder / "src/lib.rs"
    environment = {**os.environ, "CARGO_TARGET_DIR": str(target)}
    run(["cargo", "run", "--quiet", "--", scratch / "openapi30.json", library], scratch / "make", env=environment)
    functions = re.findall(r"pub async fn (\w+)<'a>\(\s*&'a self,?([^{]*?)\)\s*->", library.read_text())
    calls = {}
    for name, arguments in functions:
        values = [argument for argument in arguments.split(",") if argument.strip()]
        if all(value.strip().endswith("&'a str") for value in values):
            calls[name] = f"drop(client.{name}({', '.join(['name'] * len(values))}).await);"
    return [library], len(functions), calls, '\ntheirs = { path = "../theirs" }'


def write_program(folder, client, needs, calls):
    """A program in which all calls are reachable, and so compiled. It is not run."""
    body = "\n    ".join(calls)
    source = f"""
use std::{{future::Future as _, hint::black_box, pin::pin, task}};

async fn all(client: {client}, name: &str) {{
    {body}
}}

fn main() {{
    if let Some(client) = black_box(None) {{
        let mut context = task::Context::from_waker(task::Waker::noop());
        let _ = pin!(all(client, "name")).poll(&mut context);
    }}
}}
"""
    package(folder, "caller", needs, source, "main.rs")


def lines(files):
    """All lines, and those that are code."""
    text = [line.strip() for file in files for line in file.read_text().splitlines()]
    return len(text), sum(1 for line in text if line and not line.startswith("//"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--spec", type=Path, default=PROJECT / "spec")
    parser.add_argument("--service", action="append", help=f"by default {', '.join(SERVICES)}")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--target", type=Path, help="a folder that keeps the dependencies for the next time")
    options = parser.parse_args()
    services = options.service or SERVICES
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        target = options.target.resolve() if options.target else scratch / "target"
        chosen = [argument for service in services for argument in ("--service", service)]
        generator("openapi", "--spec", options.spec.resolve(), *chosen, "--out", scratch / "openapi.json")
        document = json.loads((scratch / "openapi.json").read_text())
        operations = sum(len(item) for item in document["paths"].values())
        ours = make_ours(scratch, options.spec.resolve(), services)
        theirs = make_theirs(scratch, target, document)
        if not operations == ours[1] == theirs[1]:
            sys.exit(f"operations differ: the document has {operations}, ours {ours[1]}, progenitor's {theirs[1]}")
        calls = sorted(ours[2].keys() & theirs[2].keys())
        print(f"{', '.join(services)}: {operations} operations on each side; the program calls {len(calls)} of them")
        sides = {"ours": ("dingtalk_api::Client", *ours), "theirs": ("theirs::Client", *theirs)}
        for side, (client, _, _, made, needs) in sides.items():
            write_program(scratch / f"{side}-program", client, needs, [made[name] for name in calls])
        table(scratch, target, sides, options.runs)


def table(scratch, target, sides, runs):
    rows = {}
    for command, arguments in COMMANDS.items():
        for side, (client, *_) in sides.items():
            crate = client.split("::")[0]
            folder = scratch / f"{side}-program"
            print(f"{side}: cargo {' '.join(arguments)} ...", file=sys.stderr, flush=True)
            best = None
            # The first run warms the dependencies up.
            for _ in range(runs + 1):
                (scratch / side / "src/lib.rs").touch()
                found = rustc_cost.of([crate, "caller"], arguments, folder, target)
                found = [found[crate], found["caller"]]
                best = [min(pair) for pair in zip(best or found, found)]
            for what, figures in zip(("library", "program"), best):
                rows.setdefault(f"{what}, {command}", []).append(figures)
    print(f"{'':24}{'dingtalk-api':>20}{f'progenitor {PROGENITOR}':>20}{'ratio':>8}{'memory':>8}")
    for what, (ours, theirs) in sorted(rows.items(), key=lambda row: row[0].startswith("program")):
        cells = "".join(f"{cpu:11.2f} s{memory:5.0f} MB" for cpu, memory in (ours, theirs))
        print(f"{what:24}{cells}{theirs[0] / ours[0]:8.1f}{theirs[1] / ours[1]:8.1f}")
    (all_ours, ours), (all_theirs, theirs) = (lines(files) for _, files, *_ in sides.values())
    print(f"{'lines':24}{all_ours:20}{all_theirs:20}{all_theirs / all_ours:8.1f}")
    print(f"{'lines of code':24}{ours:20}{theirs:20}{theirs / ours:8.1f}")


if __name__ == "__main__":
    main()
