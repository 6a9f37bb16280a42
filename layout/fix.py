"""A source with better orders written into it, where nothing speaks against it.

What is promised is checked before it is handed back: the text is read again, and must have the same
records with the same members, the new sizes on every ABI, and all else as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from layout.abis import find_abi
from layout.errors import LayoutError
from layout.model import (
    Abi,
    Alias,
    Array,
    Atomic,
    Field,
    Layout,
    Record,
    RecordType,
    Skipped,
    Source,
    Type,
)
from layout.order import optimize
from layout.place import Placer
from layout.profile import AccessProfile
from layout.refusals import Reason, Uses, check_names, reasons, split
from layout.rewrite import Edit, apply, edit, headings, settle
from layout.sources import READERS, read_text

Read = Callable[[str], Source]

__all__ = ["MIN_GAIN", "Change", "Outcome", "Refused", "Request", "fix"]

# Bytes per record below which an order is not worth a diff: allocators for 64 bits hand out
# multiples of 8 or 16. Raising it leaves more sources alone, 1 takes whatever is to be had.
MIN_GAIN = 8


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for.

    ``abis``: the one that the language's reader names where none is given. ``profile`` gives a
    record's accesses for the goal "lines", None where there are none: such a record stays.
    ``wanted`` says by its name whether a record may change. ``min_gain`` in bytes, for the goal
    "bytes", on the ABI that gains most. ``allowed`` are names of refusals that are waived;
    ``unsafe`` waives all.
    """

    abis: tuple[str | Abi, ...] = ()
    goal: str = "bytes"
    profile: Callable[[Record], AccessProfile | None] | None = None
    wanted: Callable[[str], bool] = lambda _: True
    min_gain: int = MIN_GAIN
    allowed: frozenset[str] = frozenset()
    unsafe: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A better order of a record: ``before`` and ``after`` are its layouts, one per ABI.

    ``headings`` are line and member of comments that headed a group which is parted.
    """

    record: Record
    order: tuple[Field, ...]
    before: tuple[Layout, ...]
    after: tuple[Layout, ...]
    headings: tuple[tuple[int, str], ...] = ()

    @property
    def gain(self) -> int:
        """Bytes, on the ABI that gains most."""
        pairs = zip(self.before, self.after, strict=True)
        return max(before.size - after.size for before, after in pairs)


@dataclass(frozen=True, slots=True)
class Refused:
    """A change that was not made: for ``reasons``, or as ``fault`` kept it from being written."""

    change: Change
    reasons: tuple[Reason, ...] = ()
    fault: str = ""


@dataclass(slots=True)
class Outcome:
    """What became of one source. ``text`` is the new one, which equals ``old`` without changes;
    ``source`` what was read of the old one, ``unplaced`` what an ABI cannot hold."""

    path: str
    old: str
    text: str
    source: Source
    changes: list[Change] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    unplaced: list[Skipped] = field(default_factory=list)


def fix(
    text: str,
    path: str,
    uses: Uses,
    request: Request | None = None,
    *,
    language: str = "c",
    read: Read | None = None,
) -> Outcome:
    """The source ``text`` of the file ``path`` with better orders.

    ``read`` reads a text of that file, where its language's reader alone does not do.
    ``uses`` are the words of all files in which uses are looked for, those of ``path`` among them.
    Raises LayoutError for a file that cannot be read, an unknown ABI, goal or reason.
    """
    request = request or Request()
    if not request.abis:
        request = replace(request, abis=(READERS[language].abi,))
    check_names(request.allowed)
    placers = [Placer(find_abi(abi)) for abi in request.abis]
    read = read or partial(read_text, language=language, name=path)
    outcome = Outcome(path, text, text, read(text))
    source, settled = outcome.source, set[str]()
    while True:
        changes = _innermost(_proposals(outcome, source, request, placers, settled))
        settled |= {change.record.name for change in changes}
        sound: list[tuple[Change, Edit]] = []
        for change in changes:
            checked = _checked(change, outcome.text, uses, request, language)
            if isinstance(checked, Refused):
                outcome.refused.append(checked)
            else:
                sound.append((change, checked))
        if not changes:
            return outcome
        made, faults = _made(outcome.text, source, sound, placers, read)
        outcome.refused += faults
        if made:
            outcome.changes += [change for change, _ in made]
            outcome.text = apply(outcome.text, [one for _, one in made])
            source = read(outcome.text)
            words = split(outcome.text, path)
            uses = Uses([words if other.path == path else other for other in uses.files])


def _proposals(
    outcome: Outcome, source: Source, request: Request, placers: Sequence[Placer], settled: set[str]
) -> list[Change]:
    found = []
    for name, record in source.records.items():
        if name in settled or record.kind == "union" or not request.wanted(name):
            continue
        try:
            before = tuple(placer.place(record) for placer in placers)
            change = _proposal(record, before, request, placers)
        except LayoutError as error:
            reason = str(error).removeprefix(f"{record.place}: ").removeprefix(f"{name}, ")
            outcome.unplaced.append(Skipped(name, record.line, reason))
            settled.add(name)
            continue
        if change is None:
            continue
        possible = _possible(outcome.text, change, request, placers)
        if isinstance(possible, Change):
            found.append(possible)
        else:
            outcome.refused.append(Refused(change, fault=possible))
            settled.add(name)
    return found


def _proposal(
    record: Record, before: tuple[Layout, ...], request: Request, placers: Sequence[Placer]
) -> Change | None:
    """The best order that grows on no ABI and gains enough."""
    changes = [
        change
        for fields in _orders(record, request)
        if (change := _change(record, fields, before, placers)) and _is_worth(change, request)
    ]
    return min(changes, key=lambda change: _total(change.after), default=None)


def _change(
    record: Record, order: Sequence[Field], before: tuple[Layout, ...], placers: Sequence[Placer]
) -> Change:
    better = replace(record, fields=tuple(order))
    after = tuple(placer.place(better) for placer in placers)
    return Change(record, tuple(order), before, after)


def _is_worth(change: Change, request: Request) -> bool:
    pairs = zip(change.before, change.after, strict=True)
    if change.order == change.record.fields or any(new.size > old.size for old, new in pairs):
        return False
    return request.goal != "bytes" or change.gain >= max(request.min_gain, 1)


def _possible(
    text: str, change: Change, request: Request, placers: Sequence[Placer]
) -> Change | str:
    """The change as the source lets it be made, or why it does not."""
    try:
        order = settle(text, change.record, change.order)
    except LayoutError as error:
        return str(error)
    if tuple(order) == change.order:
        return replace(change, headings=tuple(headings(text, change.record, order)))
    other = _change(change.record, order, change.before, placers)
    if request.goal == "bytes" and _is_worth(other, request):
        return replace(other, headings=tuple(headings(text, change.record, order)))
    return "members that share a declaration would have to part; divide it by hand"


def _total(layouts: Sequence[Layout]) -> int:
    return sum(layout.size for layout in layouts)


def _orders(record: Record, request: Request) -> Iterator[tuple[Field, ...]]:
    """The best order over all ABIs; for bytes also that of each one, should the first grow on
    one of them."""
    if request.goal != "bytes":
        profile = request.profile(record) if request.profile else None
        if profile is not None:
            found = optimize(record, request.abis, goal=request.goal, profile=profile)
            if found.cost_after < found.cost_before:
                yield found.record.fields
        return
    yield optimize(record, request.abis).record.fields
    if len(request.abis) > 1:
        for abi in request.abis:
            yield optimize(record, abi).record.fields


def _innermost(changes: list[Change]) -> list[Change]:
    """Those that neither hold another one's record nor stand around it: these come later."""
    names = {change.record.name for change in changes}
    return [
        change
        for change in changes
        if not (_held(change.record) & names - {change.record.name})
        and not any(_encloses(change.record, other.record) for other in changes)
    ]


