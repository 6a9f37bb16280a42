"""``fix``: which orders are taken, in which turn, and what is checked in the end."""

import random
from dataclasses import replace

import pytest

import layout
import layout.fix as fixing
from layout.fix import Request, fix
from layout.refusals import Uses, split

HEADER = """#include <stdint.h>

/* One of many. */
struct item {
    char kind;      /* what it is */
    uint64_t key;   /* sorted by this */
    char state;
};

struct shelf {
    char row;
    struct item first;
    char column;
};
"""


def fixed(text, **request):
    return fix(text, "x.h", Uses([split(text, "x.h")]), Request(**request))


def sizes(text, abi="x86_64-linux-gnu"):
    return {name: placed.size for name, placed in layout.layouts(text, abi=abi).items()}


def test_the_shortest_order_is_written_and_told():
    outcome = fixed(HEADER)
    # What holds an edited record by value has its turn when that has its new size.
    assert [change.record.name for change in outcome.changes] == ["struct item", "struct shelf"]
    assert [change.gain for change in outcome.changes] == [8, 8]
    assert sizes(outcome.text) == {"struct item": 16, "struct shelf": 24}
    assert outcome.text.splitlines()[3:8] == [
        "struct item {",
        "    uint64_t key;   /* sorted by this */",
        "    char kind;      /* what it is */",
        "    char state;",
        "};",
    ]


def test_a_second_run_finds_nothing():
    again = fixed(fixed(HEADER).text)
    assert (again.changes, again.refused, again.text) == ([], [], again.old)


def test_a_record_within_another_is_edited_first():
    inner = "  struct in {\n    char x;\n    long y; /* y */\n    char z;\n  } in;\n"
    text = f"struct out {{\n  char a;\n{inner}  char b;\n}};\n"
    outcome = fixed(text)
    assert [change.record.name for change in outcome.changes] == ["struct in", "struct out"]
    assert sizes(outcome.text) == {"struct in": 16, "struct out": 24}
    assert "    long y; /* y */\n    char x;\n    char z;\n  } in;\n  char a;" in outcome.text


def test_a_gain_below_the_least_is_not_taken():
    text = "struct s { char a; int b; char c; };"
    assert not fixed(text).changes
    assert fixed(text, min_gain=4).changes
    assert not fixed(text, min_gain=5).changes


def test_only_the_records_asked_for_are_changed():
    outcome = fixed(HEADER, wanted=lambda name: name == "struct shelf")
    assert [change.record.name for change in outcome.changes] == ["struct shelf"]
    assert sizes(outcome.text) == {"struct item": 24, "struct shelf": 32}


def test_an_order_never_grows_on_any_abi(monkeypatch):
    known = layout.find_abi("x86-64")
    scalars = {**known.scalars, "short": (2, 4), "int": (4, 2)}
    other = replace(known, name="other", scalars=scalars)
    text = "struct s { short a; int b; char c; };"

    def shorter_on_the_first(record, _):
        a, b, c = record.fields
        yield b, c, a

    monkeypatch.setattr(fixing, "_orders", shorter_on_the_first)
    assert sizes(fixed(text, abis=(known,), min_gain=1).text, known) == {"struct s": 8}
    assert fixed(text, abis=(other,), min_gain=1).text == text
    assert fixed(text, abis=(known, other), min_gain=1).text == text


def test_what_shares_a_declaration_and_a_comment_is_not_torn_apart():
    text = "struct s {\n  int a, *b; /* both */\n  char c;\n};\n"
    outcome = fixed(text)
    assert outcome.text == text
    (refused,) = outcome.refused
    assert refused.fault.startswith("members that share a declaration would have to part")
    assert fixed(text.replace(" /* both */", "")).text == (
        "struct s {\n  int *b;\n  int a;\n  char c;\n};\n"
    )


def test_a_record_that_is_held_is_left_when_its_holder_must_stay():
    text = (
        "struct s { char a; long b; char c; };\nstruct t { struct s s; };\n"
        '_Static_assert(sizeof(struct t) == 24, "");\n'
    )
    (refused,) = fixed(text).refused
    (reason,) = refused.reasons
    assert (reason.refusal.name, reason.holder, reason.hit.line) == ("assert", "struct t", 3)


def test_a_text_that_would_read_otherwise_is_not_given_back():
    # The bound of e is known only behind b, and the shortest order has b behind e.
    text = (
        "struct s {\n  char x;\n  char y;\n  char z;\n  enum { TWO = 2 } b;\n  char c[3];\n"
        "  char e[TWO];\n};\n"
    )
    outcome = fixed(text, min_gain=1)
    assert outcome.text == text
    (refused,) = outcome.refused
    assert refused.fault == "struct s would not be read any more"


