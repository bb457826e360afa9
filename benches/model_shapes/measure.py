#!/usr/bin/env python3
"""What a model's shape costs to compile.

Makes a set of models such as the platform has (four fields each, half of them replies), writes them as
Rust in several shapes, and measures rustc's CPU time and peak memory for `cargo check` and a debug
`cargo build`, dependencies warm and not incremental: what a user's first build of a dependency costs.

    benches/model_shapes/measure.py [--models 2000] [--release] [SHAPE ...]

`table` is the shape that is generated. The other tables differ from it in one point each; `enums` has
the models answer closed enums of places and values, against a runtime of signatures only.
Compare CPU seconds, and only within one run: they depend on the machine and on what else it does.
"""

import argparse
import random
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
import rustc_cost

RUNTIME = Path(__file__).resolve().parents[2] / "runtime"
SCALARS = {"String": 58, "i64": 18, "bool": 9, "f64": 1, "Vec<String>": 3, "m::Json": 1}
BLANKS = {"String": "Str", "i64": "Int", "f64": "Num", "bool": "Bool", "m::Json": "Json"}
PER_FILE = 400

# The signatures that the shape `enums` needs; no behavior, which a compiler's time does not depend on.
ENUMS = """
pub use serde::{Deserialize, Deserializer, Serialize, Serializer};
pub use serde_json::Value as Json;
pub use std::fmt;
pub enum Slot<'a> { Str(&'a mut Option<String>), Int(&'a mut Option<i64>), Num(&'a mut Option<f64>),
    Bool(&'a mut Option<bool>), Json(&'a mut Option<Json>), ReqStr(&'a mut String), Node(&'a mut dyn Node) }
pub enum View<'a> { Str(&'a Option<String>), Int(&'a Option<i64>), Num(&'a Option<f64>),
    Bool(&'a Option<bool>), Json(&'a Option<Json>), ReqStr(&'a String), Node(&'a dyn Node) }
pub struct ModelInfo(pub &'static str, pub &'static [FieldInfo]);
pub struct FieldInfo(pub &'static str, pub u16);
pub const BODY: u16 = 0;
pub const REQUIRED: u16 = 4;
pub trait Model: 'static {
    fn info(&self) -> &'static ModelInfo;
    fn view(&self, index: usize) -> View<'_>;
    fn slot(&mut self, index: usize) -> Slot<'_>;
    fn empty() -> Self where Self: Sized;
}
pub trait Node { fn count(&self) -> usize; }
pub trait Element: 'static {}
impl<T: Model> Element for T {}
impl Element for String {}
impl<T: Element> Element for Vec<T> {}
impl<T: Element> Node for Option<T> { fn count(&self) -> usize { 0 } }
pub fn blank<T: Default>() -> T { T::default() }
pub fn serialize<S: Serializer>(_: &dyn Model, to: S) -> Result<S::Ok, S::Error> { to.serialize_unit() }
pub fn deserialize<'de, M: Model, D: Deserializer<'de>>(from: D) -> Result<M, D::Error> {
    from.deserialize_any(serde::de::IgnoredAny).map(|_| M::empty()) }
pub fn debug(_: &dyn Model, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str("") }
pub fn clone<M: Model>(_: &M) -> M { M::empty() }
pub fn equal<M: Model>(_: &M, _: &M) -> bool { true }
"""

# access: how the runtime reaches fields; std: Debug, Clone, PartialEq, Default; info: the fields' table.
TABLE = {"access": "dyn", "std": "table", "info": "promoted", "setters": "into", "inline": True}
SHAPES = {
    "structs": {**TABLE, "access": "none", "std": "none", "setters": "none"},
    "std-derives": {**TABLE, "access": "none", "std": "derive", "setters": "none"},
    "serde-derives": {**TABLE, "access": "serde", "std": "derive", "setters": "none"},
    "serde-setters": {**TABLE, "access": "serde", "std": "derive"},
    "table": TABLE,
    "table-no-setters": {**TABLE, "setters": "none"},
    "table-concrete": {**TABLE, "setters": "concrete"},
    "table-static": {**TABLE, "info": "static"},
    "table-derives": {**TABLE, "std": "derive"},
    "table-no-inline": {**TABLE, "inline": False},
    "enums": {**TABLE, "access": "enums"},
}


