"""A record as a table: offset, size, type and name, with holes and cache lines marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linewise.picture.rows import About, note_of, plural, rows_of

if TYPE_CHECKING:
    from layout import Layout

WIDEST = 48  # characters of a type that the column is widened for: templates have hundreds


def lines(placed: Layout, about: About) -> list[str]:
    """A heading, the facts, a row for each member, hole and line."""
    ink, bits = about.ink, about.line * 8
    rows = rows_of(placed)
    wide = min(max([len(row.type) for row in rows], default=4), WIDEST)
    out = [
        f"{ink.name}{placed.record.name}{ink.end}  {ink.place}{about.place(placed)}{ink.end}  "
        f"{', '.join(about.abis)}",
        f"  {_facts(placed, about.line)}",
        f"{ink.place}    offset    size  {'type':<{wide}}  field{ink.end}",
    ]
    current = 0
    for row in rows:
        first, last, kind, type_, name, width = row
        if first // bits > current:
            current = first // bits
            mark = f"line {current}, byte {current * about.line}"
            out.append(f"{ink.line}  ──────── {mark} ────────{ink.end}")
        if kind == "field" and width is None:
            text = f"  {first >> 3:>8}  {(last - first) >> 3:>6}  {type_:<{wide}}  {name}"
        else:
            shown = type_ if width is None else f"{type_} : {width}"
            text = f"  {row.where:>8}  {row.size:>6}  {shown:<{wide}}  {name}"
        if not name:
            text = text.rstrip()
        if kind in ("hole", "tail"):
            text = f"{ink.empty}{text}{ink.end}"
        elif last > first and (last - 1) // bits > current:
            text += f"{ink.warning}  (crosses into line {(last - 1) // bits}){ink.end}"
        out.append(text)
    return out


def _facts(placed: Layout, line: int) -> str:
    facts = [
        f"size {placed.size}",
        f"align {placed.align}",
        plural(-(-placed.size // line), "line"),
    ]
    if placed.holes:
        facts.append(plural(len(placed.holes), "hole"))
        facts.append(f"{sum(hole.bits for hole in placed.holes) / 8:g} bytes")
    if placed.tail_padding:
        facts.append(f"tail padding {placed.tail_padding}")
    if placed.pointer_bytes is not None:
        facts.append(f"pointer bytes {placed.pointer_bytes}")
    if note_of(placed):
        facts.append(note_of(placed))
    return ", ".join(facts)
