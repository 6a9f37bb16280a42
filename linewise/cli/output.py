"""What every verb's output shares: JSON with a schema, plain tables, colour only on a terminal."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import IO, Any

import click

json_option = click.option(
    "--json", "as_json", is_flag=True, help="Print JSON with a versioned `schema` instead."
)

STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}


def emit_json(verb: str, version: int, payload: Mapping[str, Any]) -> None:
    """Print one JSON document; ``schema`` is ``linewise.VERB/VERSION`` and stands first."""
    from msgspec.json import format as indented

    # json's own indentation is written in Python: a tenth of the speed.
    text = json.dumps({"schema": f"linewise.{verb}/{version}", **payload})
    sys.stdout.write(f"{indented(text, indent=2)}\n")


def colour_wanted(stream: IO[str]) -> bool:
    """Colour goes to terminals only, and never against NO_COLOR (https://no-color.org)."""
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def paint(text: str, *styles: str) -> str:
    """``text`` in the given styles when standard output wants colour."""
    if not styles or not colour_wanted(sys.stdout):
        return text
    return f"\x1b[{';'.join(STYLES[style] for style in styles)}m{text}\x1b[0m"


def table(
    headers: Sequence[str], rows: Iterable[Sequence[str]], left: Iterable[int] = (0,)
) -> list[str]:
    """Lines of a plain table, numbers to the right, the columns in ``left`` to the left."""
    body = [list(row) for row in rows]
    widths = [max(len(row[i]) for row in [list(headers), *body]) for i in range(len(headers))]
    lefts = set(left)

    def line(row: Sequence[str]) -> str:
        cells = (
            cell.ljust(width) if i in lefts else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        return ("  " + "  ".join(cells)).rstrip()

    return [paint(line(headers), "dim"), *map(line, body)]


def count(value: float) -> str:
    """A count with thousands separated."""
    return f"{value:,.0f}"


def change(before: float, after: float, digits: int = 0) -> str:
    """``before → after (-12 %)``, the share left out where nothing was there before."""
    text = f"{before:,.{digits}f} → {after:,.{digits}f}"
    if before == after:
        return f"{before:,.{digits}f} (unchanged)"
    return f"{text} ({(after - before) / before:+.0%})" if before else text
