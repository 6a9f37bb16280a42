"""The loops say the same compiled, interpreted and with every index checked."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
ROUNDS = 25


def run(path: Path, **environment: str) -> list[str]:
    command = [sys.executable, "-W", "error", "-m", "tests.layout.debug_info.modes", str(path)]
    done = subprocess.run(
        [*command, str(ROUNDS)], cwd=ROOT, env={**os.environ, **environment},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("mode", "environment"),
    [("jit off", {"NUMBA_DISABLE_JIT": "1"}), ("checks on", {"NUMBA_BOUNDSCHECK": "1"})],
    ids=["interpreted", "bounds checked"],
)
def test_the_loops_say_the_same_in_every_mode(mode, environment, build, tmp_path):
    # A cache of its own: the usual one holds the loops without checks.
    environment = {**environment, "NUMBA_CACHE_DIR": str(tmp_path / "cache")}
    path = build("gcc", "-g", "-c")
    plain, other = run(path), run(path, **environment)
    assert mode in other[:2]
    assert mode not in plain[:2]
    assert plain[2:] == other[2:]
    assert len(plain) == 3 + ROUNDS
