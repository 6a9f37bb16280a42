"""Where the debug info of a binary is: in itself, in a debug file, in split and shared files.

GDB's manual, Debugging Information in Separate Files, gives the places; DWARF 5, section 7.3.2,
those of split units; what dwz moves out stands in the file that .gnu_debugaltlink names.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from pathlib import Path

from layout.errors import LayoutError
from layout.sources.dwarf.elf import Elf

__all__ = ["DEBUG_FOLDERS", "build_id", "debug_file", "package", "split_file", "supplement"]

# Folders under which debug files of whole systems lie.
DEBUG_FOLDERS = [Path("/usr/lib/debug")]

_NAMES = (".debug_info", ".debug_types")


def build_id(elf: Elf) -> bytes:
    """The build id from .note.gnu.build-id, b'' for none (gABI, Note Section)."""
    note = elf.raw(".note.gnu.build-id")
    if len(note) < 16 or note[12:16] != b"GNU\0":
        return b""
    size = int.from_bytes(note[4:8], "little")
    return note[16 : 16 + size] if len(note) >= 16 + size else b""


def debug_file(elf: Elf) -> tuple[Elf | None, list[str]]:
    """The file with the debug info of a binary, and the places that were looked at in vain."""
    if elf.named(*_NAMES):
        return elf, []
    tried = []
    for path, checksum in _debug_paths(elf):
        tried.append(str(path))
        found = _open(path)
        if found is None:
            continue
        ours, theirs = build_id(elf), build_id(found)
        same = ours == theirs if ours and theirs else _same_checksum(path, checksum)
        if same and found.named(*_NAMES) and found.machine_number == elf.machine_number:
            return found, tried
    return None, tried


def _debug_paths(elf: Elf) -> Iterator[tuple[Path, int | None]]:
    mark = build_id(elf).hex()
    if len(mark) > 2:
        for folder in DEBUG_FOLDERS:
            yield folder / ".build-id" / mark[:2] / f"{mark[2:]}.debug", None
    link = elf.raw(".gnu_debuglink")
    end = link.find(b"\0")
    name = link[: max(end, 0)].decode("utf-8", "replace")
    if not name or "/" in name or len(link) < 8:
        return
    checksum = int.from_bytes(link[-4:], "little")
    here = _folder(elf.path)
    yield here / name, checksum
    yield here / ".debug" / name, checksum
    for folder in DEBUG_FOLDERS:
        yield folder / here.relative_to(here.anchor) / name, checksum


def _folder(path: Path) -> Path:
    try:
        return path.resolve().parent
    except (OSError, RuntimeError):
        return path.parent


def _open(path: Path) -> Elf | None:
    try:
        return Elf(path) if path.is_file() else None
    except (LayoutError, OSError, ValueError):
        return None


def _same_checksum(path: Path, checksum: int | None) -> bool:
    """Whether a file has the CRC-32 that .gnu_debuglink states."""
    if checksum is None:
        return False
    value = 0
    with path.open("rb") as stream:
        while piece := stream.read(1 << 20):
            value = zlib.crc32(piece, value)
    return value == checksum


def supplement(elf: Elf) -> tuple[Elf | None, str]:
    """The file that .gnu_debugaltlink or .debug_sup (DWARF 5, 7.3.6) names, and what is wrong when
    there should be one."""
    link = elf.raw(".gnu_debugaltlink")
    name, _, mark = link.partition(b"\0")
    if not link:
        link = elf.raw(".debug_sup")
        if len(link) < 4 or link[2]:  # 1 marks the supplementary file itself
            return None, ""
        name, _, rest = link[3:].partition(b"\0")
        mark = rest[1:]
    text = name.decode("utf-8", "replace")
    places = [elf.path.parent / text, _folder(elf.path) / text]
    if len(mark) > 1:
        inside = Path(".build-id") / mark[:1].hex() / f"{mark[1:].hex()}.debug"
        places += [folder / inside for folder in DEBUG_FOLDERS]
    places += [folder / ".dwz" / Path(text).name for folder in DEBUG_FOLDERS]
    for path in places:
        found = _open(path)
        if found is not None and build_id(found) in (mark, b""):
            return found, ""
    return None, f"the shared debug file {text[:200]} is not there; install or give it"


def package(elf: Elf, binary: Path) -> Elf | None:
    """The package of split units beside the binary: ``NAME.dwp``."""
    for path in (binary, elf.path):
        found = _open(path.with_name(f"{path.name}.dwp"))
        if found is not None:
            return found
    return None


def split_file(elf: Elf, name: str, folder: str) -> Elf | None:
    """A .dwo file by the name and the compilation folder that its skeleton states."""
    here = elf.path.parent
    for path in (Path(folder) / name, here / name, here / Path(name).name):
        found = _open(path)
        if found is not None:
            return found
    return None
