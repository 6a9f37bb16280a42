"""The protocol: scalar calls, options, columns, and what is refused in words."""

import subprocess
import sys

import numpy as np
import pytest

from allocator import HEAPS, HeapError, HeapEvents, HeapOperation, make_heap


def events(*rows, **more):
    operation, number, size = zip(*rows, strict=True)
    return HeapEvents(
        operation=np.array(operation, np.uint8),
        object=np.array(number, np.int64),
        size=np.array(size, np.uint64),
        thread=np.zeros(len(rows), np.uint16),
        **more,
    )


ALLOC, FREE, REALLOC = HeapOperation.ALLOC, HeapOperation.FREE, HeapOperation.REALLOC


@pytest.mark.parametrize("name", HEAPS)
@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([(ALLOC, 0, 8), (ALLOC, 0, 8)], ["event 1", "object 0", "allocated twice"]),
        ([(FREE, 3, 0)], ["event 0", "object 3", "never allocated"]),
        ([(REALLOC, 3, 8)], ["event 0", "never allocated"]),
        ([(ALLOC, 0, 8), (FREE, 0, 0), (FREE, 0, 0)], ["event 2", "object 0", "freed already"]),
        ([(ALLOC, 0, 1 << 60)], ["event 0", "address space"]),
        ([(ALLOC, -1, 8)], ["event 0", "object -1", "densely"]),
        ([(ALLOC, 0, 8), (ALLOC, 1 << 60, 8)], ["event 1", "densely"]),
        ([(11, 0, 8)], ["event 0", "unknown operation 11"]),
    ],
)
def test_a_faulty_event_is_refused_in_one_line(name, rows, words):
    heap = make_heap(name)
    with pytest.raises(HeapError) as caught:
        heap.run(events(*rows), heap.start())
    message = str(caught.value)
    assert message.startswith(f"{name} heap: ")
    assert "\n" not in message
    for word in words:
        assert word in message


@pytest.mark.parametrize("name", HEAPS)
@pytest.mark.parametrize("align", [0, 3, 48, 1 << 31])
def test_an_alignment_that_is_no_power_of_two_is_refused(name, align):
    heap = make_heap(name)
    with pytest.raises(HeapError, match="event 0: object 0 asks for an alignment"):
        heap.run(events((ALLOC, 0, 8), align=np.array([align], np.uint32)), heap.start())


@pytest.mark.parametrize("name", HEAPS)
def test_a_full_arena_is_an_error_and_no_hang(name):
    heap = make_heap(name, arena=1 << 20)
    rows = [(ALLOC, number, 4096) for number in range(300)]
    with pytest.raises(HeapError, match=r"event 2[45]\d: the address space .* is used up"):
        heap.run(events(*rows), heap.start())
    heap.run(events(*rows[:200]), heap.start())


@pytest.mark.parametrize("name", HEAPS)
def test_scalar_calls_go_through_the_same_heap(name):
    heap = make_heap(name)
    one, other = heap.malloc(100), heap.malloc(200, align=256)
    assert other % 256 == 0
    grown = heap.realloc(one, 5000)
    assert grown != one
    heap.free(other)
    heap.free(grown)
    for gone in (one, other, 12345):
        with pytest.raises(HeapError, match="no live block is at"):
            heap.free(gone)
    with pytest.raises(HeapError, match="size = -1"):
        heap.malloc(-1)
    with pytest.raises(HeapError, match="thread = 65536"):
        heap.malloc(1, thread=1 << 16)


def test_a_freed_block_is_the_first_to_be_used_again_by_its_size_and_thread():
    heap = make_heap("size-class")
    one, other = heap.malloc(100), heap.malloc(100)
    heap.free(one)
    heap.free(other, thread=1)
    assert heap.malloc(100) == one
    assert heap.malloc(97, thread=1) == other
    assert heap.malloc(400, thread=1) not in (one, other)


def test_threads_of_the_size_class_heap_do_not_share_a_page():
    heap = make_heap("size-class")
    pages = [{heap.malloc(64, thread=thread) >> 12 for _ in range(50)} for thread in (0, 1)]
    assert not pages[0] & pages[1]
    shared = make_heap("bump")
    assert {shared.malloc(64, thread=thread) >> 12 for thread in (0, 1)} == {(1 << 40) >> 12}