def models(count):
    """(name, is a request, [(Rust name, wire name, type, required)]), the same in every run."""
    rng = random.Random(1)
    made = []
    for index in range(count):
        request = index % 2 == 0
        fields = []
        for place in range(rng.choice([1, 2, 3, 3, 4, 4, 5, 6, 8])):
            # Nested objects and lists of them point backwards within a file.
            near = made[index - index % PER_FILE :]
            kind = rng.random()
            if near and kind < 0.10:
                inner = rng.choice(near)[0]
                type_ = f"Vec<{inner}>" if kind < 0.06 else inner
            else:
                type_ = rng.choices(list(SCALARS), SCALARS.values())[0]
            required = request and type_ == "String" and rng.random() < 0.5
            fields.append((f"field_{place}", f"field{place}", type_, required))
        made.append((f"Model{index}", request, fields))
    return made


def arms(fields, form):
    last = len(fields) - 1
    return " ".join(
        f"{'_' if place == last else place} => {form(field)}," for place, field in enumerate(fields)
    )


def emit(name, request, fields, shape):
    inline = "#[inline] " if shape["inline"] else ""
    needs = any(required for *_, required in fields)
    derives = ["Debug", "Clone", "PartialEq"] + ([] if needs else ["Default"])
    derives = derives if shape["std"] == "derive" else []
    if shape["access"] == "serde":
        derives += ["m::Serialize", "m::Deserialize"]
    out = [f"#[derive({', '.join(derives)})]"] if derives else []
    out += ["#[non_exhaustive]", f"pub struct {name} {{"]
    for field, wire, type_, required in fields:
        if shape["access"] == "serde":
            skip = "" if required else ', skip_serializing_if = "Option::is_none"'
            out.append(f'#[serde(rename = "{wire}"{skip})]')
        out.append(f"pub {field}: {type_ if required else f'Option<{type_}>'},")
    out.append("}")
    if shape["access"] in ("dyn", "enums"):
        out += table(name, fields, needs, shape, inline)
    if shape["setters"] != "none":
        out += setters(name, request, fields, shape, inline)
    return out


def table(name, fields, needs, shape, inline):
    infos = ", ".join(
        f'm::FieldInfo("{wire}", m::BODY{" | m::REQUIRED" if required else ""})'
        for _, wire, _, required in fields
    )
    info = f'm::ModelInfo("{name}", &[{infos}])'
    info = f"static INFO: m::ModelInfo = {info}; &INFO" if shape["info"] == "static" else f"&{info}"
    empty = ", ".join(f"{field}: {'m::blank()' if required else 'None'}" for field, *_, required in fields)
    out = [f"impl m::Model for {name} {{", f"{inline}fn info(&self) -> &'static m::ModelInfo {{ {info} }}"]
    if shape["access"] == "dyn":
        read, write = arms(fields, lambda f: f"&self.{f[0]}"), arms(fields, lambda f: f"&mut self.{f[0]}")
        out.append(f"{inline}fn get(&self, index: usize) -> &dyn m::Field {{ match index {{ {read} }} }}")
        out.append(f"{inline}fn get_mut(&mut self, index: usize) -> &mut dyn m::Field {{ match index {{ {write} }} }}")
    else:
        variant = lambda f: "ReqStr" if f[3] else BLANKS.get(f[2], "Node")
        read = arms(fields, lambda f: f"m::View::{variant(f)}(&self.{f[0]})")
        write = arms(fields, lambda f: f"m::Slot::{variant(f)}(&mut self.{f[0]})")
        out.append(f"{inline}fn view(&self, index: usize) -> m::View<'_> {{ match index {{ {read} }} }}")
        out.append(f"{inline}fn slot(&mut self, index: usize) -> m::Slot<'_> {{ match index {{ {write} }} }}")
    out += [f"{inline}fn empty() -> Self {{ Self {{ {empty} }} }}", "}"]
    if shape["std"] == "table":
        out += [
            f"impl m::fmt::Debug for {name} {{ {inline}fn fmt(&self, f: &mut m::fmt::Formatter<'_>) -> m::fmt::Result {{ m::debug(self, f) }} }}",
            f"impl Clone for {name} {{ {inline}fn clone(&self) -> Self {{ m::clone(self) }} }}",
            f"impl PartialEq for {name} {{ {inline}fn eq(&self, other: &Self) -> bool {{ m::equal(self, other) }} }}",
        ]
        if not needs:
            out.append(f"impl Default for {name} {{ {inline}fn default() -> Self {{ m::Model::empty() }} }}")
    return out + [
        f"impl m::Serialize for {name} {{ {inline}fn serialize<S: m::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {{ m::serialize(self, to) }} }}",
        f"impl<'de> m::Deserialize<'de> for {name} {{ {inline}fn deserialize<D: m::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {{ m::deserialize(from) }} }}",
    ]


