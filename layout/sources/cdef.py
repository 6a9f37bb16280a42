"""cffi's declarations as records: a cdef's text is C, an ``FFI`` object is asked for its types.

What an FFI object says is placed again on the host's ABI and kept only where every offset comes
out as cffi has it, with the packing that this takes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from layout.errors import LayoutError
from layout.model import (
    MAX_DEPTH,
    Array,
    Complex,
    Enum,
    Field,
    Pointer,
    Record,
    RecordType,
    Scalar,
    Skipped,
    Source,
    Type,
)
from layout.place import Placer
from layout.sources import read_text
from layout.sources.dtype import host_abi

__all__ = ["from_cdef"]

NAME = "<cdef>"
_COMPLEX = {"_cffi_double_complex_t": "double", "double _Complex": "double",
            "_cffi_float_complex_t": "float", "float _Complex": "float"}  # fmt: skip

# What cffi's cdef() may have been told: nothing, packed=True, or pack=N.
_PACKINGS: tuple[dict[str, Any], ...] = (
    {}, {"packed": True}, *({"pack": pack} for pack in (1, 2, 4, 8)),
)  # fmt: skip


def from_cdef(source: Any) -> Source:
    """Every record of a cffi ``cdef``: of its text, or of an ``FFI`` object, compiled or not.

    A record with ``...;`` in it is skipped in a text, as its members are not all there. Raises
    LayoutError for what is neither.
    """
    if isinstance(source, str):
        return read_text(source, language="c", name=NAME)
    if not all(hasattr(source, name) for name in ("list_types", "typeof", "sizeof")):
        raise LayoutError(f"{NAME}: {type(source).__name__} is no cdef; give its text or an FFI")
    return _Reader(source).read()


class _Reader:
    def __init__(self, ffi: Any) -> None:
        self.ffi = ffi
        self.placer = Placer(host_abi())
        self.known: dict[Any, Record] = {}

    def read(self) -> Source:
        typedefs, structs, unions = self.ffi.list_types()
        records: dict[str, Record] = {}
        skipped: list[Skipped] = []
        aliases: dict[str, str] = {}
        spellings = [f"struct {name}" for name in structs] + [f"union {name}" for name in unions]
        for spelling in [*spellings, *typedefs]:
            ctype = self.ffi.typeof(spelling)
            if ctype.kind not in ("struct", "union") or ctype.fields is None:
                continue  # no record, or one that is only named
            try:
                record = self._record(ctype, 0)
            except LayoutError as error:
                skipped.append(Skipped(spelling, 0, str(error)))
                continue
            if record.name != spelling:
                aliases[spelling] = record.name
            records[record.name] = record
        return Source(NAME, records, tuple(skipped), aliases)

    def _record(self, ctype: Any, level: int) -> Record:
        if ctype in self.known:
            return self.known[ctype]
        if ctype.fields is None:
            raise LayoutError(f"{ctype.cname} has no members here; declare them")
        if level > MAX_DEPTH:
            raise LayoutError(f"a type nests deeper than {MAX_DEPTH} levels")
        fields = tuple(
            Field(name, self._type(one.type, level + 1), one.bitsize if one.bitsize >= 0 else None)
            for name, one in ctype.fields
        )
        depth = 1 + max((field.type.depth for field in fields), default=0)
        kind: Any = ctype.kind
        plain = Record(ctype.cname, kind, fields, file=NAME, depth=depth)
        record = next((one for one in _variants(plain) if self._equals(one, ctype)), None)
        if record is None:
            reason = "its members do not lie as C lays them: some are left out or anonymous"
            raise LayoutError(f"{reason}; give the cdef's text")
        self.known[ctype] = record
        return record

    def _equals(self, record: Record, ctype: Any) -> bool:
        try:
            placed = self.placer.place(record)
        except LayoutError:
            return False
        if (placed.size, placed.align) != (self.ffi.sizeof(ctype), self.ffi.alignof(ctype)):
            return False
        return all(
            found.bit_offset == one.offset * 8 + max(one.bitshift, 0)
            for found, (_, one) in zip(placed.fields, ctype.fields, strict=True)
        )

    def _type(self, ctype: Any, level: int) -> Type:
        spelling = ctype.cname
        match ctype.kind:
            case "primitive" if spelling in _COMPLEX:
                half = Scalar(_COMPLEX[spelling], _COMPLEX[spelling])
                return Complex(f"{half} _Complex", half, depth=2)
            case "primitive" if spelling in self.placer.abi.scalars:
                return Scalar(spelling, spelling)
            case "pointer" | "function":
                return Pointer(spelling)
            case "array":
                element = self._type(ctype.item, level + 1)
                if element.depth >= MAX_DEPTH:
                    raise LayoutError(f"a type nests deeper than {MAX_DEPTH} levels")
                return Array(spelling, element, ctype.length, depth=element.depth + 1)
            case "enum":
                values = ctype.elements or {0: ""}
                return Enum(spelling, (min(values), max(values)), depth=2)
            case "struct" | "union":
                record = self._record(ctype, level)
                return RecordType(spelling, record, depth=record.depth)
        raise LayoutError(f"{spelling} is no type that this room knows")


def _variants(record: Record) -> list[Record]:
    return [replace(record, **packing) for packing in _PACKINGS]
