"""What the sections say: why a pair still shares lines, what a declaration looks like."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layout import place, read_text
from layout.model import PlacedField
from linewise.declaration import declaration
from linewise.report.sharing import (
    NEIGHBOURS,
    ORDER_COULD,
    OTHER_RECORDS,
    SAME_FIELD,
    SMALL_RECORD,
    pair_changes,
)
from linewise.report.views import misses, sharing
from linewise.score import FieldScore, Run, SharedPair
from tests.linewise.runs import COUNTERS, Member, make_run

SOURCE = """
struct point { int x, y; };
struct all {
    unsigned char first;
    char name[13];
    int grid[2][3];
    void (*call)(int);
    int (*table[4])(void);
    const char *const text;
    struct { long left; unsigned low : 3, high : 9; union { float f; double d; }; };
    struct point at;
    unsigned flags : 5, : 3, more : 11;
    unsigned : 0;
    long last __attribute__((aligned(32)));
    short squeezed __attribute__((packed));
};
typedef struct { short a; long b; } plain;
"""


@pytest.mark.parametrize("name", ["struct all", "plain"])
@pytest.mark.parametrize("abi", ["x86_64-linux-gnu", "aarch64-linux-gnu"])
def test_a_declaration_read_back_has_the_same_offsets(name: str, abi: str) -> None:
    record = read_text(SOURCE).records[name]
    placed = place(record, abi)
    text = declaration(record, placed)
    again = place(read_text(f"struct point {{ int x, y; }};\n{text}").records[name], abi)

    def offsets(fields: tuple[PlacedField, ...]) -> list[tuple[str, int, int, int | None]]:
        return [(one.name, one.bit_offset, one.size, one.bit_width) for one in fields]

    assert offsets(again.fields) == offsets(placed.fields)
    assert (again.size, again.align) == (placed.size, placed.align)


def test_a_name_that_would_end_the_comment_cannot() -> None:
    member = Member("a", "int", 4, 4)
    run = make_run({"struct s": (member, replace(member, name="b"))}, abis=("x*/ int evil; /*",))
    text = declaration(run.changes[0].proposal.record, run.changes[0].after[0])
    assert "*/ int evil" not in text


def pair(
    one: str, other: str, record: str = "struct s", other_record: str = "struct s"
) -> SharedPair:
    return SharedPair(record, one, other_record, other, 10, 100)


LONG = tuple(Member(f"f{i:02}", "uint64_t", 8, 8, 1.0, 1.0) for i in range(24))


@pytest.mark.parametrize(
    ("shared", "why"),
    [
        (pair("f00", "f00"), SAME_FIELD),
        (pair("f00", "f01"), ORDER_COULD),
        (pair("f00", "f20"), NEIGHBOURS),
        (pair("f20[3].x", "f00"), NEIGHBOURS),
        (pair("f00", "seen", other_record="struct counters"), OTHER_RECORDS),
        (pair("seen", "sent", "struct counters", "struct counters"), SMALL_RECORD),
    ],
)
def test_what_remains_says_why(shared: SharedPair, why: str) -> None:
    run = make_run({"struct s": LONG, "struct counters": COUNTERS}, reorder=False)
    run = with_pairs(run, (shared,), (shared,))
    (change,) = pair_changes(run)
    assert change.why == why
    assert change.order_can == (why == ORDER_COULD)


def with_pairs(run: Run, old: tuple[SharedPair, ...], new: tuple[SharedPair, ...]) -> Run:
    return replace(
        run,
        written=replace(run.written, sharing=old),
        proposed=replace(run.proposed, sharing=new),
    )


def test_a_pair_is_the_same_whichever_field_is_named_first() -> None:
    run = with_pairs(make_run({"struct s": LONG}), (pair("f00", "f01"),), (pair("f01", "f00"),))
    (change,) = pair_changes(run)
    assert (change.lines.before, change.lines.after) == (10, 10)


def test_a_pair_that_parts_ways_is_counted_and_one_that_appears_is_kept() -> None:
    run = with_pairs(make_run({"struct s": LONG}), (pair("f00", "f01"),), (pair("f02", "f03"),))
    view = sharing.view(run, {})
    assert [(row.label, row.lines.text, row.why) for row in view.rows] == [
        ("s.f00 \N{MULTIPLICATION SIGN} f01", "gone", ""),
        ("s.f02 \N{MULTIPLICATION SIGN} f03", "new", ORDER_COULD),
    ]
    assert "Of 2 pairs of fields, 1 part ways and 1 still meet" in view.finding


def test_the_finding_names_the_fields_that_take_most_misses() -> None:
    scores = tuple(
        FieldScore("struct s", name, 10, 0, (count,), 0.1)
        for name, count in (("hot", 70), ("warm", 15), ("cold", 15))
    )
    run = make_run({"struct s": LONG})
    one_level = run.written.levels[:1]
    run = replace(
        run,
        written=replace(run.written, fields=scores, levels=one_level),
        proposed=replace(run.proposed, fields=scores, levels=one_level),
    )
    finding = " ".join(misses.view(run, {}).finding.split())
    assert (
        finding
        == "2 of 3 fields take 85 % of the L1d misses in the order as written: s.hot, s.warm."
    )
