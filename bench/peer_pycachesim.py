"""Run by the interpreter that has pycachesim: replays loads, prints counts and seconds as JSON.

    python -I peer_pycachesim.py ADDRESSES.json SETS WAYS LINE

A script of its own, for pycachesim installs a package that is also named ``cachesim``.
"""

import json
import sys
import time
from pathlib import Path

from cachesim import Cache, CacheSimulator, MainMemory


def run(addresses, sets, ways, line):
    memory = MainMemory()
    level = Cache("L1", sets, ways, line, "LRU")
    memory.load_to(level)
    memory.store_from(level)
    simulator = CacheSimulator(level, memory)
    begun = time.perf_counter()
    simulator.load(addresses, length=1)  # the loop over the list is pycachesim's own, in C
    seconds = time.perf_counter() - begun
    stats = level.stats()
    return {"hits": stats["HIT_count"], "misses": stats["MISS_count"], "seconds": seconds}


if __name__ == "__main__":
    loads = json.loads(Path(sys.argv[1]).read_text())
    geometry = [int(text) for text in sys.argv[2:5]]
    runs = [run(loads, *geometry) for _ in range(25)]  # as many as ours
    print(json.dumps(min(runs, key=lambda found: found["seconds"])))
