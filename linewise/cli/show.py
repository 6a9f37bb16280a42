"""``linewise show``: each record of a source, placed: offsets, holes, lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from linewise.cli.output import emit_json, json_option, paint
from linewise.cli.records import abi_option, abis_of, select_records

if TYPE_CHECKING:
    from layout import Layout, Record, Skipped

    Shown = list[tuple[str, list[Layout]]]  # path, the record on each ABI
    Unread = list[tuple[str, Skipped]]


@click.command(
    epilog="Example: linewise show order_book.h --struct 'order*' --abi x86-64 --abi arm64"
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--struct", "pattern", metavar="GLOB", help="Only records whose name matches.")
@abi_option
@click.option("--line", default=64, show_default=True, metavar="BYTES", help="Cache line size.")
@json_option
def command(
    files: tuple[str, ...], pattern: str | None, abis: tuple[str, ...], line: int, as_json: bool
) -> int:
    """Show each record of C sources: where every field lies, the holes, the cache lines."""
    import layout

    if line < 1 or line & (line - 1):
        raise click.BadParameter(f"{line} is no power of two", param_hint="--line")
    abis = tuple(layout.find_abi(name).name for name in abis)
    shown: Shown = []
    skipped: Unread = []
    for path in files:
        source = layout.read(path)
        records = select_records(source, pattern)
        for record in records:
            try:
                targets = abis_of(source, abis)
                shown.append((path, [layout.place(record, target) for target in targets]))
            except layout.LayoutError as error:
                # A record asked for by name must be answered; one of a whole file is listed.
                if pattern is not None:
                    raise
                reason = str(error).removeprefix(f"{path}:{record.line}: ")
                refused = layout.Skipped(name=record.name, line=record.line, reason=reason)
                skipped.append((path, refused))
        if pattern is None:
            skipped += [(path, skip) for skip in source.skipped]
    skipped.sort(key=lambda skip: (files.index(skip[0]), skip[1].line))
    if as_json:
        emit_json("show", 1, _document(shown, skipped))
    else:
        print(_text(shown, skipped, line))
    return 0


def _document(shown: list[tuple[str, list[Any]]], skipped: list[tuple[str, Any]]) -> dict[str, Any]:
    return {
        "records": [
            {"file": path, "line": placed.record.line, **layout_document(placed)}
            for path, placements in shown
            for placed in placements
        ],
        "skipped": [
            {"file": path, "line": skip.line, "name": skip.name, "reason": skip.reason}
            for path, skip in skipped
        ],
    }


def layout_document(placed: Layout) -> dict[str, Any]:
    """One layout as JSON; the field names are part of the interface."""
    return {
        "name": placed.record.name,
        "abi": placed.abi,
        "size": placed.size,
        "align": placed.align,
        "holes": [
            {
                "offset": hole.offset,
                "size": hole.size,
                "bit_offset": hole.bit_offset,
                "bits": hole.bits,
            }
            for hole in placed.holes
        ],
        "tail_padding": placed.tail_padding,
        "fields": [
            {
                "name": field.name,
                "type": field.type,
                "offset": field.offset,
                "size": field.size,
                "bit_offset": None if field.bit_width is None else field.bit_offset,
                "bit_width": field.bit_width,
            }
            for field in placed.fields
        ],
    }


def _text(shown: Shown, skipped: Unread, line: int) -> str:
    blocks = []
    for path, placements in shown:
        for group in _same_layouts(placements):
            blocks.append("\n".join(_picture(path, group, line)))
    if not shown and not skipped:
        blocks.append("no records")
    if skipped:
        lines = [f"{len(skipped)} skipped:"]
        lines += [f"  {path}:{skip.line}: {skip.name}: {skip.reason}" for path, skip in skipped]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _same_layouts(placements: list[Layout]) -> list[list[Layout]]:
    """Group the ABIs on which a record lies alike, so that it is shown once for them."""
    groups: list[list[Layout]] = []
    for placed in placements:
        for group in groups:
            first = group[0]
            if (first.size, first.align, first.fields) == (
                placed.size,
                placed.align,
                placed.fields,
            ):
                group.append(placed)
                break
        else:
            groups.append([placed])
    return groups


def _picture(path: str, group: list[Layout], line: int) -> list[str]:
    placed = group[0]
    name = placed.record.name
    lines = -(-placed.size // line)
    hole_bytes = sum(hole.bits for hole in placed.holes) / 8
    facts = [f"size {placed.size}", f"align {placed.align}", f"{lines} line{'s' * (lines != 1)}"]
    if placed.holes:
        facts.append(
            f"{len(placed.holes)} hole{'s' * (len(placed.holes) != 1)}, {hole_bytes:g} bytes"
        )
    if placed.tail_padding:
        facts.append(f"tail padding {placed.tail_padding}")
    if placed.record.recorded is not None:
        facts.append(f"as recorded: {placed.record.recorded.reason}")
    abis = ", ".join(one.abi for one in group)
    rows = _rows(placed)
    wide = max((len(kind) for _, _, kind, _ in rows), default=4)
    out = [
        f"{paint(name, 'bold')}  {paint(_where(path, placed.record), 'dim')}  {abis}",
        "  " + ", ".join(facts),
        paint(f"  {'offset':>8}  {'size':>6}  {'type':<{wide}}  field", "dim"),
    ]
    current = 0
    for offset, size, kind, field in rows:
        start = int(offset.split(":")[0])
        if start // line > current:
            current = start // line
            out.append(paint(f"  ──────── line {current}, byte {current * line} ────────", "cyan"))
        text = f"  {offset:>8}  {size:>6}  {kind:<{wide}}  {field}"
        out.append(paint(text, "yellow") if not field else text)
        last = (start + int(size) - 1) // line if size.isdigit() and size != "0" else current
        if last > current and field:
            out[-1] += paint(f"  (crosses into line {last})", "red")
    return [row.rstrip() for row in out]


def _where(path: str, record: Record) -> str:
    """Where it is declared: the file asked for, or the source that a binary was made from."""
    return record.place if record.file != path else f"{path}:{record.line}"


def _rows(placed: Layout) -> list[tuple[str, str, str, str]]:
    """Fields, holes and tail padding by position: offset, size, type, field name ('' for none)."""
    rows: list[tuple[int, tuple[str, str, str, str]]] = []
    for field in placed.fields:
        if field.bit_width is None:
            cells = (str(field.offset), str(field.size), field.type, field.name)
            rows.append((field.offset * 8, cells))
        else:
            where = f"{field.offset}:{field.bit_offset % 8}"
            kind = f"{field.type} : {field.bit_width}"
            rows.append((field.bit_offset, (where, f"{field.bit_width} b", kind, field.name)))
    for hole in placed.holes:
        whole = hole.bits % 8 == 0 and hole.bit_offset % 8 == 0
        where = str(hole.offset) if whole else f"{hole.offset}:{hole.bit_offset % 8}"
        size = str(hole.bits // 8) if whole else f"{hole.bits} b"
        rows.append((hole.bit_offset, (where, size, "-- hole --", "")))
    if placed.tail_padding:
        start = placed.size - placed.tail_padding
        rows.append((start * 8, (str(start), str(placed.tail_padding), "-- tail padding --", "")))
    return [cells for _, cells in sorted(rows, key=lambda row: row[0])]
