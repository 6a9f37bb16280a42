"""The headline: what was asked, and the verdict in numbers before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from linewise.report.figures.svg import Drawing
from linewise.report.numbers import Change, count, decimal
from linewise.report.sharing import sharing_misses
from linewise.report.text import short_name
from linewise.score import Mark, Quantity, Run, Score

THREE_DIGITS = 100  # from here on one decimal says enough, and a tile has no room for two

Kind = Literal["better", "trade", "none", "worse", "kept"]

LEADS: dict[Kind, str] = {
    "better": "The proposed order is better",
    "trade": "The proposed order is a trade",
    "none": "The proposed order gains nothing that would be worth the edit",
    "worse": "The proposed order is worse: keep the order as written",
    "kept": "Keep the order as written: no other order was proposed",
}
NAMED = 3  # records whose sizes stand in the tile, where there are several
WORDS: dict[Kind, str] = {
    "better": "better",
    "trade": "a trade",
    "none": "no gain",
    "worse": "worse",
    "kept": "keep it",
}


@dataclass(frozen=True, slots=True)
class Metric:
    """One number of the verdict, before and after. Less is better for each of them."""

    label: str
    unit: str
    change: Change
    digits: int
    mark: Mark
    note: str = ""

    @property
    def before(self) -> str:
        return decimal(self.change.before, self.digits)

    @property
    def after(self) -> str:
        return decimal(self.change.after, self.digits)

    @property
    def share_after(self) -> float:
        """Length of the later bar in percent of the earlier, for the two bars of a tile."""
        most = max(self.change.before or 0, self.change.after or 0)
        return 100 * (self.change.after or 0) / most if most else 0.0

    @property
    def share_before(self) -> float:
        most = max(self.change.before or 0, self.change.after or 0)
        return 100 * (self.change.before or 0) / most if most else 0.0

    @property
    def phrase(self) -> str:
        """``lines per operation 3.08 → 1.42 (+54 %)``."""
        mark = "" if self.mark == "exact" else f", {self.mark}"
        unit = f" {self.unit}" if self.unit else ""
        return f"{self.label} {self.before} → {self.after}{unit} ({self.change.text}{mark})"


@dataclass(frozen=True, slots=True)
class Summary:
    """The headline of the page."""

    kind: Kind
    word: str
    sentence: str
    metrics: tuple[Metric, ...]
    asked: tuple[tuple[str, str], ...]


def view(run: Run, drawings: Mapping[str, Drawing]) -> Summary:  # noqa: ARG001
    """Metrics, verdict and what was asked."""
    metrics = metrics_of(run)
    kind = _kind(run, metrics)
    return Summary(kind, WORDS[kind], _sentence(kind, metrics), metrics, _asked(run))


def metrics_of(run: Run) -> tuple[Metric, ...]:
    """The numbers that a verdict rests on; levels other than the first are told further down."""
    old, new = run.written, run.proposed
    metrics = [
        _size(run),
        _quantity("lines per operation", old.lines_per_operation, new.lines_per_operation, ""),
    ]
    if old.levels and new.levels:
        change = Change(old.levels[0].misses_per_thousand, new.levels[0].misses_per_thousand)
        label = f"{old.levels[0].name} misses per 1000 accesses"
        metrics.append(Metric(label, "", change, 1, "exact"))
    metrics.append(_quantity("average access", old.average_access, new.average_access, "cycles"))
    shared = Change(sharing_misses(old), sharing_misses(new))
    on_lines = f"on {old.shared_lines:,} → {new.shared_lines:,} lines"
    note = "one thread only" if run.threads < 2 else on_lines
    metrics.append(Metric("false-sharing misses", "", shared, 0, "exact", note))
    return tuple(metrics)


def _size(run: Run) -> Metric:
    old, new = _heap_bytes(run.written), _heap_bytes(run.proposed)
    changed = [one for one in run.changes if one.proposal.changed] or list(run.changes)
    heap = f"in the heap {decimal(old, 1)} → {decimal(new, 1)} bytes per object"
    if len(changed) == 1:
        change = Change(changed[0].before[0].size, changed[0].after[0].size)
        return Metric(f"size of {changed[0].name}", "bytes", change, 0, "exact", heap)
    sizes = [f"{short_name(c.name)} {c.before[0].size} → {c.after[0].size}" for c in changed]
    more = f" and {len(sizes) - NAMED} more" if len(sizes) > NAMED else ""
    note = f"mean over all; sizes: {', '.join(sizes[:NAMED])}{more}"
    return Metric("heap bytes per object", "", Change(old, new), 1, "exact", note)


def _heap_bytes(score: Score) -> float:
    """Heap bytes per object over all records, weighted with their number of objects."""
    objects = sum(record.objects for record in score.records)
    taken = sum(record.heap_bytes * record.objects for record in score.records)
    return taken / objects if objects else 0.0


def _quantity(label: str, old: Quantity, new: Quantity, unit: str) -> Metric:
    unknown = old.value is None or new.value is None
    mark: Mark = "unknown" if unknown else new.mark
    note = new.note if new.note == old.note or not old.note else f"{old.note}; then {new.note}"
    digits = 1 if max(old.value or 0, new.value or 0) >= THREE_DIGITS else 2
    return Metric(label, unit, Change(old.value, new.value), digits, mark, note)


def _kind(run: Run, metrics: Sequence[Metric]) -> Kind:
    if not any(one.proposal.changed for one in run.changes):
        return "kept"
    gains, losses = _split(metrics)
    if gains and losses:
        return "trade"
    if losses:
        return "worse"
    return "better" if gains else "none"


def _split(metrics: Sequence[Metric]) -> tuple[list[Metric], list[Metric]]:
    material = [one for one in metrics if one.change.material]
    gains = [one for one in material if one.change.direction == "less"]
    return gains, [one for one in material if one.change.direction == "more"]


def _sentence(kind: Kind, metrics: Sequence[Metric]) -> str:
    gains, losses = _split(metrics)
    same = [one for one in metrics if one not in gains and one not in losses]
    parts = []
    if kind == "kept":
        parts.append(_list([f"{one.label} {one.before} {one.unit}".rstrip() for one in metrics]))
    elif kind == "trade":
        parts.append(f"better in {_list([one.phrase for one in gains])}")
        parts.append(f"worse in {_list([one.phrase for one in losses])}")
    elif gains or losses:
        parts.append(_list([one.phrase for one in gains or losses]))
    if same and kind != "kept":
        parts.append(f"no material change in {_list([_steady(one) for one in same])}")
    return f"{LEADS[kind]}: {'; '.join(parts)}."


def _steady(one: Metric) -> str:
    if one.change.direction == "same":
        return f"{one.label} ({one.after})"
    return one.phrase if one.change.direction != "unknown" else f"{one.label} (unknown)"


def _list(words: Sequence[str]) -> str:
    return " and ".join((", ".join(words[:-1]), words[-1])) if len(words) > 1 else "".join(words)


def _asked(run: Run) -> tuple[tuple[str, str], ...]:
    return (
        ("Scenario", run.scenario),
        ("Records", ", ".join(one.name for one in run.changes) or "none"),
        ("Machine", run.machine),
        ("Heap", run.heap),
        ("ABI replayed", run.abis[0] if run.abis else "none"),
        ("ABI also placed", ", ".join(run.abis[1:]) or "none"),
        ("Objects", count(run.objects)),
        ("Threads", count(run.threads)),
        ("Operations", count(run.operations)),
        ("Accesses", count(run.written.accesses)),
        ("Cache line", f"{run.line_bytes} bytes"),
        ("Seed", str(run.seed)),
    )
