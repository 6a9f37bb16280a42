"""The reader of BTF, the kernel's compact type information, from an ELF section or a raw file.

Format: Linux, Documentation/bpf/btf.rst. The types become rows as those of DWARF do, so that one
builder serves both. BTF says nothing about ``aligned`` and ``packed``: they are deduced, see
`layout.sources.dwarf.deduce`.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from layout.abis import ABIS, find_abi
from layout.errors import LayoutError
from layout.model import Abi, Source

if TYPE_CHECKING:
    from layout.sources.dwarf.elf import Elf

__all__ = ["read_binary", "read_section"]

# Bytes of BTF that are read at most; a kernel with everything in it has 10 MB.
MAX_BYTES = 256 << 20

# BTF_KIND_*.
_INT, _POINTER, _ARRAY, _STRUCT, _UNION, _ENUM, _FORWARD = range(1, 8)
_TYPEDEF, _VOLATILE, _CONST, _RESTRICT, _FUNC, _PROTOTYPE = range(8, 14)
_VARIABLE, _SECTION, _FLOAT, _DECLARATION_TAG, _TYPE_TAG, _ENUM64 = range(14, 20)

# Bytes that follow a type: fixed ones, and per element of its vlen.
_FIXED = {_INT: 4, _ARRAY: 12, _VARIABLE: 4, _DECLARATION_TAG: 4}
_EACH = {_STRUCT: 12, _UNION: 12, _ENUM: 8, _PROTOTYPE: 8, _SECTION: 12, _ENUM64: 12}
# The tag of DWARF that says the same; 0x34, a variable, for what is no type of a member.
_TAGS = [0x34, 0x24, 0x0F, 0x01, 0x13, 0x17, 0x04, 0x13, 0x16, 0x35, 0x26, 0x37, 0x34, 0x15,
         0x34, 0x34, 0x24, 0x34, 0x37, 0x04]  # fmt: skip
# Kinds whose third word is a type, and those whose is a size in bytes.
_REFERRING = (_POINTER, _TYPEDEF, _VOLATILE, _CONST, _RESTRICT, _TYPE_TAG, _PROTOTYPE)
_SIZED = (_INT, _STRUCT, _UNION, _ENUM, _FLOAT, _ENUM64)

# A type's number is its id shifted by this; its parts, 65,535 at most, follow it.
_SHIFT = 17


class _Types(NamedTuple):
    """Where the types of one BTF blob stand, and its strings; ids count from ``first``."""

    data: bytes
    first: int
    starts: list[int]
    strings: bytes
    first_string: int


def read_binary(path: Path) -> Source:
    """The records of a raw BTF file. A module's BTF builds on the file ``vmlinux`` beside it.

    A raw file names no machine; it is told by the size of ``long``. Raises LayoutError.
    """
    if _bytes(path, 4) == b"\x7fELF":
        return _of_elf(path)
    blobs = []
    base = path.with_name("vmlinux")
    if path.parent.name == "btf" and path.name != "vmlinux" and base.is_file():
        blobs.append(_parse(base, _bytes(base), None))
    blobs.append(_parse(path, _bytes(path), blobs[0] if blobs else None))
    return _source(path, blobs, None)


def _of_elf(path: Path) -> Source:
    from layout.sources.dwarf.elf import Elf

    elf = Elf(path)
    return read_section(elf, find_abi(elf.abi))


def read_section(elf: Elf, abi: Abi) -> Source:
    """The records of an ELF file's .BTF section. Raises LayoutError when it has none."""
    section = elf.first(".BTF")
    if section is None:
        raise elf.fault("no section .BTF", "make it with pahole -J or clang -target bpf -g")
    data = section.tobytes()
    return _source(elf.path, [_parse(elf.path, data, None)], abi)


def _bytes(path: Path, most: int = MAX_BYTES + 1) -> bytes:
    with path.open("rb") as stream:
        data = stream.read(most)
    if len(data) > MAX_BYTES:
        raise LayoutError(f"{path}: larger than {MAX_BYTES >> 20} MiB; give the BTF alone")
    return data


