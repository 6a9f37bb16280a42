"""A record as a picture of its cache lines: a row per line, bytes to scale, a box per field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from layout.model import Layout
from linewise.report.fields import FieldUse, field_uses
from linewise.report.figures import svg
from linewise.report.figures.pieces import Piece, Rows, cut_into_rows, pieces_of
from linewise.report.figures.svg import Drawing
from linewise.report.numbers import count, percent
from linewise.report.palette import HUES
from linewise.report.text import plain_identifier, plural
from linewise.score import Run

LEFT, LINE, RIGHT = 58.0, 1024.0, 74.0  # row label, the line itself, share of accesses
MARGIN = 10.0  # instead of RIGHT where there are no accesses
RULER, ROW, LANE, GAP = 20.0, 50.0, 15.0, 7.0
SKIP = 24.0  # height of a row that stands for lines left out
NAME, TIGHT, SMALL = 11.5, 10.0, 9.5  # font sizes, as in figure.css
Box = tuple[float, float, float, float]  # x, y, width, height
HEAT = 2.2  # height of the heat strip per step


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What every part of one picture needs."""

    name: str
    line_bytes: int
    uses: Mapping[str, FieldUse]
    accessed: bool

    def x(self, bit: float) -> float:
        return LEFT + bit * LINE / (self.line_bytes * 8)


def draw(run: Run) -> tuple[Drawing, ...]:
    """Each record on each ABI, as written and as proposed: ``record-lines-0-1-proposed``."""
    drawings = []
    for index, change in enumerate(run.changes):
        uses = field_uses(run, change)
        for order, layouts in (("written", change.before), ("proposed", change.after)):
            for abi, layout in enumerate(layouts):
                name = drawing_name(index, abi, order)
                title = f"{change.name} as {order} on {layout.abi}, {layout.size} bytes"
                drawings.append(draw_layout(name, title, layout, uses, run.line_bytes))
    return tuple(drawings)


def drawing_name(record: int, abi: int, order: str) -> str:
    """The name of one picture; ``record`` and ``abi`` count from 0."""
    return plain_identifier(f"record-lines-{record}-{abi}-{order}")


def draw_layout(
    name: str,
    title: str,
    layout: Layout,
    uses: Mapping[str, FieldUse],
    line_bytes: int,
    *,
    accessed: bool = True,
) -> Drawing:
    """One layout, drawn as if the object began at a line's first byte.

    ``uses`` numbers and colours the fields; without ``accessed`` nobody knows who uses them, and
    the shares of accesses are left out.
    """
    sheet = _Sheet(name, line_bytes, uses, accessed)
    rows = cut_into_rows(pieces_of(layout), layout.size, line_bytes)
    parts = [_ruler(sheet)]
    y = RULER
    for row in rows:
        if row.skipped:
            parts.append(_skipped(row, y))
            y += SKIP + GAP
        else:
            height = max(ROW, row.lanes * LANE)
            parts.append(_row(sheet, row, y, height))
            y += height + GAP
    width = LEFT + LINE + (RIGHT if accessed else MARGIN)
    return Drawing(name, title, width, y, svg.join(parts))


def _ruler(sheet: _Sheet) -> Markup:
    parts = [svg.text(LEFT - 8, 12, "byte", class_="small soft", text_anchor="end")]
    if sheet.accessed:
        parts.append(svg.text(LEFT + LINE + 8, 12, "accesses", class_="small soft"))
    for byte in range(0, sheet.line_bytes + 1, 8):
        x = sheet.x(byte * 8)
        anchor = "end" if byte == sheet.line_bytes else "middle"
        parts.append(svg.text(x, 12, str(byte), class_="small soft", text_anchor=anchor))
        parts.append(svg.line(x, 15, x, 19, class_="tick"))
    return svg.join(parts)


def _skipped(row: Rows, y: float) -> Markup:
    words = f"⋮ {plural(row.skipped, 'line')} {row.reason}"
    return svg.text(LEFT + 8, y + 15, words, class_="name soft")


def _row(sheet: _Sheet, row: Rows, y: float, height: float) -> Markup:
    start = row.line * sheet.line_bytes
    parts = [
        svg.text(LEFT - 8, y + 21, f"line {row.line}", class_="small strong", text_anchor="end"),
        svg.text(LEFT - 8, y + 34, f"+{start}", class_="small soft", text_anchor="end"),
        svg.rect(LEFT, y, LINE, height, class_="line"),
    ]
    drawn = sorted(row.pieces, key=lambda piece: piece.kind != "rest")  # under the others' edges
    parts += [_piece(sheet, piece, row, y, height) for piece in drawn]
    if sheet.accessed:
        parts.append(_share(sheet, row, y))
    return svg.join(parts)


def _share(sheet: _Sheet, row: Rows, y: float) -> Markup:
    """The share of all accesses that goes to the fields which begin on the line."""
    share = sum(
        sheet.uses[piece.name].heat
        for piece in row.pieces
        if piece.kind == "field" and not piece.from_before and piece.name in sheet.uses
    )
    bar = (RIGHT - 12) * min(1.0, share)
    return svg.group(
        f"accesses to fields that begin on line {row.line}: {percent(share)} of the program's",
        svg.text(LEFT + LINE + 8, y + 22, percent(share), class_="name"),
        svg.rect(LEFT + LINE + 8, y + 28, RIGHT - 12, 5, class_="trough"),
        svg.rect(LEFT + LINE + 8, y + 28, bar, 5, class_="share"),
    )


def _piece(sheet: _Sheet, piece: Piece, row: Rows, y: float, height: float) -> Markup:
    lane = height / piece.lanes
    left, right = sheet.x(piece.first), sheet.x(piece.last)
    box = (left, y + piece.lane * lane, right - left, lane)
    if piece.kind == "field":
        return _field(sheet, piece, row, box)
    if piece.kind == "rest":
        return _rest(piece, box)
    return _empty(sheet, piece, box)


