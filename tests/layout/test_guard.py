"""Promises: which are broken, by which edit, and whether the repair proposed keeps them again."""

import random
from dataclasses import replace

import pytest

import layout
from layout.guard import Apart, Guarded, Promise, breaches, changes, measured, members_of
from layout.guardrepair import repair
from tests.layout.lint_helpers import ABI, ARM
from tests.layout.small import SMALL_ABI, orders, small_record

BEFORE = "struct s { long a; int b; short c; int d[2]; char e[30]; long f[2]; };"


def read(text, name="struct s"):
    return layout.read_text(text).records[name]


def promised(record, *abis, **extra) -> Guarded:
    layouts = [layout.place(record, abi) for abi in abis or (ABI,)]
    return Guarded(
        record.name,
        tuple(
            Promise(
                placed.abi, placed.size, align=placed.align,
                sizes=tuple(measured(one) for one in members_of(placed).values()), **extra,
            )
            for placed in layouts
        ),
        members={name: one.type for name, one in members_of(layouts[0]).items()},
    )  # fmt: skip


def places(guarded, record):
    return [layout.place(record, promise.abi) for promise in guarded.promises]


def broken(guarded, record):
    return [(one.key, one.field, one.message) for one in breaches(guarded, places(guarded, record))]


def edits(guarded, record):
    return [(one.kind, one.field) for one in changes(guarded, places(guarded, record))]


def mended(guarded, record):
    """The repair's words; the order is placed again by other means."""
    found = repair(guarded, record, changes(guarded, places(guarded, record)))
    if found is None:
        return None
    by_name = {field.name or "<anonymous>": field for field in record.fields}
    better = replace(record, fields=tuple(by_name[name] for name in found.order))
    assert sorted(found.order) == sorted(by_name)
    assert broken(guarded, better) == []
    return found.message


def test_a_record_as_it_was_breaks_nothing():
    record = read(BEFORE)
    guarded = promised(record, ABI, ARM)
    assert broken(guarded, record) == []
    assert edits(guarded, record) == []


def test_a_member_put_where_it_makes_the_record_grow_is_named_with_the_hole_for_it():
    guarded = promised(read(BEFORE), ABI, ARM)
    record = read(
        BEFORE.replace("int b;", "int b; short new;").replace("long a;", "char x; long a;")
    )
    assert [one.abis for one in breaches(guarded, places(guarded, record))] == [(ABI, ARM)]
    record = read(BEFORE.replace("long a;", "short new; long a;"))
    assert broken(guarded, record) == [("size", None, "grew from 72 to 80 bytes")]
    (change,) = changes(guarded, places(guarded, record))
    assert change.message == "`new` (short, 2 bytes) was added at offset 0"
    assert mended(guarded, record) == "put `new` into the hole of 2 bytes behind `c`"


@pytest.mark.parametrize(
    ("new", "found"),
    [(BEFORE.replace("int b;", "long b;"), [("grown", "b")]),
     (BEFORE.replace("int b;", "char b;"), [("shrunk", "b")]),
     (BEFORE.replace("int b; ", ""), [("removed", "b")]),
     (BEFORE.replace("long f[2]; ", "").replace("int b;", "long f[2]; int b;"), [("moved", "f")]),
     (BEFORE.replace("int b;", "unsigned b;"), []),
     (BEFORE.replace("struct s {", "struct s { int x, y;"), [("added", "x"), ("added", "y")])],
    ids=["grown", "shrunk", "removed", "moved", "alike", "two added"],
)  # fmt: skip
def test_each_kind_of_edit_is_told(new, found):
    assert edits(promised(read(BEFORE)), read(new)) == found


def test_a_grown_member_says_from_what_to_what():
    guarded = promised(read(BEFORE))
    (change,) = changes(guarded, places(guarded, read(BEFORE.replace("short c;", "long c;"))))
    assert change.message == "`c` grew from 2 to 8 bytes (short became long)"
    nested = "struct in {{ {} }}; struct s {{ struct in a; char b; }};"
    guarded = promised(read(nested.format("int x;")))
    (change,) = changes(guarded, places(guarded, read(nested.format("int x, y;"))))
    assert change.message == "`a` grew from 4 to 8 bytes"


