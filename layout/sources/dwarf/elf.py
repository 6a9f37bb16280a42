"""The container: sections of an ELF file, decompressed and relocated.

ELF: System V ABI, chapters 4 and 5; compressed sections: gABI, Section Compression. The reader is
our own rather than pyelftools': it opens a file in 1 ms where the import alone took 27, it bounds
every read and every decompression, and it knows zstd.
"""

from __future__ import annotations

import struct
import sys
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from layout.errors import LayoutError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Bytes = NDArray[np.uint8]

__all__ = ["MACHINES", "Elf", "Machine", "Section"]

# Bytes that all sections read of one file may have once decompressed.
MAX_BYTES = 1 << 30
# Sections of one file; objects with a section per function have some 10,000.
MAX_SECTIONS = 1 << 20
# Bytes that one byte can become: zlib's technical note says 1032; zstd's blocks of one byte
# repeated have no such bound, real debug info stays below 30.
MAX_RATIO = 1040

_COMPRESSED = 0x800  # SHF_COMPRESSED
_NOBITS, _RELA, _REL, _SYMTAB = 8, 4, 9, 2


class Machine(NamedTuple):
    """What `e_machine` means: the ABIs' names for 32 and 64 bits, '' for none, and its absolute
    relocations by type: bytes that they write."""

    name: str
    abi32: str
    abi64: str
    relocations: dict[int, int]


# Relocations: the psABI's of each machine, tables of relocation types.
MACHINES = {
    3: Machine("80386", "x86-linux-gnu", "", {1: 4}),
    40: Machine("Arm", "arm-linux-gnueabihf", "", {2: 4}),
    62: Machine("x86-64", "", "x86_64-linux-gnu", {1: 8, 10: 4, 11: 4}),
    183: Machine("AArch64", "", "aarch64-linux-gnu", {257: 8, 258: 4}),
    243: Machine("RISC-V", "", "riscv64-linux-gnu", {1: 4, 2: 8}),
    # Programs for the kernel's virtual machine are read beside structures of the kernel's own
    # machine: 64 bits, little endian, aligned as on x86-64.
    247: Machine("BPF", "", "x86_64-linux-gnu", {1: 8, 2: 8, 3: 4, 4: 4}),
}


class Section(NamedTuple):
    """One row of the section table."""

    number: int
    name: str
    type: int
    flags: int
    offset: int
    size: int
    link: int
    info: int


