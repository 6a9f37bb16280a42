"""One source in every form that its debug info may have: all give the same records."""

import shutil
import struct
import subprocess
from pathlib import Path

import pytest

import layout
from layout.sources.dwarf import companions
from tests.layout.debug_info.conftest import tool
from tests.layout.debug_info.shapes import shapes

VARIANTS = {
    "dwarf 4": ("gcc", "-g", "-gdwarf-4"),
    "dwarf 3, bit-fields counted from the top": ("gcc", "-gdwarf-3", "-gstrict-dwarf"),
    "relocatable": ("gcc", "-g", "-c"),
    "shared object": ("gcc", "-g", "-shared", "-fPIC"),
    "link-time optimisation": ("gcc", "-g", "-O2", "-flto"),
    "type units": ("gcc", "-g", "-fdebug-types-section"),
    "type units of dwarf 4, relocatable": (
        "gcc", "-g", "-gdwarf-4", "-fdebug-types-section", "-c"
    ),
    "split": ("gcc", "-g", "-gsplit-dwarf"),
    "split dwarf 4": ("gcc", "-g", "-gdwarf-4", "-gsplit-dwarf"),
    "split type units": ("gcc", "-g", "-gsplit-dwarf", "-fdebug-types-section"),
    "compressed": ("gcc", "-g", "-gz=zlib"),
    "compressed as before 2015": ("gcc", "-g", "-c", "-gz=zlib-gnu"),
    "clang": ("clang", "-g"),
    "clang, dwarf 4, relocatable": ("clang", "-g", "-gdwarf-4", "-c"),
    "clang, split": ("clang", "-g", "-gdwarf-5", "-gsplit-dwarf", "-c"),
    "clang, split dwarf 4": ("clang", "-g", "-gdwarf-4", "-gsplit-dwarf", "-c"),
    "clang, type units": ("clang", "-g", "-gdwarf-5", "-fdebug-types-section", "-c"),
    "clang, compressed, relocatable": ("clang", "-g", "-gz=zlib", "-c"),
}  # fmt: skip


@pytest.fixture(scope="session")
def plain(build):
    return shapes(build("gcc", "-g"))


@pytest.mark.parametrize("name", VARIANTS)
def test_every_form_of_debug_info_gives_the_same_records(name, build, plain):
    found = shapes(build(*VARIANTS[name]))
    assert found == plain
    assert len(found) >= 28


def test_arm64_gives_the_same_but_for_its_own_types(build, plain):
    path = build("aarch64-linux-gnu-gcc", "-g", "-c", "-DNO_FLOATS")
    assert layout.read(path).abi == "aarch64-linux-gnu"
    same = {
        name: plain[name] for name in plain if name not in ("struct odd", "struct __va_list_tag")
    }
    assert shapes(path) == same


def call(*command: str | Path) -> None:
    subprocess.run([tool(str(command[0])), *map(str, command[1:])], check=True, capture_output=True)


def stripped(build, folder: Path) -> tuple[Path, Path]:
    """A binary without debug info, and the file that has it."""
    binary, debug = folder / "prog", folder / "prog.debug"
    call("objcopy", "--only-keep-debug", build("gcc", "-g", "-Wl,--build-id"), debug)
    call("objcopy", "--strip-debug", build("gcc", "-g", "-Wl,--build-id"), binary)
    return binary, debug


def test_a_debug_file_is_found_by_build_id(build, plain, tmp_path, monkeypatch):
    binary, debug = stripped(build, tmp_path)
    with pytest.raises(layout.LayoutError, match=r"no debug info; looked for .*\.build-id"):
        layout.read(binary)
    mark = companions.build_id(companions._open(binary)).hex()
    home = tmp_path / "debug" / ".build-id" / mark[:2]
    home.mkdir(parents=True)
    shutil.move(debug, home / f"{mark[2:]}.debug")
    monkeypatch.setattr(companions, "DEBUG_FOLDERS", [tmp_path / "debug"])
    assert shapes(binary) == plain


