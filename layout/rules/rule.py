"""What a lint rule is, what it looks at and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from layout.model import Layout, Record
from layout.place import Placer
from layout.profile import AccessProfile
from layout.rules.least import least_sizes
from layout.sizeclasses import SizeClasses, size_classes

__all__ = ["Level", "Need", "Notice", "Rule", "Subject"]

Level = Literal["warning", "note"]

# What a rule cannot do without: who uses which member, an allocator's size classes, the bytes that
# a collector scans, more than one ABI.
Need = Literal["", "profile", "classes", "pointers", "abis"]


@dataclass(frozen=True, slots=True)
class Notice:
    """What a rule says about a record on some ABIs.

    ``line`` is that of the member ``field``, or of the record when ``field`` is None. ``bytes`` are
    those lost, None where bytes are not what it is about.
    """

    abis: tuple[str, ...]
    line: int
    field: str | None
    message: str
    bytes: int | None = None


@dataclass(frozen=True)
class Subject:
    """One record as rules see it: ``layouts`` has one per placer, in their order."""

    record: Record
    placers: tuple[Placer, ...]
    layouts: tuple[Layout, ...]
    profile: AccessProfile | None = None
    allocator: str | None = None

    @cached_property
    def least(self) -> tuple[int, ...]:
        """Bytes on each ABI in the order that is the shortest for all of them."""
        return least_sizes(self.record, self.placers, self.layouts)

    def classes(self, placed: Layout) -> SizeClasses | None:
        """The size classes that a heap object of this layout falls into, if any are known."""
        return size_classes(self.allocator, placed)

    def meets(self, need: Need) -> bool:
        """Whether what a rule needs is there."""
        if need == "profile":
            return self.profile is not None and bool(self.profile.operations)
        if need == "classes":
            return any(self.classes(placed) is not None for placed in self.layouts)
        if need == "pointers":
            return any(placed.pointer_bytes is not None for placed in self.layouts)
        return need != "abis" or len(self.layouts) > 1


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its documentation and its check are one value.

    ``why`` says what it costs, ``bad`` and ``good`` are examples (C unless ``language`` says
    otherwise), ``leave`` says when it is right not to follow it, ``fix`` is the remedy in a line.
    ``default`` tells whether it runs unless it is selected. ``check`` is None for what is found
    while suppressions are read.
    """

    code: str
    name: str
    title: str
    why: str
    bad: str
    good: str
    leave: str
    fix: str
    check: Callable[[Subject], Iterable[Notice]] | None = None
    level: Level = "warning"
    need: Need = ""
    default: bool = True
    language: str = "c"


def quoted(names: Sequence[str], most: int = 3) -> str:
    """```a`, `b` and 2 more``."""
    shown = ", ".join(f"`{name}`" for name in names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


def plural(count: int, word: str) -> str:
    """``1 byte``, ``2 bytes``."""
    return f"{count} {word}{'' if count == 1 else 's'}"
