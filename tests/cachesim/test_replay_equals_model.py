"""The compiled replay counts what the plain model counts, on every small geometry tried."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.cachesim.cache_models import assert_same, replayed, truth

LINES = (4, 8, 16, 32)
SETS = (1, 2, 3, 4, 5, 8)
WAYS = (1, 2, 3, 4, 8, 9, 17)


@st.composite
def hierarchies(draw, fifo=False):
    """One to three levels; the first unified, split, or serving one kind only."""
    lines = sorted(draw(st.lists(st.sampled_from(LINES), min_size=4, max_size=4)))
    first = draw(st.sampled_from([("L1",), ("L1i", "L1d"), ("L1d",), ("L1i",), ("L1d", "L1i")]))
    deep = draw(st.integers(0, 2))
    private = draw(st.integers(0, 3))  # levels above this depth are private
    levels = []
    names = [(0, name) for name in first] + [(d, f"L{d + 1}") for d in range(1, deep + 1)]
    for depth, name in names:
        # Two first levels may have different lines; what is below both has the longest.
        line = lines[draw(st.integers(0, 1))] if depth == 0 else lines[1 + depth]
        levels.append(
            {
                "name": name,
                "sets": draw(st.sampled_from(SETS)),
                "ways": draw(st.sampled_from(WAYS)),
                "line": line,
                "private": depth < private,
                "fifo": fifo and draw(st.booleans()),
            }
        )
    return levels


ROWS = st.lists(
    st.tuples(
        st.one_of(st.integers(0, 300), st.sampled_from([2**63, 2**64 - 200, 2**63 - 40])),
        st.one_of(st.integers(1, 8), st.sampled_from([16, 33, 100])),
        st.integers(0, 4),
        st.sampled_from([0, 0, 0, 1, 7, 65535]),
        st.sampled_from([0, 1, 2, -5, 40]),
    ),
    max_size=120,
)
# Long reuse of few lines: what the random rows above seldom reach in the larger caches.
RUNS = st.lists(
    st.tuples(
        st.integers(0, 40), st.just(4), st.sampled_from([0, 0, 1, 2]), st.just(0), st.just(3)
    ),
    max_size=200,
)


@settings(max_examples=300)
@given(
    levels=hierarchies(), rows=st.one_of(ROWS, RUNS), cuts=st.lists(st.integers(0, 120), max_size=4)
)
def test_a_replay_counts_what_the_model_counts(levels, rows, cuts):
    assert_same(replayed(levels, rows, cuts=cuts), truth(levels, rows))


@settings(max_examples=150)
@given(
    levels=hierarchies(), rows=st.one_of(ROWS, RUNS), cuts=st.lists(st.integers(0, 120), max_size=4)
)
def test_a_replay_without_tags_counts_the_same(levels, rows, cuts):
    result = replayed(levels, rows, cuts=cuts, tags=False)
    assert result.tags is None
    assert_same(result, truth(levels, rows, tags=False))


PLAIN = st.lists(st.one_of(st.integers(0, 400), st.integers(2**64 - 300, 2**64 - 1)), max_size=200)


@settings(max_examples=150)
@given(
    levels=hierarchies(), addresses=PLAIN, kind=st.integers(0, 4), size=st.sampled_from([1, 2, 4])
)
@example(
    levels=[{"name": "L1d", "sets": 1, "ways": 1, "line": 4, "private": True}],
    addresses=[0, 4, 0],
    kind=1,
    size=1,
)
def test_columns_of_one_value_count_as_full_ones_do(levels, addresses, kind, size):
    import numpy as np

    from cachesim import Trace, replay
    from tests.cachesim.cache_models import make_machine

    addresses = [address & -size for address in addresses]
    rows = [(address, size, kind, 3, 0) for address in addresses]
    broadcast = {
        "size": np.broadcast_to(np.uint16(size), len(rows)),
        "kind": np.broadcast_to(np.uint8(kind), len(rows)),
        "thread": np.broadcast_to(np.uint16(3), len(rows)),
    }
    address = np.array(addresses, np.uint64)
    cut = len(rows) // 3
    trace = Trace(address, **broadcast)
    result = replay([trace[:cut], trace[cut:]], make_machine(levels))
    assert_same(result, truth(levels, rows, tags=False))


@settings(max_examples=150)
@given(levels=hierarchies(fifo=True), rows=st.one_of(ROWS, RUNS))
def test_levels_of_different_policies_count_what_the_model_counts(levels, rows):
    assert_same(replayed(levels, rows), truth(levels, rows))
