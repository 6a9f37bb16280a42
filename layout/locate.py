"""Where a path such as ``levels[3].qty`` lies."""

from __future__ import annotations

import difflib
import re

from layout.abis import find_abi
from layout.errors import LayoutError
from layout.model import Alias, Array, Field, Layout, RecordType, Type
from layout.place import Placer

_STEP = re.compile(r"\.?([^\W\d]\w*)|\[(\d{1,18})\]")


def locate(layout: Layout, path: str) -> tuple[int, int]:
    """Offset and size in bytes of ``price``, ``level.count`` or ``levels[3].qty``.

    A bit-field gives the bytes that its bits lie in; an array without an index is the whole array.
    Raises LayoutError that names the nearest members.
    """
    walk = _Walk(layout, path)
    position = 0
    while position < len(path):
        step = _STEP.match(path, position)
        if step is None or (position == 0) == step.group().startswith((".", "[")):
            fault = f"{path!r} is no path at character {position + 1}"
            raise LayoutError(f"{layout.name}: {fault}; write it like 'levels[3].qty'")
        if step.group(1):
            walk.enter(step.group(1))
        else:
            walk.index(int(step.group(2)))
        position = step.end()
    if not path:
        raise LayoutError(f"{layout.name}: an empty path; name a member")
    return walk.offset, walk.size


class _Walk:
    def __init__(self, layout: Layout, path: str) -> None:
        self.placer = Placer(find_abi(layout.abi))
        self.path = path
        self.record_name = layout.name
        self.layout: Layout | None = layout
        self.type: Type | None = None
        self.offset = 0
        self.size = layout.size

    def _fault(self, fault: str) -> LayoutError:
        return LayoutError(f"{self.record_name}: {self.path!r}: {fault}")

    def enter(self, name: str) -> None:
        layout = self.layout
        if layout is None:
            raise self._fault(f"{self.type} has no members; end the path before '{name}'")
        placed = next((field for field in layout.fields if field.name == name), None)
        field = _find(layout.record.fields, name)
        if placed is None or field is None:
            names = [field.name for field in layout.fields]
            near = difflib.get_close_matches(name, names, 3) or names[:8]
            raise self._fault(f"{layout.name} has no member '{name}'; it has {', '.join(near)}")
        first = placed.bit_offset // 8
        self.offset += first
        whole = placed.bit_width is None
        self.size = placed.size if whole else -(-placed.end_bit // 8) - first
        self._become(field.type)

    def index(self, index: int) -> None:
        type_ = self.type
        if not isinstance(type_, Array):
            raise self._fault(f"{type_ or self.record_name} is no array; drop [{index}]")
        size, _ = self.placer.measure(type_.element)
        if type_.count is not None and index >= self.placer.evaluate(type_.count):
            raise self._fault(f"index {index} is outside {type_}; count from 0")
        self.offset += index * size
        self.size = size
        self._become(type_.element)

    def _become(self, type_: Type) -> None:
        while isinstance(type_, Alias):
            type_ = type_.target
        self.type = type_
        self.layout = None
        if isinstance(type_, RecordType):
            self.layout = self.placer.place(type_.record)


def _find(fields: tuple[Field, ...], name: str) -> Field | None:
    """The member of that name, also inside anonymous members."""
    for field in fields:
        if field.name == name:
            return field
        type_ = field.type
        while isinstance(type_, Alias):
            type_ = type_.target
        if field.name is None and isinstance(type_, RecordType):
            found = _find(type_.record.fields, name)
            if found is not None:
                return found
    return None
