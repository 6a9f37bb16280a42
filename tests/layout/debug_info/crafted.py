"""ELF files with debug info written by hand: what no compiler writes."""

from __future__ import annotations

import struct
from pathlib import Path

UNIT, STRUCT, MEMBER, TYPEDEF, BASE, ARRAY, SUBRANGE, POINTER, CONST = (
    0x11, 0x13, 0x0D, 0x16, 0x24, 0x01, 0x21, 0x0F, 0x26,
)  # fmt: skip
NAME, SIZE, TYPE, PLACE, ENCODING, COUNT, BIT_SIZE, BIT_PLACE = (
    0x03, 0x0B, 0x49, 0x38, 0x3E, 0x37, 0x0D, 0x6B,
)  # fmt: skip
STRING, DATA1, DATA8, REF4, UDATA = 0x08, 0x0B, 0x07, 0x13, 0x0F


def uleb(value: int) -> bytes:
    out = bytearray()
    while True:
        value, low = value >> 7, value & 127
        out.append(low | (128 if value else 0))
        if not value:
            return bytes(out)


def abbreviation(code: int, tag: int, children: bool, *attributes: tuple[int, int]) -> bytes:
    pairs = b"".join(uleb(name) + uleb(form) for name, form in (*attributes, (0, 0)))
    return uleb(code) + uleb(tag) + bytes([children]) + pairs


def unit(entries: bytes, table: int = 0) -> bytes:
    """A unit of DWARF 4 with 64-bit addresses; its entries start at 11."""
    body = struct.pack("<HIB", 4, table, 8) + entries
    return struct.pack("<I", len(body)) + body


def elf(path: Path, sections: dict[str, bytes], machine: int = 62, flags: int = 0) -> Path:
    """An object with these sections; ``flags`` is 0x800 for compressed ones."""
    names = b"\0" + b"".join(name.encode() + b"\0" for name in [*sections, ".shstrtab"])
    at, body, rows = 64, b"", [bytes(64)]
    for name, data in {**sections, ".shstrtab": names}.items():
        where = names.index(b"\0" + name.encode() + b"\0") + 1
        kept = flags if name.startswith(".debug") else 0
        rows.append(struct.pack("<IIQQQQIIQQ", where, 1, kept, 0, at, len(data), 0, 0, 1, 0))
        at, body = at + len(data), body + data
    head = b"\x7fELF\x02\x01\x01" + bytes(9)
    head += struct.pack("<HHIQQQIHHHHHH", 2, machine, 1, 0, 0, at, 0, 64, 0, 0, 64, len(rows),
                        len(rows) - 1)  # fmt: skip
    path.write_bytes(head + body + b"".join(rows))
    return path


# Abbreviations that the tests share, by the names of their constants below.
TABLE = b"".join([
    abbreviation(1, UNIT, True),
    abbreviation(2, STRUCT, True, (NAME, STRING), (SIZE, DATA8)),
    abbreviation(3, MEMBER, False, (NAME, STRING), (TYPE, REF4), (PLACE, UDATA)),
    abbreviation(4, TYPEDEF, False, (NAME, STRING), (TYPE, REF4)),
    abbreviation(5, BASE, False, (NAME, STRING), (SIZE, DATA1), (ENCODING, DATA1)),
    abbreviation(6, ARRAY, True, (TYPE, REF4)),
    abbreviation(7, SUBRANGE, False, (COUNT, DATA8)),
    abbreviation(8, POINTER, False, (TYPE, REF4)),
    abbreviation(9, CONST, False, (TYPE, REF4)),
    abbreviation(10, MEMBER, False, (NAME, STRING), (TYPE, REF4), (BIT_SIZE, UDATA),
                 (BIT_PLACE, UDATA)),
    b"\0",
])  # fmt: skip
U, S, M, T, B, A, R, P, C, F = (uleb(code) for code in range(1, 11))


def name(text: str) -> bytes:
    return text.encode() + b"\0"


def ref(at: int) -> bytes:
    return struct.pack("<I", at)


def record(text: str, size: int, *members: bytes) -> bytes:
    return S + name(text) + struct.pack("<q", size) + b"".join(members) + b"\0"


def member(text: str, type_at: int, place: int) -> bytes:
    return M + name(text) + ref(type_at) + uleb(place)


def base(text: str, size: int, encoding: int = 5) -> bytes:
    return B + name(text) + bytes([size, encoding])


def binary(path: Path, *entries: bytes, table: bytes = TABLE) -> Path:
    """An ELF file of one unit; the first entry stands at 12, behind the unit's own."""
    info = unit(U + b"".join(entries) + b"\0")
    return elf(path, {".debug_info": info, ".debug_abbrev": table})
