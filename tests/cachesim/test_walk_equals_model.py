"""Caches that act on one another: the compiled walk counts what the plain model counts."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cachesim.stages
from cachesim import CacheError, CacheSpec, Machine, Replay, Trace
from cachesim.kernels import plan as p
from tests.cachesim.cache_models import make_trace, truth
from tests.cachesim.cache_models import replayed as replayed_as_stream
from tests.cachesim.test_replay_equals_model import ROWS, RUNS, hierarchies
from tests.oracles.hierarchy import COUNTS, Hierarchy

SETS = (1, 2, 3, 4, 8)


@st.composite
def machines(draw):
    """One to three levels with every rule that the specs allow, and the rules of a convention."""
    first = draw(st.sampled_from([("L1",), ("L1i", "L1d"), ("L1d",)]))
    deep = draw(st.integers(0, 2))
    private = draw(st.integers(0, 3))
    once = draw(st.booleans()) and draw(st.booleans())
    line = draw(st.sampled_from((4, 8, 16)))
    names = [(0, name) for name in first] + [(d, f"L{d + 1}") for d in range(1, deep + 1)]
    levels: list[dict] = []
    above: dict = {}
    for depth, name in names:
        level = {
            "name": name, "line": line * draw(st.sampled_from((1, 1, 2))),
            "ways": draw(st.sampled_from((1, 2, 3, 4, 9))), "private": depth < private,
            "index": draw(st.sampled_from(("bits", "modulo", "xor", "hash"))),
        }  # fmt: skip
        pure = level["index"] in ("bits", "xor")
        level["sets"] = draw(st.sampled_from([s for s in SETS if not pure or s & (s - 1) == 0]))
        if not once:
            level["write"] = draw(st.sampled_from(("back", "back", "through")))
            level["write_allocate"] = draw(st.sampled_from((True, True, False)))
            if depth:
                level["inclusion"] = draw(st.sampled_from(("none", "inclusive", "exclusive")))
            if draw(st.booleans()) and level.get("inclusion") != "exclusive":
                level["sector"] = max(4, level["line"] // draw(st.sampled_from((1, 2, 4))))
        # Two first levels may differ; below both the longest line of either.
        level["line"] = max(level["line"], above.get("line", 0)) if depth else level["line"]
        if level.get("inclusion") == "exclusive":
            uppers = [up for d, up in zip([d for d, _ in names], levels, strict=False)
                      if d == depth - 1]  # fmt: skip
            same = all(up["line"] == uppers[0]["line"] for up in uppers)
            plain = all(up["write"] == "back" and not up.get("sector") for up in uppers)
            if same and plain:
                level["line"] = uppers[0]["line"]
            else:
                level["inclusion"] = "none"
        if level.get("sector"):
            level["sector"] = min(level["sector"], level["line"])
        levels.append(level)
        above = {"line": max(level["line"], above.get("line", 0))}
    rules = {
        "straddle": "once" if once else "split",
        "writebacks": draw(st.sampled_from(("touch", "quiet", "none"))),
        "cold_tags": draw(st.sampled_from(("empty", "empty", "zero"))),
        "cap_data": draw(st.booleans()),
    }
    if any(level.get("inclusion", "none") != "none" for level in levels):
        rules["cold_tags"] = "empty"  # several copies of line 0 in a set have no meaning there
    return levels, rules


def make_machine(levels, rules):
    return Machine(name="small", caches=[CacheSpec(**level) for level in levels], **rules)


def replayed(levels, rules, rows, *, tags=True, cuts=()):
    run = Replay(make_machine(levels, rules))
    trace = make_trace(rows, tags=tags)
    edges = [0, *sorted(min(c, len(rows)) for c in cuts), len(rows)]
    for start, stop in pairwise(edges):
        run.feed(trace[start:stop])
    return run.result()


def modelled(levels, rules, rows, *, tags=True):
    model = Hierarchy(levels, rules)
    for address, size, kind, thread, tag in rows:
        model.access(address, size, kind, thread, tag if tags else None)
    return model


def assert_same(result, model):
    for level, counts in zip(result.levels, model.counts, strict=True):
        assert {name: getattr(level, name) for name in COUNTS} == counts, level.name
    assert result.accesses == model.accesses
    assert result.memory_accesses == model.memory_accesses
    assert result.memory_writebacks == model.memory_writebacks
    if model.tags:
        tags = sorted(model.tags)
        assert result.tags.tag.tolist() == tags
        for column, tag in enumerate(tags):
            assert result.tags.accesses[column] == model.tags[tag]["accesses"]
            for level in range(len(result.levels)):
                for name in ("reads", "writes", "misses"):
                    found = getattr(result.tags, name)[level, column]
                    assert found == model.tags[tag].get((level, name), 0), (tag, level, name)


@settings(max_examples=500)
@given(
    machine=machines(), rows=st.one_of(ROWS, RUNS), tags=st.booleans(),
    cuts=st.lists(st.integers(0, 120), max_size=3),
)  # fmt: skip
def test_a_walk_counts_what_the_model_counts(machine, rows, tags, cuts):
    result = replayed(*machine, rows, tags=tags, cuts=cuts)
    assert_same(result, modelled(*machine, rows, tags=tags))


@settings(max_examples=100)
@given(levels=hierarchies(), rows=st.one_of(ROWS, RUNS))
def test_a_walk_counts_what_the_stream_counts_where_both_can(levels, rows):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cachesim.stages, "_walks", lambda _machine: True)
        walked = replayed_as_stream(levels, rows)
    streamed = replayed_as_stream(levels, rows)
    for one, other in zip(walked.levels, streamed.levels, strict=True):
        assert one == other
    assert walked.memory_accesses == streamed.memory_accesses
    assert walked.memory_writebacks == streamed.memory_writebacks
    if walked.tags is not None:
        assert walked.tags.misses.tolist() == streamed.tags.misses.tolist()
        assert walked.tags.accesses.tolist() == streamed.tags.accesses.tolist()
    truth(levels, rows)


def lines_in(run, level, thread=0):
    """The lines that a cache of a running replay holds, from its store."""
    plan, spec = run._layout.plan, run._machine.caches[level]
    start = plan[level, p.BASE] + thread * plan[level, p.INSTANCE]
    rows = run._store[start : start + spec.sets * plan[level, p.ROW]].reshape(spec.sets, -1)
    words = rows[:, : spec.ways].ravel()
    return [int(word >> 1) for word in words if word != p.EMPTY]


SMALL = st.lists(
    st.tuples(st.integers(0, 400), st.just(1), st.sampled_from([0, 1, 3]), st.just(0), st.just(0)),
    max_size=120,
)


@settings(max_examples=150)
@given(rows=SMALL, ways=st.tuples(*[st.integers(1, 4)] * 3), sets=st.sampled_from((1, 2, 4)))
def test_an_inclusive_cache_holds_what_is_above_it(rows, ways, sets):
    caches = [
        CacheSpec(name="L1d", sets=sets, ways=ways[0], line=8),
        CacheSpec(name="L2", sets=sets, ways=ways[1], line=8),
        CacheSpec(name="L3", sets=sets, ways=ways[2], line=16, inclusion="inclusive"),
    ]
    run = Replay(Machine(name="m", caches=caches))
    for row in rows:
        run.feed(make_trace([row]))
        below = set(lines_in(run, 2))
        assert {line // 2 for level in (0, 1) for line in lines_in(run, level)} <= below


@settings(max_examples=150)
@given(rows=SMALL, ways=st.tuples(*[st.integers(1, 4)] * 3), sets=st.sampled_from((1, 2, 4)))
def test_exclusive_caches_never_hold_a_line_twice(rows, ways, sets):
    caches = [CacheSpec(name="L1d", sets=sets, ways=ways[0], line=8)] + [
        CacheSpec(name=name, sets=sets, ways=way, line=8, inclusion="exclusive")
        for name, way in zip(("L2", "L3"), ways[1:], strict=True)
    ]
    run = Replay(Machine(name="m", caches=caches))
    for row in rows:
        run.feed(make_trace([row]))
        held = [line for level in range(3) for line in lines_in(run, level)]
        assert len(held) == len(set(held))


def test_a_victim_cache_catches_the_conflicts_of_a_direct_mapped_one():
    # Jouppi, ISCA 1990: two lines that alternate in one set miss always without it, twice with it.
    lines = np.array([0, 64] * 50, np.uint64) * np.uint64(64)
    l1 = CacheSpec(name="L1d", sets=64, ways=1)
    victim = CacheSpec(name="VC", sets=1, ways=4, inclusion="exclusive")
    alone = Machine(name="alone", caches=[l1])
    both = Machine(name="both", caches=[l1, victim])
    assert cachesim.replay(Trace(lines), alone).memory_accesses == 100
    assert cachesim.replay(Trace(lines), both).memory_accesses == 2


L1 = {"name": "L1", "sets": 4, "ways": 2}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"write": "sideways"}, "write = 'sideways', but must be one of back, through"),
        ({"inclusion": "some"}, "inclusion = 'some', but must be one of none, inclusive, exclus"),
        ({"sector": 48}, "sector = 48, but must be a power of two from 4 to the line's 64"),
        ({"sector": 128}, "from 4 to the line's 64"),
        ({"line": 1024, "sector": 4}, "256 sectors a line, but at most 62"),
        ({"index": "xor", "sets": 3}, "sets = 3, but must be a power of two"),
        ({"sector": 8, "inclusion": "exclusive"}, "exclude each other"),
    ],
)
def test_a_rule_that_cannot_be_gets_one_line(changes, message):
    with pytest.raises(CacheError) as raised:
        CacheSpec(**{**L1, **changes})
    assert message in str(raised.value)


@pytest.mark.parametrize(
    ("caches", "rules", "message"),
    [
        ([{"inclusion": "inclusive"}], {}, "but nothing is above L1; drop it"),
        ([{}, {"line": 128, "inclusion": "exclusive"}], {}, "must have the 64 of L1 above it"),
        ([{"write": "through"}, {"inclusion": "exclusive"}], {}, "L1 above it writes through"),
        ([{"sector": 16}, {"inclusion": "exclusive"}], {}, "L1 above it has sectors"),
        ([{}, {"inclusion": "inclusive"}], {"straddle": "once"}, 'straddle = "once" goes with'),
        ([{}], {"straddle": "twice"}, "straddle = 'twice', but must be one of split, once"),
        ([{}], {"writebacks": "no"}, "writebacks = 'no', but must be one of"),
        ([{}], {"cold_tags": "no"}, "cold_tags = 'no', but must be one of"),
    ],
)
def test_levels_that_do_not_fit_get_one_line(caches, rules, message):
    specs = [CacheSpec(**{**L1, "name": f"L{n}", **c}) for n, c in enumerate(caches, 1)]
    with pytest.raises(CacheError) as raised:
        Machine(name="m", caches=specs, **rules)
    assert message in str(raised.value)


def test_an_unknown_convention_is_answered_with_the_known_ones():
    machine = Machine(name="m", caches=[CacheSpec(**L1)])
    with pytest.raises(CacheError, match="take one of hardware, dinero, cachegrind"):
        machine.under("valgrind")
    assert machine.under("cachegrind").under("hardware") == machine