def test_alignment_offsets_lines_and_sizes_are_promises_of_their_own():
    record = read(BEFORE)
    guarded = Guarded("struct s", (Promise(ABI, max_size=72, align=8, offsets={"b": 8, "f": 56},
                                           lines={"e": (0,), "f": (0, 1)}),))  # fmt: skip
    assert broken(guarded, record) == []
    assert broken(guarded, read(BEFORE.replace("long a;", "char a[16];"))) == [
        ("max_size", None, "has 80 bytes, 72 at most are promised"),
        ("offsets", "b", "has `b` at offset 16 instead of 8"),
        ("offsets", "f", "has `f` at offset 64 instead of 56"),
    ]
    assert broken(guarded, read(BEFORE.replace("long", "int"))) == [
        ("align", None, "is aligned to 4 instead of 8"),
        ("offsets", "b", "has `b` at offset 4 instead of 8"),
        ("offsets", "f", "has `f` at offset 52 instead of 56"),
    ]
    other = BEFORE.replace("int d[2]", "int d[10]").replace("char e[30]", "char g[30]")
    assert ("lines", "e", "has no member `e` any more") in broken(guarded, read(other))
    longer = read(BEFORE.replace("char e[30]", "char e[60]"))
    message = "has the hot member `e` on lines 0 and 1 instead of line 0"
    assert ("lines", "e", message) in broken(guarded, longer)


def test_groups_that_come_together_on_a_line_are_named():
    record = read("struct s { long a, b; char gap[48]; long c, d; };")
    apart = (Apart((("a", "b"), ("c", "d")), "two threads"),)
    guarded = replace(promised(record), apart=apart)
    assert broken(guarded, record) == []
    closer = read("struct s { long a, b; long c; char gap[48]; long d; };")
    assert broken(guarded, closer) == [
        ("apart", "c", "has `a` and `c` together on line 0 (two threads)"),
    ]
    assert edits(guarded, closer) == [("moved", "c")]
    assert mended(guarded, closer) == "put `c` behind `d`"
    grown = read("struct s { long a, b; char gap[40]; long c, d; };")
    assert ("apart", "c", "has `a` and `c` together on line 0 (two threads)") in broken(
        guarded, grown
    )


def test_several_added_members_are_settled_together():
    text = "struct s { long a; int b; long c; int d; long e; int f; long g; };"
    guarded = promised(read(text))
    record = read(text.replace("long a;", "int x; int y; int z; long a;"))
    assert broken(guarded, record) == [("size", None, "grew from 56 to 72 bytes")]
    assert mended(guarded, record) == "put `x` behind `a`, `y` behind `c`, `z` behind `e`"


def test_bit_fields_and_flexible_arrays_stay_where_they_must():
    text = "struct s { long a; int b : 3, c : 4; int n; char rest[]; };"
    guarded = promised(read(text))
    record = read(text.replace("long a;", "char x; long a;"))
    assert mended(guarded, record) == "put `x` into the hole of 3 bytes behind `b` to `c`"


def test_what_no_order_keeps_has_no_repair():
    guarded = promised(read("struct s { long a, b; };"))
    assert mended(guarded, read("struct s { long a, b, c; };")) is None
    assert mended(guarded, read("struct s { long a; };")) is None
    union = promised(read("union s { long a; };", "union s"))
    assert mended(union, read("union s { long a, b[2]; };", "union s")) is None


@pytest.mark.parametrize("seed", range(80))
def test_a_repair_is_found_whenever_one_order_keeps_the_size(seed):
    """Brute force: every order of a minimal record with one member more."""
    abis = [(ABI,), (ABI, SMALL_ABI)][seed % 2]
    names = [abi if isinstance(abi, str) else abi.name for abi in abis]
    record = small_record(seed, 4, unnamed=False)
    guarded = promised(layout.optimize(record, ABI).after[0].record, ABI)
    pick = random.Random(seed)
    member = (
        layout.read_text(
            f"struct x {{ {pick.choice(['char', 'short', 'int', 'char', 'long'])} added; }};"
        )
        .records["struct x"]
        .fields
    )
    at = pick.randint(0, len(record.fields))
    fields = guarded_fields(record, guarded)
    edited = replace(record, fields=(*fields[:at], *member, *fields[at:]))
    assert names[0] == ABI
    if not broken(guarded, edited):
        return
    possible = any(not broken(guarded, other) for other, _ in orders(edited))
    assert (mended(guarded, edited) is not None) == possible


def guarded_fields(record, guarded):
    by_name = {field.name: field for field in record.fields}
    return tuple(by_name[name] for name in guarded.members)


def test_members_of_absurd_sizes_are_no_trouble():
    record = read("struct s { long a; char b[1L << 50]; long c; };")
    apart = (Apart((("a",), ("b",))), Apart((("a",), ("c",))))
    guarded = replace(promised(record, lines={"b": (0, 1), "a": (0,)}), apart=apart)
    assert [(one.key, one.field) for one in breaches(guarded, places(guarded, record))] == [
        ("lines", "b"), ("apart", "b"),
    ]  # fmt: skip
