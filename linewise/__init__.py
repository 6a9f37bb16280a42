"""How data should lie in memory, on this hardware, and the proof.

    run = linewise.run("examples/order_book.toml")
    print(run.written.average_access, run.proposed.average_access)

Names are loaded on first use: numba takes a quarter of a second to import.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from linewise.version import __version__

if TYPE_CHECKING:
    from linewise.binding import Binding, bind
    from linewise.errors import LinewiseError
    from linewise.loop import run
    from linewise.scenario import Scenario, load_scenario
    from linewise.score import Run, Score
    from linewise.workload import Events, FieldRef, Operation, Region, Workload

# Where each public name lives.
_HOMES = {
    "Binding": "binding",
    "bind": "binding",
    "LinewiseError": "errors",
    "run": "loop",
    "Scenario": "scenario",
    "load_scenario": "scenario",
    "Run": "score",
    "Score": "score",
    "Events": "workload",
    "FieldRef": "workload",
    "Operation": "workload",
    "Region": "workload",
    "Workload": "workload",
}

__all__ = [
    "Binding",
    "Events",
    "FieldRef",
    "LinewiseError",
    "Operation",
    "Region",
    "Run",
    "Scenario",
    "Score",
    "Workload",
    "__version__",
    "bind",
    "load_scenario",
    "run",
]


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'linewise' has no attribute {name!r}")
    value = getattr(import_module(f"linewise.{home}"), name)
    globals()[name] = value
    return value
