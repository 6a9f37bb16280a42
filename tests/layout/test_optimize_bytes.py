"""The goal "bytes" against brute force over all orders."""

import random
from collections.abc import Sequence
from itertools import pairwise

import pytest

import layout
from layout import Abi, LayoutError, Proposal, Record, bytesearch
from tests.layout.small import SMALL_ABI, inversions_of, orders, small_record

X86 = "x86_64-linux-gnu"
ARM = "aarch64-linux-gnu"
CHOICES: dict[str, list[str | Abi]] = {
    "x86": [X86],
    "arm": [ARM],
    "both": [X86, ARM],
    "unlike": [X86, SMALL_ABI],
}


def record(body: str, head: str = "") -> Record:
    return layout.read_text(f"{head}struct S {{ {body} }};", language="c").record("S")


def sizes(record: Record, abis: Sequence[str | Abi]) -> tuple[int, int]:
    """What is compared: the largest size, then the sum."""
    found = [layout.place(record, abi).size for abi in abis]
    return max(found), sum(found)


def mean_size(record: Record, abis: Sequence[str | Abi]) -> float:
    return sizes(record, abis)[1] / len(abis)


def check_consistent(proposal: Proposal, record: Record, abis: Sequence[str | Abi]) -> None:
    """What holds of every proposal, whatever its goal."""
    for placed, shown, abi in zip(proposal.after, proposal.before, abis, strict=True):
        wanted = layout.place(proposal.record, abi)
        assert placed == wanted
        assert placed.fields == wanted.fields
        assert shown.fields == layout.place(record, abi).fields
    assert proposal.changed == (proposal.record.fields != record.fields)
    assert sorted(map(id, proposal.record.fields)) == sorted(map(id, record.fields))
    names = [field.name or "<anonymous>" for field in proposal.record.fields]
    assert list(proposal.order) == names
    assert proposal.bound <= proposal.cost_after <= proposal.cost_before


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize(
    "seeds", [range(start, start + 30) for start in range(0, 150, 30)], ids=str
)
def test_no_order_is_shorter_nor_as_short_and_nearer_to_the_author(
    seeds: range, choice: str
) -> None:
    abis = CHOICES[choice]
    for seed in seeds:
        given = small_record(seed, 5)
        proposal = layout.optimize(given, abis)
        best = min((sizes(other, abis), turned) for other, turned in orders(given))
        found = (sizes(proposal.record, abis), inversions_of(given, proposal.record))
        assert found == best, f"seed {seed}"
        assert proposal.cost_after == proposal.bound == best[0][0], f"seed {seed}"
        assert proposal.cost_before == sizes(given, abis)[0]
        assert proposal.gap == 0
        check_consistent(proposal, given, abis)


def test_when_asked_for_the_mean_over_abis_is_the_least() -> None:
    abis = CHOICES["unlike"]
    for seed in range(60):
        given = small_record(seed, 5)
        proposal = layout.optimize(given, abis, constraints={"across": "mean"})
        best = min((mean_size(other, abis), turned) for other, turned in orders(given))
        assert (mean_size(proposal.record, abis), inversions_of(given, proposal.record)) == best
        assert proposal.cost_after == proposal.bound == best[0]


@pytest.mark.parametrize("seed", range(1000, 1006))
def test_seven_members_of_an_order_that_brute_force_knows(seed: int) -> None:
    given = small_record(seed, 7)
    proposal = layout.optimize(given, X86)
    best = min((mean_size(other, [X86]), turned) for other, turned in orders(given))
    assert (proposal.cost_after, inversions_of(given, proposal.record)) == best


def test_records_that_cannot_be_without_holes_are_searched_too() -> None:
    """Of the generated ones some must need the search, else it would stand untested."""
    proofs = [layout.optimize(small_record(seed, 5), X86).proof for seed in range(150)]
    assert sum("no byte is lost" not in proof for proof in proofs) >= 5
    assert sum("already minimal" in proof for proof in proofs) >= 5


def test_a_minimal_order_is_kept_though_others_are_as_short() -> None:
    given = record("char a; char b; short c; int d; long e; char f[8];")
    proposal = layout.optimize(given, [X86, ARM])
    assert not proposal.changed
    assert proposal.record is given
    assert proposal.proof.startswith("already minimal")


def test_of_the_shortest_orders_the_one_with_fewest_swaps_is_proposed() -> None:
    given = record("long a; char b; long c; char d; long e;")
    proposal = layout.optimize(given, X86)
    assert inversions_of(given, proposal.record) == 1
    assert (proposal.cost_before, proposal.cost_after) == (40, 32)


def test_a_run_of_bit_fields_moves_as_one() -> None:
    given = record("char a; long b; int c : 3, : 0, d : 7; char e;")
    proposal = layout.optimize(given, X86)
    fields = proposal.record.fields
    at = fields.index(given.fields[2])
    assert fields[at : at + 3] == given.fields[2:5]
    assert proposal.after[0].size < proposal.before[0].size


