"""Machines, traces, and the replay of one through the other.

    machine = cachesim.load_machine("zen2")
    result = cachesim.replay(cachesim.Trace(address=addresses), machine)

Names are loaded on first use: numba takes a quarter of a second to import, and pyarrow as long.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cachesim.engine import Replay, replay
    from cachesim.errors import CacheError, TruncatedTrace
    from cachesim.formats import (
        FORMATS,
        WRITERS,
        TraceReader,
        open_trace,
        write_trace,
    )
    from cachesim.latency import AccessTime, average_access_time
    from cachesim.machines import DEFAULT_MACHINE, load_machine, machine_names
    from cachesim.result import LevelResult, Result, TagCounts
    from cachesim.reuse import Reuse, ReuseDistances, SetCurve, reuse_distances
    from cachesim.spec import CacheSpec, Machine, parse_level
    from cachesim.trace import Kind, Trace

# Where each public name lives.
_HOMES = {
    "CacheError": "errors",
    "TruncatedTrace": "errors",
    "FORMATS": "formats",
    "WRITERS": "formats",
    "TraceReader": "formats",
    "open_trace": "formats",
    "write_trace": "formats",
    "AccessTime": "latency",
    "average_access_time": "latency",
    "DEFAULT_MACHINE": "machines",
    "load_machine": "machines",
    "machine_names": "machines",
    "Replay": "engine",
    "replay": "engine",
    "LevelResult": "result",
    "Result": "result",
    "TagCounts": "result",
    "Reuse": "reuse",
    "ReuseDistances": "reuse",
    "SetCurve": "reuse",
    "reuse_distances": "reuse",
    "CacheSpec": "spec",
    "Machine": "spec",
    "parse_level": "spec",
    "Kind": "trace",
    "Trace": "trace",
}

__all__ = [
    "DEFAULT_MACHINE",
    "FORMATS",
    "WRITERS",
    "AccessTime",
    "CacheError",
    "CacheSpec",
    "Kind",
    "LevelResult",
    "Machine",
    "Replay",
    "Result",
    "Reuse",
    "ReuseDistances",
    "SetCurve",
    "TagCounts",
    "Trace",
    "TraceReader",
    "TruncatedTrace",
    "average_access_time",
    "load_machine",
    "machine_names",
    "open_trace",
    "parse_level",
    "replay",
    "reuse_distances",
    "write_trace",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'cachesim' has no attribute {name!r}")
    value = getattr(import_module(f"cachesim.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
