"""``linewise run``: the loop over a scenario, and its report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from linewise.cli.output import change, count, emit_json, json_option, paint, table
from linewise.cli.progress import Progress
from linewise.cli.records import short_name
from linewise.cli.show import layout_document

if TYPE_CHECKING:
    from linewise.score import Quantity, RecordChange, Run, Score

FIELDS_SHOWN = 8
PAIRS_SHOWN = 6


@click.command(epilog="Example: linewise run examples/order_book.toml --report order_book.html")
@click.argument("scenario", metavar="SCENARIO.toml")
@click.option("--machine", metavar="NAME|FILE", help="Instead of the scenario's own machine.")
@click.option("--report", metavar="FILE.html", type=Path, help="Write the report to look at.")
@json_option
def command(scenario: str, machine: str | None, report: Path | None, as_json: bool) -> int:
    """Place the scenario's records, propose better orders, and prove them by replay."""
    import linewise

    if report is not None and not report.parent.is_dir():
        raise click.BadParameter(f"{report.parent}: no such folder", param_hint="--report")
    with Progress("operations") as progress:
        run = linewise.run(scenario, machine=machine, progress=progress.update)
    if report is not None:
        from linewise.report import write_report

        write_report(run, report)
    if as_json:
        emit_json("run", 1, _document(run))
    else:
        print("\n".join(_text(run)))
        if report is not None:
            print(f"\nreport: {report}")
    return 0


def _document(run: Run) -> dict[str, Any]:
    import msgspec

    return {
        "scenario": run.scenario,
        "description": run.description,
        "machine": run.machine,
        "heap": run.heap,
        "abis": list(run.abis),
        "objects": run.objects,
        "threads": run.threads,
        "operations": run.operations,
        "seed": run.seed,
        "line_bytes": run.line_bytes,
        "records": [_record_document(one) for one in run.changes],
        "written": msgspec.to_builtins(run.written),
        "proposed": msgspec.to_builtins(run.proposed),
        "seconds": run.seconds,
    }


def _record_document(one: RecordChange) -> dict[str, Any]:
    return {
        "name": one.name,
        "source": one.source,
        "order": list(one.proposal.order),
        "goal": one.proposal.goal,
        "proof": one.proposal.proof,
        "written": [layout_document(placed) for placed in one.before],
        "proposed": [layout_document(placed) for placed in one.after],
    }


def _text(run: Run) -> Iterator[str]:
    yield paint(run.scenario, "bold") + (f": {run.description}" if run.description else "")
    yield (
        f"  {count(run.objects)} objects from the {run.heap} heap, "
        f"{count(run.operations)} operations by {run.threads} threads, "
        f"on {run.machine}; seed {run.seed}"
    )
    yield f"  placed on {', '.join(run.abis)}; replayed as on {run.abis[0]}"
    for one in run.changes:
        yield ""
        yield from _record_text(one)
    yield ""
    yield from _score_text(run)
    yield ""
    yield from _fields_text(run)
    yield ""
    yield from _sharing_text(run)


def _record_text(one: RecordChange) -> Iterator[str]:
    before, after = one.before[0], one.after[0]
    yield f"{paint(one.name, 'bold')}  {paint(one.source, 'dim')}"
    if not one.proposal.changed:
        yield f"  {before.size} bytes; keep the order as written. {one.proposal.proof}"
        return
    yield f"  bytes: {change(before.size, after.size)}"
    yield f"  order: {', '.join(one.proposal.order)}"
    yield f"  {one.proposal.proof}"


def _score_text(run: Run) -> Iterator[str]:
    old, new = run.written, run.proposed
    rows: list[tuple[str, ...]] = [
        ("bytes per object", *_pair(_heap_bytes(old), _heap_bytes(new), 1), "exact")
    ]
    rows.append(
        _quantity_row("lines per operation", old.lines_per_operation, new.lines_per_operation)
    )
    for before, after in zip(old.levels, new.levels, strict=True):
        pair = _pair(before.misses_per_thousand, after.misses_per_thousand, 2)
        rows.append((f"{before.name} misses per 1000 accesses", *pair, "exact"))
    rows.append(_quantity_row("average access, cycles", old.average_access, new.average_access))
    misses = [sum(pair.misses for pair in score.sharing) for score in (old, new)]
    rows.append(("false-sharing misses", *_pair(misses[0], misses[1], 0), "exact"))
    rows.append(("falsely shared lines", *_pair(old.shared_lines, new.shared_lines, 0), "exact"))
    yield from table(("score", "written", "proposed", "change", ""), rows, left=(0, 4))


def _heap_bytes(score: Score) -> float:
    """Heap bytes per object over all records, weighted with their number of objects."""
    objects = sum(record.objects for record in score.records)
    taken = sum(record.heap_bytes * record.objects for record in score.records)
    return taken / objects if objects else 0.0


def _quantity_row(name: str, old: Quantity, new: Quantity) -> tuple[str, ...]:
    if old.value is None or new.value is None:
        return (name, "-", "-", "-", "unknown")
    return (name, *_pair(old.value, new.value, 2), new.mark)


def _pair(old: float, new: float, digits: int) -> tuple[str, str, str]:
    share = f"{(new - old) / old:+.1%}" if old else ("0" if new == old else "new")
    return f"{old:,.{digits}f}", f"{new:,.{digits}f}", share


def _fields_text(run: Run) -> Iterator[str]:
    after = {(one.record, one.field): one for one in run.proposed.fields}
    levels = [level.name for level in run.written.levels]
    rows = []
    for one in run.written.fields[:FIELDS_SHOWN]:
        new = after.get((one.record, one.field))
        misses = [
            f"{count(old)} → {count(new.misses[i] if new else 0)}"
            for i, old in enumerate(one.misses)
        ]
        name = f"{short_name(one.record)}.{one.field}"
        rows.append((name, count(one.reads + one.writes), *misses))
    head = ("fields that cost the misses", "accesses", *(f"{name} misses" for name in levels))
    yield from table(head, rows)
    if len(run.written.fields) > FIELDS_SHOWN:
        yield paint(
            f"  … {len(run.written.fields) - FIELDS_SHOWN} more in --json or --report", "dim"
        )


def _sharing_text(run: Run) -> Iterator[str]:
    after = {
        (one.record, one.field, one.other_record, one.other_field): one
        for one in run.proposed.sharing
    }
    rows = []
    for one in run.written.sharing[:PAIRS_SHOWN]:
        new = after.get((one.record, one.field, one.other_record, one.other_field))
        left = f"{short_name(one.record)}.{one.field}"
        right = f"{short_name(one.other_record)}.{one.other_field}"
        misses = (count(one.misses), count(new.misses if new else 0))
        rows.append((f"{left} with {right}", *misses, count(one.lines)))
    if not rows:
        yield "  no thread misses because another one wrote beside what it wants"
        return
    head = ("fields that falsely share lines", "misses written", "proposed", "lines written")
    yield from table(head, rows)
    if len(run.written.sharing) > PAIRS_SHOWN:
        yield paint(
            f"  … {len(run.written.sharing) - PAIRS_SHOWN} more in --json or --report", "dim"
        )