def test_a_flexible_array_stays_last() -> None:
    proposal = layout.optimize(record("char a; long b; char c; char data[];"), X86)
    assert proposal.order[-1] == "data"
    assert proposal.after[0].size == 16


def test_what_an_empty_array_names_stays_behind_it() -> None:
    proposal = layout.optimize(record("char a; long words[0]; char bytes[8]; char b; long c;"), X86)
    placed = {field.name: field.offset for field in proposal.after[0].fields}
    assert placed["words"] == placed["bytes"]
    head = "struct message { int kind; char text[]; };"
    given = record("char a; struct message m; char text[12]; long c;", head)
    order = layout.optimize(given, X86).order
    assert order.index("text") == order.index("m") + 1


def test_the_members_of_a_union_are_left_alone() -> None:
    given = layout.read_text("union U { char a; long b; int c : 3; };", language="c").record("U")
    proposal = layout.optimize(given, [X86, ARM])
    assert proposal.record is given
    assert not proposal.changed
    assert proposal.cost_before == proposal.cost_after == proposal.bound == 8


@pytest.mark.parametrize("body", ["", "int x;", "char data[];", "int : 3;", "int : 0;"])
def test_records_with_nothing_to_move_are_kept(body: str) -> None:
    given = record(body)
    assert not layout.optimize(given, [X86, ARM]).changed


def test_anonymous_records_move_whole() -> None:
    given = record("char a; struct { long b; char c; }; union { int d; char e; }; char f;")
    proposal = layout.optimize(given, X86)
    assert proposal.order.count("<anonymous>") == 2
    best = min((mean_size(other, [X86]), turned) for other, turned in orders(given))
    assert (proposal.cost_after, inversions_of(given, proposal.record)) == best


@pytest.mark.parametrize("swaps", [0, bytesearch.MAX_SWAPS])
def test_when_the_states_are_too_many_the_bound_and_the_gap_are_told(
    swaps: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bytesearch, "MAX_STATES", 3)
    monkeypatch.setattr(bytesearch, "MAX_SWAPS", swaps)
    unproven = 0
    for seed in range(60):
        given = small_record(seed, 5)
        proposal = layout.optimize(given, [X86, SMALL_ABI])
        check_consistent(proposal, given, [X86, SMALL_ABI])
        inversions_of(given, proposal.record)
        least = min(sizes(other, [X86, SMALL_ABI])[0] for other, _ in orders(given))
        assert proposal.bound <= least <= proposal.cost_after
        if "too many kinds" in proposal.proof:
            unproven += 1
            assert (proposal.gap > 0) == (proposal.cost_after > proposal.bound)
    assert unproven > 0


@pytest.mark.parametrize("states", [3, bytesearch.MAX_STATES])
def test_two_runs_of_bit_fields_never_meet(states: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bytesearch, "MAX_STATES", states)
    changed = 0
    for seed in range(150):
        pick = random.Random(seed)
        others = ["char {}", "long {}", "short {}", "int {}"]
        body = "".join(
            f"{pick.choice(others)}; int {{}} : {pick.randint(1, 12)};".format(f"m{at}", f"b{at}")
            for at in range(4)
        )
        given = record(body)
        better = layout.optimize(given, X86).record
        bits = [field.bit_width is not None for field in better.fields]
        assert (True, True) not in pairwise(bits), f"seed {seed}"
        changed += better is not given
    assert changed > 20


@pytest.mark.parametrize("count", [24, 100])
def test_long_records_end_at_their_bound_and_always_alike(count: int) -> None:
    types = ["char {}", "long {}", "short {}", "int {}", "char {}[3]", "int {}[3]", "void *{}"]
    body = "".join(f"{types[at * at % 7]};".format(f"m{at}") for at in range(count))
    given = record(body)
    proposal = layout.optimize(given, [X86, ARM])
    assert proposal.cost_after == proposal.bound < proposal.cost_before
    assert proposal.order == layout.optimize(record(body), [X86, ARM]).order
    inversions_of(given, proposal.record)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda given: layout.optimize(given, X86, goal="speed"), "'speed': unknown goal"),
        (lambda given: layout.optimize(given, []), "no ABI to optimise for"),
        (lambda given: layout.optimize(given, "pdp11"), "pdp11"),
        (lambda given: layout.optimize(given, X86, constraints={"a": 0}), "no constraint 'a'"),
        (lambda given: layout.optimize(given, X86, goal="lines"), "needs a profile"),
    ],
)  # fmt: skip
def test_requests_that_cannot_be_honoured_are_refused_in_one_line(call, message: str) -> None:
    with pytest.raises(LayoutError, match=message) as caught:
        call(record("char a; int b;"))
    assert "\n" not in str(caught.value)


def test_a_record_that_nothing_confirms_costs_what_it_takes():
    # Microsoft's empty struct: 4 bytes, and no member holds them.
    proposal = layout.optimize(record("int :0;"), ["x86_64-windows-msvc", X86])
    assert (proposal.changed, proposal.cost_before, proposal.cost_after) == (False, 4, 4)
