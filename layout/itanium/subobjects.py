"""The base subobjects of a class, and which of them hold its virtual table pointer.

Itanium C++ ABI 1.1 and 2.4: the primary base of a dynamic class is its first non-virtual dynamic
base; without one, its first nearly empty virtual base that is no indirect primary base, else the
first that is. A primary virtual base lies where its class lies, and that is so for one class only:
the first in inheritance order that claims it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from layout.errors import LayoutError
from layout.itanium.facts import ClassFacts, facts
from layout.model import Record
from layout.place import Placer

__all__ = ["MAX_SUBOBJECTS", "Subobject", "Tree"]

# Base subobjects and visits of empty ones in one class: repeated bases grow exponentially.
MAX_SUBOBJECTS = 4_000


@dataclass(slots=True, eq=False)
class Subobject:
    """One base in the complete object; a virtual one has one node however often it is named."""

    facts: ClassFacts
    virtual: bool
    bases: list[Subobject] = field(default_factory=list)
    primary: Subobject | None = None  # a virtual base that lies at its start
    claimed_by: Subobject | None = None  # for a virtual base: whose primary it is


class Tree:
    """The subobjects of the class to be placed."""

    def __init__(self, placer: Placer, record: Record) -> None:
        self.placer = placer
        self.record = record
        self.virtual: dict[Record, Subobject] = {}
        self.direct: dict[Record, Subobject] = {}
        self.indirect_primaries: set[Record] = set()
        self.budget = MAX_SUBOBJECTS
        for base in record.bases:
            self._indirect(facts(placer, base.record))
        for base in record.bases:
            node = self._node(base.record, virtual=base.virtual)
            if not base.virtual:
                self.direct[base.record] = node

    def spend(self) -> None:
        """Counts one visit. Raises LayoutError when there are too many."""
        self.budget -= 1
        if self.budget < 0:
            raise LayoutError(f"more than {MAX_SUBOBJECTS} base subobjects; derive from fewer")

    def _indirect(self, known: ClassFacts) -> None:
        """Virtual bases that are the primary base of a direct or indirect base."""
        if not known.virtual_bases:
            return
        self.spend()
        if known.primary_is_virtual and known.primary is not None:
            self.indirect_primaries.add(known.primary)
        for base in known.record.bases:
            self._indirect(facts(self.placer, base.record))

    def _node(self, record: Record, *, virtual: bool) -> Subobject:
        if virtual and record in self.virtual:
            return self.virtual[record]
        self.spend()
        known = facts(self.placer, record)
        node = Subobject(known, virtual)
        if virtual:
            self.virtual[record] = node
        wanted = known.primary if known.primary_is_virtual else None
        present = self.virtual.get(wanted) if wanted is not None else None
        if present is not None:
            self._claim(node, present)
        for base in record.bases:
            node.bases.append(self._node(base.record, virtual=base.virtual))
        if wanted is not None and present is None:
            self._claim(node, self.virtual[wanted], steal=True)
        return node

    @staticmethod
    def _claim(node: Subobject, primary: Subobject, *, steal: bool = False) -> None:
        if primary.claimed_by is None or steal:
            node.primary = primary
            primary.claimed_by = node

    def primary(self) -> tuple[Record | None, bool]:
        """The primary base of the class and whether it is virtual."""
        for base in self.record.bases:
            if not base.virtual and facts(self.placer, base.record).dynamic:
                return base.record, False
        nearly_empty: list[Record] = []
        self._nearly_empty(self.record, nearly_empty, set())
        for record in nearly_empty:
            if record not in self.indirect_primaries:
                return record, True
        return (nearly_empty[0], True) if nearly_empty else (None, False)

    def _nearly_empty(self, record: Record, found: list[Record], seen: set[Record]) -> None:
        """Virtual bases with a virtual table pointer and nothing else, in inheritance order."""
        pointer, _ = self.placer.abi.scalars["pointer"]
        for base in record.bases:
            known = facts(self.placer, base.record)
            if base.virtual and known.dynamic and known.nvsize == pointer:
                found.append(base.record)
            if base.record not in seen and known.virtual_bases:
                seen.add(base.record)
                self._nearly_empty(base.record, found, seen)
