"""The goal "lines" against brute force over all orders, costed by a plain oracle."""

import random
from dataclasses import replace

import pytest

import layout
from layout import AccessProfile, LayoutError, Operation, Record, affinity
from tests.layout.small import SMALL_ABI, inversions_of, orders, runs, small_record
from tests.oracles import lines as oracle

X86 = "x86_64-linux-gnu"
ARM = "aarch64-linux-gnu"
THREADS = [None, 0, 0, 1, 2]


def record(body: str, head: str = "") -> Record:
    return layout.read_text(f"{head}struct S {{ {body} }};", language="c").record("S")


def operation(name: str, reads: str, writes: str, weight: float, thread: int | None) -> Operation:
    return Operation(name, weight, thread, frozenset(reads.split()), frozenset(writes.split()))


def profile_of(record: Record, seed: int) -> AccessProfile:
    """Some operations on a record's members; whole weights, so that costs are exact."""
    pick = random.Random(seed)
    names = [field.name for field in record.fields if field.name is not None]
    found = []
    for number in range(pick.randint(0, 5)):
        read, written = ([name for name in names if pick.random() < 0.3] for _ in range(2))
        found.append(
            operation(
                f"o{number}", " ".join(read), " ".join(written) if pick.random() < 0.7 else "",
                pick.choice([0, 1, 2, 5, 5, 40, 100]), pick.choice(THREADS),
            )
        )  # fmt: skip
    return AccessProfile(tuple(found))


def names_of(record: Record) -> list[list[str]]:
    """The names of what moves as one, in an order that does not depend on the record's."""
    return sorted([field.name for field in run if field.name is not None] for run in runs(record))


def cost(record: Record, abis: list, profile: AccessProfile) -> float:
    """That on the worst of the ABIs."""
    placed = [layout.place(record, abi) for abi in abis]
    return max(oracle.cost(each, names_of(record), profile) for each in placed)


@pytest.mark.parametrize("abi", [X86, ARM, SMALL_ABI], ids=["x86", "arm", "small"])
@pytest.mark.parametrize("seeds", [range(start, start + 10) for start in range(0, 40, 10)], ids=str)
def test_no_order_costs_less_nor_as_little_in_fewer_bytes_or_swaps(seeds: range, abi) -> None:
    for seed in seeds:
        given = small_record(seed, 5, large=True, unnamed=False)
        profile = profile_of(given, seed)
        proposal = layout.optimize(given, abi, goal="lines", profile=profile)
        size = layout.place(given, abi).size
        best = min(
            (cost(other, [abi], profile), layout.place(other, abi).size, turned)
            for other, turned in orders(given)
            if layout.place(other, abi).size <= size
        )
        found = (
            cost(proposal.record, [abi], profile),
            proposal.after[0].size,
            inversions_of(given, proposal.record),
        )
        assert found == best, f"seed {seed}"
        assert proposal.cost_after == proposal.bound == best[0], f"seed {seed}"
        assert proposal.cost_before == cost(given, [abi], profile), f"seed {seed}"
        assert proposal.after[0].fields == layout.place(proposal.record, abi).fields


@pytest.mark.parametrize("seed", [2000, 2001])
def test_seven_members_cost_what_brute_force_says(seed: int) -> None:
    given = small_record(seed, 7, large=True, unnamed=False)
    profile = profile_of(given, seed)
    size = layout.place(given, X86).size
    best = min(
        cost(other, [X86], profile)
        for other, _ in orders(given)
        if layout.place(other, X86).size <= size
    )
    proposal = layout.optimize(given, X86, goal="lines", profile=profile)
    assert cost(proposal.record, [X86], profile) == proposal.cost_after == best


def test_the_profiles_above_are_about_something() -> None:
    """Most generated cases must be improved, and some must have writers to part."""
    better = shared = 0
    for seed in range(40):
        given = small_record(seed, 5, large=True, unnamed=False)
        profile = profile_of(given, seed)
        proposal = layout.optimize(given, X86, goal="lines", profile=profile)
        better += proposal.cost_after < proposal.cost_before
        whole = cost(given, [X86], profile)
        one = AccessProfile(tuple(replace(each, thread=0) for each in profile.operations))
        shared += cost(given, [X86], one) < whole
    assert better >= 10
    assert shared >= 10


def test_members_alike_but_for_their_users_are_not_taken_for_each_other() -> None:
    """Equal sizes and alignments: only who uses them, and who writes, tells them apart."""
    given = record("long a; long b; long c; char wide[56]; long d;")
    # 224: two members are used by the same operations, but only one of them is written.
    for seed in (224, *range(30)):
        pick = random.Random(seed)
        names = [field.name for field in given.fields if field.name is not None]
        profile = AccessProfile(
            tuple(
                operation(
                    f"o{thread}", " ".join(used := pick.sample(names, 3)), pick.choice(used),
                    pick.randint(1, 9), thread,
                )
                for thread in range(3)
            )
        )  # fmt: skip
        best = min(
            (cost(other, [X86], profile), layout.place(other, X86).size, turned)
            for other, turned in orders(given)
        )
        proposal = layout.optimize(given, X86, goal="lines", profile=profile)
        assert proposal.cost_after == proposal.bound == best[0], f"seed {seed}"
        assert inversions_of(given, proposal.record) == best[2], f"seed {seed}"