def test_a_promise_that_is_not_kept_leaves_the_text_as_it_was(monkeypatch):
    kept = fixing.edit

    def broken(text, record, order):
        one = kept(text, record, order)
        return fixing.Edit(one.start, one.end, one.replacement.replace("char state", "long state"))

    monkeypatch.setattr(fixing, "edit", broken)
    outcome = fixed(HEADER, wanted=lambda name: name == "struct item")
    assert outcome.text == HEADER
    assert not outcome.changes
    faults = {refused.change.record.name: refused.fault for refused in outcome.refused}
    assert faults["struct item"] == "struct item would be read with other members"


def test_an_edit_that_changes_another_record_is_not_made(monkeypatch):
    text = "typedef short word;\nstruct t { word w; };\nstruct s { char a; long b; char c; };\n"
    kept = fixing.edit

    def broken(text, record, order):
        one = kept(text, record, order)
        before = text[: one.start].replace("short", "long ")
        return fixing.Edit(0, one.end, before + one.replacement)

    monkeypatch.setattr(fixing, "edit", broken)
    outcome = fixed(text)
    assert outcome.text == text
    fault = "struct t would not have the size or the offsets that were promised"
    assert [refused.fault for refused in outcome.refused] == [fault]


def test_reasons_are_looked_for_where_a_record_stands_after_another_was_edited():
    # The first edit makes the text longer; the second record is looked at only then.
    text = (
        "struct s { int a, *b; char c; };\n#define N 3\n"
        "struct t { char r; struct s s; char c[N]; };\n"
    )
    outcome = fixed(text)
    assert [change.record.name for change in outcome.changes] == ["struct s"]
    (refused,) = outcome.refused
    assert [reason.refusal.name for reason in refused.reasons] == ["macro-constant"]
    assert refused.reasons[0].hit.line == 3


def test_one_edit_that_goes_wrong_does_not_keep_the_others_from_being_made(monkeypatch):
    kept = fixing.edit

    def broken(text, record, order):
        one = kept(text, record, order)
        return one if record.name == "struct b" else fixing.Edit(one.start, one.end, " int q; ")

    monkeypatch.setattr(fixing, "edit", broken)
    text = "struct a { char x; long y; char z; };\nstruct b { char x; long y; char z; };\n"
    outcome = fixed(text)
    assert [change.record.name for change in outcome.changes] == ["struct b"]
    assert [refused.change.record.name for refused in outcome.refused] == ["struct a"]
    assert outcome.text.splitlines()[0] == text.splitlines()[0]


def test_a_record_that_an_abi_cannot_hold_is_listed():
    outcome = fixed("struct s { char a; __fp16 b; };")
    assert [skip.name for skip in outcome.unplaced] == ["struct s"]


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_source_is_edited_as_promised_or_not_at_all(seed):
    draw = random.Random(seed)
    pool = (
        HEADER
        + "union u { struct item i; int n; };\nstruct item x = {1, 2}, *p = (struct item *)q;\n"
    )
    for _ in range(25):
        data = bytearray(pool.encode())
        for _ in range(draw.randint(1, 12)):
            at = draw.randrange(len(data))
            choice = draw.randrange(3)
            if choice == 0:
                data[at] ^= 1 << draw.randrange(8)
            elif choice == 1:
                del data[at : at + draw.randint(1, 30)]
            else:
                data[at:at] = draw.choice(
                    (b"{", b"}", b"/*", b"*/", b'"', b"#", b";", b"\\\n", b"(", b"struct ")
                )
        text = bytes(data).decode("utf-8", "surrogateescape")
        outcome = fixed(text, unsafe=draw.random() < 0.5)
        old, new = sizes(text), sizes(outcome.text)
        assert old.keys() == new.keys()
        assert all(new[name] <= old[name] for name in old)
        assert sorted(outcome.text.replace("\n", "")) == sorted(text.replace("\n", ""))


@pytest.mark.parametrize(
    "text",
    [
        "struct s { char a; long b; char c; };" + "struct s x = " * 20_000,
        "struct s { char a; long b; char c; };" + "(" * 50_000 + "struct s",
        "struct s { char a; long b; char c; }; struct s x = " + "{" * 50_000 + "}" * 50_000 + ";",
        "struct s { char a; long b; char c; };\n#define X " + "/* " * 50_000,
        "struct s { char a; long b; char c; };" + "struct s {" * 20_000,
        "struct s { char a; long b; char c; };" + "sizeof " * 50_000 + "struct s",
        "struct s { char a; /*" + "/* " * 50_000 + "*/ long b; char c; };",
        "struct s {" + "char a; " * 2 + "};" + "typedef struct s t, " * 20_000,
    ],
    ids=["initialisers", "brackets", "braces", "comments", "bodies", "sizeofs", "note", "typedefs"],
)
def test_a_hostile_source_takes_no_long_time(text):
    outcome = fixed(text)
    assert len(outcome.text) == len(text)
