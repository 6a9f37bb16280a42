"""docs/fix.md names every reason and option, and what it shows is what one gets."""

import contextlib
import io
from pathlib import Path

from layout.refusals import REFUSALS
from linewise.cli import main
from linewise.cli.fix import command

ROOT = Path(__file__).resolve().parent.parent.parent
TEXT = (ROOT / "docs" / "fix.md").read_text(encoding="utf-8")
ROWS = [line for line in TEXT.splitlines() if line.startswith("| ")]


def test_the_table_of_reasons_is_the_table_of_the_code():
    rows = [[cell.strip() for cell in row.split("|")[1:3]] for row in ROWS]
    shown = [row for row in rows if row[0] in {f"`{one.name}`" for one in REFUSALS}]
    assert shown == [[f"`{one.name}`", one.title] for one in REFUSALS]


def test_the_reasons_that_count_for_a_holder_are_listed():
    listed = TEXT.split("These are ")[1].split(".\n")[0].replace(" and ", ", ")
    names = [name.strip(" `\n") for name in listed.split(",")]
    assert names == [one.name for one in REFUSALS if one.held]


def test_every_option_has_its_row():
    cells = " ".join(row.split("|")[1] for row in ROWS)
    options = [name for one in command.params for name in one.opts if name.startswith("--")]
    assert [name for name in options if f"`{name}" not in cells] == []


def test_every_command_prints_what_is_shown(capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    blocks = TEXT.split("```console\n$ linewise ")[1:]
    assert len(blocks) == 2
    for block in blocks:
        call, _, shown = block.split("```")[0].partition("\n")
        assert main(call.split()) == 0
        printed = capsys.readouterr()
        assert printed.out == shown
        said = TEXT.split("said on standard error:\n\n```console\n")[1].split("```")[0]
        assert "--uses" not in call or printed.err == said


def test_the_python_example_runs_as_shown():
    block = TEXT.split("```python\n")[1].split("```")[0]
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(block, {})  # noqa: S102
    shown = [line.split("  # ")[1] for line in block.splitlines() if "  # " in line]
    assert out.getvalue().replace("\n\n", "\n").splitlines() == shown
