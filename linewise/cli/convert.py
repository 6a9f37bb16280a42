"""``linewise convert``: a trace from one format into another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from linewise.cli.output import count, emit_json, json_option
from linewise.cli.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cachesim import Trace, TraceReader


@click.command(epilog="Example: linewise convert trace.lackey.xz trace.parquet")
@click.argument("source", metavar="IN")
@click.argument("target", metavar="OUT")
@click.option("--to", "form", metavar="FORMAT", help="Instead of what OUT's name ends in.")
@json_option
def command(source: str, target: str, form: str | None, as_json: bool) -> int:
    """Write a trace in another format; what it cannot hold is said. Parquet holds everything."""
    import cachesim

    counted = [0]
    with Progress("accesses") as progress, cachesim.open_trace(source) as reader:
        lost = cachesim.write_trace(target, _watched(reader, progress, counted), form)
        read = reader.format
    if as_json:
        document = {"source": source, "format": read, "target": target, "lost": list(lost)}
        emit_json("convert", 1, {**document, "accesses": counted[0]})
    else:
        print(f"{target}: {count(counted[0])} accesses from {source} ({read})")
        if lost:
            print(f"  not kept, for the format cannot hold it: {', '.join(lost)}")
    return 0


def _watched(reader: TraceReader, progress: Progress, counted: list[int]) -> Iterator[Trace]:
    for chunk in reader:
        counted[0] += len(chunk)
        progress.update("converting", reader.bytes_read, reader.bytes_total, counted=counted[0])
        yield chunk
