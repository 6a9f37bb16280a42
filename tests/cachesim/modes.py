"""Every compiled loop of the room against plain models, in the mode that the environment sets.

    python -m tests.cachesim.modes ROUNDS

Prints the modes that Numba is in. For tests that run it with the JIT off, or with bounds checks.
"""

import random
import sys

import numba
import numpy as np

from cachesim import CacheError, Trace, replay
from cachesim.formats import din, lackey
from tests.cachesim.cache_models import assert_same, make_machine, replayed, truth
from tests.cachesim.test_text_formats import Pieces
from tests.cachesim.test_walk_equals_model import assert_same as assert_walked
from tests.cachesim.test_walk_equals_model import modelled
from tests.cachesim.test_walk_equals_model import replayed as walked
from tests.cachesim.trace_files import plain_din, plain_lackey, rows_of


def some_levels(choose):
    """A random hierarchy of one to three levels; one set and one way are among them."""
    names = choose.choice([["L1d"], ["L1i", "L1d", "L2"], ["L1", "L2"], ["L1d", "L2", "L3"]])
    private = choose.random() < 0.5
    return [
        {
            "name": name,
            "sets": choose.choice([1, 2, 3, 4]),
            "ways": choose.choice([1, 2, 3, 8, 9]),
            "line": 8 if name.startswith("L1") else 16,
            "private": private and name.startswith("L1"),
        }
        for name in names
    ]


def some_rows(choose, count):
    """Random accesses: mostly small, some over many lines, some at the end of memory."""
    rows = []
    for _ in range(count):
        address = choose.choice([choose.randrange(300), choose.randrange(300), 2**64 - 64])
        size = choose.choice([1, 2, 4, 8, 60])
        thread = choose.choice([0, 0, 1, 9])
        rows.append((address, size, choose.randrange(5), thread, choose.choice([0, 1, -7])))
    return rows


def check_replay(choose):
    levels, rows = some_levels(choose), some_rows(choose, choose.choice([0, 1, 100]))
    cuts = [choose.randrange(101) for _ in range(3)]
    for tags in (True, False):
        assert_same(replayed(levels, rows, tags=tags, cuts=cuts), truth(levels, rows, tags=tags))
    # Columns of one value take a path of their own.
    addresses = np.array([row[0] for row in rows], np.uint64)
    plain = [(address, 1, 0, 0, 0) for address, *_ in rows]
    result = replay(Trace(addresses), make_machine(levels))
    assert_same(result, truth(levels, plain, tags=False))


def check_walk(choose):
    """Caches that act on one another, two rules of each kind at a time."""
    levels, rows = some_levels(choose), some_rows(choose, choose.choice([0, 1, 100]))
    for number, level in enumerate(levels):
        level["inclusion"] = choose.choice(["none", "inclusive"]) if number > 1 else "none"
        level["write"] = choose.choice(["back", "through"])
        level["write_allocate"] = choose.random() < 0.7
        level["sector"] = choose.choice([None, 8])
        level["index"] = choose.choice(["modulo", "hash"])
    rules = {"writebacks": choose.choice(["touch", "quiet"]), "cap_data": choose.random() < 0.5}
    found = walked(levels, rules, rows, cuts=[choose.randrange(101)])
    assert_walked(found, modelled(levels, rules, rows))


def check_parsers(choose):
    """Whole texts, and texts cut anywhere: no read beyond the end."""
    rows = range(choose.choice([1, 5]))
    texts = {
        lackey: "".join(
            f" L {choose.randrange(2**40):x},{choose.randrange(1, 99)}\n" for _ in rows
        ),
        din: "".join(f"1 0x{choose.randrange(2**40):x} c\n" for _ in rows),
    }
    for module, plain in ((lackey, plain_lackey), (din, plain_din)):
        text = texts[module]
        assert rows_of(module.read(Pieces(text, [len(text) // 2]))) == plain(text)
        for end in range(1, len(text)):
            try:
                rows_of(module.read(Pieces(text[:end])))
            except CacheError:
                continue
            assert text[end - 1] == "\n"


def main(rounds):
    choose = random.Random(1)
    for _ in range(rounds):
        check_replay(choose)
        check_walk(choose)
    for _ in range(5):
        check_parsers(choose)
    jit = "off" if numba.config.DISABLE_JIT else "on"
    checks = "on" if numba.config.BOUNDSCHECK else "off"
    print(f"jit {jit}, checks {checks}")


if __name__ == "__main__":
    main(int(sys.argv[1]))
