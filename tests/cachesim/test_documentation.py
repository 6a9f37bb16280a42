"""docs/cachesim.md names every key, column and format, and what it shows is what one gets."""

from pathlib import Path

import msgspec
import pytest

from cachesim import FORMATS, CacheSpec, Machine, load_machine
from cachesim.policies import policy_names
from cachesim.trace import COLUMNS
from linewise.cli import main

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = (ROOT / "docs" / "cachesim.md").read_text(encoding="utf-8")
ROWS = [line for line in TEXT.splitlines() if line.startswith("| ")]
KEYS = {
    field.name
    for spec in (CacheSpec, Machine)
    for field in msgspec.structs.fields(spec)
    if field.name != "caches"
}


@pytest.mark.parametrize("name", sorted({*KEYS, *COLUMNS, *FORMATS}))
def test_every_key_column_and_format_has_a_row(name):
    assert any(f"`{name}`" in row.split("|")[1] for row in ROWS), name


def test_every_policy_of_the_table_is_named():
    assert all(f"`{name}`" in TEXT for name in policy_names() if not name.startswith("toy"))


def shown():
    """Commands of the document on the recorded trace, with the output shown below each."""
    blocks = TEXT.split("\n    $ linewise ")[1:]
    for block in blocks:
        command, *rest = block.split("\n")
        if "examples/traces" in command:
            lines = []
            for line in rest:
                if line and not line.startswith("    "):
                    break
                lines.append(line[4:])
            yield command, "\n".join(lines).strip()


def test_the_output_shown_is_the_output_got(capsys, monkeypatch, tmp_path):
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    commands = list(shown())
    assert len(commands) == 4
    for command, expected in commands:
        assert main(command.split()) == 0
        got = [line.strip() for line in capsys.readouterr().out.splitlines()]
        # "..." stands for lines that are left out.
        for part in expected.split("\n...\n"):
            lines = [line.strip() for line in part.strip().splitlines()]
            assert lines == got[: len(lines)] or lines == got[-len(lines) :], command
        if "\n...\n" not in expected:
            assert len(expected.splitlines()) == len("\n".join(got).strip().splitlines())


def test_the_machine_shown_loads(tmp_path):
    block = TEXT.split("```toml\n")[1].split("```")[0]
    (tmp_path / "mine.toml").write_text(block, "utf-8")
    assert [cache.size for cache in load_machine(tmp_path / "mine.toml").caches] == [
        32 << 10,
        2 << 20,
    ]
