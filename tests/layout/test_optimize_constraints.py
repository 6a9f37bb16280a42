"""Constraints: the search against brute force over the orders that they permit."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

import layout
from layout import AccessProfile, Constraints, LayoutError, Record, affinity, atoms, bytesearch
from layout.constraints import names_of as used_by
from tests.layout.small import SMALL_ABI, inversions_of, orders, runs, small_record
from tests.layout.test_optimize_bytes import sizes
from tests.layout.test_optimize_lines import cost, operation, profile_of, record

X86 = "x86_64-linux-gnu"
ARM = "aarch64-linux-gnu"


def positions(given: Record, other: Record) -> dict[str, int]:
    """The place of what each member moves with, in another order of the record."""
    heads = [run[0] for run in runs(given)]
    at = {
        field: place
        for place, field in enumerate(field for field in other.fields if field in heads)
    }
    return {name: at[run[0]] for run in runs(given) for one in run for name in used_by(one)}


def keeps(given: Record, other: Record, asked: Mapping[str, Any], abis: Sequence) -> bool:
    """Whether an order keeps constraints, told from the definition of each."""
    at = positions(given, other)
    fixed = [run for run in runs(given) if given.fields.index(run[0]) < asked.get("prefix", 0)]
    moved = [field for run in fixed for field in run]
    if list(other.fields[: len(moved)]) != moved:
        return False
    front, back = len(fixed), len(set(at.values())) - 1
    ends = [name for name, where in asked.get("pin", {}).items() if where == "last"]
    if given.fields and str(given.fields[-1].type).endswith(("[]", "[0]", "struct tail")):
        back -= 1
    for name, where in asked.get("pin", {}).items():
        if where == "first":
            if at[name] != front:
                return False
            front += 1
        if where == "offset":
            for abi in abis:
                if place_of(given, name, abi) != place_of(other, name, abi):
                    return False
    if [at[name] for name in ends] != list(range(back - len(ends) + 1, back + 1)):
        return False
    for group in asked.get("together", ()):
        lie = {at[name] for name in group} or {0}
        if max(lie) - min(lie) != len(lie) - 1:
            return False
    return all(
        [at[name] for name in group] == sorted(at[name] for name in group)
        for group in asked.get("in_order", ())
    )


def place_of(given: Record, name: str, abi: Any) -> int:
    return next(f.bit_offset for f in layout.place(given, abi).fields if f.name == name)


def asked_of(given: Record, seed: int, kinds: Sequence[str]) -> dict[str, Any]:
    """Some constraints on a record, those of the kinds named."""
    pick = random.Random(seed)
    heads = [run[0].name for run in runs(given) if run[0].name]
    if str(given.fields[-1].type).endswith(("[]", "[0]", "struct tail")):
        heads = heads[:-1]
    few = pick.choice([2, 2, 3])
    asked: dict[str, Any] = {}
    if "prefix" in kinds:
        asked["prefix"] = pick.randint(1, 2)
    if "pin" in kinds:
        free = [run[0].name for run in runs(given)[asked.get("prefix", 0) :]]
        free = [name for name in free if name in heads]
        chosen = pick.sample(free, min(len(free), 2))
        asked["pin"] = dict(
            zip(chosen, pick.choice([["first", "last"], ["last"], ["first"]]), strict=False)
        )
    if "offset" in kinds:
        asked["pin"] = {pick.choice(heads): "offset"}
    # What is pinned is left out of groups, which else seldom leave an order.
    heads = [name for name in heads[asked.get("prefix", 0) :] if name not in asked.get("pin", {})]
    few = min(len(heads), few)
    if "together" in kinds:
        asked["together"] = [pick.sample(heads, few)]
    if "in_order" in kinds:
        asked["in_order"] = [pick.sample(heads, few)]
    return asked


KINDS = {
    "prefix": ["prefix"],
    "pin": ["pin"],
    "offset": ["offset"],
    "together": ["together"],
    "in order": ["in_order"],
    "a group in order": ["together", "in_order"],
    "prefix and pins": ["prefix", "pin"],
    "all": ["prefix", "pin", "together", "in_order"],
}
ABIS: dict[str, list[Any]] = {"one": [X86], "unlike": [X86, SMALL_ABI]}


@pytest.mark.parametrize("abis", ABIS)
@pytest.mark.parametrize("kind", KINDS)
def test_no_permitted_order_is_shorter_nor_as_short_and_nearer(kind: str, abis: str) -> None:
    targets, possible, moved = ABIS[abis], 0, 0
    for seed in range(25):
        given = small_record(9000 + seed, 5, unnamed=False)
        asked = asked_of(given, seed, KINDS[kind])
        permitted = [
            (sizes(other, targets), turned)
            for other, turned in orders(given)
            if keeps(given, other, asked, targets)
        ]
        if not permitted:
            with pytest.raises(LayoutError, match="constraint"):
                layout.optimize(given, targets, constraints=asked)
            continue
        possible += 1
        proposal = layout.optimize(given, targets, constraints=asked)
        found = (sizes(proposal.record, targets), inversions_of(given, proposal.record))
        assert keeps(given, proposal.record, asked, targets), f"seed {seed}"
        assert found == min(permitted), f"seed {seed}"
        assert proposal.cost_after == proposal.bound == found[0][0]
        moved += proposal.changed
    assert possible >= 10
    assert moved >= 2


@pytest.mark.parametrize("search", ["exact", "local"])
@pytest.mark.parametrize("kind", KINDS)
def test_no_permitted_order_costs_less(
    kind: str, search: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if search == "local":
        monkeypatch.setattr(affinity, "MAX_EXACT", 0)
    kept = 0
    for seed in range(16):
        given = small_record(9100 + seed, 5, large=True, unnamed=False)
        asked, profile = asked_of(given, seed, KINDS[kind]), profile_of(given, seed)
        permitted = [
            (other, turned) for other, turned in orders(given) if keeps(given, other, asked, [X86])
        ]
        if not permitted:
            continue
        proposal = layout.optimize(given, X86, goal="lines", profile=profile, constraints=asked)
        assert keeps(given, proposal.record, asked, [X86]), f"seed {seed}"
        assert proposal.cost_after == cost(proposal.record, [X86], profile)
        if not any(turned == 0 for _, turned in permitted):
            continue  # the author's own order is none of them: its size is no limit
        limit = layout.place(given, X86).size
        best = min(
            (cost(other, [X86], profile), layout.place(other, X86).size, turned)
            for other, turned in permitted
            if layout.place(other, X86).size <= limit
        )
        assert proposal.bound <= best[0] <= proposal.cost_after
        if search == "exact":
            found = proposal.after[0].size, inversions_of(given, proposal.record)
            assert (proposal.cost_after, *found) == best, f"seed {seed}"
        kept += 1
    assert kept >= 3


def test_the_author_s_order_is_left_when_it_breaks_a_constraint() -> None:
    """Also where the order that keeps it is longer: what is asked comes first."""
    given = record("long a; int b; int c;")
    proposal = layout.optimize(given, X86, constraints={"in_order": [["b", "a", "c"]]})
    assert proposal.order == ("b", "a", "c")
    assert (proposal.cost_before, proposal.cost_after) == (16, 24)
    assert proposal.cost_after == proposal.bound
    profile = AccessProfile((operation("use", "a", "", 1, 0),))
    asked = Constraints(in_order=(("b", "a", "c"),))
    lines = layout.optimize(given, X86, goal="lines", profile=profile, constraints=asked)
    assert lines.order == ("b", "a", "c")


def test_a_run_of_bit_fields_is_pinned_and_grouped_as_one() -> None:
    given = record("char a; long b; int c : 3, d : 7; char e; long f;")
    proposal = layout.optimize(given, [X86, ARM], constraints={"pin": {"d": "first"}})
    assert proposal.order[:2] == ("c", "d")
    proposal = layout.optimize(given, X86, constraints={"together": [["d", "f"]]})
    at = proposal.order.index
    assert at("f") in (at("c") - 1, at("d") + 1)


def test_a_prefix_that_ends_within_a_run_keeps_the_whole_run() -> None:
    given = record("char a; int c : 3, d : 7; long b; char e;")
    assert layout.optimize(given, X86, constraints={"prefix": 2}).order[:3] == ("a", "c", "d")


def test_a_flexible_array_stays_behind_what_is_pinned_last() -> None:
    given = record("char a; long b; char c; char data[];")
    proposal = layout.optimize(given, X86, constraints={"pin": {"a": "last", "data": "last"}})
    assert proposal.order[-2:] == ("a", "data")


def test_members_of_an_anonymous_record_are_pinned_by_their_own_names() -> None:
    given = record("char a; long b; struct { long x; char y; }; char c;")
    assert (
        layout.optimize(given, X86, constraints={"pin": {"y": "first"}}).order[0] == "<anonymous>"
    )


@pytest.mark.parametrize("gain", [9, "34%", "9"])
def test_a_gain_below_the_threshold_is_not_worth_a_change(gain: object) -> None:
    given = record("char a; long b; char c;")
    proposal = layout.optimize(given, X86, constraints={"min_gain": gain})
    assert not proposal.changed
    assert proposal.record is given
    assert (proposal.cost_before, proposal.cost_after, proposal.bound) == (24, 24, 16)
    assert proposal.gap == pytest.approx(1 / 3)
    assert "a gain of 8 is below the threshold" in proposal.proof


@pytest.mark.parametrize("gain", [0, 8, "33%", "8"])
def test_a_gain_of_the_threshold_is(gain: object) -> None:
    given = record("char a; long b; char c;")
    assert layout.optimize(given, X86, constraints={"min_gain": gain}).changed


def test_the_threshold_holds_for_costs_too() -> None:
    given = record("long a; char name[56]; long b;")
    profile = AccessProfile((operation("use", "a b", "", 10, 0),))
    for gain, changed in (("50%", True), ("51%", False), (10, True), (11, False)):
        proposal = layout.optimize(
            given, X86, goal="lines", profile=profile, constraints={"min_gain": gain}
        )
        assert proposal.changed == changed


def test_long_records_keep_their_constraints_too() -> None:
    types = ["char {}", "long {}", "short {}", "int {}", "char {}[3]", "void *{}", "char {}[24]"]
    body = "".join(f"{types[at * at % 7]};".format(f"m{at}") for at in range(40))
    given = record(body)
    asked = {
        "prefix": 3,
        "pin": {"m20": "last", "m10": "first"},
        "together": [["m5", "m30", "m31"], ["m30", "m31"]],
        "in_order": [["m39", "m7", "m21"]],
    }
    profile = AccessProfile((operation("use", "m5 m39 m20", "m11", 9, 0),))
    short = layout.optimize(given, [X86, ARM], constraints=asked)
    near = layout.optimize(given, X86, goal="lines", profile=profile, constraints=asked)
    for proposal in (short, near):
        assert keeps(given, proposal.record, asked, [X86])
        assert proposal.cost_after < proposal.cost_before
    assert short.order == layout.optimize(record(body), [X86, ARM], constraints=asked).order


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "unknown key": ({"pinned": {}}, "no constraint 'pinned'; known are prefix, pin"),
    "unknown member": ({"pin": {"bb": "first"}}, "no member 'bb'; did you mean 'b'"),
    "unknown in a group": ({"together": [["a", "zebra"]]}, "no member 'zebra'; name one"),
    "unknown in order": ({"in_order": [["a", "zebra"]]}, "in_order: no member 'zebra'"),
    "pinned nowhere": ({"pin": {"a": "middle"}}, "cannot be pinned 'middle'; known are first"),
    "not a map": ({"pin": ["a"]}, "constraint pin"),
    "first and last": ({"prefix": 1, "pin": {"a": "last"}}, "'a' cannot be both first and"),
    "long prefix": ({"prefix": 4}, "prefix: 4 of 3 members"),
    "negative prefix": ({"prefix": -1}, "is not a count of members"),
    "two orders": ({"in_order": [["a", "b"], ["b", "a"]]}, "no order keeps all"),
    "two first": ({"pin": {"a": "first", "b": "first"}, "in_order": [["b", "a"]]}, "no order"),
    "crossed": ({"together": [["a", "c"]], "pin": {"a": "first", "c": "last"}}, "no order"),
    "a name": ({"together": ["a", 3]}, "give lists of members"),
    "a text": ({"together": "ab"}, "give lists of members"),
    "no gain": ({"min_gain": "much"}, "give a number >= 0 or N%"),
    "negative gain": ({"min_gain": -1}, "give a number >= 0 or N%"),
    "across": ({"across": "best"}, "known are worst, mean"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_constraints_that_cannot_be_kept_are_refused_in_one_line(case: str) -> None:
    asked, message = REFUSED[case]
    with pytest.raises(LayoutError, match=message) as caught:
        layout.optimize(record("char a; long b; char c;"), X86, constraints=asked)
    assert "\n" not in str(caught.value)
    assert "constraint" in str(caught.value)


def test_an_order_within_a_run_of_bit_fields_is_the_author_s() -> None:
    given = record("int a : 3, b : 4; char c;")
    assert layout.optimize(given, X86, constraints={"in_order": [["a", "b"]]}).order
    with pytest.raises(LayoutError, match="'a' and 'b' move as one and keep their order"):
        layout.optimize(given, X86, constraints={"in_order": [["b", "a"]]})


def test_constraints_that_take_too_long_to_keep_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(atoms, "MAX_ARRANGED", 2)
    given = record("char a; long b; char c; int d;")
    with pytest.raises(LayoutError, match="no order found that keeps all the constraints"):
        layout.optimize(given, X86, constraints={"in_order": [["d", "a"]]})


def test_when_the_states_are_too_many_the_constraints_are_kept_still(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bytesearch, "MAX_STATES", 3)
    for seed in range(20):
        given = small_record(9300 + seed, 5, unnamed=False)
        asked = asked_of(given, seed, ["together"])
        if any(keeps(given, other, asked, [X86]) for other, _ in orders(given)):
            proposal = layout.optimize(given, X86, constraints=asked)
            assert keeps(given, proposal.record, asked, [X86])
            assert proposal.bound <= proposal.cost_after
