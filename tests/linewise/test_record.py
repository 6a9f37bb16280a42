"""``linewise record``: a program's accesses under valgrind's lackey."""

import shutil
import subprocess
import sys

import pytest

from cachesim import Kind, open_trace
from tests.linewise.test_cli import complaint

needs_valgrind = pytest.mark.skipif(
    shutil.which("valgrind") is None, reason="valgrind (Debian package valgrind) is not installed"
)


def record(*argv):
    code = "import sys; from linewise.cli import main; sys.exit(main())"
    return subprocess.run(
        [sys.executable, "-c", code, "record", *map(str, argv)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@needs_valgrind
def test_a_program_runs_as_ever_and_its_accesses_are_kept(tmp_path):
    target = tmp_path / "t.parquet"
    done = record("-o", target, "--", "sh", "-c", "echo out; echo err >&2; exit 3")
    assert (done.returncode, done.stdout) == (3, "out\n")
    assert done.stderr.startswith("err\n")
    assert "accesses of sh" in done.stderr
    with open_trace(target) as reader:
        chunks = list(reader)
    assert sum(map(len, chunks)) > 50_000
    kinds = {int(kind) for chunk in chunks for kind in set(chunk.kind.tolist())}
    assert kinds == {Kind.READ, Kind.WRITE, Kind.FETCH, Kind.MODIFY}


@needs_valgrind
def test_of_a_program_that_is_killed_everything_up_to_there_is_kept(tmp_path):
    target = tmp_path / "t.parquet"
    done = record("-o", target, "--", "sh", "-c", "kill -9 $$")
    assert done.returncode == 128 + 9
    assert "accesses of sh" in done.stderr
    with open_trace(target) as reader:
        assert sum(map(len, reader)) > 50_000


@needs_valgrind
def test_an_output_that_cannot_be_written_ends_the_program(tmp_path):
    done = record("-o", tmp_path / "missing" / "t.parquet", "--", "sleep", "100")
    assert done.returncode == 2
    assert "give a path that can be written" in done.stderr


@needs_valgrind
def test_a_program_that_is_not_there_gets_one_line(capsys, tmp_path):
    said = complaint(capsys, "record", "-o", tmp_path / "t.parquet", "--", "no-such-program")
    assert "no such program on PATH" in said


def test_missing_valgrind_is_named_with_its_remedy(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    said = complaint(capsys, "record", "-o", tmp_path / "t.parquet", "--", "true")
    assert "valgrind is not installed" in said
    assert "apt install valgrind" in said
