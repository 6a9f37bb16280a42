"""Cut a layout into what a picture shows: boxes per line, and lines that need no drawing.

A field may be gigabytes long, so that nothing here walks over lines or bytes: only over the
lines where something begins or ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from layout.model import Layout
from linewise.report.fields import named_fields

MAX_ROWS = 48  # lines drawn per picture; the table beside it has every field
WORTH_SKIPPING = 3  # lines inside one field from which a note stands for them


@dataclass(frozen=True, slots=True)
class Piece:
    """A box: bits ``first`` to ``last`` of a record, or of one line once cut."""

    kind: Literal["field", "hole", "tail", "rest"]
    name: str
    type: str
    first: int
    last: int
    bytes_text: str  # "4 B", "3 bits"
    place_text: str  # "4 bytes at offset 12"
    small_text: str = ""  # type and size, under the name
    lane: int = 0  # which of the `lanes` that share the row's height: members of a union overlap
    lanes: int = 1
    from_before: bool = False  # began on the line before
    goes_on: bool = False  # ends on a later line


@dataclass(frozen=True, slots=True)
class Rows:
    """One line with its pieces; or ``skipped`` lines that are not drawn, and why."""

    line: int
    pieces: tuple[Piece, ...] = ()
    skipped: int = 0
    reason: str = ""

    @property
    def lanes(self) -> int:
        return max((piece.lanes for piece in self.pieces), default=1)


def pieces_of(layout: Layout) -> tuple[Piece, ...]:
    """Fields, holes and tail padding, by position; overlapping fields in lanes."""
    pieces = []
    for name, field in named_fields(layout):
        first, last = field.bit_offset, field.end_bit
        width = field.bit_width
        amount = f"{field.size} B" if width is None else f"{width} b"
        pieces.append(
            Piece(
                "field", name, field.type, first, last, amount, _place(first, last),
                small_text=f"{field.type} · {amount}",
            )
        )  # fmt: skip
    pieces = _in_lanes([piece for piece in pieces if piece.last > piece.first])
    for hole in layout.holes:
        pieces.append(_void("hole", hole.bit_offset, hole.bit_offset + hole.bits))
    if layout.tail_padding:
        end = layout.size * 8
        pieces.append(_void("tail", end - layout.tail_padding * 8, end))
    return tuple(sorted(pieces, key=lambda piece: (piece.first, piece.lane)))


def cut_into_rows(pieces: Sequence[Piece], size: int, line_bytes: int) -> tuple[Rows, ...]:
    """The lines from first to last; ``size`` in bytes. At least one row, at most about MAX_ROWS."""
    bits = line_bytes * 8
    total = max(1, -(-size // line_bytes))
    if size < total * line_bytes:
        rest = _void("rest", size * 8, total * bits)
        pieces = (*pieces, rest)
    ends = {piece.first // bits for piece in pieces} | {(p.last - 1) // bits for p in pieces}
    rows: list[Rows] = []
    following = 0
    for line in sorted(ends | {0, total - 1}):
        between = line - following
        if between >= WORTH_SKIPPING:
            inside = next((p.name for p in pieces if p.first <= following * bits < p.last), "")
            rows.append(Rows(following, skipped=between, reason=f"inside {inside}"))
        else:
            rows += [_row(pieces, at, bits) for at in range(following, line)]
        if len(rows) >= MAX_ROWS:
            rows.append(Rows(line, skipped=total - line, reason="more, in the table below"))
            break
        rows.append(_row(pieces, line, bits))
        following = line + 1
    return tuple(rows)


def _row(pieces: Sequence[Piece], line: int, bits: int) -> Rows:
    start, end = line * bits, (line + 1) * bits
    return Rows(
        line,
        tuple(
            replace(
                piece,
                first=max(piece.first, start) - start,
                last=min(piece.last, end) - start,
                from_before=piece.first < start,
                goes_on=piece.last > end,
            )
            for piece in pieces
            if piece.first < end and piece.last > start
        ),
    )


def _in_lanes(pieces: list[Piece]) -> list[Piece]:
    """Give overlapping pieces (sorted by position) lanes of their own, cluster by cluster."""
    done: list[Piece] = []
    cluster: list[Piece] = []
    ends: list[int] = []
    for piece in pieces:
        if ends and piece.first >= max(ends):
            done += [replace(one, lanes=len(ends)) for one in cluster]
            cluster, ends = [], []
        lane = next((i for i, end in enumerate(ends) if end <= piece.first), len(ends))
        ends[lane : lane + 1] = [piece.last]
        cluster.append(replace(piece, lane=lane))
    return done + [replace(one, lanes=len(ends)) for one in cluster]


def _void(kind: Literal["hole", "tail", "rest"], first: int, last: int) -> Piece:
    bits = last - first
    amount = f"{bits // 8} B" if bits % 8 == 0 else f"{bits} bits"
    return Piece(kind, "", "", first, last, amount, _place(first, last))


def _place(first: int, last: int) -> str:
    bits = last - first
    if first % 8 == 0 and bits % 8 == 0:
        unit = "byte" if bits == 8 else "bytes"
        return f"{bits // 8} {unit} at offset {first // 8}"
    return f"{bits} {'bit' if bits == 1 else 'bits'} at bit {first} (byte {first // 8})"
