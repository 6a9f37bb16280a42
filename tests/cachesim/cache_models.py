"""Running the same accesses through the room and through the plain model."""

from itertools import pairwise

import numpy as np

from cachesim import CacheSpec, Machine, Replay, Trace
from tests.oracles.cache import COUNTS, access, empty_model

COLUMNS = ("address", "size", "kind", "thread", "tag")


def make_machine(levels):
    """A machine of the model's level dicts."""
    specs = [
        CacheSpec(
            name=level["name"],
            sets=level["sets"],
            ways=level["ways"],
            line=level["line"],
            private=level["private"],
            index="bits" if level["sets"] & (level["sets"] - 1) == 0 else "modulo",
            replacement="toy-fifo" if level.get("fifo") else "lru",
        )
        for level in levels
    ]
    return Machine(name="small", caches=specs)


def make_trace(rows, *, tags=True):
    columns = list(zip(*rows, strict=True)) if rows else [[]] * 5
    if not tags:
        columns = columns[:4]
    return Trace(**{n: list(c) for n, c in zip(COLUMNS, columns, strict=False)})


def truth(levels, rows, *, tags=True):
    """What the plain model counts."""
    model = empty_model(levels)
    for address, size, kind, thread, tag in rows:
        access(model, address, size, kind, thread, tag if tags else None)
    return model


def replayed(levels, rows, *, tags=True, cuts=()):
    """What the room counts, fed in the pieces that the cuts make."""
    run = Replay(make_machine(levels))
    trace = make_trace(rows, tags=tags)
    edges = [0, *sorted(min(c, len(rows)) for c in cuts), len(rows)]
    for start, stop in pairwise(edges):
        run.feed(trace[start:stop])
    return run.result()


def assert_same(result, model):
    for level, counts in zip(result.levels, model["counts"], strict=True):
        assert {name: getattr(level, name) for name in COUNTS} == counts, level.name
    assert result.accesses == model["accesses"]
    assert result.memory_accesses == model["memory_accesses"]
    assert result.memory_writebacks == model["memory_writebacks"]
    if model["tags"]:
        tags = sorted(model["tags"])
        assert result.tags.tag.tolist() == tags
        assert result.tags.tag.dtype == np.int32
        for column, tag in enumerate(tags):
            counts = model["tags"][tag]
            assert result.tags.accesses[column] == counts["accesses"]
            for level in range(len(result.levels)):
                for name in ("reads", "writes", "misses"):
                    found = getattr(result.tags, name)[level, column]
                    assert found == counts.get((level, name), 0), (tag, level, name)
