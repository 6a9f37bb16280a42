"""A record as a declaration in its own language, for copying into the source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from layout.model import Field, Layout, PlacedField, Record, RecordType
from linewise.declarations import go_declaration, rust_declaration

INDENT = "    "
OTHERS = {"go": go_declaration, "rust": rust_declaration}
MAX_NESTING = 20  # anonymous members written out; readers refuse records nested near this deep


def declaration(record: Record, layout: Layout) -> str:
    """``record`` with each member's place on the layout's ABI in a comment.

    In the language of the record; C for whatever has no row in `OTHERS`.
    """
    if record.language in OTHERS:
        return OTHERS[record.language](record, layout)
    placed: dict[str, PlacedField] = {}
    for one in layout.fields:
        placed.setdefault(one.name, one)
    head = record.name if " " in record.name else f"typedef {record.kind}"
    tagged = " " in record.name
    if record.language == "cpp" and not tagged:
        head, tagged = f"{record.kind} {record.name}", True
    lines = [(f"{head} {{", f"{layout.size} bytes, aligned to {layout.align}, on {layout.abi}")]
    lines += list(_members(record, placed, 1))
    lines.append((f"}}{'' if tagged else ' ' + record.name};", ""))
    width = min(60, max(len(code) for code, _ in lines))
    return "\n".join(
        f"{code:<{width}}  /* {note.replace('*/', '* /')} */" if note else code
        for code, note in lines
    )


def _members(
    record: Record, placed: Mapping[str, PlacedField], depth: int
) -> Iterator[tuple[str, str]]:
    for field in record.fields:
        inside = field.type
        if field.name is None and isinstance(inside, RecordType) and depth < MAX_NESTING:
            yield f"{INDENT * depth}{inside.record.kind} {{", ""
            yield from _members(inside.record, placed, depth + 1)
            yield f"{INDENT * depth}}};", ""
            continue
        place = placed.get(field.name or "")
        yield f"{INDENT * depth}{_declare(field, place)};", _note(place)


def _declare(field: Field, place: PlacedField | None) -> str:
    spelling, name = str(field.type), field.name or ""
    # "void (*)(int)" and "int (*[4])(void)" take the name after the star, arrays before the
    # bracket.
    if "(*" in spelling:
        at = spelling.index("(*") + 2
        code = f"{spelling[:at]}{name}{spelling[at:]}"
    elif spelling.endswith("]"):
        at = spelling.index("[")
        code = f"{spelling[:at].rstrip()} {name}{spelling[at:]}"
    else:
        code = f"{spelling}{'' if spelling.endswith('*') else ' '}{name}"
    width = place.bit_width if place else field.bit_width
    if field.bit_width is not None and isinstance(width, int):
        code = f"{code.rstrip()} : {width}"
    marks = ["packed"] if field.packed else []
    marks += [f"aligned({count})" for count in field.aligned if isinstance(count, int)]
    return f"{code} __attribute__(({', '.join(marks)}))" if marks else code.rstrip()


def _note(place: PlacedField | None) -> str:
    if place is None:
        return ""
    if place.bit_width is not None:
        bits = f"{place.bit_width} {'bit' if place.bit_width == 1 else 'bits'}"
        return f"offset {place.offset:>4}, bit {place.bit_offset % 8}, {bits}"
    return f"offset {place.offset:>4}, {place.size} {'byte' if place.size == 1 else 'bytes'}"
