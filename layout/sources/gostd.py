"""Go's standard library: the layouts of its exported types and its integer constants, as data.

`gostd.txt` was printed by the real toolchain (its version is the first line) with
``go run tests/oracles/golang/gostd.go``; rows that differ between Linux, macOS and Windows, and
generic types whose layout depends on their arguments, are left out. Another version of Go may lay
an unexported field of these types differently.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from layout.goconstants import INTEGERS, GoConstant
from layout.model import Measured

__all__ = ["go_version", "standard_constant", "standard_type"]


@lru_cache
def _table() -> tuple[str, dict[str, str]]:
    text = files("layout.sources").joinpath("gostd.txt").read_text("utf-8")
    head, *lines = text.splitlines()
    rows = (line.split(" ", 2) for line in lines)
    return head, {f"{kind} {name}": value for kind, name, value in rows}


def go_version() -> str:
    """The version of Go that the table holds for."""
    return _table()[0].split()[1]


def standard_type(path: str, name: str, generic: bool) -> Measured | None:
    """An exported type of the standard library; ``generic`` for one with type arguments."""
    head, rows = _table()
    value = rows.get(f"type {path}.{name}{'[]' if generic else ''}")
    if value is None:
        return None
    sizes = {}
    for arch, triple in zip(head.split()[2:], value.split(), strict=True):
        size, align, scanned = map(int, triple.split("/"))
        sizes[f"go-{arch}"] = (size, align, scanned)
    return Measured(f"{path}.{name}", sizes)


def standard_constant(path: str, name: str) -> GoConstant | None:
    """An exported integer constant of the standard library."""
    value = _table()[1].get(f"const {path}.{name}")
    if value is None:
        return None
    kind, _, number = value.rpartition(" ")
    return GoConstant(int(number), kind if kind in INTEGERS else f"untyped {kind.split()[-1]}")