def _held(record: Record) -> set[str]:
    """Names of all records that one holds by value, at any depth."""
    found: set[str] = set()
    pending = [record]
    while pending:
        for member in pending.pop().fields:
            inner = _record_in(member.type)
            if inner is not None and inner.name not in found:
                found.add(inner.name)
                pending.append(inner)
            elif inner is not None and inner.name.endswith(">"):
                pending.append(inner)
    return found


def _record_in(type_: Type) -> Record | None:
    while isinstance(type_, Alias | Array | Atomic):
        type_ = type_.target if isinstance(type_, Alias) else type_.element
    return type_.record if isinstance(type_, RecordType) else None


def _encloses(outer: Record, inner: Record) -> bool:
    if outer.span is None or inner.span is None:
        return False
    return outer.span[0] < inner.span[0] and inner.span[1] < outer.span[1]


def _checked(
    change: Change, text: str, uses: Uses, request: Request, language: str
) -> Refused | Edit:
    record = change.record
    if not request.unsafe:
        found = reasons(
            record, change.order, text, uses, language=language, allowed=request.allowed
        )
        if found:
            return Refused(change, tuple(found))
    try:
        return edit(text, record, change.order)
    except LayoutError as error:
        return Refused(change, fault=str(error))


def _made(
    text: str,
    source: Source,
    sound: list[tuple[Change, Edit]],
    placers: Sequence[Placer],
    read: Read,
) -> tuple[list[tuple[Change, Edit]], list[Refused]]:
    """The edits after which the text reads as promised, and those after which it would not."""
    if not sound or not _fault(text, source, sound, placers, read):
        return sound, []
    good, refused = [], []
    for one in sound:
        fault = _fault(text, source, [one], placers, read)
        if fault:
            refused.append(Refused(one[0], fault=fault))
        else:
            good.append(one)
    fault = _fault(text, source, good, placers, read) if good else ""
    if fault:
        return [], refused + [Refused(change, fault=fault) for change, _ in good]
    return good, refused


