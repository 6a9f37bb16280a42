"""Every command that docs/lint.md and docs/guard.md show is run, and prints what they say."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

from linewise.cli import main

ROOT = Path(__file__).resolve().parents[2]
BLOCKS = [
    (page, number, block)
    for page in ("lint", "guard")
    for number, block in enumerate(
        re.findall(r"```console\n(.*?)```", (ROOT / "docs" / f"{page}.md").read_text(), re.DOTALL)
    )
]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder as the pages assume it: the examples, and the files that they show or edit."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "examples", "examples", ignore=shutil.ignore_patterns("traces"))
    shown = re.search(r"```c\n(.*?)```", (ROOT / "docs" / "lint.md").read_text(), re.DOTALL)[1]
    Path("s.h").write_text(shown)
    shutil.copy("examples/linewise-guard.toml", ".")
    book = Path("examples/order_book.h").read_text()
    assert "    bool is_hidden;\n" in book
    edited = book.replace("    bool is_hidden;\n", "    bool is_hidden;\n    uint64_t flags;\n")
    Path("order_book.h").write_text(edited)
    return tmp_path


@pytest.mark.parametrize(
    ("page", "number", "block"), BLOCKS, ids=[f"{p} {n}" for p, n, _ in BLOCKS]
)
def test_the_commands_of_the_manual_print_what_it_says(capsys, folder, page, number, block):
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, _, expected = part.partition("\n")
        words = shlex.split(command)
        if words[0] != "linewise" or ">" in words:
            continue
        main(words[1:])
        assert capsys.readouterr().out == expected


def test_the_promises_that_the_manual_shows_are_the_ones_written(folder):
    page = (ROOT / "docs" / "guard.md").read_text()
    shown = re.search(r"```toml\n(.*?)```", page, re.DOTALL)[1]
    main(shlex.split(re.search(r"\$ linewise (guard write .*)", page)[1]))
    assert Path("guard.toml").read_text().endswith(shown)
