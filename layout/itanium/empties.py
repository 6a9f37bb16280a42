"""Where empty subobjects lie while a class is placed: two of one type never at one address.

Itanium C++ ABI 2.4 II 2 and 3: an empty base or an empty potentially-overlapping member goes to
offset 0, and where that, or the place of any other component, would put two empty subobjects of
the same type at one offset, further on.
"""

from __future__ import annotations

from layout.itanium.facts import ClassFacts, Member, facts
from layout.itanium.subobjects import Subobject, Tree
from layout.model import Record
from layout.place import Placer

__all__ = ["Empties"]


class Empties:
    """The empty subobjects placed so far, by offset.

    A subobject that does not overlap keeps what follows off its bytes, so that only its empty ones
    below the size of the largest empty class can ever meet another: the rest is not kept.
    """

    def __init__(self, placer: Placer, tree: Tree, largest: int) -> None:
        self.placer = placer
        self.tree = tree
        self.largest = largest
        self.at: dict[int, set[Record]] = {}
        self.highest = 0

    def take_base(self, node: Subobject, offset: int) -> bool:
        """Enters a base at that offset unless it would meet one of its type."""
        if not self.largest:
            return True
        if self._base_meets(node, offset):
            return False
        self._enter_base(node, offset, kept=node.facts.empty)
        return True

    def take_member(self, member: Member, offset: int, *, overlaps: bool) -> bool:
        """Enters a member of class type, or an array of them, likewise."""
        if self._array_meets(member, offset):
            return False
        self._enter_array(member, offset, kept=overlaps)
        return True

    def _taken(self, known: ClassFacts, offset: int) -> bool:
        self.tree.spend()
        return known.empty and known.record in self.at.get(offset, ())

    def _enter(self, known: ClassFacts, offset: int) -> None:
        self.tree.spend()
        if known.empty:
            self.at.setdefault(offset, set()).add(known.record)
            self.highest = max(self.highest, offset)

    def _base_meets(self, node: Subobject, offset: int) -> bool:
        if offset > self.highest:
            return False
        known = node.facts
        if self._taken(known, offset):
            return True
        for base in node.bases:
            if not base.virtual and self._base_meets(base, offset + known.bases[base.facts.record]):
                return True
        primary = node.primary
        if primary is not None and primary.claimed_by is node and self._base_meets(primary, offset):
            return True
        return any(self._array_meets(member, offset + member.offset) for member in known.members)

    def _enter_base(self, node: Subobject, offset: int, *, kept: bool) -> None:
        if not kept and offset >= self.largest:
            return
        known = node.facts
        self._enter(known, offset)
        for base in node.bases:
            if not base.virtual:
                self._enter_base(base, offset + known.bases[base.facts.record], kept=kept)
        if node.primary is not None and node.primary.claimed_by is node:
            self._enter_base(node.primary, offset, kept=kept)
        for member in known.members:
            self._enter_array(member, offset + member.offset, kept=kept)

    def _array_meets(self, member: Member, offset: int) -> bool:
        known = facts(self.placer, member.record)
        for _ in range(member.many):
            if offset > self.highest:
                return False
            if self._member_meets(known, offset, whole=True):
                return True
            offset += member.size
        return False

    def _member_meets(self, known: ClassFacts, offset: int, *, whole: bool) -> bool:
        if offset > self.highest:
            return False
        if self._taken(known, offset):
            return True
        for record, at in self._bases(known, whole=whole):
            if self._member_meets(facts(self.placer, record), offset + at, whole=False):
                return True
        return any(self._array_meets(member, offset + member.offset) for member in known.members)

    def _enter_array(self, member: Member, offset: int, *, kept: bool) -> None:
        known = facts(self.placer, member.record)
        for _ in range(member.many):
            if not kept and offset >= self.largest:
                return
            self._enter_member(known, offset, kept=kept, whole=True)
            offset += member.size

    def _enter_member(self, known: ClassFacts, offset: int, *, kept: bool, whole: bool) -> None:
        if not kept and offset >= self.largest:
            return
        self._enter(known, offset)
        for record, at in self._bases(known, whole=whole):
            self._enter_member(facts(self.placer, record), offset + at, kept=kept, whole=False)
        for member in known.members:
            self._enter_array(member, offset + member.offset, kept=kept)

    @staticmethod
    def _bases(known: ClassFacts, *, whole: bool) -> list[tuple[Record, int]]:
        """Non-virtual bases, and the virtual ones of a complete object."""
        return [*known.bases.items(), *(known.virtual_bases.items() if whole else ())]
