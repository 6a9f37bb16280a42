"""The pictures: bytes to scale, nothing lost, nothing that grows with a field's size."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from layout.model import Hole, Layout, PlacedField
from linewise.report.figures.pieces import MAX_ROWS, cut_into_rows, pieces_of
from linewise.report.figures.record_lines import LINE, draw_layout
from linewise.report.figures.svg import rect, tag
from linewise.report.numbers import Change, compact, percent
from linewise.report.palette import DARK, HEATS_LIGHT, HUES, LIGHT, heat_step
from linewise.report.text import MINUS
from tests.linewise.pages import Element, parse
from tests.linewise.runs import HOT_AND_COLD, place, record_of

EMPTY = place("struct s", HOT_AND_COLD[:1], "x86_64-linux-gnu")


def layout_of(
    *fields: PlacedField, size: int, holes: tuple[Hole, ...] = (), tail: int = 0
) -> Layout:
    return replace(EMPTY, size=size, fields=fields, holes=holes, tail_padding=tail)


def boxes(layout: Layout, line_bytes: int = 64) -> list[Element]:
    drawing = draw_layout("d", "a title", layout, {}, line_bytes)
    return parse(str(drawing.svg)).all("g", class_="item")


def width(box: Element) -> float:
    return float(box.all("rect")[0].attributes["width"])


@pytest.mark.parametrize("line_bytes", [32, 64, 128])
def test_boxes_and_padding_fill_each_line_to_scale(line_bytes: int) -> None:
    layout = place("struct order", HOT_AND_COLD, "x86_64-linux-gnu")
    total = sum(width(box) for box in boxes(layout, line_bytes))
    assert total == pytest.approx(layout.size * LINE / line_bytes, rel=1e-3)


def test_a_field_that_crosses_a_line_is_drawn_on_both_and_marked() -> None:
    field = PlacedField("wide", "char[8]", 60, 8, 480)
    first, second = boxes(layout_of(field, size=68))
    assert "crosses into line 1" in first.attributes["aria-label"]
    assert "continues from line 0" in second.attributes["aria-label"]
    assert first.all("path", class_="cut")
    assert second.all("path", class_="cut")
    assert width(first) == width(second) == LINE / 16


def test_bit_fields_share_their_byte_in_proportion() -> None:
    a = PlacedField("a", "unsigned", 0, 4, 0, 3)
    b = PlacedField("b", "unsigned", 0, 4, 3, 5)
    one, two = boxes(layout_of(a, b, size=4))
    assert width(one) == pytest.approx(LINE / 512 * 3, abs=0.01)
    assert width(two) == pytest.approx(LINE / 512 * 5, abs=0.01)
    assert "5 bits at bit 3 (byte 0)" in two.attributes["aria-label"]


def test_holes_and_tail_padding_are_named_with_their_bytes() -> None:
    fields = (PlacedField("a", "char", 0, 1, 0), PlacedField("b", "long", 8, 8, 64))
    layout = layout_of(*fields, size=24, holes=(Hole(1, 7, 8, 56),), tail=8)
    labels = [box.attributes["aria-label"] for box in boxes(layout)]
    assert "hole: 7 bytes at offset 1" in labels
    assert "tail padding: 8 bytes at offset 16" in labels


def test_members_of_a_union_lie_in_lanes_of_their_own() -> None:
    fields = [PlacedField(name, "long", 0, 8, 0) for name in "abc"]
    pieces = pieces_of(layout_of(*fields, PlacedField("d", "long", 8, 8, 64), size=16))
    assert [(p.name, p.lane, p.lanes) for p in pieces] == [
        ("a", 0, 3),
        ("b", 1, 3),
        ("c", 2, 3),
        ("d", 0, 1),
    ]


def test_lines_inside_one_field_are_skipped_whatever_its_size() -> None:
    huge = 1 << 50
    fields = (
        PlacedField("huge", "char[]", 0, huge, 0),
        PlacedField("end", "long", huge, 8, huge * 8),
    )
    rows = cut_into_rows(pieces_of(layout_of(*fields, size=huge + 8)), huge + 8, 64)
    assert [(row.line, row.skipped, row.reason) for row in rows] == [
        (0, 0, ""),
        (1, huge // 64 - 2, "inside huge"),
        (huge // 64 - 1, 0, ""),
        (huge // 64, 0, ""),
    ]


def test_a_picture_ends_after_its_last_row_and_says_how_many_lines_are_missing() -> None:
    fields = [PlacedField(f"f{i}", "long", i * 8, 8, i * 64) for i in range(8 * 200)]
    rows = cut_into_rows(pieces_of(layout_of(*fields, size=200 * 64)), 200 * 64, 64)
    assert len(rows) == MAX_ROWS + 1
    assert rows[-1].skipped == 200 - MAX_ROWS


def test_two_members_without_a_name_keep_places_of_their_own() -> None:
    fields = [PlacedField("", "int", i * 4, 4, i * 32) for i in range(2)]
    names = [piece.name for piece in pieces_of(layout_of(*fields, size=8)) if piece.kind == "field"]
    assert names == ["<anonymous>", "<anonymous> (2)"]


def test_text_and_attributes_of_a_figure_are_escaped() -> None:
    assert str(tag("a", "<b>", title='"<&')) == '<a title="&#34;&lt;&amp;">&lt;b&gt;</a>'
    assert str(rect(0.5, 1 / 3, 2, 10)) == '<rect x="0.5" y="0.33" width="2" height="10"/>'


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(w * p for w, p in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_every_label_can_be_read_on_its_colour(theme: dict[str, str]) -> None:
    # WCAG 2.1, 1.4.3: 4.5 for text, 1.4.11: 3 for graphics.
    fills = [f"f{hue}" for hue in range(HUES)]
    for ground in ("paper", "card", "sunk", *fills, "h0", "h1", "h2", "h3"):
        assert contrast(theme["ink"], theme[ground]) >= 4.5, ground
    for ground in ("h4", "h5"):
        assert contrast(theme[f"on-{ground}"], theme[ground]) >= 4.5, ground
    for words in ("soft", "good", "bad", "accent"):
        for ground in ("paper", "card", "sunk"):
            assert contrast(theme[words], theme[ground]) >= 4.5, (words, ground)
    assert contrast(theme["edge"], theme["card"]) >= 3


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_heat_can_be_told_by_lightness_alone(theme: dict[str, str]) -> None:
    ramp = [luminance(theme[f"h{step}"]) for step in range(len(HEATS_LIGHT))]
    assert ramp in (sorted(ramp), sorted(ramp, reverse=True))


def test_heat_steps_begin_where_their_names_say() -> None:
    shares = [0.0, 0.0001, 0.01, 0.03, 0.1, 0.25, 1.0]
    assert [heat_step(share) for share in shares] == [0, 1, 2, 3, 4, 5, 5]


@pytest.mark.parametrize(
    ("before", "after", "text", "material"),
    [
        (100, 48, f"{MINUS}52 %", True),
        (100, 100, "unchanged", False),
        (100, 99.9, f"{MINUS}0.1 %", False),
        (100_000, 99_999, f"{MINUS}< 0.1 %", False),
        (0, 5, "new", True),
        (5, 0, "gone", True),
        (1, 3, "+200 %", True),
        (None, 3, "unknown", False),
    ],
)
def test_a_change_says_what_it_is(
    before: float | None, after: float, text: str, material: bool
) -> None:
    change = Change(before, after)
    assert (" ".join(change.text.split()), change.material) == (text, material)


def test_small_shares_are_never_shown_as_nothing() -> None:
    shown = [" ".join(percent(share).split()) for share in (0, 1e-9, 0.0123, 0.25)]
    assert shown == ["0 %", "< 0.1 %", "1.2 %", "25 %"]


def test_compact_numbers_keep_three_digits() -> None:
    shown = [compact(value) for value in (0, 9999, 12_345, 780_000, 1_234_567, 2.5e9, 0.123)]
    assert shown == ["0", "9,999", "12.3 k", "780 k", "1.23 M", "2.50 G", "0.12"]


def test_the_same_layout_is_drawn_the_same_way_twice() -> None:
    layout = place("struct order", HOT_AND_COLD, "x86_64-linux-gnu")
    assert layout.record.name == record_of("struct order", HOT_AND_COLD).name
    one, two = (str(draw_layout("d", "t", layout, {}, 64).svg) for _ in range(2))
    assert one == two
    assert re.search(r"touched_by_reader", one)