@pytest.mark.parametrize("search", ["exact", "local"])
def test_the_local_search_is_held_to_the_oracle_too(
    search: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With no exact search, and with one that runs out of states at once."""
    monkeypatch.setattr(affinity, "MAX_EXACT" if search == "local" else "MAX_STATES", 1)
    for seed in range(30):
        given = small_record(seed, 5, large=True, unnamed=False)
        profile = profile_of(given, seed)
        proposal = layout.optimize(given, X86, goal="lines", profile=profile)
        assert cost(proposal.record, [X86], profile) == proposal.cost_after
        assert proposal.bound <= proposal.cost_after <= proposal.cost_before
        size = layout.place(given, X86).size
        for other, _ in orders(given):
            if layout.place(other, X86).size <= size:
                assert proposal.bound <= cost(other, [X86], profile)
        assert (proposal.gap > 0) == (proposal.bound < proposal.cost_after)


def test_of_unlike_abis_the_worst_counts_and_none_grows() -> None:
    changed = 0
    for seed in range(40):
        given = small_record(seed, 6, large=True, unnamed=False)
        profile = profile_of(given, seed)
        proposal = layout.optimize(given, [X86, SMALL_ABI], goal="lines", profile=profile)
        assert proposal.cost_after == cost(proposal.record, [X86, SMALL_ABI], profile)
        assert proposal.cost_before == cost(given, [X86, SMALL_ABI], profile)
        assert proposal.bound <= proposal.cost_after <= proposal.cost_before
        for before, after in zip(proposal.before, proposal.after, strict=True):
            assert after.size <= before.size
        changed += proposal.changed
    assert changed >= 10


def test_like_abis_count_once() -> None:
    given = small_record(3, 6, large=True, unnamed=False)
    profile = profile_of(given, 3)
    one = layout.optimize(given, X86, goal="lines", profile=profile)
    two = layout.optimize(given, [X86, ARM], goal="lines", profile=profile)
    assert (one.order, one.cost_after, one.proof) == (two.order, two.cost_after, two.proof)


def long_record(seed: int, count: int) -> tuple[Record, AccessProfile]:
    pick = random.Random(seed)
    types = ["char {}", "long {}", "short {}", "int {}", "char {}[24]", "int {}[3]", "void *{}"]
    body = "".join(f"{pick.choice(types)};".format(f"m{at}") for at in range(count))
    given = record(body)
    names = [f"m{at}" for at in range(count)]
    operations = [
        operation(
            f"o{number}", " ".join(pick.sample(names, 6)), " ".join(pick.sample(names, 2)),
            pick.randint(1, 50), pick.choice(THREADS),
        )
        for number in range(8)
    ]  # fmt: skip
    return given, AccessProfile(tuple(operations))


@pytest.mark.parametrize(("seed", "count"), [(0, 15), (1, 20), (2, 40)])
def test_long_records_are_never_worse_never_below_the_bound_and_always_alike(
    seed: int, count: int
) -> None:
    given, profile = long_record(seed, count)
    proposal = layout.optimize(given, X86, goal="lines", profile=profile)
    assert cost(given, [X86], profile) == proposal.cost_before
    assert cost(proposal.record, [X86], profile) == proposal.cost_after
    sizes = {field.name: field.size for field in proposal.before[0].fields}
    filled = sum(
        each.weight * -(-sum(sizes[name] for name in each.touches) // 64)
        for each in profile.operations
    )
    assert filled <= proposal.bound <= proposal.cost_after < proposal.cost_before
    assert proposal.after[0].size <= proposal.before[0].size
    inversions_of(given, proposal.record)
    again, profile = long_record(seed, count)
    assert proposal.order == layout.optimize(again, X86, goal="lines", profile=profile).order


def test_members_used_together_come_onto_one_line() -> None:
    given = record("long a; char name[56]; long b;")
    profile = AccessProfile((operation("use", "a b", "", 10, 0),))
    proposal = layout.optimize(given, X86, goal="lines", profile=profile)
    assert (proposal.cost_before, proposal.cost_after) == (20, 10)
    assert proposal.order in [("a", "b", "name"), ("name", "a", "b")]


def test_a_writer_is_parted_from_another_threads_reader() -> None:
    given = record("long a; long b; char name[56];")
    profile = AccessProfile((operation("w", "", "a", 10, 0), operation("r", "b", "", 4, 1)))
    proposal = layout.optimize(given, X86, goal="lines", profile=profile)
    # Together they cost 10 + 4 and twice the smaller weight; apart the lines alone.
    assert (proposal.cost_before, proposal.cost_after) == (14 + 8, 14)
    placed = {field.name: field.offset // 64 for field in proposal.after[0].fields}
    assert placed["a"] != placed["b"]


def test_true_sharing_parts_nobody() -> None:
    given = record("long a; long b; char name[56];")
    profile = AccessProfile((operation("w", "b", "a", 10, 0), operation("r", "a", "", 4, 1)))
    proposal = layout.optimize(given, X86, goal="lines", profile=profile)
    assert (proposal.cost_before, proposal.cost_after) == (14, 14)
    assert not proposal.changed


def test_objects_that_one_thread_each_uses_are_no_false_sharing() -> None:
    """Neighbours in an array may share a line falsely; that is for padding, not for order."""
    given = record("long processed; long rejected; int high; long since;")
    profile = AccessProfile((operation("count", "processed", "processed since", 100, 7),))
    proposal = layout.optimize(given, X86, goal="lines", profile=profile)
    assert not proposal.changed
    assert proposal.cost_before == proposal.bound == 100


def test_a_thread_that_is_any_shares_with_every_other() -> None:
    given = record("long a; long b; char name[56];")
    for thread, charged in ((None, 8), (1, 8), (0, 0)):
        profile = AccessProfile(
            (operation("w", "", "a", 10, 0), operation("r", "b", "", 4, thread))
        )
        proposal = layout.optimize(given, X86, goal="lines", profile=profile)
        assert proposal.cost_before == 14 + charged


def test_weights_that_are_no_whole_numbers_are_costed_closely() -> None:
    given, profile = long_record(9, 12)
    shares = AccessProfile(
        tuple(replace(each, weight=each.weight / 173.0) for each in profile.operations)
    )
    proposal = layout.optimize(given, X86, goal="lines", profile=shares)
    whole = layout.optimize(given, X86, goal="lines", profile=profile)
    assert proposal.cost_after == pytest.approx(cost(proposal.record, [X86], shares), rel=1e-5)
    assert proposal.cost_after == pytest.approx(whole.cost_after / 173.0, rel=1e-5)


def test_without_operations_the_shortest_order_is_taken() -> None:
    given = record("char a; long b; char c; long d;")
    proposal = layout.optimize(given, X86, goal="lines", profile=AccessProfile(()))
    assert (proposal.cost_before, proposal.cost_after) == (0, 0)
    assert proposal.after[0].size == layout.optimize(given, X86).after[0].size


def test_a_flexible_array_has_no_lines_and_stays_last() -> None:
    given = record("char name[60]; long a; int used; char data[];")
    profile = AccessProfile((operation("use", "a used data", "", 10, 0),))
    proposal = layout.optimize(given, X86, goal="lines", profile=profile)
    assert proposal.order[-1] == "data"
    assert proposal.cost_after == 10


def test_members_of_anonymous_records_are_used_by_their_own_names() -> None:
    given = record("long a; char name[64]; struct { long b; union { int c; char d; }; };")
    profile = AccessProfile((operation("use", "a c", "", 10, 0),))
    proposal = layout.optimize(given, X86, goal="lines", profile=profile)
    assert (proposal.cost_before, proposal.cost_after) == (20, 10)


def test_a_union_costs_the_lines_of_what_is_used() -> None:
    given = layout.read_text("union U { char a[100]; long b; };", language="c").record("U")
    profile = AccessProfile((operation("w", "", "a", 10, 0), operation("r", "b", "", 4, 1)))
    proposal = layout.optimize(given, X86, goal="lines", profile=profile)
    assert proposal.record is given
    # a lies on two lines, b on the first, which the two take from each other.
    assert proposal.cost_before == proposal.cost_after == proposal.bound == 2 * 10 + 4 + 2 * 4


def test_an_empty_record_costs_nothing() -> None:
    profile = AccessProfile(())
    assert layout.optimize(record(""), X86, goal="lines", profile=profile).cost_after == 0


@pytest.mark.parametrize("name", ["c", "S", "a.b", "<anonymous>"])
def test_a_profile_that_names_no_member_is_refused_with_the_place(name: str) -> None:
    profile = AccessProfile((operation("use", name, "", 1, 0),))
    with pytest.raises(LayoutError, match=f"operation use uses '{name}'.*struct S") as caught:
        layout.optimize(record("int a; int b : 3, : 2;"), X86, goal="lines", profile=profile)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith("<text>:1: ")


def test_more_members_than_the_search_handles_are_refused() -> None:
    given = record("".join(f"char m{at};" for at in range(1001)))
    with pytest.raises(LayoutError, match="1001 members, 1000 at most"):
        layout.optimize(given, X86, goal="lines", profile=AccessProfile(()))


@pytest.mark.parametrize("weight", [-1.0, float("nan"), float("inf")])
def test_a_weight_that_is_no_count_is_refused(weight: float) -> None:
    with pytest.raises(LayoutError, match="not a finite number >= 0"):
        operation("use", "a", "", weight, 0)