def test_a_bump_heap_is_dense():
    heap = make_heap("bump")
    addresses = [heap.malloc(40) for _ in range(10)]
    assert np.diff(addresses).tolist() == [48] * 9


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"spam": 1}, ["unknown option 'spam'", "arena"]),
        ({"arena": 100}, ["arena = 100", "4096"]),
        ({"arena": 4097}, ["multiple of 4096"]),
        ({"arena": "big"}, ["arena = 'big'"]),
        ({"arena": True}, ["arena = True"]),
        ({"arena": 1 << 60}, ["arena ="]),
    ],
)
@pytest.mark.parametrize("name", HEAPS)
def test_options_are_checked(name, options, words):
    with pytest.raises(HeapError) as caught:
        make_heap(name, **options)
    for word in [name, *words]:
        assert word in str(caught.value)


def test_an_unknown_heap_is_refused_with_the_nearest():
    with pytest.raises(HeapError, match="no heap 'size_class'; did you mean 'size-class'"):
        make_heap("size_class")


def test_the_span_decides_how_many_blocks_lie_together():
    heap = make_heap("size-class", span=4096)
    small = [heap.malloc(1024) for _ in range(5)]
    heap.malloc(64)
    assert small[3] - small[0] == 3 * 1024
    assert heap.statistics(heap._state).reserved == 3 * 4096


def test_columns_of_a_wrong_type_or_length_are_refused():
    with pytest.raises(HeapError, match="column size has the type int64"):
        HeapEvents(
            operation=np.zeros(1, np.uint8),
            object=np.zeros(1, np.int64),
            size=np.zeros(1, np.int64),
            thread=np.zeros(1, np.uint16),
        )
    with pytest.raises(HeapError, match="column align has the shape"):
        events((ALLOC, 0, 8), align=np.full(2, 16, np.uint32))


def test_operations_of_a_collector_are_passed_over():
    heap = make_heap("size-class")
    plain = heap.run(events((ALLOC, 0, 8), (ALLOC, 1, 8)), heap.start()).address
    mixed = heap.run(
        events((ALLOC, 0, 8), (HeapOperation.ROOT, 0, 0), (HeapOperation.COLLECT, -1, 0),
               (HeapOperation.SET_GOGC, -1, 0), (ALLOC, 1, 8)),
        heap.start(),
    )  # fmt: skip
    assert mixed.address[[0, 4]].tolist() == plain.tolist()
    assert mixed.address[1:4].tolist() == [0, 0, 0]


def test_the_room_is_imported_without_numba():
    code = (
        "import allocator, sys; allocator.HEAPS, allocator.HeapError; print('numba' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


CASE = """
import numpy as np
from allocator import HeapEvents, make_heap
rng = np.random.default_rng(3)
n = 400
events = HeapEvents(
    operation=np.concatenate([np.zeros(n), np.ones(n // 2), np.zeros(n // 2), np.full(n // 4, 2)])
    .astype(np.uint8),
    object=np.concatenate([np.arange(n), np.arange(n // 2), np.arange(n // 2), np.arange(n // 4)]),
    size=rng.integers(0, 9000, 9 * n // 4).astype(np.uint64),
    thread=rng.integers(0, 5, 9 * n // 4).astype(np.uint16),
)
for name in ("bump", "size-class"):
    heap = make_heap(name)
    outcome = heap.run(events, heap.start())
    print(outcome.address.tolist(), heap.statistics(outcome.state))
"""


def test_plain_python_and_bounds_checked_loops_say_the_same(tmp_path):
    def run(**more):
        import os

        environment = {**os.environ, **more}
        done = subprocess.run(
            [sys.executable, "-c", CASE], capture_output=True, text=True, check=True,
            env=environment,
        )  # fmt: skip
        return done.stdout

    compiled = run()
    assert compiled.count("HeapStatistics") == 2
    assert run(NUMBA_DISABLE_JIT="1") == compiled
    # A cache of its own: a warm one would load the unchecked binary.
    assert run(NUMBA_BOUNDSCHECK="1", NUMBA_CACHE_DIR=str(tmp_path)) == compiled


def test_a_block_that_is_half_used_stays_when_it_shrinks():
    heap = make_heap("size-class")
    block = heap.malloc(1024)
    assert heap.realloc(block, 512) == block
    assert heap.realloc(block, 511) != block


def test_a_span_begins_where_all_its_blocks_are_aligned():
    heap = make_heap("size-class")
    heap.malloc(20000)  # three blocks of 20 KiB leave the arena 4 KiB off the next 64 KiB
    assert heap.malloc(10, align=1 << 16) % (1 << 16) == 0
