"""C++ classes by the Itanium C++ ABI, section 2.4: bases, virtual table pointers, empty classes.

https://itanium-cxx-abi.github.io/cxx-abi/abi.html; where the document leaves a choice, what clang
does for the target.
"""

from __future__ import annotations

from layout.errors import LayoutError
from layout.itanium.classes import ClassPlacement
from layout.itanium.facts import ClassFacts, facts
from layout.itanium.targets import rules_of
from layout.model import Layout, Record
from layout.place import Placer

__all__ = ["ClassFacts", "facts", "place_class"]


def place_class(placer: Placer, record: Record) -> Layout:
    """The layout of a C++ record. Raises LayoutError as `layout.place` does, and for an ABI that
    is not Itanium's."""
    known = placer.classes.get(record)
    if isinstance(known, LayoutError):
        raise known
    try:
        return ClassPlacement(placer, record, rules_of(placer.abi, record)).layout()
    except LayoutError as error:
        # A class that cannot be placed may be a base of many: each would try again.
        placer.classes[record] = error
        raise