class Elf:
    """An ELF file, opened for each read. Raises LayoutError for what is no readable one."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.budget = MAX_BYTES
        self._data: dict[int, Bytes] = {}
        self._named: dict[tuple[str, ...], list[Section]] = {}
        try:
            self._size = path.stat().st_size
        except OSError as error:
            raise self.fault(error.strerror or "it cannot be opened") from None
        self._header()

    def fault(self, fault: str, remedy: str = "give an intact file") -> LayoutError:
        """The error that names this file."""
        return LayoutError(f"{self.path}: {fault}; {remedy}")

    def _read(self, offset: int, size: int, what: str) -> bytes:
        if size < 0 or offset < 0 or offset + size > self._size:
            raise self.fault(f"{what} lies beyond the end of the file")
        try:
            with self.path.open("rb") as stream:
                stream.seek(offset)
                data = stream.read(size)
        except (OSError, OverflowError) as error:
            raise self.fault(f"{what} cannot be read: {error}") from None
        if len(data) != size:
            raise self.fault(f"{what} lies beyond the end of the file")
        return data

    def _header(self) -> None:
        head = self._read(0, min(64, self._size), "the ELF header")
        if len(head) < 52 or head[:4] != b"\x7fELF":
            raise self.fault("no ELF file")
        if head[5] != 1:
            fault = "a big-endian ELF file is not supported" if head[5] == 2 else "a damaged header"
            raise self.fault(fault, "give one for a little-endian machine")
        self.wide = head[4] == 2
        if head[4] not in (1, 2) or (self.wide and len(head) < 64):
            raise self.fault("a damaged header: neither 32 nor 64 bits")
        kinds = "<HHIQQQIHHHHHH" if self.wide else "<HHIIIIIHHHHHH"
        fields = struct.unpack_from(kinds, head, 16)
        self.relocatable = fields[0] == 1
        self.machine_number = fields[1]
        table, entry, count, names = fields[5], fields[10], fields[11], fields[12]
        self.sections = self._table(table, entry, count, names) if table else []

    def _table(self, table: int, entry: int, count: int, names: int) -> list[Section]:
        kinds = "<IIQQQQIIQQ" if self.wide else "<IIIIIIIIII"
        size = struct.calcsize(kinds)
        if entry != size:
            raise self.fault(f"section headers of {entry} bytes")
        first = struct.unpack(kinds, self._read(table, size, "the section table"))
        count = count or first[5]  # more than 65,279 stand in the first one: gABI, e_shnum
        names = first[6] if names == 0xFFFF else names
        if count > MAX_SECTIONS:
            raise self.fault(f"{count} sections, {MAX_SECTIONS} at most")
        data = self._read(table, size * count, "the section table")
        raw = [struct.unpack_from(kinds, data, size * index) for index in range(count)]
        if names >= count:
            raise self.fault("no section holds the names of the sections")
        strings = self._read(raw[names][4], raw[names][5], "the names of the sections")
        sections = []
        for index, row in enumerate(raw):
            end = strings.find(b"\0", row[0], row[0] + 256)
            name = strings[row[0] : end].decode("utf-8", "replace") if end >= 0 else ""
            sections.append(Section(index, name, row[1], row[2], row[4], row[5], row[6], row[7]))
        return sections

    @property
    def machine(self) -> Machine:
        """Whose code it is. Raises LayoutError for a machine that has no row."""
        row = MACHINES.get(self.machine_number)
        if row is None:
            known = ", ".join(one.name for one in MACHINES.values())
            raise self.fault(f"machine {self.machine_number} is not known", f"known are {known}")
        return row

    @property
    def abi(self) -> str:
        """The name of the ABI that its records were laid out for."""
        machine = self.machine
        name = machine.abi64 if self.wide else machine.abi32
        if not name:
            bits = 64 if self.wide else 32
            raise self.fault(f"{bits}-bit {machine.name} has no ABI here", "give another file")
        return name

    def named(self, *names: str) -> list[Section]:
        """The sections of these names that hold bytes, as DWARF before 5 spelled them too."""
        known = self._named.get(names)
        if known is None:
            old = {f".z{name[1:]}" for name in names if name.startswith(".debug")}
            wanted = {*names, *old}
            known = [row for row in self.sections if row.name in wanted and row.type != _NOBITS]
            self._named[names] = known
        return known

    def first(self, *names: str) -> Bytes | None:
        """The bytes of the first section of these names, None where there is none."""
        rows = self.named(*names)
        return self.data(rows[0]) if rows else None

    def raw(self, name: str) -> bytes:
        """A small section as it stands, b'' where there is none or it is larger than 64 KiB."""
        rows = self.named(name)
        if not rows or rows[0].size > 65536:
            return b""
        return self._read(rows[0].offset, rows[0].size, name)

    def data(self, section: Section) -> Bytes:
        """A section's bytes, decompressed and relocated; uint8[:], not to be written to."""
        known = self._data.get(section.number)
        if known is None:
            import numpy as np

            plain = self._plain(section)
            self.budget -= len(plain)
            known = np.frombuffer(plain, np.uint8)
            if self.relocatable:
                known = self._relocated(section, known)
            known.setflags(write=False)
            self._data[section.number] = known
        return known

    def _plain(self, section: Section) -> bytes:
        if section.size > self.budget:
            raise self.fault(f"{section.name} of {section.size} bytes is too large")
        data = self._read(section.offset, section.size, section.name)
        if section.flags & _COMPRESSED:
            kinds = "<IIQQ" if self.wide else "<III"
            if len(data) < struct.calcsize(kinds):
                raise self.fault(f"{section.name} is cut off")
            head = struct.unpack_from(kinds, data)
            return self._expand(section, data[struct.calcsize(kinds) :], head[0], head[-2])
        if section.name.startswith(".z") and data[:4] == b"ZLIB" and len(data) >= 12:
            return self._expand(section, data[12:], 1, int.from_bytes(data[4:12], "big"))
        return data

    def _expand(self, section: Section, data: bytes, kind: int, size: int) -> bytes:
        """Decompresses up to the size stated, 1 zlib and 2 zstd (gABI, Section Compression)."""
        if size > self.budget or size > MAX_RATIO * (len(data) + 64):
            raise self.fault(f"{section.name} of {size} bytes is too large")
        try:
            engine = zlib.decompressobj() if kind == 1 else _zstd() if kind == 2 else None
            if engine is None:
                raise self.fault(f"{section.name}: compression {kind} is not known")
            plain: bytes = engine.decompress(data, max_length=size + 1) if kind == 2 else (
                engine.decompress(data, size + 1)
            )  # fmt: skip
        except LayoutError:
            raise
        except ImportError:
            remedy = "install linewise[zstd], or decompress it with objcopy"
            raise self.fault(f"{section.name} is compressed with zstd", remedy) from None
        except Exception as error:  # each library has errors of its own
            raise self.fault(f"{section.name} does not decompress: {error}") from None
        if len(plain) != size:
            raise self.fault(f"{section.name} is not of the {size} bytes that it states")
        return plain

    def _relocated(self, section: Section, data: Bytes) -> Bytes:
        tables = [
            row for row in self.sections
            if row.type in (_RELA, _REL) and row.info == section.number
        ]  # fmt: skip
        for table in tables:
            data = self._apply(table, data)
        return data

    def _apply(self, table: Section, data: Bytes) -> Bytes:
        """Absolute relocations: symbol + addend, the addend in place for REL tables."""
        import numpy as np

        sizes = self.machine.relocations
        word = "<u8" if self.wide else "<u4"
        kinds = [("offset", word), ("info", word)]
        kinds += [("addend", "<i8" if self.wide else "<i4")] if table.type == _RELA else []
        rows = _records(self._plain(table), np.dtype(kinds))
        shift, mask = (32, 0xFFFFFFFF) if self.wide else (8, 0xFF)
        values = self._symbols(table.link)
        symbol = (rows["info"] >> np.uint64(shift)).astype(np.int64)
        type_ = (rows["info"] & np.uint64(mask)).astype(np.int64)
        out = data.copy()
        for number, size in sizes.items():
            inside = (rows["offset"] < data.size) & (symbol < values.size) & (type_ == number)
            at = rows["offset"][inside].astype(np.int64)
            fits = at + size <= data.size
            at = at[fits]
            places = at[:, None] + np.arange(size)
            if table.type == _RELA:
                addend = rows["addend"][inside][fits].astype(np.int64)
            else:
                weights = np.left_shift(np.int64(1), 8 * np.arange(size, dtype=np.int64))
                addend = (out[places].astype(np.int64) * weights).sum(1)
            value = values[symbol[inside][fits]] + addend
            out[places] = (value[:, None] >> (8 * np.arange(size))) & 255
        return out

    def _symbols(self, link: int) -> Any:
        """Values of a symbol table, int64[:]."""
        import numpy as np

        if not (link < len(self.sections) and self.sections[link].type == _SYMTAB):
            return np.zeros(0, np.int64)
        if self.wide:
            kinds = [("name", "<u4"), ("kind", "<u4"), ("value", "<u8"), ("size", "<u8")]
        else:
            kinds = [("name", "<u4"), ("value", "<u4"), ("size", "<u4"), ("kind", "<u4")]
        rows = _records(self._plain(self.sections[link]), np.dtype(kinds))
        return rows["value"].astype(np.int64)


def _records(data: bytes, kinds: Any) -> Any:
    """The whole records that some bytes hold."""
    import numpy as np

    return np.frombuffer(data, kinds, count=len(data) // kinds.itemsize)


def _zstd() -> Any:
    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    return zstd.ZstdDecompressor()
