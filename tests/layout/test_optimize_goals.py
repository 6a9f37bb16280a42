"""The goals with prices against brute force: places on a line, several ABIs, every price list."""

import random
from dataclasses import replace

import pytest

import layout
from layout import AccessProfile, Layout, LayoutError, Record, Weights, affinity
from layout.atoms import Problem
from layout.model import Alias, Array, Pointer, Type
from layout.place import Placer
from tests.layout.small import SMALL_ABI, inversions_of, orders, small_record
from tests.layout.test_optimize_lines import names_of, operation, profile_of, record
from tests.oracles import lines as oracle

X86 = "x86_64-linux-gnu"
PLACES: dict[str, tuple[int | None, bool]] = {
    "line": (None, False),
    "heap": (16, False),
    "bytes": (1, False),
    "array": (None, True),
    "array in a heap": (8, True),
}
GOALS = {
    "lines": oracle.PRICES["lines"],
    "hot": oracle.PRICES["hot"],
    "writers": oracle.PRICES["writers"],
    "weighted": Weights(lines=12, sharing=70, bytes=3, hot=1),
}


def cost(given: Record, abi: object, profile: AccessProfile, prices: Weights, where: str) -> float:
    base, array = PLACES[where]
    placed = layout.place(given, abi)
    return oracle.cost(placed, names_of(given), profile, prices, base, array=array)


def ask(given: Record, abis: list, goal: str, profile: AccessProfile, where: str, **more):
    base, array = PLACES[where]
    if goal == "weighted":
        more["weights"] = GOALS[goal]
    return layout.optimize(
        given, abis, goal=goal, profile=profile, base_align=base, array=array, **more
    )


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("goal", GOALS)
def test_no_order_costs_less_nor_as_little_in_fewer_bytes_or_swaps(goal: str, where: str) -> None:
    for seed in range(8):
        given = small_record(7000 + seed, 5, large=seed % 2 == 0, unnamed=False)
        profile = profile_of(given, seed)
        abi = SMALL_ABI if seed % 3 == 0 else X86
        proposal = ask(given, [abi], goal, profile, where)
        size = layout.place(given, abi).size
        best = min(
            (cost(other, abi, profile, GOALS[goal], where), layout.place(other, abi).size, turned)
            for other, turned in orders(given)
            if layout.place(other, abi).size <= size
        )
        better = proposal.record
        found = cost(better, abi, profile, GOALS[goal], where)
        assert found == pytest.approx(best[0], rel=1e-12), f"seed {seed}"
        assert (proposal.after[0].size, inversions_of(given, better)) == best[1:], f"seed {seed}"
        assert proposal.cost_after == proposal.bound == pytest.approx(best[0], rel=1e-12)
        before = cost(given, abi, profile, GOALS[goal], where)
        assert proposal.cost_before == pytest.approx(before, rel=1e-12)
        assert proposal.gap == 0


def test_seven_members_in_an_array_cost_what_brute_force_says() -> None:
    given = small_record(2004, 7, large=True, unnamed=False)
    profile = profile_of(given, 2004)
    size = layout.place(given, X86).size
    least = min(
        cost(other, X86, profile, GOALS["lines"], "array")
        for other, _ in orders(given)
        if layout.place(other, X86).size <= size
    )
    proposal = ask(given, [X86], "lines", profile, "array")
    assert proposal.cost_after == proposal.bound == pytest.approx(least)
    assert proposal.cost_after < proposal.cost_before


def test_the_cases_above_are_about_something() -> None:
    """Where a record may start must change the order that is best, and so must the goal."""
    places, goals = set(), set()
    for seed in range(8):
        given = small_record(7000 + seed, 5, large=seed % 2 == 0, unnamed=False)
        profile = profile_of(given, seed)
        places |= {(seed, ask(given, [X86], "lines", profile, where).order) for where in PLACES}
        goals |= {(seed, ask(given, [X86], goal, profile, "heap").order) for goal in GOALS}
    assert len(places) >= 10
    assert len(goals) >= 16


