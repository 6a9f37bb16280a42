"""The rules of System V, of Arm, of Apple, of RISC-V and of WebAssembly.

They are alike in the psABI (section 3.1.2), in AAPCS64 (sections 5.9 and 10.1.8) and in the
documents of the other targets of `layout.abis`, with the GNU attributes as clang's
ItaniumRecordLayoutBuilder and gcc's layout_decl agree on them:

- A member lies at the lowest offset that is a multiple of its alignment, a union's all at 0; the
  record is aligned as its most strictly aligned member and its size rounded up to that.
- ``packed`` lowers a member's alignment to 1 byte (1 bit for a bit-field); ``aligned`` on the
  member raises it again; ``#pragma pack(N)`` caps both at N.
- A bit-field takes the next free bit, unless it would then cross a boundary of its declared type's
  alignment beyond the type's size: then it starts at that boundary. Under any ``#pragma pack`` it
  may cross. Width 0 goes to the next boundary. The declared type's alignment counts for the
  record, except that of an unnamed bit-field; under AAPCS64 and AAPCS32 that counts too.
- A flexible array has no size but its alignment counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from layout.rulesets.piece import Piece, check_bit_field, round_up

if TYPE_CHECKING:
    from layout.model import Field, Record
    from layout.place import Placer

__all__ = ["finish", "piece", "plain"]


def piece(placer: Placer, record: Record, field: Field) -> Piece:
    """What a member asks for."""
    size, align = placer.measure(field.type)
    if field.bit_width is None:
        return plain(placer, record, field, size, align)
    packed = record.packed or field.packed
    explicit = 8 * placer.alignment(field.aligned)
    cap = 0 if record.pack is None else record.pack * 8
    width = placer.evaluate(field.bit_width)
    check_bit_field(field, width, size)
    if cap and width:
        # Under a pragma, packed does not lower what the bit-field asks of the record.
        bits = min(max(align * 8, explicit), cap)
    else:
        bits = max(1 if packed and width else align * 8, explicit)
    snap = explicit if not cap or explicit <= cap else 0
    counts = field.name is not None or placer.abi.unnamed_bit_fields_align
    return Piece(size * 8, bits, width, snap, cap != 0, counts)


def plain(placer: Placer, record: Record, field: Field, size: int, align: int) -> Piece:
    """What a member that is no bit-field asks for; size and alignment of its type in bytes."""
    packed = record.packed or field.packed
    bits = max(8 if packed else align * 8, 8 * placer.alignment(field.aligned))
    return Piece(size * 8, bits if record.pack is None else min(bits, record.pack * 8))


def finish(placer: Placer, record: Record, end: int, align: int) -> tuple[int, int]:
    """Size and alignment of the record."""
    align = max(align, 8 * placer.alignment(record.aligned))
    return round_up(end, align), align
