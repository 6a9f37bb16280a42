"""False sharing before and after, and what about it an order of fields can change."""

from __future__ import annotations

from dataclasses import dataclass

from linewise.report.fields import member_of, named_fields
from linewise.report.numbers import Change
from linewise.report.text import TIMES, short_name
from linewise.score import RecordChange, Run, Score, SharedPair

SAME_FIELD = (
    "the same field of neighbouring objects: no order parts them; padding each object to a line, "
    "or giving each thread objects of its own, does"
)
OTHER_RECORDS = (
    "fields of two records: only their place in the heap can part them, not the order in either"
)
SMALL_RECORD = (
    "the whole record fits in one line: no order parts them; padding, or a record per thread, does"
)
NEIGHBOURS = (
    "a line or more apart in the proposed order: they meet where one object ends and the next "
    "begins; aligning objects to lines parts them"
)
ORDER_COULD = "another order or padding could part them, if the goal asked for it"


@dataclass(frozen=True, slots=True)
class PairChange:
    """One pair of fields under both orders; ``why`` says what else would part it, if it is left."""

    left: str
    right: str
    lines: Change
    misses: Change
    why: str
    order_can: bool

    @property
    def label(self) -> str:
        """Both fields; the record is said once where both are of one."""
        record, _, field = self.right.partition(".")
        same = self.left.startswith(f"{record}.")
        return f"{self.left} {TIMES} {field if same else self.right}"


def pair_changes(run: Run) -> list[PairChange]:
    """Every pair that shares lines under either order, the most misses first."""
    old = {_key(pair): pair for pair in run.written.sharing}
    new = {_key(pair): pair for pair in run.proposed.sharing}
    pairs = [_change(run, old.get(key), new.get(key)) for key in dict.fromkeys((*old, *new))]
    return sorted(pairs, key=lambda pair: (-(pair.misses.before or 0), -(pair.misses.after or 0)))


def sharing_misses(score: Score) -> int:
    """False-sharing misses of all pairs."""
    return sum(pair.misses for pair in score.sharing)


def _key(pair: SharedPair) -> tuple[tuple[str, str], ...]:
    return tuple(sorted([(pair.record, pair.field), (pair.other_record, pair.other_field)]))


def _change(run: Run, old: SharedPair | None, new: SharedPair | None) -> PairChange:
    pair = old or new
    if pair is None:
        raise AssertionError("a pair of neither order")
    why = _why_left(run, new) if new and new.lines else ""
    return PairChange(
        left=f"{short_name(pair.record)}.{pair.field}",
        right=f"{short_name(pair.other_record)}.{pair.other_field}",
        lines=Change(old.lines if old else 0, new.lines if new else 0),
        misses=Change(old.misses if old else 0, new.misses if new else 0),
        why=why,
        order_can=why == ORDER_COULD,
    )


def _why_left(run: Run, pair: SharedPair) -> str:
    if pair.record != pair.other_record:
        return OTHER_RECORDS
    if pair.field == pair.other_field:
        return SAME_FIELD
    change = next((one for one in run.changes if one.name == pair.record), None)
    if change is None:
        return ORDER_COULD
    if change.after[0].size <= run.line_bytes:
        return SMALL_RECORD
    one, other = _span(change, pair.field), _span(change, pair.other_field)
    if one is None or other is None:
        return ORDER_COULD
    # Bits between the end of the earlier and the start of the later of the two.
    between = max(one[0], other[0]) - min(one[1], other[1])
    return NEIGHBOURS if between >= (run.line_bytes - 1) * 8 else ORDER_COULD


def _span(change: RecordChange, path: str) -> tuple[int, int] | None:
    fields = dict(named_fields(change.after[0]))
    name = member_of(path, fields)
    return (fields[name].bit_offset, fields[name].end_bit) if name is not None else None