def setters(name, request, fields, shape, inline):
    def parameter(type_):
        if type_ == "String" and shape["setters"] == "into":
            return "impl Into<String>", "value.into()"
        return type_, "value"

    out = [f"impl {name} {{"]
    if request:
        given = [(field, *parameter(type_)) for field, _, type_, required in fields if required]
        arguments = ", ".join(f"{field}: {type_}" for field, type_, _ in given)
        values = [f"{field}: {value.replace('value', field)}" for field, _, value in given]
        values += [f"{field}: None" for field, *_, required in fields if not required]
        out.append(f"{inline}pub fn new({arguments}) -> Self {{ Self {{ {', '.join(values)} }} }}")
    for field, _, type_, required in fields:
        if not required:
            type_, value = parameter(type_)
            out.append(f"{inline}pub fn {field}(mut self, value: {type_}) -> Self {{ self.{field} = Some({value}); self }}")
    return out + ["}"]


def write_crate(folder, shape, made):
    source = folder / "src"
    source.mkdir(parents=True, exist_ok=True)
    library = ["#![allow(warnings)]"]
    if shape["access"] == "enums":
        # A crate of its own, as the runtime is.
        signatures = folder / "signatures"
        (signatures / "src").mkdir(parents=True, exist_ok=True)
        (signatures / "src/lib.rs").write_text(f"pub mod model {{ {ENUMS} }}\n")
        manifest(signatures, "signatures", "")
    for start in range(0, len(made), PER_FILE):
        lines = ["use runtime::model as m;"]
        for model in made[start : start + PER_FILE]:
            lines += emit(*model, shape)
        (source / f"part{start}.rs").write_text("\n".join(lines) + "\n")
        library.append(f"pub mod part{start};")
    (source / "lib.rs").write_text("\n".join(library) + "\n")
    path = 'package = "signatures", path = "signatures"'
    if shape["access"] != "enums":
        path = f'package = "dingtalk-runtime", path = "{RUNTIME}"'
    manifest(folder, "shape", f"runtime = {{ {path} }}\n[workspace]\n")


def manifest(folder, name, rest):
    (folder / "Cargo.toml").write_text(
        f'[package]\nname = "{name}"\nversion = "0.0.0"\nedition = "2024"\n'
        f'[dependencies]\nserde = {{ version = "1", features = ["derive"] }}\nserde_json = "1"\n{rest}'
    )


def measure(folder, target, arguments):
    (folder / "src/lib.rs").touch()
    return rustc_cost.of(["shape"], arguments, folder, target)["shape"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--models", type=int, default=2000)
    parser.add_argument("--release", action="store_true", help="measure `cargo build --release` too")
    parser.add_argument("shapes", nargs="*", metavar="SHAPE", help=", ".join(SHAPES))
    options = parser.parse_args()
    unknown = [shape for shape in options.shapes if shape not in SHAPES]
    if unknown:
        parser.error(f"no such shape: {', '.join(unknown)}; there are: {', '.join(SHAPES)}")
    made = models(options.models)
    commands = {"check": ["check"], "build": ["build"]}
    if options.release:
        commands["release"] = ["build", "--release"]
    print(f"{len(made)} models, {sum(len(fields) for *_, fields in made)} fields; CPU seconds, peak MB")
    print(f"{'shape':18}" + "".join(f"{command:>18}" for command in commands))
    with tempfile.TemporaryDirectory() as scratch:
        for shape in options.shapes or SHAPES:
            folder = Path(scratch) / shape
            write_crate(folder, SHAPES[shape], made)
            row = f"{shape:18}"
            for arguments in commands.values():
                cpu, memory = measure(folder, Path(scratch) / "target", arguments)
                row += f"{cpu:9.1f} s{memory:5.0f} MB"
            print(row, flush=True)


if __name__ == "__main__":
    main()
