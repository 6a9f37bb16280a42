"""All entries of all files as rows of one table.

Each section of each file has a number of its own, and a byte in it the number ``section << 40``
plus its place: so a reference, a string and an entry are single integers whatever file they lie in.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from layout.errors import LayoutError
from layout.sources.dwarf.elf import Elf, Section
from layout.sources.dwarf.kernels import plan_loop, walk_loop
from layout.sources.dwarf.kernels import rows as col
from layout.sources.dwarf.units import Contribution, Unit, contributions, headers

__all__ = ["Entries", "UnitPlace"]

SECTION_BITS = 40

# Rows at most, 128 bytes each. 10 MB of .debug_info from C have some 250,000.
MAX_ROWS = 1 << 24
# Bytes of abbreviations read, as a multiple of the section: tables never overlap.
MAX_OVERLAP = 4
# Bytes of one name, and of all names: those of Rust and C++ reach some thousand.
MAX_NAME = 1 << 16
MAX_NAMES = 1 << 28

_MERGED = 0x30  # SHF_MERGE, SHF_STRINGS
_ABSENT = -(1 << 60)
_EMPTY = np.frombuffer(b"", np.uint8)  # as read-only as the sections: another type compiles anew


class UnitPlace(NamedTuple):
    """Where a unit lies, for messages and for its line table."""

    elf: Elf
    unit: Unit


@dataclass(slots=True)
class Entries:
    """The table, and what its numbers mean. ``rows`` is int64[col.COLUMNS, :], ``count`` of them
    used; ``starts`` is each unit's first row."""

    rows: NDArray[np.int64] = field(default_factory=lambda: np.zeros((col.COLUMNS, 0), np.int64))
    count: int = 0
    units: list[UnitPlace] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    signatures: dict[int, int] = field(default_factory=dict)  # of a type -> number of its entry
    faults: list[str] = field(default_factory=list)
    _sections: list[NDArray[np.uint8]] = field(default_factory=list)
    _numbers: dict[tuple[int, int], int] = field(default_factory=dict)
    _names: dict[int, str] = field(default_factory=dict)
    _name_bytes: int = 0

    def number(self, elf: Elf, section: Section | None) -> int:
        """The number of a section's first byte, far below 0 for None."""
        if section is None:
            return _ABSENT
        key = (id(elf), section.number)
        known = self._numbers.get(key)
        if known is None:
            known = self._numbers[key] = len(self._sections) << SECTION_BITS
            self._sections.append(elf.data(section))
        return known

    def data(self, number: int) -> NDArray[np.uint8]:
        """The bytes of the section that a number lies in."""
        return self._sections[number >> SECTION_BITS] if number >= 0 else _EMPTY

    def name(self, number: int) -> str:
        """The string of a number. Raises LayoutError for names that no compiler writes."""
        known = self._names.get(number)
        if known is None:
            data, start = self.data(number), number & ((1 << SECTION_BITS) - 1)
            piece = data[start : start + 100].tobytes()
            end = piece.find(b"\0")
            if end < 0:
                piece = data[start : start + MAX_NAME].tobytes()
                end = piece.find(b"\0")
            self._name_bytes += end
            if end < 0 or self._name_bytes > MAX_NAMES:
                raise LayoutError(f"a name longer than {MAX_NAME} bytes, or names of {MAX_NAMES}")
            known = self._names[number] = piece[:end].decode("utf-8", "replace")
        return known

    def cut(self, units: int) -> None:
        """Forgets all units but the first ones."""
        if units < len(self.units):
            self.rows[:, self.starts[units] : self.count] = 0
            self.count = self.starts[units]
            del self.units[units:], self.starts[units:]

    def tops(self, first: int = 0) -> NDArray[np.int64]:
        """The rows of the units' own entries from unit ``first`` on: the unit, and its columns."""
        starts = np.array(self.starts[first:], np.int64)
        ends = np.append(starts[1:], self.count)
        used = np.flatnonzero(ends > starts)
        return np.vstack([used + first, self.rows[:, starts[used]]])

    def add(self, elf: Elf, alternate: Elf | None = None, *, split: bool = False) -> int:
        """Walks a file's units; the answer is the number of the first of them.

        ``alternate`` is the supplementary file that it refers to, see .gnu_debugaltlink; ``split``
        tells the sections of a .dwo or .dwp file.
        """
        ending = ".dwo" if split else ""
        first_unit = len(self.units)
        infos = elf.named(f".debug_info{ending}")
        sections = [(row, False) for row in infos]
        sections += [(row, True) for row in elf.named(f".debug_types{ending}")]
        numbers = [self.number(elf, section) for section, _ in sections]
        if alternate is not None:
            for section in alternate.named(".debug_info"):
                self.number(alternate, section)
        for (_, types), number in zip(sections, numbers, strict=True):
            parts = {}
            if split:
                names = (".debug_tu_index",) if types else (".debug_cu_index", ".debug_tu_index")
                for name in names:
                    index = elf.first(name)
                    parts.update({} if index is None else contributions(index.tobytes()))
            self._walk(elf, alternate, number, _Kind(types, split, ending, parts))
        return first_unit

    def _walk(self, elf: Elf, alternate: Elf | None, number: int, kind: _Kind) -> None:
        data = self.data(number)
        units, fault = headers(
            memoryview(data.data), types=kind.types, split=kind.split, parts=kind.parts
        )
        if fault:
            self.faults.append(f"{elf.path}: {fault}; what follows is not read")
        if not units:
            return
        for unit in units:
            if unit.signature is not None:
                entry = number + unit.start + unit.type_offset
                self.signatures.setdefault(unit.signature, entry)
        self.units += [UnitPlace(elf, unit) for unit in units]
        ending = kind.ending
        strings = [
            self._first(elf, f".debug_str{ending}"),
            self._first(elf, ".debug_line_str"),
            self._first(alternate, ".debug_str"),
        ]
        offsets = elf.first(f".debug_str_offsets{ending}")
        whole = alternate is None and not _loose(elf, kind.split)
        shared = self._first(alternate, ".debug_info")
        bases = np.array([number, *strings, shared, whole], np.int64)
        texts = (*map(self.data, strings), _EMPTY if offsets is None else offsets)
        abbreviations = elf.first(f".debug_abbrev{ending}")
        columns, plans = _plans(elf, _EMPTY if abbreviations is None else abbreviations, units)
        self._run(elf, data, texts, bases, columns, plans)

    def _first(self, elf: Elf | None, name: str) -> int:
        rows = elf.named(name) if elf is not None else []
        return self.number(elf, rows[0]) if elf is not None and rows else _ABSENT

    def _run(self, elf: Elf, data: Any, texts: Any, bases: Any, columns: Any, plans: Any) -> None:
        faults = np.zeros((len(columns), 3), np.int64)
        state = np.array([0, self.count], np.int64)
        # Untouched memory costs nothing: one entry in 8 bytes is more than compilers write.
        self._grow(elf, self.count + data.size // 8 + 64)
        with np.errstate(over="ignore"):  # digests wrap; only seen with the JIT off
            while not walk_loop()(data, texts, bases, columns, *plans, self.rows, state, faults):
                self.count = int(state[1])
                self._grow(elf, 2 * self.rows.shape[1], full=True)
        self.count = int(state[1])
        self.starts += faults[:, 2].tolist()
        for index in np.flatnonzero(faults[:, 0]).tolist():
            code, at, _ = faults[index].tolist()
            start = int(columns[index, col.START])
            where = f"the unit at {start:#x}, entry at {at:#x}"
            self.faults.append(f"{elf.path}: {where}: {col.FAULTS[code]}; the unit is not read")

    def _grow(self, elf: Elf, wanted: int, full: bool = False) -> None:
        """Makes room for so many rows, or for MAX_ROWS when that is less."""
        room = self.rows.shape[1]
        if full and room >= MAX_ROWS:
            raise elf.fault(f"more than {MAX_ROWS} entries about types", "give a smaller file")
        if wanted <= room:
            return
        rows = np.zeros((col.COLUMNS, min(max(wanted, 2 * room), MAX_ROWS)), np.int64)
        rows[:, : self.count] = self.rows[:, : self.count]
        self.rows = rows


def _loose(elf: Elf, split: bool) -> bool:
    """Whether equal strings may stand in .debug_str twice: only a linker merges them."""
    sections = elf.named(".debug_str")
    return split or elf.relocatable or not (sections and sections[0].flags & _MERGED == _MERGED)


class _Kind(NamedTuple):
    """What a section of units is."""

    types: bool
    split: bool
    ending: str
    parts: dict[int, Contribution]


def _plans(elf: Elf, abbreviations: Any, units: list[Unit]) -> Any:
    """The units in columns, and the plans of all tables that they use."""
    tables: dict[tuple[int, ...], int] = {}
    columns = np.empty((len(units), col.UNIT_COLUMNS), np.int64)
    size = abbreviations.size
    for index, unit in enumerate(units):
        key = (min(unit.table, size), unit.offset_bytes, unit.address_bytes, unit.version)
        table = tables.setdefault(key, len(tables))
        columns[index] = (
            unit.start, unit.end, table, unit.offset_bytes, unit.address_bytes, unit.version,
            unit.string_table, unit.entries,
        )  # fmt: skip
    keys = np.array(list(tables), np.int64).reshape(-1, 4)
    if len(tables) * 1.0 > size + 1:
        raise elf.fault("abbreviation tables overlap")
    none = (
        np.empty((0, col.PLAN_COLUMNS), np.int64),
        np.empty((0, col.STEP_COLUMNS), np.int64),
        np.empty((0, 4), np.int64),
    )
    limit = MAX_OVERLAP * size + 4096
    n_plans, n_steps, read = plan_loop()(abbreviations, keys, *none, False, limit)
    if read > limit:
        raise elf.fault("abbreviation tables overlap")
    plans = np.empty((n_plans, col.PLAN_COLUMNS), np.int64)
    steps = np.empty((n_steps, col.STEP_COLUMNS), np.int64)
    rows = np.empty((len(keys), 4), np.int64)
    plan_loop()(abbreviations, keys, plans, steps, rows, True, limit)
    for first, count, dense, _ in rows[rows[:, 2] == 0].tolist():
        if not dense:
            own = plans[first : first + count]
            own[:] = own[np.argsort(own[:, col.CODE], kind="stable")]
    return columns, (plans, steps, rows)
