"""Reuse distances and the curves from them: equal to LRU replays of every size, and to a list."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cachesim.reuse
from cachesim import CacheError, CacheSpec, Machine, ReuseDistances, SetCurve, Trace, replay
from cachesim import reuse_distances as distances_of

ROWS = st.lists(
    st.tuples(
        st.one_of(st.integers(0, 600), st.sampled_from([2**64 - 40, 2**63])),
        st.sampled_from([1, 4, 8, 40]),
        st.integers(0, 4),
    ),
    max_size=150,
)


def make(rows):
    address, size, kind = map(list, zip(*rows, strict=True)) if rows else ([], [], [])
    return Trace(address, size, kind)


def plain(rows, line, kinds):
    """Distances from a list of lines, the latest first; None for a first use."""
    stack, found = [], []
    for address, size, kind in rows:
        if kinds != "all" and (kind == 2) != (kinds == "fetches"):
            continue
        for number in range(address // line, (address + size - 1) // line + 1):
            found.append(stack.index(number) if number in stack else None)
            if number in stack:
                stack.remove(number)
            stack.insert(0, number)
    return found


@settings(max_examples=200)
@given(
    rows=ROWS, line=st.sampled_from([4, 16, 64]),
    kinds=st.sampled_from(["data", "fetches", "all"]), cut=st.integers(0, 150),
)  # fmt: skip
def test_distances_are_those_of_a_list_in_order_of_use(rows, line, kinds, cut):
    run = ReuseDistances(line, kinds=kinds)
    trace = make(rows)
    run.feed(trace[:cut])
    run.feed(trace[cut:])
    result = run.result()
    expected = plain(rows, line, kinds)
    assert result.accesses == len(expected)
    assert result.cold == expected.count(None)
    reused = [d for d in expected if d is not None]
    assert result.histogram.tolist() == [
        reused.count(d) for d in range(max(reused, default=-1) + 1)
    ]


@settings(max_examples=60)
@given(rows=ROWS)
def test_a_curve_equals_a_replay_at_every_size(rows):
    rows = [(address, size, kind if kind != 2 else 0) for address, size, kind in rows]
    trace = make(rows)
    result = distances_of(trace, 16)
    for lines in range(1, 24):
        cache = CacheSpec(name="L1", sets=1, ways=lines, line=16)
        level = replay(trace, Machine(name="m", caches=[cache])).levels[0]
        assert level.accesses == result.accesses
        assert level.misses == result.misses(lines)


@settings(max_examples=60)
@given(rows=ROWS, sets=st.sampled_from([1, 2, 3, 8]), cut=st.integers(0, 150))
def test_a_curve_over_ways_equals_a_replay_of_every_associativity(rows, sets, cut):
    rows = [(address, size, kind if kind != 2 else 0) for address, size, kind in rows]
    trace = make(rows)
    curve = SetCurve(sets, 9, 16)
    curve.feed(trace[:cut])
    curve.feed(trace[cut:])
    index = "bits" if sets & (sets - 1) == 0 else "modulo"
    for ways in range(1, 10):
        cache = CacheSpec(name="L1", sets=sets, ways=ways, line=16, index=index)
        level = replay(trace, Machine(name="m", caches=[cache])).levels[0]
        assert curve.misses()[ways - 1] == level.misses


def test_many_lines_and_times_are_renumbered_without_a_trace(monkeypatch):
    # Room for four lines at first: every growth and every renumbering happens, in short.
    lines = np.random.default_rng(3).zipf(1.3, 4000) % 700
    expected = distances_of(Trace(lines.astype(np.uint64) * np.uint64(64)))
    monkeypatch.setattr(cachesim.reuse, "_ROOM", 4)
    again = distances_of(Trace(lines.astype(np.uint64) * np.uint64(64)))
    assert again.histogram.tolist() == expected.histogram.tolist()
    assert again.cold == expected.cold == len(set(lines.tolist()))
    found = plain([(int(line) * 64, 1, 0) for line in lines], 64, "data")
    reused = [d for d in found if d is not None]
    assert expected.histogram.tolist() == np.bincount(reused).tolist()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_sample_is_as_near_as_it_says(seed):
    pick = np.random.default_rng(seed)
    lines = np.concatenate([pick.zipf(1.2, 300_000) % 60_000, np.tile(np.arange(20_000), 5)])
    trace = Trace(lines.astype(np.uint64) * np.uint64(64))
    exact, sampled = distances_of(trace), distances_of(trace, rate=0.1, seed=seed)
    assert sampled.rate == 0.1
    assert sampled.accesses == exact.accesses
    assert sampled.error is not None
    assert exact.error is None
    assert sampled.cold == pytest.approx(exact.cold, rel=0.05)
    off = [
        abs(sampled.miss_ratio(int(size)) - exact.miss_ratio(int(size))) for size in sampled.sizes
    ]
    assert np.mean(off) < 0.02
    # Within four standard errors, where few groups make the estimate itself uncertain.
    assert all(o <= 4 * e + 0.01 for o, e in zip(off, sampled.error, strict=True))


def test_a_seed_chooses_the_sample():
    lines = np.random.default_rng(1).integers(0, 5000, 50_000)
    trace = Trace(lines.astype(np.uint64) * np.uint64(64))
    one, same, other = (distances_of(trace, rate=0.05, seed=s).cold for s in (1, 1, 2))
    assert one == same != other


def test_an_empty_trace_has_no_misses():
    result = distances_of(Trace([]))
    assert (result.accesses, result.cold, result.misses(1), result.miss_ratio(1)) == (0, 0, 0, 0)
    assert result.sizes.tolist() == [1]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ReuseDistances(48), "line = 48, but must be a power of two from 4"),
        (lambda: ReuseDistances(kinds="reads"), "kinds = 'reads', but must be one of data, fetch"),
        (lambda: ReuseDistances(rate=0), "rate = 0, but must be 0.000001 to 1"),
        (lambda: SetCurve(0), "sets = 0, but must be 1 to"),
        (lambda: SetCurve(1, 2000), "ways = 2000, but must be 1 to 1024"),
        (lambda: SetCurve(1, 2, 3), "line = 3, but must be a power of two"),
        (lambda: SetCurve(1, kinds=""), "kinds = '', but must be one of"),
    ],
    ids=["line", "kinds", "rate", "sets", "ways", "line of sets", "kinds of sets"],
)
def test_what_cannot_be_measured_gets_one_line(call, message):
    with pytest.raises(CacheError) as raised:
        call()
    assert message in str(raised.value)


def test_an_access_that_no_memory_holds_gets_one_line():
    with pytest.raises(CacheError, match="passes the end of memory"):
        distances_of(Trace([2**64 - 1], size=[2]))
    with pytest.raises(CacheError, match="size = 0"):
        distances_of(Trace([8], size=[0]))
