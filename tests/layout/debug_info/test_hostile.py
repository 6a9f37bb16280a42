"""Binaries that are damaged or made to do harm: one clear error, or what can be read."""

import random
import resource
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

import layout
from layout.sources.dwarf import entries as entries_module
from layout.sources.dwarf.kernels import digest, rows
from tests.layout.debug_info import crafted as made


def read(path: Path) -> layout.Source | None:
    """The source, every record of it placed; None for an error, which must be one line."""
    try:
        source = layout.read(path)
    except layout.LayoutError as error:
        message = str(error)
    else:
        for record in source.records.values():
            layout.place(record, source.abi or "")
        return source
    assert "\n" not in message
    assert message.startswith(str(path))
    return None


def only_reason(path: Path) -> str:
    source = read(path)
    assert source is not None
    (skip,) = source.skipped
    return skip.reason


INT = made.base("int", 4)


def test_crafted_files_are_read_like_those_of_compilers(tmp_path):
    at = 12 + len(INT)
    text = made.record("s", 8, made.member("a", 12, 0), made.member("b", 12, 4))
    path = made.binary(tmp_path / "x", INT, text, made.T + made.name("t") + made.ref(at))
    source = read(path)
    assert source is not None
    placed = layout.place(source.record("t"), "x86-64")
    assert [(one.name, one.type, one.offset) for one in placed.fields] == [
        ("a", "int", 0), ("b", "int", 4),
    ]  # fmt: skip


def test_a_record_that_holds_itself_is_skipped(tmp_path):
    path = made.binary(tmp_path / "x", made.record("s", 8, made.member("me", 12, 0)))
    assert "a type that holds itself" in only_reason(path)


def test_typedefs_in_a_circle_are_skipped(tmp_path):
    first = made.T + made.name("t")
    second = 12 + len(first) + 4
    circle = first + made.ref(second) + made.T + made.name("u") + made.ref(12)
    path = made.binary(tmp_path / "x", circle, made.record("s", 8, made.member("a", 12, 0)))
    assert "a type that holds itself" in only_reason(path)


def test_pointers_in_a_circle_end_somewhere(tmp_path):
    pointers = made.P + made.ref(17) + made.P + made.ref(12)
    path = made.binary(tmp_path / "x", pointers, made.record("s", 8, made.member("a", 12, 0)))
    source = read(path)
    assert source is not None
    assert layout.place(source.records["struct s"], "x86-64").size == 8


@pytest.mark.parametrize("levels", [100, 100_000])
def test_types_that_nest_too_deep_are_skipped(tmp_path, levels):
    step = 5
    chain = b"".join(made.C + made.ref(12 + step * (index + 1)) for index in range(levels))
    path = made.binary(tmp_path / "x", chain, INT, made.record("s", 4, made.member("a", 12, 0)))
    assert "nests deeper than 64 levels" in only_reason(path)


def test_entries_that_nest_too_deep_end_the_unit(tmp_path):
    table = made.abbreviation(1, made.UNIT, True) + made.abbreviation(2, made.STRUCT, True) + b"\0"
    path = made.binary(tmp_path / "x", b"\2" * 1_000_000, table=table)
    assert "entries nest deeper than 1000 levels" in only_reason(path)


@pytest.mark.parametrize("size", [-1, 1 << 62, (1 << 63) - 1])
def test_absurd_sizes_are_skipped(tmp_path, size):
    path = made.binary(tmp_path / "x", INT, made.record("s", size, made.member("a", 12, 0)))
    assert "size" in only_reason(path)


@pytest.mark.parametrize("count", [1 << 62, (1 << 63) - 1, -5])
def test_absurd_counts_are_skipped(tmp_path, count):
    array = made.A + made.ref(12) + made.R + struct.pack("<q", count) + b"\0"
    text = made.record("s", 1 << 40, made.member("a", 12 + len(INT), 0))
    path = made.binary(tmp_path / "x", INT, array, text)
    assert "array" in only_reason(path) or "address space" in only_reason(path)


def test_a_member_beyond_its_record_is_skipped(tmp_path):
    path = made.binary(tmp_path / "x", INT, made.record("s", 4, made.member("a", 12, 1 << 60)))
    assert "beyond the 4 it has" in only_reason(path)


def test_a_bit_field_wider_than_its_type_is_shown_as_recorded(tmp_path):
    wide = made.F + made.name("a") + made.ref(12) + made.uleb(40) + made.uleb(0)
    source = read(made.binary(tmp_path / "x", INT, made.record("s", 8, wide)))
    assert source is not None
    recorded = source.records["struct s"].recorded
    assert recorded is not None
    assert "40 bits" in recorded.reason


def test_abbreviations_that_never_end_are_refused(tmp_path):
    path = made.binary(tmp_path / "x", INT, table=made.TABLE[:-1])
    assert "the abbreviation table is cut off" in only_reason(path)


