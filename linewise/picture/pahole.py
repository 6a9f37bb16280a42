"""A record as pahole prints it: a declaration with offsets and sizes in comments.

Columns and remarks are those of pahole (dwarves), so that what people and scripts know of them
holds. Where debug info knows less than the source, the numbers are the source's: holes and padding
are counted in the bits that no member uses, also inside anonymous members; pahole counts from
storage units.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from layout.model import Alias, Atomic, RecordType
from linewise.picture.rows import About, bases_of, note_of, used_end, vptr_bytes

if TYPE_CHECKING:
    from layout import Field, Hole, Layout, PlacedField, Record

TYPE, NAME = 26, 21  # characters of the columns
MAX_NESTING = 20  # anonymous members written out


def lines(placed: Layout, about: About) -> list[str]:
    """A comment with the place and ABIs, the declaration, and the sums at its end."""
    record, ink = placed.record, about.ink
    where = f"{about.place(placed)}  {', '.join(about.abis)}"
    tagged = " " in record.name or about.language != "c"
    kind = "" if record.name.startswith(f"{record.kind} ") else f"{record.kind} "
    head = f"{kind}{record.name}" if tagged else f"typedef {record.kind}"
    out = [f"{ink.place}/* {_safe(where)} */{ink.end}", f"{ink.name}{head}{ink.end} {{"]
    body = _Body(placed, about, out)
    if note_of(placed):
        out.insert(1, f"/* {_safe(note_of(placed))} */")
    unnamed = [("vptr", 0, vptr_bytes(placed))] if vptr_bytes(placed) else []
    for base in bases_of(placed):
        kind = "virtual base" if base.virtual else "base"
        unnamed.append((f"{kind} {_safe(base.name)}", base.offset, base.size))
    out += [f"\t/* {what:<{TYPE + NAME - 2}} */ /* {at:>5} {size:>5} */"
            for what, at, size in unnamed]  # fmt: skip
    for event in _events(placed):
        body.add(*event)
    body.close()
    out.append("};" if tagged else f"}} {record.name};")
    return out


# A member; or "union {" with the first of those that an anonymous one holds; or "}".
Event = tuple[str, "PlacedField | None"]


class _Body:
    """Writes members in their order, with what lies between them."""

    def __init__(self, placed: Layout, about: About, out: list[str]) -> None:
        self._placed, self._about, self._out = placed, about, out
        end = used_end(placed)
        self._holes = [hole for hole in placed.holes if hole.bit_offset < end][::-1]
        self._line = 0
        self._indent = "\t"
        tagged = placed.record.name.startswith(f"{placed.record.kind} ")
        self._as_c = tagged or about.language in ("c", "cpp")

    def add(self, bracket: str, field: PlacedField | None) -> None:
        """The next event."""
        if field is not None:
            self._between(field)
        if bracket == "}":
            self._indent = self._indent[:-1]
            self._out.append(f"{self._indent}}};")
        elif bracket:
            self._out.append(f"{self._indent}{bracket}")
            self._indent += "\t"
        elif field is not None:
            self._member(field)

    def _between(self, field: PlacedField) -> None:
        """The holes before a member, and the boundary that it lies behind."""
        while self._holes and self._holes[-1].bit_offset < field.bit_offset:
            self._hole(self._holes.pop())
        line = field.offset // self._about.line
        if line > self._line:
            self._boundary(line, field.offset - line * self._about.line)

    def _member(self, field: PlacedField) -> None:
        type_, name = _declared(field) if self._as_c else (field.type, field.name)
        if field.bit_width is not None:
            name += f":{field.bit_width}"
        indent = self._indent
        wide = max(TYPE - 8 * (len(indent) - 1), 1)
        if field.bit_width is None:
            place = f"{field.offset:>5} {field.size:>5}"
        else:
            unit = max(field.size, 1) * 8
            start = field.bit_offset // unit * unit
            place = f"{start >> 3:>5}:{field.bit_offset - start:>2} {field.size:>2}"
        # A longer type takes its room from the name, so that the comments stay in their column.
        room = max(NAME - max(len(type_) - wide, 0), 0)
        self._out.append(f"{indent}{type_:<{wide}} {name + ';':<{room}} /* {place} */")

    def _boundary(self, line: int, past: int) -> None:
        self._line = line
        ink = self._about.ink
        ago = f" was {past} bytes ago" if past else ""
        mark = f"cacheline {line} boundary ({line * self._about.line} bytes){ago}"
        self._out.append(f"{self._indent}{ink.line}/* --- {mark} --- */{ink.end}")

    def _hole(self, hole: Hole) -> None:
        ink = self._about.ink
        amount = f"{hole.size} bytes" if hole.size else f"{hole.bits} bits"
        mark = f"/* XXX {amount} hole, try to pack */"
        apart = [""] if self._out[-1] else []
        self._out += [*apart, f"{self._indent}{ink.empty}{mark}{ink.end}", ""]

    def close(self) -> None:
        """The holes that are left, and the sums."""
        for hole in reversed(self._holes):
            self._hole(hole)
        if self._out[-1]:
            self._out.append("")
        self._out += [f"\t/* {line} */" for line in _sums(self._placed, self._about.line)]


def _events(placed: Layout) -> list[Event]:
    """The members in the order written, the anonymous ones with what opens and closes them."""
    fields = iter(placed.fields)
    try:
        events = list(_walk(placed.record, fields, 0))
    except _OutOfStepError:
        events = []
    in_step = sum(not bracket for bracket, _ in events) == len(placed.fields)
    return events if in_step else [("", field) for field in placed.fields]


class _OutOfStepError(Exception):
    """A layout lists its members otherwise than its record does."""


def _walk(record: Record, fields: Iterator[PlacedField], depth: int) -> Iterator[Event]:
    for member in record.fields:
        inside = None if member.name is not None else _anonymous(member)
        if inside is not None:
            if depth == MAX_NESTING:
                raise _OutOfStepError
            held = list(_walk(inside, fields, depth + 1))
            yield f"{inside.kind} {{", next((field for _, field in held if field), None)
            yield from held
            yield "}", None
        elif member.name is not None:
            placed = next(fields, None)
            if placed is None or placed.name != member.name:
                raise _OutOfStepError
            yield "", placed


def _anonymous(member: Field) -> Record | None:
    type_ = member.type
    while isinstance(type_, Alias | Atomic):
        type_ = type_.target if isinstance(type_, Alias) else type_.element
    return type_.record if isinstance(type_, RecordType) else None


def _declared(field: PlacedField) -> tuple[str, str]:
    """Type and declarator: ``void`` and ``(*run)(int)``, ``char`` and ``name[20]``."""
    spelling, name = field.type, field.name
    at = spelling.find(" (*")
    if at >= 0:
        return spelling[:at], f"(*{name}{spelling[at + 3 :]}"
    at = spelling.find("[") if spelling.endswith("]") else -1
    if at > 0 and spelling[at - 1] in " *":
        return spelling[:at].rstrip(), f"{name}{spelling[at:]}"
    return spelling, name


def _sums(placed: Layout, line: int) -> Iterator[str]:
    members = [one for one in placed.record.fields if one.name is not None or _anonymous(one)]
    lines_taken = -(-placed.size // line)
    yield f"size: {placed.size}, cachelines: {lines_taken}, members: {len(members)}"
    if placed.record.kind != "union":
        yield from _spent(placed)
    if placed.pointer_bytes is not None:
        yield f"pointer bytes: {placed.pointer_bytes}"
    if placed.size % line:
        yield f"last cacheline: {placed.size % line} bytes"


def _spent(placed: Layout) -> Iterator[str]:
    """Where the bytes go; the sums add up to the size."""
    end = used_end(placed)
    inside = [hole for hole in placed.holes if hole.bit_offset < end]
    holes = [hole for hole in inside if hole.size]
    bit_holes = [hole.bits for hole in inside if not hole.size]
    used = end - sum(hole.bits for hole in inside)
    bits = sum(one.bit_width for one in placed.fields if one.bit_width is not None)
    text = f"sum members: {(used - bits) / 8:g}"
    if holes:
        text += f", holes: {len(holes)}, sum holes: {sum(hole.size for hole in holes)}"
    if holes or bits:
        yield text
    if bits:
        text = f"sum bitfield members: {bits} bits"
        if bit_holes:
            text += f", bit holes: {len(bit_holes)}, sum bit holes: {sum(bit_holes)} bits"
        yield text
    if placed.tail_padding:
        yield f"padding: {placed.tail_padding}"
    left = placed.size * 8 - end - placed.tail_padding * 8
    if left > 0:
        yield f"bit_padding: {left} bits"


def _safe(text: str) -> str:
    return text.replace("*/", "* /")
