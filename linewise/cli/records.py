"""Options and look-ups that the verbs over records share."""

from __future__ import annotations

from difflib import get_close_matches
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from layout import Record, Source

DEFAULT_ABI = "x86_64-linux-gnu"

abi_option = click.option(
    "--abi",
    "abis",
    multiple=True,
    metavar="ABI",
    help="Target triple or alias (x86-64, arm64); may be repeated."
    f"  [default: a binary's own, else {DEFAULT_ABI}]",
)


def abis_of(source: Source, asked: tuple[str, ...]) -> tuple[str, ...]:
    """The ABIs to place a source's records on: those asked for, else the one it was made for."""
    return asked or (source.abi or DEFAULT_ABI,)


def short_name(name: str) -> str:
    """``order`` for ``struct order``: what people type."""
    return name.split(" ", 1)[-1]


def select_records(source: Source, pattern: str | None) -> list[Record]:
    """The records whose full or short name matches a glob; all of them for None.

    Raises click.UsageError when nothing matches, naming what is near; and with the reader's own
    reason when a record asked for by its plain name is one that could not be read.
    """
    if pattern is None:
        return list(source.records.values())

    def matches(name: str) -> bool:
        return fnmatchcase(name, pattern) or fnmatchcase(short_name(name), pattern)

    found = [record for name, record in source.records.items() if matches(name)]
    refused = [skip for skip in source.skipped if matches(skip.name)]
    # A record whose name is taken from its typedef or a nested one can stand in both lists.
    if refused and (not found or not any(sign in pattern for sign in "*?[")):
        skip = refused[0]
        raise click.UsageError(f"{source.path}:{skip.line}: {skip.name}: {skip.reason}")
    if not found:
        names = [short_name(name) for name in source.records]
        near = get_close_matches(short_name(pattern), names, n=1)
        hint = f"did you mean {near[0]!r}?" if near else "linewise show FILE lists them"
        raise click.UsageError(f"{source.path}: no record matches {pattern!r}; {hint}")
    return found
