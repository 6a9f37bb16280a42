"""The average access time, against examples worked by hand."""

import pytest

from cachesim import CacheSpec, Machine, Trace, average_access_time, replay
from cachesim.latency import DEFAULT_LATENCY_CYCLES, DEFAULT_MEMORY_LATENCY_CYCLES

# Each spec is one set of two lines of 64 bytes.
SMALL = {"sets": 1, "ways": 2}


def time_of(trace, *caches, memory=None):
    machine = Machine(name="m", caches=caches, memory_latency_cycles=memory)
    return average_access_time(replay(trace, machine), machine)


def test_one_level_is_hit_rate_times_cache_plus_miss_rate_times_memory():
    # Lines 0 0 1 1 2 0: misses at 0, 1, 2 and again at 0, which 2 displaced: 2 hits, 4 misses.
    trace = Trace([0, 8, 64, 72, 128, 0])
    time = time_of(trace, CacheSpec(name="L1d", latency_cycles=4, **SMALL), memory=100)
    assert time.cycles == pytest.approx(2 / 6 * 4 + 4 / 6 * 100)
    assert (time.mark, time.assumed) == ("modelled", ())


def test_each_access_costs_the_level_that_serves_it():
    # L1 holds 2 lines, L2 4. Lines 0 1 2 from memory; 0 is served by L2; 0 by L1: 1, 1 and 3.
    trace = Trace([0, 64, 128, 0, 0])
    l1 = CacheSpec(name="L1d", latency_cycles=4, **SMALL)
    l2 = CacheSpec(name="L2", latency_cycles=14, sets=1, ways=4)
    assert time_of(trace, l1, l2, memory=100).cycles == pytest.approx((4 + 14 + 3 * 100) / 5)


def test_writes_cost_what_reads_do_and_fetches_nothing():
    trace = Trace([0, 0, 0, 4096], kind=[1, 0, 3, 2])
    l1i = CacheSpec(name="L1i", latency_cycles=1000, **SMALL)
    l1d = CacheSpec(name="L1d", latency_cycles=4, **SMALL)
    assert time_of(trace, l1i, l1d, memory=100).cycles == pytest.approx((100 + 4 + 4) / 3)


def test_an_access_over_two_lines_is_two_accesses():
    trace = Trace([60, 0], size=[8, 4])
    l1 = CacheSpec(name="L1d", latency_cycles=4, **SMALL)
    assert time_of(trace, l1, memory=100).cycles == pytest.approx((100 + 100 + 4) / 3)


def test_unknown_latencies_are_assumed_and_named():
    trace = Trace([0, 64, 128, 0, 0])
    l1, l2 = CacheSpec(name="L1d", **SMALL), CacheSpec(name="L2", sets=1, ways=4)
    time = time_of(trace, l1, l2)
    near, far, _ = DEFAULT_LATENCY_CYCLES
    assert time.cycles == pytest.approx((near + far + 3 * DEFAULT_MEMORY_LATENCY_CYCLES) / 5)
    assert time.assumed == ("L1d", "L2", "memory")


def test_without_data_accesses_the_time_is_unknown():
    l1i, l1d = CacheSpec(name="L1i", **SMALL), CacheSpec(name="L1d", **SMALL)
    fetches = Trace([0, 64], kind=[2, 2])
    for caches in ((l1i, l1d), (l1i,)):
        time = time_of(fetches, *caches)
        assert (time.cycles, time.mark) == (None, "unknown")
    assert time_of(Trace([]), l1d).cycles is None
