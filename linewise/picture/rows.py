"""A layout as rows by position: bases, members, holes, tail padding."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layout import Layout, Record


class Ink(NamedTuple):
    """What opens each style, and what ends them all; empty without colour."""

    name: str = ""
    place: str = ""
    empty: str = ""
    line: str = ""
    warning: str = ""
    end: str = ""


PLAIN = Ink()
COLOURED = Ink(
    name="\x1b[1m",
    place="\x1b[2m",
    empty="\x1b[33m",
    line="\x1b[36m",
    warning="\x1b[31m",
    end="\x1b[0m",
)


@dataclass(frozen=True, slots=True)
class About:
    """What a picture says of a record beside its layout.

    ``file`` is where the record was found, ``abis`` where it lies so, ``line`` the bytes of a cache
    line, ``language`` the source's row of `layout.sources.READERS`, empty where it is unknown.
    """

    file: str
    abis: Sequence[str]
    line: int
    ink: Ink = PLAIN
    language: str = "c"

    def place(self, placed: Layout) -> str:
        """``file:line`` of a record, which need not stand in the file that was read."""
        return f"{file_of(self.file, placed.record)}:{placed.record.line}"


def file_of(read: str, record: Record) -> str:
    """The file that a record stands in: often the one that was ``read``, or one it includes."""
    return read if record.file.startswith("<") else record.file


class Row(NamedTuple):
    """Bits ``first`` to ``last`` of a record, ``last`` excluded."""

    first: int
    last: int
    kind: str  # base, vptr, field, hole or tail
    type: str
    name: str
    width: int | None  # of a bit-field

    @property
    def where(self) -> str:
        """``12``, or ``12:3`` where it begins inside a byte or is a bit-field."""
        if self.width is None and not self.first & 7:
            return str(self.first >> 3)
        return f"{self.first >> 3}:{self.first & 7}"

    @property
    def size(self) -> str:
        """``4`` bytes, or ``3 b`` bits."""
        bits = self.last - self.first
        whole = self.width is None and not bits & 7 and not self.first & 7
        return str(bits >> 3) if whole else f"{bits} b"


def rows_of(placed: Layout) -> list[Row]:
    """The rows in ascending order of their first bit; those of a union as they are written."""
    rows = []
    if vptr_bytes(placed):
        rows.append(Row(0, vptr_bytes(placed) * 8, "vptr", "-- vptr --", "", None))
    rows += [_base(base) for base in bases_of(placed)]
    for one in placed.fields:
        rows.append(Row(one.bit_offset, one.end_bit, "field", one.type, one.name, one.bit_width))
    for hole in placed.holes:
        end = hole.bit_offset + hole.bits
        rows.append(Row(hole.bit_offset, end, "hole", "-- hole --", "", None))
    if placed.tail_padding:
        end = placed.size * 8
        start = end - placed.tail_padding * 8
        rows.append(Row(start, end, "tail", "-- tail padding --", "", None))
    rows.sort(key=itemgetter(0))
    return rows


def bases_of(placed: Layout) -> Sequence[Any]:
    """The base classes of a C++ record, each with name, offset, size and virtual; else none."""
    bases: Sequence[Any] = getattr(placed, "bases", ())
    return bases


def vptr_bytes(placed: Layout) -> int:
    """Bytes of a C++ record's own virtual table pointer, at its start; 0 where it has none."""
    taken: int = getattr(placed, "vptr_bytes", 0)
    return taken


def note_of(placed: Layout) -> str:
    """Why a record lies as its debug info says and not as we would place it; else empty."""
    recorded = getattr(placed.record, "recorded", None)
    return "" if recorded is None else f"as recorded: {recorded.reason}"


def _base(base: Any) -> Row:
    kind = "-- virtual base --" if base.virtual else "-- base --"
    first = base.offset * 8
    return Row(first, first + base.size * 8, "base", kind, base.name, None)


def used_end(placed: Layout) -> int:
    """First bit behind the last that a member or base uses."""
    ends = [one.end_bit for one in placed.fields]
    ends += [(base.offset + base.size) * 8 for base in bases_of(placed)]
    ends.append(vptr_bytes(placed) * 8)
    return max(ends, default=0)


def plural(count: int, word: str) -> str:
    """``1 hole``, ``2 holes``."""
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
