"""What placement asks of Go alone: whose rules fit a record, and what its collector scans."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from layout.errors import LayoutError
from layout.model import (
    Abi,
    Alias,
    Array,
    Measured,
    PlacedField,
    Pointer,
    Record,
    RecordType,
    Scalar,
    Type,
)

if TYPE_CHECKING:
    from layout.place import Placer

__all__ = ["check_language", "measured", "pointer_bytes", "scanned_bytes"]

_NAMES = {"c": "C", "cpp": "C++", "go": "Go", "rust": "Rust"}


def check_language(record: Record, abi: Abi) -> None:
    """Refuses to place a Go record by C's rules and any other one by Go's. Raises LayoutError."""
    if (record.language == "go") == (abi.language == "go"):
        return
    language = _NAMES.get(record.language, record.language)
    fitting = "one of Go's, such as go-amd64" if record.language == "go" else "one of C's"
    fault = f"a {language} record on {abi.name}, which has other rules"
    raise LayoutError(f"{record.place}: {record.name}: {fault}; choose {fitting}")


def measured(type_: Measured, abi: Abi) -> tuple[int, int, int]:
    """Size, alignment and bytes scanned on that ABI. Raises LayoutError, the fault alone."""
    try:
        return type_.sizes[abi.name]
    except KeyError:
        raise LayoutError(f"{type_} was not measured on {abi.name}") from None


def scanned_bytes(placer: Placer, record: Record, fields: Sequence[PlacedField]) -> int | None:
    """Bytes of a placed record that a collector scans for pointers; None where none runs."""
    if placer.abi.scanned is None:
        return None
    found = 0
    for field, placed in zip(record.fields, fields, strict=True):  # Go lists no member flat
        inner = pointer_bytes(placer, field.type)
        if inner:
            found = max(found, placed.offset + inner)  # debug info may list them in any order
    return found


def pointer_bytes(placer: Placer, type_: Type) -> int:
    """Bytes of a type that a collector scans: the end of its last pointer; 0 where none runs.

    Go: cmd/compile/internal/types, size.go, PtrDataSize.
    """
    scanned = placer.abi.scanned or {}
    match type_:
        case Scalar():
            return scanned.get(type_.key, 0)
        case Pointer():
            return scanned.get("pointer", 0)
        case Alias():
            return pointer_bytes(placer, type_.target)
        case RecordType():
            return placer.place(type_.record).pointer_bytes or 0
        case Measured():
            return measured(type_, placer.abi)[2]
        case Array() if type_.count is not None:
            inner = pointer_bytes(placer, type_.element)
            count = placer.evaluate(type_.count) if inner else 0
            return (count - 1) * placer.measure(type_.element)[0] + inner if count else 0
    return 0
