"""NumPy's structured dtypes as records, and layouts as dtypes.

NumPy lays an aligned dtype (``align=True``) as the host's C compiler lays a struct, any other one
without padding (NumPy manual, Structured arrays, Automatic byte offsets and alignment). Offsets
given by hand are taken where a C record has the same, else refused.
"""

from __future__ import annotations

import platform
import sys
from typing import TYPE_CHECKING, Any

from layout.abis import find_abi
from layout.errors import LayoutError
from layout.evaluate import FLOATS
from layout.model import (
    MAX_DEPTH,
    Abi,
    Alias,
    Array,
    Atomic,
    Complex,
    Enum,
    Field,
    Layout,
    Pointer,
    Record,
    RecordType,
    Scalar,
    Type,
    Vector,
)
from layout.place import Placer

if TYPE_CHECKING:
    from numpy import dtype as Dtype  # noqa: N812

__all__ = ["from_dtype", "host_abi", "to_dtype"]

# Letter and bytes of a scalar -> row of `Abi.scalars`; of a complex number, of its halves.
_SCALARS = {
    "b1": "_Bool", "i1": "signed char", "i2": "short", "i4": "int", "i8": "long long",
    "u1": "unsigned char", "u2": "unsigned short", "u4": "unsigned int", "u8": "unsigned long long",
    "f2": "_Float16", "f4": "float", "f8": "double", "c8": "float", "c16": "double",
    "m8": "long long", "M8": "long long",
}  # fmt: skip

# Names of C's headers for integers that are never negative, beside those that say so.
_UNSIGNED = frozenset({
    "size_t", "uid_t", "gid_t", "mode_t", "dev_t", "ino_t", "nlink_t", "socklen_t", "useconds_t",
    "sa_family_t", "in_addr_t", "in_port_t", "pthread_t", "wint_t", "char8_t", "char16_t",
    "char32_t", "atomic_size_t", "atomic_char16_t", "atomic_char32_t",
})  # fmt: skip
_TEXT = {"S": "char", "V": "unsigned char", "U": "unsigned int"}  # bytes, raw bytes, UCS-4


def host_abi() -> Abi:
    """The C ABI of this machine. Raises LayoutError where the table has none for it."""
    machine = platform.machine().lower()
    machine = {"amd64": "x86_64", "arm64": "aarch64", "i686": "x86"}.get(machine, machine)
    system = {"darwin": "macos", "win32": "windows-msvc"}.get(sys.platform, "linux-gnu")
    return find_abi(f"{machine}-{system}")


def from_dtype(dtype: Dtype[Any], *, name: str = "dtype", abi: str | Abi | None = None) -> Record:
    """The record that a structured dtype is in memory, its fields in the order of their offsets.

    ``abi`` is where its offsets must come out as they are, the host's when not given. Raises
    LayoutError for a dtype without fields, and for offsets or a size that no C record has.
    """
    placer = Placer(host_abi() if abi is None else find_abi(abi))
    try:
        return _record(dtype, name, placer, 1)
    except LayoutError as error:
        if str(error).startswith("dtype:"):
            raise
        raise LayoutError(f"dtype: {error}") from None


def _record(dtype: Dtype[Any], name: str, placer: Placer, level: int) -> Record:
    if dtype.names is None or dtype.fields is None:
        raise LayoutError(f"dtype: {dtype} has no fields; give a structured dtype")
    if level > MAX_DEPTH:
        raise LayoutError(f"dtype: it nests deeper than {MAX_DEPTH} levels; make it flat")
    entries = [(dtype.fields[key], key) for key in dtype.names]
    ordered = sorted(entries, key=lambda entry: entry[0][1])
    fields = tuple(
        Field(key, _type(entry[0], f"{name}.{key}", placer, level)) for entry, key in ordered
    )
    depth = 1 + max((field.type.depth for field in fields), default=0)
    packed = not dtype.isalignedstruct
    tried = [
        Record(name, "struct", fields, file="dtype", packed=pack, depth=depth)
        for pack in (packed, not packed)
    ]
    wanted = [int(entry[1]) for entry, _ in ordered]
    for record in tried:
        placed = placer.place(record)
        if [one.offset for one in placed.fields] == wanted and placed.size == dtype.itemsize:
            return record
    raise LayoutError(_difference(placer.place(tried[0]), wanted, dtype.itemsize))


def _difference(placed: Layout, wanted: list[int], size: int) -> str:
    """The first field that no C record puts where the dtype has it."""
    end = 0
    for one, offset in zip(placed.fields, wanted, strict=True):
        if offset < end:
            return f"dtype: field {one.name!r} overlaps the one before it; no C struct does that"
        if one.offset != offset:
            where = f"lies at {offset}, a C struct has it at {one.offset}"
            return f"dtype: field {one.name!r} {where}; fill the gap with a field"
        end = offset + one.size
    why = f"its size is {size}, a C struct's {placed.size}"
    return f"dtype: {why}; add a field for the bytes at its end"


