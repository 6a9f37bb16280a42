"""``linewise show``: each record of a source, placed: offsets, holes, lines."""

from __future__ import annotations

import gc
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from linewise.cli.output import colour_wanted, emit_json, json_option
from linewise.cli.records import (
    SourceOptions,
    abi_option,
    default_abi,
    language_named,
    read_source,
    select_records,
    short_name,
    source_options,
)
from linewise.picture import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable

    from layout import Layout, Skipped
    from linewise.picture.rows import About


class Shown(NamedTuple):
    """One record: where it was found, and its layout on each ABI."""

    file: str
    language: str
    layouts: list[Layout]


Unread = list[tuple[str, "Skipped"]]

# What names in a hostile binary could do to a terminal: controls other than our own colours.
_CONTROL = re.compile(r"\x1b(?!\[\d{1,2}m)|[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f]")

# What --sort knows -> the key of a record; the largest size and the most holes come first.
SORTS: dict[str, Callable[[Shown], Any]] = {
    "size": lambda one: -one.layouts[0].size,
    "holes": lambda one: -sum(hole.bits for hole in one.layouts[0].holes),
    "name": lambda one: (short_name(one.layouts[0].record.name), one.layouts[0].record.name),
    "line": lambda one: (one.file, one.layouts[0].record.file, one.layouts[0].record.line),
}


@click.command(
    epilog="Example: linewise show order_book.h --struct 'order*' --abi x86-64 --abi arm64"
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--struct", "pattern", metavar="GLOB", help="Only records whose name matches.")
@abi_option
@click.option("--line", type=int, metavar="BYTES", help="Cache line size.  [default: the target's]")
@click.option(
    "--format", "kind", type=click.Choice(list(FORMATS)), default="table", show_default=True
)
@click.option(
    "--sort",
    type=click.Choice(list(SORTS)),
    help="Largest size or most bytes of holes first, or by name or line.  "
    "[default: as they are written]",
)
@click.option("--holes", "holed", is_flag=True, help="Only records that have a hole.")
@click.option("--svg", type=Path, metavar="FILE", help="Also draw the records' cache lines.")
@source_options
@json_option
def command(
    files: tuple[str, ...],
    pattern: str | None,
    abis: tuple[str, ...],
    line: int | None,
    kind: str,
    sort: str | None,
    holed: bool,
    svg: Path | None,
    options: SourceOptions,
    as_json: bool,
) -> int:
    """Show each record of sources or binaries: where every field lies, the holes, the lines."""
    if line is not None and (line < 1 or line & (line - 1)):
        raise click.BadParameter(f"{line} is no power of two", param_hint="--line")
    shown: list[Shown] = []
    skipped: Unread = []
    with _unscanned():
        for file in files:
            _collect(file, pattern, abis, options, shown, skipped)
    if holed:
        shown = [one for one in shown if any(placed.holes for placed in one.layouts)]
    if sort is not None:
        shown.sort(key=SORTS[sort])
    if as_json:
        emit_json("show", 1, _document(shown, skipped))
    else:
        sys.stdout.write(_CONTROL.sub("\ufffd", _text(shown, skipped, line, kind, options)))
    if svg is not None:
        from linewise.picture.drawn import svg_document
        from linewise.report.write import write_text

        write_text(svg, svg_document(list(_pictures(shown, line))), "the drawing")
    return 0


@contextmanager
def _unscanned() -> Iterator[None]:
    """Without the search for cycles of garbage: what is read is kept, and walking it again and
    again takes a tenth of the time of a binary."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _collect(
    file: str,
    pattern: str | None,
    abis: tuple[str, ...],
    options: SourceOptions,
    shown: list[Shown],
    skipped: Unread,
) -> None:
    """Read one file, and place its records or list them with the reason."""
    import layout
    from layout.place import Placer

    source = read_source(file, options)
    language = language_named(file, options)
    placers = [Placer(layout.find_abi(abi)) for abi in abis or (default_abi(source, language),)]
    refused = [] if pattern is not None else list(source.skipped)
    for record in select_records(source, pattern):
        try:
            shown.append(Shown(file, language, [placer.place(record) for placer in placers]))
        except layout.LayoutError as error:
            # A record asked for by name must be answered; one of a whole file is listed.
            if pattern is not None:
                raise
            reason = str(error).removeprefix(f"{record.place}: ")
            refused.append(layout.Skipped(record.name, record.line, reason))
    refused.sort(key=lambda skip: skip.line)
    skipped += [(file, skip) for skip in refused]


def _document(shown: list[Shown], skipped: Unread) -> dict[str, Any]:
    from linewise.picture.rows import file_of

    return {
        "records": [
            {
                "file": file_of(file, placed.record),
                "line": placed.record.line,
                **layout_document(placed),
            }
            for file, _, layouts in shown
            for placed in layouts
        ],
        "skipped": [
            {"file": file, "line": skip.line, "name": skip.name, "reason": skip.reason}
            for file, skip in skipped
        ],
    }


def layout_document(placed: Layout) -> dict[str, Any]:
    """One layout as JSON; the field names are part of the interface."""
    from linewise.picture.rows import bases_of, vptr_bytes

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
        "pointer_bytes": placed.pointer_bytes,
        "vptr_bytes": vptr_bytes(placed),
        "bases": [
            {
                "name": base.name,
                "offset": base.offset,
                "size": base.size,
                "virtual": base.virtual,
            }
            for base in bases_of(placed)
        ],
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


def _text(
    shown: list[Shown], skipped: Unread, line: int | None, kind: str, options: SourceOptions
) -> str:
    from linewise.picture import load_format

    lines = load_format(kind).lines
    blocks = ["\n".join(lines(placed, about)) for placed, about in _pictures(shown, line)]
    if not shown and not skipped:
        blocks.append("no records")
    if skipped:
        listed = [f"{len(skipped)} skipped:"]
        listed += [f"  {file}:{skip.line}: {skip.name}: {skip.reason}" for file, skip in skipped]
        if not options.cpp and any("preprocessor's output" in one.reason for _, one in skipped):
            listed.append("  --cpp preprocesses with the system's compiler first")
        blocks.append("\n".join(listed))
    return "\n\n".join(blocks) + "\n"


def _pictures(shown: list[Shown], line: int | None) -> Iterator[tuple[Layout, About]]:
    """Each record once for all ABIs on which it lies alike."""
    from linewise.picture.rows import COLOURED, PLAIN, About

    ink = COLOURED if colour_wanted(sys.stdout) else PLAIN
    for file, language, layouts in shown:
        for group in _same_layouts(layouts):
            first = group[0]
            abis = [placed.abi for placed in group]
            yield first, About(file, abis, line or first.line, ink, language)


def _same_layouts(layouts: list[Layout]) -> list[list[Layout]]:
    """Group the ABIs on which a record lies alike, so that it is shown once for them."""
    groups: dict[Any, list[Layout]] = {}
    for placed in layouts:
        # The fields are worth a hash only where there is something to compare with.
        fields = placed.fields if len(layouts) > 1 else ()
        bases = placed.bases if len(layouts) > 1 else ()
        key = (placed.size, placed.align, placed.line, placed.pointer_bytes, fields, bases)
        groups.setdefault(key, []).append(placed)
    return list(groups.values())