def test_a_debug_file_is_found_by_its_link_and_of_another_build_refused(build, plain, tmp_path):
    binary, debug = stripped(build, tmp_path)
    call("objcopy", "--remove-section=.note.gnu.build-id", f"--add-gnu-debuglink={debug}", binary)
    (tmp_path / ".debug").mkdir()
    hidden = tmp_path / ".debug" / "prog.debug"
    shutil.move(debug, hidden)
    assert shapes(binary) == plain
    hidden.write_bytes(hidden.read_bytes() + b"\0")
    with pytest.raises(layout.LayoutError, match="no debug info"):
        layout.read(binary)


def test_types_that_dwz_moved_to_a_shared_file_are_found(build, plain, tmp_path):
    names = ("one", "two")
    for name in names:
        shutil.copy(build("gcc", "-g", "-gdwarf-4"), tmp_path / name)
    call("dwz", "-m", tmp_path / "shared", "-M", "shared", *(tmp_path / name for name in names))
    path = tmp_path / "one"
    assert b".gnu_debugaltlink" in path.read_bytes()
    assert shapes(path) == plain
    (tmp_path / "shared").unlink()
    reasons = [skip.reason for skip in layout.read(path).skipped]
    assert any("the shared debug file shared is not there" in reason for reason in reasons)


def test_units_that_dwz_shared_within_a_file_are_found(build, plain, tmp_path):
    shutil.copy(build("gcc", "-g", "-gdwarf-5"), tmp_path / "one")
    call("dwz", tmp_path / "one")
    assert shapes(tmp_path / "one") == plain


@pytest.mark.parametrize(
    ("packer", "flags"),
    [
        ("dwp", ("gcc", "-g", "-gdwarf-4", "-gsplit-dwarf", "-fdebug-types-section")),
        ("llvm-dwp-14", ("clang", "-g", "-gdwarf-5", "-gsplit-dwarf", "-c")),
    ],
    ids=["dwarf 4", "dwarf 5"],
)
def test_split_units_are_found_in_a_package(packer, flags, build, plain, tmp_path):
    built = build(*flags)
    binary = tmp_path / built.name
    shutil.copy(built, binary)
    splits = [path for path in built.parent.iterdir() if path.suffix == ".dwo"]
    call(packer, *splits, "-o", tmp_path / f"{built.name}.dwp")
    for split in splits:
        split.rename(split.with_suffix(".moved"))
    try:
        assert shapes(binary) == plain
    finally:
        for split in splits:
            split.with_suffix(".moved").rename(split)


def test_a_split_file_that_is_gone_is_listed(build, tmp_path):
    built = build("gcc", "-gsplit-dwarf", "-g", "-c")
    binary = tmp_path / "records.o"
    shutil.copy(built, binary)
    moved = built.with_suffix(".dwo").rename(built.with_suffix(".moved"))
    source = layout.read(binary)
    moved.rename(built.with_suffix(".dwo"))
    assert source.records == {}
    (skip,) = source.skipped
    assert "split file records.dwo is not there" in skip.reason


def test_zstd_sections_are_read(build, plain, tmp_path):
    zstd = pytest.importorskip("backports.zstd")
    path = tmp_path / "prog"
    call("objcopy", build("gcc", "-g", "-no-pie"), path)
    data = bytearray(path.read_bytes())
    # Compresses .debug_info in place: the rest of its bytes stays unused.
    (headers,) = struct.unpack_from("<Q", data, 40)
    entry, count, names = struct.unpack_from("<HHH", data, 58)
    (strings,) = struct.unpack_from("<Q", data, headers + names * entry + 24)
    for index in range(count):
        at = headers + index * entry
        (name,) = struct.unpack_from("<I", data, at)
        if data[strings + name :].startswith(b".debug_info\0"):
            offset, size = struct.unpack_from("<QQ", data, at + 24)
            packed = struct.pack("<IIQQ", 2, 0, size, 1)
            packed += zstd.compress(bytes(data[offset : offset + size]))
            data[offset : offset + len(packed)] = packed
            struct.pack_into("<Q", data, at + 8, 0x800)
            struct.pack_into("<Q", data, at + 32, len(packed))
    path.write_bytes(data)
    assert shapes(path) == plain
