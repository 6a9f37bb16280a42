"""Both goals against brute force where bit-fields leave units behind, and on 32 bits."""

import pytest

import layout
from layout import AccessProfile, Operation
from tests.layout.small import inversions_of, orders, small_record
from tests.layout.test_optimize_bytes import check_consistent, mean_size
from tests.layout.test_optimize_lines import cost, profile_of

TARGETS = ["x86_64-windows-msvc", "x86_64-windows-gnu", "x86-linux-gnu", "arm-linux-gnueabihf"]


@pytest.mark.parametrize("target", TARGETS)
def test_no_order_is_shorter_on_another_target(target: str) -> None:
    for abis in ([target], [target, "x86_64-linux-gnu"]):
        for seed in range(25):
            given = small_record(seed, 5)
            proposal = layout.optimize(given, abis)
            best = min((mean_size(other, abis), turned) for other, turned in orders(given))
            found = (mean_size(proposal.record, abis), inversions_of(given, proposal.record))
            assert found == best, f"seed {seed}"
            check_consistent(proposal, given, abis)


@pytest.mark.parametrize("target", TARGETS)
def test_no_order_costs_less_on_another_target(target: str) -> None:
    for seed in range(12):
        given = small_record(seed, 5, large=True, unnamed=False)
        profile = profile_of(given, seed)
        size = layout.place(given, target).size
        best = min(
            cost(other, [target], profile)
            for other, _ in orders(given)
            if layout.place(other, target).size <= size
        )
        proposal = layout.optimize(given, target, goal="lines", profile=profile)
        assert proposal.cost_after == cost(proposal.record, [target], profile), f"seed {seed}"
        assert proposal.cost_after == best, f"seed {seed}"


def test_what_a_unit_leaves_empty_is_between_its_bit_field_and_the_next_member() -> None:
    text = "struct s { unsigned long long bit : 1; char data[60]; };"
    given = layout.read_text(text).record("s")
    both = Operation("both", 1, 0, reads=frozenset({"bit", "data"}), writes=frozenset())
    profile = AccessProfile((both,))
    lines = {
        target: layout.optimize(given, target, goal="lines", profile=profile).cost_before
        for target in ("x86_64-linux-gnu", "x86_64-windows-msvc")
    }
    assert lines == {"x86_64-linux-gnu": 1, "x86_64-windows-msvc": 2}
