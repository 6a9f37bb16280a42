"""Records as text and as pictures: what ``linewise show`` prints. A format is one row in `FORMATS`.

Each format is a module with ``lines(placed, about) -> list[str]``. A debug build has thousands of
records and hundreds of thousands of members, so that a line costs microseconds: no look-ups and no
calls per line that could be made per record.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from layout import Layout
    from linewise.picture.rows import About

FORMATS = {
    "table": "linewise.picture.table",
    "pahole": "linewise.picture.pahole",
}


class Format(Protocol):
    """One record in lines of text."""

    def lines(self, placed: Layout, about: About) -> list[str]: ...


def load_format(name: str) -> Format:
    """The module of a row of `FORMATS`."""
    return cast(Format, import_module(FORMATS[name]))