def _parse(path: Path, data: bytes, base: _Types | None) -> _Types:
    def fault(what: str) -> LayoutError:
        return LayoutError(f"{path}: {what}; give intact BTF for a little-endian machine")

    if len(data) < 24 or data[:2] != b"\x9f\xeb":
        raise fault("big-endian BTF" if data[:2] == b"\xeb\x9f" else "no BTF")
    version, _, head, type_at, type_size, text_at, text_size = struct.unpack_from(
        "<BBIIIII", data, 2
    )
    if version != 1:
        raise fault(f"BTF version {version}")
    at, end = head + type_at, head + type_at + type_size
    if end > len(data) or head + text_at + text_size > len(data):
        raise fault("BTF that is cut off")
    starts = []
    while at + 12 <= end:
        starts.append(at)
        info = int.from_bytes(data[at + 4 : at + 8], "little")
        kind = info >> 24 & 31
        if not 0 < kind < len(_TAGS):
            raise fault(f"a type of unknown kind {kind}")
        at += 12 + _FIXED.get(kind, 0) + _EACH.get(kind, 0) * (info & 0xFFFF)
    if at != end:
        raise fault("a type that is cut off")
    first = 1 if base is None else base.first + len(base.starts)
    first_string = 0 if base is None else base.first_string + len(base.strings)
    strings = data[head + text_at : head + text_at + text_size]
    return _Types(data, first, starts, strings, first_string)


def _source(path: Path, blobs: list[_Types], abi: Abi | None) -> Source:
    from layout.sources.dwarf.graph import resolve
    from layout.sources.dwarf.source import collect

    rows = _joined([_rows(blob) for blob in blobs])

    def name(number: int) -> str:
        offset = number - 1
        for blob in blobs:
            start = offset - blob.first_string
            if 0 <= start < len(blob.strings):
                end = blob.strings.find(b"\0", start)
                return blob.strings[start : max(end, start)].decode("utf-8", "replace")
        return f"<string {offset}>"

    if abi is None:
        abi = _abi(path, rows, name)
    graph = resolve(rows, rows.shape[1], [0], {}, name)
    return collect(str(path), graph, {}, abi, lambda _: str(path), [])


def _rows(blob: _Types) -> Any:
    """int64[col.COLUMNS, :]: each type and behind it its parts."""
    import numpy as np

    from layout.sources.dwarf.kernels import rows as col

    n = len(blob.starts)
    words = np.frombuffer(blob.data + b"\0" * (-len(blob.data) % 4), "<u1")
    at = np.array(blob.starts, np.int64)

    def word(places: Any) -> Any:
        return words[places[:, None] + np.arange(4)].astype(np.int64) @ (1 << 8 * np.arange(4))

    names, info, third = word(at), word(at + 4), word(at + 8)
    kind, count, marked = info >> 24 & 31, info & 0xFFFF, info >> 31
    record = (kind == _STRUCT) | (kind == _UNION)
    parts = np.where(record, count, np.where(kind == _ARRAY, 1, 0))
    place = np.arange(n) + np.concatenate(([0], np.cumsum(parts)[:-1])) if n else at
    rows = np.zeros((col.COLUMNS, n + int(parts.sum())), np.int64)
    rows[col.PARENT] = -1
    rows[col.OFFSET, place] = (blob.first + np.arange(n)) << _SHIFT
    rows[col.TAG, place] = np.array(_TAGS)[kind]
    rows[col.LAST, place] = place + 1 + parts
    rows[col.NAME, place] = np.where(names > 0, names + 1, 0)
    rows[col.DIGEST, place] = names
    rows[col.TYPE, place] = np.where(np.isin(kind, _REFERRING), third, 0) << _SHIFT
    sized = np.isin(kind, _SIZED)
    rows[col.SIZE, place] = np.where(sized, third, 0)
    rows[col.FLAGS, place] = np.where(sized, col.SIZED, 0)
    rows[col.FLAGS, place[kind == _FORWARD]] = col.DECLARATION
    rows[col.TAG, place[(kind == _FORWARD) & (marked == 1)]] = 0x17
    rows[col.FLAGS, place[kind == _FLOAT]] |= 4 << col.ENCODING_SHIFT
    ints = kind == _INT
    encoding = word(at[ints] + 12)
    boolean, signed = encoding >> 26 & 1, encoding >> 24 & 1
    meaning = np.where(boolean, 2, np.where(signed, 5, 7))
    rows[col.FLAGS, place[ints]] |= meaning << col.ENCODING_SHIFT
    rows[col.BITS, place[ints]] = encoding & 255
    rows[col.BIT_PLACE, place[ints]] = encoding >> 16 & 255
    arrays = np.flatnonzero(kind == _ARRAY)
    element, elements = word(at[arrays] + 12), word(at[arrays] + 20)
    rows[col.TYPE, place[arrays]] = element << _SHIFT
    bound = place[arrays] + 1
    _part(rows, bound, place[arrays], 0x21)
    rows[col.PLACE, bound] = elements
    rows[col.FLAGS, bound] = col.COUNTED
    records = np.flatnonzero(record)
    part = _members(rows, place[records], at[records], count[records], marked[records], word)
    _old_bit_fields(rows, part, place, kind, third, blob.first)
    return rows


