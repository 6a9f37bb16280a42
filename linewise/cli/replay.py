"""``linewise replay``: a recorded trace through a cache hierarchy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from linewise.cli.output import count, emit_json, json_option, paint, table
from linewise.cli.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cachesim import AccessTime, Machine, Result, Trace, TraceReader

DEFAULT_MACHINE = "zen2"


@click.command(
    epilog="Example: linewise replay trace.xz --level L1d:32KiB:8:64:lru --level L2:1MiB:16:64:lru"
)
@click.argument("trace", metavar="TRACE")
@click.option(
    "--machine",
    metavar="NAME|FILE",
    help=f"A machine of `linewise machines`, or its TOML file.  [default: {DEFAULT_MACHINE}]",
)
@click.option(
    "--level",
    "levels",
    multiple=True,
    metavar="NAME:SIZE:WAYS:LINE:POLICY",
    help="A cache instead of a machine's; repeat it, nearest first. A name that ends in i serves "
    "instruction fetches, one in d data, any other both.",
)
@click.option(
    "--convention",
    metavar="NAME",
    help="Count as this tool does: hardware, dinero or cachegrind.  [default: as the machine says]",
)
@json_option
def command(
    trace: str,
    machine: str | None,
    levels: tuple[str, ...],
    convention: str | None,
    as_json: bool,
) -> int:
    """Replay an access trace of any format that docs/cachesim.md lists, compressed ones too."""
    import cachesim

    if machine is not None and levels:
        raise click.UsageError("--machine and --level exclude each other; give one of them")
    if levels:
        caches = tuple(cachesim.parse_level(text) for text in levels)
        target = cachesim.Machine(name="from --level", caches=caches)
    else:
        target = cachesim.load_machine(DEFAULT_MACHINE if machine is None else machine)
    if convention is not None:
        target = target.under(convention)
    with Progress("accesses") as progress, cachesim.open_trace(trace) as reader:
        result = cachesim.replay(_watched(reader, progress), target)
    time = cachesim.average_access_time(result, target)
    if as_json:
        emit_json("replay", 1, _document(trace, reader.format, target, result, time))
    else:
        print("\n".join(_text(trace, reader.format, target, result, time)))
    return 0


def _watched(reader: TraceReader, progress: Progress) -> Iterator[Trace]:
    """The reader's chunks, with progress by bytes of the file, which are known beforehand."""
    accesses = 0
    for chunk in reader:
        accesses += len(chunk)
        progress.update("replaying", reader.bytes_read, reader.bytes_total, counted=accesses)
        yield chunk


def _document(
    path: str, kind: str, machine: Machine, result: Result, time: AccessTime
) -> dict[str, Any]:
    return {
        "trace": path,
        "format": kind,
        "machine": machine.name,
        "accesses": result.accesses,
        "levels": [
            {
                "name": level.name,
                "reads": level.reads,
                "writes": level.writes,
                "fetches": level.fetches,
                "read_misses": level.read_misses,
                "write_misses": level.write_misses,
                "fetch_misses": level.fetch_misses,
                "evictions": level.evictions,
                "writebacks": level.writebacks,
                "back_invalidations": level.back_invalidations,
            }
            for level in result.levels
        ],
        "memory_accesses": result.memory_accesses,
        "memory_writebacks": result.memory_writebacks,
        "average_access": {
            "value": time.cycles,
            "unit": "cycles",
            "mark": time.mark,
            "assumed": list(time.assumed),
        },
    }


def _text(
    path: str, kind: str, machine: Machine, result: Result, time: AccessTime
) -> Iterator[str]:
    yield f"{paint(path, 'bold')} ({kind}): {count(result.accesses)} accesses on {machine.name}"
    yield ""
    head = ("level", "reads", "misses", "writes", "misses", "fetches", "misses", "miss rate")
    rows = [
        (
            level.name,
            count(level.reads),
            count(level.read_misses),
            count(level.writes),
            count(level.write_misses),
            count(level.fetches),
            count(level.fetch_misses),
            f"{level.misses / level.accesses:.3%}" if level.accesses else "-",
            count(level.evictions),
            count(level.writebacks),
        )
        for level in result.levels
    ]
    yield from table((*head, "evictions", "write-backs"), rows)
    yield ""
    yield f"  memory: {count(result.memory_accesses)} lines read (exact)"
    yield f"  average data access: {access_time_text(time)}"


def access_time_text(time: AccessTime) -> str:
    """``5.21 cycles (modelled; assumed L1i 4 cycles)``, or that it is unknown."""
    if time.cycles is None:
        return "unknown"
    assumed = f"; assumed {', '.join(time.assumed)}" if time.assumed else ""
    return f"{time.cycles:.2f} cycles ({time.mark}{assumed})"