def _rest(piece: Piece, box: Box) -> Markup:
    words = f"{piece.bytes_text} past the end"
    shown = svg.shorten(words, box[2] - 12, SMALL, least=99)
    parts = [svg.rect(*box, class_="rest")]
    if shown:
        parts.append(_centred(box, shown, "small soft"))
    return svg.join(parts)


def _empty(sheet: _Sheet, piece: Piece, box: Box) -> Markup:
    x, y, width, height = box
    what = "hole" if piece.kind == "hole" else "tail padding"
    parts = [
        svg.rect(*box, class_="void"),
        svg.rect(*box, fill=f"url(#{sheet.name}-hatch)"),
    ]
    for words in (f"{piece.bytes_text} {what}", piece.bytes_text, piece.bytes_text.split()[0]):
        wide = svg.text_width(words, SMALL) + 6
        if wide <= width - 2:
            middle = x + width / 2
            parts.append(svg.rect(middle - wide / 2, y + height / 2 - 8, wide, 15, class_="plate"))
            parts.append(_centred(box, words, "small"))
            break
    return svg.group(f"{what}: {piece.place_text}", *parts, class_="item", tabindex="-1")


def _field(sheet: _Sheet, piece: Piece, row: Rows, box: Box) -> Markup:
    x, y, width, height = box
    use = sheet.uses.get(piece.name)
    number = use.number if use else 0
    heat = use.step if use else 0
    over = svg.texture(number - 1, sheet.name) if number else None
    strip = HEAT * heat
    parts = [svg.rect(*box, class_="box")]
    if over:
        parts.append(svg.rect(*box, fill=over, class_="over"))
    if strip and height >= ROW / 2:
        parts.append(svg.rect(x, y + height - strip, width, strip, class_="warmth"))
    parts.append(svg.rect(*box, class_="edge"))
    parts += _cuts(piece, box)
    parts += _label(piece, number, (x, y, width, height - strip))
    return svg.group(
        _describe(piece, row, use if sheet.accessed else None),
        *parts,
        class_=f"item f{(number - 1) % HUES} h{heat}",
        tabindex="-1",
        data_field=f"{use.record}/{use.name}" if use else None,
    )


def _cuts(piece: Piece, box: Box) -> list[Markup]:
    """Marks on the sides where the field goes on in the line before or after."""
    x, y, width, height = box
    middle = y + height / 2
    marks = []
    if piece.from_before:
        marks.append(f"M{x:g} {middle - 6:g}l7 6l-7 6z")
    if piece.goes_on:
        marks.append(f"M{x + width:g} {middle - 6:g}l7 6l-7 6z")
    return [svg.tag("path", d=mark, class_="cut") for mark in marks]


def _label(piece: Piece, number: int, box: Box) -> list[Markup]:
    """The name and what it is, as far as there is room; then a turned name; then the number."""
    x, y, width, height = box
    if height < 11:
        return []
    left = x + 4 + 9 * piece.from_before
    room = x + width - left - 3 - 6 * piece.goes_on
    name = f"{piece.name} (cont.)" if piece.from_before else piece.name
    for words, size, class_ in (
        (name, NAME, "name"),
        (name, TIGHT, "tight"),
        (piece.name, TIGHT, "tight"),
        (svg.shorten(piece.name, room, TIGHT, least=6), TIGHT, "tight"),
    ):
        cut = words not in (name, piece.name)
        if not words or svg.text_width(words, size) > room or (cut and _turns(piece, box)):
            continue
        under = svg.shorten(piece.small_text, room, SMALL, least=99) if height >= 30 else ""
        base = y + height / 2 + (-1 if under else 4)
        parts = [_words(left, base, words, size, class_)]
        return [*parts, _words(left, base + 13, under, SMALL, "small")] if under else parts
    if _turns(piece, box):
        middle, centre = x + width / 2, y + height / 2
        long = svg.text_width(piece.name, SMALL)
        turned = {"text_anchor": "middle", "transform": f"rotate(-90 {middle + 3.5:g} {centre:g})"}
        return [
            svg.rect(middle - 5, centre - long / 2, 10, long, class_="box"),
            svg.text(middle + 3.5, centre, piece.name, class_="small", **turned),
        ]
    if number and svg.text_width(str(number), SMALL) <= width - 1:
        return [_centred(box, str(number), "small")]
    return []


def _words(x: float, y: float, words: str, size: float, class_: str) -> Markup:
    """Text on a plate in the colour of its box, which keeps the texture away from it."""
    wide = svg.text_width(words, size)
    plate = svg.rect(x - 2, y - size + 1, wide + 2, size + 2, class_="box")
    return plate + svg.text(x, y, words, class_=class_)


def _turns(piece: Piece, box: Box) -> bool:
    return box[2] >= 12 and svg.text_width(piece.name, SMALL) <= box[3] - 3


def _centred(box: Box, words: str, class_: str) -> Markup:
    x, y, width, height = box
    middle = {"text_anchor": "middle"}
    return svg.text(x + width / 2, y + height / 2 + 3.5, words, class_=class_, **middle)


def _describe(piece: Piece, row: Rows, use: FieldUse | None) -> str:
    words = [f"{piece.name}: {piece.type}, {piece.place_text}"]
    if use:
        words.append(
            f"{percent(use.heat)} of all accesses "
            f"({count(use.reads)} reads, {count(use.writes)} writes)"
        )
    if piece.from_before:
        words.append(f"continues from line {row.line - 1}")
    if piece.goes_on:
        words.append(f"crosses into line {row.line + 1}")
    return "; ".join(words)