@pytest.mark.parametrize("across", ["worst", "mean"])
@pytest.mark.parametrize("goal", ["lines", "weighted"])
def test_of_unlike_abis_the_worst_or_the_mean_is_least(
    goal: str, across: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So it is for few members; for more the bound holds at least."""
    over = max if across == "worst" else lambda costs: sum(costs) / len(costs)
    met = changed = 0
    for seed in range(12):
        monkeypatch.setattr(affinity, "MAX_TRIED", 7 if seed % 2 else 0)
        given = small_record(7100 + seed, 5, large=True, unnamed=False)
        profile = profile_of(given, seed)
        abis = [X86, SMALL_ABI]
        limits = [layout.place(given, abi).size for abi in abis]
        proposal = ask(given, abis, goal, profile, "heap", constraints={"across": across})
        costs = [
            over([cost(other, abi, profile, GOALS[goal], "heap") for abi in abis])
            for other, _ in orders(given)
            if all(layout.place(other, abi).size <= n for abi, n in zip(abis, limits, strict=True))
        ]
        own = over([cost(proposal.record, abi, profile, GOALS[goal], "heap") for abi in abis])
        assert proposal.cost_after == pytest.approx(own)
        assert proposal.bound <= min(costs) * (1 + 1e-12)
        assert min(costs) <= proposal.cost_after * (1 + 1e-12)
        met += proposal.cost_after <= min(costs) * (1 + 1e-12)
        if seed % 2:
            assert proposal.cost_after == proposal.bound <= min(costs) * (1 + 1e-12)
            assert proposal.proof == affinity.TRIED
        changed += proposal.changed
    assert met >= 10
    assert changed >= 4


@pytest.mark.parametrize("where", ["line", "heap", "array"])
def test_the_bound_of_the_local_search_holds_for_every_order(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It counts operations, heat, bytes, and writers that so few lines cannot part."""
    monkeypatch.setattr(affinity, "MAX_EXACT", 1)
    tight = 0
    for seed in range(16):
        given = small_record(7200 + seed, 5, large=seed % 2 == 0, unnamed=False)
        profile = profile_of(given, seed)
        for goal, prices in GOALS.items():
            proposal = ask(given, [X86], goal, profile, where)
            size = proposal.before[0].size
            least = min(
                cost(other, X86, profile, prices, where)
                for other, _ in orders(given)
                if layout.place(other, X86).size <= size
            )
            assert proposal.bound <= least * (1 + 1e-12), f"{goal}, seed {seed}"
            assert least <= proposal.cost_after * (1 + 1e-12)
            tight += proposal.bound == proposal.cost_after > 0
    assert tight >= 16


def test_false_sharing_that_no_order_avoids_is_in_the_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(affinity, "MAX_EXACT", 1)
    given = record("long a; long b; long c;")
    writers = tuple(operation(name, "", name, 5, at) for at, name in enumerate("abc"))
    proposal = layout.optimize(given, X86, goal="writers", profile=AccessProfile(writers))
    assert proposal.bound == proposal.cost_after == 15
    assert proposal.gap == 0


def test_no_pair_of_writers_is_counted_twice_in_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of four writers on two lines two pairs share: crowds of three, which overlap, say one."""
    monkeypatch.setattr(affinity, "MAX_EXACT", 1)
    given = record("long a; long b; char name[96]; long c; long d;")
    writers = tuple(operation(name, "", name, 5, at) for at, name in enumerate("abcd"))
    proposal = layout.optimize(given, X86, goal="writers", profile=AccessProfile(writers))
    assert (proposal.bound, proposal.cost_after) == (5, 10)
    assert proposal.gap == 0.5


def test_of_sizes_the_largest_counts_then_the_sum_and_for_the_mean_the_sum() -> None:
    worst = Problem((), None, (8, 8), (64, 64))
    assert worst.score((24, 8)) < worst.score((32, 1))
    assert worst.score((24, 8)) < worst.score((24, 16))
    mean = replace(worst, across="mean")
    assert mean.score((32, 1)) < mean.score((24, 16))
    assert (worst.overall((24, 8)), mean.overall((24, 8))) == (24, 16)


def test_the_hottest_members_come_first() -> None:
    given = record("char name[120]; long a; long b;")
    profile = AccessProfile((operation("often", "b", "", 90, 0), operation("use", "a", "", 5, 0)))
    proposal = layout.optimize(given, X86, goal="hot", profile=profile)
    assert (proposal.order, proposal.after[0].lines) == (("a", "b", "name"), 3)
    assert (proposal.cost_before, proposal.cost_after) == (3 * 90 + 2 * 5, 95)


def test_writers_are_parted_whatever_lines_that_costs() -> None:
    given = record("long a; long b; char name[56];")
    both = operation("both", "a b", "", 1000, 0)
    profile = AccessProfile((both, operation("w", "", "a", 10, 1), operation("v", "", "b", 4, 2)))
    proposal = layout.optimize(given, X86, goal="writers", profile=profile)
    placed = {field.name: field.offset // 64 for field in proposal.after[0].fields}
    assert placed["a"] != placed["b"]
    assert proposal.cost_after < proposal.cost_before


def test_the_prices_decide_between_lines_and_sharing() -> None:
    given = record("long a; long b; char name[56];")
    profile = AccessProfile(
        (
            operation("both", "a b", "", 10, 0),
            operation("r", "b", "", 9, 1),
            operation("w", "", "a", 9, 2),
        )
    )
    apart = [
        layout.optimize(
            given, X86, goal="weighted", profile=profile, weights=Weights(lines=1, sharing=price)
        ).changed
        for price in (0.5, 50)
    ]
    assert apart == [False, True]


def test_an_array_is_costed_by_the_size_that_the_order_gives_it() -> None:
    """24 bytes start at 8 places of a line, 16 at 4: the shorter record straddles less."""
    given = record("char a; long b; char c;")
    profile = AccessProfile((operation("use", "b c", "", 8, 0),))
    proposal = layout.optimize(given, X86, goal="lines", profile=profile, array=True)
    assert (proposal.before[0].size, proposal.after[0].size) == (24, 16)
    assert (proposal.cost_before, proposal.cost_after) == (9, 8)


def scanned(type_: Type) -> int:
    """Go's rule for the types of these tests, by C's spelling of them."""
    while isinstance(type_, Alias):
        type_ = type_.target
    if isinstance(type_, Array):
        inner = scanned(type_.element)
        return 8 * (int(str(type_.count)) - 1) + inner if inner else 0
    if isinstance(type_, Pointer):
        return 8
    return {"struct text": 8, "struct bytes": 8}.get(str(type_), 0)


@pytest.fixture
def collected(monkeypatch: pytest.MonkeyPatch) -> None:
    """A collector on every ABI."""
    place = Placer.place

    def placed(self: Placer, given: Record) -> Layout:
        out = place(self, given)
        kinds = {field.name: field.type for field in given.fields}
        ends = [
            field.offset + scanned(kinds[field.name])
            for field in out.fields
            if field.name in kinds and scanned(kinds[field.name])
        ]
        return replace(out, pointer_bytes=max(ends, default=0))

    monkeypatch.setattr(Placer, "place", placed)
    monkeypatch.setattr(Placer, "pointer_bytes", lambda _self, type_: scanned(type_), raising=False)


POINTERS = ["void *{}", "struct text {}", "struct bytes {}", "void *{}[2]", "long {}", "char {}",
            "int {}", "char {}[3]", "short {}"]  # fmt: skip
TEXT = "struct text { void *at; long size; }; struct bytes { void *at; long size, room; };"


@pytest.mark.usefixtures("collected")
def test_no_order_has_fewer_pointer_bytes_nor_as_few_in_fewer_bytes_or_swaps() -> None:
    better = 0
    for seed in range(25):
        pick = random.Random(seed)
        body = "".join(
            f"{pick.choice(POINTERS)};".format(f"m{at}") for at in range(pick.randint(1, 6))
        )
        given = record(body, TEXT)
        proposal = layout.optimize(given, X86, goal="pointers")
        size = layout.place(given, X86).size
        best = min(
            (placed.pointer_bytes, placed.size, turned)
            for other, turned in orders(given)
            if (placed := layout.place(other, X86)).size <= size
        )
        found = proposal.after[0]
        turned = inversions_of(given, proposal.record)
        assert (found.pointer_bytes, found.size, turned) == best, f"seed {seed}"
        assert proposal.cost_after == proposal.bound == found.pointer_bytes
        better += proposal.cost_after < proposal.cost_before
    assert better >= 8


@pytest.mark.usefixtures("collected")
def test_the_pointers_of_a_long_record_come_first() -> None:
    body = "".join(f"{POINTERS[at * at % 9]};".format(f"m{at}") for at in range(40))
    given = record(body, TEXT)
    proposal = layout.optimize(given, X86, goal="pointers")
    assert proposal.cost_after == proposal.bound < proposal.cost_before
    assert proposal.after[0].pointer_bytes == proposal.cost_after


def test_where_no_collector_runs_there_are_no_pointer_bytes() -> None:
    with pytest.raises(LayoutError, match=r"^<text>:1: x86_64-linux-gnu has no pointer bytes.*Go"):
        layout.optimize(record("char a; void *b;"), X86, goal="pointers")


@pytest.mark.parametrize("lie", ["size", "place"])
@pytest.mark.parametrize("goal", ["bytes", "lines"])
def test_what_placing_does_not_confirm_is_not_proposed(
    goal: str, lie: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An ABI with rules that the searches do not know: the order as written stays, unproven."""
    place = Placer.place

    def placed(self: Placer, given: Record) -> Layout:
        out = place(self, given)
        if [field.name for field in given.fields] == ["a", "b", "c"]:
            return out
        if lie == "size":
            return replace(out, size=out.size + 8)
        moved = tuple(replace(field, bit_offset=field.bit_offset + 8) for field in out.fields)
        return replace(out, fields=moved)

    given = record("char a; long b; char c;")
    profile = AccessProfile((operation("use", "a b", "", 1, 0),))
    assert layout.optimize(given, X86, goal=goal, profile=profile).changed
    monkeypatch.setattr(Placer, "place", placed)
    proposal = layout.optimize(given, X86, goal=goal, profile=profile)
    assert not proposal.changed
    assert proposal.bound == 0
    assert proposal.cost_after == proposal.cost_before > 0
    assert "does not confirm" in proposal.proof


@pytest.mark.parametrize(
    ("asked", "message"),
    {
        "no prices": ({"goal": "weighted"}, "needs weights"),
        "prices of nothing": ({"goal": "weighted", "weights": Weights()}, "needs weights"),
        "prices of another": ({"goal": "lines", "weights": Weights(lines=1)}, "prices of its own"),
        "no profile": ({"goal": "hot"}, "needs a profile"),
        "odd base": ({"goal": "bytes", "base_align": 24}, "24 is not a power of two"),
        "no base": ({"goal": "bytes", "base_align": 0}, "0 is not a power of two"),
    }.values(),
    ids=["no prices", "prices of nothing", "prices of another", "no profile", "odd", "none"],
)
def test_goals_that_lack_something_are_refused_in_one_line(asked: dict, message: str) -> None:
    with pytest.raises(LayoutError, match=message) as caught:
        layout.optimize(record("int a;"), X86, **asked)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("price", [-1, float("nan"), float("inf"), "3"])
def test_a_price_that_is_no_number_is_refused(price: object) -> None:
    with pytest.raises(LayoutError, match=r"lines = .* is not a finite number"):
        Weights(lines=price)  # type: ignore[arg-type]


GO = {"p": "*int", "s": "string", "b": "[]byte", "i": "any", "n": "int64", "f": "bool",
      "h": "uint16", "z": "struct{}", "a": "[3]*int", "w": "[20]byte"}  # fmt: skip


@pytest.mark.parametrize("abi", ["go-amd64", "go-386"])
def test_go_structs_have_the_fewest_pointer_bytes_and_lines_of_all_orders(abi: str) -> None:
    """Members without size among them, of which the last one costs a byte."""
    for seed in range(14):
        pick = random.Random(seed)
        kinds = [pick.choice("psbinfhzaw") for _ in range(pick.randint(2, 5))]
        body = "\n".join(f"m{at} {GO[kind]}" for at, kind in enumerate(kinds))
        given = layout.read_text(f"package p\ntype S struct {{\n{body}\n}}\n", language="go")
        start = given.record("S")
        size = layout.place(start, abi).size
        fitting = [
            (placed, other, turned)
            for other, turned in orders(start)
            if (placed := layout.place(other, abi)).size <= size
        ]
        proposal = layout.optimize(start, abi, goal="pointers")
        best = min((placed.pointer_bytes, placed.size, turned) for placed, _, turned in fitting)
        found = proposal.after[0]
        turned = inversions_of(start, proposal.record)
        assert (found.pointer_bytes, found.size, turned) == best, f"seed {seed}"
        assert proposal.cost_after == proposal.bound == best[0]
        profile = profile_of(start, seed)
        proposal = layout.optimize(start, abi, goal="lines", profile=profile, base_align=8)
        runs_of = [[f"m{at}"] for at in range(len(kinds))]
        least = min(
            oracle.cost(placed, runs_of, profile, GOALS["lines"], 8) for placed, _, _ in fitting
        )
        assert proposal.cost_after == proposal.bound == pytest.approx(least), f"seed {seed}"
