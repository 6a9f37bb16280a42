"""Sources, baselines and guard files with damaged bytes: one line, never a traceback."""

import random
from pathlib import Path

import pytest

from linewise.cli import main
from tests.linewise.test_guard import SCENARIO, SOURCE, run, written
from tests.linewise.test_lint import SMALL

SEEDS = range(8)
TRIES = 40


def damaged(pick, data):
    """The bytes with a few flipped, a piece missing or doubled."""
    out = bytearray(data)
    for _ in range(pick.randint(0, 4)):
        out[pick.randrange(len(out))] = pick.choice([0, 10, 34, 35, 39, 42, 47, 91, 123, 125, 255])
    start = pick.randrange(len(out))
    piece = out[start : start + pick.randint(0, 60)]
    style = pick.randrange(3)
    if style == 0:
        return bytes(out[:start])
    if style == 1:
        return bytes(out[:start] + out[start + len(piece) :])
    return bytes(out[:start] + piece * pick.randint(1, 20) + out[start:])


def survives(capsys, *argv):
    """Whether a call ends with an answer or with one line of complaint."""
    code = main([str(word) for word in argv])
    said = capsys.readouterr()
    assert code in (0, 1, 2)
    assert (code == 2) == bool(said.err)
    assert said.err.count("\n") == (code == 2)
    return code


@pytest.mark.parametrize("seed", SEEDS)
def test_damaged_sources_are_linted_or_skipped(capsys, tmp_path, monkeypatch, seed):
    monkeypatch.chdir(tmp_path)
    pick = random.Random(seed)
    codes = set()
    for _ in range(TRIES):
        Path("small.h").write_bytes(damaged(pick, SMALL.encode()))
        form = pick.choice(["text", "json", "sarif", "github"])
        codes.add(survives(capsys, "lint", "small.h", "--select", "ALL", "--format", form))
    assert codes <= {0, 1}


@pytest.mark.parametrize("seed", SEEDS)
def test_damaged_baselines_and_guard_files_are_one_line(capsys, tmp_path, monkeypatch, seed):
    monkeypatch.chdir(tmp_path)
    pick = random.Random(seed)
    Path("job.h").write_text(SOURCE)
    Path("job.toml").write_text(SCENARIO)
    written(capsys, "--scenario", "job.toml", "--offsets")
    assert main(["lint", "job.h", "--baseline", "known.json", "--write-baseline"]) == 0
    capsys.readouterr()
    promises, known = Path("linewise-guard.toml").read_bytes(), Path("known.json").read_bytes()
    codes = []
    for _ in range(TRIES):
        Path("linewise-guard.toml").write_bytes(damaged(pick, promises))
        Path("known.json").write_bytes(damaged(pick, known))
        codes.append(survives(capsys, "guard", "check"))
        survives(capsys, "guard", "emit", "--format", pick.choice(["c", "rust"]))
        codes.append(survives(capsys, "lint", "job.h", "--baseline", "known.json"))
    assert 2 in codes
    assert run(capsys, "write", "job.h")[0] == 2
