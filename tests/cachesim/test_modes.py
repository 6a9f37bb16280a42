"""The kernels count the same without the JIT and with bounds checks; an edit of one is noticed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def run(*command, cwd=ROOT, **env):
    """What a fresh interpreter prints."""
    done = subprocess.run(
        [sys.executable, *command], cwd=cwd, env={**os.environ, **env},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


def test_the_kernels_count_the_same_without_the_jit():
    printed = run("-m", "tests.cachesim.modes", "25", NUMBA_DISABLE_JIT="1")
    assert printed == "jit off, checks off"


def test_the_kernels_read_and_write_nothing_out_of_bounds(tmp_path):
    # A folder of its own: the usual one holds binaries without the checks.
    printed = run(
        "-m", "tests.cachesim.modes", "300", NUMBA_BOUNDSCHECK="1", NUMBA_CACHE_DIR=str(tmp_path)
    )
    assert printed == "jit on, checks on"


# Two ways, one set: lines 0 1 0 2 0. LRU keeps 0 and misses 3 times; FIFO gives it up for 2.
COUNT = """
import cachesim
level = cachesim.CacheSpec(name="L1d", sets=1, ways=2)
trace = cachesim.Trace([0, 64, 0, 128, 0])
print(cachesim.replay(trace, cachesim.Machine(name="m", caches=(level,))).memory_accesses)
"""


def test_an_edited_policy_gives_new_counts_and_not_those_of_the_cached_loop(tmp_path):
    shutil.copytree(
        ROOT / "cachesim", tmp_path / "cachesim", ignore=shutil.ignore_patterns("__pycache__")
    )
    env = {"NUMBA_CACHE_DIR": str(tmp_path / "cache"), "PYTHONDONTWRITEBYTECODE": "1"}
    assert run("-c", COUNT, cwd=tmp_path, **env) == "3"
    cached = set((tmp_path / "cache").rglob("*.nbc"))
    assert cached
    policy = tmp_path / "cachesim" / "policies" / "lru.py"
    source = policy.read_text()
    edited = source.replace("state[_U(row + way)] = access.time", "pass", 1)  # in touch
    assert edited != source
    policy.write_text(edited)
    assert run("-c", COUNT, cwd=tmp_path, **env) == "4"
    assert cached < set((tmp_path / "cache").rglob("*.nbc"))


TWO = """
import cachesim
for policy in ("lru", "fifo"):
    level = cachesim.CacheSpec(name="L1d", sets=1, ways=2, replacement=policy)
    trace = cachesim.Trace([0, 64, 0, 128, 0])
    print(cachesim.replay(trace, cachesim.Machine(name="m", caches=(level,))).memory_accesses)
"""


def test_each_specialisation_has_an_index_of_its_own(tmp_path):
    # Processes overwrite an index unguarded: one that two loops share can mix up their binaries.
    env = {"NUMBA_CACHE_DIR": str(tmp_path)}
    assert run("-c", TWO, **env) == "3\n4"
    loops = [path.name for path in tmp_path.rglob("*.nbi") if "loop_" in path.name]
    assert len(loops) == 2
    binaries = {path.name for path in tmp_path.rglob("*.nbc") if "loop_" in path.name}
    assert len(binaries) == 2
    assert run("-c", TWO, **env) == "3\n4"
    assert {path.name for path in tmp_path.rglob("*.nbc") if "loop_" in path.name} == binaries
