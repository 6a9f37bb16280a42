"""``linewise curve``: misses at every size of cache, from one pass over a trace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from linewise.cli.output import count, emit_json, json_option, paint, table
from linewise.cli.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cachesim import ReuseDistances, SetCurve, TraceReader

BAR = 40  # characters of a bar that stands for all accesses
UNITS = ("B", "KiB", "MiB", "GiB", "TiB")


class Row(NamedTuple):
    """One size of cache."""

    lines: int
    ways: int
    size: int  # bytes
    misses: float
    ratio: float
    error: float | None


@click.command(epilog="Example: linewise curve trace.xz --svg curve.svg")
@click.argument("trace", metavar="TRACE")
@click.option("--line", default=64, show_default=True, metavar="BYTES", help="Line size.")
@click.option(
    "--sets",
    metavar="N",
    type=int,
    help="A cache of so many sets, at each associativity, instead of fully associative ones.",
)
@click.option(
    "--ways", default=32, show_default=True, metavar="N", help="With --sets: up to so many ways."
)
@click.option(
    "--kinds",
    default="data",
    show_default=True,
    metavar="data|fetches|all",
    help="Which accesses count.",
)
@click.option(
    "--sample",
    "rate",
    metavar="RATE",
    type=float,
    help="Look at this share of the lines only, such as 0.01, and estimate the rest.",
)
@click.option("--seed", default=1, show_default=True, metavar="N", help="With --sample.")
@click.option("--svg", "picture", metavar="FILE.svg", type=Path, help="Draw the curve.")
@json_option
def command(
    trace: str,
    line: int,
    sets: int | None,
    ways: int,
    kinds: str,
    rate: float | None,
    seed: int,
    picture: Path | None,
    as_json: bool,
) -> int:
    """Misses of LRU caches of every size, from one pass over a trace."""
    import cachesim

    if sets is not None and rate is not None:
        raise click.UsageError("--sets and --sample exclude each other; give one of them")
    run: SetCurve | ReuseDistances
    if sets is None:
        run = cachesim.ReuseDistances(line, kinds=kinds, rate=rate or 1.0, seed=seed)
    else:
        run = cachesim.SetCurve(sets, ways, line, kinds=kinds)
    with Progress("accesses") as progress, cachesim.open_trace(trace) as reader:
        _feed(run, reader, progress)
    if isinstance(run, cachesim.SetCurve):
        accesses, rows = run.accesses, list(_set_rows(run, sets or 1, line))
    else:
        accesses, rows = _distance_rows(run, line)
    what = "fully associative" if sets is None else f"{sets} sets"
    if picture is not None:
        _draw(picture, f"Misses of LRU caches, {what}, {line}-byte lines", rows)
    if as_json:
        document = {"trace": trace, "line": line, "sets": sets, "kinds": kinds, "sample": rate}
        points = [row._asdict() for row in rows]
        mark = "exact" if rate is None else "estimated"
        emit_json("curve", 1, {**document, "accesses": accesses, "mark": mark, "points": points})
    else:
        print("\n".join(_text(trace, what, line, accesses, rows)))
    return 0


def _feed(run: SetCurve | ReuseDistances, reader: TraceReader, progress: Progress) -> None:
    accesses = 0
    for chunk in reader:
        run.feed(chunk)
        accesses += len(chunk)
        progress.update("measuring", reader.bytes_read, reader.bytes_total, counted=accesses)


def _set_rows(run: SetCurve, sets: int, line: int) -> Iterator[Row]:
    for way, misses in enumerate(run.misses().tolist(), 1):
        ratio = misses / run.accesses if run.accesses else 0.0
        yield Row(sets * way, way, sets * way * line, misses, ratio, None)


def _distance_rows(run: ReuseDistances, line: int) -> tuple[int, list[Row]]:
    result = run.result()
    rows = []
    for index, lines in enumerate(result.sizes.tolist()):
        error = None if result.error is None else float(result.error[index])
        ratio = result.miss_ratio(lines)
        rows.append(Row(lines, lines, lines * line, result.misses(lines), ratio, error))
    return result.accesses, rows


def _draw(path: Path, title: str, rows: list[Row]) -> None:
    from linewise.report.figures.miss_curve import Point, miss_curve
    from linewise.report.write import write_text

    points = [Point(size_text(row.size), row.ratio, row.error) for row in rows]
    drawing = miss_curve("miss-curve", title, "size of the cache", points)
    write_text(path, drawing.standalone(), "the drawing")


def size_text(size: int) -> str:
    """``48 KiB``: bytes in the largest unit that gives a number of 1 or more."""
    value = float(size)
    for unit in UNITS:
        if value < 1024 or unit == UNITS[-1]:
            break
        value /= 1024
    return f"{value:g} {unit}" if value == int(value) else f"{value:.1f} {unit}"


def _text(path: str, what: str, line: int, accesses: int, rows: list[Row]) -> Iterator[str]:
    yield f"{paint(path, 'bold')}: {count(accesses)} accesses to {line}-byte lines, LRU, {what}"
    yield ""
    sampled = any(row.error is not None for row in rows)
    head = ["size", "ways", "misses", "miss ratio", *(["error"] if sampled else []), ""]
    body: list[list[Any]] = []
    for row in rows:
        cells = [size_text(row.size), count(row.ways), count(row.misses), f"{row.ratio:.3%}"]
        if row.error is not None:
            cells.append(f"± {row.error:.3%}")
        body.append([*cells, "█" * round(row.ratio * BAR)])
    yield from table(head, body, left=(len(head) - 1,))
    yield ""
    if sampled:
        yield "  estimated from a sample; the error is one standard error (modelled)"
    else:
        yield "  exact for LRU"
