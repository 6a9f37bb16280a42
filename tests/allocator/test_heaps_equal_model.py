"""The compiled heaps put every block where the plain ones do, and keep what malloc promises."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from allocator import HEAPS, HeapError, HeapEvents, HeapOperation, make_heap
from tests.oracles.heap import PLAIN, FaultError

CODES = {
    "alloc": HeapOperation.ALLOC,
    "free": HeapOperation.FREE,
    "realloc": HeapOperation.REALLOC,
    "reset": HeapOperation.ARENA_RESET,
    "root": HeapOperation.ROOT,
}
SIZES = st.one_of(
    st.integers(0, 300),
    st.sampled_from([4095, 4096, 4097, 65536, 65537, 1 << 20, (1 << 20) + 1]),
)
ROWS = st.lists(
    st.tuples(
        st.sampled_from(["alloc"] * 5 + ["free"] * 4 + ["realloc"] * 2 + ["root", "reset"]),
        st.integers(0, 6),
        SIZES,
        st.sampled_from([16, 16, 16, 1, 64, 128, 4096, 1 << 16]),
        st.sampled_from([0, 1, 7, 65535]),
    ),
    max_size=40,
)


def events_of(rows):
    columns = list(zip(*rows, strict=True)) if rows else [[]] * 5
    return HeapEvents(
        operation=np.array([CODES[name] for name in columns[0]], np.uint8),
        object=np.array(columns[1], np.int64),
        size=np.array(columns[2], np.uint64),
        thread=np.array(columns[4], np.uint16),
        align=np.array(columns[3], np.uint32),
    )


def valid(rows):
    """The rows without those that a heap must refuse."""
    live, kept = set(), []
    for row in rows:
        name, number = row[:2]
        if name == "reset":
            live.clear()
        elif (name == "alloc") == (number in live) and name != "root":
            continue
        elif name == "alloc":
            live.add(number)
        elif name == "free":
            live.discard(number)
        kept.append(row)
    return kept


def statistics_of(plain):
    return (len(plain.live), plain.requested, plain.used, plain.peak, plain.reserved)


def figures(heap, state):
    one = heap.statistics(state)
    return (one.blocks, one.requested, one.used, one.peak_used, one.reserved)


@given(ROWS.map(valid), st.lists(st.integers(0, 40), max_size=3), st.sampled_from(sorted(HEAPS)))
def test_addresses_and_statistics_equal_the_plain_heap(rows, cuts, name):
    heap, plain = make_heap(name), PLAIN[name](1 << 46)
    state = heap.start()
    edges = sorted({0, len(rows), *(cut for cut in cuts if cut < len(rows))})
    for start, stop in pairwise(edges):
        outcome = heap.run(events_of(rows[start:stop]), state)
        state = outcome.state
        expected = [plain.do(*row) for row in rows[start:stop]]
        assert outcome.address.tolist() == expected
        assert figures(heap, state) == statistics_of(plain)


@given(ROWS.map(valid), st.sampled_from(sorted(HEAPS)))
def test_live_blocks_are_aligned_and_never_overlap(rows, name):
    heap = make_heap(name)
    addresses = heap.run(events_of(rows), heap.start()).address.tolist()
    live = {}
    for (operation, number, size, align, _), address in zip(rows, addresses, strict=True):
        if operation in ("alloc", "realloc"):
            assert address % align == 0
            live.pop(number, None)
            for other, bytes_ in live.values():
                assert address + max(size, 1) <= other or other + max(bytes_, 1) <= address
            live[number] = address, size
        elif operation == "free":
            del live[number]
        elif operation == "reset":
            live.clear()


@given(ROWS, st.sampled_from(sorted(HEAPS)), st.sampled_from([1 << 46, 1 << 18]))
def test_a_refused_event_is_named_and_leaves_the_heap_as_it_was(rows, name, arena):
    """Each chunk of four rows is done as a whole or not at all."""
    heap, plain = make_heap(name, arena=arena), PLAIN[name](arena)
    state, done = heap.start(), []
    for start in range(0, len(rows), 4):
        chunk = rows[start : start + 4]
        trial = PLAIN[name](arena)
        for row in done:
            trial.do(*row)
        expected, fault = [], None
        largest = min(arena, 1 << 46)
        for at, row in enumerate(chunk):
            try:
                if row[0] in ("alloc", "realloc") and row[2] > largest:
                    raise FaultError
                expected.append(trial.do(*row))
            except FaultError:
                fault = at
                break
        before = figures(heap, state)
        if fault is None:
            outcome = heap.run(events_of(chunk), state)
            state = outcome.state
            assert outcome.address.tolist() == expected
            done += chunk
            plain = trial
        else:
            with pytest.raises(HeapError) as caught:
                heap.run(events_of(chunk), state)
            assert f"event {len(done) + fault}:" in str(caught.value)
            assert figures(heap, state) == before
    assert figures(heap, state) == statistics_of(plain)


def test_classes_waste_a_fifth_at_most_beyond_the_linear_ones():
    heap = make_heap("size-class")
    for size in [*range(129, 5000), 10**6, 10**9 + 1]:
        events = events_of([("alloc", 0, size, 16, 0)])
        used = heap.statistics(heap.run(events, heap.start()).state).used
        assert size <= used < size * 1.25