def _type(dtype: Dtype[Any], name: str, placer: Placer, level: int) -> Type:
    if level > MAX_DEPTH:
        raise LayoutError(f"dtype: it nests deeper than {MAX_DEPTH} levels; make it flat")
    if dtype.subdtype is not None:
        base, shape = dtype.subdtype
        type_ = _type(base, name, placer, level + 1)
        for count in reversed(shape):
            type_ = Array(f"{base}{list(shape)}", type_, int(count), depth=type_.depth + 1)
        return type_
    if dtype.names is not None:
        record = _record(dtype, name, placer, level + 1)
        return RecordType(f"struct {name}", record, depth=record.depth)
    spelling = str(dtype)
    if dtype.kind in _TEXT:
        # A character of a U is 4 bytes; a single S or V is an array of one.
        element = Scalar(_TEXT[dtype.kind], _TEXT[dtype.kind])
        count = dtype.itemsize // (4 if dtype.kind == "U" else 1)
        return Array(spelling, element, count, depth=2)
    if dtype.kind == "O":
        return Pointer("PyObject *")
    key = _SCALARS.get(f"{dtype.kind}{dtype.itemsize}")
    long_double = dtype.kind in "fc" and key is None
    key = "long double" if long_double else key
    if key is None:
        raise LayoutError(f"dtype: field {name}: {spelling} is no C type; use another")
    scalar = Scalar(spelling, key)
    return Complex(spelling, scalar, depth=2) if dtype.kind == "c" else scalar


def to_dtype(layout: Layout) -> Dtype[Any]:
    """The structured dtype whose fields lie as the layout's do; a union's all at 0.

    ``char`` arrays become bytes, pointers unsigned integers, and what NumPy has no type for raw
    bytes. Blank fields (Go's ``_``) are left out. Raises LayoutError for a bit-field and for two
    fields of one name.
    """
    return _dtype(layout, Placer(find_abi(layout.abi)))


def _dtype(layout: Layout, placer: Placer) -> Dtype[Any]:
    import numpy as np

    names: list[str] = []
    formats: list[Any] = []
    offsets: list[int] = []
    for field, offset in _members(layout, placer, 0):
        if field.bit_width is not None:
            raise LayoutError(f"{_place(layout)}: bit-field {field.name!r}: NumPy has none")
        if field.name is None or field.name == "_":
            continue
        if field.name in names:
            raise LayoutError(f"{_place(layout)}: two fields {field.name!r}; rename one")
        names.append(field.name)
        formats.append(_format(field.type, placer))
        offsets.append(offset)
    spec: Any = {
        "names": names, "formats": formats, "offsets": offsets, "itemsize": layout.size
    }  # fmt: skip
    plain: Dtype[Any] = np.dtype(spec)
    if layout.record.packed or not names:
        return plain
    try:
        aligned: Dtype[Any] = np.dtype(spec, align=True)
    except ValueError:  # NumPy aligns a type otherwise than the ABI does
        return plain
    return aligned


def _place(layout: Layout) -> str:
    return f"{layout.record.place}: {layout.name}"


def _members(layout: Layout, placer: Placer, start: int) -> list[tuple[Field, int]]:
    """Each named member with its offset, those of anonymous records among them."""
    found: list[tuple[Field, int]] = []
    placed = iter(layout.fields)
    for field in layout.record.fields:
        inner = field.type
        while isinstance(inner, Alias):
            inner = inner.target
        if field.name is None and isinstance(inner, RecordType):
            within = placer.place(inner.record)
            shift = next((one.offset for one in placed), 0) if within.fields else 0
            shift -= within.fields[0].offset if within.fields else 0
            found += _members(within, placer, start + shift)
            for _ in within.fields[1:]:
                next(placed)
        elif field.name is not None:
            found.append((field, start + next(placed).offset))
    return found


def _format(type_: Type, placer: Placer) -> Any:
    while isinstance(type_, Alias | Atomic):
        type_ = type_.target if isinstance(type_, Alias) else type_.element
    size, _ = placer.measure(type_)
    if size == 0 and isinstance(type_, Array):
        return "V0"  # NumPy has no arrays of elements without size
    match type_:
        case RecordType():
            return _dtype(placer.place(type_.record), placer)
        case Array():
            return _array(type_, placer)
        case Vector():
            element, _ = placer.measure(type_.element)
            return (_format(type_.element, placer), (size // element,))
        case Scalar():
            return _scalar(type_.key, size)
        case Pointer() | Enum() if size in (1, 2, 4, 8):
            return f"{'u' if isinstance(type_, Pointer) else 'i'}{size}"
        case Complex() if size in (8, 16):
            return f"c{size}"
    return f"V{size}"


def _array(type_: Array, placer: Placer) -> Any:
    count = 0 if type_.count is None else placer.evaluate(type_.count)
    if isinstance(type_.element, Scalar) and type_.element.key == "char" and count:
        return f"S{count}"
    return (_format(type_.element, placer), (count,))


def _scalar(key: str, size: int) -> str:
    if key in ("_Bool", "bool"):
        return "?"
    floating = key.startswith(FLOATS)
    if floating or size not in (1, 2, 4, 8) or key in ("va_list", "complex64", "string"):
        return f"f{size}" if floating and size in (2, 4, 8) and key != "__bf16" else f"V{size}"
    unsigned = key in _UNSIGNED or key.startswith(("unsigned", "uint", "atomic_u", "__u"))
    return "S1" if key == "char" else f"{'u' if unsigned else 'i'}{size}"
