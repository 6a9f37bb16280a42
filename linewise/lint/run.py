"""Reads the files asked for and checks each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from pathlib import Path

import layout
from layout.lint import Linted, Settings, lint
from layout.sources import MAX_BYTES, READERS
from linewise.errors import LinewiseError
from linewise.lint.report import LintReport

__all__ = ["find_files", "profiles_of", "run_lint"]


def run_lint(
    paths: Sequence[str],
    settings: Settings,
    pattern: str | None,
    read: Callable[[str], tuple[layout.Source, tuple[str, ...]]],
) -> LintReport:
    """Check every record of the files, or those whose full or short name matches ``pattern``;
    ``read`` gives a file's records and the ABIs to place them on.

    Raises LayoutError for a file that cannot be read; LinewiseError when nothing matches.
    """
    linted: dict[str, Linted] = {}
    used: dict[str, None] = {}
    matched = False
    for path in find_files(paths):
        source, abis = read(path)
        records = list(source.records.values())
        if pattern is not None:
            records = [record for record in records if _matches(record.name, pattern)]
            skipped = tuple(skip for skip in source.skipped if _matches(skip.name, pattern))
            matched = matched or bool(records or skipped)
        used.update(dict.fromkeys(abis))
        here = replace(settings, abis=abis)
        one = lint(source, here, text=_text(path), records=records)
        if pattern is not None:
            kept = tuple(skip for skip in one.skipped if _matches(skip.name, pattern))
            one = Linted(one.findings, one.suppressed, kept, one.records)
        linted[path] = one
    if pattern is not None and not matched:
        raise LinewiseError(f"no record matches {pattern!r}; `linewise show FILE` lists them")
    return LintReport.of(tuple(used), linted)


def _matches(name: str, pattern: str) -> bool:
    return fnmatchcase(name, pattern) or fnmatchcase(name.split(" ", 1)[-1], pattern)


def find_files(paths: Sequence[str]) -> list[str]:
    """The files in the order given, each once; of a folder all that a reader of source knows, but
    for what lies in hidden folders."""
    endings = tuple(ending for row in READERS.values() if not row.magic for ending in row.endings)
    found: dict[str, None] = {}
    for name in paths:
        path = Path(name)
        if not path.is_dir():
            found[name] = None
            continue
        inside = sorted(
            str(file)
            for file in path.rglob("*")
            if file.name.endswith(endings)
            and not any(part.startswith(".") for part in file.relative_to(path).parts)
        )
        if not inside:
            raise LinewiseError(f"{name}: no file ends in {', '.join(endings)}; name files")
        found.update(dict.fromkeys(inside))
    return list(found)


def _text(path: str) -> str | None:
    """A source's text, for its comments; None for a binary."""
    with Path(path).open("rb") as file:
        head = file.read(4096)
        if b"\0" in head:
            return None
        return (head + file.read(MAX_BYTES)).decode("utf-8", errors="replace")


def profiles_of(scenario: str | None) -> dict[str, layout.AccessProfile]:
    """Who uses what in each record of a scenario's file, by the record's name; none for None."""
    if scenario is None:
        return {}
    from linewise.scenario.load import load_scenario

    loaded = load_scenario(scenario)
    return {name: loaded.profile(name) for name in loaded.records}