def _joined(blobs: list[Any]) -> Any:
    """The rows of several blobs as those of one."""
    import numpy as np

    from layout.sources.dwarf.kernels import rows as col

    before = 0
    for rows in blobs:
        rows[col.PARENT] += np.where(rows[col.PARENT] >= 0, before, 0)
        rows[col.LAST] += before
        before += rows.shape[1]
    return np.concatenate(blobs, axis=1)


def _part(rows: Any, part: Any, parent: Any, tag: int) -> None:
    from layout.sources.dwarf.kernels import rows as col

    rows[col.TAG, part] = tag
    rows[col.PARENT, part] = parent
    rows[col.LAST, part] = part + 1
    rows[col.OFFSET, part] = rows[col.OFFSET, parent] + part - parent


def _members(rows: Any, parent: Any, at: Any, count: Any, marked: Any, word: Any) -> Any:
    """The rows of members; ``kind_flag`` puts a bit-field's width above its place."""
    import numpy as np

    from layout.sources.dwarf.kernels import rows as col

    index = np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
    part = np.repeat(parent, count) + 1 + index
    places = np.repeat(at, count) + 12 + 12 * index
    _part(rows, part, np.repeat(parent, count), 0x0D)
    names, types, offset = word(places), word(places + 4), word(places + 8)
    rows[col.NAME, part] = np.where(names > 0, names + 1, 0)
    rows[col.DIGEST, part] = names
    rows[col.TYPE, part] = types << _SHIFT
    marked = np.repeat(marked, count) == 1
    width = np.where(marked, offset >> 24, 0)
    bit = np.where(marked, offset & 0xFFFFFF, offset)
    rows[col.BITS, part] = width
    rows[col.BIT_PLACE, part] = bit
    rows[col.FLAGS, part] = np.where(width > 0, col.NARROW, 0) | col.BIT_FROM_START
    return part


def _old_bit_fields(rows: Any, part: Any, place: Any, kind: Any, third: Any, first: int) -> None:
    """Without ``kind_flag`` an integer of fewer bits than its bytes makes a bit-field."""
    import numpy as np

    from layout.sources.dwarf.kernels import rows as col

    narrow = (kind == _INT) & (rows[col.BITS, place] < 8 * third)
    if not narrow.any():
        return
    type_ = (rows[col.TYPE, part] >> _SHIFT) - first
    for _ in range(32):
        inside = (type_ >= 0) & (type_ < len(kind))
        known = np.where(inside, type_, 0)
        through = inside & np.isin(kind[known], (_TYPEDEF, _VOLATILE, _CONST, _RESTRICT))
        if not through.any():
            break
        type_ = np.where(through, third[known] - first, type_)
    found = inside & narrow[known] & (rows[col.BITS, part] == 0)
    integer = place[known[found]]
    rows[col.BITS, part[found]] = rows[col.BITS, integer]
    rows[col.BIT_PLACE, part[found]] += rows[col.BIT_PLACE, integer]
    rows[col.FLAGS, part[found]] |= col.NARROW


def _abi(path: Path, rows: Any, name: Any) -> Abi:
    """The ABI of a raw file: 64 or 32 bits by ``long``, as libbpf tells it."""
    from layout.sources.dwarf.kernels import rows as col

    bases = rows[:, rows[col.TAG] == 0x24]
    longs = {size for number, size in bases[[col.NAME, col.SIZE]].T.tolist()
             if number > 0 and name(number) in ("long", "long int", "long unsigned int",
                                                "unsigned long")}  # fmt: skip
    for size, abi in ((8, "x86_64-linux-gnu"), (4, "x86-linux-gnu")):
        if longs == {size} and abi in ABIS:
            return find_abi(abi)
    fault = f"no ABI is known for BTF whose long has {sorted(longs) or 'no'} bytes"
    raise LayoutError(f"{path}: {fault}; give the ELF file that it belongs to")
