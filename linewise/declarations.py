"""Records as declarations in Go and in Rust. Tags, attributes of members and comments stay in the
source: no record has them."""

from __future__ import annotations

from layout.model import Field, Layout, PlacedField, Record

__all__ = ["go_declaration", "rust_declaration"]

MOST_WIDTH = 60


def go_declaration(record: Record, layout: Layout) -> str:
    """``type name struct``; an instance of a generic type is written with its arguments."""
    head = (f"type {record.name} struct {{", _total(layout))
    lines = [(f"\t{_go_member(field)}", _note(placed)) for field, placed in _pairs(record, layout)]
    return _written([head, *lines, ("}", "")])


def _go_member(field: Field) -> str:
    embedded = field.span is not None and field.span == field.part
    return str(field.type) if embedded else f"{field.name} {field.type}"


def rust_declaration(record: Record, layout: Layout) -> str:
    """``struct`` or ``union`` with its ``repr``; a tuple struct has its types alone."""
    marks = ["C"]
    if record.pack is not None:
        marks.append("packed" if record.pack == 1 else f"packed({record.pack})")
    marks += [f"align({count})" for count in record.aligned]
    pairs = _pairs(record, layout)
    tupled = bool(pairs) and all((field.name or "").isdigit() for field, _ in pairs)
    opening, closing = ("(", ");") if tupled else (" {", "}")
    head = (f"{record.kind} {record.name}{opening}", _total(layout))
    lines = [
        (f"    {'' if tupled else f'{field.name}: '}{field.type},", _note(placed))
        for field, placed in pairs
    ]
    return _written([(f"#[repr({', '.join(marks)})]", ""), head, *lines, (closing, "")])


def _pairs(record: Record, layout: Layout) -> list[tuple[Field, PlacedField]]:
    return list(zip(record.fields, layout.fields, strict=True))


def _total(layout: Layout) -> str:
    return f"{layout.size} bytes, aligned to {layout.align}, on {layout.abi}"


def _note(placed: PlacedField) -> str:
    return f"offset {placed.offset:>4}, {placed.size} {'byte' if placed.size == 1 else 'bytes'}"


def _written(lines: list[tuple[str, str]]) -> str:
    width = min(MOST_WIDTH, max(len(code) for code, _ in lines))
    return "\n".join(f"{code:<{width}}  // {note}" if note else code for code, note in lines)
