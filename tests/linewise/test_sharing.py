"""False sharing: the compiled tables against every byte of every line, done slowly."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import linewise.sharing
from cachesim import Trace
from linewise.errors import LinewiseError
from linewise.sharing import Sharing
from tests.oracles.sharing import false_sharing

READ, WRITE, FETCH = 0, 1, 2
COLUMNS = ("address", "size", "kind", "thread", "tag")


def trace(accesses):
    columns = zip(*accesses, strict=True) if accesses else ([] for _ in COLUMNS)
    return Trace(
        **{name: np.array(column, np.int64) for name, column in zip(COLUMNS, columns, strict=True)}
    )


def shared(accesses, line=64, threads=4, cut=None):
    table = Sharing(line, threads)
    for part in (accesses,) if cut is None else (accesses[:cut], accesses[cut:]):
        table.feed(trace(part))
    said = table.result()
    pairs = zip(said.tag.tolist(), said.other.tolist(), strict=True)
    counts = zip(said.lines.tolist(), said.misses.tolist(), strict=True)
    return dict(zip(pairs, counts, strict=True)), said.shared


def test_two_counters_on_one_line_take_it_from_each_other():
    accesses = [(8 * thread, 8, WRITE, thread, thread) for _ in range(5) for thread in (0, 1)]
    # Each of the ten but the first of each thread.
    assert shared(accesses) == ({(0, 1): (1, 8)}, 1)


def test_a_reader_misses_once_for_each_turn_of_the_writer():
    reads = [(8, 8, READ, 1, 2)] * 2
    writes = [(0, 8, WRITE, 0, 1)] * 3
    assert shared(reads + writes + reads + writes + reads) == ({(1, 2): (1, 2)}, 1)


def test_a_first_touch_is_no_miss_of_sharing():
    assert shared([(0, 8, WRITE, 0, 1), (8, 8, READ, 1, 2)]) == ({}, 0)


def test_two_readers_share_nothing_falsely():
    assert shared([(0, 8, READ, thread, 1) for thread in (0, 1, 0, 1)]) == ({}, 0)


def test_one_thread_alone_shares_nothing():
    accesses = [(0, 8, WRITE, 0, 1), (8, 8, WRITE, 0, 2)] * 3
    assert shared(accesses) == ({}, 0)
    assert shared(accesses, threads=1) == ({}, 0)


def test_two_threads_on_the_same_bytes_share_data_not_falsely():
    assert shared([(0, 8, WRITE, thread, 1) for thread in (0, 1) * 3]) == ({}, 0)


def test_what_was_written_before_last_counts_as_written():
    # Thread 2 touches what thread 0 wrote, although thread 1 wrote something else after.
    accesses = [
        (0, 8, READ, 2, 1),
        (0, 8, WRITE, 0, 1),
        (8, 8, WRITE, 1, 2),
        (0, 8, READ, 2, 1),
    ]
    assert shared(accesses) == ({}, 0)


def test_fields_of_different_lines_are_apart():
    assert shared([(56, 8, WRITE, 0, 1), (64, 8, WRITE, 1, 2)] * 3) == ({}, 0)


def test_one_field_of_two_neighbouring_objects_is_a_pair_with_itself():
    accesses = [(0, 8, WRITE, 0, 3), (8, 8, WRITE, 1, 3)] * 2
    assert shared(accesses) == ({(3, 3): (1, 2)}, 1)


def test_a_field_over_two_lines_is_shared_on_the_second():
    accesses = [(60, 8, WRITE, 0, 1), (72, 8, READ, 1, 2)] * 2
    assert shared(accesses) == ({(1, 2): (1, 1)}, 1)


def test_accesses_without_a_tag_and_fetches_are_passed_over():
    accesses = [(0, 8, WRITE, 0, -1), (8, 8, FETCH, 1, 2), (16, 8, READ, 2, 3)] * 3
    assert shared(accesses) == ({}, 0)


def test_the_pair_of_the_most_misses_comes_first():
    table = Sharing(64, 2)
    table.feed(trace([(8 * thread, 8, WRITE, thread, 2 + thread) for thread in (0, 1) * 2]))
    table.feed(trace([(n * 64 + 8 * t, 8, WRITE, t, 0) for n in (1, 2) for t in (0, 1) * 2]))
    said = table.result()
    assert said.tag.tolist() == [0, 2]
    assert said.lines.tolist() == [2, 1]
    assert said.misses.tolist() == [4, 2]


def test_a_thread_beyond_those_announced_is_refused():
    with pytest.raises(LinewiseError, match="thread 4, but there are 4"):
        shared([(0, 8, READ, 4, 0)])


access = st.tuples(
    st.integers(0, 300),
    st.sampled_from([1, 2, 4, 8, 70]),
    st.integers(0, 4),
    st.sampled_from([0, 1, 2, 66]),
    st.integers(-1, 5),
)


@given(st.lists(access, max_size=60), st.sampled_from([16, 64, 128]), st.integers(0, 40))
def test_the_tables_agree_with_the_slow_way(accesses, line, cut):
    assert shared(accesses, line=line, threads=67, cut=cut) == false_sharing(accesses, line)


@pytest.mark.parametrize("seed", range(3))
def test_growing_the_tables_loses_nothing(monkeypatch, seed):
    monkeypatch.setattr(linewise.sharing, "FIRST_CAPACITY", 16)
    rng = np.random.default_rng(seed)
    columns = (
        rng.integers(0, 80, 3000) * 16 + rng.integers(0, 8, 3000) * 4096,
        rng.choice([1, 4, 8], 3000),
        rng.integers(0, 2, 3000),
        rng.integers(0, 3, 3000),
        rng.integers(0, 6, 3000),
    )
    accesses = list(zip(*(column.tolist() for column in columns), strict=True))
    said = shared(accesses)
    assert said == false_sharing(accesses, 64)
    assert said[1] > 100