def _fault(
    text: str,
    source: Source,
    sound: list[tuple[Change, Edit]],
    placers: Sequence[Placer],
    read: Read,
) -> str:
    """What is not as promised once the edits are made, or nothing."""
    try:
        new = read(apply(text, [one for _, one in sound]))
    except LayoutError as error:
        return str(error)
    changed = {change.record.name: change for change, _ in sound}
    if new.records.keys() != source.records.keys():
        lost = sorted(source.records.keys() ^ new.records.keys())
        return f"{lost[0]} would not be read any more"
    if {(skip.name, skip.reason) for skip in new.skipped} != {
        (skip.name, skip.reason) for skip in source.skipped
    }:
        return "other records would be skipped than before"
    for name, record in source.records.items():
        change = changed.get(name)
        order = record.fields if change is None else change.order
        again = new.records[name]
        if [_signature(member) for member in again.fields] != list(map(_signature, order)):
            return f"{name} would be read with other members"
        for at, placer in enumerate(placers):
            promised = _facts(record, placer) if change is None else _place_facts(change.after[at])
            found = _facts(again, placer)
            if found == promised:
                continue
            grows = promised is None or found is None or found[0] > promised[0]
            if change is not None or grows or not _held(record) & changed.keys():
                return f"{name} would not have the size or the offsets that were promised"
    return ""


def _signature(member: Field) -> tuple[object, ...]:
    return member.name, str(member.type), member.packed, len(member.aligned)


_Facts = tuple[int, int, tuple[tuple[str, int, int, int, int | None], ...]]


def _facts(record: Record, placer: Placer) -> _Facts | None:
    try:
        return _place_facts(placer.place(record))
    except LayoutError:
        return None


def _place_facts(layout: Layout) -> _Facts:
    fields = tuple(
        (one.name, one.offset, one.size, one.bit_offset, one.bit_width) for one in layout.fields
    )
    return layout.size, layout.align, fields
