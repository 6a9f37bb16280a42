"""Placement of one class. Itanium C++ ABI 2.4, by its steps I to IV."""

from __future__ import annotations

from dataclasses import replace

from layout.errors import LayoutError
from layout.itanium.empties import Empties
from layout.itanium.facts import ClassFacts, Member, class_of, element_of, facts
from layout.itanium.subobjects import Subobject, Tree
from layout.itanium.targets import CxxRules
from layout.itanium.traits import (
    SPECIAL,
    is_dynamic,
    is_empty,
    is_pod,
    is_standard,
    trivial_members,
)
from layout.model import Field, Layout, PlacedBase, PlacedField, Record
from layout.place import MAX_SIZE, Piece, Placer, _describe, _holes, _Placement
from layout.rulesets.piece import round_up

__all__ = ["ClassPlacement"]


class ClassPlacement(_Placement):
    """A class while it is placed.

    ``next_bit`` is the end of its data, dsize; ``end`` that of all its subobjects, sizeof before
    it is rounded; ``padded`` the end with the tail padding of members that overlap.
    """

    def __init__(self, placer: Placer, record: Record, rules: CxxRules) -> None:
        super().__init__(placer, record)
        self.rules = rules
        self.padded = 0
        self.spans: list[PlacedField] = []  # what is used, for the holes
        self.members: list[Member] = []
        self.base_offsets: dict[Record, int] = {}
        self.virtual_offsets: dict[Record, int] = {}
        self.primary: Record | None = None
        self.primary_is_virtual = False
        self.vptr_bytes = 0
        # GCC's packed does not reach into members of non-POD class types.
        self.loose = replace(record, packed=False) if record.packed else record

    def layout(self) -> Layout:
        """Places bases, members and virtual bases in turn. Raises LayoutError."""
        record = self.record
        try:
            self.align = max(self.align, 8 * self.placer.alignment(record.aligned))
            self.tree = Tree(self.placer, record)
            self.empties = Empties(self.placer, self.tree, self._largest_empty())
            self.dynamic = is_dynamic(self.placer, record)
            self._bases()
        except LayoutError as error:
            raise self._located(error, record.line, "") from None
        for field in record.fields:
            try:
                self._place_one(field)
                self._check_size(max(self.end, self.padded))
            except LayoutError as error:
                raise self._located(error, field.line, _describe(field)) from None
        nvsize, nvalign = self.end // 8, self.align // 8
        try:
            self._virtual_bases(record, self.primary if self.primary_is_virtual else None, set())
            return self._finish(nvsize, nvalign)
        except LayoutError as error:
            raise self._located(error, record.line, "") from None

    def _check_size(self, bits: int) -> None:
        if bits > 8 * min(MAX_SIZE, self.placer.abi.maximum_size):
            raise LayoutError("it exceeds any address space; make it smaller")

    # II: members other than virtual bases

    def _largest_empty(self) -> int:
        inner = [base.record for base in self.record.bases]
        elements = (element_of(field.type, self.placer)[0] for field in self.record.fields)
        inner += [record for record in elements if record is not None]
        known = [facts(self.placer, record) for record in inner]
        return max((one.size if one.empty else one.largest_empty for one in known), default=0)

    def _bases(self) -> None:
        if self.dynamic:
            self.primary, self.primary_is_virtual = self.tree.primary()
        if self.primary is not None and self.primary_is_virtual:
            node = self.tree.virtual[self.primary]
            node.claimed_by = None
            self.tree.indirect_primaries.add(self.primary)
            self._virtual_base(node)
        elif self.primary is not None:
            self._non_virtual_base(self.tree.direct[self.primary])
        elif self.dynamic:
            self._vptr()
        for base in self.record.bases:
            if not base.virtual and base.record not in self.base_offsets:
                self._non_virtual_base(self.tree.direct[base.record])

    def _vptr(self) -> None:
        size, align = (8 * value for value in self.placer.abi.scalars["pointer"])
        if self.record.packed:
            align = 8
        if self.record.pack is not None:
            align = min(align, self.record.pack * 8)
        self.align = max(self.align, align)
        self.next_bit = self.end = size
        self.vptr_bytes = size // 8
        self._use(0, size)

    def _use(self, start: int, end: int) -> None:
        if end > start:
            self.spans.append(PlacedField("", "", start // 8, (end - start) // 8, start))

    def _non_virtual_base(self, node: Subobject) -> None:
        offset = self._base(node)
        self.base_offsets[node.facts.record] = offset
        self._primaries_within(node, offset)

    def _virtual_base(self, node: Subobject) -> None:
        offset = self._base(node)
        self.virtual_offsets[node.facts.record] = offset
        self._primaries_within(node, offset)

    def _base(self, node: Subobject) -> int:
        """Offset in bytes. II 2: an empty one at 0 where it may, any other at dsize."""
        known = node.facts
        align = known.nvalign * 8
        if known.empty and self.empties.take_base(node, 0):
            self.end = max(self.end, known.size * 8)
            self.align = max(self.align, align)
            return 0
        if self.record.pack is not None:
            align = min(align, self.record.pack * 8)
        start = round_up(self._data_end(), align)
        while not self.empties.take_base(node, start // 8):
            start += align
        if known.empty:
            self.end = max(self.end, start + known.size * 8)
        else:
            self.next_bit = start + known.nvsize * 8
            self.end = max(self.end, self.next_bit)
            self._use(start, self.next_bit)
        self.align = max(self.align, align)
        return start // 8

    def _data_end(self) -> int:
        return round_up(self.next_bit, 8)

    def _primaries_within(self, node: Subobject, offset: int) -> None:
        """Virtual bases that lie at the start of a base just placed."""
        if not node.facts.virtual_bases:
            return
        primary = node.primary
        if primary is not None and primary.claimed_by is node:
            self.virtual_offsets[primary.facts.record] = offset
            self._primaries_within(primary, offset)
        for base in node.bases:
            if not base.virtual:
                self._primaries_within(base, offset + node.facts.bases[base.facts.record])

    def _place_one(self, field: Field) -> None:
        if field.bit_width is not None:
            self._bit_field(field)
            return
        inner = class_of(field.type)
        known = None if inner is None else facts(self.placer, inner)
        piece = self._piece(field, known)
        overlaps = known if field.overlaps else None
        taken = piece.size if overlaps is None else 8 * max(overlaps.nvsize, overlaps.dsize)
        hidden = overlaps is not None and overlaps.empty
        start = self._start(field, piece, hidden=hidden)
        first = len(self.fields)
        self._list(field, piece, start)
        if hidden:
            self.next_bit = self._data_end()
            self.end = max(self.end, start + piece.size)
        else:
            self.next_bit = max(start + taken, self.next_bit if self._is_union else 0)
            self.end = max(self.end, self.next_bit)
            self.padded = max(self.padded, start + piece.size)
            if field.name is None:
                self.spans += self.fields[first:]
            else:
                self._use(start, start + taken)
        self.align = max(self.align, piece.align)

    @property
    def _is_union(self) -> bool:
        return self.record.kind == "union"

    def _bit_field(self, field: Field) -> None:
        end, first, self.end = self.end, len(self.fields), 0
        super()._place_one(field)
        if self._is_union:
            self.next_bit = max(self.next_bit, self.end)
        self.end = max(end, self.end)
        self.spans += self.fields[first:]

    def _piece(self, field: Field, known: ClassFacts | None) -> Piece:
        packs = known is None or known.pod or known.record.packed or self.rules.packs_non_pod
        return self.placer.piece(self.record if packs else self.loose, field)

    def _start(self, field: Field, piece: Piece, *, hidden: bool) -> int:
        """First bit. II 3: behind dsize; an empty one that may overlap at 0 where it may."""
        behind = round_up(self._data_end(), piece.align)
        start = 0 if hidden or self._is_union else behind
        record, count = element_of(field.type, self.placer)
        if record is None:
            return start
        member = Member(record, 0, count, facts(self.placer, record).size)
        # The members of a union all lie at 0 and never keep each other away.
        while not self._is_union and not self.empties.take_member(
            member, start // 8, overlaps=field.overlaps
        ):
            start = behind if start == 0 and behind else start + piece.align
        self.members.append(member._replace(offset=start // 8))
        return start

    # III: virtual bases

    def _virtual_bases(self, record: Record, primary: Record | None, seen: set[Record]) -> None:
        """In inheritance order, each once, without those that lie at the start of a base."""
        for base in record.bases:
            known = facts(self.placer, base.record)
            placed = base.record in self.tree.indirect_primaries or (base.record is primary)
            if base.virtual and not placed and base.record not in self.virtual_offsets:
                self._virtual_base(self.tree.virtual[base.record])
            if known.virtual_bases and base.record not in seen:
                seen.add(base.record)
                inner = known.primary if known.primary_is_virtual else None
                self._virtual_bases(base.record, inner, seen)

    # IV: finalization

    def _finish(self, nvsize: int, nvalign: int) -> Layout:
        record, placer = self.record, self.placer
        empty = is_empty(placer, record)
        # A class of size 0 that is not empty, such as one of empty arrays, keeps it.
        end = 8 if self.end == 0 and empty else max(self.end, self.padded)
        self._check_size(end)
        size = round_up(end, self.align) // 8
        placer.classes[record] = self._facts(size, nvsize, nvalign, empty=empty)
        used = max((span.end_bit for span in self.spans), default=0)
        return Layout(
            record=record,
            abi=placer.abi.name,
            size=size,
            align=self.align // 8,
            fields=tuple(self.fields),
            holes=tuple(_holes(self.spans)) if record.kind == "struct" else (),
            tail_padding=(size * 8 - used) // 8,
            line=placer.abi.line,
            bases=self._placed_bases(),
            vptr_bytes=self.vptr_bytes,
        )

    def _facts(self, size: int, nvsize: int, nvalign: int, *, empty: bool) -> ClassFacts:
        record, placer = self.record, self.placer
        pod = is_pod(placer, record)
        trivial, standard = trivial_members(placer, record), is_standard(placer, record)
        keeps_tail = (standard and trivial == SPECIAL) if self.rules.pod11 else pod
        return ClassFacts(
            record=record,
            size=size,
            align=self.align // 8,
            dsize=size if keeps_tail else self._data_end() // 8,
            nvsize=size if keeps_tail else nvsize,
            nvalign=nvalign,
            empty=empty,
            dynamic=self.dynamic,
            pod=pod,
            trivial=trivial,
            standard=standard,
            primary=self.primary,
            primary_is_virtual=self.primary_is_virtual,
            bases=self.base_offsets,
            virtual_bases=self.virtual_offsets,
            members=tuple(self.members),
            largest_empty=self.empties.largest,
        )

    def _placed_bases(self) -> tuple[PlacedBase, ...]:
        found = [(record, at, False) for record, at in self.base_offsets.items()]
        found += [(record, at, True) for record, at in self.virtual_offsets.items()]
        placed = []
        for record, at, virtual in sorted(found, key=lambda entry: entry[1]):
            known = facts(self.placer, record)
            size = 0 if known.empty else known.nvsize
            placed.append(PlacedBase(record.name, at, size, virtual))
        return tuple(placed)