def test_many_units_with_overlapping_tables_are_refused(tmp_path):
    units = b"".join(made.unit(b"\1\0", table=index) for index in range(2000))
    table = b"".join(made.abbreviation(1, made.UNIT, False) for _ in range(2000)) + b"\0"
    path = made.elf(tmp_path / "x", {".debug_info": units, ".debug_abbrev": table})
    with pytest.raises(layout.LayoutError, match="abbreviation tables overlap"):
        layout.read(path)


def test_more_entries_than_memory_should_hold_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(entries_module, "MAX_ROWS", 1000)
    path = made.binary(tmp_path / "x", INT * 2000)
    with pytest.raises(layout.LayoutError, match="more than 1000 entries"):
        layout.read(path)


@pytest.mark.parametrize("stated", [1 << 40, 1 << 29, 100, 0])
def test_a_decompression_bomb_is_refused_without_unpacking_it(tmp_path, stated):
    packed = struct.pack("<IIQQ", 1, 0, stated, 1) + zlib.compress(bytes(100 << 20), 9)
    sections = {".debug_info": packed, ".debug_abbrev": packed}
    path = made.elf(tmp_path / "x", sections, flags=0x800)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(layout.LayoutError, match=r"too large|not of the"):
        layout.read(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200 << 10


def test_other_machines_and_byte_orders_are_refused_by_name(tmp_path):
    path = made.elf(tmp_path / "x", {".debug_info": b""}, machine=9999)
    with pytest.raises(layout.LayoutError, match="machine 9999 is not known; known are"):
        layout.read(path)
    path.write_bytes(b"\x7fELF\x02\x02" + path.read_bytes()[6:])
    with pytest.raises(layout.LayoutError, match="big-endian"):
        layout.read(path)


@pytest.mark.parametrize(
    ("target", "what"),
    [
        ("x86_64-windows-gnu", "Windows"),
        ("aarch64-macos", "Mach-O"),
        ("wasm32-wasi", "WebAssembly"),
    ],
)
def test_objects_of_other_formats_are_refused_by_name(tmp_path, target, what):
    source, path = tmp_path / "a.c", tmp_path / "a.o"
    source.write_text("struct a { int b; } c;\n")
    command = [sys.executable, "-m", "ziglang", "cc", "-target", target, "-g", "-c"]
    subprocess.run([*command, str(source), "-o", str(path)], check=True)
    with pytest.raises(layout.LayoutError, match=f"{what}.* is not read; debug info is read from"):
        layout.read(path)


def test_a_binary_without_debug_info_says_what_to_do(tmp_path):
    path = made.elf(tmp_path / "x", {".text": b"\x90"})
    with pytest.raises(layout.LayoutError, match=r"no debug info; .*compile with -g"):
        layout.read(path)


def mutations(data: bytes, seed: int, count: int):
    """Copies of a file that are cut off, or with bits flipped and bytes replaced."""
    choose = random.Random(seed)
    for _ in range(count):
        if choose.random() < 0.15:
            yield data[: choose.randrange(len(data))]
            continue
        damaged = bytearray(data)
        for _ in range(choose.choice([1, 1, 3, 10, 50])):
            at = choose.randrange(len(data))
            if choose.random() < 0.5:
                damaged[at] ^= 1 << choose.randrange(8)
            else:
                for index in range(at, min(at + choose.choice([1, 2, 4, 8]), len(data))):
                    damaged[index] = choose.choice([0, 0x7F, 0x80, 0xFF])
        yield bytes(damaged)


FORMS = {
    "gcc": ("gcc", "-g", "-c"),
    "type units": ("gcc", "-g", "-gdwarf-4", "-fdebug-types-section", "-c"),
    "clang": ("clang", "-g", "-c"),
    "compressed": ("gcc", "-g", "-c", "-gz=zlib"),
    "bpf": ("clang", "-target", "bpf", "-g", "-O2", "-c", "-DNO_FLOATS"),
}


@pytest.mark.parametrize("name", FORMS)
def test_damaged_objects_give_an_error_or_a_source(name, build, tmp_path):
    data = build(*FORMS[name]).read_bytes()
    path, read_whole = tmp_path / "x", 0
    for damaged in mutations(data, seed=7, count=80):
        path.write_bytes(damaged)
        read_whole += read(path) is not None
    assert 0 < read_whole < 80


def test_the_loops_agree_on_the_numbers_of_columns():
    names = (
        "OFFSET TAG PARENT LAST NAME DIGEST TYPE SIZE PLACE BITS BIT_PLACE ALIGN FLAGS SIGNATURE"
    )
    for name in names.split():
        assert getattr(digest, name) == getattr(rows, name)
    assert digest.STATIC == rows.DECLARATION | rows.EXTERNAL | rows.CONSTANT
