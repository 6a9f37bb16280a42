"""Traces take what fits their columns; a replay names the row that no cache can serve."""

import numpy as np
import pytest

import cachesim.stages
from cachesim import CacheError, CacheSpec, Machine, Replay, Trace, replay

L1 = CacheSpec(name="L1d", sets=64, ways=8)
ONE = Machine(name="one", caches=(L1,))


def test_columns_of_the_right_type_are_taken_as_they_are():
    address = np.arange(5, dtype=np.uint64)
    trace = Trace(address, kind=np.zeros(5, np.uint8))
    assert trace.address is address
    assert trace.size.strides == (0,)
    assert trace.size.tolist() == [1] * 5
    assert trace.tag is None


def test_other_whole_numbers_are_converted():
    trace = Trace([0, 2**64 - 1], thread=np.array([1, 2], np.int64), tag=[-1, 5])
    assert trace.address.tolist() == [0, 2**64 - 1]
    assert trace.thread.dtype == np.uint16
    assert trace.tag.dtype == np.int32


WRONG_COLUMN = [
    ({"address": [-1]}, "address"),
    ({"address": [2**64]}, "address"),
    ({"address": [1.5]}, "address"),
    ({"address": ["x"]}, "address"),
    ({"address": np.array([1.0])}, "column address has the type float64, but must be uint64"),
    ({"address": [1, 2], "size": [1]}, "column size has the shape (1,), but must be (2,)"),
    ({"address": np.zeros((2, 2), np.uint64)}, "column address has the shape (2, 2)"),
    ({"address": [1, 2], "size": [1, 65536]}, "row 1: size = 65536, but must be 0 to 65535"),
    ({"address": [1, 2], "kind": [-1, 0]}, "row 0: kind = -1, but must be 0 to 255"),
    ({"address": [1], "tag": [2**31]}, "row 0: tag = 2147483648, but must be"),
]


@pytest.mark.parametrize(("columns", "message"), WRONG_COLUMN)
def test_a_column_that_does_not_fit_is_named(columns, message):
    with pytest.raises(CacheError) as raised:
        Trace(**columns)
    assert message in str(raised.value)
    assert str(raised.value).startswith("trace: ")


def wrong_at(row, **change):
    """A trace of ``row`` good accesses and a wrong one."""
    good = {"address": 64, "size": 8, "kind": 0}
    return Trace(**{name: [good[name]] * row + [{**good, **change}[name]] for name in good})


WRONG_ROW = [
    ({"size": 0}, "size = 0, but must be 1 to 65535; leave it out"),
    ({"kind": 5}, "kind = 5, but must be 0 to 4; see cachesim.Kind"),
    ({"address": 2**64 - 7}, "8 bytes at 0xfffffffffffffff9 pass the end of memory"),
]


@pytest.mark.parametrize("row", [0, 5, 5000, 140_000])
@pytest.mark.parametrize(("change", "message"), WRONG_ROW)
def test_a_row_that_no_cache_can_serve_is_named_and_ends_the_replay(row, change, message):
    run = Replay(ONE)
    run.feed(Trace([0] * 10))
    with pytest.raises(CacheError) as raised:
        run.feed(wrong_at(row, **change))
    assert str(raised.value).startswith(f"trace: row {row + 10}: {message}")
    with pytest.raises(CacheError, match=f"row {row + 10}"):
        run.result()
    with pytest.raises(CacheError, match=f"row {row + 10}"):
        run.feed(Trace([0]))


def test_chunks_with_and_without_tags_are_not_mixed():
    with pytest.raises(CacheError, match=r"^trace: row 1: chunks with and without tags are mixed"):
        replay([Trace([0]), Trace([1], tag=[0])], ONE)


def test_threads_whose_caches_outgrow_memory_are_refused(monkeypatch):
    monkeypatch.setattr(cachesim.stages, "MAX_STORE", 1 << 14)
    own = CacheSpec(name="L1d", sets=64, ways=8, private=True)  # 1024 words with the policy's
    machine = Machine(name="one", caches=(own,))
    replay(Trace(np.zeros(16, np.uint64), thread=np.arange(16)), machine)
    with pytest.raises(CacheError, match=r"^one: the caches of 32 threads need 0 MiB to simulate"):
        replay(Trace(np.zeros(17, np.uint64), thread=np.arange(17)), machine)


def test_an_empty_trace_counts_nothing():
    for trace in (Trace([]), [], [Trace([]), Trace([])]):
        result = replay(trace, ONE)
        assert result.accesses == result.memory_accesses == result.level("L1d").accesses == 0


def test_progress_counts_the_accesses_done():
    seen = []
    replay([Trace(np.zeros(200_000, np.uint64))] * 2, ONE, progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 400_000
    assert len(seen) >= 4
