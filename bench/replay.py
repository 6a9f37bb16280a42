"""Accesses replayed per second through one cache: 32 KiB, 8 ways, 64-byte lines, LRU.

Beside it, as ratios that a faster machine leaves as they are: numpy.sum over the same addresses in
the same process, and pycachesim, which must count the same hits and misses.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.timing import best_seconds
from cachesim import CacheSpec, Machine, Trace, replay

ACCESSES = 20_000_000
PEER_ACCESSES = 1_000_000
PEER = "pycachesim==0.3.1"
LEVEL = CacheSpec(name="L1d", sets=64, ways=8)
MACHINE = Machine(name="32 KiB", caches=(LEVEL,))
FOLDER = Path(__file__).parent.parent / "build" / "peers"


def patterns(accesses: int) -> dict[str, NDArray[np.uint64]]:
    """The addresses of each benchmark."""
    random = np.random.default_rng(1)
    return {
        "random within 24 KiB": random.integers(0, 24 << 10, accesses, dtype=np.uint64),
        "sequential, 8 bytes": np.arange(accesses, dtype=np.uint64) * np.uint64(8),
        "random within 1 MiB": random.integers(0, 1 << 20, accesses, dtype=np.uint64),
    }


def main() -> None:
    """Print the table."""
    print(f"replay: {ACCESSES:,} reads in memory, 32 KiB, 8 ways, 64-byte lines, LRU")
    print(f"{'':24}{'M accesses/s':>14}{'x numpy.sum':>14}{'x pycachesim':>14}")
    peer = _find_peer()
    few = patterns(PEER_ACCESSES)
    for name, addresses in patterns(ACCESSES).items():
        trace = Trace(addresses)
        ours = best_seconds(lambda trace=trace: replay(trace, MACHINE)) / ACCESSES
        numpys = best_seconds(lambda addresses=addresses: np.sum(addresses)) / ACCESSES
        theirs = _ask_peer(peer, few[name]) if peer else None
        ratio = f"{theirs / ours:14.1f}" if theirs else f"{'-':>14}"
        print(f"{name:24}{1e-6 / ours:14.1f}{numpys / ours:14.3f}{ratio}")


def _find_peer() -> Path | None:
    """The interpreter that has pycachesim, made at need; None, said why, where it cannot be."""
    python = FOLDER / "bin" / "python"
    if not python.exists():
        venv.create(FOLDER, with_pip=True)
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", PEER]
    done = subprocess.run(install, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return python
    reason = (done.stderr.strip().splitlines() or ["pip failed"])[-1]
    print(f"  no comparison: {PEER} cannot be built: {reason}", file=sys.stderr)
    return None


def _ask_peer(python: Path, addresses: NDArray[np.uint64]) -> float:
    """Its seconds an access; stops where it counts anything else than we do."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "addresses.json"
        path.write_text(json.dumps(addresses.tolist()))
        script = Path(__file__).with_name("peer_pycachesim.py")
        geometry = [str(number) for number in (LEVEL.sets, LEVEL.ways, LEVEL.line)]
        done = subprocess.run(
            [python, "-I", script, path, *geometry], capture_output=True, text=True, check=True
        )
    found = json.loads(done.stdout)
    level = replay(Trace(addresses), MACHINE).level(LEVEL.name)
    ours = (level.reads - level.read_misses, level.read_misses)
    if (found["hits"], found["misses"]) != ours:
        raise SystemExit(f"{PEER} counts {found['hits'], found['misses']}, linewise {ours}")
    return float(found["seconds"]) / len(addresses)
