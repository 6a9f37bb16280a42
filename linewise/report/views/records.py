"""Each record: its pictures, before and after on each ABI, and the table of its fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from layout.model import Layout
from linewise.report.fields import FieldUse, field_uses, named_fields
from linewise.report.figures.record_lines import drawing_name
from linewise.report.figures.svg import Drawing
from linewise.report.numbers import Change
from linewise.report.text import TO, plural, short_name
from linewise.score import RecordChange, Run

MAX_FIELDS = 600  # rows of one record's table: a generated record must not drown the page


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field of the table. ``place_*`` is ``offset``, or ``offset:bit`` for a bit-field."""

    use: FieldUse
    type: str
    amount: str
    bits: int
    offset_before: str
    offset_after: str
    bit_before: int
    bit_after: int
    lines_before: str
    lines_after: str
    moved: bool


@dataclass(frozen=True, slots=True)
class Fact:
    """One property of a layout, in words, before and after."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Facts:
    """One layout before and after."""

    abi: str
    size: Change
    others: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Pictures:
    """The drawings of one or more ABIs on which the layouts are the same."""

    abis: str
    before: Drawing
    before_text: str
    after: Drawing | None  # None where the order stays as written
    after_text: str
    size: Change


@dataclass(frozen=True, slots=True)
class RecordView:
    """One record of the page."""

    name: str
    short: str
    source: str
    changed: bool
    goal: str
    agreement: str
    pictures: tuple[Pictures, ...]
    facts: tuple[Facts, ...]
    rows: tuple[FieldRow, ...]
    left_out: int
    spans: str


def view(run: Run, drawings: Mapping[str, Drawing]) -> tuple[RecordView, ...]:
    """The records, those with another order first."""
    views = [_record(run, index, change, drawings) for index, change in enumerate(run.changes)]
    return tuple(sorted(views, key=lambda one: not one.changed))


def _record(
    run: Run, index: int, change: RecordChange, drawings: Mapping[str, Drawing]
) -> RecordView:
    changed = change.proposal.changed
    pictures = []
    shared = _agreeing(change)
    for abis in shared:
        first = abis[0]
        pictures.append(
            Pictures(
                abis=", ".join(change.before[abi].abi for abi in abis),
                before=drawings[drawing_name(index, first, "written")],
                before_text=_text(change.before[first], run.line_bytes),
                after=drawings[drawing_name(index, first, "proposed")] if changed else None,
                after_text=_text(change.after[first], run.line_bytes),
                size=Change(change.before[first].size, change.after[first].size),
            )
        )
    rows = _rows(run, change)
    return RecordView(
        name=change.name,
        short=short_name(change.name),
        source=change.source,
        changed=changed,
        goal=change.proposal.goal,
        agreement=_agreement(change, len(shared)),
        pictures=tuple(pictures),
        facts=tuple(
            _facts(old, new, run.line_bytes)
            for old, new in zip(change.before, change.after, strict=True)
        ),
        rows=tuple(rows[:MAX_FIELDS]),
        left_out=max(0, len(rows) - MAX_FIELDS),
        spans=_spans(run, change.name),
    )


def _agreeing(change: RecordChange) -> list[list[int]]:
    """Indices of the ABIs, those with equal layouts (before and after) together."""
    groups: dict[object, list[int]] = {}
    for index, pair in enumerate(zip(change.before, change.after, strict=True)):
        groups.setdefault(tuple(_shape(layout) for layout in pair), []).append(index)
    return list(groups.values())


def _shape(layout: Layout) -> object:
    fields = tuple((f.name, f.bit_offset, f.size, f.bit_width) for f in layout.fields)
    return layout.size, layout.align, fields


def _agreement(change: RecordChange, groups: int) -> str:
    names = [layout.abi for layout in change.before]
    if len(names) < 2:
        return f"Placed on {''.join(names)}."
    if groups == 1:
        return f"The same offsets on {' and '.join(names)}: one picture stands for all of them."
    return f"The offsets differ between {' and '.join(names)}: each is drawn."


def _facts(old: Layout, new: Layout, line_bytes: int) -> Facts:
    pairs = zip(_properties(old, line_bytes), _properties(new, line_bytes), strict=True)
    others = tuple(Fact(name, before, after) for (name, before), (_, after) in pairs)
    return Facts(old.abi, Change(old.size, new.size), others)


def _properties(layout: Layout, line_bytes: int) -> tuple[tuple[str, str], ...]:
    return (
        ("lines", str(_line_count(layout, line_bytes))),
        ("holes", _amount(sum(hole.bits for hole in layout.holes))),
        ("tail padding", f"{layout.tail_padding} B"),
        ("alignment", f"{layout.align} B"),
    )


def _text(layout: Layout, line_bytes: int) -> str:
    """``144 bytes on 3 lines, 16 B 5 bits of holes and 4 B of tail padding``."""
    words = f"{layout.size} bytes on {plural(_line_count(layout, line_bytes), 'line')}"
    holes, tail = sum(hole.bits for hole in layout.holes), layout.tail_padding
    empty = [f"{_amount(holes)} of holes"] if holes else []
    empty += [f"{tail} B of tail padding"] if tail else []
    return f"{words}, {' and '.join(empty)}" if empty else f"{words}, no padding"


def _line_count(layout: Layout, line_bytes: int) -> int:
    return -(-layout.size // line_bytes)


def _amount(bits: int) -> str:
    whole, rest = divmod(bits, 8)
    words = [f"{whole} B"] if whole or not rest else []
    return " ".join([*words, plural(rest, "bit")] if rest else words)


def _rows(run: Run, change: RecordChange) -> list[FieldRow]:
    after = dict(named_fields(change.after[0]))
    uses = field_uses(run, change)
    rows = []
    for name, old in named_fields(change.before[0]):
        new = after.get(name, old)
        bits = old.end_bit - old.bit_offset
        rows.append(
            FieldRow(
                use=uses[name],
                type=old.type,
                amount=str(old.size) if old.bit_width is None else f"{bits} bits",
                bits=bits,
                offset_before=_offset(old.bit_offset, old.bit_width),
                offset_after=_offset(new.bit_offset, new.bit_width),
                bit_before=old.bit_offset,
                bit_after=new.bit_offset,
                lines_before=_lines(old.bit_offset, old.end_bit, run.line_bytes),
                lines_after=_lines(new.bit_offset, new.end_bit, run.line_bytes),
                moved=old.bit_offset != new.bit_offset,
            )
        )
    return rows


def _offset(bit: int, width: int | None) -> str:
    return str(bit // 8) if width is None else f"{bit // 8}:{bit % 8}"


def _lines(first: int, last: int, line_bytes: int) -> str:
    start, end = first // (line_bytes * 8), max(first, last - 1) // (line_bytes * 8)
    return str(start) if start == end else f"{start}{TO}{end}"


def _spans(run: Run, name: str) -> str:
    old = next((one for one in run.written.records if one.record == name), None)
    new = next((one for one in run.proposed.records if one.record == name), None)
    if old is None or new is None:
        return ""
    return (
        "Drawn as if the object began on a line. Where this heap puts its "
        f"{old.objects:,} objects, one lies on {old.lines_spanned:.2f} → "
        f"{new.lines_spanned:.2f} lines on average and takes "
        f"{old.heap_bytes:,.1f} → {new.heap_bytes:,.1f} bytes."
    )
