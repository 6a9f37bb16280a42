"""Every replacement policy against a plain model, and against the examples of their papers."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cachesim import CacheError, CacheSpec, Machine, Trace, replay
from cachesim.policies import POLICIES, find_policy
from tests.oracles.policies import PLAIN, Cache

SINGLE = sorted(set(PLAIN) - {"lru"})
LETTERS = [
    f"QLRU_{h}_{m}_{r}_{u}{umo}"
    for h in ("H00", "H10", "H11", "H20", "H21")
    for m in ("M0", "M1", "M2", "M3", "MR32", "MR10")
    for r, u in (("R0", "U0"), ("R0", "U1"), ("R1", "U0"), ("R1", "U1"), ("R1", "U2"),
                 ("R1", "U3"), ("R2", "U0"), ("R2", "U1"))
    for umo in ("", "_UMO")
]  # fmt: skip
# Each letter of the names at least thrice; a loop is compiled for each.
VARIANTS = sorted({*LETTERS[::41], "QLRU_H11_M1_R0_U0", "QLRU_H00_M1_R2_U1", "QLRU_H11_M1_R1_U2",
                   "QLRU_H00_M1_R0_U1", "QLRU_H21_M2_R0_U0_UMO"})  # fmt: skip


def spec(name, sets, ways, line=64, seed=1):
    index = "bits" if sets & (sets - 1) == 0 else "modulo"
    return CacheSpec(
        name="L1", sets=sets, ways=ways, line=line, replacement=name, index=index, seed=seed
    )


def misses(name, sets, ways, lines, seed=1):
    """What the compiled replay counts."""
    machine = Machine(name="m", caches=[spec(name, sets, ways, seed=seed)])
    address = np.array(lines, np.uint64) * np.uint64(64)
    return replay(Trace(address), machine).memory_accesses


def plain_misses(name, sets, ways, lines, seed=1):
    cache = Cache(name, sets, ways, seed)
    return sum(not cache.access(line) for line in lines)


def fitting_ways(name):
    return (4, 8, 12) if name == "LRU3PLRU4" else (1, 2, 4, 8, 16)


LINES = st.one_of(
    st.lists(st.integers(0, 12), max_size=150),
    st.lists(st.integers(0, 300), max_size=150),
    # Loops with a little noise: where the policies differ most.
    st.tuples(st.integers(2, 40), st.lists(st.integers(0, 90), min_size=1, max_size=6)).map(
        lambda p: [line for i in range(4) for line in [*range(p[0]), *p[1][: i + 1]]]
    ),
)


@pytest.mark.parametrize("name", SINGLE)
@settings(max_examples=120)
@given(data=st.data(), lines=LINES, seed=st.integers(1, 2**31 - 2))
def test_a_policy_misses_where_its_plain_model_does(name, data, lines, seed):
    ways = data.draw(st.sampled_from(fitting_ways(name)))
    sets = data.draw(st.sampled_from((1, 2, 3, 8)))
    for until in (len(lines) // 2, len(lines)):
        expected = plain_misses(name, sets, ways, lines[:until], seed)
        assert misses(name, sets, ways, lines[:until], seed) == expected


@pytest.mark.parametrize("name", VARIANTS)
@settings(max_examples=50)
@given(ways=st.sampled_from((1, 2, 4, 8, 12)), lines=LINES, seed=st.integers(1, 2**31 - 2))
def test_a_qlru_variant_misses_where_its_published_definition_does(name, ways, lines, seed):
    assert misses(name, 2, ways, lines, seed) == plain_misses(name, 2, ways, lines, seed)


@pytest.mark.parametrize("name", ["drrip", "brrip", "random", "ship-mem"])
def test_what_a_whole_cache_shares_is_shared_by_its_many_sets(name):
    pick = np.random.default_rng(5)
    loop = np.tile(np.arange(128 * 9), 6)
    lines = np.concatenate([loop, pick.integers(0, 5000, 20000), loop]).tolist()
    for sets in (64, 128, 96):
        assert misses(name, sets, 4, lines) == plain_misses(name, sets, 4, lines)


# Jaleel and others, ISCA 2010, figure 3: a mixed access pattern in a set of four ways. SRRIP keeps
# the lines that were used again through the scan of the b; LRU and NRU lose them.
FIGURE_3 = ["a1", "a2", "a2", "a1", "b1", "b2", "b3", "b4", "a1", "a2"]


@pytest.mark.parametrize(("name", "count"), [("lru", 8), ("nru", 8), ("srrip", 6)])
def test_the_mixed_pattern_of_the_rrip_paper(name, count):
    numbers = {line: n for n, line in enumerate(sorted(set(FIGURE_3)))}
    assert misses(name, 1, 4, [numbers[line] for line in FIGURE_3]) == count


# A loop over one line more than the cache holds: LRU and FIFO never hit (Qureshi and others, ISCA
# 2007, section 2), bimodal insertion keeps most of it.
def test_a_cyclic_pattern_defeats_recency_and_not_bimodal_insertion():
    loop = list(range(17)) * 60
    assert misses("lru", 1, 16, loop) == misses("fifo", 1, 16, loop) == len(loop)
    assert misses("srrip", 1, 16, loop) == len(loop)
    assert misses("brrip", 1, 16, loop) < len(loop) / 4


def test_set_dueling_ends_near_the_better_side():
    loop = np.tile(np.arange(256 * 20), 30).tolist()
    static, bimodal, dynamic = (misses(n, 256, 16, loop) for n in ("srrip", "brrip", "drrip"))
    assert bimodal < static / 1.2
    # The leaders of the worse side cost what they cost: 32 of 256 sets.
    assert dynamic < bimodal + (static - bimodal) * 0.25


def test_the_tree_of_four_ways_gives_up_the_way_that_its_nodes_point_to():
    # Fills 0 1 2 3, a use of 0: the root points to the upper half, whose last use was way 3.
    assert misses("plru", 1, 4, [0, 1, 2, 3, 0, 4]) == 5
    assert misses("plru", 1, 4, [0, 1, 2, 3, 0, 4, 3]) == 5
    assert misses("plru", 1, 4, [0, 1, 2, 3, 0, 4, 2]) == 6


@pytest.mark.parametrize("name", ["random", "brrip"])
def test_a_seed_decides_and_other_seeds_differ(name):
    lines = np.random.default_rng(1).integers(0, 40, 3000).tolist()
    counts = {seed: misses(name, 2, 8, lines, seed) for seed in range(1, 9)}
    assert counts == {seed: misses(name, 2, 8, lines, seed) for seed in range(1, 9)}
    assert len(set(counts.values())) > 1


def test_private_instances_draw_from_streams_of_their_own():
    lines = np.random.default_rng(1).integers(0, 12, 2000)
    cache = CacheSpec(name="L1", sets=1, ways=8, replacement="random", private=True, seed=7)
    for thread, seed in ((0, 7), (1, 8)):
        # The first thread to appear gets the cache's seed, the second the next one.
        order = [0, 1] if thread else [0]
        address = np.concatenate([np.zeros(0, np.int64), *([lines] * len(order))]) * 64
        threads = np.repeat(np.array(order, np.uint16), len(lines))
        both = replay(
            Trace(address.astype(np.uint64), thread=threads), Machine(name="m", caches=[cache])
        )
        first = plain_misses("random", 1, 8, lines.tolist(), 7)
        if thread == 0:
            assert both.memory_accesses == first
        else:
            expected = first + plain_misses("random", 1, 8, lines.tolist(), seed)
            assert both.memory_accesses == expected


@pytest.mark.parametrize(
    ("name", "ways", "message"),
    [
        ("plru", 12, "ways = 12, but replacement 'plru' needs a power of two"),
        ("LRU3PLRU4", 6, "needs a multiple of four"),
        ("QLRU_H11_M1_R0_U2", 4, "replacement = 'QLRU_H11_M1_R0_U2', but must be one of lru, "),
        ("QLRU_Hxy_Mx_Rx_Ux", 4, "must be one of"),
        ("qlru", 4, "must be one of"),
    ],
)
def test_a_policy_that_cannot_be_gets_one_line(name, ways, message):
    with pytest.raises(CacheError) as raised:
        spec(name, 4, ways)
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("seed", [0, -1, 2**31 - 1])
def test_a_seed_out_of_range_gets_one_line(seed):
    with pytest.raises(CacheError, match=rf"^seed = {seed}, but must be 1 to 2147483646$"):
        spec("random", 4, 4, seed=seed)


def test_every_published_name_has_a_policy_of_that_name():
    named = [name for name, row in POLICIES.items() if not row.pattern]
    for name in itertools.chain(named, LETTERS):
        assert find_policy(name).name == name
